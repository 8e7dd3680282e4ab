/* SPDX-License-Identifier: MIT */
#include "ui/bottom.h"

#include "ui/ask.h"
#include "ui/key_bar.h"

#define ROWS_ABOVE 4 /* the title, and a row of a pane in its edges */

/* What is to be read there; NULL: keys. Caller frees. */
static struct text_layout *bottom_layout(const struct console *console, int columns)
{
    if (console->ask != NULL)
        return ask_layout(console, columns);
    if (console->note.text == NULL)
        return NULL;
    struct text_layout *layout = layout_new(columns - 1);
    layout_paragraph(layout, NULL, 1, STYLE_BOLD, console->note.text);
    return layout;
}

int bottom_rows(const struct console *console, int columns, int rows)
{
    g_autoptr(TextLayout) layout = bottom_layout(console, columns);
    /* Why an answer was not taken is worth more than what stands behind the question. */
    int most = ask_has_remark(console) ? rows - ROWS_ABOVE : rows / 2;
    return layout != NULL ? CLAMP(layout_rows(layout), 1, MAX(most, 1)) : 1;
}

/* Where there is no room for all of it, its end is seen: there the answer is typed. */
void bottom_draw(struct console *console, struct area area)
{
    g_autoptr(TextLayout) layout = bottom_layout(console, area.columns);
    if (layout == NULL) {
        key_bar_draw(console, area);
        return;
    }
    struct scroller scroller = {.top = MAX(layout_rows(layout) - area.rows, 0)};
    layout_draw(layout, &scroller, console->grid, area, FALSE, NULL, HIT_OVERLAY);
    ask_add_hits(console, area, scroller.top, console->hits);
}
