/* SPDX-License-Identifier: MIT */
#include "ui/views/end_view.h"

#include "base/text.h"
#include "ui/navigation.h"
#include "ui/state_text.h"

/* The titles of the steps in STATE as one paragraph behind LABEL; of those that are done, of those that deviate. */
static void fill_titles(struct text_layout *layout, const struct board *board, enum step_state state, const char *label)
{
    g_autoptr(GString) titles = g_string_new(NULL);
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (step->state == state && (state != STEP_DONE || step_deviates(step)))
            g_string_append_printf(titles, "%s%d %s", titles->len > 0 ? ", " : "", step->number, step->title);
    }
    if (titles->len == 0)
        return;
    layout_paragraph(layout, NULL, 0, STYLE_BOLD, label);
    layout_continue(layout, 2, STYLE_NORMAL, titles->str);
}

static void end_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    static const struct {
        enum action_id action;
        const char *text;
    } buttons[] = {{ACTION_report, "[ Write the report ]"}, {ACTION_quit, "[ Quit perch ]"}};
    const struct board *board = console->board;
    g_autofree char *counts = counts_text(board);
    g_autofree char *things = text_count(board->created_count, "thing", "things");
    g_autofree char *created = g_strdup_printf("%s. perch created %s here.", counts, things);
    (void)overlay;
    layout_paragraph(layout, NULL, 0, STYLE_BOLD, created);
    fill_titles(layout, board, STEP_DONE, "Proved, with deviations: ");
    fill_titles(layout, board, STEP_TOLD, "Told, and not proved: ");
    fill_titles(layout, board, STEP_SKIPPED, "Left out: ");
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (*step->expected != '\0')
            layout_paragraph(layout, NULL, 0, STYLE_NORMAL, step->expected);
        if (*step->acts == '\0')
            continue;
        g_autofree char *label = g_strdup_printf("%s can now, beside reading: ", board->partner);
        layout_paragraph(layout, NULL, 0, STYLE_WAIT, label);
        layout_continue(layout, 2, STYLE_WAIT, step->acts);
        layout_text(layout, STYLE_WAIT, ".");
    }
    layout_paragraph(layout, NULL, 0, STYLE_DIM,
                     "perch check tells whether anything has drifted; perch consents lists what signing in left, and "
                     "takes it back. Esc goes back to the steps.");
    layout_blank(layout);
    for (gsize i = 0; i < G_N_ELEMENTS(buttons); i++) {
        struct item item = item_numbered(ITEM_ACTION, (int)buttons[i].action);
        layout_paragraph(layout, &item, 0, STYLE_NORMAL, buttons[i].text);
    }
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
    g_autofree char *title = g_strdup_printf("%s is connected to %s", board->tenant_name, board->partner);
    return overlay_new(&end_view, title, NULL);
}
