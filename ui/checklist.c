#include "ui/board_view.h"

#include "ui/words.h"

/* The number is the article's; a step that stands in for others (P1) has none. */
static void fill_step(const struct console *console, struct page *page, const struct board_step *step)
{
    gboolean shown = g_strcmp0(console->step, step->id) == 0;
    page_row(page, step->id);
    page_text(page, STYLE_NORMAL, shown ? "▸" : " ");
    page_format(page, step_style(step->state), "%s ", step_glyph(step->state));
    page_format(page, STYLE_DIM, "%2d ", step->number);
    page_text(page, step->state == STEP_BLOCKED || step->state == STEP_SKIPPED ? STYLE_DIM : STYLE_NORMAL, step->title);
    g_autofree char *words = step_words(console->board, step);
    if (*words != '\0')
        page_right(page, step_style(step->state), words);
}

struct page *checklist_page(const struct console *console, int columns)
{
    struct page *page = page_new(columns);
    for (guint i = 0; i < console->board->steps->len; i++)
        fill_step(console, page, g_ptr_array_index(console->board->steps, i));
    if (console->board->steps->len == 0)
        page_paragraph(page, NULL, 1, STYLE_DIM, "Starting …");
    return page;
}
