/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_paste.h"

#include <string.h>

#include "base/assets.h"
#include "input/paste.h"
#include "input/validate.h"
#include "ui/form/paste_offer.h"

char *plain_value_in_paste(struct plain *plain, const struct board_field *field, gboolean fresh)
{
    if (plain->pasted == NULL || input_field_find(field->validator) == NULL)
        return NULL;
    g_autoptr(PasteValues) values = paste_find(plain->pasted, -1);
    g_autoptr(GPtrArray) offered = g_ptr_array_new();
    paste_tell_typed(plain->board, plain->pasted, values);
    for (guint i = 0; i < values->findings->len && fresh; i++)
        plain_say(plain, "%s", ((const struct finding *)g_ptr_array_index(values->findings, i))->message);
    const char *value = paste_offer_value(plain->board, field, values);
    for (guint i = 0; i < values->candidates->len && value == NULL; i++) {
        const struct paste_candidate *candidate = g_ptr_array_index(values->candidates, i);
        if (strcmp(candidate->field, field->validator) != 0)
            continue;
        g_autofree char *reasons = g_strjoinv(" ", candidate->reasons);
        if (offered->len == 0)
            plain_ask(plain);
        if (offered->len == 0)
            plain_say(plain, "%s is not clear in the paste. Which one is it?", field->label);
        g_ptr_array_add(offered, candidate->value);
        plain_say(plain, "%u %s (line %d. %s)", offered->len, candidate->value, candidate->line, reasons);
    }
    if (offered->len == 0)
        return g_strdup(value);
    plain_say(plain, "A number, - goes back.");
    int number = plain_choose(plain, (int)offered->len);
    return g_strdup(number > 0 ? g_ptr_array_index(offered, number - 1) : "");
}

char *plain_value_brought(struct plain *plain, const struct board_field *field, const char *line, const char *mail)
{
    gboolean takes_mail = mail != NULL && strcmp(line, "E") == 0;
    gboolean is_more = strchr(line, '\n') != NULL;
    if (!is_more && g_str_has_prefix(field->validator, "event-hub-") && strpbrk(line, " \t") != NULL) {
        g_autoptr(PasteValues) values = paste_find(line, -1);
        is_more = paste_value(values, field->validator) != NULL;
        for (guint i = 0; i < values->candidates->len && !is_more; i++)
            is_more = strcmp(((const struct paste_candidate *)g_ptr_array_index(values->candidates, i))->field,
                             field->validator) == 0;
    }
    if (!takes_mail && (field->kind == FIELD_SECRET || !is_more))
        return NULL;
    g_free(plain->pasted);
    plain->pasted = g_strdup(takes_mail ? mail : line);
    return plain_value_in_paste(plain, field, TRUE);
}

char *plain_made_up_mail(const struct plain *plain, const struct board_field *field)
{
    g_autoptr(GBytes) mail = plain->options->practice ? asset_bytes("practice-mail.txt", NULL) : NULL;
    if (mail == NULL || input_field_find(field->validator) == NULL)
        return NULL;
    g_autofree char *text = g_strdup(g_bytes_get_data(mail, NULL));
    g_autoptr(PasteValues) values = paste_find(text, -1);
    return paste_offer_value(plain->board, field, values) != NULL ? g_steal_pointer(&text) : NULL;
}
