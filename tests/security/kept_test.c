/* SPDX-License-Identifier: MIT */
/*
 * What the files of the state folder hold, as the security page says it: the journal everything that was intended,
 * sent, answered, proved, decided and told; the audit who did what to which object, when, with which request id.
 */
#include <string.h>

#include "support/practice.h"

#define ACCOUNT "admin@contoso.onmicrosoft.com"

/* One of each of what is noted; the group that is there and differs is what is decided about. */
#define ANSWERS                                                                                                        \
    "{\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"" ACCOUNT                                           \
    "\"},\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"],"                                \
    "\"decisions\":{\"group\":\"name:Red Canary 2\"},\"done\":{\"invitation\":{\"note\":\"went through\"}},"           \
    "\"skip\":{\"graph-alerts\":{\"reason\":\"not wanted\"}}}"

struct scene {
    struct practice_tenant *tenant;
    json *journal; /* its lines */
    json *audit;
};

static json *kept_lines(const struct practice_tenant *tenant, const char *name)
{
    g_autoptr(json) held = practice_state(tenant);
    g_autofree char *file =
        g_build_filename(practice_folder(tenant), "state", json_get_string(held, "tenantId"), name, NULL);
    return read_json_lines(file);
}

static int set_up(void **state)
{
    struct scene *scene = g_new0(struct scene, 1);
    scene->tenant = practice_begin("wrong-group", NULL);
    g_autofree char *answers = practice_answers(scene->tenant, ANSWERS);
    g_autoptr(Run) run = perch(scene->tenant, "apply", "--yes", "--tenant", "contoso.com", "--answers", answers, NULL);
    scene->journal = kept_lines(scene->tenant, "journal.jsonl");
    scene->audit = kept_lines(scene->tenant, "audit.jsonl");
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    practice_end(scene->tenant);
    json_free(scene->journal);
    json_free(scene->audit);
    g_free(scene);
    return 0;
}

/* The first line of TYPE about SUBJECT (an object, or a step). */
static const json *noted(const struct scene *scene, const char *type, const char *subject)
{
    json_for_each (line, scene->journal)
        if (g_strcmp0(json_get_string(line, "type"), type) == 0 &&
            (g_strcmp0(json_get_string(line, "object"), subject) == 0 ||
             g_strcmp0(json_get_string(line, "step"), subject) == 0))
            return line;
    fail_msg("the journal has nothing %s of %s", type, subject);
    return NULL;
}

static void test_the_journal_holds_what_was_done_and_said(void **state)
{
    const struct scene *scene = *state;
    const json *intent = noted(scene, "intent", "group");
    assert_string_equal(json_get_string(intent, "method"), "POST");
    assert_string_equal(json_get_string(intent, "target"), "/v1.0/groups");
    const gint64 sent = json_get_int(noted(scene, "sent", "group"), "seq", 0);
    const json *replied = noted(scene, "replied", "group");
    const gint64 answered = json_get_int(replied, "seq", 0);
    assert_int_equal(json_get_int(replied, "status", 0), 201);
    assert_true(json_get_int(intent, "seq", 0) < sent && sent < answered);
    assert_true(answered < json_get_int(noted(scene, "verified", "group"), "seq", 0));
    noted(scene, "proved", "sign-in");
    assert_string_equal(json_get_string(noted(scene, "decided", "group"), "by"), ACCOUNT);
    assert_string_equal(json_get_string(noted(scene, "told", "invitation"), "note"), "went through");
    assert_string_equal(json_get_string(noted(scene, "skipped", "graph-alerts"), "reason"), "not wanted");
}

/* The first of LINES that has TEXT as NAME; NULL if none has. */
static const json *line_with(const json *lines, const char *name, const char *text)
{
    json_for_each (line, lines)
        if (g_strcmp0(json_get_string(line, name), text) == 0)
            return line;
    return NULL;
}

static void test_the_audit_holds_who_did_what_to_which_object_when(void **state)
{
    const struct scene *scene = *state;
    guint answered = 0;
    json_for_each (line, scene->audit) {
        assert_string_equal(json_get_string(line, "who"), ACCOUNT);
        assert_true(json_get_string(line, "what")[0] != '\0' && json_get_string(line, "object")[0] != '\0');
        g_autoptr(GDateTime) when = g_date_time_new_from_iso8601(json_get_string(line, "at"), NULL);
        assert_non_null(when);
    }
    json_for_each (line, scene->journal) {
        const char *id = json_get_string(line, "requestId");
        if (g_strcmp0(json_get_string(line, "type"), "replied") != 0)
            continue;
        const json *done = line_with(scene->audit, "requestId", id);
        assert_non_null(done);
        assert_string_equal(json_get_string(done, "object"), json_get_string(line, "object"));
        answered++;
    }
    assert_true(answered > 0);
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_journal_holds_what_was_done_and_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_audit_holds_who_did_what_to_which_object_when, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("what is kept", tests, NULL, NULL);
}
