/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"
#include "commands/man_text.h"
#include "input/validate.h"
#include "support/practice.h"

#include <gio/gio.h>
#include <string.h>

/* What explains the program has to name what the program has. */
static const char *const documents[] = {
    "assets/man/perch.1",
    "assets/completions/perch.bash",
    "assets/completions/_perch",
    "assets/completions/perch.fish",
};

/* A document's text; a manual page's as “perch help” shows it. */
static char *read_document(const char *name)
{
    g_autofree char *file = g_build_filename(PERCH_SOURCE_DIR, name, NULL);
    g_autofree char *text = read_text(file);
    return strstr(name, "assets/man/") == name ? man_text(text) : g_steal_pointer(&text);
}

static struct run *help(void)
{
    const char *const arguments[] = {PERCH_BINARY, "--help", NULL};
    struct run *run = run_program(arguments, NULL, NULL);
    assert_status(run, 0);
    return run;
}

/* In fish an option is written without its dashes. */
static gboolean names_option(const char *document, const char *text, const char *option)
{
    const char *wanted = g_str_has_suffix(document, ".fish") ? option + strlen("--") : option;
    g_autofree char *pattern = g_strdup_printf("(?<![a-z-])%s(?![a-z0-9-])", wanted);
    return g_regex_match_simple(pattern, text, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT);
}

static void assert_all_named(const GPtrArray *words)
{
    assert_true(words->len > 5);
    for (gsize i = 0; i < G_N_ELEMENTS(documents); i++) {
        g_autofree char *text = read_document(documents[i]);
        for (guint k = 0; k < words->len; k++)
            if (!names_option(documents[i], text, g_ptr_array_index(words, k)))
                fail_msg("%s does not name %s", documents[i], (const char *)g_ptr_array_index(words, k));
    }
}

static void test_every_option_is_in_every_document(void **state)
{
    (void)state;
    g_autoptr(Run) run = help();
    g_autoptr(GPtrArray) options = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GRegex) pattern =
        g_regex_new("^  (?:-., )?(--[a-z0-9-]+)", G_REGEX_MULTILINE, G_REGEX_MATCH_DEFAULT, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(pattern, run->output, G_REGEX_MATCH_DEFAULT, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL))
        g_ptr_array_add(options, g_match_info_fetch(match, 1));
    assert_all_named(options);
}

#define ANSWERS_PAGE "assets/man/perch-answers.5"
#define PARTNER_PAGE "assets/man/perch-partner.5"
#define PRACTICE_PAGE "assets/man/perch-practice.1"

/* PAGE names, in quotes, each word that PATTERN's first group finds in FILE. */
static void assert_page_names(const char *page, const char *file, const char *pattern_text, guint at_least)
{
    g_autofree char *source = read_document(file);
    g_autofree char *text = read_document(page);
    g_autoptr(GRegex) pattern = g_regex_new(pattern_text, G_REGEX_MULTILINE, G_REGEX_MATCH_DEFAULT, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    guint count = 0;
    for (g_regex_match(pattern, source, G_REGEX_MATCH_DEFAULT, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL), count++) {
        g_autofree char *word = g_match_info_fetch(match, 1);
        g_autofree char *marked = g_strdup_printf("‘%s’", word);
        if (strstr(text, marked) == NULL)
            fail_msg("%s does not name %s of %s", page, marked, file);
    }
    assert_true(count >= at_least);
}

static void test_every_answer_and_every_member_of_a_profile_is_named(void **state)
{
    (void)state;
    assert_page_names(ANSWERS_PAGE, "src/onboarding/answers.c", "^    \\{\"([A-Za-z.]+)\", (?:FIELD_|NO_FIELD)", 12);
    assert_page_names(ANSWERS_PAGE, "assets/partners/red-canary.json", "\"path\": \"([A-Za-z.]+)\"", 20);
    assert_page_names(PARTNER_PAGE, "src/onboarding/profile.c", "^    \\{ROW\\([a-z_]+, [a-z_]+, \"([A-Za-z]+)\"", 30);
}

static void test_every_kind_of_object_is_named(void **state)
{
    (void)state;
    g_autofree char *folder = g_build_filename(PERCH_SOURCE_DIR, "src/onboarding/objects", NULL);
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    guint count = 0;
    for (const char *name = g_dir_read_name(files); name != NULL; name = g_dir_read_name(files), count++) {
        g_autofree char *file = g_build_filename("src/onboarding/objects", name, NULL);
        assert_page_names(PARTNER_PAGE, file, "^    \\.name = \"([a-z-]+)\"", 1);
    }
    assert_true(count > 10);
}

static void test_every_scenario_is_named(void **state)
{
    (void)state;
    g_autofree char *folder = g_build_filename(PERCH_SOURCE_DIR, "assets/practice/scenarios", NULL);
    g_autofree char *page = read_document(PRACTICE_PAGE);
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    guint count = 0;
    for (const char *name = g_dir_read_name(files); name != NULL; name = g_dir_read_name(files), count++) {
        g_autofree char *marked = g_strdup_printf("\n     %.*s\n", (int)(strlen(name) - strlen(".json")), name);
        if (!g_str_has_prefix(name, "part-") && strstr(page, marked) == NULL)
            fail_msg("%s does not list the scenario %s", PRACTICE_PAGE, name);
    }
    assert_true(count > 10);
}

/* Manual and completions name each of WORDS. */
static void assert_documented(const char *const *words)
{
    for (gsize i = 0; i < G_N_ELEMENTS(documents); i++) {
        g_autofree char *text = read_document(documents[i]);
        for (const char *const *word = words; *word != NULL; word++) {
            g_autofree char *pattern = g_strdup_printf("(?<![a-z-])%s(?![a-z0-9-])", *word);
            if (!g_regex_match_simple(pattern, text, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT))
                fail_msg("%s does not name %s", documents[i], *word);
        }
    }
}

static void test_every_command_is_documented_and_tells_of_itself(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(Run) run = help();
    for (const struct command_row *row = command_rows; row->name != NULL; row++) {
        g_autofree char *usage = g_strdup_printf("Usage:\n  perch %s", row->name);
        const char *const arguments[] = {PERCH_BINARY, row->name, "--help", NULL};
        if (row->name[0] == '\0')
            continue;
        g_ptr_array_add(names, (gpointer)row->name);
        assert_non_null(strstr(run->output, row->summary));
        g_autoptr(Run) told = run_program(arguments, NULL, "");
        assert_status(told, 0);
        assert_true(g_str_has_prefix(told->output, usage));
        assert_non_null(strstr(told->output, "Examples:\n  perch "));
    }
    g_ptr_array_add(names, NULL);
    assert_documented((const char *const *)names->pdata);
}

static void test_every_validator_is_documented(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const struct input_field *field;
    for (gsize i = 0; (field = input_field_at(i)) != NULL; i++)
        if (!field->secret)
            g_ptr_array_add(names, (gpointer)field->name);
    g_ptr_array_add(names, (gpointer) "paste");
    assert_int_equal(names->len, 15);
    g_ptr_array_add(names, NULL);
    assert_documented((const char *const *)names->pdata);
}

static void test_every_format_is_completed(void **state)
{
    (void)state;
    static const char *const formats[] = {"text", "json", "oscal", "markdown", "html", "csv"};
    for (gsize i = 0; i < G_N_ELEMENTS(documents); i++) {
        g_autofree char *text = read_document(documents[i]);
        for (gsize k = 0; k < G_N_ELEMENTS(formats); k++)
            assert_non_null(strstr(text, formats[k]));
    }
}

static void test_the_changelog_begins_with_this_version(void **state)
{
    (void)state;
    const char *const arguments[] = {PERCH_BINARY, "--version", NULL};
    g_autoptr(Run) run = run_program(arguments, NULL, NULL);
    g_autofree char *changes = read_document("assets/CHANGELOG.md");
    g_auto(GStrv) words = g_strsplit_set(run->output, " \n", 3);
    g_autofree char *heading = g_strdup_printf("## %s", words[1]);
    const char *first = strstr(changes, "\n## ");
    assert_string_equal(words[0], "perch");
    assert_non_null(first);
    assert_true(g_str_has_prefix(first + 1, heading));
}

static void test_the_readme_is_short(void **state)
{
    (void)state;
    g_autofree char *readme = read_document("README.md");
    g_auto(GStrv) lines = g_strsplit(readme, "\n", -1);
    assert_true(g_strv_length(lines) <= 131);
}

/* What a README names in code marks with a slash and an ending is there, seen from the top or from its own folder. */
static void test_what_a_readme_names_is_there(void **state)
{
    (void)state;
    static const char *const folders[] = {"", "src", "tests", "src/practice"};
    guint count = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *name = g_build_filename(folders[i], "README.md", NULL);
        g_autofree char *text = read_document(name);
        g_autoptr(GRegex) pattern = g_regex_new("[`(]([a-zA-Z_/.-]*/[a-z_-]+\\.[a-z]+)[`)]", 0, 0, NULL);
        g_autoptr(GMatchInfo) match = NULL;
        for (g_regex_match(pattern, text, 0, &match); g_match_info_matches(match);
             g_match_info_next(match, NULL), count++) {
            g_autofree char *path = g_match_info_fetch(match, 1);
            const char *const places[] = {"", folders[i], "src", "tests"};
            gboolean there = strstr(path, "../") == path;
            for (gsize k = 0; k < G_N_ELEMENTS(places); k++) {
                g_autofree char *file = g_build_filename(PERCH_SOURCE_DIR, places[k], path, NULL);
                there = there || g_file_test(file, G_FILE_TEST_EXISTS);
            }
            if (!there)
                fail_msg("%s names %s, which is not there", name, path);
        }
    }
    assert_true(count > 20);
}

/* Every page is a topic of its own, is listed, and is shown as text. */
static void test_every_page_is_a_topic_of_help(void **state)
{
    (void)state;
    g_autofree char *folder = g_build_filename(PERCH_SOURCE_DIR, "assets/man", NULL);
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    g_autoptr(Run) all = help();
    guint count = 0;
    for (const char *name = g_dir_read_name(files); name != NULL; name = g_dir_read_name(files), count++) {
        g_autofree char *stem = g_strndup(name, strlen(name) - strlen(".1"));
        const char *topic = g_str_has_prefix(stem, "perch-") ? stem + strlen("perch-") : stem;
        const char *const arguments[] = {PERCH_BINARY, "help", topic, NULL};
        g_autofree char *file = g_build_filename("assets/man", name, NULL);
        g_autofree char *page = read_document(file);
        g_autoptr(Run) shown = run_program(arguments, NULL, NULL);
        assert_status(shown, 0);
        assert_string_equal(shown->output, page);
        assert_true(g_str_has_prefix(page, "NAME\n     perch"));
        assert_false(g_regex_match_simple("^\\.[A-Z][a-z] ", page, G_REGEX_MULTILINE, 0));
        if (!names_option("", all->output, topic))
            fail_msg("perch --help does not list the topic %s", topic);
    }
    assert_true(count >= 7);
}

/* What bash offers behind WORDS, the last of which is under way. */
static char *completed(const char *words)
{
    g_autofree char *file = g_build_filename(PERCH_SOURCE_DIR, "assets/completions/perch.bash", NULL);
    g_autofree char *script = g_strdup_printf(
        "source %s; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _perch; echo \" ${COMPREPLY[*]} \"", file,
        words);
    g_autoptr(Run) run = run_program((const char *const[]){"/bin/bash", "-c", script, NULL}, NULL, NULL);
    assert_status(run, 0);
    return g_strdup(run->output);
}

static void test_bash_completes_what_a_command_takes(void **state)
{
    (void)state;
    g_autofree char *commands = completed("perch re");
    g_autofree char *options = completed("perch apply --");
    g_autofree char *cloud = completed("perch check --cloud g");
    g_autofree char *field = completed("perch validate event");
    assert_string_equal(commands, " report \n");
    assert_non_null(strstr(options, " --wait "));
    assert_null(strstr(options, " --format "));
    assert_string_equal(cloud, " global gcc gcc-high \n");
    assert_string_equal(field, " event-hub-id event-hub-name \n");
}

/* Between the headings FROM and TO of the page on JSON, the names that stand there as names, or as members of an
 * example. Caller frees. */
static GHashTable *promised_members(const char *from, const char *to)
{
    g_autofree char *file = g_build_filename(PERCH_SOURCE_DIR, "assets/man/perch-json.5", NULL);
    g_autofree char *page = read_text(file);
    const char *begin = strstr(page, from);
    const char *end = begin != NULL ? strstr(begin, to) : NULL;
    assert_non_null(end);
    g_autofree char *section = g_strndup(begin, (gsize)(end - begin));
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GRegex) pattern =
        g_regex_new("^[.]Ql (?:[(] )?([A-Za-z0-9]+)\\b|\"([A-Za-z0-9]+)\":", G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (gboolean is = g_regex_match(pattern, section, 0, &match); is; is = g_match_info_next(match, NULL)) {
        g_autofree char *first = g_match_info_fetch(match, 1);
        char *second = g_match_info_fetch(match, 2);
        g_hash_table_add(names, first[0] != '\0' ? g_strdup(first) : g_strdup(second));
        g_free(second);
    }
    return names;
}

static void assert_promised(GHashTable *names, const json *value)
{
    json_for_each (member, value) {
        if (json_name(member) != NULL && !g_hash_table_contains(names, json_name(member)))
            fail_msg("perch-json(5) does not name the member “%s”", json_name(member));
        assert_promised(names, member);
    }
}

/* What page and program promise one another: each member that is printed stands on the page, and each of a line that
 * stands on the page is printed. */
static void test_members_of_json_are_those_of_the_page(void **state)
{
    (void)state;
    /* Of the last ones: only after a leaving, or an undo. */
    static const char *const not_members[] = {"json",    "last", "journalEnd", "fleet",     "error", "code",
                                              "message", "hint", "wasLeft",    "wasUndone", NULL};
    struct practice_tenant *tenant = practice_begin("drifted", NULL);
    g_autoptr(GHashTable) of_check = promised_members(".Sh DESCRIPTION", ".Sh ONE LINE");
    g_autoptr(GHashTable) of_line = promised_members(".Sh ONE LINE", ".Sh A SAVED");
    g_autoptr(Run) check = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) document = run_document(check);
    assert_promised(of_check, document);
    g_autoptr(Run) run = perch(tenant, "check", "--json-line", NULL);
    g_autoptr(json) line = json_parse(run->output, -1, NULL);
    json_for_each (member, line) {
        if (strcmp(json_name(member), "tenant") == 0 || strcmp(json_name(member), "summary") == 0)
            assert_true(g_hash_table_contains(of_line, json_name(member)));
        else if (!g_hash_table_contains(of_line, json_name(member)))
            fail_msg("the page does not name “%s” of a line", json_name(member));
        if (strcmp(json_name(member), "steps") == 0)
            assert_promised(of_line, member);
    }
    GHashTableIter iterator;
    gpointer name;
    const json *step = json_at(json_get(line, "steps"), 0);
    g_hash_table_iter_init(&iterator, of_line);
    while (g_hash_table_iter_next(&iterator, &name, NULL))
        if (!g_strv_contains(not_members, name) && json_get(line, name) == NULL && json_get(step, name) == NULL)
            fail_msg("the page names “%s”, and no line has it", (const char *)name);
    practice_end(tenant);
}

static void test_practice_takes_no_command_for_a_scenario(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    const char *const check[] = {PERCH_BINARY, "--practice", "check", "--json", "--state-dir", folder, NULL};
    g_autoptr(Run) run = run_program(check, NULL, NULL);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "sign-in", "done");
    const char *const wrong[] = {PERCH_BINARY, "--practice=nothing-of-this-kind", "check", "--state-dir", folder, NULL};
    g_autoptr(Run) refused = run_program(wrong, NULL, NULL);
    assert_status(refused, 2);
    assert_non_null(strstr(refused->errors, "perch --practice=help"));
    const char *const blank[] = {PERCH_BINARY, "--practice", "half-done", NULL};
    g_autoptr(Run) hinted = run_program(blank, NULL, NULL);
    assert_status(hinted, 2);
    assert_non_null(strstr(hinted->errors, "--practice=half-done"));
    const char *const list[] = {PERCH_PRACTICE_BINARY, "--scenario", "help", NULL};
    g_autoptr(Run) listed = run_program(list, NULL, NULL);
    assert_non_null(strstr(listed->output, "half-done"));
    scratch_remove(folder);
}

static void test_what_is_installed_runs_by_itself(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *program = g_build_filename(folder, "bin", "perch", NULL);
    g_autofree char *kept = g_build_filename(folder, "state", NULL);
    g_autofree char *cmake = g_find_program_in_path("cmake");
    if (cmake == NULL)
        skip_program("cmake is not in PATH");
    const char *const install[] = {cmake, "--install", PERCH_BINARY_DIR, "--prefix", folder, NULL};
    g_autoptr(Run) installed = run_program(install, NULL, NULL);
    assert_status(installed, 0);
    const char *const check[] = {program, "check", "--practice", "--json", "--state-dir", kept, NULL};
    g_autoptr(Run) run = run_program(check, NULL, NULL);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "sign-in", "done");
    scratch_remove(folder);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_option_is_in_every_document),
        cmocka_unit_test(test_every_answer_and_every_member_of_a_profile_is_named),
        cmocka_unit_test(test_every_kind_of_object_is_named),
        cmocka_unit_test(test_every_scenario_is_named),
        cmocka_unit_test(test_every_command_is_documented_and_tells_of_itself),
        cmocka_unit_test(test_every_validator_is_documented),
        cmocka_unit_test(test_every_format_is_completed),
        cmocka_unit_test(test_the_changelog_begins_with_this_version),
        cmocka_unit_test(test_the_readme_is_short),
        cmocka_unit_test(test_what_a_readme_names_is_there),
        cmocka_unit_test(test_every_page_is_a_topic_of_help),
        cmocka_unit_test(test_bash_completes_what_a_command_takes),
        cmocka_unit_test(test_members_of_json_are_those_of_the_page),
        cmocka_unit_test(test_practice_takes_no_command_for_a_scenario),
        cmocka_unit_test(test_what_is_installed_runs_by_itself),
    };
    json_init();
    return run_journeys("documents", tests, argc, argv);
}
