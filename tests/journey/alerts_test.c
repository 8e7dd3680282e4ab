/* SPDX-License-Identifier: MIT */
#include "support/background.h"

#include <string.h>

#define APPLICATION "8f6a0f36-8c0c-4b43-9d7b-2a8b7f0a4c55"
#define DEFENDER_APPLICATION "69561a74-a59d-43f4-a113-8bc2da00f822"
#define TOLD "\"done\":{\"graph-alerts\":{\"by\":\"ann\"}}"

static json *check(const struct practice_tenant *tenant, const char *answers)
{
    g_autofree char *file = practice_answers(tenant, answers);
    g_autoptr(Run) run = perch(tenant, "check", "--json", "--answers", file, NULL);
    return run_document(run);
}

static void consent(const struct practice_tenant *tenant, const char *application)
{
    g_autofree char *form = g_strdup_printf("client_id=%s&action=accept", application);
    g_autofree char *page = practice_post(tenant, "/portal/consent", "application/x-www-form-urlencoded", form);
    assert_non_null(strstr(page, "consented"));
}

static const char *reason(const json *document, const char *step)
{
    const char *text = json_get_string(find_step(document, step), "reason");
    return text != NULL ? text : "";
}

/* What was consented to is read back a moment later. */
static json *check_until_reason(const struct practice_tenant *tenant, const char *answers, const char *words)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    for (;;) {
        json *document = check(tenant, answers);
        if (strstr(reason(document, "graph-alerts"), words) != NULL)
            return document;
        if (g_get_monotonic_time() > deadline)
            fail_msg("“%s” and not “%s”", reason(document, "graph-alerts"), words);
        json_free(document);
    }
}

static void test_consent_is_proved_and_the_rest_is_told(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) asked = check(tenant, "{}");
    assert_step(asked, "graph-alerts", "needs-you");
    assert_string_equal(reason(asked, "graph-alerts"), "Still missing: Application id.");
    g_autoptr(json) before = check(tenant, "{\"graphApplicationId\":\"" APPLICATION "\"}");
    assert_step(before, "graph-alerts", "needs-you");
    assert_non_null(strstr(reason(before, "graph-alerts"), "Nobody has consented"));
    consent(tenant, APPLICATION);
    g_autoptr(json) proved = check_until_reason(tenant, "{\"graphApplicationId\":\"" APPLICATION "\"}",
                                                "Proved: the partner's application for alerts");
    assert_step(proved, "graph-alerts", "needs-you");
    g_autoptr(json) told = check(tenant, "{\"graphApplicationId\":\"" APPLICATION "\"," TOLD "}");
    assert_step(told, "graph-alerts", "told");
    practice_end(tenant);
}

static void test_what_is_told_does_not_stand_against_proof(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = check(tenant, "{\"graphApplicationId\":\"" APPLICATION "\"," TOLD "}");
    assert_step(document, "graph-alerts", "needs-you");
    assert_non_null(strstr(reason(document, "graph-alerts"), "Nobody has consented"));
    assert_non_null(strstr(reason(document, "graph-alerts"), "It was told on "));
    assert_non_null(strstr(reason(document, "graph-alerts"), "which counts once that is there."));
    practice_end(tenant);
}

static void test_another_application_does_not_do(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    consent(tenant, DEFENDER_APPLICATION);
    g_autoptr(json) document =
        check_until_reason(tenant, "{\"graphApplicationId\":\"" DEFENDER_APPLICATION "\"," TOLD "}",
                           "SecurityAlert.Read.All or SecurityAlert.ReadWrite.All");
    assert_step(document, "graph-alerts", "needs-you");
    practice_end(tenant);
}

static void test_hunting_is_not_asked_for(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = check(tenant, "{}");
    assert_step(document, "graph-alerts", "needs-you");
    g_autofree char *text = json_text(document);
    assert_non_null(strstr(text, "Not asked: perch was not given the right to"));
    g_autoptr(Run) report = perch(tenant, "report", NULL);
    assert_true(g_regex_match_simple("newest event of a device *: not asked", report->output, 0, 0));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    g_autofree char *asked = json_text(record);
    assert_null(strstr(asked, "ThreatHunting"));
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autoptr(json) after = practice_record(tenant);
    assert_int_equal(count_writes(after, NULL, "/v1.0/security"), 0);
    assert_int_not_equal(apply->status, 1);
    practice_end(tenant);
}

static int count_hunts(const json *record, gint64 status)
{
    int count = 0;
    json_for_each (entry, record) {
        count += strcmp(json_get_string(entry, "path"), "/v1.0/security/runHuntingQuery") == 0 &&
                 json_get_int(entry, "status", 0) == status;
    }
    return count;
}

static const char *newest_event(const json *document)
{
    json_for_each (object, json_get(find_step(document, "graph-alerts"), "objects")) {
        if (strcmp(json_get_string(object, "kind"), "newest-event") == 0)
            return json_get_string(object, "sentence");
    }
    fail_msg("there is no newest-event");
    return NULL;
}

static void test_where_the_right_to_hunt_is_there_the_newest_event_is_dated(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("consented-before", NULL);
    g_autoptr(json) document = check(tenant, "{}");
    if (strstr(newest_event(document), " UTC; whether it reaches the partner") == NULL)
        fail_msg("%s", newest_event(document));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_hunts(record, 200), 1);
    json_for_each (entry, record) {
        g_autofree char *query = json_text(json_get(entry, "query"));
        assert_null(strstr(query, "ThreatHunting"));
    }
    practice_end(tenant);
}

static void test_a_refused_hunt_is_in_nobodys_way(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("consented-before", NULL);
    consent(tenant, APPLICATION);
    g_autoptr(json) proved = check_until_reason(tenant, "{\"graphApplicationId\":\"" APPLICATION "\"}",
                                                "Proved: the partner's application for alerts");
    assert_step(proved, "graph-alerts", "needs-you");
    arm_fault(tenant, "{'method':'POST','path':'/v1.0/security/runHuntingQuery','times':2,'status':403}");
    g_autofree char *file = practice_answers(tenant, "{\"graphApplicationId\":\"" APPLICATION "\"," TOLD "}");
    g_autoptr(Run) run = perch(tenant, "check", "--json", "--answers", file, NULL);
    g_autoptr(json) document = run_document(run);
    assert_string_equal(newest_event(document), "Hunting was refused (403); nothing here depends on it.");
    assert_step(document, "graph-alerts", "told");
    assert_int_not_equal(run->status, 1);
    practice_end(tenant);
}

static gboolean has_note(const json *document, const char *step, const char *words)
{
    json_for_each (note, json_get(find_step(document, step), "notes")) {
        if (strstr(json_string(note), words) != NULL)
            return TRUE;
    }
    return FALSE;
}

/* The right is asked for then, and for nothing else. */
static void test_events_are_measured_where_that_is_wished(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    g_autoptr(json) before = check(tenant, "{}");
    assert_false(has_note(before, "streaming", "an hour"));
    g_autoptr(json) measured = check(tenant, "{\"measureEvents\":true}");
    assert_true(has_note(measured, "streaming", "DeviceProcessEvents: newest "));
    assert_true(has_note(measured, "streaming", "AlertInfo: no event in 24 hours"));
    assert_true(has_note(measured, "streaming", " MB a day"));
    g_autofree char *file = practice_answers(tenant, "{\"measureEvents\":true}");
    g_autoptr(Run) report = perch(tenant, "report", "--answers", file, NULL);
    assert_non_null(strstr(report->output, "DeviceProcessEvents: newest "));
    practice_end(tenant);
}

static void test_without_the_id_it_cannot_be_told(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = check(tenant, "{" TOLD "}");
    assert_step(document, "graph-alerts", "needs-you");
    assert_string_equal(reason(document, "graph-alerts"), "Still missing: Application id.");
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_consent_is_proved_and_the_rest_is_told),
        cmocka_unit_test(test_what_is_told_does_not_stand_against_proof),
        cmocka_unit_test(test_another_application_does_not_do),
        cmocka_unit_test(test_hunting_is_not_asked_for),
        cmocka_unit_test(test_where_the_right_to_hunt_is_there_the_newest_event_is_dated),
        cmocka_unit_test(test_a_refused_hunt_is_in_nobodys_way),
        cmocka_unit_test(test_events_are_measured_where_that_is_wished),
        cmocka_unit_test(test_without_the_id_it_cannot_be_told),
    };
    json_init();
    return run_journeys("alerts", tests, argc, argv);
}
