/* SPDX-License-Identifier: MIT */
/* The report as one HTML file, to be read and to be printed. */
#include <string.h>

#include "base/assets.h"
#include "commands/report/print.h"

#define STYLE_ASSET "report/report.css"

static const char *const classes[] = {
    [STYLE_PLAIN] = "",    [STYLE_NUMBER] = "number", [STYLE_STATE] = "state", [STYLE_ID] = "id",
    [STYLE_TIME] = "time", [STYLE_CARD] = "card",     [STYLE_GRID] = "grid",
};

static void append_around(GString *out, const char *before, const char *text, const char *after)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(out, "%s%s%s", before, escaped, after);
}

/* A GUID, or several in one, is broken between its groups and never within one. */
static void append_id(GString *out, const char *id)
{
    gboolean has_groups = id[strspn(id, "0123456789abcdefABCDEF-_")] == '\0';
    gsize end;
    g_string_append(out, "<span>");
    for (const char *at = id; *at != '\0'; at += end) {
        end = has_groups ? strcspn(at, "-_") : strlen(at);
        end += at[end] != '\0';
        g_autofree char *group = g_strndup(at, end);
        append_around(out, "<span>", group, "</span>");
    }
    g_string_append(out, "</span>");
}

static void print_pairs(GString *out, const struct block *block)
{
    g_string_append_printf(out, "<table class=\"pairs %s\">\n<tbody>\n", classes[block->style]);
    for (guint i = 0; i < block->rows->len; i++) {
        const struct block_row *row = block_row(block, i);
        append_around(out, "<tr><th scope=\"row\">", row_cell(row, 0), "</th><td>");
        if (row->cells->len <= 2) {
            append_around(out, "", row_cell(row, 1), "");
        } else {
            /* Several lines of a cell: where each begins has to be seen. */
            g_string_append(out, "<ul>");
            for (guint k = 1; k < row->cells->len; k++)
                append_around(out, "<li>", row_cell(row, k), "</li>");
            g_string_append(out, "</ul>");
        }
        g_string_append(out, "</td></tr>\n");
    }
    g_string_append(out, "</tbody>\n</table>\n");
}

/* A state's cell carries the word as a class of its own. */
static void print_table(GString *out, const struct block *block)
{
    g_string_append_printf(out, "<table class=\"%s\">\n<thead><tr>", classes[block->style]);
    for (const struct block_column *column = block->columns; column->title != NULL; column++)
        append_around(out, "<th scope=\"col\">", column->title, "</th>");
    g_string_append(out, "</tr></thead>\n<tbody>\n");
    for (guint i = 0; i < block->rows->len; i++) {
        g_string_append(out, "<tr>");
        for (guint k = 0; block->columns[k].title != NULL; k++) {
            enum block_style style = block->columns[k].style;
            const char *cell = row_cell(block_row(block, i), k);
            g_autofree char *word = g_strdelimit(g_strdup(cell), " ", '-');
            if (style == STYLE_PLAIN)
                g_string_append(out, "<td>");
            else
                g_string_append_printf(out, "<td class=\"%s%s%s\">", classes[style], style == STYLE_STATE ? " " : "",
                                       style == STYLE_STATE ? word : "");
            if (style == STYLE_ID)
                append_id(out, cell);
            else
                append_around(out, "", cell, "");
            g_string_append(out, "</td>");
        }
        g_string_append(out, "</tr>\n");
    }
    g_string_append(out, "</tbody>\n</table>\n");
}

static void print_list(GString *out, const struct block *block)
{
    int depth = -1;
    for (guint i = 0; i < block->rows->len; i++) {
        const struct block_row *row = block_row(block, i);
        if (row->depth > depth)
            g_string_append(out, "<ul>\n");
        for (int level = depth; level > row->depth; level--)
            g_string_append(out, "</li>\n</ul>");
        if (row->depth <= depth)
            g_string_append(out, "</li>\n");
        depth = row->depth;
        if (row_cell(row, 0)[0] != '\0')
            append_around(out, "<li><strong>", row_cell(row, 0), "</strong>: ");
        else
            g_string_append(out, "<li>");
        append_around(out, "", row_cell(row, 1), "");
    }
    for (; depth >= 0; depth--)
        g_string_append(out, "</li>\n</ul>\n");
}

static void print_block(GString *out, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        g_string_append_printf(out, "<h%d>", block->depth);
        append_around(out, "", block->text, "");
        g_string_append_printf(out, "</h%d>\n", block->depth);
        break;
    case BLOCK_NOTICE:
        append_around(out, "<p class=\"notice\">", block->text, "</p>\n");
        break;
    case BLOCK_PARAGRAPH:
    case BLOCK_CAPTION:
        append_around(out, "<p>", block->text, "</p>\n");
        break;
    case BLOCK_PAIRS:
        print_pairs(out, block);
        break;
    case BLOCK_TABLE:
    case BLOCK_LIST:
        if (block->rows->len == 0)
            append_around(out, "<p>", block->text, "</p>\n");
        else if (block->kind == BLOCK_TABLE)
            print_table(out, block);
        else
            print_list(out, block);
        break;
    case BLOCK_SIGNATURES:
        g_string_append(out, "<div class=\"signatures\">\n");
        for (guint i = 0; i < block->rows->len; i++)
            append_around(out, "<p>", row_cell(block_row(block, i), 0), "</p>\n");
        g_string_append(out, "</div>\n");
        break;
    case BLOCK_FIGURE:
        g_string_append(out, block->text);
        break;
    }
}

char *print_html(const GPtrArray *document)
{
    g_autoptr(GBytes) style = asset_bytes(STYLE_ASSET, NULL);
    GString *out = g_string_new("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                                "style-src 'unsafe-inline'\">\n"
                                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    append_around(out, "<title>", document_block(document, 0)->text, "</title>\n<style>\n");
    g_string_append_printf(out, "%s</style>\n</head>\n<body>\n",
                           style != NULL ? (const char *)g_bytes_get_data(style, NULL) : "");
    for (guint i = 0; i < document->len; i++)
        print_block(out, document_block(document, i));
    g_string_append(out, "</body>\n</html>\n");
    return g_string_free(out, FALSE);
}
