/* SPDX-License-Identifier: MIT */
#include "ui/log_pane.h"

#include <string.h>

#define SUBJECT_COLUMNS 13
#define COUNTED_LINES 20000 /* so many are counted while a key is waited for */

static guint shown_count(const struct console *console)
{
    const struct log_pane *pane = &console->log_pane;
    return pane->matches != NULL ? pane->matches->len : log_store_count(console->log);
}

static const struct log_line *shown_line(const struct console *console, guint index)
{
    const struct log_pane *pane = &console->log_pane;
    guint number = pane->matches != NULL ? g_array_index(pane->matches, guint, index) : index;
    return log_store_line(console->log, number);
}

static guint marked_index(const struct console *console)
{
    guint count = shown_count(console);
    if (console->log_pane.following || console->log_pane.marked >= count)
        return count > 0 ? count - 1 : 0;
    return console->log_pane.marked;
}

/* The first index on screen: the mark stays in sight, the newest lines fill the pane while following. */
static guint top_index(const struct console *console, int rows)
{
    guint count = shown_count(console);
    guint marked = marked_index(console);
    guint last_top = count > (guint)rows ? count - (guint)rows : 0;
    guint half = (guint)rows / 2;
    if (console->log_pane.following)
        return last_top;
    return MIN(marked > half ? marked - half : 0, last_top);
}

static char *request_words(const struct log_line *line)
{
    GString *words = g_string_new(NULL);
    if (line->status != 0)
        g_string_append_printf(words, "%d", line->status);
    if (line->duration > 0)
        g_string_append_printf(words, " in %" G_GINT64_FORMAT " ms", line->duration / 1000);
    if (strlen(line->request_id) >= 8)
        g_string_append_printf(words, "  req %.4s…%s", line->request_id,
                               line->request_id + strlen(line->request_id) - 2);
    return g_string_free(words, FALSE);
}

static void draw_line(struct console *console, const struct log_line *line, struct area row, gboolean dated)
{
    /* One column beside the subject, so that severity can be told without colour. */
    static const struct {
        enum style style;
        const char *mark;
    } looks[] = {{STYLE_DIM, " "}, {STYLE_NORMAL, " "}, {STYLE_GOOD, "+"}, {STYLE_WAIT, "!"}, {STYLE_BAD, "✗"}};
    enum style style = looks[line->severity].style;
    g_autoptr(GDateTime) local = g_date_time_new_from_unix_local(line->time / G_USEC_PER_SEC);
    const char *format = row.columns < 60 ? "%d %b %H:%M" : "%d %b %H:%M:%S";
    g_autofree char *time = !dated          ? clock_format_local(line->time)
                            : local != NULL ? g_date_time_format(local, format)
                                            : g_strdup("");
    g_autofree char *request = row.columns >= 60 ? request_words(line) : g_strdup("");
    g_autofree char *text =
        line->dropped > 0 ? g_strdup_printf("(%u lines lost) %s", line->dropped, line->text) : g_strdup(line->text);
    int right = grid_text_columns(request);
    int at = row.column;
    int end = row.column + row.columns;
    at += grid_put(console->grid, at, row.row, end - at, STYLE_DIM, time) + 1;
    at += grid_put(console->grid, at, row.row, 1, style, looks[line->severity].mark) + 1;
    grid_put(console->grid, at, row.row, MIN(SUBJECT_COLUMNS, end - at), STYLE_DIM, line->subject);
    at += row.columns >= 60 ? SUBJECT_COLUMNS + 1 : MIN(grid_text_columns(line->subject), SUBJECT_COLUMNS) + 1;
    grid_put(console->grid, at, row.row, end - at - (right > 0 ? right + 1 : 0), style, text);
    grid_put(console->grid, end - right, row.row, right, STYLE_DIM, request);
}

void log_pane_draw(struct console *console, struct area area, gboolean active)
{
    console->log_pane.rows = area.rows;
    guint count = shown_count(console);
    guint top = top_index(console, area.rows);
    gint64 now = clock_now(&console->board->clock);
    gboolean dated = FALSE; /* one that is shown is not of today: the hour alone would mislead */
    for (guint i = top; i < MIN(top + (guint)area.rows, count) && !dated; i++) {
        const struct log_line *line = shown_line(console, i);
        dated = line != NULL && !clock_same_day(line->time, now);
    }
    for (int i = 0; i < area.rows && top + (guint)i < count; i++) {
        struct area row = {area.column, area.row + i, area.columns, 1};
        const struct log_line *line = shown_line(console, top + (guint)i);
        if (line != NULL)
            draw_line(console, line, row, dated);
        hit_areas_add(console->hits, row, HIT_LOG, i, NULL);
        if (!active || top + (guint)i != marked_index(console))
            continue;
        grid_reverse(console->grid, row);
        grid_put(console->grid, row.column - 1, row.row, 1, STYLE_ACCENT, "▸");
        grid_show_cursor(console->grid, row.column - 1, row.row);
    }
    if (count == 0)
        grid_put(console->grid, area.column, area.row, area.columns, STYLE_DIM,
                 log_store_count(console->log) > 0 ? "No line passes the filter." : "Nothing has happened yet.");
}

char *log_pane_words(const struct console *console)
{
    GString *words = g_string_new(NULL);
    static const char *const severities[] = {
        [LOG_DEBUG] = "every request · ",   [LOG_INFO] = "",
        [LOG_NOTICE] = "from notice on · ", [LOG_WARNING] = "from warning on · ",
        [LOG_ERROR] = "errors only · ",
    };
    g_string_append(words, severities[console->log_pane.filter.least]);
    if (console->log_pane.filter.subject != NULL && *console->log_pane.filter.subject != '\0')
        g_string_append_printf(words, "about %s · ", console->log_pane.filter.subject);
    if (console->log_pane.following)
        g_string_append(words, "following");
    else
        g_string_append_printf(words, "line %u of %u", marked_index(console) + 1, shown_count(console));
    return g_string_free(words, FALSE);
}

void log_pane_added(struct console *console)
{
    struct log_pane *pane = &console->log_pane;
    guint count = log_store_count(console->log);
    for (; pane->matches != NULL && pane->seen < count; pane->seen++) {
        const struct log_line *line = log_store_line(console->log, pane->seen);
        if (line != NULL && log_filter_matches(&pane->filter, line))
            g_array_append_val(pane->matches, pane->seen);
    }
}

void log_pane_refilter(struct console *console)
{
    struct log_pane *pane = &console->log_pane;
    g_clear_pointer(&pane->matches, g_array_unref);
    pane->seen = 0;
    pane->following = TRUE;
    if (!log_filter_is_empty(&pane->filter)) {
        pane->matches = g_array_new(FALSE, FALSE, sizeof(guint));
        log_pane_added(console);
    }
    console->dirty = TRUE;
}

void log_pane_move(struct console *console, int lines)
{
    guint count = shown_count(console);
    gint64 target = (gint64)marked_index(console) + lines;
    console->log_pane.following = target >= (gint64)count - 1 && lines > 0;
    console->log_pane.marked = (guint)CLAMP(target, 0, MAX((gint64)count - 1, 0));
    console->dirty = TRUE;
}

void log_pane_find(struct console *console, const char *text, int direction)
{
    gint64 count = shown_count(console), from = marked_index(console), found = -1;
    for (gint64 i = 1; i <= count && found < 0; i++) {
        gint64 at = ((from + direction * i) % count + count) % count;
        const struct log_line *line = shown_line(console, (guint)at);
        if (line != NULL && log_line_contains(line, text))
            found = at;
    }
    if (found < 0) {
        console_note(console, "“%s” is not in the lines that are shown.", text);
        return;
    }
    int number = 0, all = 0;
    for (gint64 i = count; i > 0 && count <= COUNTED_LINES; i--) {
        const struct log_line *line = shown_line(console, (guint)(i - 1));
        all += line != NULL && log_line_contains(line, text);
        number = i - 1 == found ? all : number;
    }
    console->log_pane.following = FALSE;
    console->log_pane.marked = (guint)found;
    if (all > 0)
        console_note(console, "“%s”: %d of %d, the newest first; n goes on.", text, number, all);
    console->dirty = TRUE;
}

const struct log_line *log_pane_marked(struct console *console)
{
    return shown_count(console) > 0 ? shown_line(console, marked_index(console)) : NULL;
}

void log_pane_mark_row(struct console *console, int row)
{
    guint index = top_index(console, console->log_pane.rows) + (guint)row;
    if (index >= shown_count(console))
        return;
    console->log_pane.following = FALSE;
    console->log_pane.marked = index;
    console->dirty = TRUE;
}
