#include "commands/report_render.h"

#include <string.h>

#include "base/text.h"
#include "commands/report_words.h"

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

static struct span find_span(const struct report *report)
{
    struct span span = {0};
    for (guint i = 0; i < report->deeds->len; i++)
        widen(&span, ((const struct deed *)g_ptr_array_index(report->deeds, i))->at);
    for (guint i = 0; i < report->steps->len; i++)
        widen(&span, ((const struct report_step *)g_ptr_array_index(report->steps, i))->wait.until);
    return span;
}

static gint64 column_of(const struct span *span, gint64 time)
{
    gint64 width = WIDTH - LABELS - RIGHT_EDGE;
    gint64 length = MAX(span->last - span->first, 1);
    return LABELS + (time - span->first) / G_USEC_PER_SEC * width / MAX(length / G_USEC_PER_SEC, 1);
}

static gboolean is_write(const struct deed *deed)
{
    static const char *const writes[] = {"create", "repair", "restore", "remove", "undo-repair", NULL};
    return g_strv_contains(writes, deed->what);
}

/* A write is a full dot, what was said or taken over a ring, a refusal a cross: shape tells, not colour. */
static void add_mark(GString *out, const struct report *report, const struct span *span, const struct deed *deed,
                     int row)
{
    g_autofree char *sentence = report_deed(report, deed);
    g_autofree char *proof = report_deed_proof(deed);
    g_autofree char *title = g_strdup_printf("%s: %s", sentence, proof);
    g_autofree char *escaped = report_escape_html(title);
    gint64 x = column_of(span, deed->at);
    int y = HEAD + row * ROW + ROW / 2;
    if (strcmp(deed->what, "refused") == 0)
        g_string_append_printf(out,
                               "<path d=\"M%" G_GINT64_FORMAT " %dl8 8m0 -8l-8 8\" stroke=\"#a1121b\" "
                               "stroke-width=\"2\"><title>%s</title></path>\n",
                               x - 4, y - 4, escaped);
    else
        g_string_append_printf(out,
                               "<circle cx=\"%" G_GINT64_FORMAT "\" cy=\"%d\" r=\"5\" fill=\"%s\" stroke=\"%s\" "
                               "stroke-width=\"1.5\"><title>%s</title></circle>\n",
                               x, y, is_write(deed) ? "#1b1f24" : "#fff", is_write(deed) ? "#fff" : "#1b1f24", escaped);
}

static void add_wait(GString *out, const struct span *span, const struct report_step *step, int row)
{
    gint64 x = column_of(span, step->wait.began);
    gint64 end = column_of(span, step->wait.until);
    if (step->wait.began == 0 || step->wait.until <= 0)
        return;
    g_string_append_printf(out,
                           "<rect x=\"%" G_GINT64_FORMAT "\" y=\"%d\" width=\"%" G_GINT64_FORMAT "\" height=\"8\" "
                           "fill=\"#d0d7de\" stroke=\"#57606a\"/>\n",
                           x, HEAD + row * ROW + ROW / 2 - 4, MAX(end - x, 2));
}

static gboolean has_deeds(const struct report *report, const struct report_step *step)
{
    for (guint i = 0; i < report->deeds->len; i++)
        if (strcmp(((const struct deed *)g_ptr_array_index(report->deeds, i))->step, step->id) == 0)
            return TRUE;
    return FALSE;
}

static void add_row(GString *out, const struct report *report, const struct span *span, const struct report_step *step,
                    int row)
{
    g_autofree char *short_title = text_ellipsize(step->title, LABEL_COLUMNS);
    g_autofree char *title = report_escape_html(short_title);
    int y = HEAD + row * ROW + ROW / 2;
    g_string_append_printf(out,
                           "<text x=\"0\" y=\"%d\">%d %s</text>\n<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" "
                           "stroke=\"#d0d7de\"/>\n",
                           y + 4, step->number, title, LABELS, y, WIDTH - RIGHT_EDGE, y);
    add_wait(out, span, step, row);
    for (guint i = 0; i < report->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->deeds, i);
        if (strcmp(deed->step, step->id) == 0)
            add_mark(out, report, span, deed, row);
    }
}

static void add_scale(GString *out, const struct span *span)
{
    g_autofree char *first = report_time(span->first);
    g_autofree char *last = report_time(span->last);
    g_string_append_printf(out,
                           "<text x=\"%d\" y=\"14\">%s</text>\n<text x=\"%d\" y=\"14\" "
                           "text-anchor=\"end\">%s</text>\n",
                           LABELS, first, WIDTH - RIGHT_EDGE, last);
}

char *report_time_line_svg(const struct report *report)
{
    struct span span = find_span(report);
    GString *rows = g_string_new(NULL);
    int count = 0;
    for (guint i = 0; i < report->steps->len; i++) {
        const struct report_step *step = g_ptr_array_index(report->steps, i);
        if (has_deeds(report, step))
            add_row(rows, report, &span, step, count++);
    }
    if (count == 0)
        return g_string_free(rows, FALSE);
    GString *out = g_string_new(NULL);
    g_string_append_printf(out,
                           "<svg class=\"line\" viewBox=\"0 0 %d %d\" role=\"img\" fill=\"none\" "
                           "aria-label=\"When what was done\">\n<g fill=\"#1b1f24\">\n",
                           WIDTH, HEAD + count * ROW + 4);
    add_scale(out, &span);
    g_string_append_printf(out, "%s</g>\n</svg>\n", rows->str);
    g_string_free(rows, TRUE);
    return g_string_free(out, FALSE);
}
