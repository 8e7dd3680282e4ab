/* SPDX-License-Identifier: MIT */
/* When what was done, as a drawing: one row a step. */
#include <string.h>

#include "base/text.h"
#include "commands/report/changes.h"
#include "commands/report/print.h"
#include "commands/report/words.h"

#define WIDTH 960
#define LABELS 210
#define LABEL_COLUMNS 26
#define RIGHT_EDGE 20
#define ROW 24
#define HEAD 28

struct span {
    gint64 first;
    gint64 last;
};

static void widen(struct span *span, gint64 time)
{
    if (time <= 0)
        return;
    span->first = span->first == 0 ? time : MIN(span->first, time);
    span->last = MAX(span->last, time);
}

static int column_of(const struct span *span, gint64 time)
{
    gint64 length = MAX((span->last - span->first) / G_USEC_PER_SEC, 1);
    return LABELS + (int)((time - span->first) / G_USEC_PER_SEC * (WIDTH - LABELS - RIGHT_EDGE) / length);
}

/* A write is a full dot, what was said or taken over a ring, a refusal a cross: shape tells, not colour. */
static void add_mark(GString *out, const struct report *report, const struct deed *deed, int x, int y)
{
    const char *title = report_printf(report, "%s: %s", report_deed(report, deed), report_deed_proof(report, deed));
    g_autofree char *escaped = g_markup_escape_text(title, -1);
    gboolean full = report_is_write(deed->what);
    if (strcmp(deed->what, "refused") == 0)
        g_string_append_printf(out,
                               "<path d=\"M%d %dl8 8m0 -8l-8 8\" stroke=\"#a1121b\" stroke-width=\"2\">"
                               "<title>%s</title></path>\n",
                               x - 4, y - 4, escaped);
    else
        g_string_append_printf(out,
                               "<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\">"
                               "<title>%s</title></circle>\n",
                               x, y, full ? "#1b1f24" : "#fff", full ? "#fff" : "#1b1f24", escaped);
}

/* The row of STEP, whose middle is at Y: its title, its wait as a bar, its deeds. */
static void add_row(GString *out, const struct report *report, const struct span *span, const struct board_step *step,
                    int y)
{
    struct step_said said = report_said(report, step);
    gint64 until = said.wait != NULL ? clock_parse(said.wait->text) : 0;
    g_autofree char *short_title = text_ellipsize(step->title, LABEL_COLUMNS);
    g_autofree char *title = g_markup_escape_text(short_title, -1);
    g_string_append_printf(out,
                           "<text x=\"0\" y=\"%d\">%d %s</text>\n<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" "
                           "stroke=\"#d0d7de\"/>\n",
                           y + 4, step->number, title, LABELS, y, WIDTH - RIGHT_EDGE, y);
    if (until > 0) {
        int begin = column_of(span, said.wait->at);
        g_string_append_printf(out,
                               "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"8\" fill=\"#d0d7de\" "
                               "stroke=\"#57606a\"/>\n",
                               begin, y - 4, MAX(column_of(span, until) - begin, 2));
    }
    for (guint i = 0; i < report->history->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->history->deeds, i);
        if (strcmp(deed->step, step->id) == 0)
            add_mark(out, report, deed, column_of(span, deed->at), y);
    }
}

const char *report_time_line(const struct report *report)
{
    struct span span = {0};
    g_autoptr(GHashTable) busy = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GString) rows = g_string_new(NULL);
    int y = HEAD + ROW / 2;
    for (guint i = 0; i < report->history->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->history->deeds, i);
        g_hash_table_add(busy, deed->step);
        widen(&span, deed->at);
        if (strcmp(deed->what, "wait") == 0)
            widen(&span, clock_parse(deed->text));
    }
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        if (!g_hash_table_contains(busy, step->id))
            continue;
        add_row(rows, report, &span, step, y);
        y += ROW;
    }
    if (rows->len == 0)
        return "";
    return report_printf(report,
                         "<svg class=\"line\" viewBox=\"0 0 %d %d\" role=\"img\" fill=\"none\" "
                         "aria-label=\"When what was done\">\n<g fill=\"#1b1f24\">\n<text x=\"%d\" y=\"14\">%s</text>\n"
                         "<text x=\"%d\" y=\"14\" text-anchor=\"end\">%s</text>\n%s</g>\n</svg>\n",
                         WIDTH, y - ROW / 2 + 4, LABELS, report_time(report, span.first), WIDTH - RIGHT_EDGE,
                         report_time(report, span.last), rows->str);
}
