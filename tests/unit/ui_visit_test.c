/* SPDX-License-Identifier: MIT */
/*
 * A visitor who presses anything: keys, mouse, pastes, replies of terminals (whole and cut), sizes. Nothing of it may
 * break the console, leave the cursor off the screen, or send a write that nobody confirmed. Seeded by PERCH_TEST_SEED;
 * PERCH_TEST_RUNS says how many things are done. Prints how often each view was visited.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/fake_desk.h"
#include "ui/ask.h"
#include "ui/board_view.h"
#include "ui/dispatch.h"
#include "ui/events.h"
#include "ui/form/form.h"
#include "ui/keyboard.h"
#include "ui/look_again.h"
#include "ui/views/overlay.h"

#define FEW 3000
#define PER_DESK 500
#define BORED 20 /* things done in one view before the visitor leaves it: a filter takes nearly all that is typed */

static const char *const names[] = {
    "Enter",  "Enter",  "Enter", "Tab", "Shift-Tab", "Esc",    "Esc",    "Up",     "Down",      "Down",
    "Left",   "Right",  "Home",  "End", "PgUp",      "PgDn",   "Del",    "Ins",    "Backspace", "Space",
    "F1",     "F2",     "F3",    "F4",  "Ctrl-A",    "Ctrl-E", "Ctrl-U", "Ctrl-K", "Ctrl-W",    "Ctrl-F",
    "Ctrl-L", "Ctrl-B", "?",     ":",   "/",         "ü",      "字",
};

/* What a terminal may send that is no key; some of it never ends. */
static const char *const replies[] = {
    "\033]11;rgb:0000/0000/0000\033\\",
    "\033]52;c;cQ==\a",
    "\033P1$r0m\033\\",
    "\033_a q\033\\",
    "\033^y\033\\",
    "\033Xaa\033\\",
    "\033[?2004;1$y",
    "\033[?1;2c",
    "\033[0n",
    "\033[12;40R",
    "\033[<0;",
    "\033]0;cut",
    "\033[",
    "\033O",
    "\xff\xfe",
    "\033[M !!",
    "\033[999999999999;1~",
    "\033[?u",
};

static const char *const pastes[] = {
    "telemetry",
    "",
    "y\rq\ra\r",
    "contoso.onmicrosoft.com\r",
    "two\nlines of text",
    "\xE2\x80\xAEmoc",
    "a\tb",
    "Resource ID: "
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-mdr/providers/Microsoft.EventHub/"
    "namespaces/mdr-eh-ns01\nEvent Hub name: telemetry\n",
};

struct visitor {
    GRand *dice;
    struct desk *desk;
    struct keyboard *keyboard;
    int pipe[2];
    GHashTable *visits;
    char *view; /* where it is */
    int stayed; /* for how many things */
};

static void on_key(gpointer data, const struct key_event *key)
{
    struct visitor *visitor = data;
    if (key->kind != KEY_NONE)
        dispatch_key(visitor->desk->console, key);
}

static void feed(struct visitor *visitor, const char *bytes)
{
    gsize length = strlen(bytes);
    if (length == 0)
        return;
    assert_int_equal(write(visitor->pipe[1], bytes, length), (ssize_t)length);
    assert_true(keyboard_read(visitor->keyboard));
}

#define ANY(visitor, list) list[g_rand_int_range((visitor)->dice, 0, G_N_ELEMENTS(list))]

static void do_something(struct visitor *visitor, int *columns, int *rows)
{
    int what = g_rand_int_range(visitor->dice, 0, 100);
    struct console *console = visitor->desk->console;
    if (what < 45) {
        struct key_event key = key_named(ANY(visitor, names));
        dispatch_key(console, &key);
    } else if (what < 75) {
        struct key_event key = {.kind = KEY_CHARACTER, .character = (gunichar)g_rand_int_range(visitor->dice, 33, 127)};
        dispatch_key(console, &key);
    } else if (what < 84) {
        g_autofree char *mouse = g_strdup_printf("\033[<%d;%d;%dM", ANY(visitor, ((const int[]){0, 0, 64, 65, 2})),
                                                 g_rand_int_range(visitor->dice, 1, *columns + 2),
                                                 g_rand_int_range(visitor->dice, 1, *rows + 2));
        feed(visitor, mouse);
    } else if (what < 89) {
        g_autofree char *paste = g_strdup_printf("\033[200~%s\033[201~", ANY(visitor, pastes));
        feed(visitor, paste);
    } else if (what < 93) {
        feed(visitor, ANY(visitor, replies));
    } else if (what < 95) {
        *columns = g_rand_int_range(visitor->dice, 1, 150);
        *rows = g_rand_int_range(visitor->dice, 1, 50);
    } else {
        events_take(console);
        keyboard_tick(visitor->keyboard);
        form_tick(console);
        look_again_tick(console);
    }
}

static void note_visit(struct visitor *visitor)
{
    static const char *const panes[PANE_COUNT] = {"checklist", "step", "log"};
    const struct console *console = visitor->desk->console;
    const struct overlay *top = console_top(console);
    const char *view = console->ask != NULL            ? "a question"
                       : top != NULL                   ? top->title
                       : console->greeting             ? "greeting"
                       : form_editing(console) != NULL ? "a field"
                       : console->carried_out != NULL  ? "a plan carried out"
                       : console->collecting           ? "all values"
                                                       : panes[console->pane];
    char *name = g_strndup(view, 24);
    int count = GPOINTER_TO_INT(g_hash_table_lookup(visitor->visits, name));
    g_hash_table_replace(visitor->visits, g_strdup(name), GINT_TO_POINTER(count + 1));
    visitor->stayed = g_strcmp0(visitor->view, name) == 0 ? visitor->stayed + 1 : 0;
    g_free(visitor->view);
    visitor->view = name;
}

static void settle(struct visitor *visitor)
{
    struct desk *desk = visitor->desk;
    const GPtrArray *calls = fake_session_calls(desk->session);
    for (guint i = 0; i < calls->len; i++) {
        const char *call = g_ptr_array_index(calls, i);
        if (g_str_has_prefix(call, "apply ") || g_str_has_prefix(call, "undo "))
            assert_true(g_str_has_suffix(call, "contoso.onmicrosoft.com") ||
                        fake_session_board(desk->session)->confirmed);
    }
    keyboard_free(visitor->keyboard);
    close(visitor->pipe[0]);
    close(visitor->pipe[1]);
    desk_free(desk);
}

static void arrive(struct visitor *visitor)
{
    static const char *const scenes[] = {"fresh", "middle", "middle", "hostile"};
    assert_int_equal(pipe(visitor->pipe), 0);
    visitor->desk = desk_new(ANY(visitor, scenes));
    visitor->desk->console->greeting = g_rand_boolean(visitor->dice);
    visitor->keyboard = keyboard_new(visitor->pipe[0], on_key, visitor);
    feed(visitor, "\033[?2004;1$y");
}

static void nothing_that_is_pressed_breaks_the_console(void **state)
{
    (void)state;
    const char *runs = g_getenv("PERCH_TEST_RUNS"), *seed = g_getenv("PERCH_TEST_SEED");
    int count = runs != NULL ? atoi(runs) : FEW;
    g_autofree char *folder = scratch_new();
    assert_int_equal(chdir(folder), 0);
    struct visitor visitor = {
        .dice = g_rand_new_with_seed(seed != NULL ? (guint32)strtoul(seed, NULL, 10) : 20261127),
        .visits = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
    int columns = 80, rows = 24;
    for (int i = 0; i < count; i++) {
        if (i % PER_DESK == 0)
            arrive(&visitor);
        const struct key_event escape = {.kind = KEY_ESCAPE};
        if (visitor.stayed % BORED == BORED - 1)
            dispatch_key(visitor.desk->console, &escape);
        else
            do_something(&visitor, &columns, &rows);
        visitor.desk->console->leaving = FALSE;
        board_view_draw(visitor.desk->console, columns, rows);
        const struct grid *grid = visitor.desk->console->grid;
        assert_true(!grid->cursor_shown || (grid->cursor_column < grid->columns && grid->cursor_row < grid->rows));
        note_visit(&visitor);
        if (i % PER_DESK == PER_DESK - 1 || i == count - 1)
            settle(&visitor);
    }
    GHashTableIter iterator;
    gpointer name, visits;
    g_hash_table_iter_init(&iterator, visitor.visits);
    while (g_hash_table_iter_next(&iterator, &name, &visits))
        print_message("%6d visits: %s\n", GPOINTER_TO_INT(visits), (const char *)name);
    assert_true(g_hash_table_size(visitor.visits) > 8);
    g_hash_table_unref(visitor.visits);
    g_free(visitor.view);
    g_rand_free(visitor.dice);
    assert_int_equal(chdir("/"), 0);
    scratch_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_that_is_pressed_breaks_the_console)};
    return cmocka_run_group_tests(tests, desk_set_locale, NULL);
}
