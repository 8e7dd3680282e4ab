/* SPDX-License-Identifier: MIT */
#include "ui/views/overlay.h"

#define NARROW 60
#define BOX_COLUMNS 76
#define EDGE_COLUMNS 9 /* of corners, lines and blanks round both texts of an edge */
#define READ_COLUMNS 110

struct overlay *overlay_new(const struct overlay_ops *ops, const char *title, gpointer data)
{
    struct overlay *overlay = g_new0(struct overlay, 1);
    overlay->ops = ops;
    overlay->title = g_strdup(title);
    overlay->data = data;
    overlay->columns = BOX_COLUMNS;
    return overlay;
}

void overlay_free(gpointer data)
{
    struct overlay *overlay = data;
    if (overlay == NULL)
        return;
    if (overlay->ops->free != NULL)
        overlay->ops->free(overlay->data);
    scroller_clear(&overlay->scroller);
    g_free(overlay->title);
    g_free(overlay);
}

struct text_layout *overlay_layout(const struct console *console, struct overlay *overlay)
{
    struct text_layout *layout = layout_new(overlay->columns);
    overlay->ops->fill(console, overlay, layout);
    return layout;
}

gboolean overlay_sees_mark(const struct console *console, struct overlay *overlay)
{
    if (!overlay->ops->focuses || overlay->scroller.focus.kind == ITEM_NONE || overlay->scroller.rows == 0)
        return TRUE;
    g_autoptr(TextLayout) layout = overlay_layout(console, overlay);
    return !layout_has_item(layout, &overlay->scroller.focus) || scroller_sees_focus(&overlay->scroller, layout);
}

void overlay_draw(struct console *console, struct overlay *overlay, struct area area)
{
    overlay->columns = MIN(area.columns - 4, overlay->ops->box ? BOX_COLUMNS : READ_COLUMNS);
    g_autoptr(TextLayout) layout = overlay_layout(console, overlay);
    struct area frame = area;
    /* A box stands in the middle, with a margin only where there is room for one. */
    if (overlay->ops->box) {
        frame.columns = MIN(area.columns, BOX_COLUMNS + 4);
        frame.rows = MIN(area.rows, layout_rows(layout) + 2);
        frame.column += (area.columns - frame.columns) / 2;
        frame.row += (area.rows - frame.rows) / 2;
    }
    int edge = overlay->ops->bare ? 0 : 1;
    struct area inner = {frame.column + 2, frame.row + edge, frame.columns - 4, frame.rows - 2 * edge};
    if (overlay->ops->focuses && (!layout_has_item(layout, &overlay->scroller.focus)))
        scroller_set_focus(&overlay->scroller, layout_first_item(layout));
    if (overlay->ops->focuses && overlay->scroller.rows != inner.rows) {
        /* What was scrolled away from is not come back to. */
        gboolean saw = overlay->scroller.rows == 0 || scroller_sees_focus(&overlay->scroller, layout);
        overlay->scroller.rows = inner.rows;
        if (saw && !scroller_sees_focus(&overlay->scroller, layout))
            scroller_reveal(&overlay->scroller, layout);
    }
    grid_erase(console->grid, frame);
    layout_draw(layout, &overlay->scroller, console->grid, inner, overlay->ops->focuses, console->hits, HIT_OVERLAY);
    /* Where nothing is marked the cursor stands where reading begins. */
    if (!console->grid->cursor_shown)
        grid_show_cursor(console->grid, inner.column, inner.row);
    int below = layout_rows(layout) - overlay->scroller.top - overlay->scroller.rows;
    overlay->read |= below <= 0;
    overlay->unread = overlay->read ? 0 : below;
    if (overlay->ops->bare)
        return;
    /* The title is whole before the count is wordy. */
    g_autofree char *more = scroller_out_of_sight(&overlay->scroller, layout, FALSE);
    g_autofree char *brief = scroller_out_of_sight(&overlay->scroller, layout, TRUE);
    gboolean fits =
        more == NULL || grid_text_columns(overlay->title) + grid_text_columns(more) + EDGE_COLUMNS <= frame.columns;
    const char *words = frame.columns < NARROW || !fits ? brief : more;
    grid_frame(console->grid, frame, overlay->title, words != NULL ? words : "");
}
