#include "ui/view.h"

#define BOX_COLUMNS 76
#define READ_COLUMNS 110

struct view *view_new(const struct view_ops *ops, gpointer data)
{
    struct view *view = g_new0(struct view, 1);
    view->ops = ops;
    view->data = data;
    view->columns = BOX_COLUMNS;
    return view;
}

void view_free(gpointer data)
{
    struct view *view = data;
    if (view == NULL)
        return;
    if (view->ops->free != NULL)
        view->ops->free(view->data);
    page_view_clear(&view->page);
    g_free(view->find);
    g_free(view);
}

struct page *view_page(const struct console *console, struct view *view)
{
    struct page *page = page_new(view->columns);
    view->ops->fill(console, view, page);
    return page;
}

/* A box stands in the middle, with a margin only where there is room for one. */
static struct area box_area(struct area area, int rows)
{
    int columns = MIN(area.columns, BOX_COLUMNS + 4);
    int height = MIN(area.rows, rows + 2);
    return (struct area){area.column + (area.columns - columns) / 2, area.row + (area.rows - height) / 2, columns,
                         height};
}

static char *scroll_words(const struct view *view, const struct page *page)
{
    int below = page_rows(page) - view->page.top - view->page.rows;
    if (below <= 0)
        return g_strdup("");
    return g_strdup_printf(below == 1 ? "%d more row ↓" : "%d more rows ↓", below);
}

void view_draw(struct console *console, struct view *view, struct area area)
{
    view->columns = MIN(area.columns - 4, view->ops->box ? BOX_COLUMNS : READ_COLUMNS);
    g_autoptr(Page) page = view_page(console, view);
    struct area frame = view->ops->box ? box_area(area, page_rows(page)) : area;
    struct area inner = {frame.column + 2, frame.row + 1, frame.columns - 4, frame.rows - 2};
    if (view->ops->focuses && (view->page.focus == NULL || !page_has_item(page, view->page.focus)))
        page_view_set_focus(&view->page, page_first_item(page));
    g_autofree char *title = view->ops->title(console, view);
    grid_erase(console->grid, frame);
    page_draw(page, &view->page, console->grid, inner, view->ops->focuses, console->targets, TARGET_VIEW);
    g_autofree char *right = scroll_words(view, page);
    grid_frame(console->grid, frame, title, right);
}
