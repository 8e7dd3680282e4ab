/* SPDX-License-Identifier: MIT */
/*
 * What was proved and is not so any more is told apart from what was never done.
 */
#include <string.h>

#include "support/practice.h"

#define AUDITS "/v1.0/auditLogs/directoryAudits"
#define ANSWERS "{\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"]}"

/* What Microsoft's log holds of it: an older change too, one that failed, and one of something else. */
static json *audit_log_of(const json *group)
{
    const char *id = json_get_string(group, "id");
    return json_from(
        "[{'id':'a1','activityDateTime':'2020-01-01T00:00:00Z','activityDisplayName':'Add group','result':'success',"
        "'initiatedBy':{'user':{'userPrincipalName':'admin@contoso.com'},'app':null},'targetResources':[{'id':%s}]},"
        "{'id':'a2','activityDateTime':'2039-01-02T03:04:05Z','activityDisplayName':'Update group','result':'success',"
        "'initiatedBy':{'user':{'userPrincipalName':'eve@contoso.com'},'app':null},"
        "'targetResources':[{'id':%s,'displayName':'Red Canary'}]},"
        "{'id':'a3','activityDateTime':'2039-01-02T03:04:06Z','activityDisplayName':'Delete group','result':'failure',"
        "'initiatedBy':{'user':{'userPrincipalName':'mallory@contoso.com'},'app':null},'targetResources':[{'id':%s}]},"
        "{'id':'a4','activityDateTime':'2039-01-02T03:04:07Z','activityDisplayName':'Update user','result':'success',"
        "'initiatedBy':{'user':{'userPrincipalName':'mallory@contoso.com'},'app':null},'targetResources':[{'id':'x'}]}"
        "]",
        id, id, id);
}

/* As an administrator does in the portal, and what the log then holds. */
static void change_group_by_hand(struct practice_tenant *tenant)
{
    practice_change_by_hand(tenant, "groups", "Red Canary", "description", "Changed by hand");
    g_autofree char *path = g_build_filename(practice_folder(tenant), "store.json", NULL);
    practice_stop_hard(tenant);
    g_autofree char *text = read_text(path);
    g_autoptr(json) store = json_parse(text, -1, NULL);
    assert_non_null(store);
    json_for_each (group, json_get_path(store, "objects.groups")) {
        if (g_strcmp0(json_get_string(group, "displayName"), "Red Canary") == 0)
            json_set((json *)json_get(store, "objects"), "directoryAudits", audit_log_of(group));
    }
    g_autofree char *changed = json_text(store);
    assert_true(g_file_set_contents(path, changed, -1, NULL));
    practice_restart(tenant, FALSE);
}

/* Microsoft's contract that judges the record does not hold this operation. */
static int count_asked(const struct practice_tenant *tenant)
{
    g_autoptr(json) record = practice_record(tenant);
    int count = 0;
    json_for_each (entry, record) {
        count += g_strcmp0(json_get_string(entry, "path"), AUDITS) == 0;
    }
    return count;
}

static json *run_with(const struct practice_tenant *tenant, const char *command, const char *answers)
{
    g_autofree char *file = practice_answers(tenant, answers);
    g_autoptr(Run) run = strcmp(command, "check") == 0
                             ? perch(tenant, command, "--json", "--answers", file, NULL)
                             : perch(tenant, command, "--yes", "--json", "--answers", file, NULL);
    return run_document(run);
}

#define STREAMS                                                                                                        \
    "{\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"admin@contoso.onmicrosoft.com\"},\"eventHub\":"     \
    "{\"resourceId\":\"/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/"           \
    "Microsoft.EventHub/namespaces/mdr-eh-ns01\",\"name\":\"telemetry\"},\"done\":{\"account\":{\"by\":\"test\"}}}"

static gboolean has_drifted(const json *document, const char *step)
{
    return json_get_string(find_step(document, step), "provedBefore") != NULL;
}

static guint count_drifted(const json *document)
{
    guint count = 0;
    json_for_each (step, json_get(document, "steps")) {
        count += json_get_string(step, "provedBefore") != NULL ? 1 : 0;
    }
    return count;
}

static void test_what_was_never_done_has_not_drifted(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) fresh = run_with(tenant, "check", ANSWERS);
    assert_int_equal(count_drifted(fresh), 0);
    g_autoptr(json) made = run_with(tenant, "apply", ANSWERS);
    assert_step(made, "group", "done");
    assert_int_equal(count_drifted(made), 0);
    practice_end(tenant);
}

static void test_what_somebody_changed_has_drifted(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) made = run_with(tenant, "apply", ANSWERS);
    assert_step(made, "group", "done");
    practice_change_by_hand(tenant, "groups", "Red Canary", "description", "Changed by hand");
    g_autoptr(json) later = run_with(tenant, "check", ANSWERS);
    assert_step(later, "group", "differs");
    assert_true(has_drifted(later, "group"));
    assert_int_equal(count_drifted(later), 1);
    g_autoptr(Run) line = perch(tenant, "check", "--json-line", NULL);
    assert_non_null(strstr(line->output, "\"drifted\":1"));
    g_autoptr(json) mended = run_with(tenant, "apply",
                                      "{\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"],"
                                      "\"decisions\":{\"group\":\"repair\"}}");
    assert_step(mended, "group", "done");
    assert_int_equal(count_drifted(mended), 0);
    practice_end(tenant);
}

/* It was there already: the wait for it belongs to the first time. Nor does it matter what comes before it and was only
 * never told. */
static void test_what_is_gone_is_neither_waited_for_nor_behind_another(void **state)
{
    static const struct {
        const char *list, *member, *text, *step;
    } rows[] = {
        {"servicePrincipals", "appId", "69561a74-a59d-43f4-a113-8bc2da00f822", "consent"},
        {"dataExports", "id", "MXDRPartner-Contoso", "streaming"},
    };
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    g_autofree char *answers = practice_answers(tenant, STREAMS);
    g_autoptr(Run) first = perch(tenant, "check", "--drift", "--json", "--answers", answers, NULL);
    assert_int_not_equal(first->status, 7);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        practice_remove_by_hand(tenant, rows[i].list, rows[i].member, rows[i].text);
        for (int times = 0; times < 2; times++) {
            g_autoptr(Run) later = perch(tenant, "check", "--drift", "--json", "--answers", answers, NULL);
            g_autoptr(json) document = run_document(later);
            assert_status(later, 7);
            assert_true(has_drifted(document, rows[i].step));
            assert_string_not_equal(json_get_string(find_step(document, rows[i].step), "state"), "waiting");
        }
    }
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

static void test_who_changed_it_is_named_where_the_audit_log_may_be_read(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) made = run_with(tenant, "apply", ANSWERS);
    assert_step(made, "group", "done");
    change_group_by_hand(tenant);
    g_autoptr(json) unasked = run_with(tenant, "check", ANSWERS);
    assert_null(json_get(find_step(unasked, "group"), "changedBy"));
    assert_true(has_note(unasked, "group", "--audit-log"));
    assert_int_equal(count_asked(tenant), 0);
    g_autoptr(Run) run = perch(tenant, "check", "--json", "--audit-log", NULL);
    g_autoptr(json) document = run_document(run);
    const json *changed = json_get(find_step(document, "group"), "changedBy");
    assert_int_equal(json_length(changed), 1);
    assert_string_equal(json_get_string(json_at(changed, 0), "who"), "eve@contoso.com");
    assert_string_equal(json_get_string(json_at(changed, 0), "what"), "Update group");
    assert_string_equal(json_get_string(json_at(changed, 0), "at"), "2039-01-02T03:04:05Z");
    assert_true(has_note(document, "group", "“Update group” of “Red Canary” by eve@contoso.com"));
    g_autoptr(Run) report = perch(tenant, "report", "--audit-log", NULL);
    g_autofree char *reported = text_unbroken(report->output);
    assert_non_null(strstr(reported, "“Update group” of “Red Canary” by eve@contoso.com"));
    assert_true(count_asked(tenant) > 0);
    practice_forget_forged(tenant, "GET", AUDITS, 200);
    practice_end(tenant);
}

static void test_what_is_wanted_otherwise_has_not_drifted(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) made = run_with(tenant, "apply", ANSWERS);
    assert_step(made, "access-package", "done");
    g_autoptr(json) other =
        run_with(tenant, "check", "{\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"sponsor@contoso.com\"]}");
    assert_step(other, "access-package", "differs");
    assert_false(has_drifted(other, "access-package"));
    practice_end(tenant);
}

static void test_what_perch_took_away_has_not_drifted(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) made = run_with(tenant, "apply", ANSWERS);
    assert_step(made, "group", "done");
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autoptr(json) later = run_with(tenant, "check", ANSWERS);
    assert_int_equal(count_drifted(later), 0);
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_gone_is_neither_waited_for_nor_behind_another),
        cmocka_unit_test(test_what_was_never_done_has_not_drifted),
        cmocka_unit_test(test_what_somebody_changed_has_drifted),
        cmocka_unit_test(test_who_changed_it_is_named_where_the_audit_log_may_be_read),
        cmocka_unit_test(test_what_is_wanted_otherwise_has_not_drifted),
        cmocka_unit_test(test_what_perch_took_away_has_not_drifted),
    };
    json_init();
    return run_journeys("drift", tests, argc, argv);
}
