#include "ui/bottom.h"

#include "ui/ask.h"
#include "ui/key_bar.h"

/* What is to be read there; NULL: keys. Caller frees. */
static struct page *bottom_page(const struct console *console, int columns)
{
    if (console->ask != NULL)
        return ask_page(console, columns);
    if (console->note.text == NULL)
        return NULL;
    struct page *page = page_new(columns - 1);
    page_paragraph(page, NULL, 1, STYLE_BOLD, console->note.text);
    return page;
}

int bottom_rows(const struct console *console, int columns, int rows)
{
    g_autoptr(Page) page = bottom_page(console, columns);
    return page != NULL ? CLAMP(page_rows(page), 1, MAX(rows / 2, 1)) : 1;
}

/* Where there is no room for all of it, its end is seen: there the answer is typed. */
void bottom_draw(struct console *console, struct area area)
{
    g_autoptr(Page) page = bottom_page(console, area.columns);
    if (page == NULL) {
        key_bar_draw(console, area);
        return;
    }
    struct page_view view = {.top = MAX(page_rows(page) - area.rows, 0)};
    page_draw(page, &view, console->grid, area, FALSE, NULL, TARGET_VIEW);
}
