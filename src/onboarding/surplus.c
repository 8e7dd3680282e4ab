/* SPDX-License-Identifier: MIT */
#include "onboarding/surplus.h"

#include "base/json.h"
#include "base/text.h"
#include "onboarding/door.h"

gboolean surplus_is_foreign(const json *row, GHashTable *own)
{
    const char *id = json_get_string(row, "id");
    return id != NULL && !g_hash_table_contains(own, id);
}

void surplus_add(GPtrArray *found, const char *what, const char *name)
{
    char *text = g_strdup_printf("%s “%s”", what, name);
    if (g_ptr_array_find_with_equal_func(found, text, g_str_equal, NULL))
        g_free(text);
    else
        g_ptr_array_add(found, text);
}

void surplus_add_groups(GPtrArray *found, const char *what, const json *rows, GHashTable *own)
{
    json_for_each (row, rows) {
        gboolean is_role = g_strcmp0(json_get_string(row, "@odata.type"), "#microsoft.graph.directoryRole") == 0;
        /* By a rule of the group, and nobody can take it out. */
        gboolean is_dynamic = json_has_text(json_get(row, "groupTypes"), "DynamicMembership");
        if (surplus_is_foreign(row, own) && !is_role && !is_dynamic)
            surplus_add(found, what, door_name_of(row));
    }
}

char *surplus_say(const GPtrArray *found, const char *sentence, const char *next)
{
    if (found->len == 0)
        return NULL;
    g_autofree char *list = text_join(found, ", ");
    return g_strdup_printf("%s: %s.\n%s", sentence, list, next);
}
