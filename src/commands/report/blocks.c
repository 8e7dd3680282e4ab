/* SPDX-License-Identifier: MIT */
#include "commands/report/blocks.h"

static void row_free(gpointer data)
{
    struct block_row *row = data;
    g_ptr_array_unref(row->cells);
    g_free(row);
}

static void block_free(gpointer data)
{
    struct block *block = data;
    g_ptr_array_unref(block->rows);
    g_free(block);
}

GPtrArray *document_new(void)
{
    return g_ptr_array_new_with_free_func(block_free);
}

struct block *document_add(GPtrArray *document, enum block_kind kind, const char *text)
{
    struct block *block = g_new0(struct block, 1);
    block->kind = kind;
    block->text = text;
    block->rows = g_ptr_array_new_with_free_func(row_free);
    g_ptr_array_add(document, block);
    return block;
}

void document_heading(GPtrArray *document, int depth, const char *text)
{
    document_add(document, BLOCK_HEADING, text)->depth = depth;
}

struct block_row *block_add(struct block *block, const char *first, ...)
{
    struct block_row *row = g_new0(struct block_row, 1);
    va_list cells;
    row->cells = g_ptr_array_new();
    va_start(cells, first);
    for (const char *cell = first; cell != NULL; cell = va_arg(cells, const char *))
        g_ptr_array_add(row->cells, (gpointer)cell);
    va_end(cells);
    g_ptr_array_add(block->rows, row);
    return row;
}

void block_line(struct block_row *row, const char *text)
{
    g_ptr_array_add(row->cells, (gpointer)text);
}

void block_item(struct block *block, int depth, const char *lead, const char *text)
{
    block_add(block, lead, text, NULL)->depth = depth;
}

const struct block *document_block(const GPtrArray *document, guint i)
{
    return g_ptr_array_index(document, i);
}

const struct block_row *block_row(const struct block *block, guint i)
{
    return g_ptr_array_index(block->rows, i);
}

const char *row_cell(const struct block_row *row, guint i)
{
    return i < row->cells->len ? g_ptr_array_index(row->cells, i) : "";
}
