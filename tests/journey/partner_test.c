/* SPDX-License-Identifier: MIT */
#include "support/practice.h"

#include <glib/gstdio.h>
#include <string.h>

#define PROFILE PERCH_TEST_DATA "/partners/example-partner.json"
#define SPONSOR "{\"sponsor\":\"sponsor@contoso.com\"}"
#define ALL_SAID                                                                                                       \
    "{\"sponsor\":\"sponsor@contoso.com\",\"done\":{\"call\":{\"by\":\"ann@contoso.com\",\"note\":\"called\"}}}"

static void assert_refused(const struct run *run, const char *code, const char *words)
{
    assert_status(run, 2);
    g_autoptr(json) document = run_document(run);
    const json *error = json_get(document, "error");
    assert_string_equal(json_get_string(error, "code"), code);
    if (strstr(json_get_string(error, "message"), words) == NULL)
        fail_msg("expected “%s” in %s", words, run->output);
}

static struct run *with_partner(const struct practice_tenant *tenant, const char *answers_text, const char *command,
                                const char *option, const char *more)
{
    g_autofree char *answers = practice_answers(tenant, answers_text);
    g_autofree char *sum = file_sha256(PROFILE);
    return perch(tenant, command, "--json", "--partner", PROFILE, "--partner-sha256", sum, "--answers", answers, option,
                 more, NULL);
}

/* Nobody looks at the plan, so the file has to be the one that somebody has looked at. */
static void test_unattended_the_profile_is_named_by_its_sum(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) without = perch(tenant, "apply", "--yes", "--json", "--partner", PROFILE, NULL);
    assert_refused(without, "usage", "--partner with --yes needs --partner-sha256");
    g_autoptr(Run) wrong = perch(tenant, "apply", "--yes", "--json", "--partner", PROFILE, "--partner-sha256",
                                 "0000000000000000000000000000000000000000000000000000000000000000", NULL);
    assert_refused(wrong, "input", "has not the SHA-256 that --partner-sha256 names");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(json_length(record), 0);
    practice_end(tenant);
}

static void test_a_profile_from_a_file_is_named_wherever_it_acts(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *sum = file_sha256(PROFILE);
    g_autofree char *named = g_strdup_printf("from a file, SHA-256 %.16s", sum);
    static const char *const commands[] = {"check", "plan"};
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autoptr(Run) run = perch(tenant, commands[i], "--partner", PROFILE, NULL);
        assert_non_null(strstr(run->output, named));
        assert_non_null(strstr(run->errors, sum));
    }
    g_autoptr(Run) report = perch(tenant, "report", "--format", "text", "--partner", PROFILE, NULL);
    assert_non_null(strstr(report->output, "(from a file)"));
    g_autoptr(Run) check = with_partner(tenant, SPONSOR, "check", NULL, NULL);
    g_autoptr(json) document = run_document(check);
    assert_true(json_get_bool(json_get(document, "partnerProfile"), "fromFile", FALSE));
    assert_string_equal(json_get_string(json_get(document, "partnerProfile"), "sha256"), sum);
    practice_end(tenant);
}

static void test_a_profile_that_others_may_write_to_is_refused(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "profile.json", NULL);
    g_autofree char *text = read_text(PROFILE);
    assert_true(g_file_set_contents(file, text, -1, NULL));
    assert_int_equal(g_chmod(file, 0666), 0);
    g_autoptr(Run) run = perch(tenant, "check", "--json", "--partner", file, NULL);
    assert_refused(run, "input", "others may change it");
    practice_end(tenant);
}

/* The profile with the text FROM changed to TO. Caller frees. */
static char *changed_profile(const struct practice_tenant *tenant, const char *const *changes)
{
    char *file = g_build_filename(practice_folder(tenant), "changed.json", NULL);
    g_autofree char *text = read_text(PROFILE);
    g_autoptr(GString) changed = g_string_new(text);
    for (; *changes != NULL; changes += 2)
        assert_int_equal(g_string_replace(changed, changes[0], changes[1], 0), 1);
    assert_true(g_file_set_contents(file, changed->str, -1, NULL));
    assert_int_equal(g_chmod(file, 0600), 0);
    return file;
}

/* Before the group is there, whose roles could be read; and what is dangerous about it no profile says away. */
static void test_a_role_beyond_the_fence_is_asked_for_before_anything_is_made(void **state)
{
    (void)state;
    static const char *const operator_role[] = {"5d6b6bb7-de71-4623-b4af-96380a352509",
                                                "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f", "\"Security Reader\"",
                                                "\"Security Operator\"", NULL};
    static const char *const harmless[] = {"role-assignable: cannot be changed later", "quite harmless", NULL};
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = changed_profile(tenant, operator_role);
    g_autoptr(Run) plan = perch(tenant, "plan", "--json", "--partner", file, NULL);
    g_autoptr(json) planned = run_document(plan);
    g_autofree char *requests = json_text(json_get(planned, "requests"));
    assert_non_null(strstr(requests, "isAssignableToRole"));
    assert_null(strstr(requests, "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f"));
    g_autofree char *all = json_text(planned);
    assert_non_null(strstr(all, "The profile asks for “Security Operator”, which does more than read"));
    /* No file may say it, so that it is not offered as one of a file's answers. */
    assert_non_null(strstr(all, "\"byHand\":true"));
    assert_null(strstr(all, "allow:"));
    g_autoptr(Run) check = perch(tenant, "check", "--partner", file, NULL);
    assert_non_null(strstr(check->output, "in the console only, by a person  Give it all the same"));
    assert_null(strstr(check->output, "= allow:"));
    g_autofree char *mild = changed_profile(tenant, harmless);
    g_autoptr(Run) marked = perch(tenant, "plan", "--partner", mild, NULL);
    assert_null(strstr(marked->output, "quite harmless"));
    assert_non_null(strstr(marked->output, "! role-assignable: cannot be changed later"));
    practice_end(tenant);
}

static void test_check_shows_this_partners_steps_and_no_others(void **state)
{
    (void)state;
    static const char *const ids[] = {"sign-in", "analysts", "partner", "call", "finish"};
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) check = with_partner(tenant, SPONSOR, "check", NULL, NULL);
    assert_status(check, 3);
    g_autoptr(json) document = run_document(check);
    assert_string_equal(json_get_string(document, "partner"), "Fabrikam Watch");
    const json *steps = json_get(document, "steps");
    assert_int_equal(json_length(steps), G_N_ELEMENTS(ids));
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
        assert_string_equal(json_get_string(json_at(steps, (int)i), "id"), ids[i]);
    assert_step(document, "sign-in", "done");
    assert_step(document, "analysts", "to-do");
    assert_step(document, "call", "blocked");
    practice_end(tenant);
}

static void assert_same_requests(const json *planned, const json *record)
{
    int index = 0;
    json_for_each (entry, record) {
        const char *path = json_get_string(entry, "path");
        const json *request = json_at(planned, index);
        if (strcmp(json_get_string(entry, "method"), "GET") == 0 || !g_str_has_prefix(path, "/v1.0/"))
            continue;
        assert_non_null(request);
        assert_string_equal(json_get_string(request, "method"), json_get_string(entry, "method"));
        index++;
    }
    assert_int_equal(index, json_length(planned));
}

static void test_apply_makes_what_the_plan_said_under_this_partners_names(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) plan = with_partner(tenant, SPONSOR, "plan", NULL, NULL);
    assert_status(plan, 3);
    g_autoptr(json) planned = run_document(plan);
    g_autoptr(Run) apply = with_partner(tenant, SPONSOR, "apply", "--yes", NULL);
    g_autoptr(json) applied = run_document(apply);
    assert_step(applied, "analysts", "done");
    assert_step(applied, "partner", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_same_requests(json_get(planned, "requests"), record);
    g_autoptr(json) held = practice_state(tenant);
    g_autofree char *text = json_text(json_get(held, "objects"));
    assert_non_null(strstr(text, "\"Fabrikam Watch Analysts\""));
    assert_null(strstr(text, "\"Red Canary Access Group\""));
    practice_end(tenant);
}

static void test_its_own_wait_holds_and_then_a_person_is_asked(void **state)
{
    (void)state;
    /* The hour has to be longer than a run. */
    static const char *const slower[] = {"--clock-rate", "20", NULL};
    struct practice_tenant *tenant = practice_begin("fresh", slower);
    g_autoptr(Run) apply = with_partner(tenant, SPONSOR, "apply", "--yes", NULL);
    assert_status(apply, 4);
    g_autoptr(json) applied = run_document(apply);
    assert_step(applied, "call", "waiting");
    assert_string_equal(json_get_string(find_step(applied, "call"), "reason"),
                        "Fabrikam's watch desk reads new groups once an hour.");
    assert_non_null(json_get_string(find_step(applied, "call"), "until"));
    practice_quicken(tenant, "6000");
    g_autoptr(Run) waited = with_partner(tenant, SPONSOR, "apply", "--yes", "--wait");
    assert_status(waited, 5);
    g_autoptr(json) after = run_document(waited);
    assert_step(after, "call", "needs-you");
    practice_end(tenant);
}

static void test_told_and_reported_it_is_all_done(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = with_partner(tenant, ALL_SAID, "apply", "--yes", NULL);
    assert_status(apply, 0);
    g_autoptr(Run) report = with_partner(tenant, ALL_SAID, "report", NULL, NULL);
    assert_status(report, 0);
    g_autoptr(json) document = run_document(report);
    const json *card = json_get_path(document, "handBack.lines");
    assert_string_equal(json_get_string(json_at(card, 0), "text"), "Tenant");
    assert_string_equal(json_get_string(json_at(card, 1), "text"), "Group");
    assert_non_null(json_get_string(json_at(card, 1), "value"));
    assert_null(strstr(report->output, "Red Canary"));
    practice_end(tenant);
}

static void test_one_journal_belongs_to_one_partner(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = with_partner(tenant, SPONSOR, "apply", "--yes", NULL);
    g_autoptr(json) record = practice_record(tenant);
    int writes = count_writes(record, NULL, NULL);
    g_autoptr(Run) other = perch(tenant, "apply", "--yes", NULL);
    assert_status(other, 1);
    assert_non_null(strstr(other->errors, "fabrikam-watch"));
    assert_non_null(strstr(other->errors, "--state-dir"));
    g_autoptr(json) after = practice_record(tenant);
    assert_int_equal(count_writes(after, NULL, NULL), writes);
    practice_end(tenant);
}

static void test_a_broken_profile_is_refused_with_its_path(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *text = read_text(PROFILE);
    g_auto(GStrv) parts = g_strsplit(text, "\"role-assignment\"", 2);
    g_autofree char *broken = g_strjoinv("\"role-assignement\"", parts);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "partner.json", NULL);
    assert_true(g_file_set_contents(file, broken, -1, NULL));
    g_autoptr(Run) check = perch(tenant, "check", "--partner", file, NULL);
    assert_status(check, 2);
    assert_non_null(strstr(check->errors, "$.steps[1].objects[1].kind"));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(json_length(record), 0);
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unattended_the_profile_is_named_by_its_sum),
        cmocka_unit_test(test_a_profile_from_a_file_is_named_wherever_it_acts),
        cmocka_unit_test(test_a_profile_that_others_may_write_to_is_refused),
        cmocka_unit_test(test_a_role_beyond_the_fence_is_asked_for_before_anything_is_made),
        cmocka_unit_test(test_check_shows_this_partners_steps_and_no_others),
        cmocka_unit_test(test_apply_makes_what_the_plan_said_under_this_partners_names),
        cmocka_unit_test(test_its_own_wait_holds_and_then_a_person_is_asked),
        cmocka_unit_test(test_told_and_reported_it_is_all_done),
        cmocka_unit_test(test_one_journal_belongs_to_one_partner),
        cmocka_unit_test(test_a_broken_profile_is_refused_with_its_path),
    };
    json_init();
    return run_journeys("partner", tests, argc, argv);
}
