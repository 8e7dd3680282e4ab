/* SPDX-License-Identifier: MIT */
#include "microsoft/scope_list.h"

GPtrArray *scope_list_new(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

gboolean scope_list_has(const GPtrArray *list, const char *scope)
{
    for (guint i = 0; i < list->len; i++)
        if (g_ascii_strcasecmp(g_ptr_array_index(list, i), scope) == 0)
            return TRUE;
    return FALSE;
}

gboolean scope_list_has_all(const GPtrArray *list, const char *const *scopes)
{
    for (; *scopes != NULL; scopes++)
        if (!scope_list_has(list, *scopes))
            return FALSE;
    return TRUE;
}

void scope_list_add(GPtrArray *list, const char *const *scopes)
{
    for (; scopes != NULL && *scopes != NULL; scopes++)
        if (**scopes != '\0' && !scope_list_has(list, *scopes))
            g_ptr_array_add(list, g_strdup(*scopes));
}

char *scope_list_text(const GPtrArray *list, const char *begin)
{
    GString *text = g_string_new(begin);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(text, " %s", (const char *)g_ptr_array_index(list, i));
    return g_string_free(text, FALSE);
}

char **scope_list_less(const GPtrArray *list, const GPtrArray *other)
{
    g_autoptr(GStrvBuilder) less = g_strv_builder_new();
    for (guint i = 0; i < list->len; i++)
        if (!scope_list_has(other, g_ptr_array_index(list, i)))
            g_strv_builder_add(less, g_ptr_array_index(list, i));
    return g_strv_builder_end(less);
}
