/* SPDX-License-Identifier: MIT */
#include "ui/views/plan_view.h"

#include <string.h>

#include "base/text.h"
#include "ui/action.h"
#include "ui/leave_answers.h"
#include "ui/state_text.h"

#define VERB_COLUMN 5
#define SENTENCE_COLUMN 14 /* the longest verb is "activate" */
#define ALL_GO (-1)
#define ALL_STAY (-2)

struct plan_data {
    struct plan *plan;
    GHashTable *open;    /* set of request numbers whose body is shown */
    GHashTable *decided; /* key of a choice -> "remove" or "keep", as decided here and not sent yet; borrowed, static */
    char *where;         /* the tenant, as titles name it */
};

static void data_free(gpointer data)
{
    struct plan_data *plan = data;
    plan_unref(plan->plan);
    g_hash_table_unref(plan->open);
    g_hash_table_unref(plan->decided);
    g_free(plan->where);
    g_free(plan);
}

static void fill_differences(struct text_layout *layout, const struct item *item, const struct planned_request *request)
{
    for (guint i = 0; i < request->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(request->differences, i);
        layout_row(layout, item);
        layout_tab(layout, SENTENCE_COLUMN);
        layout_continue(layout, SENTENCE_COLUMN, STYLE_NORMAL, difference->field);
        layout_text(layout, STYLE_NORMAL, " ");
        layout_continue(layout, SENTENCE_COLUMN, STYLE_BAD, *difference->found != '\0' ? difference->found : "nothing");
        layout_text(layout, STYLE_DIM, " → ");
        layout_continue(layout, SENTENCE_COLUMN, STYLE_GOOD,
                        *difference->wanted != '\0' ? difference->wanted : "nothing");
    }
}

static void fill_request(const struct plan_data *data, struct text_layout *layout, guint index)
{
    const struct planned_request *request = g_ptr_array_index(data->plan->requests, index);
    struct item item = item_numbered(ITEM_REQUEST, (int)index);
    gboolean open = g_hash_table_contains(data->open, GUINT_TO_POINTER(index));
    layout_row(layout, &item);
    layout_format(layout, STYLE_DIM, "%s%2u", open ? "▾" : " ", index + 1);
    layout_tab(layout, VERB_COLUMN);
    layout_text(layout, strcmp(request->verb, "remove") == 0 ? STYLE_BAD : STYLE_ACCENT, request->verb);
    layout_tab(layout, SENTENCE_COLUMN);
    layout_continue(layout, SENTENCE_COLUMN, STYLE_NORMAL, request->sentence);
    if (*request->risk != '\0') {
        layout_right(layout, STYLE_WAIT, "risk");
        layout_row(layout, &item);
        layout_tab(layout, SENTENCE_COLUMN);
        layout_continue(layout, SENTENCE_COLUMN, STYLE_WAIT, request->risk);
    }
    fill_differences(layout, &item, request);
    if (open) {
        layout_row(layout, (&item));
        layout_tab(layout, VERB_COLUMN);
        layout_format(layout, STYLE_BOLD, "%s ", request->method);
        layout_continue(layout, VERB_COLUMN, STYLE_NORMAL, request->url);
        if (*request->body_indented != '\0')
            layout_paragraph(layout, (&item), VERB_COLUMN, STYLE_DIM, request->body_indented);
    }
}

static void fill_obstacles(const struct plan *plan, struct text_layout *layout)
{
    if (plan->obstacles->len == plan_undecided(plan))
        return;
    layout_blank(layout);
    layout_row(layout, NULL);
    layout_text(layout, STYLE_BOLD, plan_obstacles_words(plan));
    layout_text(layout, STYLE_BOLD, ":");
    for (guint i = 0; i < plan->obstacles->len; i++) {
        if (plan_is_choice(plan, g_ptr_array_index(plan->obstacles, i)))
            continue;
        layout_row(layout, NULL);
        layout_text(layout, STYLE_DIM, "  • ");
        layout_continue(layout, 4, STYLE_NORMAL, g_ptr_array_index(plan->obstacles, i));
    }
    if (plan->leave)
        layout_paragraph(layout, NULL, 4, STYLE_DIM,
                         "A value that is missing is filled in on the board (b); then leave again.");
}

/* What is decided here, or was before; "" if nothing is. */
static const char *word_of(const struct plan_data *data, guint index)
{
    const struct leave_choice *choice = g_ptr_array_index(data->plan->choices, index);
    const char *word = g_hash_table_lookup(data->decided, choice->key);
    return word != NULL ? word : choice->decided;
}

static void fill_mark_all(struct text_layout *layout, int which, const char *text)
{
    struct item item = item_numbered(ITEM_STAYS, which);
    layout_row(layout, &item);
    layout_text(layout, STYLE_NORMAL, text);
}

/* Of leaving: what perch did not make goes or stays as a person decides. */
static void fill_choices(const struct plan_data *data, struct text_layout *layout)
{
    struct item on = item_numbered(ITEM_ACTION, ACTION_apply);
    if (data->plan->choices->len == 0)
        return;
    layout_blank(layout);
    layout_row(layout, NULL);
    layout_continue(layout, 0, STYLE_BOLD, "Not made by perch: Enter marks what goes, and once more what stays.");
    if (data->plan->choices->len > 1) {
        fill_mark_all(layout, ALL_GO, "[ All of it goes ]");
        fill_mark_all(layout, ALL_STAY, "[ All of it stays ]");
    }
    for (guint i = 0; i < data->plan->choices->len; i++) {
        const struct leave_choice *choice = g_ptr_array_index(data->plan->choices, i);
        const char *word = word_of(data, i);
        struct item item = item_numbered(ITEM_STAYS, (int)i);
        layout_row(layout, &item);
        layout_text(layout,
                    *word == '\0'                       ? STYLE_WAIT
                    : strcmp(word, LEAVING_REMOVE) == 0 ? STYLE_BAD
                                                        : STYLE_NORMAL,
                    *word == '\0'                       ? "  undecided"
                    : strcmp(word, LEAVING_REMOVE) == 0 ? "  goes"
                                                        : "  stays");
        layout_tab(layout, SENTENCE_COLUMN);
        layout_continue(layout, SENTENCE_COLUMN, STYLE_NORMAL, choice->title);
    }
    layout_row(layout, &on);
    layout_text(layout, STYLE_NORMAL,
                g_hash_table_size(data->decided) > 0 || data->plan->requests->len == 0
                    ? "[ Go on: see what would be sent ]"
                : plan_undecided(data->plan) > 0 ? "[ Go on: what is undecided stays for now ]"
                                                 : "[ Go on ]");
    layout_right(layout, STYLE_DIM, "a");
}

/* Of leaving: what no request does. */
static void fill_by_hand(const struct plan *plan, struct text_layout *layout)
{
    if (plan->by_hand->len == 0)
        return;
    layout_blank(layout);
    layout_row(layout, NULL);
    layout_text(layout, STYLE_BOLD, PLAN_BY_HAND_WORDS ":");
    for (guint i = 0; i < plan->by_hand->len; i++) {
        const struct board_line *line = g_ptr_array_index(plan->by_hand, i);
        layout_row(layout, NULL);
        layout_text(layout, STYLE_DIM, "  • ");
        layout_continue(layout, 4, STYLE_NORMAL, line->text);
        if (*line->copy == '\0')
            continue;
        layout_continue(layout, 4, STYLE_NORMAL, " ");
        layout_continue(layout, 4, STYLE_BOLD, line->copy);
    }
}

/* Of an undo: what it leaves may be what the partner gets most by. */
static void fill_what_stays(const struct console *console, struct text_layout *layout)
{
    g_autofree char *keeps = text_join(console->board->partner_keeps, ", ");
    if (*keeps == '\0')
        return;
    g_autofree char *stays = g_strdup_printf("Stays, as perch did not make it: %s.", keeps);
    g_autofree char *way =
        g_strdup_printf("%s keeps its access by that. To end it too: Esc here, then X.", console->board->partner);
    layout_blank(layout);
    layout_paragraph(layout, NULL, 0, STYLE_WAIT, stays);
    layout_paragraph(layout, NULL, 0, STYLE_WAIT, way);
}

static void plan_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    const struct plan_data *data = overlay->data;
    if (data->plan->requests->len == 0)
        layout_paragraph(layout, NULL, 0, STYLE_BOLD,
                         data->plan->leave  ? leave_sentence(data->plan)
                         : data->plan->undo ? "There is nothing to undo: perch created nothing that still stands."
                                            : "There is nothing to write now.");
    g_autofree char *again = plan_makes_again_text(console->board, data->plan);
    if (again != NULL)
        layout_paragraph(layout, NULL, 0, STYLE_BOLD, again);
    const GPtrArray *requests = data->plan->requests;
    guint people = 0;
    for (guint i = 0; i < requests->len; i++)
        people += strcmp(((const struct planned_request *)g_ptr_array_index(requests, i))->verb, PLAN_VERB_END) == 0;
    if (data->plan->leave && requests->len > 0)
        layout_paragraph(layout, NULL, 0, STYLE_BOLD,
                         people == 0               ? "What goes:"
                         : people == requests->len ? "Who has access or asked for it, and loses it:"
                                                   : "Who has access or asked for it, and loses it; then what goes:");
    for (guint i = 0; i < requests->len; i++)
        fill_request(data, layout, i);
    if (data->plan->undo && !data->plan->leave)
        fill_what_stays(console, layout);
    fill_choices(data, layout);
    fill_obstacles(data->plan, layout);
    fill_by_hand(data->plan, layout);
}

/* What goes is what was planned, with what was decided here since. Caller frees. */
static char *leave_count(const struct plan_data *data)
{
    guint count = data->plan->requests->len, stay = 0, open = 0;
    for (guint i = 0; i < data->plan->choices->len; i++) {
        const struct leave_choice *choice = g_ptr_array_index(data->plan->choices, i);
        const char *word = word_of(data, i);
        open += *word == '\0';
        stay += strcmp(word, LEAVING_KEEP) == 0;
        count += strcmp(word, LEAVING_REMOVE) == 0 && strcmp(choice->decided, LEAVING_REMOVE) != 0;
        count -= strcmp(word, LEAVING_REMOVE) != 0 && strcmp(choice->decided, LEAVING_REMOVE) == 0 && count > 0;
    }
    if (open == 0 && g_hash_table_size(data->decided) == 0)
        return count == 0 ? g_strdup("nothing to send") : g_strdup_printf("%u request%s", count, count == 1 ? "" : "s");
    return g_strdup_printf("%u go%s, %u stay%s, %u undecided", count, count == 1 ? "es" : "", stay,
                           stay == 1 ? "s" : "", open);
}

static void set_leave_title(struct overlay *overlay)
{
    const struct plan_data *data = overlay->data;
    g_autofree char *count = leave_count(data);
    g_free(overlay->title);
    overlay->title = g_strdup_printf("Leave · %s · %s", count, data->where);
}

static void plan_choose(struct console *console, struct overlay *overlay)
{
    struct plan_data *data = overlay->data;
    if (overlay->scroller.focus.kind == ITEM_STAYS) {
        int which = overlay->scroller.focus.number;
        for (guint i = 0; i < data->plan->choices->len; i++) {
            const struct leave_choice *choice = g_ptr_array_index(data->plan->choices, i);
            gboolean goes = which == ALL_GO || (which >= 0 && strcmp(word_of(data, i), LEAVING_REMOVE) != 0);
            if (which < 0 || (int)i == which)
                g_hash_table_replace(data->decided, (gpointer)choice->key,
                                     (gpointer)(goes ? LEAVING_REMOVE : LEAVING_KEEP));
        }
        set_leave_title(overlay);
        /* All is said: the way on comes next. Behind it stands a plan, and its question. */
        if (which < 0) {
            struct item on = item_numbered(ITEM_ACTION, ACTION_apply);
            scroller_set_focus(&overlay->scroller, &on);
            g_autoptr(TextLayout) layout = overlay_layout(console, overlay);
            scroller_reveal(&overlay->scroller, layout);
        }
        console->dirty = TRUE;
        return;
    }
    if (overlay->scroller.focus.kind == ITEM_ACTION)
        action_run(console, (enum action_id)overlay->scroller.focus.number);
    if (overlay->scroller.focus.kind != ITEM_REQUEST)
        return;
    gpointer number = GINT_TO_POINTER(overlay->scroller.focus.number);
    if (!g_hash_table_remove(data->open, number))
        g_hash_table_add(data->open, number);
    g_autoptr(TextLayout) layout = overlay_layout(console, overlay);
    scroller_reveal(&overlay->scroller, layout);
    console->dirty = TRUE;
}

static char *plan_copy(const struct console *console, const struct overlay *overlay)
{
    (void)console;
    const struct plan_data *data = overlay->data;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < data->plan->requests->len; i++) {
        const struct planned_request *request = g_ptr_array_index(data->plan->requests, i);
        g_string_append_printf(text, "%u. %s %s\n%s %s\n%s%s", i + 1, request->verb, request->sentence, request->method,
                               request->url, request->body_indented, *request->body_indented != '\0' ? "\n\n" : "\n");
    }
    return g_string_free(text, FALSE);
}

static const struct overlay_ops plan_view = {
    .place = PLACE_PLAN,
    .fill = plan_fill,
    .choose = plan_choose,
    .enter = "open or close",
    .copy = plan_copy,
    .free = data_free,
    .focuses = TRUE,
};

struct overlay *plan_view_new(struct plan *plan, const struct board *board)
{
    guint count = plan->requests->len;
    /* The first row of the screen says that this is practice. */
    gboolean names_cloud = *board->cloud != '\0' && !board->practice;
    struct plan_data *data = g_new0(struct plan_data, 1);
    data->plan = plan_ref(plan);
    data->open = g_hash_table_new(NULL, NULL);
    data->decided = g_hash_table_new(g_str_hash, g_str_equal);
    data->where = g_strdup_printf("%s%s%s", *board->tenant_domain != '\0' ? board->tenant_domain : board->tenant_name,
                                  names_cloud ? " · " : "", names_cloud ? board->cloud : "");
    g_autofree char *title = g_strdup_printf("%s · %u request%s · %s", plan->undo ? "Undo" : "Plan", count,
                                             count == 1 ? "" : "s", data->where);
    struct overlay *overlay = overlay_new(&plan_view, title, data);
    if (plan->leave)
        set_leave_title(overlay);
    if (plan_undecided(plan) > 0) {
        struct item first = item_numbered(ITEM_STAYS, plan->choices->len > 1 ? ALL_GO : 0);
        scroller_set_focus(&overlay->scroller, &first);
    }
    return overlay;
}

struct plan *plan_view_plan(const struct overlay *overlay)
{
    return overlay != NULL && overlay->ops == &plan_view ? ((const struct plan_data *)overlay->data)->plan : NULL;
}

gboolean plan_view_is_open(const struct overlay *overlay)
{
    const struct plan *plan = plan_view_plan(overlay);
    return plan != NULL && (g_hash_table_size(((const struct plan_data *)overlay->data)->decided) > 0 ||
                            (plan->requests->len == 0 && plan_undecided(plan) > 0));
}

const char *plan_view_enter(const struct overlay *view)
{
    if (plan_view_plan(view) == NULL || view->scroller.focus.kind == ITEM_REQUEST)
        return view->ops->enter;
    return view->scroller.focus.kind == ITEM_STAYS ? "mark" : view->scroller.focus.kind == ITEM_ACTION ? "go on" : NULL;
}

gboolean plan_view_send_decisions(const struct overlay *overlay, struct session *session)
{
    const struct plan_data *data = overlay->data;
    if (!leave_answers_send(session, data->decided))
        return FALSE;
    g_hash_table_remove_all(data->decided);
    return TRUE;
}
