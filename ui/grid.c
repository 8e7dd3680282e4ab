/* SPDX-License-Identifier: MIT */
#include "ui/grid.h"

#include <string.h>
#include <wchar.h>

#include "base/code_points.h"
#include "ui/glyph.h"

#define BOX 0x25AF
#define ELLIPSIS "…"

struct grid *grid_new(int columns, int rows, gboolean ascii, gboolean utf8)
{
    struct grid *grid = g_new0(struct grid, 1);
    grid->columns = MAX(columns, 1);
    grid->rows = MAX(rows, 1);
    grid->ascii = ascii;
    grid->utf8 = utf8;
    grid->cells = g_new0(struct cell, (gsize)grid->columns * (gsize)grid->rows);
    grid->links = g_ptr_array_new_with_free_func(g_free);
    grid_clear(grid);
    return grid;
}

void grid_free(struct grid *grid)
{
    if (grid == NULL)
        return;
    g_ptr_array_unref(grid->links);
    g_free(grid->cells);
    g_free(grid);
}

static struct cell *cell_at(const struct grid *grid, int column, int row)
{
    return &grid->cells[(gsize)row * (gsize)grid->columns + (gsize)column];
}

static gboolean inside(const struct grid *grid, int column, int row)
{
    return column >= 0 && row >= 0 && column < grid->columns && row < grid->rows;
}

static void blank(struct cell *cell)
{
    *cell = (struct cell){.text = {' '}, .columns = 1, .style = STYLE_NORMAL};
}

void grid_clear(struct grid *grid)
{
    gsize columns = (gsize)grid->columns;
    for (gsize column = 0; column < columns; column++)
        blank(&grid->cells[column]);
    for (gsize row = 1; row < (gsize)grid->rows; row++)
        memcpy(&grid->cells[row * columns], grid->cells, columns * sizeof *grid->cells);
    g_ptr_array_set_size(grid->links, 0);
    grid->cursor_shown = FALSE;
}

static gboolean is_dangerous(gunichar character)
{
    gboolean is_ascii = character >= ' ' && character < 0x7F;
    return !is_ascii && (code_point_class(character) & CODE_POINT_DANGEROUS) != 0;
}

int grid_character_columns(gunichar character)
{
    if (character < 0x7F)
        return 1;
    if (is_dangerous(character))
        return 1;
    int columns = wcwidth((wchar_t)character);
    if (columns >= 0)
        return MIN(columns, 2);
    return g_unichar_iszerowidth(character) ? 0 : g_unichar_iswide(character) ? 2 : 1;
}

int grid_text_columns(const char *text)
{
    int columns = 0;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
        columns += (guchar)*at < 0x7F ? 1 : grid_character_columns(g_utf8_get_char(at));
    return columns;
}

static gunichar drawable(const struct grid *grid, gunichar character)
{
    if (is_dangerous(character))
        character = BOX;
    if (character < 0x7F || !(grid->ascii || !grid->utf8))
        return character;
    char twin = glyph_twin(character);
    if (twin != 0)
        return (gunichar)twin;
    return grid->utf8 ? character : '?';
}

/* A wide character that loses one half loses the other too. */
static void clear_halves(struct grid *grid, int column, int row)
{
    struct cell *cell = cell_at(grid, column, row);
    if (cell->columns == 0 && column > 0)
        blank(cell_at(grid, column - 1, row));
    if (cell->columns == 2 && column + 1 < grid->columns)
        blank(cell_at(grid, column + 1, row));
}

static void add_mark(struct grid *grid, int column, int row, gunichar mark)
{
    while (column > 0 && inside(grid, column, row) && cell_at(grid, column, row)->columns == 0)
        column--;
    if (!inside(grid, column, row))
        return;
    struct cell *cell = cell_at(grid, column, row);
    for (int i = 1; i <= GRID_MARKS; i++)
        if (cell->text[i] == 0) {
            cell->text[i] = mark;
            return;
        }
}

static void put_character(struct grid *grid, int column, int row, enum style style, gunichar character, int columns)
{
    if (!inside(grid, column, row))
        return;
    if (cell_at(grid, column, row)->columns != 1)
        clear_halves(grid, column, row);
    if (columns == 2 && !inside(grid, column + 1, row)) {
        blank(cell_at(grid, column, row));
        return;
    }
    *cell_at(grid, column, row) =
        (struct cell){.text = {character}, .columns = (guint8)columns, .style = (guint8)style};
    if (columns == 2) {
        clear_halves(grid, column + 1, row);
        *cell_at(grid, column + 1, row) = (struct cell){.columns = 0, .style = (guint8)style};
    }
}

static int put_all(struct grid *grid, int column, int row, int limit, enum style style, const char *text)
{
    int used = 0;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        gboolean is_plain = *at >= ' ' && *at < 0x7F;
        gunichar character = is_plain ? (gunichar)*at : drawable(grid, g_utf8_get_char(at));
        int columns = is_plain ? 1 : grid_character_columns(character);
        if (columns == 0) {
            if (used > 0)
                add_mark(grid, column + used - 1, row, character);
            continue;
        }
        if (used + columns > limit)
            break;
        put_character(grid, column + used, row, style, character, columns);
        used += columns;
    }
    return used;
}

int grid_put(struct grid *grid, int column, int row, int limit, enum style style, const char *text)
{
    if (limit <= 0)
        return 0;
    /* No character has more columns than bytes. */
    if (strlen(text) <= (gsize)limit || grid_text_columns(text) <= limit)
        return put_all(grid, column, row, limit, style, text);
    int used = put_all(grid, column, row, limit - 1, style, text);
    return used + put_all(grid, column + used, row, 1, style, ELLIPSIS);
}

void grid_link(struct grid *grid, int column, int row, int columns, const char *address)
{
    guint last = grid->links->len;
    if (last == 0 || strcmp(g_ptr_array_index(grid->links, last - 1), address) != 0) {
        g_ptr_array_add(grid->links, g_strdup(address));
        last++;
    }
    for (int i = column; i < column + columns; i++)
        if (inside(grid, i, row) && last <= G_MAXUINT16)
            cell_at(grid, i, row)->link = (guint16)last;
}

void grid_repeat(struct grid *grid, int column, int row, int count, enum style style, gunichar character)
{
    gunichar drawn = drawable(grid, character);
    for (int i = 0; i < count; i++)
        put_character(grid, column + i, row, style, drawn, 1);
}

void grid_erase(struct grid *grid, struct area area)
{
    for (int row = area.row; row < area.row + area.rows; row++)
        grid_repeat(grid, area.column, row, area.columns, STYLE_NORMAL, ' ');
}

void grid_reverse(struct grid *grid, struct area area)
{
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int column = area.column; column < area.column + area.columns; column++)
            if (inside(grid, column, row))
                cell_at(grid, column, row)->reverse = TRUE;
}

void grid_show_cursor(struct grid *grid, int column, int row)
{
    grid->cursor_shown = inside(grid, column, row);
    grid->cursor_column = column;
    grid->cursor_row = row;
}

void grid_edge(struct grid *grid, struct area edge, const char *corners, const char *title, const char *right_title,
               gboolean focused)
{
    if (edge.columns < 2)
        return;
    grid_repeat(grid, edge.column, edge.row, edge.columns, STYLE_DIM, 0x2500);
    grid_repeat(grid, edge.column, edge.row, 1, STYLE_DIM, g_utf8_get_char(corners));
    grid_repeat(grid, edge.column + edge.columns - 1, edge.row, 1, STYLE_DIM,
                g_utf8_get_char(g_utf8_next_char(corners)));
    int right_columns = right_title != NULL && *right_title != '\0' ? grid_text_columns(right_title) + 2 : 0;
    int room = edge.columns - 4;
    if (right_columns > room / 2)
        right_columns = MIN(right_columns, MAX(room - (title != NULL ? grid_text_columns(title) : 0) - 4, 0));
    if (title != NULL && *title != '\0' && room > 4) {
        g_autofree char *padded = g_strdup_printf(" %s%s ", focused ? "▸ " : "", title);
        int used = grid_put(grid, edge.column + 1, edge.row, room - right_columns, focused ? STYLE_BOLD : STYLE_NORMAL,
                            padded);
        if (focused)
            grid_reverse(grid, (struct area){edge.column + 1, edge.row, used, 1});
    }
    if (right_columns > 2) {
        g_autofree char *padded = g_strdup_printf(" %s ", right_title);
        grid_put(grid, edge.column + edge.columns - 1 - right_columns, edge.row, right_columns, STYLE_DIM, padded);
    }
}

void grid_frame(struct grid *grid, struct area area, const char *title, const char *right_title)
{
    struct area edge = {area.column, area.row, area.columns, 1};
    grid_edge(grid, edge, "┌┐", title, right_title, FALSE);
    for (int row = area.row + 1; row < area.row + area.rows - 1; row++) {
        grid_repeat(grid, area.column, row, 1, STYLE_DIM, 0x2502);
        grid_repeat(grid, area.column + area.columns - 1, row, 1, STYLE_DIM, 0x2502);
    }
    edge.row = area.row + area.rows - 1;
    grid_edge(grid, edge, "└┘", NULL, NULL, FALSE);
}

char *grid_row_text(const struct grid *grid, int row)
{
    GString *text = g_string_new(NULL);
    for (int column = 0; column < grid->columns; column++) {
        const struct cell *cell = cell_at(grid, column, row);
        for (int i = 0; i <= GRID_MARKS && cell->text[i] != 0; i++)
            g_string_append_unichar(text, cell->text[i]);
    }
    while (text->len > 0 && text->str[text->len - 1] == ' ')
        g_string_truncate(text, text->len - 1);
    return g_string_free(text, FALSE);
}
