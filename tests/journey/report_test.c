/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "support/practice.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HUB_NAMESPACE "mdr-canary-ns07"
#define HUB_NAME "hub-canary-4711"
#define SUBSCRIPTION "0b1f6471-1bf0-4dda-aec3-cb9272f09590"
#define RESOURCE_ID                                                                                                    \
    "/subscriptions/" SUBSCRIPTION "/resourceGroups/mdr/providers/Microsoft.EventHub/namespaces/" HUB_NAMESPACE

#define ANSWERS_START                                                                                                  \
    "{\"company\":\"Contoso\",\"account\":{\"mode\":\"existing\",\"userPrincipalName\":"                               \
    "\"admin@contoso.onmicrosoft.com\",\"email\":\"admin@contoso.com\"},"                                              \
    "\"partnerContact\":{\"name\":\"Robin Berg\",\"email\":\"robin@redcanary.com\"},"                                  \
    "\"eventHub\":{\"resourceId\":\"" RESOURCE_ID "\",\"name\":\"" HUB_NAME "\"},"                                     \
    "\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"],\"reviewStart\":\"2031-03-01\","     \
    "\"done\":{\"account\":{\"by\":\"ann@contoso.com\",\"note\":\"mailed to " HUB_NAME                                 \
    "\"},\"invitation\":{\"note\":\"\"}},"                                                                             \
    "\"skip\":{\"device-groups\":{\"by\":\"ann@contoso.com\",\"reason\":\"There are <b>none</b> | here.\"}}"

static const char *const formats[] = {"text", "json", "oscal", "markdown", "html", "csv"};

static const json *find_object(const json *report, const char *step, const char *key)
{
    json_for_each (object, json_get(find_step(report, step), "objects")) {
        if (g_strcmp0(json_get_string(object, "key"), key) == 0)
            return object;
    }
    fail_msg("the report has no object %s in %s", key, step);
    return NULL;
}

static const json *find_deed(const json *deeds, const char *what)
{
    json_for_each (deed, deeds) {
        if (g_strcmp0(json_get_string(deed, "what"), what) == 0)
            return deed;
    }
    fail_msg("nothing was done that is called %s", what);
    return NULL;
}

static const char *card_value(const json *report, const char *text)
{
    json_for_each (line, json_get_path(report, "handBack.lines")) {
        if (g_strcmp0(json_get_string(line, "text"), text) == 0)
            return json_get_string(line, "value");
    }
    return NULL;
}

static gboolean deviates(const json *report, const char *from, const char *what, const char *reason)
{
    json_for_each (deviation, json_get(report, "deviations")) {
        if (strcmp(json_get_string(deviation, "from"), from) == 0 &&
            strstr(json_get_string(deviation, "what"), what) != NULL &&
            strstr(json_get_string(deviation, "reason"), reason) != NULL)
            return TRUE;
    }
    return FALSE;
}

/* The id of what the first POST to PATH made. */
static const char *made_id(const json *record, const char *path)
{
    json_for_each (entry, record) {
        if (strcmp(json_get_string(entry, "method"), "POST") == 0 && strcmp(json_get_string(entry, "path"), path) == 0)
            return json_get_string(json_get(entry, "responseBody"), "id");
    }
    return NULL;
}

static struct run *report(const struct practice_tenant *tenant, const char *format, const char *answers)
{
    return perch(tenant, "report", "--format", format, "--answers", answers, NULL);
}

static struct practice_tenant *applied(const char *scenario, const char *more, char **answers)
{
    struct practice_tenant *tenant = practice_begin(scenario, NULL);
    g_autofree char *text = g_strconcat(ANSWERS_START, more, "}", NULL);
    *answers = practice_answers(tenant, text);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", "--answers", *answers, NULL);
    g_autoptr(json) document = run_document(apply);
    assert_step(document, "group", "done");
    return tenant;
}

static void assert_group_is_traced(const json *document, const json *record)
{
    const json *group = find_object(document, "group", "group");
    const json *created = find_deed(json_get(group, "deeds"), "create");
    assert_string_equal(json_get_string(group, "origin"), "created");
    assert_string_equal(json_get_string(group, "id"), made_id(record, "/v1.0/groups"));
    assert_string_equal(json_get_string(created, "by"), "admin@contoso.onmicrosoft.com");
    assert_int_equal(json_get_int(created, "status", 0), 201);
    assert_true(g_uuid_string_is_valid(json_get_string(created, "requestId")));
    assert_non_null(json_get_string(created, "at"));
    assert_true(strcmp(json_get_string(created, "verifiedAt"), json_get_string(created, "at")) >= 0);
}

static void assert_said(const json *document)
{
    const json *told = json_get(find_step(document, "account"), "told");
    const json *skipped = json_get(find_step(document, "device-groups"), "skipped");
    assert_string_equal(json_get_string(told, "by"), "ann@contoso.com");
    assert_string_equal(json_get_string(skipped, "reason"), "There are <b>none</b> | here.");
    assert_true(deviates(document, "partner", "Device groups", "There are <b>none</b> | here."));
}

static void test_the_report_says_what_exists_and_who_did_it(void **state)
{
    (void)state;
    g_autofree char *answers = NULL;
    struct practice_tenant *tenant = applied("fresh", "", &answers);
    g_autoptr(json) before = practice_record(tenant);
    g_autoptr(Run) check = perch(tenant, "check", "--json", "--answers", answers, NULL);
    g_autoptr(Run) run = report(tenant, "json", answers);
    assert_status(run, check->status);
    g_autoptr(json) document = run_document(run);
    assert_group_is_traced(document, before);
    assert_said(document);
    const char *link = card_value(document, "My Access link");
    const json *package = find_object(document, "access-package", "access-package");
    assert_true(g_str_has_suffix(link, json_get_string(package, "id")));
    assert_string_equal(card_value(document, "Tenant id"), json_string(json_get_path(document, "tenant.id")));
    assert_string_equal(json_string(json_get_path(document, "handBack.contact.email")), "robin@redcanary.com");
    assert_true(json_length(json_get(document, "timeLine")) > 10);
    g_autoptr(json) after = practice_record(tenant);
    assert_int_equal(count_writes(after, NULL, NULL), count_writes(before, NULL, NULL));
    practice_end(tenant);
}

static void test_deviations_from_both_recipes_and_the_next_review(void **state)
{
    (void)state;
    g_autofree char *answers = NULL;
    struct practice_tenant *tenant =
        applied("fresh",
                ",\"stricter\":{\"approvers\":[\"sponsor@contoso.com\"],\"reviewFrequency\":\"annual\",\"reason\":"
                "\"Change board CB-12.\"}",
                &answers);
    g_autoptr(Run) run = report(tenant, "json", answers);
    g_autoptr(json) document = run_document(run);
    assert_true(deviates(document, "partner", "approval, by sponsor@contoso.com", "Change board CB-12."));
    assert_true(deviates(document, "partner", "once a year", "Change board CB-12."));
    assert_true(deviates(document, "microsoft", "never ends", "partner's recipe"));
    assert_false(deviates(document, "microsoft", "approval", ""));
    assert_string_equal(json_get_string(document, "nextReview"), "2031-03-01T00:00:00Z");
    assert_int_equal(json_get_int(document, "reviewMonths", 0), 12);
    practice_end(tenant);
}

static void test_a_decision_is_a_deviation_with_its_name(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("wrong-group", NULL);
    g_autofree char *answers = practice_answers(tenant, "{\"decisions\":{\"group\":\"name:Canary Analysts\"}}");
    g_autoptr(Run) check = perch(tenant, "check", "--json", "--answers", answers, NULL);
    g_autoptr(Run) run = report(tenant, "json", answers);
    g_autoptr(json) document = run_document(run);
    assert_true(deviates(document, "partner", "another name was given, “Canary Analysts”", "admin@contoso"));
    practice_end(tenant);
}

static void assert_clean(const char *text, const char *format)
{
    static const char *const canaries[] = {"practice-token-", HUB_NAMESPACE, HUB_NAME, SUBSCRIPTION, "\033"};
    for (gsize i = 0; i < G_N_ELEMENTS(canaries); i++)
        if (strstr(text, canaries[i]) != NULL)
            fail_msg("the report as %s holds %s:\n%s", format, canaries[i], text);
}

static void test_no_format_holds_a_secret_or_a_hub_value(void **state)
{
    (void)state;
    g_autofree char *answers = NULL;
    struct practice_tenant *tenant = applied("fresh", "", &answers);
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autoptr(Run) run = report(tenant, formats[i], answers);
        assert_clean(run->output, formats[i]);
        assert_clean(run->errors, formats[i]);
        assert_non_null(strstr(run->output, "admin@contoso.onmicrosoft.com"));
        assert_non_null(strstr(run->output, "MXDRPartner-Contoso"));
        /* A row of objects has no place for what was told. */
        if (strcmp(formats[i], "csv") != 0)
            assert_non_null(strstr(run->output, "mailed to ●"));
    }
    practice_end(tenant);
}

static void do_portal_steps(const struct practice_tenant *tenant)
{
    static const char type[] = "application/x-www-form-urlencoded";
    g_autofree char *invited = practice_post(tenant, "/portal/invitation", type, "action=accept");
    g_autofree char *streamed =
        practice_post(tenant, "/portal/streaming", type,
                      "action=save&name=MXDRPartner-Contoso&tables=all&resourceId=" RESOURCE_ID "&hubName=" HUB_NAME);
    assert_non_null(invited);
    assert_non_null(streamed);
}

static void test_streaming_and_its_wait_are_told_without_the_hub(void **state)
{
    (void)state;
    static const char *const slower[] = {"--clock-rate", "20", NULL};
    struct practice_tenant *tenant = practice_begin("fresh", slower);
    g_autofree char *answers = practice_answers(tenant, ANSWERS_START "}");
    do_portal_steps(tenant);
    g_autoptr(Run) run = report(tenant, "json", answers);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "streaming", "done");
    assert_step(document, "consent", "waiting");
    const json *wait = json_get(find_step(document, "consent"), "wait");
    gint64 began = clock_parse(json_get_string(wait, "beganAt"));
    assert_int_equal(clock_parse(json_get_string(wait, "until")) - began, 900 * G_USEC_PER_SEC);
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autoptr(Run) again = report(tenant, formats[i], answers);
        assert_clean(again->output, formats[i]);
    }
    practice_end(tenant);
}

static void test_html_needs_nothing_else_and_text_from_outside_is_text(void **state)
{
    (void)state;
    static const char *const foreign[] = {"<script", "<link", "<img", "url(", "@import", "src=", "<b>none"};
    g_autofree char *answers = NULL;
    struct practice_tenant *tenant = applied("fresh", "", &answers);
    g_autoptr(Run) html = report(tenant, "html", answers);
    for (gsize i = 0; i < G_N_ELEMENTS(foreign); i++)
        if (strstr(html->output, foreign[i]) != NULL)
            fail_msg("the report holds %s", foreign[i]);
    assert_non_null(strstr(html->output, "&lt;b&gt;none"));
    assert_non_null(strstr(html->output, "<svg"));
    assert_non_null(strstr(html->output, "default-src 'none'"));
    assert_non_null(strstr(html->output, "@media print"));
    g_autoptr(Run) markdown = report(tenant, "markdown", answers);
    assert_non_null(strstr(markdown->output, "\\<b\\>none\\</b\\> \\| here."));
    practice_end(tenant);
}

static void test_names_that_attack_a_terminal_stay_names(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("hostile-names", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autoptr(Run) run = perch(tenant, "report", "--format", formats[i], NULL);
        assert_clean(run->output, formats[i]);
        assert_null(strstr(run->output, "\xe2\x80\xae"));
        assert_true(g_utf8_validate(run->output, -1, NULL));
    }
    practice_end(tenant);
}

/* The hubs of exports that are there already, the partner's and another vendor's. */
static void test_hub_values_that_only_the_tenant_knows_stay_there(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    g_autofree char *answers = practice_answers(tenant, "{\"company\":\"Contoso\"}");
    g_autoptr(json) held = practice_state(tenant);
    g_autofree char *tenant_text = json_text(held);
    assert_non_null(strstr(tenant_text, "Microsoft.EventHub"));
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autoptr(Run) run = perch(tenant, "report", "--format", formats[i], "--answers", answers, NULL);
        assert_null(strstr(run->output, "Microsoft.EventHub"));
        assert_null(strstr(run->output, "namespaces/"));
        assert_non_null(strstr(run->output, "MXDRPartner-Contoso"));
    }
    practice_end(tenant);
}

static void test_what_falls_away_is_told_and_is_no_deviation(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(Run) run = perch(tenant, "report", "--json", NULL);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "access-package", "skipped");
    assert_non_null(strstr(json_get_string(find_step(document, "access-package"), "reason"), "Entra ID P1"));
    assert_false(deviates(document, "partner", "left out", ""));
    g_autoptr(Run) text = perch(tenant, "report", NULL);
    assert_non_null(strstr(text->output, "Access package: Falls away"));
    practice_end(tenant);
}

static void test_output_replaces_a_file_only_if_told_to(void **state)
{
    (void)state;
    struct stat about;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "report.html", NULL);
    assert_true(g_file_set_contents(file, "an older report", -1, NULL));
    assert_int_equal(g_chmod(file, 0644), 0);
    g_autoptr(Run) kept = perch(tenant, "report", "--format", "html", "--output", file, NULL);
    g_autofree char *older = read_text(file);
    assert_status(kept, 2);
    assert_non_null(strstr(kept->errors, "--force replaces it"));
    assert_string_equal(older, "an older report");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(json_length(record), 0);

    g_autoptr(Run) run = perch(tenant, "report", "--format", "html", "--force", "--output", file, NULL);
    assert_string_equal(run->output, "");
    assert_non_null(strstr(run->errors, "The report was written to "));
    assert_int_equal(stat(file, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    g_autofree char *text = read_text(file);
    assert_true(g_str_has_prefix(text, "<!DOCTYPE html>"));
    assert_true(g_str_has_suffix(text, "</html>\n"));
    practice_end(tenant);
}

static void test_output_that_cannot_be_is_refused_before_anything_is_sent(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    const struct {
        const char *name;
        const char *format;
        const char *says;
    } cases[] = {
        {"none/report.txt", NULL, "in a folder that is not there"},
        {"report.xls", NULL, "is not one of .txt"},
        {"report.html", "text", "is not one of .txt, .text"},
        {"report.html", "markdown", "is not one of .md, .markdown"},
        {"report.json", "oscal", "is not one of .oscal.json"},
        {"link.txt", NULL, "is a link"},
    };
    g_autofree char *link = g_build_filename(practice_folder(tenant), "link.txt", NULL);
    assert_int_equal(symlink("elsewhere.txt", link), 0);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *file = g_build_filename(practice_folder(tenant), cases[i].name, NULL);
        g_autoptr(Run) run = cases[i].format != NULL
                                 ? perch(tenant, "report", "--output", file, "--format", cases[i].format, NULL)
                                 : perch(tenant, "report", "--output", file, NULL);
        assert_status(run, 2);
        assert_string_equal(run->output, "");
        if (strstr(run->errors, cases[i].says) == NULL)
            fail_msg("%s: %s", cases[i].name, run->errors);
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(json_length(record), 0);
    practice_end(tenant);
}

static void test_an_unknown_format_is_refused_before_anything_is_sent(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = perch(tenant, "report", "--format", "pdf", NULL);
    assert_status(run, 2);
    assert_non_null(strstr(run->errors, "pdf"));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(json_length(record), 0);
    practice_end(tenant);
}

static void test_what_was_removed_is_told(void **state)
{
    (void)state;
    g_autofree char *answers = NULL;
    struct practice_tenant *tenant = applied("fresh", "", &answers);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", "--answers", answers, NULL);
    assert_status(undo, 0);
    g_autoptr(Run) undone = report(tenant, "json", answers);
    g_autoptr(json) document = run_document(undone);
    const json *removed = find_deed(json_get(find_object(document, "group", "group"), "deeds"), "remove");
    assert_true(g_uuid_string_is_valid(json_get_string(removed, "requestId")));
    assert_string_equal(json_get_string(find_object(document, "group", "group"), "state"), "absent");
    practice_end(tenant);
}

static void test_what_was_there_before_is_told_apart(void **state)
{
    (void)state;
    g_autofree char *answers = NULL;
    struct practice_tenant *tenant = applied("fresh", "", &answers);
    g_autofree char *state_dir = g_build_filename(practice_folder(tenant), "state", NULL);
    scratch_remove(state_dir);
    g_autoptr(Run) adopt = perch(tenant, "apply", "--yes", "--json", "--answers", answers, NULL);
    g_autoptr(Run) run = report(tenant, "json", answers);
    g_autoptr(json) document = run_document(run);
    const json *group = find_object(document, "group", "group");
    assert_string_equal(json_get_string(group, "origin"), "adopted");
    assert_non_null(find_deed(json_get(group, "deeds"), "adopt"));
    practice_end(tenant);
}

static void test_the_files_name_says_the_form(void **state)
{
    (void)state;
    static const char *const files[][2] = {
        {"r.html", "<html"}, {"r.md", "# "}, {"r.json", "{"}, {"r.txt", "Contoso"}, {"r", "Contoso"}};
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *file = g_build_filename(practice_folder(tenant), files[i][0], NULL);
        g_autoptr(Run) run = perch(tenant, "report", "--output", file, NULL);
        g_autofree char *text = read_text(file);
        if (strstr(text, files[i][1]) == NULL)
            fail_msg("%s holds: %.300s", files[i][0], text);
        assert_int_equal(strstr(text, "<html") != NULL, i == 0);
        assert_int_equal(text[0] == '{', i == 2);
    }
    practice_end(tenant);
}

/* Unpacked and checked by the programs that an auditor has. */
static void test_the_bundle_holds_everything_with_its_sums(void **state)
{
    (void)state;
    static const char *const names[] = {"report.txt", "report.json",   "report.md",   "report.html",
                                        "plan.json",  "journal.jsonl", "audit.jsonl", "about.json"};
    g_autofree char *answers = NULL;
    struct practice_tenant *tenant = applied("fresh", "", &answers);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "evidence.tar", NULL);
    g_autoptr(Run) run = perch(tenant, "report", "--bundle", file, "--answers", answers, NULL);
    assert_string_equal(run->output, "");
    assert_non_null(strstr(run->errors, "The bundle was written to "));
    g_autofree char *command = g_strdup_printf("cd %s && tar xf evidence.tar && cd perch-contoso.onmicrosoft.com && "
                                               "sha256sum -c SHA256SUMS && cmp journal.jsonl ../state/*/journal.jsonl",
                                               practice_folder(tenant));
    g_autoptr(Run) checked = run_program((const char *const[]){"/bin/sh", "-c", command, NULL}, NULL, NULL);
    assert_status(checked, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *line = g_strdup_printf("%s: OK\n", names[i]);
        if (strstr(checked->output, line) == NULL)
            fail_msg("%s is not in the bundle: %s", names[i], checked->output);
    }
    g_autofree char *about_file =
        g_build_filename(practice_folder(tenant), "perch-contoso.onmicrosoft.com", "about.json", NULL);
    g_autofree char *about_text = read_text(about_file);
    g_autofree char *profile_file = g_build_filename(PERCH_SOURCE_DIR, "assets/partners/red-canary.json", NULL);
    g_autofree char *profile = read_text(profile_file);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, profile, -1);
    assert_non_null(strstr(about_text, sum));
    /* All that is in it was made at one moment. */
    g_autoptr(json) about = json_parse(about_text, -1, NULL);
    g_autofree char *report_file =
        g_build_filename(practice_folder(tenant), "perch-contoso.onmicrosoft.com", "report.json", NULL);
    g_autofree char *report_text = read_text(report_file);
    g_autoptr(json) document = json_parse(report_text, -1, NULL);
    assert_string_equal(json_get_string(document, "madeAt"), json_get_string(about, "madeAt"));
    g_autoptr(Run) again = perch(tenant, "report", "--bundle", file, "--answers", answers, NULL);
    assert_status(again, 2);
    practice_end(tenant);
}

/* As cron runs it. Its quotes would end the texts of a document that were written in ASCII. */
static void test_a_document_is_whole_in_any_locale(void **state)
{
    (void)state;
    static const char *const lines[][4] = {
        {"report", "--format", "json"},
        {"report", "--format", "oscal"},
        {"report", "--json"},
        {"check", "--json-line"},
        {"hand-over"},
        {"partner", "new"},
    };
    const char *const environment[] = {"LC_ALL=C", NULL};
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        gboolean alone = strcmp(lines[i][0], "partner") == 0;
        const char *const words[] = {PERCH_BINARY, lines[i][0], lines[i][1], NULL};
        g_auto(GStrv) line = alone ? g_strdupv((char **)words) : perch_command_line(tenant, lines[i]);
        g_autoptr(Run) run = run_program((const char *const *)line, environment, NULL);
        g_autoptr(json) document = run_document(run);
        assert_non_null(document);
    }
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_document_is_whole_in_any_locale),
        cmocka_unit_test(test_the_report_says_what_exists_and_who_did_it),
        cmocka_unit_test(test_deviations_from_both_recipes_and_the_next_review),
        cmocka_unit_test(test_a_decision_is_a_deviation_with_its_name),
        cmocka_unit_test(test_no_format_holds_a_secret_or_a_hub_value),
        cmocka_unit_test(test_streaming_and_its_wait_are_told_without_the_hub),
        cmocka_unit_test(test_html_needs_nothing_else_and_text_from_outside_is_text),
        cmocka_unit_test(test_names_that_attack_a_terminal_stay_names),
        cmocka_unit_test(test_hub_values_that_only_the_tenant_knows_stay_there),
        cmocka_unit_test(test_what_falls_away_is_told_and_is_no_deviation),
        cmocka_unit_test(test_output_replaces_a_file_only_if_told_to),
        cmocka_unit_test(test_output_that_cannot_be_is_refused_before_anything_is_sent),
        cmocka_unit_test(test_the_files_name_says_the_form),
        cmocka_unit_test(test_an_unknown_format_is_refused_before_anything_is_sent),
        cmocka_unit_test(test_what_was_removed_is_told),
        cmocka_unit_test(test_the_bundle_holds_everything_with_its_sums),
        cmocka_unit_test(test_what_was_there_before_is_told_apart),
    };
    json_init();
    return run_journeys("report", tests, argc, argv);
}
