/* SPDX-License-Identifier: MIT */
/*
 * The keyring as a user of perch has it: a real gnome-keyring on a private bus, perch as a program, and a practice
 * tenant that it signs in to with an application of the company's own.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "support/keyring_world.h"
#include "support/practice.h"
#include "support/practice_client.h"
#include "support/side_by_side.h"
#include "support/terminal.h"

#define DOMAIN "contoso.com"
#define LOCKED "The keyring is locked"

struct scene {
    struct world *world;
    struct practice_tenant *tenant;
    char **environment;
};

static int set_up_in(void **state, const char *scenario)
{
    struct scene *scene = g_new0(struct scene, 1);
    scene->world = world_with_keyring();
    scene->tenant = practice_begin(scenario, NULL);
    scene->environment = world_environment(scene->world);
    *state = scene;
    return 0;
}

static int set_up(void **state)
{
    return set_up_in(state, "fresh");
}

static int set_up_narrow(void **state)
{
    return set_up_in(state, "narrow-consent");
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    practice_end(scene->tenant);
    world_free(scene->world);
    g_strfreev(scene->environment);
    g_free(scene);
    return 0;
}

static char **command_line(const struct scene *scene, const char *const *words)
{
    const char *all[16] = {"--practice-keyring", "--client-id", OWN_CLIENT};
    guint count = 3;
    for (; *words != NULL; words++)
        all[count++] = *words;
    return perch_command_line(scene->tenant, all);
}

static struct run *run(const struct scene *scene, const char *const *words)
{
    g_auto(GStrv) line = command_line(scene, words);
    return run_program((const char *const *)line, (const char *const *)scene->environment, "");
}

static const char *const sign_in[] = {"sign-in", "--device-code", "--tenant", DOMAIN, NULL};
static const char *const whoami[] = {"whoami", "--tenant", DOMAIN, NULL};
static const char *const sign_out[] = {"sign-out", "--tenant", DOMAIN, NULL};
static const char *const sign_out_of_all[] = {"sign-out", NULL};

static void expect(const struct scene *scene, const char *const *words, int status)
{
    g_autoptr(Run) ran = run(scene, words);
    assert_status(ran, status);
}

static guint stored(const struct scene *scene)
{
    return world_count_items(scene->world, "xdg:schema", "org.perch.SignIn");
}

/* How often a person was asked to sign in so far. */
static int asked(const struct scene *scene)
{
    g_autoptr(json) record = practice_record(scene->tenant);
    int count = 0;
    json_for_each (entry, record) {
        const char *path = json_get_string(entry, "path");
        if (g_str_has_suffix(path, "/devicecode") || g_str_has_suffix(path, "/authorize"))
            count++;
    }
    return count;
}

static void test_the_next_run_is_signed_in(void **state)
{
    const struct scene *scene = *state;
    expect(scene, sign_in, 0);
    int before = asked(scene);
    assert_true(before > 0);
    assert_int_equal(stored(scene), 1);
    expect(scene, whoami, 0);
    assert_int_equal(asked(scene), before);
}

static void test_the_only_kept_tenant_need_not_be_named(void **state)
{
    static const char *const anywhere[] = {"whoami", NULL};
    const struct scene *scene = *state;
    expect(scene, sign_in, 0);
    int before = asked(scene);
    expect(scene, anywhere, 0);
    assert_int_equal(asked(scene), before);
}

/* The key that RUN says to have sealed with. */
static char *sealed_with(const struct run *run)
{
    const char *at = strstr(run->errors, "it is sealed with the key ");
    assert_non_null(at);
    return g_strndup(at + strlen("it is sealed with the key "), 64);
}

/* The key outlives the run and stays in the keyring; with it alone perch verify believes who sealed. */
static void test_evidence_is_sealed_with_a_key_of_the_keyring(void **state)
{
    const struct scene *scene = *state;
    g_autofree char *first = g_build_filename(practice_folder(scene->tenant), "first.tar", NULL);
    g_autofree char *second = g_build_filename(practice_folder(scene->tenant), "second.tar", NULL);
    expect(scene, sign_in, 0);
    g_autoptr(Run) one = run(scene, (const char *const[]){"report", "--tenant", DOMAIN, "--bundle", first, NULL});
    g_autoptr(Run) two = run(scene, (const char *const[]){"report", "--tenant", DOMAIN, "--bundle", second, NULL});
    g_autofree char *key = sealed_with(one);
    g_autofree char *again = sealed_with(two);
    assert_string_equal(key, again);
    assert_int_equal(stored(scene), 1);
    assert_int_equal(world_count_items(scene->world, "xdg:schema", "org.perch.Evidence"), 1);
    const char *const right[] = {PERCH_BINARY, "verify", "--seal-key", key, second, NULL};
    const char *const wrong[] = {PERCH_BINARY, "verify", "--seal-key", "00", second, NULL};
    g_autoptr(Run) good = run_program(right, NULL, "");
    g_autoptr(Run) bad = run_program(wrong, NULL, "");
    assert_status(good, 0);
    assert_status(bad, 1);
    assert_non_null(strstr(good->output, "Sealed with the key "));
    /* Sums that were mended no longer fit the seal. */
    g_autofree char *mend = g_strdup_printf(
        "cd %s && tar xf second.tar && cd perch-* && echo >> report.txt && grep -v report.txt SHA256SUMS > sums && "
        "sha256sum "
        "report.txt >> sums && mv sums SHA256SUMS && cd .. && tar --format=ustar -cf second.tar perch-*/*",
        practice_folder(scene->tenant));
    g_autoptr(Run) mended = run_program((const char *const[]){"/bin/sh", "-ec", mend, NULL}, NULL, "");
    assert_status(mended, 0);
    g_autoptr(Run) found = run_program(right, NULL, "");
    assert_status(found, 1);
    assert_non_null(strstr(found->output, "The seal does not fit"));
}

/* Whoever signs out and in again still seals as the same installation; without a keyring nothing is sealed. */
static void test_the_key_of_the_seals_outlives_the_sign_out(void **state)
{
    const struct scene *scene = *state;
    g_autofree char *first = g_build_filename(practice_folder(scene->tenant), "first.tar", NULL);
    g_autofree char *second = g_build_filename(practice_folder(scene->tenant), "second.tar", NULL);
    g_autofree char *file = g_build_filename(practice_folder(scene->tenant), "unsealed.tar", NULL);
    const char *const bundle[] = {"report", "--tenant", DOMAIN, "--bundle", first, NULL};
    const char *const again[] = {"report", "--tenant", DOMAIN, "--bundle", second, NULL};
    const char *const verify[] = {PERCH_BINARY, "verify", file, NULL};
    expect(scene, sign_in, 0);
    g_autoptr(Run) one = run(scene, bundle);
    expect(scene, sign_out, 0);
    expect(scene, sign_in, 0);
    g_autoptr(Run) two = run(scene, again);
    g_autofree char *before = sealed_with(one), *after = sealed_with(two);
    assert_string_equal(before, after);
    g_autoptr(Run) bare = perch(scene->tenant, "report", "--tenant", DOMAIN, "--bundle", file, NULL);
    assert_null(strstr(bare->errors, "it is sealed with the key "));
    g_autoptr(Run) unsealed = run_program(verify, NULL, "");
    assert_status(unsealed, 0);
    assert_null(strstr(unsealed->output, "Sealed with the key "));
}

/* Verify the journal of SCENE after the shell COMMAND was run in its folder; expect STATUS and WORDS. */
static void assert_chain(const struct scene *scene, const char *key, const char *command, int status, const char *words)
{
    g_autoptr(json) held = practice_state(scene->tenant);
    g_autofree char *folder =
        g_build_filename(practice_folder(scene->tenant), "state", json_get_string(held, "tenantId"), NULL);
    g_autofree char *copy = g_strconcat(folder, "-copy", NULL);
    g_autofree char *file = g_build_filename(copy, "journal.jsonl", NULL);
    g_autofree char *text =
        g_strdup_printf("rm -rf '%s' && cp -r '%s' '%s' && cd '%s' && %s", copy, folder, copy, copy, command);
    g_autoptr(Run) shell = run_program((const char *const[]){"/bin/sh", "-ec", text, NULL}, NULL, "");
    assert_status(shell, 0);
    g_autoptr(Run) found =
        run_program((const char *const[]){PERCH_BINARY, "verify", "--seal-key", key, file, NULL}, NULL, "");
    if (found->status != status || strstr(found->output, words) == NULL)
        fail_msg("%s: %d, %s%s", command, found->status, found->output, found->errors);
}

/* Signed in: whatever can be made is, so that there is something to seal. */
static void apply_something(const struct scene *scene)
{
    g_autofree char *answers =
        practice_answers(scene->tenant, "{\"company\":\"Contoso\",\"sponsor\":\"sponsor@contoso.com\"}");
    g_autoptr(Run) apply =
        run(scene, (const char *const[]){"apply", "--yes", "--tenant", DOMAIN, "--answers", answers, NULL});
    assert_true(apply->status != 1);
}

/* Journal and audit are sealed as one where something was done; a cut end, a changed line and another's seal show. */
static void test_journal_and_audit_are_one_sealed_chain(void **state)
{
    const struct scene *scene = *state;
    g_autofree char *file = g_build_filename(practice_folder(scene->tenant), "bundle.tar", NULL);
    expect(scene, sign_in, 0);
    apply_something(scene);
    g_autoptr(Run) report = run(scene, (const char *const[]){"report", "--tenant", DOMAIN, "--bundle", file, NULL});
    g_autofree char *key = sealed_with(report);
    assert_chain(scene, key, "true", 0, "with the key ");
    assert_chain(scene, key, "true", 0, "lines of the audit name the line of the journal");
    assert_chain(scene, key, "sed -i '$d' journal.jsonl && sed -i '$d' journal.jsonl", 1, "its end was cut off");
    assert_chain(scene, key, "sed -i '$d' audit.jsonl", 1, "its end was cut off");
    assert_chain(scene, key, "sed -i 's/Ed25519/Ed25518/' chain-seal.json", 1, "The seal does not fit");
    assert_chain(scene, key, "rm chain-seal.json", 1, "There is no seal on journal and audit");
    assert_chain(scene, "00", "true", 1, "It was sealed with another key");
    /* Away from its folder there is no seal, and the key that is wanted is no less wanted. */
    g_autofree char *alone = g_build_filename(practice_folder(scene->tenant), "alone.jsonl", NULL);
    assert_chain(scene, key, "cp journal.jsonl ../../alone.jsonl", 0, "with the key ");
    const char *const lone[] = {PERCH_BINARY, "verify", "--seal-key", key, alone, NULL};
    g_autoptr(Run) unsealed = run_program(lone, NULL, "");
    assert_status(unsealed, 1);
    assert_non_null(strstr(unsealed->output, "It has no seal, and --seal-key wants one"));
    const char *const verify[] = {PERCH_BINARY, "verify", "--seal-key", key, file, NULL};
    g_autoptr(Run) bundle = run_program(verify, NULL, "");
    assert_status(bundle, 0);
    assert_non_null(strstr(bundle->output, "chain-seal.json"));
}

/* Run the shell COMMAND beside the state folder of SCENE, which it knows as $1. */
static void beside_the_folder(const struct scene *scene, const char *command)
{
    g_autoptr(json) held = practice_state(scene->tenant);
    g_autofree char *folder =
        g_build_filename(practice_folder(scene->tenant), "state", json_get_string(held, "tenantId"), NULL);
    g_autoptr(Run) shell = run_program((const char *const[]){"/bin/sh", "-ec", command, "sh", folder, NULL}, NULL, "");
    assert_status(shell, 0);
}

/* A run without a keyring does and notes what no seal stands for; verify says how much that is, and asks no keyring:
 * for an older copy in the folder's place it has no eye. */
static void test_what_came_after_the_seal_is_counted(void **state)
{
    const struct scene *scene = *state;
    g_autoptr(json) held = practice_state(scene->tenant);
    g_autofree char *file = g_build_filename(practice_folder(scene->tenant), "state", json_get_string(held, "tenantId"),
                                             "journal.jsonl", NULL);
    const char *const verify[] = {PERCH_BINARY, "verify", file, NULL};
    expect(scene, sign_in, 0);
    apply_something(scene);
    beside_the_folder(scene, "cp -a \"$1\" \"$1-older\"");
    g_autoptr(Run) sealed = run_program(verify, (const char *const *)scene->environment, "");
    assert_status(sealed, 0);
    assert_non_null(strstr(sealed->output, "; 0 lines came after it"));
    g_autoptr(Run) undone = perch(scene->tenant, "undo", "--yes", "--tenant", DOMAIN, NULL);
    assert_status(undone, 0);
    g_autoptr(Run) later = run_program(verify, (const char *const *)scene->environment, "");
    assert_status(later, 0);
    assert_non_null(strstr(later->output, " lines came after it, for which it does not "));
    assert_null(strstr(later->output, "; 0 lines came after it"));
    beside_the_folder(scene, "rm -rf \"$1\"; cp -a \"$1-older\" \"$1\"");
    g_autoptr(Run) older = run_program(verify, (const char *const *)scene->environment, "");
    assert_status(older, 0);
}

static void test_a_report_in_json_is_sealed(void **state)
{
    const struct scene *scene = *state;
    g_autofree char *file = g_build_filename(practice_folder(scene->tenant), "report.json", NULL);
    const char *const verify[] = {PERCH_BINARY, "verify", file, NULL};
    expect(scene, sign_in, 0);
    g_autoptr(Run) report = run(scene, (const char *const[]){"report", "--tenant", DOMAIN, "--output", file, NULL});
    assert_true(report->status == 0 || report->status == 3 || report->status == 5);
    g_autoptr(Run) good = run_program(verify, NULL, "");
    assert_status(good, 0);
    assert_non_null(strstr(good->output, "Sealed with the key "));
    g_autoptr(Run) change =
        run_program((const char *const[]){"/bin/sed", "-i", "s/Contoso/Fabrikam/", file, NULL}, NULL, "");
    assert_status(change, 0);
    g_autoptr(Run) bad = run_program(verify, NULL, "");
    assert_status(bad, 1);
    assert_non_null(strstr(bad->output, "The seal does not fit"));
}

/* What was cut off behind perch's back is said in the next run, and stays in the audit. */
static void test_a_chain_that_was_cut_is_told_in_the_next_run(void **state)
{
    const struct scene *scene = *state;
    expect(scene, sign_in, 0);
    apply_something(scene);
    g_autoptr(json) held = practice_state(scene->tenant);
    g_autofree char *audit = g_build_filename(practice_folder(scene->tenant), "state",
                                              json_get_string(held, "tenantId"), "audit.jsonl", NULL);
    g_autoptr(Run) cut = run_program((const char *const[]){"/bin/sed", "-i", "$d", audit, NULL}, NULL, "");
    assert_status(cut, 0);
    g_autoptr(Run) check = run(scene, (const char *const[]){"check", "--tenant", DOMAIN, NULL});
    assert_non_null(strstr(check->errors, "when it was sealed, and has "));
    g_autofree char *text = read_text(audit);
    assert_non_null(strstr(text, "its end was cut off"));
    g_autoptr(Run) again = run(scene, (const char *const[]){"check", "--tenant", DOMAIN, NULL});
    assert_null(strstr(again->errors, "when it was sealed, and has "));
}

/* Seal included, all of it may be put back to an earlier day, or away: the keyring remembers. */
static void test_an_older_copy_of_the_folder_is_told(void **state)
{
    const struct scene *scene = *state;
    static const char says[] = "the keyring remembers a later seal";
    static const char *const check[] = {"check", "--tenant", DOMAIN, NULL};
    static const char *const undo[] = {"undo", "--yes", "--tenant", DOMAIN, NULL};
    static const char *const ways[] = {"rm -rf \"$1\"; cp -a \"$1-older\" \"$1\"",
                                       "rm -f \"$1/journal.jsonl\" \"$1/audit.jsonl\" \"$1/chain-seal.json\"",
                                       "rm -rf \"$1\""};
    expect(scene, sign_in, 0);
    apply_something(scene);
    beside_the_folder(scene, "cp -a \"$1\" \"$1-older\"");
    expect(scene, undo, 0);
    g_autoptr(Run) untouched = run(scene, check);
    assert_null(strstr(untouched->errors, says));
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        beside_the_folder(scene, ways[i]);
        g_autoptr(Run) told = run(scene, check);
        if (strstr(told->errors, says) == NULL)
            fail_msg("after %s: %s", ways[i], told->errors);
        g_autoptr(Run) again = run(scene, check);
        assert_null(strstr(again->errors, says));
        /* So that there is a later seal again than what the next way leaves. */
        apply_something(scene);
    }
}

static struct run *practise(const struct scene *scene, const char *const *words)
{
    const char *all[16] = {PERCH_BINARY, "--practice", "--practice-keyring", "--state-dir",
                           practice_folder(scene->tenant)};
    guint count = 5;
    for (; *words != NULL; words++)
        all[count++] = *words;
    return run_program(all, (const char *const *)scene->environment, "");
}

/* Whoever starts a scenario over empties its folder: nobody put an older one back. */
static void test_a_scenario_that_is_started_over_is_not_told_to_be_an_older_copy(void **state)
{
    const struct scene *scene = *state;
    static const char says[] = "the keyring remembers a later seal";
    static const char *const apply[] = {"apply", "--yes", "--answers", PERCH_TEST_DATA "/answers.json", NULL};
    static const char *const over[] = {"check", "--practice-new", NULL};
    static const char *const check[] = {"check", NULL};
    g_autoptr(Run) applied = practise(scene, apply);
    assert_int_equal(world_count_items(scene->world, "kind", "practice/last-seal"), 1);
    g_autoptr(Run) begun = practise(scene, over);
    assert_null(strstr(begun->errors, says));
    g_autoptr(Run) after = practise(scene, check);
    assert_null(strstr(after->errors, says));
}

/* What is kept is worth nothing any more: the person is asked, and may choose any tenant. */
static void test_a_kept_sign_in_that_ended_is_asked_for_again(void **state)
{
    static const char *const anywhere[] = {"check", NULL};
    const struct scene *scene = *state;
    expect(scene, sign_in, 0);
    g_autofree char *store = g_build_filename(practice_folder(scene->tenant), "store.json", NULL);
    practice_stop_hard(scene->tenant);
    assert_int_equal(g_unlink(store), 0);
    practice_restart(scene->tenant, TRUE);
    int before = asked(scene);
    expect(scene, anywhere, 3);
    assert_true(asked(scene) > before);
}

/* Whoever granted less is told what, and not asked the same again at each start. */
static void test_less_than_asked_for_is_kept_too(void **state)
{
    const struct scene *scene = *state;
    expect(scene, sign_in, 0);
    int before = asked(scene);
    for (int i = 0; i < 2; i++) {
        g_autoptr(Run) ran = run(scene, whoami);
        assert_status(ran, 0);
        assert_non_null(strstr(ran->errors, "did not grant RoleEligibilitySchedule.Read.Directory"));
        assert_non_null(strstr(ran->errors, "Signing in again"));
    }
    assert_int_equal(asked(scene), before);
    expect(scene, sign_in, 0);
    assert_true(asked(scene) > before);
}

static void test_practice_is_kept_apart(void **state)
{
    const struct scene *scene = *state;
    expect(scene, sign_in, 0);
    assert_int_equal(world_count_items(scene->world, "kind", "practice/graph"), 1);
    assert_int_equal(world_count_items(scene->world, "kind", "graph"), 0);
}

static void test_practice_is_not_kept_unasked(void **state)
{
    const struct scene *scene = *state;
    const char *words[] = {"sign-in", "--device-code", "--client-id", OWN_CLIENT, NULL};
    g_auto(GStrv) line = perch_command_line(scene->tenant, words);
    g_autoptr(Run) ran = run_program((const char *const *)line, (const char *const *)scene->environment, "");
    assert_status(ran, 0);
    assert_int_equal(stored(scene), 0);
}

/* What a colleague hands over is sealed too, and one letter of it cannot be changed behind the colleague's back. */
static void test_a_hand_over_is_sealed(void **state)
{
    const struct scene *scene = *state;
    g_autofree char *file = g_build_filename(practice_folder(scene->tenant), "handed.json", NULL);
    const char *const hand_over[] = {"hand-over", "--tenant", DOMAIN, "--output", file, NULL};
    const char *const check[] = {"check", "--tenant", DOMAIN, "--answers", file, NULL};
    const char *const verify[] = {PERCH_BINARY, "verify", file, NULL};
    expect(scene, sign_in, 0);
    expect(scene, hand_over, 0);
    g_autoptr(Run) good = run_program(verify, NULL, NULL);
    assert_status(good, 0);
    assert_non_null(strstr(good->output, "Sealed with the key "));
    g_autoptr(Run) looked_at = run(scene, check);
    assert_non_null(strstr(looked_at->errors, "According to it: It is sealed with the key "));
    g_autofree char *text = read_text(file);
    g_autoptr(GString) changed = g_string_new(text);
    assert_int_equal(g_string_replace(changed, "\"by\":\t\"admin@", "\"by\":\t\"ciso@", 1), 1);
    assert_true(g_file_set_contents(file, changed->str, -1, NULL));
    g_autoptr(Run) bad = run_program(verify, NULL, NULL);
    assert_status(bad, 1);
    assert_non_null(strstr(bad->output, "The seal does not fit"));
    g_autoptr(Run) refused = run(scene, check);
    assert_status(refused, 2);
    assert_non_null(strstr(refused->errors, "somebody changed it since it was handed over"));
}

static void assert_refused_with_both_names(const struct run *run)
{
    assert_true(run->status != 0);
    assert_non_null(strstr(run->errors, "This sign-in was by reviewer2@contoso.com"));
    assert_non_null(strstr(run->errors, "signed in as admin@contoso.onmicrosoft.com"));
}

/* The run is the account's that signed in first: what another one adds in its midst is not taken, and nothing is
 * written with it. */
static void test_another_account_in_mid_run_is_refused(void **state)
{
    const struct scene *scene = *state;
    static const char *const apply[] = {"apply", "--yes", "--tenant", DOMAIN, NULL};
    static const char *const check[] = {"check", "--tenant", DOMAIN, NULL};
    static const char challenge[] =
        "{\"method\":\"GET\",\"path\":\"/v1.0/organization\",\"status\":401,\"times\":100,"
        "\"claims\":\"{\\\"access_token\\\":{\\\"acrs\\\":{\\\"essential\\\":true,\\\"value\\\":\\\"c1\\\"}}}\"}";
    expect(scene, sign_in, 0);
    practice_sign_in_as(scene->tenant, "reviewer2@contoso.com");
    g_autoptr(Run) step_up = run(scene, apply);
    assert_refused_with_both_names(step_up);
    g_autoptr(json) record = practice_record(scene->tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    g_autofree char *armed = practice_post(scene->tenant, "/practice/fault", "application/json", challenge);
    assert_non_null(armed);
    g_autoptr(Run) challenged = run(scene, check);
    assert_refused_with_both_names(challenged);
    practice_sign_in_as(scene->tenant, "admin@contoso.onmicrosoft.com");
    expect(scene, whoami, 0);
}

static void test_signing_out_removes_it(void **state)
{
    const struct scene *scene = *state;
    expect(scene, sign_in, 0);
    expect(scene, sign_out, 0);
    assert_int_equal(stored(scene), 0);
    expect(scene, whoami, 5);
}

static void test_signing_out_without_a_tenant_removes_all(void **state)
{
    const struct scene *scene = *state;
    expect(scene, sign_in, 0);
    assert_int_equal(stored(scene), 1);
    expect(scene, sign_out_of_all, 0);
    assert_int_equal(stored(scene), 0);
}

static void test_a_locked_keyring_is_not_said_to_be_emptied(void **state)
{
    const struct scene *scene = *state;
    expect(scene, sign_in, 0);
    world_lock_keyring(scene->world);
    g_autoptr(Run) ran = run(scene, sign_out);
    assert_status(ran, 1);
    assert_non_null(strstr(ran->errors, "was not removed"));
    assert_non_null(strstr(ran->errors, LOCKED));
    assert_null(strstr(ran->output, "Signed out"));
    assert_int_equal(stored(scene), 1);
}

/* As over SSH, by sudo or with the option: what the keyring keeps is still there, and a script has to learn it. */
static void test_a_keyring_that_was_not_asked_is_not_said_to_be_emptied(void **state)
{
    const struct scene *scene = *state;
    static const char *const left_out[] = {"--client-id", OWN_CLIENT, "sign-out", "--no-keyring",
                                           "--tenant",    DOMAIN,     NULL};
    static const char *const asked_for[] = {"--practice-keyring", "--client-id", OWN_CLIENT, "sign-out",
                                            "--tenant",           DOMAIN,        NULL};
    static const char *const unreachable[] = {"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent", NULL};
    const struct {
        const char *const *words;
        const char *const *environment;
        const char *says;
    } rows[] = {
        {left_out, (const char *const *)scene->environment, "without --no-keyring"},
        {asked_for, unreachable, "No D-Bus can be reached"},
    };
    expect(scene, sign_in, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) line = perch_command_line(scene->tenant, rows[i].words);
        g_autoptr(Run) ran = run_program((const char *const *)line, rows[i].environment, "");
        assert_status(ran, 1);
        assert_non_null(strstr(ran->errors, rows[i].says));
        assert_non_null(strstr(ran->errors, "refresh tokens"));
        assert_null(strstr(ran->errors, "nothing is kept"));
        assert_null(strstr(ran->output, "Signed out"));
        assert_int_equal(stored(scene), 1);
    }
}

static void test_a_locked_keyring_does_not_stop_a_headless_run(void **state)
{
    const struct scene *scene = *state;
    world_lock_keyring(scene->world);
    g_autoptr(Run) ran = run(scene, sign_in);
    assert_status(ran, 0);
    assert_non_null(strstr(ran->output, LOCKED));
}

/* Nothing on this bus can ask for a password, so the unlocking is refused at once. */
static void test_plain_mode_asks_and_goes_on_without(void **state)
{
    const struct scene *scene = *state;
    const char *words[] = {"--plain", "--tenant", DOMAIN, NULL};
    world_lock_keyring(scene->world);
    g_auto(GStrv) line = command_line(scene, words);
    g_autoptr(Run) ran = run_program((const char *const *)line, (const char *const *)scene->environment, "unlock\nf\n");
    assert_non_null(strstr(ran->output, "to unlock it"));
    assert_non_null(strstr(ran->output, "stays in memory"));
    assert_non_null(strstr(ran->output, "signed in as admin@contoso.onmicrosoft.com"));
}

static Terminal *start_console(const struct scene *scene)
{
    const char *words[] = {"--tenant", DOMAIN, NULL};
    g_auto(GStrv) line = command_line(scene, words);
    return terminal_start((const char *const *)line, (const char *const *)scene->environment, 100, 30);
}

static void test_the_console_asks_and_goes_on_without(void **state)
{
    const struct scene *scene = *state;
    expect(scene, sign_in, 0);
    expect(scene, sign_out, 0);
    world_lock_keyring(scene->world);
    g_autoptr(Terminal) terminal = start_console(scene);
    terminal_wait(terminal, "The keyring is locked");
    terminal_send(terminal, "\033");
    terminal_wait_gone(terminal, "[ Unlock it ]");
    terminal_wait(terminal, "▸[ Sign in with the browser ]");
    terminal_send(terminal, "\r");
    terminal_wait(terminal, "f signs in here");
    terminal_send(terminal, "f");
    terminal_wait(terminal, "✓  0 Sign in");
}

/* A sign-in that is kept in a keyring which was locked after that, and a display where the desktop can ask. The
 * display's server is the caller's to end. */
static GSubprocess *lock_before_a_display(struct scene *scene)
{
    world_free(scene->world);
    g_strfreev(scene->environment);
    scene->world = world_new();
    GSubprocess *server = world_start_display(scene->world);
    world_start_bus(scene->world, NULL);
    world_start_service(scene->world, "pw");
    scene->environment = world_environment(scene->world);
    expect(scene, sign_in, 0);
    world_lock_keyring(scene->world);
    practice_clear_record(scene->tenant);
    return server;
}

static void test_escape_while_the_desktop_asks_goes_on_without(void **state)
{
    struct scene *scene = *state;
    if (!world_can_ask())
        skip();
    GSubprocess *server = lock_before_a_display(scene);
    {
        g_autoptr(Terminal) terminal = start_console(scene);
        terminal_wait(terminal, "The keyring is locked");
        terminal_send(terminal, "\r");
        terminal_wait(terminal, "the desktop asks for the keyring's password");
        terminal_send(terminal, "\033");
        terminal_wait(terminal, "The keyring was not unlocked");
        terminal_wait(terminal, "Sign in with the browser");
    }
    world_end(&server);
}

static void test_unlocked_at_the_display_it_signs_in(void **state)
{
    struct scene *scene = *state;
    if (!world_can_ask())
        skip();
    GSubprocess *server = lock_before_a_display(scene);
    {
        g_autoptr(Terminal) terminal = start_console(scene);
        terminal_wait(terminal, "The keyring is locked");
        terminal_send(terminal, "\r");
        world_answer_prompt(scene->world, "pw", "Return");
        terminal_wait(terminal, "The keyring keeps the sign-in for the next run.");
        terminal_wait(terminal, "✓  0 Sign in");
    }
    /* Nobody was asked to sign in. */
    assert_int_equal(asked(scene), 0);
    world_end(&server);
}

static void skip_where_missing(const char *program)
{
    g_autofree char *path = g_find_program_in_path(program);
    g_autofree char *reason = g_strdup_printf("%s is not installed", program);
    if (path == NULL)
        skip_program(reason);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(int argc, char **argv)
{
    json_init();
    skip_where_missing("dbus-daemon");
    skip_where_missing("gnome-keyring-daemon");
    const struct CMUnitTest tests[] = {
        SCENE(test_the_next_run_is_signed_in),
        SCENE(test_the_only_kept_tenant_need_not_be_named),
        SCENE(test_evidence_is_sealed_with_a_key_of_the_keyring),
        SCENE(test_a_kept_sign_in_that_ended_is_asked_for_again),
        cmocka_unit_test_setup_teardown(test_less_than_asked_for_is_kept_too, set_up_narrow, tear_down),
        SCENE(test_practice_is_kept_apart),
        SCENE(test_practice_is_not_kept_unasked),
        SCENE(test_a_hand_over_is_sealed),
        SCENE(test_journal_and_audit_are_one_sealed_chain),
        SCENE(test_the_key_of_the_seals_outlives_the_sign_out),
        SCENE(test_what_came_after_the_seal_is_counted),
        SCENE(test_an_older_copy_of_the_folder_is_told),
        SCENE(test_a_scenario_that_is_started_over_is_not_told_to_be_an_older_copy),
        SCENE(test_a_report_in_json_is_sealed),
        SCENE(test_a_chain_that_was_cut_is_told_in_the_next_run),
        SCENE(test_another_account_in_mid_run_is_refused),
        SCENE(test_signing_out_removes_it),
        SCENE(test_signing_out_without_a_tenant_removes_all),
        SCENE(test_a_locked_keyring_is_not_said_to_be_emptied),
        SCENE(test_a_keyring_that_was_not_asked_is_not_said_to_be_emptied),
        SCENE(test_a_locked_keyring_does_not_stop_a_headless_run),
        SCENE(test_plain_mode_asks_and_goes_on_without),
        SCENE(test_the_console_asks_and_goes_on_without),
        SCENE(test_escape_while_the_desktop_asks_goes_on_without),
        SCENE(test_unlocked_at_the_display_it_signs_in),
    };
    return run_tests_side_by_side("keyring session", tests, G_N_ELEMENTS(tests), argc, argv);
}
