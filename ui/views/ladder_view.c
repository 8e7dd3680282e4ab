/* SPDX-License-Identifier: MIT */
#include "ui/views/ladder_view.h"

#include <string.h>

#include "input/event_hub.h"

/* What to try when a portal refuses, one rung after another: the tried ones stay above, dimmed. The first is the one
 * that the refusal points to. */
struct ladder {
    char *step;
    char *refusal;
    GPtrArray *rungs; /* of struct board_line, copied */
    GArray *order;    /* of guint: rungs as they are to be tried */
    guint at;         /* in order */
};

static void ladder_free(gpointer data)
{
    struct ladder *ladder = data;
    g_free(ladder->step);
    g_free(ladder->refusal);
    g_ptr_array_unref(ladder->rungs);
    g_array_unref(ladder->order);
    g_free(ladder);
}

static guint rung_at(const struct ladder *ladder, guint at)
{
    return g_array_index(ladder->order, guint, at);
}

static const struct board_line *line_at(const struct ladder *ladder, guint at)
{
    return g_ptr_array_index(ladder->rungs, rung_at(ladder, at));
}

static void fill_rung(const struct console *console, const struct ladder *ladder, struct text_layout *layout)
{
    const struct board_line *line = line_at(ladder, ladder->at);
    g_autofree char *text = g_strdup_printf("%u  %s", rung_at(ladder, ladder->at) + 1, line->text);
    if (ladder->at > 0)
        layout_blank(layout);
    layout_paragraph(layout, NULL, 0, STYLE_BOLD, text);
    if (*line->copy != '\0') {
        gboolean hidden = line->masked && !console->unmasked;
        g_autofree char *masked = hidden ? mask_identifier(line->copy, console->options->ascii) : NULL;
        layout_paragraph(layout, NULL, 3, STYLE_ACCENT, hidden ? masked : line->copy);
        layout_right(layout, STYLE_DIM, "y copies");
    }
    if (!line->practice_form)
        return;
    layout_row(layout, NULL);
    layout_text(layout, STYLE_NORMAL, "   [ Do this in the practice tenant ]");
    layout_right(layout, STYLE_DIM, "f");
}

static void ladder_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    const struct ladder *ladder = overlay->data;
    if (*ladder->refusal != '\0') {
        layout_paragraph(layout, NULL, 0, STYLE_BAD, ladder->refusal);
        layout_blank(layout);
    }
    for (guint i = 0; i < ladder->at; i++) {
        /* A tried rung by its first sentence, so that the one to try has its place on a small screen. */
        const char *text = line_at(ladder, i)->text;
        layout_row(layout, NULL);
        layout_format(layout, STYLE_DIM, "%u  %.*s: did not help", rung_at(ladder, i) + 1, (int)strcspn(text, ".?"),
                      text);
    }
    fill_rung(console, ladder, layout);
    layout_blank(layout);
    gboolean last = ladder->at + 1 >= ladder->order->len;
    layout_paragraph(layout, NULL, 0, STYLE_NORMAL,
                     last ? "This was the last thing to try. Enter begins anew, Esc goes back to the step."
                          : "Save again. Enter if it did not help; if it did: Esc, and c reads it back.");
}

static void ladder_choose(struct console *console, struct overlay *overlay)
{
    struct ladder *ladder = overlay->data;
    ladder->at = ladder->at + 1 < ladder->order->len ? ladder->at + 1 : 0;
    console->dirty = TRUE;
}

static char *ladder_copy(const struct console *console, const struct overlay *overlay)
{
    (void)console;
    const struct ladder *ladder = overlay->data;
    const struct board_line *line = line_at(ladder, ladder->at);
    return g_strdup(*line->copy != '\0' ? line->copy : line->text);
}

static const struct overlay_ops ladder_view = {
    .place = PLACE_READ,
    .fill = ladder_fill,
    .choose = ladder_choose,
    .enter = "did not help",
    .copy = ladder_copy,
    .free = ladder_free,
    .box = TRUE,
};

struct overlay *ladder_view_new(const struct board_step *step)
{
    struct ladder *ladder = g_new0(struct ladder, 1);
    ladder->step = g_strdup(step->id);
    ladder->refusal = g_strdup(step->refusal);
    ladder->rungs = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < step->trouble->len; i++) {
        const struct board_line *line = g_ptr_array_index(step->trouble, i);
        struct board_line *copy = board_line_new(line->text, line->copy, line->masked);
        copy->practice_form = line->practice_form;
        g_ptr_array_add(ladder->rungs, copy);
    }
    guint first = step->refusal_rung > 0 ? (guint)step->refusal_rung - 1 : 0;
    ladder->order = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(ladder->order, first);
    for (guint i = 0; i < step->trouble->len; i++)
        if (i != first)
            g_array_append_val(ladder->order, i);
    return overlay_new(&ladder_view, step->trouble_title, ladder);
}

const char *ladder_view_step(const struct overlay *overlay)
{
    return overlay != NULL && overlay->ops == &ladder_view ? ((const struct ladder *)overlay->data)->step : NULL;
}

int ladder_view_form(const struct overlay *overlay)
{
    if (ladder_view_step(overlay) == NULL)
        return 0;
    const struct ladder *ladder = overlay->data;
    return line_at(ladder, ladder->at)->practice_form ? (int)rung_at(ladder, ladder->at) + 1 : 0;
}
