/* SPDX-License-Identifier: MIT */
#include "support/practice.h"

#include <string.h>

#define EXPORTS "/api/dataExportSettings"
#define NAMESPACE                                                                                                      \
    "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/Microsoft.EventHub/"          \
    "namespaces/mdr-eh-ns01"
#define ANSWERS                                                                                                        \
    "{\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"admin@contoso.onmicrosoft.com\"},"                  \
    "\"eventHub\":{\"resourceId\":\"" NAMESPACE "\",\"name\":\"telemetry\"},\"streamingWrite\":\"%s\","                \
    "\"done\":{\"account\":{\"by\":\"test\"},\"invitation\":{\"by\":\"test\"}}}"
#define FORM "application/x-www-form-urlencoded"

struct scene {
    struct practice_tenant *tenant;
    char *answers;
};

/* By it, 15 minutes are longer than a few runs. */
static const char *const slower[] = {"--clock-rate", "60", NULL};

static void begin_with(struct scene *scene, const char *scenario, const char *write, const char *const *options)
{
    g_autofree char *text = g_strdup_printf(ANSWERS, write);
    scene->tenant = practice_begin(scenario, options);
    scene->answers = practice_answers(scene->tenant, text);
}

static void begin(struct scene *scene, const char *scenario, const char *write)
{
    begin_with(scene, scenario, write, NULL);
}

static void end(struct scene *scene)
{
    practice_end(scene->tenant);
    g_free(scene->answers);
}

static void accept_invitation(const struct scene *scene)
{
    practice_form(scene->tenant, "/portal/invitation", "action=accept");
}

static void save_export(const struct scene *scene)
{
    practice_form(scene->tenant, "/portal/streaming",
                  "name=MXDRPartner-Contoso&resourceId=" NAMESPACE "&hubName=telemetry&tables=all&action=save");
}

static void consent(const struct scene *scene)
{
    practice_form(scene->tenant, "/portal/consent", "client_id=69561a74-a59d-43f4-a113-8bc2da00f822&action=accept");
}

static json *run_command(const struct scene *scene, const char *command, const char *option, int status)
{
    g_autoptr(Run) run = perch(scene->tenant, command, "--json", "--answers", scene->answers, option, NULL);
    if (status >= 0)
        assert_status(run, status);
    return run_document(run);
}

/* What was just done in a portal is listed 4 s of the practice clock later: checks may come too early. */
static void assert_reaches(const struct scene *scene, const char *step, const char *state)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    for (;;) {
        g_autoptr(json) document = run_command(scene, "check", NULL, -1);
        if (g_strcmp0(json_get_string(find_step(document, step), "state"), state) == 0)
            return;
        if (g_get_monotonic_time() > deadline)
            assert_step(document, step, state);
    }
}

static int exports_written(const struct scene *scene)
{
    g_autoptr(json) record = practice_record(scene->tenant);
    return count_writes(record, NULL, EXPORTS);
}

static void test_the_portal_way_is_guided_and_read_back(void **state)
{
    (void)state;
    struct scene scene;
    begin_with(&scene, "fresh", "portal", slower);
    accept_invitation(&scene);
    g_autoptr(json) before = run_command(&scene, "apply", "--yes", 5);
    assert_step(before, "streaming", "needs-you");
    assert_step(before, "consent", "blocked");
    save_export(&scene);
    g_autoptr(json) after = run_command(&scene, "check", NULL, -1);
    assert_step(after, "streaming", "done");
    assert_step(after, "consent", "waiting");
    assert_int_equal(exports_written(&scene), 0);
    end(&scene);
}

static const char *origin_in(const json *document, const char *step)
{
    json_for_each (object, json_get(find_step(document, step), "objects")) {
        return json_get_string(object, "origin");
    }
    return NULL;
}

static void assert_reported(const struct scene *scene, const char *words, gboolean wanted)
{
    g_autoptr(Run) report = perch(scene->tenant, "report", "--answers", scene->answers, NULL);
    assert_int_equal(strstr(report->output, words) != NULL, wanted);
}

/* It was read as not there before, so that it did not come from before this onboarding. */
static void test_what_a_person_makes_in_between_is_told_apart_from_what_was_there(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "portal");
    accept_invitation(&scene);
    g_autoptr(json) before = run_command(&scene, "apply", "--yes", 5);
    assert_step(before, "streaming", "needs-you");
    save_export(&scene);
    consent(&scene);
    assert_reaches(&scene, "consent", "done");
    g_autoptr(json) after = run_command(&scene, "apply", "--yes", -1);
    assert_string_equal(origin_in(after, "streaming"), "person");
    assert_string_equal(origin_in(after, "consent"), "person");
    assert_reported(&scene, "made in the portal by a person, seen on ", TRUE);
    assert_reported(&scene, "first saw streaming export", TRUE);
    assert_reported(&scene, "first saw the partner's application", TRUE);
    assert_reported(&scene, "consented to in the browser by a person, seen on ", TRUE);
    end(&scene);
}

static void answer(struct scene *scene, const char *hub)
{
    g_autofree char *all = g_strdup_printf(ANSWERS, "portal");
    g_autoptr(json) answers = json_parse(all, -1, NULL);
    json_set(answers, "eventHub",
             hub != NULL ? json_from("{'resourceId':%s,'name':%s}", NAMESPACE, hub) : json_new_object());
    g_autofree char *text = json_text(answers);
    g_free(scene->answers);
    scene->answers = practice_answers(scene->tenant, text);
}

/* perch looks with HUB for an answer (NULL: none); then a person saves the export, and it is answered as it is. What
 * apply says. Caller frees. */
static json *after_saving(struct scene *scene, const char *hub)
{
    begin(scene, "fresh", "portal");
    accept_invitation(scene);
    answer(scene, hub);
    g_autoptr(json) before = run_command(scene, "check", NULL, -1);
    assert_string_equal(origin_in(before, "streaming"), "none");
    save_export(scene);
    answer(scene, "telemetry");
    assert_reaches(scene, "streaming", "done");
    return run_command(scene, "apply", "--yes", -1);
}

/* Another answer finds another; what did not stand there at the first reading was made since. */
static void test_what_another_answer_finds_was_not_there_before_unless_it_stood_there(void **state)
{
    (void)state;
    struct scene scene;
    g_autoptr(json) after = after_saving(&scene, "other");
    assert_string_equal(origin_in(after, "streaming"), "person");
    assert_reported(&scene, "made in the portal by a person, seen on ", TRUE);
    end(&scene);
}

/* Nothing tells whether it stood there before, and so nothing says so. */
static void test_what_was_never_read_before_is_found(void **state)
{
    (void)state;
    struct scene scene;
    g_autoptr(json) after = after_saving(&scene, NULL);
    assert_string_equal(origin_in(after, "streaming"), "adopted");
    assert_reported(&scene, "found there and is used", TRUE);
    assert_reported(&scene, "there before and", FALSE);
    assert_reported(&scene, "there already", FALSE);
    end(&scene);
}

static void test_what_was_there_at_the_first_look_was_there_before(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "portal");
    accept_invitation(&scene);
    save_export(&scene);
    g_autoptr(json) after = run_command(&scene, "check", NULL, -1);
    assert_string_equal(origin_in(after, "streaming"), "found");
    assert_reported(&scene, "by a person, seen on ", FALSE);
    end(&scene);
}

static int exports_held(const struct scene *scene)
{
    g_autoptr(json) held = practice_state(scene->tenant);
    return json_length(json_get_path(held, "objects.dataExports"));
}

/* An export's id is its name: leaving took one away that perch had taken over, and a person makes one anew. */
static void test_what_a_person_makes_anew_after_leaving_stays_at_undo(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "portal");
    accept_invitation(&scene);
    int before = exports_held(&scene);
    save_export(&scene);
    assert_reaches(&scene, "streaming", "done");
    g_autoptr(json) taken = run_command(&scene, "apply", "--yes", -1);
    assert_string_equal(origin_in(taken, "streaming"), "adopted");
    g_autofree char *all = g_strdup_printf(ANSWERS, "portal");
    g_autoptr(json) answers = json_parse(all, -1, NULL);
    json_set(answers, "leave", json_from("{'export':'remove'}"));
    g_autofree char *text = json_text(answers);
    g_free(scene.answers);
    scene.answers = practice_answers(scene.tenant, text);
    g_autoptr(json) left = run_command(&scene, "leave", "--yes", -1);
    assert_int_equal(exports_held(&scene), before);
    save_export(&scene);
    assert_reaches(&scene, "streaming", "done");
    g_autoptr(json) again = run_command(&scene, "check", NULL, -1);
    assert_string_equal(origin_in(again, "streaming"), "person");
    g_autoptr(json) undone = run_command(&scene, "undo", "--yes", -1);
    assert_int_equal(exports_held(&scene), before + 1);
    end(&scene);
}

static void test_the_wait_is_a_deadline_that_survives(void **state)
{
    (void)state;
    struct scene scene;
    begin_with(&scene, "fresh", "portal", slower);
    accept_invitation(&scene);
    save_export(&scene);
    g_autoptr(json) first = run_command(&scene, "check", NULL, -1);
    g_autoptr(json) second = run_command(&scene, "check", NULL, -1);
    const char *until = json_get_string(find_step(first, "consent"), "until");
    assert_non_null(until);
    assert_string_equal(json_get_string(find_step(second, "consent"), "until"), until);
    assert_step(second, "consent", "waiting");
    practice_quicken(scene.tenant, "1200");
    g_autoptr(Run) sat_out =
        perch(scene.tenant, "apply", "--yes", "--wait", "--json", "--answers", scene.answers, NULL);
    g_autoptr(json) over = run_document(sat_out);
    assert_step(over, "consent", "needs-you");
    consent(&scene);
    assert_reaches(&scene, "consent", "done");
    end(&scene);
}

static void test_consent_that_is_there_already_is_not_waited_for(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "portal");
    accept_invitation(&scene);
    save_export(&scene);
    consent(&scene);
    assert_reaches(&scene, "consent", "done");
    end(&scene);
}

static void test_the_api_way_writes_once_with_the_names_read_in_this_tenant(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "api");
    accept_invitation(&scene);
    g_autoptr(json) document = run_command(&scene, "apply", "--yes", -1);
    assert_step(document, "streaming", "done");
    int written = exports_written(&scene);
    assert_true(written >= 1);
    g_autoptr(json) again = run_command(&scene, "apply", "--yes", -1);
    assert_int_equal(exports_written(&scene), written);
    g_autoptr(json) held = practice_state(scene.tenant);
    g_autofree char *exports = json_text(json_get_path(held, "objects.dataExports"));
    assert_non_null(strstr(exports, "MXDRPartner-Contoso"));
    assert_int_equal(json_length(json_get_path(held, "objects.dataExports")), 2);
    g_autoptr(Run) undo = perch(scene.tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autoptr(json) after = practice_state(scene.tenant);
    assert_int_equal(json_length(json_get_path(after, "objects.dataExports")), 1);
    end(&scene);
}

/* It sends where perch made it send, and so is no other's: the answer was mended since. */
static void test_undo_removes_what_perch_made_for_another_hub_than_is_answered_now(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "api");
    accept_invitation(&scene);
    json_free(run_command(&scene, "apply", "--yes", -1));
    g_autoptr(json) made = practice_record(scene.tenant);
    assert_int_equal(count_writes(made, "POST", EXPORTS), 1);
    g_autofree char *before = g_strdup_printf(ANSWERS, "api");
    g_auto(GStrv) parts = g_strsplit(before, "telemetry", -1);
    g_autofree char *mended = g_strjoinv("events", parts);
    g_free(scene.answers);
    scene.answers = practice_answers(scene.tenant, mended);
    json_free(run_command(&scene, "undo", "--yes", 0));
    g_autoptr(json) record = practice_record(scene.tenant);
    assert_int_equal(count_writes(record, "DELETE", EXPORTS), 1);
    end(&scene);
}

static void test_without_an_entry_to_learn_from_nothing_is_written(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh-no-export", "api");
    accept_invitation(&scene);
    g_autoptr(json) document = run_command(&scene, "apply", "--yes", 5);
    assert_step(document, "streaming", "needs-you");
    assert_int_equal(exports_written(&scene), 0);
    save_export(&scene);
    g_autoptr(json) after = run_command(&scene, "check", NULL, -1);
    assert_step(after, "streaming", "done");
    end(&scene);
}

static void test_five_exports_leave_no_slot_and_none_is_touched(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "exports-full", "api");
    accept_invitation(&scene);
    g_autoptr(Run) run = perch(scene.tenant, "apply", "--yes", "--json", "--answers", scene.answers, NULL);
    assert_status(run, 5);
    assert_non_null(strstr(run->output, "All 5 export slots"));
    assert_int_equal(exports_written(&scene), 0);
    end(&scene);
}

static void test_an_invitation_that_was_not_accepted_is_explained(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "api");
    g_autoptr(json) document = run_command(&scene, "apply", "--yes", 1);
    assert_step(document, "streaming", "failed");
    assert_step(document, "group", "done");
    end(&scene);
}

static void test_boxes_that_only_the_portal_can_set_are_never_cleared(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "portal-only-tables", "api");
    accept_invitation(&scene);
    g_autoptr(json) document = run_command(&scene, "apply", "--yes", -1);
    g_autoptr(json) held = practice_state(scene.tenant);
    g_autofree char *exports = json_text(json_get_path(held, "objects.dataExports"));
    assert_non_null(strstr(exports, "EmailEvents"));
    g_autoptr(json) record = practice_record(scene.tenant);
    json_for_each (entry, record) {
        const char *status = json_get_string(entry, "method");
        if (strcmp(status, "POST") == 0 && g_str_has_prefix(json_get_string(entry, "path"), EXPORTS)) {
            g_autofree char *body = json_text(json_get(entry, "requestBody"));
            assert_null(strstr(body, "EmailEvents"));
        }
    }
    end(&scene);
}

static void test_the_event_hub_values_are_in_no_log_and_no_trail(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "api");
    accept_invitation(&scene);
    g_autofree char *log = g_build_filename(practice_folder(scene.tenant), "perch.log", NULL);
    g_autoptr(Run) run =
        perch(scene.tenant, "apply", "--yes", "--json", "--answers", scene.answers, "--log-file", log, NULL);
    g_autofree char *logged = read_text(log);
    assert_null(strstr(logged, "mdr-eh-ns01"));
    assert_null(strstr(logged, "practice-token-"));
    assert_null(strstr(run->output, "mdr-eh-ns01"));
    assert_null(strstr(run->errors, "mdr-eh-ns01"));
    end(&scene);
}

/* What a form would say of a value that it takes, check says of the answers: in JSON as in words. */
static void test_a_remark_on_the_answers_is_among_the_notices(void **state)
{
    static const struct {
        const char *name;
        const char *words; /* NULL: nothing is to be said */
    } rows[] = {{"Standard", "eventHub.name: This reads like a word of a sentence"},
                {"mdr-eh-ns01", "eventHub.name: This is the namespace's own name"},
                {"telemetry", NULL}};
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text =
            g_strdup_printf("{\"eventHub\":{\"resourceId\":\"" NAMESPACE "\",\"name\":\"%s\"}}", rows[i].name);
        g_autofree char *answers = practice_answers(tenant, text);
        g_autoptr(Run) run = perch(tenant, "check", "--json", "--answers", answers, NULL);
        g_autoptr(json) document = run_document(run);
        gboolean is_said = FALSE;
        json_for_each (notice, json_get(document, "notices"))
            is_said |= strstr(json_string(notice), rows[i].words != NULL ? rows[i].words : "eventHub") != NULL;
        if (is_said != (rows[i].words != NULL))
            fail_msg("%s: %s", rows[i].name, run->output);
    }
    practice_end(tenant);
}

static void test_a_sign_in_that_expires_in_between_ends_the_same(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "expired-sign-in", "api");
    accept_invitation(&scene);
    g_autoptr(json) document = run_command(&scene, "apply", "--yes", -1);
    assert_step(document, "streaming", "done");
    assert_step(document, "group", "done");
    end(&scene);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_portal_way_is_guided_and_read_back),
        cmocka_unit_test(test_what_a_person_makes_in_between_is_told_apart_from_what_was_there),
        cmocka_unit_test(test_what_another_answer_finds_was_not_there_before_unless_it_stood_there),
        cmocka_unit_test(test_what_was_never_read_before_is_found),
        cmocka_unit_test(test_what_was_there_at_the_first_look_was_there_before),
        cmocka_unit_test(test_what_a_person_makes_anew_after_leaving_stays_at_undo),
        cmocka_unit_test(test_the_wait_is_a_deadline_that_survives),
        cmocka_unit_test(test_consent_that_is_there_already_is_not_waited_for),
        cmocka_unit_test(test_the_api_way_writes_once_with_the_names_read_in_this_tenant),
        cmocka_unit_test(test_undo_removes_what_perch_made_for_another_hub_than_is_answered_now),
        cmocka_unit_test(test_without_an_entry_to_learn_from_nothing_is_written),
        cmocka_unit_test(test_five_exports_leave_no_slot_and_none_is_touched),
        cmocka_unit_test(test_an_invitation_that_was_not_accepted_is_explained),
        cmocka_unit_test(test_boxes_that_only_the_portal_can_set_are_never_cleared),
        cmocka_unit_test(test_the_event_hub_values_are_in_no_log_and_no_trail),
        cmocka_unit_test(test_a_sign_in_that_expires_in_between_ends_the_same),
        cmocka_unit_test(test_a_remark_on_the_answers_is_among_the_notices),
    };
    json_init();
    return run_journeys("streaming", tests, argc, argv);
}
