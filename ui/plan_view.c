#include "ui/views.h"

#include <string.h>

#define VERB_COLUMN 5
#define SENTENCE_COLUMN 13

struct plan_data {
    struct plan *plan;
    GHashTable *open; /* set of item names whose body is shown */
};

static void data_free(gpointer data)
{
    struct plan_data *plan = data;
    plan_unref(plan->plan);
    g_hash_table_unref(plan->open);
    g_free(plan);
}

static char *plan_title(const struct console *console, const struct view *view)
{
    const struct plan_data *data = view->data;
    guint count = data->plan->requests->len;
    const struct board *board = console->board;
    return g_strdup_printf("%s · %u request%s, none sent · %s%s%s", data->plan->undo ? "Undo" : "Plan", count,
                           count == 1 ? "" : "s",
                           *board->tenant_domain != '\0' ? board->tenant_domain : board->tenant_name,
                           *board->cloud != '\0' ? " · " : "", board->cloud);
}

static void fill_differences(struct page *page, const char *item, const struct planned_request *request)
{
    for (guint i = 0; i < request->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(request->differences, i);
        page_row(page, item);
        page_tab(page, SENTENCE_COLUMN);
        page_continue(page, SENTENCE_COLUMN, STYLE_NORMAL, difference->field);
        page_text(page, STYLE_NORMAL, " ");
        page_continue(page, SENTENCE_COLUMN, STYLE_BAD, *difference->found != '\0' ? difference->found : "nothing");
        page_text(page, STYLE_DIM, " → ");
        page_continue(page, SENTENCE_COLUMN, STYLE_GOOD, *difference->wanted != '\0' ? difference->wanted : "nothing");
    }
}

static void fill_body(struct page *page, const char *item, const struct planned_request *request)
{
    page_row(page, item);
    page_tab(page, VERB_COLUMN);
    page_format(page, STYLE_BOLD, "%s ", request->method);
    page_continue(page, VERB_COLUMN, STYLE_NORMAL, request->url);
    if (*request->body_indented != '\0')
        page_paragraph(page, item, VERB_COLUMN, STYLE_DIM, request->body_indented);
}

static void fill_request(const struct plan_data *data, struct page *page, guint index)
{
    const struct planned_request *request = g_ptr_array_index(data->plan->requests, index);
    g_autofree char *item = g_strdup_printf("request:%u", index);
    gboolean open = g_hash_table_contains(data->open, item);
    page_row(page, item);
    page_format(page, STYLE_DIM, "%s%2u", open ? "▾" : "▸", index + 1);
    page_tab(page, VERB_COLUMN);
    page_text(page, strcmp(request->verb, "remove") == 0 ? STYLE_BAD : STYLE_ACCENT, request->verb);
    page_tab(page, SENTENCE_COLUMN);
    page_continue(page, SENTENCE_COLUMN, STYLE_NORMAL, request->sentence);
    if (*request->risk != '\0') {
        page_right(page, STYLE_WAIT, "!");
        page_row(page, item);
        page_tab(page, SENTENCE_COLUMN);
        page_continue(page, SENTENCE_COLUMN, STYLE_WAIT, request->risk);
    }
    fill_differences(page, item, request);
    if (open)
        fill_body(page, item, request);
}

static void fill_obstacles(const struct plan *plan, struct page *page)
{
    if (plan->obstacles->len == 0)
        return;
    page_blank(page);
    page_row(page, NULL);
    page_text(page, STYLE_BOLD, plan->undo ? "Not removed:" : "Not in this plan yet; you come first:");
    for (guint i = 0; i < plan->obstacles->len; i++) {
        page_row(page, NULL);
        page_text(page, STYLE_DIM, "  • ");
        page_continue(page, 4, STYLE_NORMAL, g_ptr_array_index(plan->obstacles, i));
    }
}

static void plan_fill(const struct console *console, struct view *view, struct page *page)
{
    (void)console;
    const struct plan_data *data = view->data;
    if (data->plan->requests->len == 0)
        page_paragraph(page, NULL, 0, STYLE_BOLD,
                       data->plan->undo ? "There is nothing to undo: perch created nothing that still stands."
                                        : "There is nothing to write now.");
    for (guint i = 0; i < data->plan->requests->len; i++)
        fill_request(data, page, i);
    fill_obstacles(data->plan, page);
}

static void plan_choose(struct console *console, struct view *view)
{
    struct plan_data *data = view->data;
    const char *focus = view->page.focus;
    if (focus == NULL)
        return;
    if (!g_hash_table_remove(data->open, focus))
        g_hash_table_add(data->open, g_strdup(focus));
    g_autoptr(Page) page = view_page(console, view);
    page_view_reveal(&view->page, page);
    console->dirty = TRUE;
}

static char *plan_copy(const struct console *console, const struct view *view)
{
    (void)console;
    const struct plan_data *data = view->data;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < data->plan->requests->len; i++) {
        const struct planned_request *request = g_ptr_array_index(data->plan->requests, i);
        g_string_append_printf(text, "%u. %s %s\n%s %s\n%s%s", i + 1, request->verb, request->sentence, request->method,
                               request->url, request->body_indented, *request->body_indented != '\0' ? "\n\n" : "\n");
    }
    return g_string_free(text, FALSE);
}

static const struct view_ops plan_view = {
    .place = PLACE_PLAN,
    .title = plan_title,
    .fill = plan_fill,
    .choose = plan_choose,
    .copy = plan_copy,
    .free = data_free,
    .focuses = TRUE,
};

struct view *plan_view_new(struct plan *plan)
{
    struct plan_data *data = g_new0(struct plan_data, 1);
    data->plan = plan_ref(plan);
    data->open = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return view_new(&plan_view, data);
}

struct plan *plan_view_plan(const struct view *view)
{
    return view != NULL && view->ops == &plan_view ? ((const struct plan_data *)view->data)->plan : NULL;
}
