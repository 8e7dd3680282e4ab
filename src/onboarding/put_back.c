/* SPDX-License-Identifier: MIT */
#include "onboarding/put_back.h"

#include <string.h>

#include "base/json.h"

static char *show_at(put_back_show_func show, const struct object *object, const json *value, const char *field)
{
    return show != NULL ? show(object, value, field) : compare_show(json_get_path(value, field));
}

static const struct difference *difference_at(const struct observation *observation, const char *field)
{
    for (guint i = 0; i < observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(observation->differences, i);
        if (strcmp(difference->field, field) == 0)
            return difference;
    }
    return NULL;
}

/* TRUE if OLD has nothing on the way to FIELD, so that more than that goes with it, and somebody changed some of that.
 */
static gboolean takes_more_along(const struct observation *observation, const json *old, const char *field)
{
    g_autoptr(GString) way = g_string_new(NULL);
    g_auto(GStrv) names = g_strsplit(field, ".", -1);
    for (char **name = names; name[0] != NULL && name[1] != NULL; name++) {
        old = json_get(old, *name);
        g_string_append_printf(way, "%s.", *name);
        if (json_is_object(old))
            continue;
        for (guint i = 0; i < observation->differences->len; i++)
            if (g_str_has_prefix(((const struct difference *)g_ptr_array_index(observation->differences, i))->field,
                                 way->str))
                return TRUE;
        return FALSE;
    }
    return FALSE;
}

void put_back_judge(const struct object *object, const json *olds, const struct compared_field *fields, gsize count,
                    put_back_show_func show, GArray *given, GPtrArray *left)
{
    const struct observation *observation = object->observation;
    for (gsize i = 0; i < count && observation->found != NULL; i++) {
        const char *field = fields[i].path;
        const struct difference *difference = difference_at(observation, field);
        g_autofree char *now = show_at(show, object, observation->found, field);
        const char *wanted = difference != NULL ? difference->wanted : now;
        for (int k = json_length(olds); fields[i].class == FIELD_CLASS_REPAIRABLE && k > 0; k--) {
            const struct put_back back = {.field = field, .old = json_at(olds, k - 1)};
            g_autofree char *before = show_at(show, object, back.old, field);
            /* That repair found it as wanted, or found another object. */
            if (strcmp(before, wanted) == 0 || g_strcmp0(json_get_string(back.old, "id"), observation->id) != 0)
                continue;
            const gboolean is_given = difference == NULL && !takes_more_along(observation, back.old, field);
            if (is_given)
                g_array_append_val(given, back);
            else if (left != NULL && strcmp(before, now) != 0)
                g_ptr_array_add(left, (gpointer)field);
            break;
        }
    }
}

void put_back_at(json *body, const json *old, const char *path)
{
    g_auto(GStrv) names = g_strsplit(path, ".", -1);
    for (char **name = names; *name != NULL; name++) {
        const json *part = json_get(old, *name);
        if (name[1] == NULL || !json_is_object(json_get(body, *name)) || !json_is_object(part)) {
            json_remove(body, *name);
            if (part != NULL)
                json_set(body, *name, json_copy(part));
            return;
        }
        body = json_get(body, *name);
        old = part;
    }
}
