/* SPDX-License-Identifier: MIT */
/* A decision holds for what stood there when it was made: what comes later is asked about, whatever a file says. */
#include <string.h>

#include "support/background.h"
#include "support/practice.h"

#define GROUP "Red Canary"
#define REPAIR_GROUP "{\"decisions\":{\"group\":\"repair\"}}"

static json *run_with(const struct practice_tenant *tenant, const char *command, const char *answers, int status)
{
    g_autofree char *file = practice_answers(tenant, answers);
    gboolean writes = strcmp(command, "apply") == 0;
    g_autoptr(Run) run = perch(tenant, command, "--json", "--answers", file, writes ? "--yes" : NULL, NULL);
    if (status >= 0)
        assert_status(run, status);
    return run_document(run);
}

/* The choice of STEP in DOCUMENT that begins with WORD. Borrowed. */
static const char *choice_that_begins(const json *document, const char *step, const char *word)
{
    json_for_each (choice, json_get(find_step(document, step), "choices")) {
        const char *value = json_get_string(choice, "value");
        if (g_str_has_prefix(value, word))
            return value;
    }
    fail_msg("%s offers nothing like “%s”", step, word);
    return NULL;
}

/* Answers that decide about the group by the choice that begins with WORD. Caller frees. */
static char *answers_by(const json *document, const char *word)
{
    return g_strdup_printf("{\"decisions\":{\"group\":\"%s\"}}", choice_that_begins(document, "group", word));
}

static void test_what_was_repaired_once_is_not_repaired_again_unasked(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", NULL);
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Ann's words");
    g_autoptr(json) repaired = run_with(tenant, "apply", REPAIR_GROUP, -1);
    assert_step(repaired, "group", "done");
    assert_int_equal(count_held(tenant, "groups", "description", "Ann's words"), 0);
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Ann's words");
    g_autoptr(json) again = run_with(tenant, "apply", REPAIR_GROUP, 5);
    assert_step(again, "group", "differs");
    assert_int_equal(count_held(tenant, "groups", "description", "Ann's words"), 1);
    /* By the code of what is there it is decided anew, also in a file. */
    g_autofree char *answers = answers_by(again, "repair#");
    g_autoptr(json) anew = run_with(tenant, "apply", answers, -1);
    assert_step(anew, "group", "done");
    assert_int_equal(count_held(tenant, "groups", "description", "Ann's words"), 0);
    /* The same once more has another code, so that it can be decided once more, and only by whoever does. */
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Ann's words");
    g_autoptr(json) third = run_with(tenant, "apply", answers, 5);
    assert_step(third, "group", "differs");
    g_autofree char *later = answers_by(third, "repair#");
    assert_string_not_equal(later, answers);
    g_autoptr(json) mended = run_with(tenant, "apply", later, -1);
    assert_step(mended, "group", "done");
    practice_end(tenant);
}

static void test_what_is_kept_is_kept_as_it_was(void **state)
{
    (void)state;
    static const char keep[] = "{\"decisions\":{\"group\":\"keep\"}}";
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", NULL);
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Ann's words");
    g_autoptr(json) kept = run_with(tenant, "apply", keep, -1);
    assert_step(kept, "group", "done");
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Ben's words");
    g_autoptr(json) later = run_with(tenant, "apply", keep, 5);
    assert_step(later, "group", "differs");
    g_autofree char *file = practice_answers(tenant, keep);
    g_autoptr(Run) drift = perch(tenant, "check", "--drift", "--answers", file, NULL);
    assert_status(drift, 7);
    g_autofree char *answers = answers_by(later, "keep#");
    g_autoptr(json) anew = run_with(tenant, "apply", answers, -1);
    assert_step(anew, "group", "done");
    /* What was decided before that is no decision any more. */
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Cy's words");
    g_autoptr(json) repaired = run_with(tenant, "apply", REPAIR_GROUP, -1);
    assert_step(repaired, "group", "done");
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Dan's words");
    g_autoptr(json) not_kept = run_with(tenant, "apply", keep, 5);
    assert_step(not_kept, "group", "differs");
    practice_end(tenant);
}

static void test_what_was_made_anew_once_is_not_made_again_unasked(void **state)
{
    (void)state;
    static const char create[] = "{\"decisions\":{\"group\":\"create\"}}";
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", NULL);
    practice_remove_by_hand(tenant, "groups", "displayName", GROUP);
    g_autoptr(json) made = run_with(tenant, "apply", create, -1);
    assert_step(made, "group", "done");
    practice_remove_by_hand(tenant, "groups", "displayName", GROUP);
    g_autoptr(json) gone = run_with(tenant, "apply", create, 5);
    assert_step(gone, "group", "needs-you");
    assert_non_null(strchr(choice_that_begins(gone, "group", "create"), '#'));
    practice_end(tenant);
}

/* A colleague takes the place of the group with one of his own. */
static void replace_group(struct practice_tenant *tenant, const char *id)
{
    json *store = practice_take_store(tenant);
    json_for_each (group, json_get_path(store, "objects.groups")) {
        if (g_strcmp0(json_get_string(group, "displayName"), GROUP) != 0)
            continue;
        json_set_string(group, "id", id);
        json_set_string(group, "description", "Ben's own");
    }
    practice_put_store(tenant, store);
}

/* ... and, of those that were deleted, puts it back. */
static void put_group_back(struct practice_tenant *tenant)
{
    json *store = practice_take_store(tenant);
    json_for_each (group, json_get_path(store, "objects.deletedGroups"))
        if (g_strcmp0(json_get_string(group, "displayName"), GROUP) == 0)
            json_append(json_get_path(store, "objects.groups"), json_copy(group));
    json_set(json_get(store, "objects"), "deletedGroups", json_new_array());
    practice_put_store(tenant, store);
}

/* By the code it is about that one on another machine as well, which showed nothing yet. */
static void test_a_code_is_about_the_same_one_on_another_machine(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("half-done", NULL);
    g_autofree char *elsewhere = g_build_filename(practice_folder(tenant), "elsewhere", NULL);
    g_autoptr(Run) shown = perch(tenant, "leave", "--json", NULL);
    g_autoptr(json) document = run_document(shown);
    const json *choice = json_find(json_get_path(document, "leave.choices"), "answer", "leave.group");
    g_autofree char *answers = g_strdup_printf("{\"leave\":{\"group\":\"%s\"}}", json_get_string(choice, "remove"));
    replace_group(tenant, "bbbbbbbb-1111-4222-8333-000000000001");
    g_autofree char *file = practice_answers(tenant, answers);
    g_autoptr(Run) left = perch(tenant, "leave", "--yes", "--state-dir", elsewhere, "--answers", file, NULL);
    assert_status(left, 5);
    assert_int_equal(count_held(tenant, "groups", "description", "Ben's own"), 1);
    practice_end(tenant);
}

/* The word behind "remove" in what leaving says of the group. Caller frees. */
static char *code_to_leave_by(const json *document)
{
    json_for_each (sentence, json_get_path(document, "leave.undecided")) {
        const char *code = strstr(json_string(sentence), "{\"group\": \"remove#");
        if (code != NULL)
            return g_strndup(code + strlen("{\"group\": \"remove"), strlen("#1f6a02"));
    }
    fail_msg("leaving asks nothing about another group");
    return NULL;
}

static void test_what_goes_with_the_partner_is_what_was_shown(void **state)
{
    (void)state;
    static const char remove[] = "{\"leave\":{\"group\":\"remove\",\"organization\":\"remove\"}}";
    struct practice_tenant *tenant = practice_begin("half-done", NULL);
    g_autoptr(Run) shown = perch(tenant, "leave", NULL);
    assert_status(shown, 5);
    replace_group(tenant, "bbbbbbbb-1111-4222-8333-000000000001");
    g_autofree char *file = practice_answers(tenant, remove);
    g_autoptr(Run) left = perch(tenant, "leave", "--yes", "--json", "--answers", file, NULL);
    assert_status(left, 5);
    assert_int_equal(count_held(tenant, "groups", "description", "Ben's own"), 1);
    g_autoptr(json) document = run_document(left);
    g_autofree char *code = code_to_leave_by(document);
    g_autofree char *decided = g_strdup_printf("{\"leave\":{\"group\":\"remove%s\"}}", code);
    g_autofree char *anew = practice_answers(tenant, decided);
    g_autoptr(Run) gone = perch(tenant, "leave", "--yes", "--answers", anew, NULL);
    assert_int_equal(count_held(tenant, "groups", "description", "Ben's own"), 0);
    /* Once: neither the word nor that code takes away what is there again. */
    put_group_back(tenant);
    assert_int_equal(count_held(tenant, "groups", "description", "Ben's own"), 1);
    for (int i = 0; i < 2; i++) {
        g_autoptr(Run) again = perch(tenant, "leave", "--yes", "--json", "--answers", i == 0 ? anew : file, NULL);
        assert_status(again, 5);
        assert_int_equal(count_held(tenant, "groups", "description", "Ben's own"), 1);
    }
    practice_end(tenant);
}

static void test_what_was_to_stay_was_that_one(void **state)
{
    (void)state;
    static const char keep[] = "{\"leave\":{\"group\":\"keep\",\"organization\":\"keep\"}}";
    struct practice_tenant *tenant = practice_begin("half-done", NULL);
    g_autofree char *file = practice_answers(tenant, keep);
    g_autoptr(Run) kept = perch(tenant, "leave", "--json", "--answers", file, NULL);
    g_autoptr(json) before = run_document(kept);
    assert_int_equal(json_length(json_get_path(before, "leave.kept")), 2);
    replace_group(tenant, "bbbbbbbb-1111-4222-8333-000000000001");
    g_autoptr(Run) again = perch(tenant, "leave", "--json", NULL);
    g_autoptr(json) after = run_document(again);
    assert_int_equal(json_length(json_get_path(after, "leave.kept")), 1);
    g_autofree char *code = code_to_leave_by(after);
    assert_int_equal(strlen(code), strlen("#1f6a02"));
    practice_end(tenant);
}

/* Of two groups of the name one was chosen, and is called otherwise before that is sent. */
static void test_another_than_was_chosen_is_not_taken_for_it(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("duplicate-groups", NULL);
    g_autoptr(json) shown = run_with(tenant, "check", "{}", -1);
    g_autofree char *answers = answers_by(shown, "use:");
    const char *id = choice_that_begins(shown, "group", "use:") + strlen("use:");
    json *store = practice_take_store(tenant);
    json_for_each (group, json_get_path(store, "objects.groups"))
        if (g_strcmp0(json_get_string(group, "id"), id) == 0)
            json_set_string(group, "displayName", "Ben's birds");
    practice_put_store(tenant, store);
    practice_clear_record(tenant);
    g_autoptr(json) asked = run_with(tenant, "apply", answers, 5);
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/roleManagement"), 0);
    g_autofree char *other = answers_by(asked, "use:");
    assert_string_not_equal(other, answers);
    g_autoptr(json) decided = run_with(tenant, "apply", other, -1);
    assert_step(decided, "group", "done");
    practice_end(tenant);
}

static char *holder_of_group(struct practice_tenant *tenant, const char *mail)
{
    json *store = practice_take_store(tenant);
    char *id = NULL;
    json_for_each (user, json_get_path(store, "objects.users"))
        if (g_strcmp0(json_get_string(user, "mail"), mail) == 0)
            id = g_strdup(json_get_string(user, "id"));
    json_for_each (group, json_get_path(store, "objects.groups"))
        if (g_strcmp0(json_get_string(group, "displayName"), GROUP) == 0)
            json_append_string(json_get(group, "_members"), id);
    practice_put_store(tenant, store);
    return id;
}

/* Whoever was taken out once is taken out again only by whoever decides it again. */
static void test_whom_the_company_puts_in_again_is_not_taken_out_unasked(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", NULL);
    g_autofree char *id = holder_of_group(tenant, "reviewer@contoso.com");
    g_autofree char *answers = g_strdup_printf("{\"decisions\":{\"group-holders\":\"keep:-member:%s\"}}", id);
    g_autofree char *anew = g_strdup_printf("{\"decisions\":{\"group-holders\":\"keep:-member:%s#2\"}}", id);
    const char *const given[] = {answers, answers, anew, anew};
    for (guint i = 0; i < G_N_ELEMENTS(given); i++) {
        practice_clear_record(tenant);
        g_autoptr(json) applied = run_with(tenant, "apply", given[i], 5);
        g_autoptr(json) record = practice_record(tenant);
        gboolean goes = i % 2 == 0;
        assert_step(applied, "group", goes ? "done" : "differs");
        assert_int_equal(count_writes(record, "DELETE", "/v1.0/groups/"), goes ? 1 : 0);
        if (!goes) {
            const char *offered = choice_that_begins(applied, "group", "keep:-member:");
            assert_true(g_str_has_suffix(offered, i == 1 ? "#2" : "#3"));
        } else
            g_free(holder_of_group(tenant, "reviewer@contoso.com"));
    }
    practice_end(tenant);
}

static void let_a_day_pass(struct practice_tenant *tenant)
{
    json *store = practice_take_store(tenant);
    json_set_int(store, "time", json_get_int(store, "time", 0) + G_TIME_SPAN_DAY);
    practice_put_store(tenant, store);
}

/* A word that stands in a file from the first day was said about nothing, and decides about nothing later. */
static void test_what_a_file_says_before_there_is_anything_to_decide_decides_nothing(void **state)
{
    (void)state;
    static const char keep[] = "{\"decisions\":{\"group\":\"keep\"}}";
    static const char *const files[] = {REPAIR_GROUP, keep};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        struct practice_tenant *tenant = practice_begin("fresh", NULL);
        g_autoptr(json) done = run_with(tenant, "apply", files[i], -1);
        assert_step(done, "group", "done");
        practice_change_by_hand(tenant, "groups", GROUP, "description", "Ann's words");
        g_autoptr(json) asked = run_with(tenant, "apply", files[i], 5);
        assert_step(asked, "group", "differs");
        assert_int_equal(count_held(tenant, "groups", "description", "Ann's words"), 1);
        g_autofree char *answers = answers_by(asked, "repair");
        g_autoptr(json) decided = run_with(tenant, "apply", answers, -1);
        assert_step(decided, "group", "done");
        assert_int_equal(count_held(tenant, "groups", "description", "Ann's words"), 0);
        practice_end(tenant);
    }
}

/* What somebody deleted after it was handed over is asked about by whoever goes on. */
static void test_what_was_handed_over_and_is_gone_is_not_made_again_unasked(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "handed.json", NULL);
    g_autofree char *elsewhere = g_build_filename(practice_folder(tenant), "elsewhere", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", NULL);
    g_autoptr(Run) given = perch(tenant, "hand-over", "--output", file, NULL);
    assert_status(given, 0);
    practice_remove_by_hand(tenant, "groups", "displayName", GROUP);
    practice_clear_record(tenant);
    g_autofree char *text = read_text(file);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    g_autoptr(Run) taken = perch(tenant, "apply", "--yes", "--json", "--state-dir", elsewhere, "--answers", file,
                                 "--answers-sha256", sum, NULL);
    assert_status(taken, 5);
    g_autoptr(json) document = run_document(taken);
    assert_step(document, "group", "needs-you");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/groups"), 0);
    practice_end(tenant);
}

/* What somebody mended by hand before perch could is past: the same again is another time. */
static void test_what_was_mended_by_hand_is_not_repaired_later(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", NULL);
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Ann's words");
    g_autoptr(json) decided = run_with(tenant, "check", REPAIR_GROUP, -1);
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Red Canary Access Group");
    let_a_day_pass(tenant);
    g_autoptr(json) mended = run_with(tenant, "apply", REPAIR_GROUP, 5);
    assert_step(mended, "group", "done");
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Ann's words");
    g_autoptr(json) again = run_with(tenant, "apply", REPAIR_GROUP, 5);
    assert_step(again, "group", "differs");
    assert_int_equal(count_held(tenant, "groups", "description", "Ann's words"), 1);
    practice_end(tenant);
}

#define ACCOUNT(name) "\"account\":{\"mode\":\"existing\",\"userPrincipalName\":\"" name "\",\"email\":\"" name "\"}"
#define ACCEPTED(note) "\"done\":{\"invitation\":{\"by\":\"ann@contoso.com\",\"note\":\"" note "\"}}"

#define ANOTHER_ID "aaaaaaaa-1111-4222-8333-0000000000ff"

/* Somebody else got the sponsor's address. */
static void test_who_gets_a_persons_address_is_not_made_sponsor_unasked(void **state)
{
    (void)state;
    static const char answers[] = "{\"sponsor\":\"sponsor@contoso.com\"}";
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) done = run_with(tenant, "apply", answers, -1);
    assert_step(done, "organization", "done");
    json *store = practice_take_store(tenant);
    json_for_each (user, json_get_path(store, "objects.users"))
        if (g_strcmp0(json_get_string(user, "mail"), "sponsor@contoso.com") == 0)
            json_set_string(user, "id", ANOTHER_ID);
    json_for_each (organization, json_get_path(store, "objects.connectedOrganizations"))
        json_set(organization, "+internalSponsors", json_new_array());
    practice_put_store(tenant, store);
    practice_clear_record(tenant);
    for (int i = 0; i < 2; i++) {
        g_autoptr(json) asked = run_with(tenant, "apply", answers, 5);
        assert_step(asked, "organization", "differs");
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    g_autoptr(json) decided = run_with(
        tenant, "apply", "{\"sponsor\":\"sponsor@contoso.com\",\"decisions\":{\"sponsor-user\":\"keep\"}}", -1);
    assert_step(decided, "organization", "done");
    practice_end(tenant);
}

#define SECURITY_ADMINISTRATOR "194ae4cb-b126-40b2-bd5b-6091b380977d"

static void let_reviewer_be_administrator(struct practice_tenant *tenant)
{
    json *store = practice_take_store(tenant);
    json_for_each (user, json_get_path(store, "objects.users"))
        if (g_strcmp0(json_get_string(user, "mail"), "reviewer@contoso.com") == 0)
            json_append(json_get_path(store, "objects.roleAssignments"),
                        json_from("{'id':'ra-2','principalId':%s,'roleDefinitionId':'" SECURITY_ADMINISTRATOR
                                  "','directoryScopeId':'/'}",
                                  json_get_string(user, "id")));
    practice_put_store(tenant, store);
}

/* An invitation is one account's, and what was told of it is no other's. */
static void test_what_was_told_of_one_account_is_told_of_no_other(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    let_reviewer_be_administrator(tenant);
    g_autoptr(json) told =
        run_with(tenant, "check", "{" ACCOUNT("admin@contoso.onmicrosoft.com") "," ACCEPTED("Tuesday") "}", -1);
    assert_step(told, "invitation", "told");
    g_autoptr(json) other =
        run_with(tenant, "check", "{" ACCOUNT("reviewer@contoso.com") "," ACCEPTED("Tuesday") "}", -1);
    assert_step(other, "invitation", "needs-you");
    assert_non_null(strstr(json_get_string(find_step(other, "invitation"), "reason"), "another one than when it was"));
    g_autoptr(json) anew = run_with(tenant, "check", "{" ACCEPTED("Thursday, by the reviewer") "}", -1);
    assert_step(anew, "invitation", "told");
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_goes_with_the_partner_is_what_was_shown),
        cmocka_unit_test(test_what_was_to_stay_was_that_one),
        cmocka_unit_test(test_a_code_is_about_the_same_one_on_another_machine),
        cmocka_unit_test(test_another_than_was_chosen_is_not_taken_for_it),
        cmocka_unit_test(test_whom_the_company_puts_in_again_is_not_taken_out_unasked),
        cmocka_unit_test(test_what_a_file_says_before_there_is_anything_to_decide_decides_nothing),
        cmocka_unit_test(test_what_was_handed_over_and_is_gone_is_not_made_again_unasked),
        cmocka_unit_test(test_what_was_mended_by_hand_is_not_repaired_later),
        cmocka_unit_test(test_who_gets_a_persons_address_is_not_made_sponsor_unasked),
        cmocka_unit_test(test_what_was_told_of_one_account_is_told_of_no_other),
        cmocka_unit_test(test_what_was_repaired_once_is_not_repaired_again_unasked),
        cmocka_unit_test(test_what_is_kept_is_kept_as_it_was),
        cmocka_unit_test(test_what_was_made_anew_once_is_not_made_again_unasked),
    };
    json_init();
    return run_journeys("decisions", tests, argc, argv);
}
