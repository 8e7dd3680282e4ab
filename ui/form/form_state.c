/* SPDX-License-Identifier: MIT */
#include "ui/form/form_state.h"

#include <string.h>

#include "base/text.h"
#include "input/finding.h"
#include "input/guest_verdict.h"

const struct board_field *form_field(const struct console *console, const char *path)
{
    return board_find_field(console->board, path);
}

GPtrArray *form_choices(const struct board_field *field)
{
    if (field->kind != FIELD_YES_NO || field->choices->len > 0)
        return g_ptr_array_ref(field->choices);
    GPtrArray *choices = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(choices, board_choice_new("yes", "yes", FALSE));
    g_ptr_array_add(choices, board_choice_new("no", "no", FALSE));
    return choices;
}

struct verdict *form_verdict(const char *validator, const char *earliest, const char *value, const char *text)
{
    if (strcmp(validator, GUEST_LIST_FIELD) == 0)
        return guest_verdict(text);
    struct verdict *verdict = input_field_find(validator) != NULL ? validate(validator, text, -1) : NULL;
    if (verdict == NULL || !verdict->valid || *earliest == '\0' || strcmp(text, earliest) >= 0 ||
        strcmp(text, value) == 0)
        return verdict;
    char *message = g_strdup_printf("That day has gone by; today is %s.", earliest);
    g_ptr_array_add(verdict->findings, finding_new(PROBLEM_FORM, 0, (int)strlen(text), message, NULL, NULL));
    verdict->valid = FALSE;
    g_clear_pointer(&verdict->value, g_free);
    return verdict;
}

char *form_unknown_words(const char *name)
{
    return g_strdup_printf("Nobody was found: %s is taken as it is typed.", name);
}

gboolean form_is_unknown(const struct form *form, const char *name)
{
    return g_ptr_array_find_with_equal_func(form->unknown, name, text_same_name, NULL);
}

const char *form_unfit(const struct board_field *field, const char *name)
{
    for (guint i = 0; i < field->unfit->len; i++) {
        const struct board_unfit *unfit = g_ptr_array_index(field->unfit, i);
        if (text_same_name(unfit->name, name))
            return unfit->why;
    }
    return NULL;
}

const struct finding *verdict_fix(const struct verdict *verdict)
{
    for (guint i = 0; verdict != NULL && i < verdict->findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(verdict->findings, i);
        if (finding->fix != NULL)
            return finding;
    }
    return NULL;
}
