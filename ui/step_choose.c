/* SPDX-License-Identifier: MIT */
#include "ui/step_pane.h"

#include <string.h>

#include "ui/ask.h"
#include "ui/form/form.h"
#include "ui/state_text.h"

static const struct board_line *guide_line(const struct console *console, const struct item *item)
{
    const struct board_step *step = console_step(console);
    if (step == NULL || item->kind != ITEM_LINE || item->number >= (int)step->lines->len)
        return NULL;
    return g_ptr_array_index(step->lines, item->number);
}

/* The text, where one is needed, belongs to what is decided. */
static void decided(struct console *console, const char *text, const struct item *about)
{
    g_autofree char *decision = g_strconcat(about->value, text, NULL);
    if (about->number > 0 && *text == '\0')
        return;
    session_decide(console->session, about->name, decision);
    console_sent(console, COMMAND_DECIDE);
}

/* The choice that ITEM stands for, as it is on the board now; NULL if it is gone. */
static const struct board_choice *choice_of(const struct console *console, const struct item *item)
{
    const struct board_step *step = console_step(console);
    for (guint i = 0; step != NULL && i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        for (guint k = 0; k < object->choices->len && g_strcmp0(object->key, item->name) == 0; k++) {
            const struct board_choice *choice = g_ptr_array_index(object->choices, k);
            if (strcmp(choice->value, item->value) == 0)
                return choice;
        }
    }
    return NULL;
}

/* What is decided binds, so it is said once more before it is. */
static void take_choice(struct console *console, const struct item *item)
{
    const struct board_choice *choice = choice_of(console, item);
    if (choice == NULL || !console_may_write(console))
        return;
    struct item about = *item;
    about.number = choice->needs_text;
    g_autofree char *label = g_strdup_printf("%s:", choice->label);
    if (choice->needs_text)
        ask_text(console, label, "", decided, &about);
    else
        ask_agreement(console, AGREE_DECIDE, choice->label, decided, &about);
}

/* As mending_words() says it. */
static void mend(struct console *console)
{
    const struct board_step *step = console_step(console);
    action_run(console, step->practice_form   ? ACTION_practice_form
                        : *step->link != '\0' ? ACTION_open_link
                                              : ACTION_check);
}

/* Moves the mark to the choice NUMBER of the step's first open decision; a marked one is taken. */
gboolean step_pane_choose_number(struct console *console, int number)
{
    const struct board_step *step = console_step(console);
    for (guint i = 0; step != NULL && i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if (object->choices->len == 0)
            continue;
        int before = mending_words(step, object) != NULL ? 1 : 0;
        if (number < 1 || number > before + (int)object->choices->len)
            return FALSE;
        const struct board_choice *choice =
            number > before ? g_ptr_array_index(object->choices, number - before - 1) : NULL;
        struct item item =
            choice != NULL ? item_choice(object->key, choice->value) : item_named(ITEM_MEND, object->key);
        scroller_set_focus(&console->step_scroller, &item);
        g_autoptr(TextLayout) layout = step_pane_layout(console, console->step_columns);
        scroller_reveal(&console->step_scroller, layout);
        console_note(console, "%d is marked; Enter takes it.", number);
        return TRUE;
    }
    return FALSE;
}

void step_pane_choose(struct console *console)
{
    /* Keys may come faster than the pane is drawn. */
    g_autoptr(TextLayout) layout = step_pane_layout(console, console->step_columns);
    step_pane_find_focus(console, layout);
    const struct item item = console->step_scroller.focus;
    const struct board_line *line = guide_line(console, &item);
    if (item.kind != ITEM_NONE && !layout_has_item(layout, &item)) {
        console_note(console, "The tenant is being read: what was marked is not there yet.");
        return;
    }
    /* What nobody sees is not done: it is brought into sight first. */
    if (!console->reveal_focus && !scroller_sees_focus(&console->step_scroller, layout)) {
        console->reveal_focus = console->dirty = TRUE;
        return;
    }
    switch (item.kind) {
    case ITEM_ACTION:
        action_run(console, (enum action_id)item.number);
        break;
    case ITEM_FIELD:
        form_begin(console, item.name);
        break;
    case ITEM_MEND:
        mend(console);
        break;
    case ITEM_CHOICE:
        take_choice(console, &item);
        break;
    case ITEM_DECIDED:
        action_take_back(console);
        break;
    case ITEM_LINE:
        if (line != NULL)
            console_copy(console, line->copy, line->send ? "what is to be sent" : "the value");
        break;
    case ITEM_BEGIN:
        console->greeting = FALSE;
        scroller_clear(&console->step_scroller);
        console->dirty = TRUE;
        break;
    case ITEM_PRACTISE:
        if (console->options->practise != NULL)
            *console->options->practise = TRUE;
        console->leaving = TRUE;
        break;
    default:
        break;
    }
}

/* The line whose text is sent to the partner; NULL: none is. */
static const struct board_line *line_to_send(const struct board_step *step)
{
    for (guint i = 0; step != NULL && i < step->lines->len; i++) {
        const struct board_line *line = g_ptr_array_index(step->lines, i);
        if (line->send && *line->copy != '\0')
            return line;
    }
    return NULL;
}

/* By its host, as what a page is taken for may be sent to somebody. */
static const char *page_words(const char *link, gboolean beside_text)
{
    const char *host = strstr(link, "://") != NULL ? strstr(link, "://") + strlen("://") : link;
    g_autofree char *words = g_strdup_printf("the link of the page on %.*s%s", (int)strcspn(host, "/?#"), host,
                                             beside_text ? ", not what is to be sent" : "");
    return g_intern_string(words);
}

char *step_pane_copy_text(const struct console *console, const char **what)
{
    const struct board_step *step = console_step(console);
    static const struct item none;
    const struct item *item = console->pane == PANE_STEP ? &console->step_scroller.focus : &none;
    const struct board_line *line = guide_line(console, item), *sent = line_to_send(step);
    const struct item page = item_numbered(ITEM_ACTION, ACTION_open_link);
    *what = line != NULL && line == sent ? "what is to be sent" : "the value";
    if (line != NULL)
        return g_strdup(line->copy);
    for (guint i = 0; item->kind == ITEM_FIELD && step != NULL && i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        if (strcmp(item->name, field->path) == 0 && *field->value != '\0')
            return g_strdup(field->value);
    }
    if (sent != NULL && !item_equal(item, &page)) {
        *what = "what is to be sent";
        return g_strdup(sent->copy);
    }
    if (step == NULL || *step->link == '\0')
        return NULL;
    *what = page_words(step->link, sent != NULL);
    return g_strdup(step->link);
}
