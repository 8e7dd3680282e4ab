/* SPDX-License-Identifier: MIT */
#include "ui/console_state.h"

#include <string.h>

#include "ui/taking_over.h"
#include "ui/views/overlay.h"
#include "ui/views/secret_view.h"

#define NOTE_TIME (5 * G_TIME_SPAN_SECOND)
#define CLIPBOARD_TIME (30 * G_TIME_SPAN_SECOND)

const struct board_step *console_step(const struct console *console)
{
    const struct item *focus = &console->step_scroller.focus;
    if (console->collecting && console->pane == PANE_STEP && focus->kind == ITEM_FIELD) {
        for (guint i = 0; i < console->board->steps->len; i++) {
            const struct board_step *step = g_ptr_array_index(console->board->steps, i);
            for (guint k = 0; k < step->fields->len; k++)
                if (strcmp(((const struct board_field *)g_ptr_array_index(step->fields, k))->path, focus->name) == 0)
                    return step;
        }
        return NULL;
    }
    return console->step != NULL ? board_find_step(console->board, console->step) : NULL;
}

void console_note(struct console *console, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_free(console->note.text);
    console->note.text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    console->note.until = g_get_monotonic_time() + NOTE_TIME;
    console->dirty = TRUE;
}

gboolean console_runs(const struct console *console, enum command_kind kind)
{
    for (guint i = 0; i < console->running->len; i++)
        if (g_array_index(console->running, enum command_kind, i) == kind)
            return TRUE;
    return FALSE;
}

gboolean console_busy(const struct console *console)
{
    return console->running->len > 0;
}

gboolean console_writes(const struct console *console)
{
    return console_runs(console, COMMAND_APPLY) || console_runs(console, COMMAND_UNDO) ||
           console_runs(console, COMMAND_LEAVE);
}

void console_sent(struct console *console, enum command_kind kind)
{
    g_array_append_val(console->running, kind);
    console->greeting = FALSE;
    console->dirty = TRUE;
}

guint console_place(const struct console *console)
{
    static const guint places[PANE_COUNT] = {PLACE_CHECKLIST, PLACE_STEP, PLACE_LOG};
    const struct overlay *top = console_top(console);
    return top != NULL ? top->ops->place : places[console->pane];
}

gboolean console_may_write(struct console *console)
{
    if (console->board->handed != NULL) {
        taking_over_offer(console);
        return FALSE;
    }
    if (console->board->read_only)
        console_note(console, "Here you can only look. %s", console->board->why_read_only);
    else if (console_writes(console))
        console_note(console, "perch is writing: that can be done once it is over. Esc stops after this one.");
    else
        return TRUE;
    return FALSE;
}

void console_copy(struct console *console, const char *text, const char *what)
{
    if (text == NULL || *text == '\0')
        return;
    if (console->screen != NULL)
        screen_copy(console->screen, text);
    console->clear_clipboard = secret_view_is(console_top(console)) ? g_get_monotonic_time() + CLIPBOARD_TIME : 0;
    console_note(console, "Copied %s, if this terminal allows it.", what);
}

struct overlay *console_top(const struct console *console)
{
    return console->overlays->len > 0 ? g_ptr_array_index(console->overlays, console->overlays->len - 1) : NULL;
}
