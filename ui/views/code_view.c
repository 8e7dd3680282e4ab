/* SPDX-License-Identifier: MIT */
#include "ui/views/code_view.h"

#include "ui/late_qrencode.h"

#define QUIET 2

static gboolean is_dark(const QRcode *code, int column, int row)
{
    if (column < 0 || row < 0 || column >= code->width || row >= code->width)
        return FALSE;
    return (code->data[row * code->width + column] & 1) != 0;
}

/* Light modules are drawn and dark ones left as they are on a dark background; readers accept both ways round. Two rows
 * of modules share a row of half blocks, so that a module is square. */
static void fill_code(struct text_layout *layout, const QRcode *code)
{
    static const char *const halves[] = {" ", "▄", "▀", "█"};
    for (int row = -QUIET; row < code->width + QUIET; row += 2) {
        layout_row(layout, NULL);
        g_autoptr(GString) line = g_string_new(NULL);
        for (int column = -QUIET; column < code->width + QUIET; column++) {
            int upper = is_dark(code, column, row) ? 0 : 2;
            int lower = is_dark(code, column, row + 1) || row + 1 >= code->width + QUIET ? 0 : 1;
            g_string_append(line, halves[upper + lower]);
        }
        layout_text(layout, STYLE_NORMAL, line->str);
    }
}

static void code_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    const char *text = overlay->data;
    gboolean wide = console->options->ascii || !g_get_charset(NULL);
    layout_link(layout, NULL, text, text);
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L);
    if (code == NULL || (code->width + 2 * QUIET) * (wide ? 2 : 1) > layout_columns(layout))
        layout_paragraph(layout, NULL, 0, STYLE_BOLD, "The code is too large for this screen. Make the window larger.");
    else if (wide) {
        /* Without half blocks a module takes two columns of reversed blanks. */
        for (int row = -QUIET; row < code->width + QUIET; row++) {
            layout_row(layout, NULL);
            for (int column = -QUIET; column < code->width + QUIET; column++)
                layout_text(layout, is_dark(code, column, row) ? STYLE_NORMAL : STYLE_MARK, "  ");
        }
    } else
        fill_code(layout, code);
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
    .fill = code_fill,
    .copy = code_copy,
    .free = g_free,
};

struct overlay *code_view_new(const char *text)
{
    return overlay_new(&code_view, "QR code", g_strdup(text));
}
