/* SPDX-License-Identifier: MIT */
#include "ui/form/picker.h"

#include <string.h>

#include "base/text.h"

#define DEBOUNCE (200 * G_TIME_SPAN_MILLISECOND)
#define SHOWN 8
#define OWN_INDENT 4

void picker_begin(struct picker *picker, gboolean several, const char *present)
{
    picker->several = several;
    picker->found = g_ptr_array_new();
    picker->picked = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) names = g_strsplit(several ? present : "", ",", -1);
    for (char **name = names; *name != NULL; name++)
        if (*g_strstrip(*name) != '\0')
            g_ptr_array_add(picker->picked, g_strdup(*name));
}

void picker_clear(struct picker *picker)
{
    g_clear_pointer(&picker->picked, g_ptr_array_unref);
    g_clear_pointer(&picker->found, g_ptr_array_unref);
    g_clear_pointer(&picker->error, g_free);
    guint serial = picker->serial;
    *picker = (struct picker){.serial = serial};
}

void picker_typed(struct picker *picker, const struct editor *editor)
{
    picker->serial++;
    picker->answered = FALSE;
    picker->looking = FALSE;
    picker->marked = -1;
    picker->ask_at = editor_is_empty(editor) ? 0 : g_get_monotonic_time() + DEBOUNCE;
}

gboolean picker_found(struct picker *picker, const struct editor *editor, const struct people *people)
{
    if (picker->found == NULL || people->serial != picker->serial)
        return FALSE;
    g_ptr_array_unref(picker->found);
    picker->found = g_ptr_array_new_with_free_func((GDestroyNotify)person_free);
    for (guint i = 0; i < people->found->len; i++) {
        const struct person *person = g_ptr_array_index(people->found, i);
        struct person *copy = g_memdup2(person, sizeof *person);
        copy->id = g_strdup(person->id);
        copy->name = g_strdup(person->name);
        copy->user_name = g_strdup(person->user_name);
        copy->mail = g_strdup(person->mail);
        g_ptr_array_add(picker->found, copy);
    }
    g_free(picker->error);
    picker->error = *people->error != '\0' ? g_strdup(people->error) : NULL;
    picker->answered = TRUE;
    picker->looking = FALSE;
    /* Whoever stands alone, or is called exactly that; of several nobody is taken unasked. */
    picker->marked = picker->found->len == 1 ? 0 : -1;
    for (guint i = picker->found->len; i > 0; i--) {
        const struct person *person = g_ptr_array_index(picker->found, i - 1);
        if (text_same_name(person->user_name, editor_text(editor)))
            picker->marked = (int)i - 1;
    }
    return TRUE;
}

static enum picker_outcome take(struct picker *picker, struct editor *editor, const char *user_name, char **picked)
{
    if (!picker->several) {
        *picked = g_strdup(user_name);
        return PICKER_DONE;
    }
    if (!g_ptr_array_find_with_equal_func(picker->picked, user_name, text_same_name, NULL))
        g_ptr_array_add(picker->picked, g_strdup(user_name));
    picker->changed = TRUE;
    editor_set(editor, "");
    picker_typed(picker, editor);
    return PICKER_GOES_ON;
}

gboolean picker_found_nobody(const struct picker *picker)
{
    return picker->answered && picker->error == NULL && picker->found->len == 0;
}

gboolean picker_is_whole(const char *typed)
{
    return strchr(typed, '@') != NULL;
}

static enum picker_outcome submit(struct picker *picker, struct editor *editor, char **picked)
{
    const char *text = editor_text(editor);
    if (*text != '\0' && picker->answered && picker->marked >= 0)
        return take(picker, editor,
                    ((const struct person *)g_ptr_array_index(picker->found, picker->marked))->user_name, picked);
    if (picker_is_whole(text) && (!picker->answered || picker->found->len == 0))
        return take(picker, editor, text, picked);
    if (*text != '\0' || !picker->several)
        return PICKER_NOBODY;
    *picked = text_join(picker->picked, ", ");
    return PICKER_DONE;
}

enum picker_outcome picker_key(struct picker *picker, struct editor *editor, const struct key_event *key, char **picked)
{
    switch (key->kind) {
    case KEY_UP:
        picker->marked = MAX(picker->marked - 1, MIN(picker->marked, 0));
        return PICKER_GOES_ON;
    case KEY_DOWN:
        picker->marked = MIN(picker->marked + 1, MIN((int)picker->found->len, SHOWN) - 1);
        return PICKER_GOES_ON;
    case KEY_ENTER:
        return submit(picker, editor, picked);
    case KEY_BACKSPACE:
        if (editor_is_empty(editor) && picker->picked->len > 0) {
            g_ptr_array_remove_index(picker->picked, picker->picked->len - 1);
            picker->changed = TRUE;
            return PICKER_GOES_ON;
        }
        break;
    default:
        break;
    }
    if (!editor_key(editor, key))
        return PICKER_NOT_MINE;
    picker_typed(picker, editor);
    return PICKER_GOES_ON;
}

static void fill_person(const struct picker *picker, struct text_layout *layout, const struct item *item, int indent,
                        guint index)
{
    const struct person *person = g_ptr_array_index(picker->found, index);
    gboolean marked = (int)index == picker->marked;
    struct item own = *item;
    own.number = (int)index + 1;
    layout_row(layout, &own);
    layout_tab(layout, indent);
    layout_text(layout, marked ? STYLE_MARK : STYLE_NORMAL, marked ? "▸ " : "  ");
    layout_text(layout, marked ? STYLE_MARK : STYLE_NORMAL, person->name);
    layout_text(layout, STYLE_DIM, "  ");
    layout_value(layout, indent + 2, OWN_INDENT, STYLE_DIM, person->user_name);
    if (person->guest || !person->enabled)
        layout_right(layout, STYLE_WAIT, person->guest ? "guest" : "disabled");
}

void picker_fill(const struct picker *picker, const struct editor *editor, struct text_layout *layout,
                 const struct item *item, int indent)
{
    const char *hint = NULL;
    if (editor_is_empty(editor))
        hint = picker->several
                   ? "Type part of a name. Enter on an empty line keeps the list, Backspace takes the last off."
                   : "Type part of a name.";
    else if (picker->looking || picker->ask_at != 0)
        hint = "Looking in the tenant …";
    else if (!picker->answered)
        hint = "Enter keeps this one; type part of a name to look for another.";
    else if (picker_found_nobody(picker))
        hint = picker_is_whole(editor_text(editor))
                   ? "Nobody's name, user name or mail begins like that. Enter takes it as it is typed all the same."
                   : "Nobody's name, user name or mail begins like that.";
    if (hint != NULL) {
        layout_paragraph(layout, item, indent, STYLE_DIM, hint);
        return;
    }
    if (picker->error != NULL)
        layout_paragraph(layout, item, indent, STYLE_BAD, picker->error);
    if (picker->found->len > 1 && picker->marked < 0)
        layout_paragraph(layout, item, indent, STYLE_DIM, "Down marks one of them, Enter takes it.");
    for (guint i = 0; i < MIN(picker->found->len, SHOWN); i++)
        fill_person(picker, layout, item, indent, i);
    if (picker->found->len > SHOWN)
        layout_paragraph(layout, item, indent, STYLE_DIM, "More match: type on.");
}
