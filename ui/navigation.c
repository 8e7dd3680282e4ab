/* SPDX-License-Identifier: MIT */
#include "ui/navigation.h"

#include "ui/form/form.h"
#include "ui/progress.h"
#include "ui/views/overlay.h"

/* STEP may be the very text that is replaced. */
void console_select(struct console *console, const char *step)
{
    g_autofree char *id = g_strdup(step);
    struct item item = item_named(ITEM_STEP, id);
    scroller_set_focus(&console->checklist, &item);
    if (g_strcmp0(console->step, id) == 0 && !console->collecting)
        return;
    form_leave(console);
    progress_end(console);
    console->collecting = FALSE;
    console->filled_in = NULL;
    g_free(console->step);
    console->step = g_steal_pointer(&id);
    scroller_clear(&console->step_scroller);
    console->dirty = TRUE;
}

void console_push(struct console *console, struct overlay *overlay)
{
    g_autoptr(TextLayout) layout = overlay_layout(console, overlay);
    if (overlay->ops->focuses && !layout_has_item(layout, &overlay->scroller.focus))
        scroller_set_focus(&overlay->scroller, layout_first_item(layout));
    g_ptr_array_add(console->overlays, overlay);
    console->dirty = TRUE;
}

void console_pop(struct console *console)
{
    if (console->overlays->len > 0)
        g_ptr_array_set_size(console->overlays, (int)console->overlays->len - 1);
    console->dirty = TRUE;
}
