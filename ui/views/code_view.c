/* SPDX-License-Identifier: MIT */
#include "ui/views/code_view.h"

#include "ui/late_qrencode.h"

#define QUIET 2       /* modules round it, */
#define QUIET_LEAST 1 /* and where there is no room for those */
#define FRAME_ROWS 2  /* of the screen: title and keys */

static gboolean is_dark(const QRcode *code, int column, int row)
{
    if (column < 0 || row < 0 || column >= code->width || row >= code->width)
        return FALSE;
    return (code->data[row * code->width + column] & 1) != 0;
}

/* Light modules are drawn and dark ones left as they are on a dark background; readers accept both ways round. Two rows
 * of modules share a row of half blocks, so that a module is square. */
static void fill_halves(struct text_layout *layout, const QRcode *code, int quiet)
{
    static const char *const halves[] = {" ", "▄", "▀", "█"};
    for (int row = -quiet; row < code->width + quiet; row += 2) {
        layout_row(layout, NULL);
        g_autoptr(GString) line = g_string_new(NULL);
        for (int column = -quiet; column < code->width + quiet; column++) {
            int upper = is_dark(code, column, row) ? 0 : 2;
            int lower = is_dark(code, column, row + 1) || row + 1 >= code->width + quiet ? 0 : 1;
            g_string_append(line, halves[upper + lower]);
        }
        layout_text(layout, STYLE_NORMAL, line->str);
    }
}

/* Without half blocks a module takes two columns of reversed blanks. */
static void fill_blanks(struct text_layout *layout, const QRcode *code, int quiet)
{
    for (int row = -quiet; row < code->width + quiet; row++) {
        layout_row(layout, NULL);
        for (int column = -quiet; column < code->width + quiet; column++)
            layout_text(layout, is_dark(code, column, row) ? STYLE_NORMAL : STYLE_MARK, "  ");
    }
}

static void fill_code(struct text_layout *layout, const QRcode *code, gboolean wide, int room)
{
    int modules = code->width + 2 * QUIET_LEAST;
    int quiet = QUIET_LEAST;
    int rows = wide ? modules : (modules + 1) / 2, columns = wide ? 2 * modules : modules;
    if (rows + (wide ? 2 : 1) <= room)
        quiet = QUIET;
    if (rows > room || columns > layout_columns(layout)) {
        g_autofree char *words =
            g_strdup_printf("The code needs a window of %d columns and %d rows. Make this one larger, or copy the link "
                            "with y.",
                            columns + 4, rows + FRAME_ROWS);
        layout_paragraph(layout, NULL, 0, STYLE_BOLD, words);
    } else if (wide)
        fill_blanks(layout, code, quiet);
    else
        fill_halves(layout, code, quiet);
}

/* The link stands below, where it is no loss that it is out of sight. */
static void code_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    const char *text = overlay->data;
    gboolean wide = console->options->ascii || !g_get_charset(NULL);
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L);
    if (code == NULL)
        layout_paragraph(layout, NULL, 0, STYLE_BOLD, "The link is too long for a code: copy it with y.");
    else
        fill_code(layout, code, wide, console->grid != NULL ? console->grid->rows - FRAME_ROWS : G_MAXINT);
    layout_link(layout, NULL, text, text);
    if (code != NULL)
        QRcode_free(code);
}

static char *code_copy(const struct console *console, const struct overlay *overlay)
{
    (void)console;
    return g_strdup(overlay->data);
}

static const struct overlay_ops code_view = {
    .place = PLACE_READ,
    .bare = TRUE,
    .fill = code_fill,
    .copy = code_copy,
    .free = g_free,
};

struct overlay *code_view_new(const char *text)
{
    return overlay_new(&code_view, "QR code", g_strdup(text));
}
