/* SPDX-License-Identifier: MIT */
/*
 * A tenant whose every name is an attack on the terminal, the log or the reader: 192 of them, in the company's name, in
 * people, groups, catalogs, exports and error messages. What perch prints, draws, logs and stores is looked at byte by
 * byte.
 */
#include <string.h>

#include "support/background.h"
#include "support/practice.h"
#include "support/side_by_side.h"
#include "support/terminal.h"

#define STRINGS PERCH_TEST_DATA "/hostile_names.json"
#define MOST_MARKS 4
#define LEAST_SEEN 100
#define PARTS 4 /* in which the strings are drawn, side by side */
#define ORGANIZATION "/v1.0/organization"

/* ---- what must not be there ---- */

struct range {
    gunichar first, last;
};

/* Not the product's own table: controls, and what is invisible or turns text around. */
static const struct range forbidden[] = {
    {0x00, 0x09},     {0x0b, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},     {0x115f, 0x115f},
    {0x180e, 0x180e}, {0x200b, 0x200b}, {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},   {0x3164, 0x3164},
    {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xfdd0, 0xfdd0}, {0xfffe, 0xffff}, {0xe0000, 0xe007f},
};

static gboolean is_forbidden(gunichar code_point)
{
    for (gsize i = 0; i < G_N_ELEMENTS(forbidden); i++)
        if (code_point >= forbidden[i].first && code_point <= forbidden[i].last)
            return TRUE;
    return FALSE;
}

/* JSON is laid out with tabs; those of the strings stand behind a digit. */
static gboolean is_layout(const char *text, const char *at)
{
    return *at == '\t' && at > text && strchr("\n\t:", at[-1]) != NULL;
}

static void expect_no_controls(const char *where, const char *text, gsize length)
{
    const char *end = NULL;
    if (!g_utf8_validate(text, (gssize)length, &end))
        fail_msg("%s: no UTF-8 at “%.40s”", where, end);
    for (const char *at = text; at < text + length; at = g_utf8_next_char(at)) {
        gunichar code_point = g_utf8_get_char(at);
        if (is_forbidden(code_point) && !is_layout(text, at))
            fail_msg("%s: U+%04X at byte %d, after “%.*s”", where, code_point, (int)(at - text),
                     (int)MIN(at - text, 40), at - MIN(at - text, 40));
    }
}

/* What is looked at by people holds no towers of marks either. */
static void expect_clean(const char *where, const char *text, gsize length)
{
    int marks = 0;
    expect_no_controls(where, text, length);
    for (const char *at = text; at < text + length; at = g_utf8_next_char(at)) {
        marks = g_unichar_ismark(g_utf8_get_char(at)) ? marks + 1 : 0;
        if (marks > MOST_MARKS)
            fail_msg("%s: a tower of marks at byte %d", where, (int)(at - text));
    }
}

/* How many of the strings, by their number, are named in TEXT. */
static guint seen_in(const char *text)
{
    guint count = 0;
    for (guint i = 1; i <= 999; i++) {
        g_autofree char *mark = g_strdup_printf("h%03u", i);
        count += strstr(text, mark) != NULL;
    }
    return count;
}

static void expect_clean_files(const char *folder)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    for (const char *name = g_dir_read_name(entries); name != NULL; name = g_dir_read_name(entries)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *text = NULL;
        gsize length = 0;
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            expect_clean_files(path);
        else if (g_file_get_contents(path, &text, &length, NULL))
            expect_no_controls(path, text, length);
    }
}

/* ---- the tenant ---- */

static json *strings(void)
{
    g_autofree char *text = read_text(STRINGS);
    json *list = json_parse(text, -1, NULL);
    assert_true(json_length(list) >= LEAST_SEEN);
    return list;
}

static char *joined(const json *list)
{
    GString *all = g_string_new(NULL);
    json_for_each (item, list) {
        g_string_append(all, json_string(item));
    }
    return g_string_free(all, FALSE);
}

static const struct {
    const char *collection;
    const char *member;
} names[] = {
    {"users", "displayName"},
    {"users", "jobTitle"},
    {"users", "surname"},
    {"groups", "description"},
    {"catalogs", "description"},
    {"accessPackages", "description"},
    {"assignmentPolicies", "description"},
    {"assignmentPolicies", "displayName"},
    {"connectedOrganizations", "displayName"},
    {"connectedOrganizations", "description"},
    {"servicePrincipals", "displayName"},
    {"servicePrincipals", "appDisplayName"},
    {"roleDefinitions", "description"},
    {"defenderRoles", "displayName"},
    {"defenderRoles", "description"},
    {"machines", "computerDnsName"},
    {"alerts", "title"},
};

static void poison(json *state, const json *list)
{
    int next = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        json_for_each (object, json_get(json_get(state, "objects"), names[i].collection)) {
            json_set_string(object, names[i].member, json_string(json_at(list, next)));
            next = (next + 1) % json_length(list);
        }
}

/* Another export for each string. */
static void add_exports(json *state, const json *list)
{
    json *exports = json_get(json_get(state, "objects"), "dataExports");
    const json *first = json_at(exports, 0);
    json_for_each (item, list) {
        json *copy = json_copy(first);
        json_set_string(copy, "id", json_string(item));
        json_set_string(json_get(copy, "eventHubProperties"), "name", json_string(item));
        json_append(exports, copy);
    }
}

static struct practice_tenant *hostile_tenant(const json *list)
{
    struct practice_tenant *tenant = practice_begin("drifted", NULL);
    g_autofree char *store = g_build_filename(practice_folder(tenant), "store.json", NULL);
    practice_restart(tenant, FALSE);
    practice_stop_hard(tenant);
    g_autofree char *before = read_text(store);
    g_autoptr(json) state = json_parse(before, -1, NULL);
    poison(state, list);
    add_exports(state, list);
    g_autofree char *after = json_text(state);
    assert_true(g_file_set_contents(store, after, -1, NULL));
    practice_restart(tenant, FALSE);
    return tenant;
}

static void arm(const struct practice_tenant *tenant, const char *path, int status, json *body, int times)
{
    g_autoptr(json) fault = json_from("{'method':'GET','path':%s,'status':%d,'times':%d,'body':%j}", path,
                                      (gint64)status, (gint64)times, body);
    g_autofree char *text = json_text(fault);
    g_autofree char *answer = practice_post(tenant, "/practice/fault", "application/json", text);
    assert_non_null(answer);
    json_free(body);
}

/* The company's name is not in the store, so its reading is answered in its place. */
static void name_company(const struct practice_tenant *tenant, const char *name, int times)
{
    g_autoptr(json) state = practice_state(tenant);
    arm(tenant, ORGANIZATION, 200,
        json_from("{'value':[{'id':%s,'displayName':%s,'verifiedDomains':[{'name':'contoso.onmicrosoft.com',"
                  "'isInitial':true,'isDefault':false},{'name':'contoso.com','isInitial':false,'isDefault':true}]}]}",
                  json_get_string(state, "tenantId"), name),
        times);
}

/* ---- the tests ---- */

static void expect_clean_run(const struct practice_tenant *tenant, const char *const *words)
{
    g_autofree char *log = g_build_filename(practice_folder(tenant), "state", "log.txt", NULL);
    const char *all[16] = {"--log-file", log};
    for (guint i = 0; words[i] != NULL; i++)
        all[i + 2] = words[i];
    g_autoptr(Run) run = perch_run(tenant, all);
    g_autofree char *label = g_strjoinv(" ", (char **)words);
    expect_clean(label, run->output, strlen(run->output));
    expect_clean(label, run->errors, strlen(run->errors));
    guint seen = seen_in(run->output);
    print_message("%s: %u of the strings shown, %" G_GSIZE_FORMAT " bytes\n", label, seen, strlen(run->output));
    assert_true(seen >= LEAST_SEEN);
}

static void test_what_is_printed_and_kept(void **state)
{
    (void)state;
    static const char *const commands[][6] = {
        {"check"},
        {"check", "--json"},
        {"plan"},
        {"plan", "--json"},
        {"report", "--format", "text"},
        {"report", "--format", "json"},
        {"report", "--format", "markdown"},
        {"report", "--format", "html"},
        {"sign-in"},
    };
    g_autoptr(json) list = strings();
    g_autofree char *name = joined(list);
    struct practice_tenant *tenant = hostile_tenant(list);
    name_company(tenant, name, 1000);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        expect_clean_run(tenant, commands[i]);
    g_autofree char *folder = g_build_filename(practice_folder(tenant), "state", NULL);
    expect_clean_files(folder);
    practice_end(tenant);
}

static void test_what_apply_writes_down(void **state)
{
    (void)state;
    g_autoptr(json) list = strings();
    struct practice_tenant *tenant = hostile_tenant(list);
    g_autofree char *answers = practice_answers(
        tenant, "{\"decisions\":{\"group\":\"repair\",\"catalog\":\"repair\",\"connected-organization\":\"repair\","
                "\"assignment-policy\":\"repair\",\"access-package\":\"repair\"}}");
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--answers", answers, NULL);
    expect_clean("apply", run->errors, strlen(run->errors));
    expect_clean("apply", run->output, strlen(run->output));
    g_autofree char *folder = g_build_filename(practice_folder(tenant), "state", NULL);
    expect_clean_files(folder);
    g_autofree char *tenant_folder = state_folder(tenant);
    g_autofree char *journal = g_build_filename(tenant_folder, "journal.jsonl", NULL);
    assert_true(g_file_test(journal, G_FILE_TEST_EXISTS));
    practice_end(tenant);
}

/* Microsoft's own sentence and code are names too. */
static void test_error_messages(void **state)
{
    (void)state;
    static const char *const paths[] = {"/v1.0/groups", "/v1.0/users", "/v1.0/subscribedSkus",
                                        "/v1.0/identityGovernance/entitlementManagement/catalogs",
                                        "/v1.0/servicePrincipals"};
    g_autoptr(json) list = strings();
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    for (int i = 0; i < json_length(list); i++)
        arm(tenant, paths[(gsize)i % G_N_ELEMENTS(paths)], 400,
            json_from("{'error':{'code':%s,'message':%s}}", json_string(json_at(list, i)),
                      json_string(json_at(list, i))),
            1);
    for (int i = 0; i < 12; i++) {
        g_autofree char *log = g_build_filename(practice_folder(tenant), "state", "log.txt", NULL);
        g_autoptr(Run) run = perch(tenant, "check", "--log-file", log, NULL);
        expect_clean("check", run->output, strlen(run->output));
        expect_clean("check", run->errors, strlen(run->errors));
    }
    g_autofree char *folder = g_build_filename(practice_folder(tenant), "state", NULL);
    expect_clean_files(folder);
    practice_end(tenant);
}

/* Bytes that are no UTF-8, halves of surrogate pairs and NUL: the answer is refused or made harmless. */
static void test_what_json_does_not_allow(void **state)
{
    (void)state;
    static const char *const texts[] = {"{\\\"value\\\":[{\\\"displayName\\\":\\\"\\\\ud800\\\"}]}",
                                        "{\\\"value\\\":[{\\\"displayName\\\":\\\"a\\\\u0000b\\\"}]}",
                                        "{\\\"value\\\":[{\\\"displayName\\\":\\\"\\\\udc00\\\\ud800\\\"}]}",
                                        "{\\\"value\\\":[{\\\"displayName\\\":\\\"\\u001b[4242m\\\"}]}"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct practice_tenant *tenant = practice_begin("fresh", NULL);
        g_autofree char *fault =
            g_strdup_printf("{\"path\":\"/v1.0/groups\",\"status\":200,\"times\":9,\"text\":\"%s\","
                            "\"contentType\":\"application/json\"}",
                            texts[i]);
        g_autofree char *armed = practice_post(tenant, "/practice/fault", "application/json", fault);
        assert_non_null(armed);
        g_autoptr(Run) run = perch(tenant, "check", NULL);
        assert_status(run, 1);
        expect_clean("check", run->output, strlen(run->output));
        expect_clean("check", run->errors, strlen(run->errors));
        practice_end(tenant);
    }
}

/* The part of TEXT that a terminal would act on: from its first control to the end of what follows. */
static char *core(const char *text)
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
        if (is_forbidden(g_utf8_get_char(at)) || *at == '\n')
            return g_strndup(at, (gsize)(strchr(at, ' ') != NULL ? strchr(at, ' ') - at : (gssize)strlen(at)));
    return NULL;
}

/* Sequences that perch does not mean: strings for the terminal other than a title, its background, a link and a
 * notification, and C1 in UTF-8. What a name brings along ends none of these early: that it holds no control is seen by
 * the screen's other tests. */
static void expect_no_foreign_sequences(const GString *output)
{
    static const char *const meant[] = {"0;", "2;", "11;?", "8;;http", "8;;\033\\", "9;", "777;notify;perch;"};
    for (gsize i = 0; i + 2 < output->len; i++) {
        const char *at = output->str + i;
        gboolean starts_string = at[0] == '\033' && strchr("P_^X", at[1]) != NULL && at[1] != '\0';
        gboolean starts_command = at[0] == '\033' && at[1] == ']';
        for (gsize k = 0; starts_command && k < G_N_ELEMENTS(meant); k++)
            if (g_str_has_prefix(at + 2, meant[k]))
                starts_command = FALSE;
        gboolean is_c1 = at[0] == '\xC2' && (guchar)at[1] >= 0x80 && (guchar)at[1] <= 0x9F;
        if (starts_string || starts_command || is_c1)
            fail_msg("byte %u: %02x %02x “%.20s”", (guint)i, (guchar)at[0], (guchar)at[1], at + 2);
    }
}

/* Those of the part PART: a check of the tenant for each takes its time. One of three, unless all are wanted. */
static json *some_strings(const json *list, int part)
{
    json *some = json_new_array();
    int step = g_getenv(TEST_ALL) != NULL ? 1 : 3;
    for (int i = part * step; i < json_length(list); i += PARTS * step)
        json_append_string(some, json_string(json_at(list, i)));
    assert_true(json_length(some) >= LEAST_SEEN / step / PARTS);
    return some;
}

/* The company's name, which stands in the title, is another one of LIST with each check. */
static void check_for_each(struct terminal *terminal, const json *list)
{
    terminal_wait(terminal, "Welcome");
    terminal_send(terminal, "d");
    json_for_each (item, list) {
        g_autofree char *mark = g_strndup(json_string(item), strlen("h000"));
        terminal_wait(terminal, mark);
        terminal_wait_idle(terminal);
        terminal_send(terminal, "c");
    }
}

static void test_what_the_console_draws(void **state)
{
    g_autoptr(json) all = strings();
    g_autoptr(json) list = some_strings(all, GPOINTER_TO_INT(*state));
    struct practice_tenant *tenant = hostile_tenant(all);
    json_for_each (item, list) {
        name_company(tenant, json_string(item), 1);
    }
    const char *words[] = {"--no-mouse", NULL};
    g_auto(GStrv) line = perch_command_line(tenant, words);
    g_autoptr(Terminal) terminal = terminal_start((const char *const *)line, NULL, 120, 40);
    check_for_each(terminal, list);
    const GString *output = terminal_output(terminal);
    json_for_each (item, all) {
        g_autofree char *raw = core(json_string(item));
        if (raw != NULL && memmem(output->str, output->len, raw, strlen(raw)) != NULL)
            fail_msg("%.4s reached the terminal as it is", json_string(item));
    }
    expect_no_foreign_sequences(output);
    practice_end(tenant);
}

#define DRAWN(part)                                                                                                    \
    {                                                                                                                  \
        .name = "test_what_the_console_draws " #part, .test_func = test_what_the_console_draws,                        \
        .initial_state = GINT_TO_POINTER(part)                                                                         \
    }

int main(int argc, char **argv)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_printed_and_kept),
        cmocka_unit_test(test_what_apply_writes_down),
        cmocka_unit_test(test_error_messages),
        cmocka_unit_test(test_what_json_does_not_allow),
        DRAWN(0),
        DRAWN(1),
        DRAWN(2),
        DRAWN(3),
    };
    return run_tests_side_by_side("hostile names", tests, G_N_ELEMENTS(tests), argc, argv);
}
