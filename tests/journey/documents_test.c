#include "support/practice.h"

#include <gio/gio.h>
#include <string.h>

/* What explains the program has to name what the program has. */
static const char *const documents[] = {
    "README.md",
    "assets/perch.1",
    "assets/completions/perch.bash",
    "assets/completions/_perch",
    "assets/completions/perch.fish",
};

static char *read_document(const char *name)
{
    g_autofree char *file = g_build_filename(PERCH_SOURCE_DIR, name, NULL);
    g_autofree char *text = read_text(file);
    g_auto(GStrv) parts = g_strsplit(text, "\\-", -1);
    return g_strjoinv("-", parts);
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

/* The README names, in code marks, each word that PATTERN's first group finds in FILE. */
static void assert_readme_names(const char *file, const char *pattern_text, guint at_least)
{
    g_autofree char *source = read_document(file);
    g_autofree char *readme = read_document("README.md");
    g_autoptr(GRegex) pattern = g_regex_new(pattern_text, G_REGEX_MULTILINE, G_REGEX_MATCH_DEFAULT, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    guint count = 0;
    for (g_regex_match(pattern, source, G_REGEX_MATCH_DEFAULT, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL), count++) {
        g_autofree char *word = g_match_info_fetch(match, 1);
        g_autofree char *marked = g_strdup_printf("`%s`", word);
        if (strstr(readme, marked) == NULL)
            fail_msg("README.md does not name %s of %s", marked, file);
    }
    assert_true(count >= at_least);
}

static void test_the_readme_names_every_answer_and_every_member_of_a_profile(void **state)
{
    (void)state;
    assert_readme_names("src/onboarding/answers.c", "^    \\{\"([A-Za-z.]+)\", ANSWER_", 20);
    assert_readme_names("src/onboarding/profile_check.c", "^    \\{\"([A-Za-z]+)\", MEMBER_", 30);
}

static void test_the_readme_names_every_kind_of_object(void **state)
{
    (void)state;
    g_autofree char *folder = g_build_filename(PERCH_SOURCE_DIR, "src/onboarding/objects", NULL);
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    guint count = 0;
    for (const char *name = g_dir_read_name(files); name != NULL; name = g_dir_read_name(files), count++) {
        g_autofree char *file = g_build_filename("src/onboarding/objects", name, NULL);
        assert_readme_names(file, "^    \\.name = \"([a-z-]+)\"", 1);
    }
    assert_true(count > 10);
}

static void test_the_readme_names_every_scenario(void **state)
{
    (void)state;
    g_autofree char *folder = g_build_filename(PERCH_SOURCE_DIR, "assets/practice/scenarios", NULL);
    g_autofree char *readme = read_document("README.md");
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    guint count = 0;
    for (const char *name = g_dir_read_name(files); name != NULL; name = g_dir_read_name(files), count++) {
        g_autofree char *marked = g_strdup_printf("| `%.*s` |", (int)(strlen(name) - strlen(".json")), name);
        if (!g_str_has_prefix(name, "part-") && strstr(readme, marked) == NULL)
            fail_msg("README.md does not list the scenario %s", marked);
    }
    assert_true(count > 10);
}

static void test_every_command_of_the_help_is_in_the_manual_and_runs(void **state)
{
    (void)state;
    static const char *const commands[] = {"check",     "plan",    "apply",    "undo",   "report",
                                           "hand-over", "sign-in", "sign-out", "whoami", "validate"};
    g_autoptr(Run) run = help();
    g_autofree char *manual = read_document("assets/perch.1");
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        assert_non_null(strstr(run->output, commands[i]));
        assert_non_null(strstr(manual, commands[i]));
        const char *const arguments[] = {PERCH_BINARY, commands[i], "nothing-of-this-kind", NULL};
        g_autoptr(Run) refused = run_program(arguments, NULL, "");
        assert_status(refused, 2);
        assert_null(strstr(refused->errors, "There is no command"));
    }
}

static void test_every_format_is_completed(void **state)
{
    (void)state;
    static const char *const formats[] = {"text", "json", "markdown", "html"};
    for (gsize i = 1; i < G_N_ELEMENTS(documents); i++) {
        g_autofree char *text = read_document(documents[i]);
        for (gsize k = 0; k < G_N_ELEMENTS(formats); k++)
            assert_non_null(strstr(text, formats[k]));
    }
}

static void test_the_version_is_the_manuals(void **state)
{
    (void)state;
    const char *const arguments[] = {PERCH_BINARY, "--version", NULL};
    g_autoptr(Run) run = run_program(arguments, NULL, NULL);
    g_autofree char *manual = read_document("assets/perch.1");
    g_autofree char *version = g_strstrip(g_strdup(run->output));
    assert_non_null(strstr(manual, version));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_option_is_in_every_document),
        cmocka_unit_test(test_the_readme_names_every_answer_and_every_member_of_a_profile),
        cmocka_unit_test(test_the_readme_names_every_kind_of_object),
        cmocka_unit_test(test_the_readme_names_every_scenario),
        cmocka_unit_test(test_every_command_of_the_help_is_in_the_manual_and_runs),
        cmocka_unit_test(test_every_format_is_completed),
        cmocka_unit_test(test_the_version_is_the_manuals),
        cmocka_unit_test(test_practice_takes_no_command_for_a_scenario),
        cmocka_unit_test(test_what_is_installed_runs_by_itself),
    };
    json_init();
    return cmocka_run_group_tests_name("documents", tests, NULL, NULL);
}
