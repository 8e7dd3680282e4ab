#include "ui/key_bar.h"

#include "ui/form.h"
#include "ui/views.h"

#define GAP 2

typedef gboolean (*offer)(const struct console *console);

static gboolean when_signed_out(const struct console *console)
{
    return !console->board->signed_in || console_place(console) == PLACE_SIGN_IN;
}

static gboolean when_signed_in(const struct console *console)
{
    return console->board->signed_in;
}

static gboolean when_report(const struct console *console)
{
    const struct board_step *step = console_step(console);
    return step != NULL && step->report && console->board->signed_in && console->options->write_report != NULL;
}

static gboolean when_created(const struct console *console)
{
    return console->board->created_count > 0;
}

static gboolean when_tellable(const struct console *console)
{
    const struct board_step *step = console_step(console);
    return step != NULL && step->tellable && step->state != STEP_TOLD && step->state != STEP_DONE;
}

static gboolean when_to_do(const struct console *console)
{
    const struct board_step *step = console_step(console);
    return step != NULL && console->board->signed_in && step->state == STEP_TO_DO;
}

static gboolean when_skippable(const struct console *console)
{
    const struct board_step *step = console_step(console);
    return step != NULL && console->board->signed_in && step->state != STEP_DONE;
}

static gboolean when_role_lacks(const struct console *console)
{
    const struct board_step *step = console_step(console);
    return step != NULL && step->lacks_role;
}

static gboolean when_form(const struct console *console)
{
    const struct board_step *step = console_step(console);
    if (console_place(console) == PLACE_SIGN_IN)
        return console->options->practice;
    if (console_place(console) == PLACE_READ)
        return ladder_view_form(console_top(console)) > 0;
    return step != NULL && step->practice_form;
}

static gboolean when_link(const struct console *console)
{
    const struct board_step *step = console_step(console);
    return console_top(console) != NULL || (step != NULL && *step->link != '\0');
}

static gboolean when_waiting(const struct console *console)
{
    const struct board_step *step = console_step(console);
    return step != NULL && step->state == STEP_WAITING && *step->wait_word != '\0';
}

static gboolean when_trouble(const struct console *console)
{
    const struct board_step *step = console_step(console);
    return step != NULL && (step->state == STEP_FAILED || step->state == STEP_IN_DOUBT || step->state == STEP_UNKNOWN);
}

static gboolean when_ladder(const struct console *console)
{
    const struct board_step *step = console_step(console);
    return step != NULL && *step->trouble_title != '\0' && step->state != STEP_DONE;
}

static gboolean when_masked(const struct console *console)
{
    const struct board_step *step = console_step(console);
    for (guint i = 0; step != NULL && i < step->fields->len; i++)
        if (((const struct board_field *)g_ptr_array_index(step->fields, i))->masked)
            return TRUE;
    for (guint i = 0; step != NULL && i < step->lines->len; i++)
        if (((const struct board_line *)g_ptr_array_index(step->lines, i))->masked)
            return TRUE;
    return FALSE;
}

static gboolean when_fix(const struct console *console)
{
    return form_has_fix(console);
}

static gboolean when_busy(const struct console *console)
{
    return console_busy(console);
}

static gboolean when_choice(const struct console *console)
{
    const struct view *top = console_top(console);
    return top == NULL || top->ops->focuses;
}

static gboolean when_not_following(const struct console *console)
{
    return !console->log_pane.following;
}

static const offer offers[ACTION_COUNT] = {
    [ACTION_sign_in] = when_signed_out,   [ACTION_device_code] = when_signed_out,
    [ACTION_plan] = when_signed_in,       [ACTION_apply] = when_signed_in,
    [ACTION_undo] = when_created,         [ACTION_check] = when_signed_in,
    [ACTION_report] = when_report,        [ACTION_tell] = when_tellable,
    [ACTION_practice_form] = when_form,   [ACTION_open_link] = when_link,
    [ACTION_show_code] = when_link,       [ACTION_override_wait] = when_waiting,
    [ACTION_show_masked] = when_masked,   [ACTION_take_fix] = when_fix,
    [ACTION_choose] = when_choice,        [ACTION_exchange] = when_trouble,
    [ACTION_cancel] = when_busy,          [ACTION_follow] = when_not_following,
    [ACTION_ladder] = when_ladder,        [ACTION_apply_step] = when_to_do,
    [ACTION_hand_over] = when_role_lacks, [ACTION_skip] = when_skippable,
};

gboolean key_bar_offers(const struct console *console, enum action_id id)
{
    const struct action *action = &actions[id];
    if (*action->label == '\0' || (action->places & console_place(console)) == 0)
        return FALSE;
    return offers[id] == NULL || offers[id](console);
}

struct hint {
    char *key;
    const char *label;
    int action; /* a click on it does that; -1: nothing */
};

static void hint_clear(gpointer data)
{
    g_free(((struct hint *)data)->key);
}

static GArray *hints_new(void)
{
    GArray *hints = g_array_new(FALSE, FALSE, sizeof(struct hint));
    g_array_set_clear_func(hints, hint_clear);
    return hints;
}

static void add_hint(GArray *hints, const char *key, const char *label)
{
    struct hint hint = {.key = g_strdup(key), .label = label, .action = -1};
    g_array_append_val(hints, hint);
}

static void add_action(GArray *hints, enum action_id id)
{
    struct hint hint = {.key = action_first_key(&actions[id]), .label = actions[id].label, .action = (int)id};
    g_array_append_val(hints, hint);
}

static int hint_columns(const struct hint *hint)
{
    return grid_text_columns(hint->key) + 1 + grid_text_columns(hint->label) + GAP;
}

static int draw_hint(struct console *console, const struct hint *hint, int column, struct area bar)
{
    int used = grid_put(console->grid, column, bar.row, bar.columns, STYLE_BOLD, hint->key);
    used += 1 + grid_put(console->grid, column + used + 1, bar.row, bar.columns, STYLE_NORMAL, hint->label);
    if (hint->action >= 0)
        targets_add(console->targets, (struct area){column, bar.row, used, 1}, TARGET_ACTION, hint->action, NULL);
    return used + GAP;
}

/* Help and the way out have their place at the right end before any other. Returns the first column they take. */
static int draw_fixed(struct console *console, const GArray *hints, struct area bar)
{
    int width = -1;
    for (guint i = 0; i < hints->len; i++)
        width += hint_columns(&g_array_index(hints, struct hint, i));
    int column = MAX(bar.columns - width, 0);
    int at = column;
    for (guint i = 0; i < hints->len; i++)
        at += draw_hint(console, &g_array_index(hints, struct hint, i), at, bar);
    return column;
}

/* Whole hints only, the more important ones first. */
static void draw_fitting(struct console *console, const GArray *hints, int limit, struct area bar)
{
    int column = bar.column + 1;
    for (guint i = 0; i < hints->len; i++) {
        const struct hint *hint = &g_array_index(hints, struct hint, i);
        if (column + hint_columns(hint) <= limit)
            column += draw_hint(console, hint, column, bar);
    }
}

/* While a field is edited letters are text, so the bar shows the keys of the field. */
static void collect_editing(const struct console *console, GArray *hints, GArray *fixed)
{
    add_hint(hints, "Enter", "use");
    if (form_has_fix(console))
        add_hint(hints, "Ctrl-F", "mend");
    add_hint(hints, "Esc", "drop");
    add_hint(hints, "Tab", "next");
    add_hint(fixed, "F1", "help");
    g_array_index(fixed, struct hint, 0).action = ACTION_help;
}

static void collect_actions(const struct console *console, GArray *hints, GArray *fixed)
{
    for (int i = 0; i < ACTION_COUNT; i++)
        if (i != ACTION_help && i != ACTION_quit && i != ACTION_close && key_bar_offers(console, (enum action_id)i))
            add_action(hints, (enum action_id)i);
    add_action(fixed, ACTION_help);
    add_action(fixed, console_top(console) == NULL ? ACTION_quit : ACTION_close);
}

void key_bar_draw(struct console *console, struct area area)
{
    g_autoptr(GArray) hints = hints_new();
    g_autoptr(GArray) fixed = hints_new();
    if (form_editing(console) != NULL && console_place(console) == PLACE_STEP)
        collect_editing(console, hints, fixed);
    else
        collect_actions(console, hints, fixed);
    draw_fitting(console, hints, draw_fixed(console, fixed, area), area);
}
