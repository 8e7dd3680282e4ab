/* SPDX-License-Identifier: MIT */
#include "ui/action.h"

#include <string.h>

#include "base/error.h"
#include "ui/ask.h"
#include "ui/log_pane.h"
#include "ui/navigation.h"
#include "ui/reporting.h"
#include "ui/state_text.h"
#include "ui/views/line_view.h"

void action_exchange(struct console *console)
{
    const struct board_step *step = console_step(console);
    for (guint i = log_store_count(console->log); step != NULL && i > 0; i--) {
        const struct log_line *line = log_store_line(console->log, i - 1);
        if (line == NULL || !log_line_is_about(line, step) || !log_line_went_wrong(line))
            continue;
        console_push(console, line_view_new(line));
        return;
    }
    console_note(console, "No request about this step went wrong in this session; the log has the rest.");
}

void action_follow(struct console *console)
{
    console->log_pane.following = TRUE;
    console->dirty = TRUE;
}

void action_filter_severity(struct console *console)
{
    struct log_filter *filter = &console->log_pane.filter;
    filter->least = filter->least == LOG_ERROR ? LOG_DEBUG : filter->least + 1;
    log_pane_refilter(console);
}

static void do_filter_subject(struct console *console, const char *text, const struct item *about)
{
    (void)about;
    g_free(console->log_pane.filter.subject);
    console->log_pane.filter.subject = g_strdup(text);
    log_pane_refilter(console);
}

void action_filter_subject(struct console *console)
{
    const char *present = console->log_pane.filter.subject;
    const struct log_line *line = log_pane_marked(console);
    const char *offered = present != NULL && *present != '\0' ? "" : line != NULL ? line->subject : "";
    ask_text(console, "Only lines about (empty: all):", offered, do_filter_subject, NULL);
}

#define LOG_WHAT "Save the log"

static void log_named(struct console *console, const char *text, const struct item *about);

static void do_save(struct console *console, const char *text, const struct item *about)
{
    (void)text;
    g_autoptr(GError) error = NULL;
    if (log_store_save(console->log, about->name, &error)) {
        console_note(console, "Saved %u lines to %s.", log_store_count(console->log), about->name);
        return;
    }
    reporting_ask_again(console, LOG_WHAT, about->name, log_named, error);
}

static void log_named(struct console *console, const char *text, const struct item *about)
{
    (void)about;
    reporting_to_file(console, text, COMMAND_HISTORY, do_save);
}

void action_save_log(struct console *console)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *name = g_date_time_format(now, "perch-log-%Y%m%d-%H%M%S.txt");
    reporting_ask(console, LOG_WHAT, "", name, log_named);
}
