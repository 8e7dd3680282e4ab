/* SPDX-License-Identifier: MIT */
#include "ui/mask.h"

#include <string.h>

#define DOTS "●●●●●●●●"

GRegex *mask_new(const struct board *board)
{
    g_autoptr(GPtrArray) alternatives = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        for (guint k = 0; k < step->fields->len; k++) {
            const struct board_field *field = g_ptr_array_index(step->fields, k);
            if (!field->masked)
                continue;
            /* A resource ID's last part is the namespace's name, which tells as much as the whole. */
            const char *last = strrchr(field->value, '/');
            const char *values[] = {field->value, last != NULL ? last + 1 : ""};
            for (gsize n = 0; n < G_N_ELEMENTS(values); n++)
                if (*values[n] != '\0')
                    g_ptr_array_add(alternatives, g_regex_escape_string(values[n], -1));
        }
    }
    if (alternatives->len == 0)
        return NULL;
    g_ptr_array_add(alternatives, NULL);
    g_autofree char *either = g_strjoinv("|", (char **)alternatives->pdata);
    g_autofree char *pattern = g_strconcat("(?<![A-Za-z0-9])(?:", either, ")(?![A-Za-z0-9])", NULL);
    return g_regex_new(pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, G_REGEX_MATCH_DEFAULT, NULL);
}

char *mask_text(const GRegex *mask, const char *text)
{
    if (mask == NULL)
        return g_strdup(text);
    return g_regex_replace_literal(mask, text, -1, 0, DOTS, G_REGEX_MATCH_DEFAULT, NULL);
}
