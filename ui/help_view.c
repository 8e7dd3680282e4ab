#include "ui/views.h"

#define LABEL_COLUMN 18

struct section {
    guint place;
    const char *title;
};

static const struct section sections[] = {
    {PLACE_STEPS, "Checklist and step"},
    {PLACE_LOG, "Log"},
    {PLACE_PLAN, "Plan"},
    {PLACE_SIGN_IN, "Sign-in"},
};

static char *help_title(const struct console *console, const struct view *view)
{
    (void)console;
    (void)view;
    return g_strdup("Help");
}

static void fill_action(struct page *page, const struct action *action)
{
    page_row(page, NULL);
    g_auto(GStrv) keys = g_strsplit(action->keys, " ", -1);
    g_autofree char *words = g_strjoinv(", ", keys);
    page_format(page, STYLE_BOLD, "  %s", words);
    page_tab(page, LABEL_COLUMN);
    page_text(page, STYLE_NORMAL, " ");
    page_continue(page, LABEL_COLUMN + 1, STYLE_NORMAL, action->help);
}

static void fill_section(struct page *page, const struct section *section, gboolean here)
{
    page_blank(page);
    page_row(page, NULL);
    page_text(page, STYLE_BOLD, section->title);
    page_text(page, STYLE_DIM, here ? "  (you are here)" : "");
    for (int i = 0; i < ACTION_COUNT; i++)
        if ((actions[i].places & section->place) != 0 && (actions[i].places & PLACE_ANY) != PLACE_ANY)
            fill_action(page, &actions[i]);
}

static void fill_fields(struct page *page)
{
    page_blank(page);
    page_row(page, NULL);
    page_text(page, STYLE_BOLD, "In a field");
    page_paragraph(page, NULL, 2, STYLE_NORMAL,
                   "Enter uses it, Esc drops it, Tab goes on to the next one. Ctrl-F takes the correction that is "
                   "shown. Ctrl-A, Ctrl-E, Ctrl-U, Ctrl-K and Ctrl-W do what they do in a shell. A paste never "
                   "ends the field: a whole e-mail may be pasted, perch finds the values in it.");
}

static void help_fill(const struct console *console, struct view *view, struct page *page)
{
    (void)console;
    guint place = GPOINTER_TO_UINT(view->data);
    page_paragraph(page, NULL, 0, STYLE_DIM,
                   "Up, Down and PgDn scroll, / finds, Esc goes back. With the mouse: click what you see.");
    for (int pass = 0; pass < 2; pass++)
        for (gsize i = 0; i < G_N_ELEMENTS(sections); i++) {
            gboolean here = (sections[i].place & place) != 0;
            if (here == (pass == 0))
                fill_section(page, &sections[i], here);
        }
    fill_fields(page);
    page_blank(page);
    page_row(page, NULL);
    page_text(page, STYLE_BOLD, "Everywhere");
    for (int i = 0; i < ACTION_COUNT; i++)
        if ((actions[i].places & PLACE_ANY) == PLACE_ANY)
            fill_action(page, &actions[i]);
}

static const struct view_ops help_view = {
    .place = PLACE_READ,
    .title = help_title,
    .fill = help_fill,
};

struct view *help_view_new(guint place)
{
    return view_new(&help_view, GUINT_TO_POINTER(place));
}
