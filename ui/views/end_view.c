/* SPDX-License-Identifier: MIT */
#include "ui/views/end_view.h"

#include "ui/end_text.h"
#include "ui/navigation.h"

#define NARROW 50

static void fill_buttons(const struct console *console, struct text_layout *layout)
{
    static const struct {
        enum action_id action;
        const char *text;
    } buttons[] = {{ACTION_report, "[ Write the report ]"},
                   {ACTION_who, "[ Who can do what now ]"},
                   {ACTION_quit, "[ Quit perch ]"}};
    for (gsize i = 0; i < G_N_ELEMENTS(buttons); i++) {
        if (buttons[i].action == ACTION_who && console->options->tell_access == NULL)
            continue;
        struct item item = item_numbered(ITEM_ACTION, (int)buttons[i].action);
        layout_paragraph(layout, &item, 0, STYLE_NORMAL, buttons[i].text);
    }
}

/* On a small screen what can be done stands under the first words, so that both are seen; else at the end. */
static void end_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    gboolean narrow = layout_columns(layout) < NARROW;
    g_autoptr(GPtrArray) lines = end_lines(console->board);
    (void)overlay;
    for (guint i = 0; i < lines->len; i++) {
        const struct end_line *line = g_ptr_array_index(lines, i);
        layout_paragraph(layout, NULL, 0, line->style, line->label);
        if (*line->text != '\0')
            layout_continue(layout, 2, line->style == STYLE_BOLD ? STYLE_NORMAL : line->style, line->text);
        if (i > 0 || !narrow)
            continue;
        fill_buttons(console, layout);
        layout_blank(layout);
    }
    layout_paragraph(layout, NULL, 0, STYLE_DIM, "Esc goes back to the steps.");
    if (narrow)
        return;
    layout_blank(layout);
    fill_buttons(console, layout);
}

static void end_choose(struct console *console, struct overlay *overlay)
{
    struct item chosen = overlay->scroller.focus;
    console_pop(console);
    if (chosen.kind == ITEM_ACTION)
        action_run(console, (enum action_id)chosen.number);
}

static const struct overlay_ops end_view = {
    .place = PLACE_READ,
    .fill = end_fill,
    .choose = end_choose,
    .enter = "do it",
    .free = g_free,
    .box = TRUE,
    .focuses = TRUE,
};

struct overlay *end_view_new(const struct board *board)
{
    g_autofree char *title = end_title(board);
    return overlay_new(&end_view, title, NULL);
}
