/* SPDX-License-Identifier: MIT */
#include "ui/form/paste_offer.h"

#include <string.h>

#include "input/finding.h"
#include "input/paste.h"
#include "input/paste_labels.h"
#include "input/validate.h"
#include "ui/form/form.h"
#include "ui/navigation.h"
#include "ui/views/paste_view.h"

const char *paste_offer_value(const struct board *board, const struct board_field *field,
                              const struct paste_values *values)
{
    const char *value = *field->validator != '\0' ? paste_value(values, field->validator) : NULL;
    /* An application whose consent page perch knows itself is not the one that is asked for. */
    for (guint i = 0; value != NULL && value == values->application_id && i < board->steps->len; i++)
        if (strstr(((const struct board_step *)g_ptr_array_index(board->steps, i))->link, value) != NULL &&
            strcmp(field->value, value) != 0)
            return NULL;
    return value;
}

void paste_tell_typed(const struct board *board, const char *text, struct paste_values *values)
{
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        for (guint k = 0; k < step->fields->len; k++) {
            const struct board_field *field = g_ptr_array_index(step->fields, k);
            gboolean is_read =
                g_str_has_prefix(field->validator, "event-hub-") || g_str_equal(field->validator, "guid");
            gboolean is_open = field->kind == FIELD_TEXT && !is_read && *field->value == '\0';
            int line = is_open ? paste_line_labelled(text, field->label) : 0;
            if (line == 0)
                continue;
            char *message = g_strdup_printf("Line %d has “%s” too. It is not taken out of a text: type it at “%s”.",
                                            line, field->label, step->title);
            struct finding *finding = finding_new(PROBLEM_NOT_GIVEN, 0, 0, message, NULL, NULL);
            finding->remark = TRUE;
            g_ptr_array_add(values->findings, finding);
        }
    }
}

/* What is clear for FIELD; else what may be meant. */
static void add_choices(const struct console *console, GPtrArray *choices, const struct board_field *field,
                        const struct paste_values *values)
{
    const char *value = paste_offer_value(console->board, field, values);
    if (value != NULL)
        g_ptr_array_add(choices, paste_choice_new(field, value, NULL, console->unmasked));
    for (guint i = 0; i < values->candidates->len && value == NULL; i++) {
        const struct paste_candidate *candidate = g_ptr_array_index(values->candidates, i);
        if (strcmp(candidate->field, field->validator) == 0)
            g_ptr_array_add(choices, paste_choice_new(field, candidate->value, candidate, console->unmasked));
    }
}

gboolean paste_offer(struct console *console, const char *text, const char *source, const char *note)
{
    if (console->board->read_only || console->board->handed != NULL)
        return FALSE;
    g_autoptr(PasteValues) values = paste_find(text, -1);
    gboolean is_secret = FALSE;
    gboolean says_why_not = FALSE; /* it is about the values, and does not give them */
    for (guint i = 0; i < values->findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(values->findings, i);
        is_secret |= finding->problem == PROBLEM_CONNECTION_STRING;
        says_why_not |= !finding->remark && finding->problem != PROBLEM_EMPTY;
    }
    /* Nothing parts a single value in two: terminals paste carriage returns for line ends. */
    gsize length = strlen(text);
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    if (strcspn(text, "\n\r\t ") >= length && !is_secret && values->application_id == NULL)
        return FALSE;
    g_autoptr(GPtrArray) choices = g_ptr_array_new_with_free_func(paste_choice_free);
    gboolean is_wanted = FALSE;
    for (guint i = 0; i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        for (guint k = 0; k < step->fields->len; k++) {
            const struct board_field *field = g_ptr_array_index(step->fields, k);
            is_wanted |= g_str_has_prefix(field->validator, "event-hub-");
            add_choices(console, choices, field, values);
        }
    }
    if (choices->len == 0 && (!is_wanted || form_editing(console) != NULL || !says_why_not))
        return FALSE;
    form_leave(console);
    paste_tell_typed(console->board, text, values);
    console_push(console, paste_view_new(g_steal_pointer(&values), g_steal_pointer(&choices), source, note));
    return TRUE;
}
