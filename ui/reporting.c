/* SPDX-License-Identifier: MIT */
#include "ui/reporting.h"

#include <string.h>

#include "base/error.h"
#include "ui/ask.h"
#include "ui/navigation.h"
#include "ui/views/message_view.h"

#define WHO_TITLE "Who can do what now"

char *reporting_file_name(const struct board *board)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *day = g_date_time_format(now, "%Y%m%d");
    return g_strdup_printf("perch-report-%s-%s.html", board->tenant_domain, day);
}

char *reporting_path_typed(const char *typed)
{
    g_autofree char *name = g_strstrip(g_strdup(typed));
    if (g_str_has_prefix(name, "~/"))
        return g_build_filename(g_get_home_dir(), name + strlen("~/"), NULL);
    return g_canonicalize_filename(name, NULL);
}

void reporting_ask(struct console *console, const char *what, const char *kinds, const char *name, ask_answered named)
{
    g_autofree char *folder = g_get_current_dir();
    const char *home = g_get_home_dir();
    gsize length = strlen(home);
    gboolean is_below = strncmp(folder, home, length) == 0 && (folder[length] == '\0' || folder[length] == '/');
    g_autofree char *label =
        g_strdup_printf("%s into %s%s%s, as:", what, is_below ? "~" : "", is_below ? folder + length : folder, kinds);
    ask_text(console, label, name, named, NULL);
}

void reporting_ask_again(struct console *console, const char *what, const char *file, ask_answered named,
                         const GError *error)
{
    g_autofree char *folder = g_get_current_dir();
    gsize length = strlen(folder);
    gboolean is_below = strncmp(file, folder, length) == 0 && file[length] == '/';
    g_autofree char *headline = error_headline(error);
    g_autofree char *remark = g_strdup_printf("%s %s", headline, error_hint(error));
    reporting_ask(console, what, "", is_below ? file + length + 1 : file, named);
    ask_remark(console, remark);
}

void reporting_note(struct session *session, const struct board *board, const char *file)
{
    g_autofree char *name = g_path_get_basename(file);
    for (guint i = 0; !board->read_only && i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (step->report)
            session_tell(session, step->id, name);
    }
}

static void begin(struct console *console, const char *text, const struct item *about)
{
    (void)text;
    g_free(console->report_file);
    console->report_file = g_strdup(about->name);
    session_history(console->session);
    console_sent(console, COMMAND_HISTORY);
}

void reporting_to_file(struct console *console, const char *typed, enum command_kind kind, ask_answered write)
{
    g_autofree char *file = reporting_path_typed(typed);
    g_autofree char *said = g_strdup_printf("%s is there already.", file);
    if (strspn(typed, " ") == strlen(typed))
        return;
    struct item item = {.kind = ITEM_FILE, .number = (int)kind, .name = g_intern_string(file)};
    if (g_file_test(file, G_FILE_TEST_EXISTS))
        ask_agreement(console, AGREE_REPLACE, said, write, &item);
    else
        write(console, "", &item);
}

static void file_named(struct console *console, const char *text, const struct item *about)
{
    (void)about;
    reporting_to_file(console, text, COMMAND_HISTORY, begin);
}

#define REPORT_WHAT "Write the report"
#define REPORT_KINDS " (.html, .md, .txt, .csv, .json, .oscal.json)"

void action_report(struct console *console)
{
    if (console->options->write_report == NULL || !console->board->signed_in) {
        console_note(console, "The report is about a tenant: sign in first, with s or d.");
        return;
    }
    if (console_busy(console)) {
        console_note(console, "Something runs already; Esc stops it.");
        return;
    }
    g_autofree char *name = reporting_file_name(console->board);
    if (console_top(console) != NULL)
        console_pop(console);
    reporting_ask(console, REPORT_WHAT, REPORT_KINDS, name, file_named);
}

void action_who(struct console *console)
{
    if (console->options->tell_access == NULL || !console->board->signed_in) {
        console_note(console, "That is read from a tenant: sign in first, with s or d.");
        return;
    }
    if (console_busy(console)) {
        console_note(console, "Something runs already; Esc stops it.");
        return;
    }
    console->asks_who = TRUE;
    session_history(console->session);
    console_sent(console, COMMAND_HISTORY);
}

void reporting_take_history(struct console *console, const struct history *history)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *file = g_steal_pointer(&console->report_file);
    if (console->asks_who) {
        g_autofree char *text = console->options->tell_access(console->board, history);
        /* Asked for again, it takes the place of what was told before. */
        if (message_view_is(console_top(console), WHO_TITLE))
            console_pop(console);
        console_push(console, message_view_new(WHO_TITLE, "", text));
    }
    console->asks_who = FALSE;
    if (file == NULL)
        return;
    if (console->options->write_report(file, console->board, history, &error)) {
        reporting_note(console->session, console->board, file);
        if (!console->board->read_only)
            console_sent(console, COMMAND_TELL);
        console_note(console, "Wrote the report to %s; only you can read it.", file);
        return;
    }
    reporting_ask_again(console, REPORT_WHAT, file, file_named, error);
}
