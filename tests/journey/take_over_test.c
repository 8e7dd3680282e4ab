/* SPDX-License-Identifier: MIT */
/*
 * Handing over: a person without the role does what it can and exports the rest; a colleague who has the role goes on
 * from that file, on a machine of its own, to the end.
 */
#include "support/practice.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "support/background.h"

#define STATUS_USAGE 2
#define STATUS_PERSON 5
#define ANN "admin@contoso.onmicrosoft.com"
#define BEN "reviewer2@contoso.com"
#define HUB "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/Microsoft.EventHub/"
#define NAMESPACE HUB "namespaces/mdr-eh-ns01"
#define DEFENDER_APPLICATION "69561a74-a59d-43f4-a113-8bc2da00f822"
#define GRAPH_APPLICATION "8f6a0f36-8c0c-4b43-9d7b-2a8b7f0a4c55"
#define ANSWERS                                                                                                        \
    "{\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"" ANN "\",\"role\":\"security-administrator\"},"    \
    "\"eventHub\":{\"resourceId\":\"" NAMESPACE "\",\"name\":\"telemetry\"},\"graphApplicationId\":"                   \
    "\"" GRAPH_APPLICATION "\",\"defenderRoles\":\"unified\",\"deviceGroups\":{\"used\":false},"                       \
    "\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"],"                                    \
    "\"done\":{\"invitation\":{\"by\":\"" ANN "\",\"note\":\"by mail\"}}}"
#define REST "{\"done\":{\"graph-alerts\":{\"by\":\"" BEN "\"},\"access-link\":{\"by\":\"" BEN "\"}}}"

static const char *const another_seed[] = {"--seed", "2", NULL};

static char *in_folder(const struct practice_tenant *tenant, const char *name)
{
    return g_build_filename(practice_folder(tenant), name, NULL);
}

/* Ann is Security Administrator: the streaming is hers, the group is not. */
static void let_ann_work(struct practice_tenant *tenant)
{
    g_autofree char *file = practice_answers(tenant, ANSWERS);
    practice_form(tenant, "/portal/invitation", "action=accept");
    practice_form(tenant, "/portal/streaming",
                  "name=MXDRPartner-Contoso&resourceId=" NAMESPACE "&hubName=telemetry&tables=all&action=save");
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    assert_status(apply, STATUS_PERSON);
    g_autoptr(json) document = run_document(apply);
    assert_step(document, "streaming", "done");
    assert_step(document, "group", "needs-you");
}

static char *hand_over(const struct practice_tenant *tenant, const char *name)
{
    char *file = in_folder(tenant, name);
    g_autoptr(Run) run = perch(tenant, "hand-over", "--output", file, NULL);
    assert_status(run, 0);
    assert_string_equal(run->output, "");
    return file;
}

static json *read_document(const char *file)
{
    g_autofree char *text = read_text(file);
    json *document = json_parse(text, -1, NULL);
    assert_non_null(document);
    return document;
}

static const json *left_step(const json *document, const char *id)
{
    json_for_each (step, json_get(document, "left")) {
        if (strcmp(json_get_string(step, "step"), id) == 0)
            return step;
    }
    fail_msg("%s is not among what is left", id);
    return NULL;
}

static void assert_file_says_what_there_is(const char *file)
{
    struct stat status;
    g_autoptr(json) document = read_document(file);
    assert_int_equal(stat(file, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(json_get_int(document, "handOver", 0), 1);
    assert_string_equal(json_get_string(json_get(document, "written"), "by"), ANN);
    assert_string_equal(json_get_string(json_get(document, "tenant"), "domain"), "contoso.onmicrosoft.com");
    assert_string_equal(json_get_string(json_get(document, "partner"), "id"), "red-canary");
    assert_string_equal(json_get_string(json_get_path(document, "answers.eventHub"), "name"), "telemetry");
    assert_null(json_get(json_get(document, "answers"), "done"));
    assert_string_equal(json_get_string(json_get_path(document, "told.invitation"), "note"), "by mail");
    assert_non_null(json_get_path(document, "waits.consent.until"));
    assert_non_null(json_get_path(document, "proved.streaming"));
    const json *roles = json_get(left_step(document, "group"), "roles");
    assert_int_equal(json_length(roles), 2);
    assert_string_equal(json_string(json_at(roles, 0)), "Global Administrator");
    assert_string_equal(json_string(json_at(roles, 1)), "Privileged Role Administrator");
    assert_int_equal(json_length(json_get(left_step(document, "access-link"), "roles")), 0);
}

static void assert_no_secret(const struct practice_tenant *tenant, const char *file)
{
    g_autofree char *text = read_text(file);
    assert_null(strstr(text, "practice-token-"));
    assert_null(strstr(text, "eyJ"));
    assert_null(strstr(text, practice_folder(tenant)));
}

static struct run *as_ben(const struct practice_tenant *tenant, const char *command, const char *answers)
{
    g_autofree char *state = in_folder(tenant, "ben");
    if (answers == NULL)
        return perch(tenant, command, "--json", "--state-dir", state, NULL);
    g_autofree char *sum = file_sha256(answers);
    return perch(tenant, command, "--json", "--yes", "--wait", "--state-dir", state, "--answers", answers,
                 "--answers-sha256", sum, NULL);
}

static void assert_told_by_ann(const struct practice_tenant *tenant)
{
    g_autofree char *state = in_folder(tenant, "ben");
    g_autoptr(Run) run = perch(tenant, "report", "--format", "text", "--state-dir", state, NULL);
    assert_non_null(strstr(run->output, "by " ANN));
    assert_non_null(strstr(run->output, "by mail"));
    g_autofree char *lines = text_unbroken(run->output);
    assert_non_null(strstr(lines, "took over what a colleague handed over (" ANN ")"));
}

static char *bens_journal(const struct practice_tenant *tenant)
{
    g_autoptr(json) held = practice_state(tenant);
    g_autofree char *state = in_folder(tenant, "ben");
    g_autofree char *file = g_build_filename(state, json_get_string(held, "tenantId"), "journal.jsonl", NULL);
    return read_text(file);
}

static void test_a_colleague_goes_on_to_the_end(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("not-admin", NULL);
    let_ann_work(tenant);
    g_autofree char *file = hand_over(tenant, "handed.json");
    assert_file_says_what_there_is(file);
    assert_no_secret(tenant, file);
    practice_sign_in_as(tenant, BEN);
    g_autofree char *answers = practice_answers(tenant, REST);
    practice_form(tenant, "/portal/consent", "client_id=" DEFENDER_APPLICATION "&action=accept&account=" BEN);
    practice_form(tenant, "/portal/consent", "client_id=" GRAPH_APPLICATION "&action=accept&account=" BEN);
    g_autoptr(Run) first = as_ben(tenant, "apply", file);
    g_autoptr(json) document = run_document(first);
    assert_step(document, "invitation", "told");
    assert_step(document, "group", "done");
    g_autoptr(Run) second = as_ben(tenant, "apply", answers);
    assert_status(second, 0);
    assert_told_by_ann(tenant);
    assert_nothing_twice(tenant);
    practice_end(tenant);
}

static void test_taking_it_in_twice_changes_nothing(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("not-admin", NULL);
    let_ann_work(tenant);
    g_autofree char *file = hand_over(tenant, "handed.json");
    practice_sign_in_as(tenant, BEN);
    g_autoptr(Run) first = as_ben(tenant, "apply", file);
    g_autofree char *changed = practice_answers(tenant, "{\"sponsor\":\"" BEN "\"}");
    g_autoptr(Run) other = as_ben(tenant, "apply", changed);
    g_autofree char *before = bens_journal(tenant);
    practice_clear_record(tenant);
    g_autoptr(Run) second = as_ben(tenant, "apply", file);
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    g_autofree char *after = bens_journal(tenant);
    assert_string_equal(after, before);
    g_autofree char *again = hand_over(tenant, "again.json");
    g_autoptr(json) told = read_document(again);
    assert_string_equal(json_get_string(json_get(told, "answers"), "sponsor"), "sponsor@contoso.com");
    g_autofree char *folder = in_folder(tenant, "ben");
    g_autoptr(Run) out = perch(tenant, "hand-over", "--state-dir", folder, NULL);
    assert_status(out, 0);
    g_autoptr(json) bens = run_document(out);
    assert_string_equal(json_get_string(json_get(bens, "answers"), "sponsor"), BEN);
    assert_true(json_equal(json_get_path(bens, "told.invitation"), json_get_path(told, "told.invitation")));
    practice_end(tenant);
}

static void assert_refused(struct run *run, const char *code, const char *words)
{
    assert_status(run, STATUS_USAGE);
    g_autoptr(json) document = run_document(run);
    const json *error = json_get(document, "error");
    assert_string_equal(json_get_string(error, "code"), code);
    g_autofree char *text = g_strconcat(json_get_string(error, "message"), json_get_string(error, "hint"), NULL);
    if (strstr(text, words) == NULL)
        fail_msg("expected “%s” in %s", words, run->output);
}

/* Looking at what was handed over shows what it would change, and keeps nothing of it. */
static void test_what_was_handed_over_is_a_proposal(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("not-admin", NULL);
    let_ann_work(tenant);
    g_autofree char *file = hand_over(tenant, "handed.json");
    practice_sign_in_as(tenant, BEN);
    g_autofree char *folder = in_folder(tenant, "ben");
    g_autofree char *own = practice_answers(tenant, "{\"sponsor\":\"" BEN "\"}");
    g_autoptr(Run) alone = perch(tenant, "check", "--json", "--state-dir", folder, "--answers", own, NULL);
    g_autofree char *before = bens_journal(tenant);
    static const char *const commands[] = {"check", "plan"};
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autoptr(Run) look = perch(tenant, commands[i], "--json", "--state-dir", folder, "--answers", file, NULL);
        g_autoptr(json) document = run_document(look);
        assert_step(document, "invitation", "told");
        const json *handed = json_get(document, "handOver");
        const json *first = json_at(json_get(handed, "changes"), 0);
        assert_string_equal(json_get_string(handed, "from"), ANN);
        assert_true(json_is_true(json_get(first, "grave")));
        g_autofree char *text = json_text(handed);
        assert_non_null(strstr(text, "{\"answer\":\"sponsor\",\"old\":\"" BEN "\",\"new\":\"sponsor@contoso.com\""));
        assert_non_null(strstr(text, "by " ANN " on "));
        assert_non_null(strstr(text, "was seen to be done on 20"));
        assert_non_null(strstr(look->errors, "! eventHub.resourceId: (nothing) -> " NAMESPACE "\n"));
        assert_non_null(strstr(look->errors, "  company: (nothing) -> Contoso\n"));
    }
    g_autoptr(Run) passed_on = perch(tenant, "hand-over", "--state-dir", folder, "--answers", file, NULL);
    assert_status(passed_on, STATUS_PERSON);
    assert_non_null(strstr(passed_on->errors, "has not been accepted"));
    g_autofree char *after = bens_journal(tenant);
    assert_string_equal(after, before);
    g_autoptr(Run) later = perch(tenant, "check", "--json", "--state-dir", folder, NULL);
    g_autoptr(json) kept = run_document(later);
    assert_step(kept, "invitation", "blocked");
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", "--state-dir", folder, "--answers", file, NULL);
    assert_true(undo->status != 0);
    g_autoptr(Run) taken = as_ben(tenant, "apply", file);
    g_autoptr(json) document = run_document(taken);
    assert_null(json_get(document, "handOver"));
    assert_non_null(strstr(taken->errors, "! sponsor: " BEN " -> sponsor@contoso.com\n"));
    g_autoptr(Run) report = perch(tenant, "report", "--format", "text", "--state-dir", folder, NULL);
    g_autofree char *lines = text_unbroken(report->output);
    assert_non_null(strstr(lines, "according to the hand-over of " ANN));
    practice_end(tenant);
}

/* Wherever it is read that others said something, it is read who says so. */
static void test_what_others_left_out_stays_a_claim(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("not-admin", NULL);
    let_ann_work(tenant);
    g_autofree char *file = hand_over(tenant, "handed.json");
    g_autoptr(json) document = read_document(file);
    json_set(json_get(document, "skipped"), "graph-alerts",
             json_from("{'by':'ciso@contoso.com','at':'2026-11-24T14:02:11Z','reason':'not now'}"));
    json_set_string(json_get_path(document, "waits.consent"), "endedBy", "cto@contoso.com");
    g_autofree char *text = json_text(document);
    assert_true(g_file_set_contents(file, text, -1, NULL));
    practice_sign_in_as(tenant, BEN);
    g_autofree char *folder = in_folder(tenant, "ben");
    g_autoptr(Run) proposed = perch(tenant, "check", "--state-dir", folder, "--answers", file, NULL);
    assert_non_null(strstr(proposed->output, "not now, according to the hand-over of " ANN));
    g_autoptr(Run) taken = as_ben(tenant, "apply", file);
    assert_non_null(strstr(taken->output, "\"not now, according to the hand-over of " ANN "\""));
    g_autoptr(Run) later = perch(tenant, "check", "--state-dir", folder, NULL);
    assert_non_null(strstr(later->output, "not now, according to the hand-over of " ANN));
    g_autoptr(Run) report = perch(tenant, "report", "--format", "text", "--state-dir", folder, NULL);
    assert_non_null(strstr(report->output, "cto@contoso.com, according to the hand-over of " ANN));
    practice_end(tenant);
}

/* Whoever hands over does not choose where --yes writes. */
static void test_unattended_it_does_not_name_its_tenant(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("not-admin", NULL);
    let_ann_work(tenant);
    g_autofree char *file = hand_over(tenant, "handed.json");
    g_autofree char *sum = file_sha256(file);
    const char *const arguments[] = {PERCH_BINARY,       "apply", "--yes", "--json", "--answers", file,
                                     "--answers-sha256", sum,     NULL};
    g_autoptr(Run) run = run_program(arguments, NULL, NULL);
    assert_refused(run, "tenant", "cannot name its own tenant with --yes");
    practice_end(tenant);
}

static void test_another_tenants_hand_over_is_refused(void **state)
{
    (void)state;
    struct practice_tenant *first = practice_begin("not-admin", NULL);
    struct practice_tenant *second = practice_begin("fresh", another_seed);
    let_ann_work(first);
    g_autofree char *file = hand_over(first, "handed.json");
    g_autofree char *sum = file_sha256(file);
    g_autoptr(Run) named = perch(second, "apply", "--yes", "--json", "--tenant", "contoso.com", "--answers", file,
                                 "--answers-sha256", sum, NULL);
    assert_refused(named, "tenant", "is about the tenant contoso.onmicrosoft.com");
    g_autoptr(Run) run = perch(second, "apply", "--yes", "--json", "--answers", file, "--answers-sha256", sum, NULL);
    assert_true(run->status != 0);
    g_autoptr(json) document = read_document(file);
    json_set_string(document, "cloud", "gcc");
    g_autofree char *text = json_text(document);
    assert_true(g_file_set_contents(file, text, -1, NULL));
    g_autoptr(Run) elsewhere = perch(first, "check", "--json", "--answers", file, NULL);
    assert_refused(elsewhere, "tenant", "is of the cloud “gcc”, and this run is for");
    g_autoptr(json) record = practice_record(second);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    g_autofree char *folder = state_folder(second);
    assert_null(folder);
    practice_end(first);
    practice_end(second);
}

/* Somebody may have changed it on the way, and nobody would look at what it changes. */
static void test_unattended_it_is_named_by_its_sum(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("not-admin", NULL);
    let_ann_work(tenant);
    g_autofree char *file = hand_over(tenant, "handed.json");
    g_autofree char *sum = file_sha256(file);
    practice_clear_record(tenant);
    g_autoptr(Run) without = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    assert_refused(without, "usage", "--answers-sha256");
    g_autoptr(json) document = read_document(file);
    json_set_string(json_get_path(document, "answers.eventHub"), "name", "elsewhere");
    g_autofree char *text = json_text(document);
    assert_true(g_file_set_contents(file, text, -1, NULL));
    g_autoptr(Run) changed =
        perch(tenant, "apply", "--yes", "--json", "--answers", file, "--answers-sha256", sum, NULL);
    assert_refused(changed, "input", "has not the SHA-256 that --answers-sha256 names");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(json_length(record), 0);
    practice_end(tenant);
}

static void assert_file_refused(const struct practice_tenant *tenant, const char *text, const char *words)
{
    g_autofree char *file = in_folder(tenant, "changed.json");
    assert_true(g_file_set_contents(file, text, -1, NULL));
    g_autoptr(Run) run = perch(tenant, "check", "--json", "--answers", file, NULL);
    assert_refused(run, "input", words);
}

/* DOCUMENT with VALUE (a JSON text) at NAME of the object at PATH ("": the whole). */
static void assert_change_refused(const struct practice_tenant *tenant, const json *document, const char *path,
                                  const char *name, const char *value, const char *words)
{
    g_autoptr(json) changed = json_copy(document);
    json *place = path[0] != '\0' ? json_get_path(changed, path) : changed;
    assert_non_null(place);
    json_set(place, name, json_parse(value, -1, NULL));
    g_autofree char *text = json_text(changed);
    assert_file_refused(tenant, text, words);
}

static void test_nothing_is_told_of_what_is_yet_to_come(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("not-admin", NULL);
    let_ann_work(tenant);
    g_autofree char *file = hand_over(tenant, "handed.json");
    g_autoptr(json) document = read_document(file);
    assert_change_refused(tenant, document, "told.invitation", "at", "\"2999-01-01T00:00:00Z\"",
                          "$.told.invitation.at: what was handed over tells of 2999-01-01T00:00:00Z, which is yet to");
    assert_change_refused(tenant, document, "written", "at", "\"2999-01-01T00:00:00Z\"", "$.written.at: ");
    assert_change_refused(tenant, document, "proved", "group", "\"2999-01-01T00:00:00Z\"", "$.proved.group: ");
    practice_end(tenant);
}

/* By the tenant's time, whatever this machine's clock says: a practice clock runs ahead of it by days. */
static void test_what_the_tenant_dated_is_not_yet_to_come(void **state)
{
    (void)state;
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(GDateTime) ahead = g_date_time_add_days(now, 3);
    g_autofree char *start = g_date_time_format(ahead, "%Y-%m-%dT06:00:00Z");
    const char *const days_ahead[] = {"--clock-start", start, NULL};
    struct practice_tenant *tenant = practice_begin("not-admin", days_ahead);
    let_ann_work(tenant);
    g_autofree char *file = hand_over(tenant, "handed.json");
    g_autofree char *folder = in_folder(tenant, "ben");
    g_autoptr(Run) look = perch(tenant, "check", "--json", "--state-dir", folder, "--answers", file, NULL);
    g_autoptr(json) seen = run_document(look);
    assert_step(seen, "invitation", "told");
    practice_end(tenant);
}

/* The domain on the command line is compared with those of the tenant, which nobody has read in an empty folder. */
static void test_unattended_its_tenant_may_be_named_by_its_domain(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("not-admin", NULL);
    let_ann_work(tenant);
    g_autofree char *file = hand_over(tenant, "handed.json");
    g_autofree char *sum = file_sha256(file);
    g_autofree char *folder = in_folder(tenant, "ben");
    practice_sign_in_as(tenant, BEN);
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--json", "--tenant", "contoso.onmicrosoft.com", "--state-dir",
                               folder, "--answers", file, "--answers-sha256", sum, NULL);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "group", "done");
    practice_end(tenant);
}

static void test_what_is_not_known_is_refused_with_its_path(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("not-admin", NULL);
    let_ann_work(tenant);
    g_autofree char *file = hand_over(tenant, "handed.json");
    g_autoptr(json) document = read_document(file);
    practice_clear_record(tenant);
    assert_change_refused(tenant, document, "", "handOver", "2", "this version of the format is not known");
    assert_change_refused(tenant, document, "", "secret", "\"x\"", "secret: this name is not known");
    assert_change_refused(tenant, document, "told", "nonsense", "{\"by\":\"a\",\"at\":\"2026-11-24T14:02:11Z\"}",
                          "told.nonsense: there is no such step");
    assert_change_refused(tenant, document, "told.invitation", "at", "\"soon\"", "told.invitation.at: a time");
    assert_change_refused(tenant, document, "written", "by", "\"\"", "written.by: somebody's name is wanted");
    assert_change_refused(tenant, document, "written", "by", "\"  \"", "written.by: somebody's name is wanted");
    assert_change_refused(tenant, document, "told.invitation", "by", "\"\"", "by: somebody's name is wanted");
    assert_change_refused(tenant, document, "skipped", "sign-in",
                          "{\"by\":\"a\",\"at\":\"2026-11-24T14:02:11Z\",\"reason\":\"r\"}",
                          "skipped.sign-in: this step cannot be left out");
    assert_change_refused(tenant, document, "skipped", "graph-alerts",
                          "{\"by\":\"a\",\"at\":\"2026-11-24T14:02:11Z\",\"reason\":\"\"}",
                          "reason: a reason is wanted");
    assert_change_refused(tenant, document, "waits", "group",
                          "{\"began\":\"2026-11-24T14:02:11Z\",\"until\":\"2999-01-01T00:00:00Z\"}",
                          "waits.group: this step waits for nothing");
    assert_change_refused(tenant, document, "waits", "consent",
                          "{\"began\":\"2026-11-20T00:00:00Z\",\"until\":\"2026-11-20T00:00:01Z\"}",
                          "and nobody is said to have ended it");
    assert_change_refused(tenant, document, "told.invitation", "by", "7", "told.invitation.by: a text in quotes");
    assert_change_refused(tenant, document, "answers", "companyy", "\"x\"", "companyy: this name is not known");
    assert_change_refused(tenant, document, "partner", "id", "\"other\"", "partner profile “other”");
    assert_change_refused(tenant, document, "tenant", "id", "\"contoso\"", "tenant.id: a GUID");
    assert_change_refused(tenant, document, "answers", "done", "{\"graph-alerts\":{\"by\":\"ciso@contoso.com\"}}",
                          "answers.done: what others told");
    assert_file_refused(tenant, "{\"handOver\":1}", "written: this is missing");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(json_length(record), 0);
    practice_end(tenant);
}

/* Whoever goes on from it makes nothing again unasked of what the colleague's leaving took away. */
static void test_that_the_partner_was_left_is_handed_over(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh-no-export", NULL);
    g_autofree char *folder = in_folder(tenant, "ben");
    g_autofree char *skip =
        practice_answers(tenant, "{\"defenderRoles\":\"unified\",\"sponsor\":\"sponsor@contoso.com\","
                                 "\"skip\":{\"graph-alerts\":{\"by\":\"ann\",\"reason\":\"not used\"}}}");
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", "--answers", skip, NULL);
    g_autoptr(Run) left = perch(tenant, "leave", "--yes", NULL);
    assert_status(left, 0);
    g_autofree char *file = hand_over(tenant, "handed.json");
    practice_clear_record(tenant);
    g_autoptr(Run) look = perch(tenant, "check", "--json", "--state-dir", folder, "--answers", file, NULL);
    assert_non_null(strstr(look->errors, "Red Canary was left by " ANN " on "));
    for (int i = 0; i < 2; i++) {
        g_autoptr(Run) nightly = i == 0 ? as_ben(tenant, "apply", file)
                                        : perch(tenant, "apply", "--json", "--yes", "--state-dir", folder, NULL);
        assert_status(nightly, STATUS_PERSON);
        assert_non_null(strstr(nightly->output, "Nothing was sent: Red Canary was left on "));
        assert_non_null(strstr(nightly->output, " by " ANN ", according to the hand-over of " ANN));
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_colleague_goes_on_to_the_end),
        cmocka_unit_test(test_taking_it_in_twice_changes_nothing),
        cmocka_unit_test(test_what_was_handed_over_is_a_proposal),
        cmocka_unit_test(test_what_others_left_out_stays_a_claim),
        cmocka_unit_test(test_unattended_it_does_not_name_its_tenant),
        cmocka_unit_test(test_another_tenants_hand_over_is_refused),
        cmocka_unit_test(test_unattended_it_is_named_by_its_sum),
        cmocka_unit_test(test_nothing_is_told_of_what_is_yet_to_come),
        cmocka_unit_test(test_what_the_tenant_dated_is_not_yet_to_come),
        cmocka_unit_test(test_unattended_its_tenant_may_be_named_by_its_domain),
        cmocka_unit_test(test_what_is_not_known_is_refused_with_its_path),
        cmocka_unit_test(test_that_the_partner_was_left_is_handed_over),
    };
    json_init();
    return run_journeys("take over", tests, argc, argv);
}
