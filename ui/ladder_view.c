#include "ui/views.h"

#include <string.h>

#include "input/receipt.h"

/* What to try when a portal refuses, one rung after another: the tried ones stay above, dimmed. The first is the one
 * that the refusal points to. */
struct ladder {
    char *step;
    char *title;
    char *refusal;
    GPtrArray *rungs; /* of struct board_line, copied */
    GArray *order;    /* of guint: rungs as they are to be tried */
    guint at;         /* in order */
};

static void ladder_free(gpointer data)
{
    struct ladder *ladder = data;
    g_free(ladder->step);
    g_free(ladder->title);
    g_free(ladder->refusal);
    g_ptr_array_unref(ladder->rungs);
    g_array_unref(ladder->order);
    g_free(ladder);
}

static char *ladder_title(const struct console *console, const struct view *view)
{
    (void)console;
    return g_strdup(((const struct ladder *)view->data)->title);
}

static void fill_value(const struct console *console, struct page *page, const struct board_line *line)
{
    if (*line->copy == '\0')
        return;
    gboolean hidden = line->masked && !console->unmasked;
    g_autofree char *masked = hidden ? mask_identifier(line->copy, console->options->ascii) : NULL;
    page_paragraph(page, NULL, 3, STYLE_ACCENT, hidden ? masked : line->copy);
    page_right(page, STYLE_DIM, "y copies");
}

static guint rung_at(const struct ladder *ladder, guint at)
{
    return g_array_index(ladder->order, guint, at);
}

static const struct board_line *line_at(const struct ladder *ladder, guint at)
{
    return g_ptr_array_index(ladder->rungs, rung_at(ladder, at));
}

/* A tried rung by its first sentence, so that the one to try has its place on a small screen. */
static void fill_tried(const struct ladder *ladder, struct page *page, guint at)
{
    const char *text = line_at(ladder, at)->text;
    page_row(page, NULL);
    page_format(page, STYLE_DIM, "%u  %.*s", rung_at(ladder, at) + 1, (int)strcspn(text, ".?"), text);
}

static void fill_rung(const struct console *console, const struct ladder *ladder, struct page *page)
{
    const struct board_line *line = line_at(ladder, ladder->at);
    g_autofree char *text = g_strdup_printf("%u  %s", rung_at(ladder, ladder->at) + 1, line->text);
    if (ladder->at > 0)
        page_blank(page);
    page_paragraph(page, NULL, 0, STYLE_BOLD, text);
    fill_value(console, page, line);
    if (!line->practice_form)
        return;
    page_row(page, NULL);
    page_text(page, STYLE_NORMAL, "   [ Do this in the practice tenant ]");
    page_right(page, STYLE_DIM, "f");
}

static void ladder_fill(const struct console *console, struct view *view, struct page *page)
{
    const struct ladder *ladder = view->data;
    if (*ladder->refusal != '\0') {
        page_paragraph(page, NULL, 0, STYLE_BAD, ladder->refusal);
        page_blank(page);
    }
    for (guint i = 0; i < ladder->at; i++)
        fill_tried(ladder, page, i);
    fill_rung(console, ladder, page);
    page_blank(page);
    gboolean last = ladder->at + 1 >= ladder->order->len;
    page_paragraph(page, NULL, 0, STYLE_NORMAL,
                   last ? "This was the last rung. Enter begins anew, Esc goes back to the step."
                        : "Save again. Enter if it did not help; if it did: Esc, and c reads it back.");
}

static void ladder_choose(struct console *console, struct view *view)
{
    struct ladder *ladder = view->data;
    ladder->at = ladder->at + 1 < ladder->order->len ? ladder->at + 1 : 0;
    console->dirty = TRUE;
}

static char *ladder_copy(const struct console *console, const struct view *view)
{
    (void)console;
    const struct ladder *ladder = view->data;
    const struct board_line *line = line_at(ladder, ladder->at);
    return g_strdup(*line->copy != '\0' ? line->copy : line->text);
}

static const struct view_ops ladder_view = {
    .place = PLACE_READ,
    .title = ladder_title,
    .fill = ladder_fill,
    .choose = ladder_choose,
    .copy = ladder_copy,
    .free = ladder_free,
    .box = TRUE,
};

static GArray *order_from(guint first, guint count)
{
    GArray *order = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(order, first);
    for (guint i = 0; i < count; i++)
        if (i != first)
            g_array_append_val(order, i);
    return order;
}

struct view *ladder_view_new(const struct board_step *step)
{
    struct ladder *ladder = g_new0(struct ladder, 1);
    ladder->step = g_strdup(step->id);
    ladder->title = g_strdup(step->trouble_title);
    ladder->refusal = g_strdup(step->refusal);
    ladder->rungs = g_ptr_array_new_with_free_func((GDestroyNotify)board_line_free);
    for (guint i = 0; i < step->trouble->len; i++) {
        const struct board_line *line = g_ptr_array_index(step->trouble, i);
        struct board_line *copy = board_line_new(line->text, line->copy, line->masked);
        copy->practice_form = line->practice_form;
        g_ptr_array_add(ladder->rungs, copy);
    }
    ladder->order = order_from(step->refusal_rung > 0 ? (guint)step->refusal_rung - 1 : 0, step->trouble->len);
    return view_new(&ladder_view, ladder);
}

const char *ladder_view_step(const struct view *view)
{
    return view != NULL && view->ops == &ladder_view ? ((const struct ladder *)view->data)->step : NULL;
}

int ladder_view_form(const struct view *view)
{
    if (ladder_view_step(view) == NULL)
        return 0;
    const struct ladder *ladder = view->data;
    return line_at(ladder, ladder->at)->practice_form ? (int)rung_at(ladder, ladder->at) + 1 : 0;
}
