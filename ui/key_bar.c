#include "ui/key_bar.h"

#include "ui/form.h"
#include "ui/views.h"

typedef gboolean (*offer)(const struct console *console);

static gboolean when_signed_out(const struct console *console)
{
    return !console->board->signed_in || console_place(console) == PLACE_SIGN_IN;
}

static gboolean when_signed_in(const struct console *console)
{
    return console->board->signed_in;
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

static gboolean when_filtered(const struct console *console)
{
    return !console->log_pane.following;
}

static const offer offers[ACTION_COUNT] = {
    [ACTION_sign_in] = when_signed_out,    [ACTION_device_code] = when_signed_out, [ACTION_plan] = when_signed_in,
    [ACTION_apply] = when_signed_in,       [ACTION_undo] = when_created,           [ACTION_tell] = when_tellable,
    [ACTION_practice_form] = when_form,    [ACTION_open_link] = when_link,         [ACTION_show_code] = when_link,
    [ACTION_override_wait] = when_waiting, [ACTION_show_masked] = when_masked,     [ACTION_take_fix] = when_fix,
    [ACTION_choose] = when_choice,         [ACTION_exchange] = when_trouble,       [ACTION_cancel] = when_busy,
    [ACTION_follow] = when_filtered,       [ACTION_ladder] = when_ladder,          [ACTION_apply_step] = when_to_do,
    [ACTION_hand_over] = when_role_lacks,
};

gboolean key_bar_offers(const struct console *console, enum action_id id)
{
    const struct action *action = &actions[id];
    if (*action->label == '\0' || (action->places & console_place(console)) == 0)
        return FALSE;
    return offers[id] == NULL || offers[id](console);
}

static int item_columns(const struct action *action)
{
    g_autofree char *key = action_first_key(action);
    return grid_text_columns(key) + 1 + grid_text_columns(action->label) + 2;
}

static int draw_item(struct console *console, enum action_id id, int column, struct area bar)
{
    g_autofree char *key = action_first_key(&actions[id]);
    int used = grid_put(console->grid, column, bar.row, bar.columns, STYLE_BOLD, key);
    used += 1 + grid_put(console->grid, column + used + 1, bar.row, bar.columns, STYLE_NORMAL, actions[id].label);
    targets_add(console->targets, (struct area){column, bar.row, used, 1}, TARGET_ACTION, (int)id, NULL);
    return used + 2;
}

/* Help and the way out always have their place at the right end. */
static int draw_fixed(struct console *console, struct area bar)
{
    enum action_id exit_action = console_top(console) == NULL ? ACTION_quit : ACTION_close;
    int width = item_columns(&actions[ACTION_help]) + item_columns(&actions[exit_action]) - 1;
    int column = MAX(bar.columns - width, 0);
    int at = column;
    at += draw_item(console, ACTION_help, at, bar);
    draw_item(console, exit_action, at, bar);
    return column;
}

/* While a field is edited letters are text, so the bar shows the keys of the field. */
static void draw_editing(struct console *console, struct area bar)
{
    static const char *const keys[][2] = {
        {"Enter", "use"}, {"Esc", "drop"}, {"Tab", "next field"}, {"Ctrl-F", "take the correction"}};
    gsize count = form_has_fix(console) ? G_N_ELEMENTS(keys) : G_N_ELEMENTS(keys) - 1;
    int column = bar.column + 1;
    for (gsize i = 0; i < count; i++) {
        column += grid_put(console->grid, column, bar.row, bar.columns - column, STYLE_BOLD, keys[i][0]) + 1;
        column += grid_put(console->grid, column, bar.row, bar.columns - column, STYLE_NORMAL, keys[i][1]) + 2;
    }
}

void key_bar_draw(struct console *console, struct area area)
{
    if (console->note.text != NULL) {
        grid_put(console->grid, area.column + 1, area.row, area.columns - 2, STYLE_BOLD, console->note.text);
        return;
    }
    if (form_editing(console) != NULL && console_place(console) == PLACE_STEP) {
        draw_editing(console, area);
        return;
    }
    int limit = draw_fixed(console, area);
    int column = area.column + 1;
    for (int i = 0; i < ACTION_COUNT; i++) {
        if (i == ACTION_help || i == ACTION_quit || i == ACTION_close || !key_bar_offers(console, (enum action_id)i))
            continue;
        if (column + item_columns(&actions[i]) > limit)
            continue;
        column += draw_item(console, (enum action_id)i, column, area);
    }
}
