#include "ui/views.h"

#include <qrencode.h>

#define QUIET 2

static char *code_title(const struct console *console, const struct view *view)
{
    (void)console;
    (void)view;
    return g_strdup("QR code");
}

static gboolean is_dark(const QRcode *code, int column, int row)
{
    if (column < 0 || row < 0 || column >= code->width || row >= code->width)
        return FALSE;
    return (code->data[row * code->width + column] & 1) != 0;
}

/* Light modules are drawn and dark ones left as they are on a dark background; readers accept both ways round. Two rows
 * of modules share a row of half blocks, so that a module is square. */
static void fill_code(struct page *page, const QRcode *code)
{
    static const char *const halves[] = {" ", "▄", "▀", "█"};
    for (int row = -QUIET; row < code->width + QUIET; row += 2) {
        page_row(page, NULL);
        g_autoptr(GString) line = g_string_new(NULL);
        for (int column = -QUIET; column < code->width + QUIET; column++) {
            int upper = is_dark(code, column, row) ? 0 : 2;
            int lower = is_dark(code, column, row + 1) || row + 1 >= code->width + QUIET ? 0 : 1;
            g_string_append(line, halves[upper + lower]);
        }
        page_text(page, STYLE_NORMAL, line->str);
    }
}

/* Without half blocks a module takes two columns of reversed blanks. */
static void fill_wide_code(struct page *page, const QRcode *code)
{
    for (int row = -QUIET; row < code->width + QUIET; row++) {
        page_row(page, NULL);
        for (int column = -QUIET; column < code->width + QUIET; column++)
            page_text(page, is_dark(code, column, row) ? STYLE_NORMAL : STYLE_MARK, "  ");
    }
}

static void code_fill(const struct console *console, struct view *view, struct page *page)
{
    const char *text = view->data;
    gboolean wide = console->options->ascii || !g_get_charset(NULL);
    page_paragraph(page, NULL, 0, STYLE_LINK, text);
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L);
    if (code == NULL || (code->width + 2 * QUIET) * (wide ? 2 : 1) > page_columns(page))
        page_paragraph(page, NULL, 0, STYLE_BOLD, "The code is too large for this screen. Make the window larger.");
    else if (wide)
        fill_wide_code(page, code);
    else
        fill_code(page, code);
    if (code != NULL)
        QRcode_free(code);
}

static char *code_copy(const struct console *console, const struct view *view)
{
    (void)console;
    return g_strdup(view->data);
}

static const struct view_ops code_view = {
    .place = PLACE_READ,
    .title = code_title,
    .fill = code_fill,
    .copy = code_copy,
    .free = g_free,
};

struct view *code_view_new(const char *text)
{
    return view_new(&code_view, g_strdup(text));
}
