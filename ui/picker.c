#include "ui/form_state.h"

#include <string.h>

#define DEBOUNCE (200 * G_TIME_SPAN_MILLISECOND)
#define SHOWN 8

void picker_clear(struct picker *picker)
{
    g_clear_pointer(&picker->picked, g_ptr_array_unref);
    g_clear_pointer(&picker->found, g_ptr_array_unref);
    g_clear_pointer(&picker->error, g_free);
    guint serial = picker->serial;
    *picker = (struct picker){.serial = serial};
}

void picker_typed(struct form *form)
{
    form->picker.serial++;
    form->picker.answered = FALSE;
    form->picker.marked = 0;
    form->picker.ask_at = editor_is_empty(form->editor) ? 0 : g_get_monotonic_time() + DEBOUNCE;
}

gint64 form_deadline(const struct console *console)
{
    gint64 ask_at = console->form->picker.ask_at;
    return ask_at != 0 ? ask_at : G_MAXINT64;
}

void form_tick(struct console *console)
{
    struct form *form = console->form;
    if (form->picker.ask_at == 0 || g_get_monotonic_time() < form->picker.ask_at)
        return;
    form->picker.ask_at = 0;
    session_find_people(console->session, editor_text(form->editor), form->picker.serial);
}

static struct person *person_copy(const struct person *person)
{
    struct person *copy = g_memdup2(person, sizeof *person);
    copy->id = g_strdup(person->id);
    copy->name = g_strdup(person->name);
    copy->user_name = g_strdup(person->user_name);
    copy->mail = g_strdup(person->mail);
    return copy;
}

static void free_person(gpointer data)
{
    person_free(data);
}

/* An answer to an earlier question is of no use: more was typed since. */
void form_people_found(struct console *console, const struct people *people)
{
    struct picker *picker = &console->form->picker;
    if (console->form->path == NULL || picker->found == NULL || people->serial != picker->serial)
        return;
    g_ptr_array_unref(picker->found);
    picker->found = g_ptr_array_new_with_free_func(free_person);
    for (guint i = 0; i < people->found->len; i++)
        g_ptr_array_add(picker->found, person_copy(g_ptr_array_index(people->found, i)));
    g_free(picker->error);
    picker->error = *people->error != '\0' ? g_strdup(people->error) : NULL;
    picker->answered = TRUE;
    picker->marked = 0;
    console->dirty = TRUE;
}

static const struct person *marked_person(const struct form *form)
{
    const struct picker *picker = &form->picker;
    if (!picker->answered || picker->marked >= (int)picker->found->len)
        return NULL;
    return g_ptr_array_index(picker->found, picker->marked);
}

static void send_picked(struct console *console)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < console->form->picker.picked->len; i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
                               (const char *)g_ptr_array_index(console->form->picker.picked, i));
    form_send(console, names->str);
}

static void take(struct console *console, const char *user_name)
{
    struct form *form = console->form;
    if (form->kind == FIELD_PERSON) {
        form_send(console, user_name);
        return;
    }
    if (!g_ptr_array_find_with_equal_func(form->picker.picked, user_name, g_str_equal, NULL))
        g_ptr_array_add(form->picker.picked, g_strdup(user_name));
    editor_set(form->editor, "");
    picker_typed(form);
}

/* What was typed in full may be somebody whom the look-up does not show. */
static void submit(struct console *console)
{
    struct form *form = console->form;
    const struct person *person = marked_person(form);
    if (person != NULL && !editor_is_empty(form->editor))
        take(console, person->user_name);
    else if (editor_is_empty(form->editor) && form->kind == FIELD_PEOPLE)
        send_picked(console);
    else if (editor_is_empty(form->editor))
        console_note(console, "Type part of a name, then choose with Up, Down and Enter.");
    else if (strchr(editor_text(form->editor), '@') != NULL)
        take(console, editor_text(form->editor));
    else
        console_note(console, "Nobody is chosen yet: wait for the list, or type the whole user name.");
}

static void remove_last(struct form *form)
{
    if (form->picker.picked->len > 0)
        g_ptr_array_remove_index(form->picker.picked, form->picker.picked->len - 1);
}

gboolean picker_press(struct console *console, const struct press *press)
{
    struct form *form = console->form;
    struct picker *picker = &form->picker;
    switch (press->kind) {
    case PRESS_UP:
        picker->marked = MAX(picker->marked - 1, 0);
        return TRUE;
    case PRESS_DOWN:
        picker->marked = CLAMP(picker->marked + 1, 0, MAX(MIN((int)picker->found->len, SHOWN) - 1, 0));
        return TRUE;
    case PRESS_ENTER:
        submit(console);
        return TRUE;
    case PRESS_BACKSPACE:
        if (editor_is_empty(form->editor)) {
            remove_last(form);
            return TRUE;
        }
        break;
    default:
        break;
    }
    if (!editor_press(form->editor, press))
        return FALSE;
    picker_typed(form);
    return TRUE;
}

static void fill_person(const struct form *form, struct page *page, const char *item, int indent, guint index)
{
    const struct person *person = g_ptr_array_index(form->picker.found, index);
    gboolean marked = (int)index == form->picker.marked;
    page_row(page, item);
    page_tab(page, indent);
    page_text(page, marked ? STYLE_MARK : STYLE_NORMAL, marked ? "▸ " : "  ");
    page_text(page, marked ? STYLE_MARK : STYLE_NORMAL, person->name);
    page_format(page, STYLE_DIM, "  %s", person->user_name);
    if (person->guest || !person->enabled)
        page_right(page, STYLE_WAIT, person->guest ? "guest" : "disabled");
}

void picker_fill(const struct form *form, struct page *page, const char *item, int indent)
{
    const struct picker *picker = &form->picker;
    if (editor_is_empty(form->editor)) {
        page_paragraph(page, item, indent, STYLE_DIM,
                       form->kind == FIELD_PEOPLE
                           ? "Type part of a name. Enter on an empty line keeps the list, Backspace takes the last off."
                           : "Type part of a name.");
        return;
    }
    if (!picker->answered) {
        page_paragraph(page, item, indent, STYLE_DIM, "Looking in the tenant …");
        return;
    }
    if (picker->error != NULL)
        page_paragraph(page, item, indent, STYLE_BAD, picker->error);
    else if (picker->found->len == 0)
        page_paragraph(page, item, indent, STYLE_DIM, "Nobody's name, user name or mail begins like that.");
    for (guint i = 0; i < MIN(picker->found->len, SHOWN); i++)
        fill_person(form, page, item, indent, i);
    if (picker->found->len > SHOWN)
        page_paragraph(page, item, indent, STYLE_DIM, "More match: type on.");
}
