/* SPDX-License-Identifier: MIT */
#include "ui/console_parts.h"

#include "ui/ask.h"
#include "ui/form/form.h"
#include "ui/log_pane.h"
#include "ui/navigation.h"
#include "ui/views/message_view.h"
#include "ui/views/overlay.h"

struct console *console_state_new(struct session *session, const struct console_options *options)
{
    struct console *console = g_new0(struct console, 1);
    console->session = session;
    console->options = options;
    console->hits = g_array_new(FALSE, FALSE, sizeof(struct hit_area));
    console->board = board_new();
    console->log = log_store_new(NULL);
    console->log_pane.following = TRUE;
    console->running = g_array_new(FALSE, FALSE, sizeof(enum command_kind));
    console->overlays = g_ptr_array_new_with_free_func(overlay_free);
    console->form = form_new();
    console->awaited = options->awaited != NULL ? options->awaited->file : -1;
    console->greeting = options->first_run;
    console->pane = options->first_run ? PANE_STEP : PANE_CHECKLIST;
    console->log_pane.filter.least = LOG_INFO;
    log_pane_refilter(console);
    console->step_columns = 40;
    g_autoptr(GString) remarks = g_string_new(NULL);
    for (guint i = 0; options->remarks != NULL && i < options->remarks->len; i++) {
        struct log_line *line = g_new0(struct log_line, 1);
        line->severity = LOG_WARNING;
        line->time = g_get_real_time();
        line->subject = g_strdup("settings");
        line->text = g_strdup(g_ptr_array_index(options->remarks, i));
        line->detail = g_strdup("");
        line->request_id = g_strdup("");
        log_store_add(console->log, line);
        g_string_append_printf(remarks, "%s%s", i > 0 ? "\n" : "", line->text);
    }
    if (remarks->len > 0)
        console_push(console, message_view_new("Settings that were left out", "", remarks->str));
    console->dirty = TRUE;
    return console;
}

void console_state_free(struct console *console)
{
    if (console == NULL)
        return;
    ask_close(console);
    form_free(console->form);
    g_ptr_array_unref(console->overlays);
    g_array_unref(console->running);
    g_free(console->log_pane.filter.subject);
    g_free(console->log_pane.filter.text);
    g_free(console->find);
    g_free(console->look.step);
    if (console->log_pane.matches != NULL)
        g_array_unref(console->log_pane.matches);
    log_store_free(console->log);
    board_unref(console->board);
    g_array_unref(console->hits);
    grid_free(console->grid);
    scroller_clear(&console->checklist);
    scroller_clear(&console->step_scroller);
    g_free(console->step);
    g_free(console->report_file);
    g_free(console->typed_before);
    g_free(console->note.text);
    if (console->carried_out != NULL)
        plan_unref(console->carried_out);
    g_free(console);
}
