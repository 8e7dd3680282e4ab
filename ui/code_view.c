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

/* A module is two columns wide, so that it is square; light modules are drawn, in reverse, and dark ones left as they
 * are on a dark background. Readers accept both ways round. */
static void fill_code(struct page *page, const QRcode *code)
{
    for (int row = -QUIET; row < code->width + QUIET; row++) {
        page_row(page, NULL);
        for (int column = -QUIET; column < code->width + QUIET; column++)
            page_text(page, is_dark(code, column, row) ? STYLE_NORMAL : STYLE_MARK, "  ");
    }
}

static void code_fill(const struct console *console, struct view *view, struct page *page)
{
    (void)console;
    const char *text = view->data;
    page_paragraph(page, NULL, 0, STYLE_LINK, text);
    page_blank(page);
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L);
    if (code == NULL || (code->width + 2 * QUIET) * 2 > page_columns(page))
        page_paragraph(page, NULL, 0, STYLE_BOLD, "The code is too large for this screen. Make the window larger.");
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
