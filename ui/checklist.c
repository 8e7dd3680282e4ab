/* SPDX-License-Identifier: MIT */
#include "ui/board_view.h"

#include "ui/state_text.h"

struct text_layout *checklist_layout(const struct console *console, int columns)
{
    struct text_layout *layout = layout_new(columns);
    for (guint i = 0; i < console->board->steps->len; i++) {
        /* The number is the article's; a step that stands in for others (P1) has none. */
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        const struct state_look *look = step_look(console->board, step);
        gboolean shown = g_strcmp0(console->step, step->id) == 0;
        struct item item = item_named(ITEM_STEP, step->id);
        layout_row(layout, &item);
        layout_text(layout, STYLE_NORMAL, shown ? "▸" : " ");
        layout_text(layout, look->style, look->glyph);
        layout_text(layout, look->style, " ");
        layout_format(layout, STYLE_DIM, "%2d ", step->number);
        g_autofree char *words = step_text(console->board, step);
        int room = layout_columns(layout) - layout_last_columns(layout) - grid_text_columns(words) - (*words != '\0');
        gboolean fits = *step->short_title == '\0' || grid_text_columns(step->title) <= room;
        /* One row a step: a title is cut for the words, where its partner gave it no short one. */
        if (*words != '\0')
            layout_right(layout, look->style, words);
        layout_text(layout, step->state == STEP_BLOCKED || step->state == STEP_SKIPPED ? STYLE_DIM : STYLE_NORMAL,
                    fits ? step->title : step->short_title);
    }
    if (console->board->steps->len == 0)
        layout_paragraph(layout, NULL, 1, STYLE_DIM, "Starting …");
    return layout;
}
