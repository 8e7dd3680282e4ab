#include "ui/step_pane.h"

#include <string.h>

#include "ui/ask.h"
#include "ui/form.h"

static const struct board_line *guide_line(const struct console *console, const char *item)
{
    const struct board_step *step = console_step(console);
    guint64 index = 0;
    if (step == NULL || !g_str_has_prefix(item, "copy:") ||
        !g_ascii_string_to_unsigned(item + strlen("copy:"), 10, 0, G_MAXUINT, &index, NULL) ||
        index >= step->lines->len)
        return NULL;
    return g_ptr_array_index(step->lines, (guint)index);
}

static void decide(struct console *console, const char *object, const char *decision)
{
    session_decide(console->session, object, decision);
    console_sent(console, COMMAND_DECIDE);
}

/* DATA: object key, unit separator, the choice's value. */
static void decide_with_text(struct console *console, const char *text, const char *data)
{
    g_auto(GStrv) parts = g_strsplit(data, "\037", 2);
    if (*text == '\0')
        return;
    g_autofree char *decision = g_strconcat(parts[1], text, NULL);
    decide(console, parts[0], decision);
}

static void take_choice(struct console *console, const struct board_object *object, const struct board_choice *choice)
{
    if (!console_may_write(console))
        return;
    if (!choice->needs_text) {
        decide(console, object->key, choice->value);
        return;
    }
    g_autofree char *label = g_strdup_printf("%s:", choice->label);
    g_autofree char *data = g_strdup_printf("%s\037%s", object->key, choice->value);
    ask_text(console, label, "", decide_with_text, data);
}

static gboolean choose_decision(struct console *console, const char *item)
{
    const struct board_step *step = console_step(console);
    for (guint i = 0; step != NULL && i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        for (guint k = 0; k < object->choices->len; k++) {
            const struct board_choice *choice = g_ptr_array_index(object->choices, k);
            g_autofree char *name = g_strdup_printf("decide:%s:%s", object->key, choice->value);
            if (strcmp(name, item) == 0) {
                take_choice(console, object, choice);
                return TRUE;
            }
        }
    }
    return FALSE;
}

gboolean step_pane_choose_number(struct console *console, int number)
{
    const struct board_step *step = console_step(console);
    for (guint i = 0; step != NULL && i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if (object->choices->len == 0)
            continue;
        if (number < 1 || number > (int)object->choices->len)
            return FALSE;
        take_choice(console, object, g_ptr_array_index(object->choices, number - 1));
        return TRUE;
    }
    return FALSE;
}

struct button {
    const char *item;
    void (*run)(struct console *console);
};

static void begin(struct console *console)
{
    console->greeting = FALSE;
    page_view_clear(&console->step_view);
    console->dirty = TRUE;
}

static void practise(struct console *console)
{
    if (console->options->practise != NULL)
        *console->options->practise = TRUE;
    console->leaving = TRUE;
}

static const struct button buttons[] = {
    {"link", action_open_link},
    {"tell", action_tell},
    {"form", action_practice_form},
    {"wait", action_override_wait},
    {"report", action_report},
    {"sign-in", action_sign_in},
    {"device-code", action_device_code},
    {"begin", begin},
    {"practise", practise},
    {"apply-step", action_apply_step},
    {"hand-over", action_hand_over},
};

/* Keys may come faster than the pane is drawn. */
static void find_focus(struct console *console)
{
    g_autoptr(Page) page = step_pane_page(console, console->step_columns);
    if (console->step_view.focus == NULL || !page_has_item(page, console->step_view.focus))
        page_view_set_focus(&console->step_view, page_first_item(page));
}

void step_pane_choose(struct console *console)
{
    find_focus(console);
    const char *item = console->step_view.focus;
    if (item == NULL)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(buttons); i++)
        if (strcmp(buttons[i].item, item) == 0) {
            buttons[i].run(console);
            return;
        }
    const struct board_line *line = guide_line(console, item);
    if (line != NULL)
        console_copy(console, line->copy, "the value");
    else if (g_str_has_prefix(item, "field:"))
        form_begin(console, item + strlen("field:"));
    else
        choose_decision(console, item);
}

char *step_pane_copy_text(const struct console *console, const char **what)
{
    const struct board_step *step = console_step(console);
    const char *item = console->pane == PANE_STEP ? console->step_view.focus : NULL;
    const struct board_line *line = item != NULL ? guide_line(console, item) : NULL;
    *what = "the value";
    if (line != NULL)
        return g_strdup(line->copy);
    for (guint i = 0; item != NULL && step != NULL && i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        if (g_str_has_prefix(item, "field:") && strcmp(item + strlen("field:"), field->path) == 0 &&
            *field->value != '\0')
            return g_strdup(field->value);
    }
    *what = "the link";
    return step != NULL && *step->link != '\0' ? g_strdup(step->link) : NULL;
}
