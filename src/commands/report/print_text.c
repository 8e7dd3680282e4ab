/* SPDX-License-Identifier: MIT */
/* The report as plain text, for a terminal, a mail or a ticket. */
#include "base/text.h"
#include "commands/report/print.h"

#define INDENT 2
#define SIGNATURE_COLUMNS 24
#define PAGE_COLUMNS 132

static void fill(GString *out, char character, int count)
{
    for (int i = 0; i < count; i++)
        g_string_append_c(out, character);
}

static void append_padded(GString *out, const char *text, int columns)
{
    g_string_append(out, text);
    fill(out, ' ', columns - text_width(text));
}

/* The columns that cell CELL needs in the widest row. */
static int width_of(const struct block *block, guint cell)
{
    int width = block->columns != NULL ? text_width(block->columns[cell].title) : 0;
    for (guint i = 0; i < block->rows->len; i++)
        width = MAX(width, text_width(row_cell(block_row(block, i), cell)));
    return width;
}

static void print_pairs(GString *out, const struct block *block)
{
    int width = width_of(block, 0) + INDENT;
    for (guint i = 0; i < block->rows->len; i++) {
        const struct block_row *row = block_row(block, i);
        for (guint k = 1; k < row->cells->len; k++) {
            append_padded(out, k == 1 ? row_cell(row, 0) : "", width);
            g_string_append_printf(out, "%s\n", row_cell(row, k));
        }
    }
}

static void print_cells(GString *out, const struct block *block, const struct block_row *row)
{
    gsize start = out->len;
    for (guint k = 0; block->columns[k].title != NULL; k++) {
        const char *cell = row != NULL ? row_cell(row, k) : block->columns[k].title;
        int width = width_of(block, k);
        if (block->columns[k].style == STYLE_NUMBER)
            fill(out, ' ', width - text_width(cell));
        append_padded(out, cell, block->columns[k].style == STYLE_NUMBER ? 0 : width);
        fill(out, ' ', INDENT);
    }
    while (out->len > start && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    g_string_append_c(out, '\n');
}

/* A row that is wider than a page: its first cell, and what else it says in a line below. */
static void print_folded(GString *out, const struct block *block, const struct block_row *row)
{
    const char *between = "    ";
    for (guint k = 0; block->columns[k].title != NULL; k++) {
        const char *cell = row != NULL ? row_cell(row, k) : block->columns[k].title;
        if (k == 0)
            g_string_append_printf(out, "%s\n", cell);
        else if (cell[0] != '\0')
            g_string_append_printf(out, "%s%s", between, cell);
        between = k > 0 && cell[0] != '\0' ? " · " : between;
    }
    g_string_append_c(out, '\n');
}

static void print_table(GString *out, const struct block *block)
{
    int width = 0;
    for (guint k = 0; block->columns[k].title != NULL; k++)
        width += width_of(block, k) + INDENT;
    void (*print)(GString *, const struct block *, const struct block_row *) =
        width > PAGE_COLUMNS && block->style != STYLE_GRID ? print_folded : print_cells;
    print(out, block, NULL);
    for (guint i = 0; i < block->rows->len; i++)
        print(out, block, block_row(block, i));
}

static void print_list(GString *out, const struct block *block)
{
    for (guint i = 0; i < block->rows->len; i++) {
        const struct block_row *row = block_row(block, i);
        const char *lead = row_cell(row, 0);
        fill(out, ' ', INDENT * row->depth);
        g_string_append_printf(out, "- %s%s%s\n", lead, lead[0] != '\0' ? ": " : "", row_cell(row, 1));
    }
}

static void print_signatures(GString *out, const struct block *block)
{
    g_string_append_c(out, '\n');
    for (guint i = 0; i < block->rows->len; i++) {
        g_string_append_printf(out, "%s%s ", i > 0 ? "  " : "", row_cell(block_row(block, i), 0));
        fill(out, '_', SIGNATURE_COLUMNS);
    }
    g_string_append(out, "\n\n");
}

char *print_text(const GPtrArray *document)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < document->len; i++) {
        const struct block *block = document_block(document, i);
        gboolean empty = block->rows->len == 0 && (block->kind == BLOCK_TABLE || block->kind == BLOCK_LIST);
        if (block->kind == BLOCK_HEADING) {
            g_string_append_printf(out, "%s%s\n", out->len > 0 ? "\n" : "", block->text);
            fill(out, block->depth == 1 ? '=' : '-', block->depth < 3 ? text_width(block->text) : 0);
            g_string_append(out, block->depth < 3 ? "\n" : "");
        } else if (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_NOTICE || empty)
            g_string_append_printf(out, "%s\n", block->text);
        else if (block->kind == BLOCK_SIGNATURES)
            print_signatures(out, block);
        else if (block->kind == BLOCK_PAIRS)
            print_pairs(out, block);
        else if (block->kind == BLOCK_TABLE)
            print_table(out, block);
        else if (block->kind == BLOCK_LIST)
            print_list(out, block);
    }
    return g_string_free(out, FALSE);
}
