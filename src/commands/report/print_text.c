/* SPDX-License-Identifier: MIT */
/* The report as plain text, for a terminal, a mail or a ticket. */
#include "base/text.h"
#include "commands/report/print.h"

#define INDENT 2
#define FOLD 4
#define SIGNATURE_COLUMNS 48
#define PAGE_COLUMNS 80

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

/* TEXT between words so that no line is wider than a page, and the end of the line; USED columns of the first are
 * taken, each other one begins with INDENT blanks. A word that is wider, an address or an id, is left whole. */
static void append_wrapped(GString *out, const char *text, int used, int indent)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    gboolean begins = TRUE;
    for (char **word = words; *word != NULL; word++) {
        int needed = text_width(*word);
        gboolean breaks = !begins && used + 1 + needed > PAGE_COLUMNS;
        if (breaks) {
            g_string_append_c(out, '\n');
            fill(out, ' ', indent);
            used = indent;
        } else if (!begins) {
            g_string_append_c(out, ' ');
            used++;
        }
        g_string_append(out, *word);
        used += needed;
        begins = FALSE;
    }
    g_string_append_c(out, '\n');
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
            append_wrapped(out, row_cell(row, k), width, width);
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

/* A row of a table that is wider than a page: what it is about, and what else it says below. */
static void print_folded(GString *out, const struct block *block, const struct block_row *row)
{
    g_autoptr(GString) head = g_string_new(NULL);
    g_autoptr(GString) rest = g_string_new(NULL);
    gboolean is_headed = FALSE;
    for (guint k = 0; block->columns[k].title != NULL; k++) {
        const char *cell = row != NULL ? row_cell(row, k) : block->columns[k].title;
        GString *part = is_headed ? rest : head;
        is_headed = is_headed || block->columns[k].style != STYLE_NUMBER;
        if (cell[0] != '\0')
            g_string_append_printf(part, "%s%s", part->len == 0 ? "" : part == head ? " " : " · ", cell);
    }
    append_wrapped(out, head->str, 0, FOLD);
    if (rest->len == 0)
        return;
    fill(out, ' ', FOLD);
    append_wrapped(out, rest->str, FOLD, FOLD);
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
        int indent = INDENT * (row->depth + 1);
        g_autofree char *said = g_strconcat(lead, lead[0] != '\0' ? ": " : "", row_cell(row, 1), NULL);
        fill(out, ' ', indent - INDENT);
        g_string_append(out, "- ");
        append_wrapped(out, said, indent, indent);
    }
}

static void print_signatures(GString *out, const struct block *block)
{
    int width = width_of(block, 0) + INDENT;
    for (guint i = 0; i < block->rows->len; i++) {
        g_string_append_c(out, '\n');
        append_padded(out, row_cell(block_row(block, i), 0), width);
        fill(out, '_', SIGNATURE_COLUMNS);
        g_string_append_c(out, '\n');
    }
    g_string_append_c(out, '\n');
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
            append_wrapped(out, block->text, 0, 0);
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
