/* SPDX-License-Identifier: MIT */
/* What is typed as an Event Hub's name is taken, remarked on or refused in the console and in plain mode with the
 * words of its validator (says), for each name of the rows that the other ways in are tried with by
 * unit/input_ways_test.c. */
#include <string.h>

#include "base/json.h"
#include "support/side_by_side.h"
#include "support/terminal.h"

#define ENTER "\r"
#define CLEAR "\025"

static json *read_rows(void)
{
    g_autofree char *file = g_build_filename(PERCH_TEST_DATA, "input", "ways.jsonl", NULL);
    return read_json_lines(file);
}

/* As much of the start of MESSAGE as a narrow pane shows in one line: whole words. Caller frees. */
static char *first_words(const char *message)
{
    enum { SHOWN = 32 };
    char *words = g_strndup(message, SHOWN);
    char *end = strlen(message) > SHOWN ? strrchr(words, ' ') : NULL;
    if (end != NULL)
        *end = '\0';
    return words;
}

/* A name that a person could type there: no question's own answer, and nothing that is left out around a value. */
static gboolean can_be_typed(const char *name)
{
    return *name != '\0' && *name != '-' && strcmp(name, "to follow") != 0;
}

static void plain_mode_says_what_the_field_says(void **state)
{
    (void)state;
    g_autoptr(json) rows = read_rows();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    json_for_each (row, rows) {
        const char *name = json_get_string(row, "name");
        if (!can_be_typed(name) || !g_hash_table_add(seen, (gpointer)name))
            continue;
        const char *message = json_get_string(row, "says");
        const char *arguments[] = {CONSOLE_DEMO, "--plain", NULL};
        g_autoptr(Terminal) terminal = terminal_start(arguments, NULL, 160, 60);
        terminal_wait(terminal, "Event Hub? (paste, then Enter");
        terminal_type(terminal, name);
        terminal_type(terminal, ENTER);
        g_autofree char *words = message != NULL ? first_words(message) : NULL;
        if (words != NULL)
            terminal_wait(terminal, words);
        if (message == NULL)
            terminal_wait(terminal, "Sponsor?");
        else if (!json_get_bool(row, "takes", FALSE))
            assert_false(terminal_shows(terminal, "Sponsor?"));
    }
}

static void the_console_says_what_the_field_says(void **state)
{
    (void)state;
    g_autoptr(json) rows = read_rows();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    const char *arguments[] = {CONSOLE_DEMO, NULL};
    g_autoptr(Terminal) terminal = terminal_start(arguments, NULL, 160, 50);
    terminal_wait(terminal, "Checklist");
    terminal_send(terminal, "\t" ENTER);
    terminal_wait(terminal, "Enter use");
    json_for_each (row, rows) {
        const char *name = json_get_string(row, "name");
        if (*name == '\0' || !g_hash_table_add(seen, (gpointer)name))
            continue;
        const char *message = json_get_string(row, "says");
        terminal_send(terminal, CLEAR);
        terminal_type(terminal, name);
        g_autofree char *words = message != NULL ? first_words(message) : NULL;
        terminal_settle(terminal);
        if (words != NULL)
            terminal_wait(terminal, words);
        else
            assert_false(terminal_shows(terminal, "\xE2\x96\xB2")); /* the mark below what is wrong */
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_mode_says_what_the_field_says),
        cmocka_unit_test(the_console_says_what_the_field_says),
    };
    json_init();
    return run_tests_side_by_side("ways", tests, G_N_ELEMENTS(tests), argc, argv);
}
