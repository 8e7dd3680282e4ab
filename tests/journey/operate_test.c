/* SPDX-License-Identifier: MIT */
/*
 * What is asked without a tenant: explanations, known tenants, links, from what runs before wrote down.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "input/paste.h"
#include "support/practice.h"

static struct run *offline(const char *input, const char *const *words)
{
    g_autoptr(GPtrArray) line = g_ptr_array_new();
    g_ptr_array_add(line, (gpointer)PERCH_BINARY);
    for (; *words != NULL; words++)
        g_ptr_array_add(line, (gpointer)*words);
    g_ptr_array_add(line, NULL);
    return run_program((const char *const *)line->pdata, NULL, input);
}

static void assert_said(const char *text, const char *words)
{
    if (strstr(text, words) == NULL)
        fail_msg("expected “%s” in:\n%s", words, text);
}

static void test_an_error_is_explained_by_its_code_or_its_text(void **state)
{
    (void)state;
    static const struct {
        const char *code;  /* NULL: on standard input */
        const char *input; /* may be NULL */
        const char *says;
    } cases[] = {
        {"AADSTS50011", NULL, "not registered for the address"},
        {"aadsts50011", NULL, "not registered for the address"},
        {NULL, "AADSTS50020: User account 'x' from identity provider does not exist.\r\nTrace ID: 1",
         "does not belong"},
        {NULL, "{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"x\"}}", "lacks a role"},
        {"429", NULL, "Too many requests"},
        {NULL,
         "\xEF\xBB\xBF"
         "Error Code: 53003\r\nRequest Id: 1",
         "Conditional Access blocks"},
        {"timeout", NULL, "very slow"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Run) run = offline(cases[i].input, (const char *const[]){"explain", cases[i].code, NULL});
        assert_status(run, 0);
        assert_said(run->output, cases[i].says);
    }
    g_autoptr(Run) as_json = offline(NULL, (const char *const[]){"explain", "AADSTS50011", "--json", NULL});
    g_autoptr(json) document = run_document(as_json);
    const json *first = json_at(json_get(document, "explanations"), 0);
    assert_string_equal(json_get_string(first, "code"), "AADSTS50011");
    assert_string_equal(json_get_string(first, "service"), "sign-in");
}

/* A word that stands in many texts, and a part of a longer code, explain nothing. */
static void test_what_is_not_known_is_said_to_be_not_known(void **state)
{
    (void)state;
    static const char *const texts[] = {"AADX500", "It ran into a timeout, I think.", "xAADSTS50011"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(Run) run = offline(texts[i], (const char *const[]){"explain", NULL});
        assert_status(run, 2);
        assert_string_equal(run->output, "");
        assert_said(run->errors, "Nothing is known here about what was given");
    }
    g_autoptr(Run) nothing = offline("\r\n", (const char *const[]){"explain", NULL});
    assert_status(nothing, 2);
    assert_said(nothing->errors, "Nothing was given to explain");
    g_autoptr(Run) other = offline("AADSTS700221: odd", (const char *const[]){"explain", NULL});
    assert_said(other->errors, "error?code=700221");
}

/* What was read is bytes: a character that is none of UTF-8 is no three of them. */
static void test_a_text_that_was_not_read_to_its_end_is_said_to_be_one(void **state)
{
    static const struct {
        gsize size;
        char fill;
        const char *says;
    } rows[] = {
        {PASTE_LIMIT / 2, '\xE9', "Nothing is known here about what was given."},
        {PASTE_LIMIT, 'x', "Nothing is known here about what was given."},
        {PASTE_LIMIT + 1, 'x', "about the first 1024 KiB of what was given, and more was not read"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strnfill(rows[i].size, rows[i].fill);
        g_autoptr(Run) run = offline(text, (const char *const[]){"explain", NULL});
        assert_status(run, 2);
        assert_said(run->errors, rows[i].says);
    }
}

static const json *only_tenant(const json *document)
{
    assert_int_equal(json_length(json_get(document, "tenants")), 1);
    return json_at(json_get(document, "tenants"), 0);
}

static void test_known_tenants_stand_as_they_were_read(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *folder = g_build_filename(practice_folder(tenant), "state", NULL);
    const char *const tenants[] = {"tenants", "--json", "--state-dir", folder, NULL};
    g_autoptr(Run) none = offline(NULL, tenants);
    g_autoptr(json) empty = run_document(none);
    assert_int_equal(json_length(json_get(empty, "tenants")), 0);

    g_autoptr(Run) check = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) checked = run_document(check);
    g_autoptr(json) before = practice_record(tenant);
    g_autoptr(Run) run = offline(NULL, tenants);
    g_autoptr(json) document = run_document(run);
    const json *known = only_tenant(document);
    assert_string_equal(json_string(json_get_path(known, "tenant.domain")), "contoso.onmicrosoft.com");
    assert_string_equal(json_get_string(known, "command"), "check");
    assert_int_equal(json_get_int(known, "exit", -1), check->status);
    assert_true(json_equal(json_get(known, "summary"), json_get(checked, "summary")));
    assert_int_equal(json_length(json_get(known, "steps")), json_length(json_get(checked, "steps")));

    g_autoptr(Run) text = offline(NULL, (const char *const[]){"tenants", "--state-dir", folder, NULL});
    assert_said(text->output, "contoso.onmicrosoft.com (practice)  Contoso");
    assert_said(text->output, "10 left, 3 for a person, 1 done, 1 left out");
    g_autoptr(json) after = practice_record(tenant);
    assert_int_equal(json_length(after), json_length(before));
    practice_end(tenant);
}

/* What stands in the folder may be anything. */
static void test_a_folder_that_cannot_be_read_is_said_to_be_so(void **state)
{
    (void)state;
    static const char *const texts[] = {"nonsense", "{\"tenant\":{\"id\":\"another\"}}", "[]"};
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *folder = g_build_filename(practice_folder(tenant), "state", NULL);
    g_autoptr(Run) check = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) checked = run_document(check);
    g_autofree char *last =
        g_build_filename(folder, json_string(json_get_path(checked, "tenant.id")), "last.json", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_true(g_file_set_contents(last, texts[i], -1, NULL));
        g_autoptr(Run) run = offline(NULL, (const char *const[]){"tenants", "--json", "--state-dir", folder, NULL});
        g_autoptr(json) document = run_document(run);
        assert_string_equal(json_string(json_get_path(only_tenant(document), "error.message")), "It cannot be read.");
        assert_true(json_equal(json_get_path(only_tenant(document), "tenant.id"), json_get_path(checked, "tenant.id")));
    }
    assert_int_equal(g_unlink(last), 0);
    g_autoptr(Run) older = offline(NULL, (const char *const[]){"tenants", "--state-dir", folder, NULL});
    assert_said(older->output, "Not read since");
    practice_end(tenant);
}

static void test_a_steps_page_is_opened_by_its_name_or_number(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *folder = g_build_filename(practice_folder(tenant), "state", NULL);
    g_autoptr(Run) early = offline(NULL, (const char *const[]){"open", "streaming", "--state-dir", folder, NULL});
    assert_status(early, 2);
    assert_said(early->errors, "No such tenant is known here");
    g_autoptr(Run) check = perch(tenant, "check", NULL);
    static const char *const names[] = {"streaming", "3"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(Run) run = offline(NULL, (const char *const[]){"open", names[i], "--state-dir", folder, NULL});
        /* Nothing can open one here, which is a person's to know. */
        assert_status(run, 5);
        assert_said(run->errors, "Open the link above where your browser is.");
        assert_null(strstr(run->errors, "with y"));
        assert_true(g_str_has_prefix(run->output, practice_address(tenant)));
        assert_said(run->output, "raw_data_export");
    }
    g_autoptr(Run) as_json = offline(NULL, (const char *const[]){"open", "3", "--json", "--state-dir", folder, NULL});
    assert_status(as_json, 5);
    g_autoptr(json) failed = run_document(as_json);
    assert_said(json_string(json_get_path(failed, "error.hint")), practice_address(tenant));
    g_autoptr(Run) no_page = offline(NULL, (const char *const[]){"open", "sign-in", "--state-dir", folder, NULL});
    assert_status(no_page, 2);
    g_autoptr(Run) unknown = offline(NULL, (const char *const[]){"open", "grup", "--state-dir", folder, NULL});
    assert_status(unknown, 2);
    assert_said(unknown->errors, "Did you mean “group”?");
    g_autoptr(Run) other =
        offline(NULL, (const char *const[]){"open", "3", "--tenant", "other.example", "--state-dir", folder, NULL});
    assert_status(other, 2);
    practice_end(tenant);
}

static const json *finding(const json *document, const char *subject)
{
    json_for_each (found, json_get(document, "findings")) {
        if (strcmp(json_get_string(found, "subject"), subject) == 0)
            return found;
    }
    fail_msg("the doctor says nothing about %s", subject);
    return NULL;
}

static void test_the_doctor_looks_at_everything_and_signs_nobody_in(void **state)
{
    (void)state;
    static const char *const subjects[] = {"version",   "terminal",  "locale",       "browser",   "network",
                                           "127.0.0.1", "127.0.0.2", "127.0.0.3",    "127.0.0.4", "clock",
                                           "keyring",   "sandbox",   "state folder", "profile"};
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = perch(tenant, "doctor", "--json", NULL);
    assert_status(run, 0);
    g_autoptr(json) document = run_document(run);
    assert_true(json_get_bool(document, "good", FALSE));
    for (gsize i = 0; i < G_N_ELEMENTS(subjects); i++) {
        const json *found = finding(document, subjects[i]);
        assert_string_not_equal(json_get_string(found, "message"), "");
        assert_string_not_equal(json_get_string(found, "state"), "bad");
        /* Whatever is not good comes with what to do. */
        if (strcmp(json_get_string(found, "state"), "good") != 0)
            assert_string_not_equal(json_get_string(found, "hint"), "");
    }
    g_autoptr(json) record = practice_record(tenant);
    json_for_each (entry, record)
        assert_string_equal(json_get_string(entry, "path"), "/");
    g_autoptr(Run) text = perch(tenant, "doctor", NULL);
    assert_said(text->output, "good  state folder");
    practice_end(tenant);
}

/* Nobody listens there, and the run ends with 1. */
static void test_the_doctor_says_what_is_bad_and_what_to_do(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autoptr(Run) run = offline(NULL, (const char *const[]){"doctor", "--json", "--no-keyring", "--practice-url",
                                                             "http://127.0.0.1:1", "--state-dir", folder, NULL});
    assert_status(run, 1);
    g_autoptr(json) document = run_document(run);
    assert_false(json_get_bool(document, "good", TRUE));
    assert_string_equal(json_get_string(finding(document, "127.0.0.1"), "state"), "bad");
    assert_said(json_get_string(finding(document, "127.0.0.1"), "hint"), "Check the network connection");
    /* Another cloud's Defender, which most tenants never need. */
    assert_string_equal(json_get_string(finding(document, "127.0.0.4"), "state"), "note");
    assert_said(json_get_string(finding(document, "127.0.0.4"), "hint"), "Needed only where");
    assert_said(json_get_string(finding(document, "keyring"), "message"), "stays in memory");
    assert_said(json_get_string(finding(document, "clock"), "message"), "compared with nothing");
    scratch_remove(folder);
}

/* Whoever has a tenant asks it for the maintainers, who have none: what differs, and nothing of what was answered. */
static void test_the_doctor_collects_what_a_tenant_answers_differently(void **state)
{
    (void)state;
    static const char odd[] =
        "{\"path\":\"/v1.0/groups\",\"method\":\"GET\",\"times\":9,\"status\":200,\"body\":"
        "{\"value\":[{\"id\":\"0a1b2c3d-0000-4000-8000-00000000c0de\",\"visibility\":\"Purple\"}]}}";
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "differences.json", NULL);
    g_autoptr(Run) unnamed = perch(tenant, "doctor", "--output", file, NULL);
    assert_status(unnamed, 2);
    g_free(practice_post(tenant, "/practice/fault", "application/json", odd));
    g_autoptr(Run) run = perch(tenant, "doctor", "--tenant", "contoso.onmicrosoft.com", "--output", file, NULL);
    assert_status(run, 0);
    assert_said(run->output, "GET /v1.0/groups: “displayName” is missing");
    g_autofree char *text = read_text(file);
    g_autoptr(json) document = json_parse(text, -1, NULL);
    const json *differences = json_get(document, "differences");
    static const char *const expected[] = {"missing displayName", "value visibility"};
    assert_int_equal(json_length(differences), G_N_ELEMENTS(expected));
    for (int i = 0; i < 2; i++) {
        const json *one = json_at(differences, i);
        g_autofree char *told = g_strdup_printf("%s %s", json_get_string(one, "what"), json_get_string(one, "member"));
        assert_string_equal(told, expected[i]);
        assert_string_equal(json_get_string(one, "path"), "/v1.0/groups");
        assert_int_equal(json_get_int(one, "status", 0), 200);
        assert_true(g_uuid_string_is_valid(json_get_string(one, "requestId")));
    }
    assert_true(json_get_int(document, "answers", 0) > 30);
    static const char *const values[] = {"Purple", "c0de", "ontoso", "admin"};
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++)
        assert_null(strstr(text, values[i]));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    practice_forget_forged(tenant, "GET", "/v1.0/groups", 200);
    practice_end(tenant);
}

static void test_a_run_is_one_line_and_metrics(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("drifted", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "perch.prom", NULL);
    g_autoptr(Run) run = perch(tenant, "check", "--json-line", "--metrics", file, NULL);
    g_auto(GStrv) lines = g_strsplit(run->output, "\n", -1);
    assert_int_equal(g_strv_length(lines), 2);
    g_autoptr(json) line = json_parse(lines[0], -1, NULL);
    assert_non_null(line);
    assert_int_equal(json_get_int(line, "exit", -1), run->status);
    assert_true(json_get_int(line, "drifted", 0) > 2);
    assert_string_equal(json_string(json_get_path(line, "tenant.domain")), "contoso.onmicrosoft.com");
    assert_string_equal(json_get_string(line, "command"), "check");
    assert_true(json_get_int(line, "duration", -1) >= 0);
    assert_non_null(json_get_string(line, "perch"));
    assert_non_null(json_get_string(line, "profileDated"));
    g_autofree char *metrics = read_text(file);
    g_autofree char *drifted =
        g_strdup_printf("perch_drifted_steps{tenant=\"%s\"} %d\n", json_string(json_get_path(line, "tenant.id")),
                        (int)json_get_int(line, "drifted", 0));
    assert_said(metrics, drifted);
    assert_said(metrics, "# TYPE perch_run_exit_code gauge\n");
    /* A line is a comment, or a name with labels and a number. */
    g_auto(GStrv) each = g_strsplit(metrics, "\n", -1);
    for (char **text = each; **text != '\0'; text++)
        if (!g_regex_match_simple("^(# (HELP|TYPE) perch_[a-z_]+ .+|perch_[a-z_]+\\{([a-z]+=\"[^\"]*\",?)+\\} \\d+)$",
                                  *text, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT))
            fail_msg("no metric: %s", *text);
    practice_end(tenant);
}

/* Nobody listens there: the line says so too, for whoever reads many. */
static void test_a_run_that_failed_is_a_line_as_well(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "perch.prom", NULL);
    g_autoptr(Run) run = offline(NULL, (const char *const[]){"check", "--json-line", "--no-keyring", "--practice-url",
                                                             "http://127.0.0.1:1", "--tenant", "contoso.com",
                                                             "--metrics", file, "--state-dir", folder, NULL});
    assert_status(run, 1);
    g_autoptr(json) line = run_document(run);
    assert_int_equal(json_get_int(line, "exit", -1), 1);
    assert_string_equal(json_string(json_get_path(line, "error.code")), "network");
    assert_string_equal(json_string(json_get_path(line, "tenant.id")), "contoso.com");
    g_autofree char *metrics = read_text(file);
    assert_said(metrics, "perch_run_exit_code{tenant=\"contoso.com\"} 1\n");
    scratch_remove(folder);
}

/* COUNT runs of tenants of their own, made of LINE; each seventh has drifted. */
static void write_runs(const char *file, const json *line, int count)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    for (int i = 0; i < count; i++) {
        g_autoptr(json) made = json_copy(line);
        g_autofree char *id = g_strdup_printf("00000000-0000-4000-8000-%012d", i);
        g_autofree char *domain = g_strdup_printf("t%03d.example", i);
        json_set(made, "tenant", json_from("{'id':%s,'name':'T','domain':%s}", id, domain));
        json_set_int(made, "drifted", i % 7 == 0 ? 2 : 0);
        g_autofree char *text = json_text(made);
        g_string_append_printf(lines, "%s\n", text);
    }
    assert_true(g_file_set_contents(file, lines->str, -1, NULL));
}

static void test_two_hundred_tenants_are_one_table_with_drift_first(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "runs.jsonl", NULL);
    g_autofree char *html = g_build_filename(practice_folder(tenant), "fleet.html", NULL);
    g_autoptr(Run) run = perch(tenant, "check", "--json-line", NULL);
    g_autoptr(json) line = run_document(run);
    write_runs(file, line, 200);
    g_autoptr(Run) text = offline(NULL, (const char *const[]){"fleet", file, NULL});
    assert_status(text, 0);
    g_auto(GStrv) lines = g_strsplit(text->output, "\n", -1);
    assert_true(g_str_has_prefix(lines[3], "t000.example"));
    assert_true(g_str_has_prefix(lines[4], "t007.example"));
    assert_true(g_str_has_prefix(lines[3 + 29], "t001.example"));
    assert_said(text->output, "5   Analysts' group");
    g_autoptr(Run) as_json = offline(NULL, (const char *const[]){"fleet", file, file, "--json", NULL});
    g_autoptr(json) document = run_document(as_json);
    assert_int_equal(json_length(json_get(document, "runs")), 200);
    g_autoptr(Run) page = offline(NULL, (const char *const[]){"fleet", file, "--output", html, NULL});
    assert_status(page, 0);
    g_autofree char *written = read_text(html);
    assert_said(written, "<td>t199.example (practice)</td>");
    practice_end(tenant);
}

/* Anybody may have written the file. */
static void test_a_line_that_is_none_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *says;
    } cases[] = {
        {"\n{\"format\":1}\nnonsense\n", "line 3 is not what --json-line prints"},
        {"{\"format\":9}\n", "line 1 is not what --json-line prints"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Run) run = offline(cases[i].text, (const char *const[]){"fleet", "-", NULL});
        assert_status(run, 2);
        assert_said(run->errors, cases[i].says);
    }
    static const char hostile[] =
        "{\"format\":1,\"tenant\":{\"id\":\"x\",\"domain\":\"a\\u001b[31mb\"},\"steps\":[1,{}]}\n";
    g_autoptr(Run) run = offline(hostile, (const char *const[]){"fleet", "-", NULL});
    assert_status(run, 0);
    assert_null(strchr(run->output, '\033'));
}

/* A run that ended before its tenant was known is one to look at, and not one that never was. */
static void test_a_run_without_a_tenant_has_a_row_of_its_own(void **state)
{
    (void)state;
    static const char lines[] = "{\"format\":1,\"at\":\"2026-11-24T14:02:11Z\",\"error\":{\"message\":\"No file.\"}}\n"
                                "{\"format\":1,\"at\":\"2026-11-24T14:02:12Z\",\"error\":{\"message\":\"No net.\"}}\n";
    g_autoptr(Run) run = offline(lines, (const char *const[]){"fleet", "-", NULL});
    assert_status(run, 0);
    assert_said(run->output, "not known");
    assert_null(strstr(run->output, "(…)"));
    assert_said(run->output, "No file.");
    assert_said(run->output, "No net.");
}

/* A run that failed before its sign-in names its tenant by the domain that it was given: that is no second tenant. */
static void test_a_run_that_never_signed_in_is_its_tenants(void **state)
{
    (void)state;
    static const char good[] = "{\"format\":1,\"at\":\"2026-11-24T14:02:11Z\",\"tenant\":{\"id\":"
                               "\"6aa63ed0-1111-4111-8111-111111111111\",\"name\":\"Contoso\",\"domain\":"
                               "\"contoso.example\"}}\n";
    static const char failed[] =
        "{\"format\":1,\"at\":\"2026-11-24T1%d:02:11Z\",\"tenant\":{\"id\":\"Contoso.example\","
        "\"name\":\"\",\"domain\":\"\"},\"error\":{\"message\":\"No net.\"}}\n";
    for (int hour = 3; hour <= 5; hour += 2) {
        g_autofree char *late = g_strdup_printf(failed, hour);
        g_autofree char *lines = g_strconcat(late, good, NULL);
        g_autoptr(Run) run = offline(lines, (const char *const[]){"fleet", "-", "--json", NULL});
        assert_status(run, 0);
        g_autoptr(json) table = run_document(run);
        assert_int_equal(json_length(json_get(table, "runs")), 1);
        const json *row = json_at(json_get(table, "runs"), 0);
        assert_string_equal(json_string(json_get_path(row, "tenant.name")), "Contoso");
        assert_int_equal(json_get(row, "error") != NULL, hour > 4);
    }
}

/* One thing that drifted is more to look at than a run that failed, and that more than what is merely left to do. */
static void test_drift_comes_before_what_failed_and_that_before_what_is_open(void **state)
{
    (void)state;
    static const char lines[] =
        "{\"format\":1,\"exit\":0,\"tenant\":{\"id\":\"1\",\"domain\":\"all-well.example\"}}\n"
        "{\"format\":1,\"exit\":3,\"tenant\":{\"id\":\"2\",\"domain\":\"at-work.example\"}}\n"
        "{\"format\":1,\"exit\":4,\"tenant\":{\"id\":\"3\",\"domain\":\"broken.example\"},"
        "\"error\":{\"message\":\"No net.\"}}\n"
        "{\"format\":1,\"exit\":7,\"drifted\":1,\"tenant\":{\"id\":\"4\",\"domain\":\"drifted.example\"}}\n";
    g_autoptr(Run) run = offline(lines, (const char *const[]){"fleet", "-", NULL});
    assert_status(run, 0);
    g_auto(GStrv) rows = g_strsplit(run->output, "\n", -1);
    static const char *const wanted[] = {"drifted.example", "broken.example", "at-work.example", "all-well.example"};
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        assert_true(g_str_has_prefix(rows[3 + i], wanted[i]));
}

/* What cannot even begin is told in the line and in the metrics, like any other end. */
static void test_a_run_that_cannot_begin_is_told(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *metrics = g_build_filename(practice_folder(tenant), "perch.prom", NULL);
    g_autoptr(Run) run =
        perch(tenant, "check", "--json-line", "--metrics", metrics, "--answers", "/nowhere.json", NULL);
    assert_status(run, 2);
    g_autoptr(json) line = run_document(run);
    assert_int_equal(json_get_int(line, "exit", 0), 2);
    assert_said(json_string(json_get_path(line, "error.message")), "/nowhere.json");
    g_autofree char *text = read_text(metrics);
    assert_said(text, "perch_run_exit_code{tenant=\"\"} 2");
    practice_end(tenant);
}

/* Shared answers, and those of one tenant over them: the later counts, the rest stays, and what was replaced is told.
 */
static void test_a_later_answers_file_counts(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *shared = g_build_filename(practice_folder(tenant), "shared.json", NULL);
    g_autofree char *own = g_build_filename(practice_folder(tenant), "own.json", NULL);
    assert_true(
        g_file_set_contents(shared, "{\"company\":\"Shared\",\"partnerContact\":{\"name\":\"Robin\"}}", -1, NULL));
    assert_true(g_file_set_contents(own, "{\"company\":\"Own\",\"reviewers\":[\"reviewer@contoso.com\"]}", -1, NULL));
    g_autoptr(Run) run = perch(tenant, "hand-over", "--answers", shared, "--answers", own, NULL);
    g_autoptr(json) document = run_document(run);
    const json *answers = json_get(document, "answers");
    assert_string_equal(json_get_string(answers, "company"), "Own");
    assert_string_equal(json_string(json_get_path(answers, "partnerContact.name")), "Robin");
    assert_int_equal(json_length(json_get(answers, "reviewers")), 1);
    assert_said(run->errors, "own.json gives company otherwise than a file before it, and counts");
    assert_null(strstr(run->errors, "gives reviewers"));
    g_autoptr(Run) wrong = perch(tenant, "check", "--answers", shared, "--answers", own, "--answers-sha256", "aa",
                                 "--answers-sha256", "bb", "--answers-sha256", "cc", NULL);
    assert_status(wrong, 2);
    assert_said(wrong->errors, "once for each --answers");
    practice_end(tenant);
}

static struct run *partner(const char *action, const char *file)
{
    return run_program((const char *const[]){PERCH_BINARY, "partner", action, file, NULL}, NULL, "");
}

static void test_a_partners_profile_is_begun_and_checked(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "partner.json", NULL);
    g_autofree char *broken = g_build_filename(folder, "broken.json", NULL);
    g_autoptr(Run) begun = partner("new", NULL);
    assert_status(begun, 0);
    assert_true(g_file_set_contents(file, begun->output, -1, NULL));
    g_autoptr(Run) good = partner("check", file);
    assert_status(good, 0);
    assert_true(g_str_has_prefix(good->output, "valid\n  My Partner (my-partner), of 20"));
    g_auto(GStrv) parts = g_strsplit(begun->output, "\"explanation\"", 2);
    g_autofree char *wrong = g_strjoinv("\"explanatoin\"", parts);
    assert_true(g_file_set_contents(broken, wrong, -1, NULL));
    g_autoptr(Run) bad = partner("check", broken);
    assert_status(bad, 2);
    assert_said(bad->errors, "$.steps[0].explanatoin");
    g_autoptr(Run) none = partner("check", NULL);
    assert_status(none, 2);
    assert_said(none->errors, "perch partner check FILE");
    scratch_remove(folder);
}

/* Links move: an old profile is said to be old, wherever its steps are printed. */
static void test_an_old_profile_is_said_to_be_old(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) begun = partner("new", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "partner.json", NULL);
    g_autoptr(GRegex) dated = g_regex_new("\"dated\": \"[0-9-]+\"", 0, 0, NULL);
    g_autofree char *old = g_regex_replace_literal(dated, begun->output, -1, 0, "\"dated\": \"2020-01-01\"", 0, NULL);
    assert_true(g_file_set_contents(file, old, -1, NULL));
    g_autoptr(Run) checked = partner("check", file);
    g_autoptr(Run) run = perch(tenant, "check", "--partner", file, NULL);
    g_autoptr(Run) today = perch(tenant, "check", NULL);
    assert_non_null(strstr(checked->output, "It is old"));
    assert_non_null(strstr(run->output, "the partner's profile is of 2020-01-01, "));
    assert_null(strstr(today->output, "look for a newer one"));
    practice_end(tenant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_error_is_explained_by_its_code_or_its_text),
        cmocka_unit_test(test_what_is_not_known_is_said_to_be_not_known),
        cmocka_unit_test(test_a_text_that_was_not_read_to_its_end_is_said_to_be_one),
        cmocka_unit_test(test_known_tenants_stand_as_they_were_read),
        cmocka_unit_test(test_a_folder_that_cannot_be_read_is_said_to_be_so),
        cmocka_unit_test(test_a_steps_page_is_opened_by_its_name_or_number),
        cmocka_unit_test(test_the_doctor_looks_at_everything_and_signs_nobody_in),
        cmocka_unit_test(test_the_doctor_says_what_is_bad_and_what_to_do),
        cmocka_unit_test(test_the_doctor_collects_what_a_tenant_answers_differently),
        cmocka_unit_test(test_a_run_is_one_line_and_metrics),
        cmocka_unit_test(test_a_run_that_failed_is_a_line_as_well),
        cmocka_unit_test(test_two_hundred_tenants_are_one_table_with_drift_first),
        cmocka_unit_test(test_a_line_that_is_none_is_refused_with_its_place),
        cmocka_unit_test(test_a_run_without_a_tenant_has_a_row_of_its_own),
        cmocka_unit_test(test_a_run_that_never_signed_in_is_its_tenants),
        cmocka_unit_test(test_drift_comes_before_what_failed_and_that_before_what_is_open),
        cmocka_unit_test(test_a_run_that_cannot_begin_is_told),
        cmocka_unit_test(test_a_later_answers_file_counts),
        cmocka_unit_test(test_a_partners_profile_is_begun_and_checked),
        cmocka_unit_test(test_an_old_profile_is_said_to_be_old),
    };
    json_init();
    g_setenv("LC_ALL", "C.UTF-8", TRUE);
    return cmocka_run_group_tests_name("operate", tests, NULL, NULL);
}
