#include "ui/console_state.h"

#include <string.h>

#include "ui/ask.h"
#include "ui/form.h"
#include "ui/log_pane.h"
#include "ui/view.h"

#define NOTE_TIME (5 * G_TIME_SPAN_SECOND)

struct console *console_state_new(struct session *session, const struct console_options *options)
{
    struct console *console = g_new0(struct console, 1);
    console->session = session;
    console->options = options;
    console->targets = targets_new();
    console->board = board_new();
    console->log = log_store_new(NULL);
    console->log_pane.following = TRUE;
    console->running = g_array_new(FALSE, FALSE, sizeof(enum command_kind));
    console->views = g_ptr_array_new_with_free_func(view_free);
    console->form = form_new();
    console->greeting = options->first_run;
    console->pane = options->first_run ? PANE_STEP : PANE_CHECKLIST;
    console->log_pane.filter.least = LOG_INFO;
    log_pane_refilter(console);
    console->step_columns = 40;
    console->dirty = TRUE;
    return console;
}

static void log_pane_clear(struct log_pane *pane)
{
    g_free(pane->filter.subject);
    g_free(pane->filter.text);
    g_free(pane->find);
    if (pane->matches != NULL)
        g_array_unref(pane->matches);
}

void console_state_free(struct console *console)
{
    if (console == NULL)
        return;
    ask_close(console);
    form_free(console->form);
    g_ptr_array_unref(console->views);
    g_array_unref(console->running);
    log_pane_clear(&console->log_pane);
    log_store_free(console->log);
    board_unref(console->board);
    targets_free(console->targets);
    grid_free(console->grid);
    page_view_clear(&console->checklist);
    page_view_clear(&console->step_view);
    g_free(console->step);
    g_free(console->report_file);
    g_free(console->note.text);
    g_free(console);
}

const struct board_step *console_step(const struct console *console)
{
    return console->step != NULL ? board_find_step(console->board, console->step) : NULL;
}

/* STEP may be the very text that is replaced. */
void console_select(struct console *console, const char *step)
{
    g_autofree char *id = g_strdup(step);
    page_view_set_focus(&console->checklist, id);
    if (g_strcmp0(console->step, id) == 0)
        return;
    form_leave(console);
    g_free(console->step);
    console->step = g_steal_pointer(&id);
    page_view_clear(&console->step_view);
    console->dirty = TRUE;
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

void console_sent(struct console *console, enum command_kind kind)
{
    g_array_append_val(console->running, kind);
    console->greeting = FALSE;
    console->dirty = TRUE;
}

static guint place_of_pane(enum pane pane)
{
    static const guint places[PANE_COUNT] = {PLACE_CHECKLIST, PLACE_STEP, PLACE_LOG};
    return places[pane];
}

guint console_place(const struct console *console)
{
    const struct view *top = console_top(console);
    return top != NULL ? top->ops->place : place_of_pane(console->pane);
}

gboolean console_may_write(struct console *console)
{
    if (!console->board->read_only)
        return TRUE;
    console_note(console, "Another perch works on this tenant: here you can only look.");
    return FALSE;
}

void console_copy(struct console *console, const char *text, const char *what)
{
    if (text == NULL || *text == '\0')
        return;
    if (console->screen != NULL)
        screen_copy(console->screen, text);
    console_note(console, "Copied %s, if this terminal allows it.", what);
}

void console_push(struct console *console, struct view *view)
{
    g_autoptr(Page) page = view_page(console, view);
    if (view->ops->focuses)
        page_view_set_focus(&view->page, page_first_item(page));
    g_ptr_array_add(console->views, view);
    console->dirty = TRUE;
}

void console_pop(struct console *console)
{
    if (console->views->len > 0)
        g_ptr_array_set_size(console->views, (int)console->views->len - 1);
    console->dirty = TRUE;
}

struct view *console_top(const struct console *console)
{
    return console->views->len > 0 ? g_ptr_array_index(console->views, console->views->len - 1) : NULL;
}
