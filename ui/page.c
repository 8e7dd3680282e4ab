#include "ui/page.h"

#include <string.h>

struct span {
    enum style style;
    char *text;
};

struct row {
    GPtrArray *spans; /* of struct span */
    struct span *right;
    char *item;
    int columns;
    int cursor; /* -1: not in this row */
};

struct page {
    int columns;
    GPtrArray *rows; /* of struct row */
};

static void span_free(gpointer data)
{
    struct span *span = data;
    if (span == NULL)
        return;
    g_free(span->text);
    g_free(span);
}

static void row_free(gpointer data)
{
    struct row *row = data;
    g_ptr_array_unref(row->spans);
    span_free(row->right);
    g_free(row->item);
    g_free(row);
}

static struct span *span_new(enum style style, const char *text)
{
    struct span *span = g_new(struct span, 1);
    span->style = style;
    span->text = g_strdup(text);
    return span;
}

struct page *page_new(int columns)
{
    struct page *page = g_new0(struct page, 1);
    page->columns = MAX(columns, 4);
    page->rows = g_ptr_array_new_with_free_func(row_free);
    return page;
}

void page_free(struct page *page)
{
    if (page == NULL)
        return;
    g_ptr_array_unref(page->rows);
    g_free(page);
}

int page_columns(const struct page *page)
{
    return page->columns;
}

int page_rows(const struct page *page)
{
    return (int)page->rows->len;
}

static struct row *row_at(const struct page *page, int index)
{
    return g_ptr_array_index(page->rows, index);
}

int page_last_columns(const struct page *page)
{
    return page->rows->len > 0 ? row_at(page, page_rows(page) - 1)->columns : 0;
}

static struct row *last_row(struct page *page)
{
    if (page->rows->len == 0)
        page_row(page, NULL);
    return row_at(page, page_rows(page) - 1);
}

void page_row(struct page *page, const char *item)
{
    struct row *row = g_new0(struct row, 1);
    row->spans = g_ptr_array_new_with_free_func(span_free);
    row->item = g_strdup(item);
    row->cursor = -1;
    g_ptr_array_add(page->rows, row);
}

void page_text(struct page *page, enum style style, const char *text)
{
    struct row *row = last_row(page);
    g_ptr_array_add(row->spans, span_new(style, text));
    row->columns += grid_text_columns(text);
}

void page_format(struct page *page, enum style style, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    page_text(page, style, text);
}

void page_tab(struct page *page, int column)
{
    int missing = column - last_row(page)->columns;
    if (missing <= 0)
        return;
    g_autofree char *blanks = g_strnfill((gsize)missing, ' ');
    page_text(page, STYLE_NORMAL, blanks);
}

void page_right(struct page *page, enum style style, const char *text)
{
    struct row *row = last_row(page);
    span_free(row->right);
    row->right = span_new(style, text);
}

void page_blank(struct page *page)
{
    if (page->rows->len > 0)
        page_row(page, NULL);
}

void page_cursor(struct page *page, int columns)
{
    struct row *row = last_row(page);
    row->cursor = row->columns + columns;
}

void page_cursor_off(struct page *page)
{
    last_row(page)->cursor = -1;
}

/* The bytes of LINE that fit into COLUMNS, ending before a blank where there is one. */
static gsize fitting(const char *line, int columns)
{
    int used = 0;
    const char *blank = NULL;
    for (const char *at = line; *at != '\0' && *at != '\n'; at = g_utf8_next_char(at)) {
        int next = grid_character_columns(g_utf8_get_char(at));
        if (*at == ' ')
            blank = at;
        if (used + next > columns) {
            if (blank != NULL && blank > line)
                return (gsize)(blank - line);
            return MAX((gsize)(at - line), (gsize)(g_utf8_next_char(line) - line));
        }
        used += next;
    }
    return strcspn(line, "\n");
}

/* A word is cut only where no row is wide enough for it. */
static gboolean begins_next_row(struct page *page, int indent, const char *text)
{
    int room = page->columns - last_row(page)->columns;
    g_autofree char *word = g_strndup(text, strcspn(text, " \n"));
    int columns = grid_text_columns(word);
    return last_row(page)->columns > indent && columns > room && (room <= 0 || columns <= page->columns - indent);
}

static void flow(struct page *page, const char *item, int indent, enum style style, const char *text)
{
    const char *at = text;
    gboolean first = !begins_next_row(page, indent, text);
    while (*at != '\0' || first) {
        if (!first) {
            page_row(page, item);
            page_tab(page, indent);
        }
        first = FALSE;
        gsize length = fitting(at, MAX(page->columns - last_row(page)->columns, 1));
        g_autofree char *line = g_strndup(at, length);
        page_text(page, style, line);
        at += length;
        if (*at == '\n')
            at++;
        else
            while (*at == ' ')
                at++;
    }
}

void page_paragraph(struct page *page, const char *item, int indent, enum style style, const char *text)
{
    page_row(page, item);
    page_tab(page, indent);
    flow(page, item, indent, style, text);
}

void page_continue(struct page *page, int indent, enum style style, const char *text)
{
    g_autofree char *item = g_strdup(last_row(page)->item);
    flow(page, item, indent, style, text);
}

static int row_of_item(const struct page *page, const char *item, gboolean last)
{
    int found = -1;
    for (int i = 0; i < page_rows(page); i++)
        if (g_strcmp0(row_at(page, i)->item, item) == 0) {
            found = i;
            if (!last)
                break;
        }
    return item != NULL ? found : -1;
}

gboolean page_has_item(const struct page *page, const char *item)
{
    return row_of_item(page, item, FALSE) >= 0;
}

const char *page_first_item(const struct page *page)
{
    for (int i = 0; i < page_rows(page); i++)
        if (row_at(page, i)->item != NULL)
            return row_at(page, i)->item;
    return NULL;
}

static gboolean row_contains(const struct row *row, const char *folded)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < row->spans->len; i++)
        g_string_append(text, ((const struct span *)g_ptr_array_index(row->spans, i))->text);
    g_autofree char *folded_text = g_utf8_casefold(text->str, -1);
    return strstr(folded_text, folded) != NULL;
}

int page_find(const struct page *page, const char *text, int from, int direction)
{
    g_autofree char *folded = g_utf8_casefold(text, -1);
    for (int row = from + direction; row >= 0 && row < page_rows(page); row += direction)
        if (row_contains(row_at(page, row), folded))
            return row;
    return -1;
}

void page_view_clear(struct page_view *view)
{
    g_clear_pointer(&view->focus, g_free);
    view->top = 0;
}

void page_view_set_focus(struct page_view *view, const char *item)
{
    char *copy = g_strdup(item);
    g_free(view->focus);
    view->focus = copy;
}

gboolean page_view_move(struct page_view *view, const struct page *page, int step)
{
    int row = row_of_item(page, view->focus, step > 0);
    if (row < 0) {
        const char *first = page_first_item(page);
        page_view_set_focus(view, first);
        return first != NULL;
    }
    for (row += step; row >= 0 && row < page_rows(page); row += step) {
        const char *item = row_at(page, row)->item;
        if (item != NULL && g_strcmp0(item, view->focus) != 0) {
            page_view_set_focus(view, item);
            return TRUE;
        }
    }
    return FALSE;
}

static void clamp(struct page_view *view, const struct page *page)
{
    view->top = CLAMP(view->top, 0, MAX(page_rows(page) - MAX(view->rows, 1), 0));
}

void page_view_scroll(struct page_view *view, const struct page *page, int rows)
{
    view->top += rows;
    clamp(view, page);
}

void page_view_reveal(struct page_view *view, const struct page *page)
{
    int first = row_of_item(page, view->focus, FALSE);
    int last = row_of_item(page, view->focus, TRUE);
    if (first < 0)
        return;
    if (last >= view->top + view->rows)
        view->top = last - view->rows + 1;
    if (first < view->top)
        view->top = first;
    clamp(view, page);
}

int page_view_focus_side(const struct page_view *view, const struct page *page)
{
    int row = row_of_item(page, view->focus, FALSE);
    if (row < 0)
        return 0;
    return row < view->top ? -1 : row >= view->top + view->rows ? 1 : 0;
}

static void draw_row(const struct row *row, struct grid *grid, struct area line)
{
    int right = row->right != NULL ? grid_text_columns(row->right->text) : 0;
    int room = line.columns - (right > 0 ? right + 1 : 0);
    int used = 0;
    for (guint i = 0; i < row->spans->len; i++) {
        const struct span *span = g_ptr_array_index(row->spans, i);
        used += grid_put(grid, line.column + used, line.row, room - used, span->style, span->text);
    }
    if (right > 0)
        grid_put(grid, line.column + line.columns - MIN(right, line.columns), line.row, line.columns, row->right->style,
                 row->right->text);
    if (row->cursor >= 0)
        grid_show_cursor(grid, line.column + MIN(row->cursor, line.columns - 1), line.row);
}

/* An item that is being edited shows its cursor instead of being reversed. */
static gboolean has_cursor(const struct page *page, const char *item)
{
    for (int i = 0; i < page_rows(page); i++)
        if (row_at(page, i)->cursor >= 0 && g_strcmp0(row_at(page, i)->item, item) == 0)
            return TRUE;
    return FALSE;
}

void page_draw(struct page *page, struct page_view *view, struct grid *grid, struct area area, gboolean active,
               struct targets *targets, enum target_kind kind)
{
    view->rows = area.rows;
    clamp(view, page);
    gboolean marks = active && !has_cursor(page, view->focus);
    for (int i = 0; i < area.rows && view->top + i < page_rows(page); i++) {
        const struct row *row = row_at(page, view->top + i);
        struct area line = {area.column, area.row + i, area.columns, 1};
        draw_row(row, grid, line);
        if (row->item == NULL)
            continue;
        targets_add(targets, line, kind, view->top + i, row->item);
        if (marks && g_strcmp0(row->item, view->focus) == 0)
            grid_reverse(grid, line);
    }
}
