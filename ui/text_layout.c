/* SPDX-License-Identifier: MIT */
#include "ui/text_layout.h"

#include <string.h>

/* A page is made anew for every picture, so all of it lies in three pieces of memory. */
struct text_layout {
    int columns;
    GArray *rows;   /* of struct row */
    GArray *spans;  /* of struct span, those of a row side by side */
    GString *texts; /* of the spans, each with a NUL */
};

struct span {
    enum style style;
    gsize text; /* where it begins in texts */
    gsize link; /* where it leads, in texts; 0: nowhere */
};

struct row {
    guint first, count; /* of spans */
    gboolean has_right;
    struct span right;
    struct item item;
    int columns;
    int cursor; /* -1: not in this row */
};

struct text_layout *layout_new(int columns)
{
    enum { ROWS = 64, SPANS = 256, TEXTS = 8192 };
    struct text_layout *layout = g_new0(struct text_layout, 1);
    layout->columns = MAX(columns, 4);
    layout->rows = g_array_sized_new(FALSE, TRUE, sizeof(struct row), ROWS);
    layout->spans = g_array_sized_new(FALSE, FALSE, sizeof(struct span), SPANS);
    layout->texts = g_string_sized_new(TEXTS);
    /* No text begins at 0. */
    g_string_append_c(layout->texts, '\0');
    return layout;
}

void layout_free(struct text_layout *layout)
{
    if (layout == NULL)
        return;
    g_array_unref(layout->rows);
    g_array_unref(layout->spans);
    g_string_free(layout->texts, TRUE);
    g_free(layout);
}

int layout_columns(const struct text_layout *layout)
{
    return layout->columns;
}

int layout_rows(const struct text_layout *layout)
{
    return (int)layout->rows->len;
}

/* Until another row is begun. */
static struct row *row_at(const struct text_layout *layout, int index)
{
    return &g_array_index(layout->rows, struct row, index);
}

static struct span *span_at(const struct text_layout *layout, const struct row *row, guint index)
{
    return &g_array_index(layout->spans, struct span, row->first + index);
}

/* Until another text is added. */
static const char *text_of(const struct text_layout *layout, const struct span *span)
{
    return layout->texts->str + span->text;
}

int layout_last_columns(const struct text_layout *layout)
{
    return layout->rows->len > 0 ? row_at(layout, layout_rows(layout) - 1)->columns : 0;
}

static struct row *last_row(struct text_layout *layout)
{
    if (layout->rows->len == 0)
        layout_row(layout, NULL);
    return row_at(layout, layout_rows(layout) - 1);
}

void layout_row(struct text_layout *layout, const struct item *item)
{
    struct row row = {.first = layout->spans->len, .cursor = -1};
    if (item != NULL)
        row.item = *item;
    g_array_append_val(layout->rows, row);
}

static gsize keep_text(struct text_layout *layout, const char *text, gssize length)
{
    gsize at = layout->texts->len;
    g_string_append_len(layout->texts, text, length);
    g_string_append_c(layout->texts, '\0');
    return at;
}

static void add_text(struct text_layout *layout, enum style style, const char *text, gssize length)
{
    struct row *row = last_row(layout);
    struct span span = {.style = style, .text = keep_text(layout, text, length)};
    g_array_append_val(layout->spans, span);
    row->count++;
    row->columns += grid_text_columns(text_of(layout, &span));
}

void layout_text(struct text_layout *layout, enum style style, const char *text)
{
    add_text(layout, style, text, -1);
}

void layout_format(struct text_layout *layout, enum style style, const char *format, ...)
{
    char brief[128];
    va_list arguments;
    va_start(arguments, format);
    int length = g_vsnprintf(brief, sizeof brief, format, arguments);
    va_end(arguments);
    if (length < (int)sizeof brief) {
        layout_text(layout, style, brief);
        return;
    }
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    layout_text(layout, style, text);
}

void layout_tab(struct text_layout *layout, int column)
{
    int missing = column - last_row(layout)->columns;
    if (missing <= 0)
        return;
    g_autofree char *blanks = g_strnfill((gsize)missing, ' ');
    layout_text(layout, STYLE_NORMAL, blanks);
}

void layout_right(struct text_layout *layout, enum style style, const char *text)
{
    struct row *row = last_row(layout);
    /* What stands on the left is never cut for it. */
    if (row->columns > 0 && row->columns <= layout->columns &&
        row->columns + 1 + grid_text_columns(text) > layout->columns) {
        struct item item = row->item;
        layout_row(layout, &item);
        row = last_row(layout);
    }
    row->has_right = TRUE;
    row->right = (struct span){.style = style, .text = keep_text(layout, text, -1)};
}

void layout_blank(struct text_layout *layout)
{
    if (layout->rows->len > 0)
        layout_row(layout, NULL);
}

void layout_cursor(struct text_layout *layout, int columns)
{
    struct row *row = last_row(layout);
    row->cursor = row->columns + columns;
}

void layout_cursor_off(struct text_layout *layout)
{
    last_row(layout)->cursor = -1;
}

/* The bytes of LINE that fit into COLUMNS, ending before a blank where there is one; of a word that fits into no row
 * behind what parts an id or a link, if that is not too far in front. */
static gsize fitting(const char *line, int columns)
{
    int used = 0;
    const char *blank = NULL, *joint = NULL;
    for (const char *at = line; *at != '\0' && *at != '\n'; at = g_utf8_next_char(at)) {
        int next = grid_character_columns(g_utf8_get_char(at));
        if (*at == ' ')
            blank = at;
        if (used + next > columns) {
            if (blank != NULL && blank > line)
                return (gsize)(blank - line);
            if (joint != NULL)
                return (gsize)(joint - line);
            return MAX((gsize)(at - line), (gsize)(g_utf8_next_char(line) - line));
        }
        used += next;
        if (strchr("-/", *at) != NULL && used > columns / 2)
            joint = at + 1;
    }
    return strcspn(line, "\n");
}

static int word_columns(const char *text)
{
    g_autofree char *word = g_strndup(text, strcspn(text, " \n"));
    return grid_text_columns(word);
}

static void flow(struct text_layout *layout, const struct item *item, int indent, enum style style, const char *text)
{
    const char *at = text;
    int used = last_row(layout)->columns, room = layout->columns - used, columns = word_columns(text);
    /* A word is cut only where no row is wide enough for it. */
    gboolean first = used <= indent || columns <= room || (room > 0 && columns > layout->columns);
    while (*at != '\0' || first) {
        if (!first) {
            /* Nor for the sake of the indent: an id stands whole, further to the left. */
            gboolean is_begun = at > text && at[-1] != ' ' && at[-1] != '\n';
            int whole = layout->columns - word_columns(at);
            layout_row(layout, item);
            layout_tab(layout, whole >= 0 && !is_begun ? MIN(indent, whole) : indent);
        }
        first = FALSE;
        gsize length = fitting(at, MAX(layout->columns - last_row(layout)->columns, 1));
        add_text(layout, style, at, (gssize)length);
        at += length;
        if (*at == '\n')
            at++;
        else
            while (*at == ' ')
                at++;
    }
}

void layout_paragraph(struct text_layout *layout, const struct item *item, int indent, enum style style,
                      const char *text)
{
    layout_row(layout, item);
    layout_tab(layout, indent);
    flow(layout, item, indent, style, text);
}

void layout_link(struct text_layout *layout, const struct item *item, const char *address, const char *text)
{
    gsize link = keep_text(layout, address, -1);
    guint first = layout->spans->len;
    layout_paragraph(layout, item, 0, STYLE_LINK, text);
    for (guint i = first; i < layout->spans->len; i++) {
        struct span *span = &g_array_index(layout->spans, struct span, i);
        if (span->style == STYLE_LINK)
            span->link = link;
    }
}

void layout_continue(struct text_layout *layout, int indent, enum style style, const char *text)
{
    struct item item = last_row(layout)->item;
    flow(layout, &item, indent, style, text);
}

void layout_value(struct text_layout *layout, int indent, int own, enum style style, const char *text)
{
    int longest = 0;
    g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
    for (char **word = words; *word != NULL; word++)
        longest = MAX(longest, grid_text_columns(*word));
    struct item item = last_row(layout)->item;
    int whole = layout->columns - longest;
    if (whole < indent && whole >= 0)
        layout_paragraph(layout, &item, MIN(own, whole), style, text);
    else
        layout_continue(layout, indent, style, text);
}

static int row_of_item(const struct text_layout *layout, const struct item *item, gboolean last)
{
    int found = -1;
    for (int i = 0; i < layout_rows(layout); i++)
        if (item_equal(&row_at(layout, i)->item, item)) {
            found = i;
            if (!last)
                break;
        }
    return item != NULL && item->kind != ITEM_NONE ? found : -1;
}

gboolean layout_has_item(const struct text_layout *layout, const struct item *item)
{
    return row_of_item(layout, item, FALSE) >= 0;
}

const struct item *layout_first_item(const struct text_layout *layout)
{
    for (int i = 0; i < layout_rows(layout); i++)
        if (row_at(layout, i)->item.kind != ITEM_NONE)
            return &row_at(layout, i)->item;
    return NULL;
}

int layout_find(const struct text_layout *layout, const char *text, int from, int direction)
{
    g_autofree char *folded = g_utf8_casefold(text, -1);
    for (int row = from + direction; row >= 0 && row < layout_rows(layout); row += direction) {
        const struct row *at = row_at(layout, row);
        g_autoptr(GString) whole = g_string_new(NULL);
        for (guint i = 0; i < at->count; i++)
            g_string_append(whole, text_of(layout, span_at(layout, at, i)));
        g_string_append_printf(whole, " %s", at->has_right ? text_of(layout, &at->right) : "");
        g_autofree char *folded_whole = g_utf8_casefold(whole->str, -1);
        if (strstr(folded_whole, folded) != NULL)
            return row;
    }
    return -1;
}

void scroller_clear(struct scroller *scroller)
{
    scroller->focus = (struct item){0};
    scroller->top = scroller->found = 0;
}

void scroller_set_focus(struct scroller *scroller, const struct item *item)
{
    scroller->focus = item != NULL ? *item : (struct item){0};
}

/* The row of the item beyond the focus, STEP 1 downwards or -1 upwards; -1 if there is none. */
static int next_row(const struct scroller *scroller, const struct text_layout *layout, int step)
{
    int row = row_of_item(layout, &scroller->focus, step > 0);
    for (row = row < 0 ? 0 : row + step; row >= 0 && row < layout_rows(layout); row += step) {
        const struct item *item = &row_at(layout, row)->item;
        if (item->kind != ITEM_NONE && !item_equal(item, &scroller->focus))
            return row;
    }
    return -1;
}

gboolean scroller_move(struct scroller *scroller, const struct text_layout *layout, int step)
{
    int row = next_row(scroller, layout, row_of_item(layout, &scroller->focus, TRUE) < 0 ? 1 : step);
    if (row >= 0)
        scroller->focus = row_at(layout, row)->item;
    return row >= 0;
}

static void clamp(struct scroller *scroller, const struct text_layout *layout)
{
    scroller->top = CLAMP(scroller->top, 0, MAX(layout_rows(layout) - MAX(scroller->rows, 1), 0));
}

void scroller_scroll(struct scroller *scroller, const struct text_layout *layout, int rows)
{
    scroller->top += rows;
    clamp(scroller, layout);
}

void scroller_reveal(struct scroller *scroller, const struct text_layout *layout)
{
    int first = row_of_item(layout, &scroller->focus, FALSE), last = first;
    if (first < 0)
        return;
    while (last + 1 < layout_rows(layout) && item_equal(&row_at(layout, last + 1)->item, &scroller->focus))
        last++;
    if (last >= scroller->top + scroller->rows)
        scroller->top = last - scroller->rows + 1;
    if (first < scroller->top)
        scroller->top = first;
    /* Of what is higher than the view the row with the cursor, as of a choice that is marked. */
    for (int row = first; row <= last && last - first >= scroller->rows; row++) {
        if (row_at(layout, row)->cursor < 0)
            continue;
        /* Of a choice all its rows, of what is typed the one that it is typed in. */
        int end = row, number = row_at(layout, row)->item.number;
        while (number > 0 && end < last && row_at(layout, end + 1)->item.number == number)
            end++;
        scroller->top = MAX(scroller->top, end - scroller->rows + 1);
        scroller->top = MIN(scroller->top, row);
        /* With its label, where that fits. */
        scroller->top = end - first < scroller->rows ? first : scroller->top;
        break;
    }
    /* What stands above the first item is read with it, where all of the item is seen then. */
    if (last < scroller->rows && item_equal(layout_first_item(layout), &scroller->focus))
        scroller->top = 0;
    clamp(scroller, layout);
}

void scroller_show_row(struct scroller *scroller, const struct text_layout *layout, int row)
{
    const struct item *item = &row_at(layout, row)->item;
    if (item->kind != ITEM_NONE)
        scroller->focus = *item;
    if (row < scroller->top || row >= scroller->top + MAX(scroller->rows, 1))
        scroller->top = row - scroller->rows / 3;
    clamp(scroller, layout);
}

static gboolean in_sight(const struct scroller *scroller, int row)
{
    return row >= scroller->top && row < scroller->top + MAX(scroller->rows, 1);
}

char *scroller_out_of_sight(const struct scroller *scroller, const struct text_layout *layout, gboolean brief)
{
    int above = scroller->top, below = layout_rows(layout) - scroller->top - scroller->rows;
    if (above > 0 && below > 0)
        return g_strdup_printf("%d ↑ %d ↓", above, below);
    if (above > 0)
        return g_strdup_printf("%d ↑", above);
    return below > 0 ? g_strdup_printf(brief ? "%d ↓" : "%d more ↓", below) : NULL;
}

gboolean scroller_sees_focus(const struct scroller *scroller, const struct text_layout *layout)
{
    for (int row = MAX(scroller->top, 0); row < layout_rows(layout) && in_sight(scroller, row); row++)
        if (item_equal(&row_at(layout, row)->item, &scroller->focus))
            return TRUE;
    return FALSE;
}

void scroller_step(struct scroller *scroller, const struct text_layout *layout, int step)
{
    int row = next_row(scroller, layout, step);
    if (row < 0 || !in_sight(scroller, row))
        scroller_scroll(scroller, layout, step);
    if (row >= 0 && in_sight(scroller, row)) {
        scroller->focus = row_at(layout, row)->item;
        scroller_reveal(scroller, layout);
    }
}

/* No page begins within a short item, and none passes over a row; the last page ends where the text does. */
static void begin_with_whole_item(struct scroller *scroller, const struct text_layout *layout, int step)
{
    if (scroller->top + scroller->rows >= layout_rows(layout))
        return;
    const struct item *item = &row_at(layout, scroller->top)->item;
    int first = row_of_item(layout, item, FALSE), last = row_of_item(layout, item, TRUE);
    if (first >= 0 && first < scroller->top && last - first < scroller->rows / 2)
        scroller->top = step > 0 ? first : last + 1;
}

void scroller_page(struct scroller *scroller, const struct text_layout *layout, int rows)
{
    scroller_scroll(scroller, layout, rows);
    begin_with_whole_item(scroller, layout, rows);
    if (in_sight(scroller, row_of_item(layout, &scroller->focus, FALSE)))
        return;
    const struct item *found = NULL;
    for (int i = 0; i < scroller->rows && scroller->top + i < layout_rows(layout); i++) {
        const struct item *item = &row_at(layout, scroller->top + i)->item;
        gboolean whole = row_of_item(layout, item, FALSE) == scroller->top + i;
        if (item->kind != ITEM_NONE && (found == NULL || whole))
            found = item;
        if (found != NULL && whole)
            break;
    }
    if (found != NULL)
        scroller->focus = *found;
}

void scroller_first(struct scroller *scroller, const struct text_layout *layout)
{
    scroller->top = 0;
    scroller_set_focus(scroller, layout_first_item(layout));
}

void scroller_last(struct scroller *scroller, const struct text_layout *layout)
{
    scroller_scroll(scroller, layout, G_MAXINT / 4);
    for (int i = layout_rows(layout) - 1; i >= 0; i--)
        if (row_at(layout, i)->item.kind != ITEM_NONE) {
            scroller->focus = row_at(layout, i)->item;
            return;
        }
}

static void draw_row(const struct text_layout *layout, const struct row *row, struct grid *grid, struct area line)
{
    const char *right_text = row->has_right ? text_of(layout, &row->right) : "";
    int right = grid_text_columns(right_text);
    int room = line.columns - (right > 0 ? right + 1 : 0);
    int used = 0;
    for (guint i = 0; i < row->count; i++) {
        const struct span *span = span_at(layout, row, i);
        int columns = grid_put(grid, line.column + used, line.row, room - used, span->style, text_of(layout, span));
        if (span->link != 0)
            grid_link(grid, line.column + used, line.row, columns, layout->texts->str + span->link);
        used += columns;
    }
    if (right > 0)
        grid_put(grid, line.column + line.columns - MIN(right, line.columns), line.row, line.columns, row->right.style,
                 right_text);
    if (row->cursor >= 0)
        grid_show_cursor(grid, line.column + MIN(row->cursor, line.columns - 1), line.row);
}

/* What is chosen from a list has its mark in the list. */
static gboolean has_mark(const struct text_layout *layout, const struct row *row)
{
    for (guint i = 0; i < row->count; i++)
        if (strstr(text_of(layout, span_at(layout, row, i)), "▸") != NULL)
            return TRUE;
    return FALSE;
}

void layout_draw(struct text_layout *layout, struct scroller *scroller, struct grid *grid, struct area area,
                 gboolean active, GArray *hits, enum hit_kind kind)
{
    scroller->rows = area.rows;
    clamp(scroller, layout);
    gboolean marks = active; /* an item that is being edited shows its cursor instead of being reversed */
    for (int i = 0; i < layout_rows(layout) && marks; i++)
        marks = row_at(layout, i)->cursor < 0 || !item_equal(&row_at(layout, i)->item, &scroller->focus);
    gboolean marked = FALSE;
    for (int i = 0; i < area.rows && scroller->top + i < layout_rows(layout); i++) {
        const struct row *row = row_at(layout, scroller->top + i);
        struct area line = {area.column, area.row + i, area.columns, 1};
        draw_row(layout, row, grid, line);
        if (scroller->found == scroller->top + i + 1)
            grid_reverse(grid, line);
        if (row->item.kind == ITEM_NONE)
            continue;
        hit_areas_add(hits, line, kind, scroller->top + i, &row->item);
        if (active && kind != HIT_CHECKLIST && row->cursor >= 0 && !has_mark(layout, row))
            grid_put(grid, area.column - 1, line.row, 1, STYLE_ACCENT, "▸");
        if (!marks || !item_equal(&row->item, &scroller->focus))
            continue;
        if (scroller->found != scroller->top + i + 1)
            grid_reverse(grid, line);
        if (marked)
            continue;
        marked = TRUE;
        if (kind != HIT_CHECKLIST)
            grid_put(grid, area.column - 1, line.row, 1, STYLE_ACCENT, "▸");
        grid_show_cursor(grid, kind == HIT_CHECKLIST ? area.column : area.column - 1, line.row);
    }
}

char *layout_wrap_text(const char *text, int columns)
{
    g_autoptr(GString) wrapped = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        g_auto(GStrv) words = g_strsplit(*line, " ", -1);
        int used = 0;
        if (line != lines)
            g_string_append_c(wrapped, '\n');
        for (char **word = words; *word != NULL; word++) {
            int needed = grid_text_columns(*word);
            gboolean breaks = columns > 0 && used + 1 + needed > columns && used > 0;
            if (word != words)
                g_string_append_c(wrapped, breaks ? '\n' : ' ');
            g_string_append(wrapped, *word);
            used = breaks ? needed : used + needed + (word != words);
        }
    }
    return g_string_free(g_steal_pointer(&wrapped), FALSE);
}
