/* SPDX-License-Identifier: MIT */
#include "ui/views/handed_view.h"

#include "ui/taking_over.h"

#define CHANGE_COLUMN 2

/* The first GRAVE of them decide where data goes and who gets in. */
static void fill_changes(const struct board *board, struct text_layout *layout)
{
    const struct board_handed *handed = board->handed;
    for (guint i = 0; i < handed->changes->len; i++) {
        const struct board_difference *change = g_ptr_array_index(handed->changes, i);
        gboolean grave = i < handed->grave;
        layout_row(layout, NULL);
        layout_text(layout, STYLE_WAIT, grave ? "! " : "  ");
        layout_continue(layout, CHANGE_COLUMN, grave ? STYLE_BOLD : STYLE_NORMAL,
                        board_field_label(board, change->field));
        layout_text(layout, STYLE_DIM, ": ");
        layout_continue(layout, CHANGE_COLUMN, STYLE_BAD, *change->found != '\0' ? change->found : "nothing");
        layout_text(layout, STYLE_DIM, " → ");
        layout_continue(layout, CHANGE_COLUMN, STYLE_GOOD, *change->wanted != '\0' ? change->wanted : "nothing");
    }
    if (handed->changes->len == 0)
        layout_paragraph(layout, NULL, CHANGE_COLUMN, STYLE_NORMAL, "It would change no answer.");
}

static void handed_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    (void)overlay;
    const struct board_handed *handed = console->board->handed;
    if (handed == NULL)
        return;
    fill_changes(console->board, layout);
    if (handed->claims->len > 0)
        layout_paragraph(layout, NULL, 0, STYLE_BOLD, "According to it, and proved by nothing:");
    for (guint i = 0; i < handed->claims->len; i++) {
        layout_row(layout, NULL);
        layout_text(layout, STYLE_DIM, "• ");
        layout_continue(layout, CHANGE_COLUMN, STYLE_NORMAL, g_ptr_array_index(handed->claims, i));
    }
    layout_blank(layout);
    g_autofree char *of = g_strdup_printf("A line with ! decides where data goes or who gets in. Written %s, "
                                          "SHA-256 %s. Nothing of it is kept yet, and nothing can be sent: Enter "
                                          "asks, Esc goes on looking. Without --answers perch starts without it.",
                                          handed->written, handed->sha256);
    layout_paragraph(layout, NULL, 0, STYLE_DIM, of);
}

static void handed_choose(struct console *console, struct overlay *overlay)
{
    (void)overlay;
    taking_over_ask(console);
}

static const struct overlay_ops handed_view = {
    .place = PLACE_READ,
    .fill = handed_fill,
    .choose = handed_choose,
    .enter = "take it over",
};

gboolean handed_view_is(const struct overlay *view)
{
    return view != NULL && view->ops == &handed_view;
}

struct overlay *handed_view_new(const struct board *board)
{
    g_autofree char *title = g_strdup_printf("%s hands over", board->handed->from);
    return overlay_new(&handed_view, title, NULL);
}
