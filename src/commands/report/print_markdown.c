/* SPDX-License-Identifier: MIT */
/* The report as Markdown, for a wiki or a ticket. */
#include <string.h>

#include "commands/report/print.h"

#define SPECIAL "\\`*_{}[]<>#+!|~&"

/* No text from outside makes a heading, a cell, HTML, or a link that shows another text than where it leads. */
static void append_around(GString *out, const char *before, const char *text, const char *after)
{
    g_string_append(out, before);
    for (const char *at = text; *at != '\0'; at++) {
        if (strchr(SPECIAL, *at) != NULL)
            g_string_append_c(out, '\\');
        g_string_append_c(out, *at);
    }
    g_string_append(out, after);
}

static void print_pairs(GString *out, const struct block *block)
{
    g_string_append(out, "| | |\n|---|---|\n");
    for (guint i = 0; i < block->rows->len; i++) {
        const struct block_row *row = block_row(block, i);
        append_around(out, "| ", row_cell(row, 0), " | ");
        for (guint k = 1; k < row->cells->len; k++)
            append_around(out, k > 1 ? "<br>" : "", row_cell(row, k), "");
        g_string_append(out, " |\n");
    }
}

static void print_table(GString *out, const struct block *block)
{
    for (const struct block_column *column = block->columns; column->title != NULL; column++)
        append_around(out, "| ", column->title, column->title[0] != '\0' ? " " : "");
    g_string_append(out, "|\n");
    for (const struct block_column *column = block->columns; column->title != NULL; column++)
        g_string_append(out, column->style == STYLE_NUMBER ? "|---:" : "|---");
    g_string_append(out, "|\n");
    for (guint i = 0; i < block->rows->len; i++) {
        for (guint k = 0; block->columns[k].title != NULL; k++)
            append_around(out, "| ", row_cell(block_row(block, i), k), " ");
        g_string_append(out, "|\n");
    }
}

static void print_list(GString *out, const struct block *block)
{
    for (guint i = 0; i < block->rows->len; i++) {
        const struct block_row *row = block_row(block, i);
        g_string_append_printf(out, "%*s- ", 2 * row->depth, "");
        if (row_cell(row, 0)[0] != '\0')
            append_around(out, "**", row_cell(row, 0), "**: ");
        append_around(out, "", row_cell(row, 1), "\n");
    }
}

static void print_signatures(GString *out, const struct block *block)
{
    for (guint i = 0; i < block->rows->len; i++)
        append_around(out, "| ", row_cell(block_row(block, i), 0), " ");
    g_string_append(out, "|\n");
    for (int line = 0; line < 2; line++) {
        for (guint i = 0; i < block->rows->len; i++)
            g_string_append(out, line == 0 ? "|---" : "| &nbsp; ");
        g_string_append(out, "|\n");
    }
}

char *print_markdown(const GPtrArray *document)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < document->len; i++) {
        const struct block *block = document_block(document, i);
        gboolean is_rows = block->kind == BLOCK_TABLE || block->kind == BLOCK_LIST;
        if (block->kind == BLOCK_FIGURE || block->kind == BLOCK_CAPTION)
            continue;
        if (out->len > 0)
            g_string_append_c(out, '\n');
        if (block->kind == BLOCK_HEADING) {
            g_string_append(out, &"### "[3 - block->depth]);
            append_around(out, "", block->text, "\n");
        } else if (block->kind == BLOCK_NOTICE)
            append_around(out, "**", block->text, "**\n");
        else if (block->kind == BLOCK_PARAGRAPH || (is_rows && block->rows->len == 0))
            append_around(out, "", block->text, "\n");
        else if (block->kind == BLOCK_PAIRS)
            print_pairs(out, block);
        else if (block->kind == BLOCK_TABLE)
            print_table(out, block);
        else if (block->kind == BLOCK_LIST)
            print_list(out, block);
        else
            print_signatures(out, block);
    }
    return g_string_free(out, FALSE);
}
