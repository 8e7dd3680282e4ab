#include "ui/views.h"

#include "input/receipt.h"

/* What to try when a portal refuses, one rung after another: the tried ones stay above, dimmed. */
struct ladder {
    char *title;
    GPtrArray *rungs; /* of struct board_line, copied */
    guint rung;
};

static void line_free(gpointer data)
{
    struct board_line *line = data;
    g_free(line->text);
    g_free(line->copy);
    g_free(line);
}

static void ladder_free(gpointer data)
{
    struct ladder *ladder = data;
    g_free(ladder->title);
    g_ptr_array_unref(ladder->rungs);
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

static void ladder_fill(const struct console *console, struct view *view, struct page *page)
{
    const struct ladder *ladder = view->data;
    for (guint i = 0; i <= ladder->rung && i < ladder->rungs->len; i++) {
        const struct board_line *line = g_ptr_array_index(ladder->rungs, i);
        gboolean current = i == ladder->rung;
        g_autofree char *text = g_strdup_printf("%u  %s", i + 1, line->text);
        if (i > 0)
            page_blank(page);
        page_paragraph(page, NULL, 0, current ? STYLE_BOLD : STYLE_DIM, text);
        if (current)
            fill_value(console, page, line);
    }
    page_blank(page);
    gboolean last = ladder->rung + 1 >= ladder->rungs->len;
    page_paragraph(page, NULL, 0, STYLE_NORMAL,
                   last ? "This was the last rung. Enter begins anew, Esc goes back to the step."
                        : "Enter if it did not help. If it did: Esc, and c reads it back.");
}

static void ladder_choose(struct console *console, struct view *view)
{
    struct ladder *ladder = view->data;
    ladder->rung = ladder->rung + 1 < ladder->rungs->len ? ladder->rung + 1 : 0;
    console->dirty = TRUE;
}

static char *ladder_copy(const struct console *console, const struct view *view)
{
    (void)console;
    const struct ladder *ladder = view->data;
    const struct board_line *line = g_ptr_array_index(ladder->rungs, ladder->rung);
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

struct view *ladder_view_new(const struct board_step *step)
{
    struct ladder *ladder = g_new0(struct ladder, 1);
    ladder->title = g_strdup(step->trouble_title);
    ladder->rungs = g_ptr_array_new_with_free_func(line_free);
    for (guint i = 0; i < step->trouble->len; i++) {
        const struct board_line *line = g_ptr_array_index(step->trouble, i);
        g_ptr_array_add(ladder->rungs, board_line_new(line->text, line->copy, line->masked));
    }
    return view_new(&ladder_view, ladder);
}
