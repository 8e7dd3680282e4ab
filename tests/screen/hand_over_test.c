/* SPDX-License-Identifier: MIT */
/*
 * What a colleague handed over, in the console and in plain mode: it is shown before anything of it is kept.
 */
#include <string.h>

#include "support/practice.h"
#include "support/side_by_side.h"
#include "support/terminal.h"

#define ENTER "\r"
#define LEFT "\033[D"
#define ESCAPE "\033"
#define DOMAIN "contoso.onmicrosoft.com"
#define ANN "admin@contoso.onmicrosoft.com"
#define ANSWERS                                                                                                        \
    "{\"account\":{\"userPrincipalName\":\"" ANN                                                                       \
    "\"},\"company\":\"Contoso\",\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"],"        \
    "\"done\":{\"invitation\":{\"by\":\"" ANN "\"}}}"

struct scene {
    struct practice_tenant *tenant;
    char *file;
    char *folder; /* the colleague's state */
};

static struct scene begin(void)
{
    struct scene scene = {.tenant = practice_begin("fresh", NULL)};
    g_autofree char *answers = practice_answers(scene.tenant, ANSWERS);
    scene.file = g_build_filename(practice_folder(scene.tenant), "handed.json", NULL);
    scene.folder = g_build_filename(practice_folder(scene.tenant), "colleague", NULL);
    practice_form(scene.tenant, "/portal/invitation", "action=accept");
    g_autoptr(Run) run = perch(scene.tenant, "hand-over", "--answers", answers, "--output", scene.file, NULL);
    assert_int_equal(run->status, 0);
    return scene;
}

static void end(struct scene *scene)
{
    practice_end(scene->tenant);
    g_free(scene->file);
    g_free(scene->folder);
}

static struct terminal *open_with(const struct scene *scene, const char *option, int columns, int rows)
{
    const char *const options[] = {"--answers", scene->file, "--state-dir", scene->folder, option, NULL};
    g_auto(GStrv) line = perch_command_line(scene->tenant, options);
    return terminal_start((const char *const *)line, NULL, columns, rows);
}

static gboolean is_kept(const struct scene *scene)
{
    g_autoptr(Run) run = perch(scene->tenant, "check", "--json", "--state-dir", scene->folder, NULL);
    g_autoptr(json) document = run_document(run);
    return strcmp(json_get_string(find_step(document, "invitation"), "state"), "told") == 0;
}

static void the_console_asks_before_it_keeps_anything(void **state)
{
    (void)state;
    struct scene scene = begin();
    for (int taken = 0; taken <= 1; taken++) {
        g_autoptr(Terminal) terminal = open_with(&scene, NULL, 80, 24);
        terminal_wait(terminal, taken ? "Sign in with a code on another device" : "Begin");
        if (!taken) {
            terminal_send(terminal, ENTER);
            terminal_wait(terminal, "Sign in with a code on another device");
        }
        terminal_send(terminal, "d");
        terminal_wait(terminal, "[ Take it over ]");
        assert_true(terminal_shows(terminal, ANN " hands over"));
        assert_true(terminal_shows(terminal, "nothing → sponsor@contoso.com"));
        assert_true(terminal_shows(terminal, "Company: nothing → Contoso"));
        assert_true(terminal_shows(terminal, "is told to be done by"));
        terminal_send(terminal, taken ? LEFT ENTER : ENTER);
        if (taken)
            terminal_wait(terminal, "Taken over.");
        else
            terminal_wait_gone(terminal, "[ Take it over ]");
        terminal_wait_idle(terminal);
        terminal_send(terminal, "\003");
        terminal_exit_status(terminal);
        assert_int_equal(is_kept(&scene), taken);
    }
    end(&scene);
}

static void plain_mode_asks_before_it_keeps_anything(void **state)
{
    (void)state;
    struct scene scene = begin();
    for (int taken = 0; taken <= 1; taken++) {
        g_autoptr(Terminal) terminal = open_with(&scene, "--plain", 120, 80);
        terminal_wait(terminal, "d signs in with a code instead");
        terminal_type(terminal, "d" ENTER);
        terminal_wait(terminal, "to take it over");
        assert_true(terminal_shows(terminal, "hands over, written"));
        assert_true(terminal_shows(terminal, "nothing to sponsor@contoso.com"));
        terminal_type(terminal, taken ? "take" ENTER : "-" ENTER);
        terminal_wait(terminal, taken ? "perch: step " : "Nothing of it was kept.");
        terminal_type(terminal, "q" ENTER);
        terminal_exit_status(terminal);
        assert_int_equal(is_kept(&scene), taken);
    }
    end(&scene);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_console_asks_before_it_keeps_anything),
        cmocka_unit_test(plain_mode_asks_before_it_keeps_anything),
    };
    json_init();
    return run_tests_side_by_side("hand over", tests, G_N_ELEMENTS(tests), argc, argv);
}
