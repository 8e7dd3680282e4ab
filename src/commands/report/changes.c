/* SPDX-License-Identifier: MIT */
#include "commands/report/changes.h"

#include <string.h>

#include "commands/report/words.h"

gboolean report_is_write(const char *what)
{
    static const char *const writes[] = {"create", "repair", "restore", "remove", "undo-repair", NULL};
    return g_strv_contains(writes, what);
}

const char *report_join(const struct report *report, GPtrArray *parts, const char *nothing)
{
    if (parts->len == 0)
        return nothing;
    g_ptr_array_add(parts, NULL);
    g_autofree char *joined = g_strjoinv(", ", (char **)parts->pdata);
    return g_string_chunk_insert(report->strings, joined);
}

/* The objects about which WHAT was the last that was sent, of struct deed. Caller unrefs. */
static GPtrArray *last_sent(const struct report *report, const char *what)
{
    const GPtrArray *deeds = report->history->deeds;
    GPtrArray *found = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = deeds->len; i > 0; i--) {
        struct deed *deed = g_ptr_array_index(deeds, i - 1);
        if (report_is_write(deed->what) && g_hash_table_add(seen, deed->object) && strcmp(deed->what, what) == 0)
            g_ptr_array_insert(found, 0, deed);
    }
    return found;
}

struct report_changes report_changes(const struct report *report)
{
    g_autoptr(GPtrArray) changed = last_sent(report, "repair");
    g_autoptr(GPtrArray) removed = last_sent(report, "remove");
    struct report_changes counts = {
        .created = report->board->created_count, .changed = (int)changed->len, .removed = (int)removed->len};
    for (guint i = 0; i < report->board->steps->len; i++)
        for (guint k = 0; k < report_step(report, i)->objects->len; k++) {
            const struct board_object *object = report_object(report_step(report, i), k);
            gboolean was_changed = FALSE;
            for (guint n = 0; n < changed->len && !was_changed; n++)
                was_changed = strcmp(((const struct deed *)g_ptr_array_index(changed, n))->object, object->key) == 0;
            if (!object_state_is_there(object->state) || was_changed)
                continue;
            counts.adopted += object->origin == ORIGIN_ADOPTED ? 1 : 0;
            counts.by_hand += object->origin == ORIGIN_PERSON ? 1 : 0;
        }
    return counts;
}

/* Without the objects in EXCEPT (of char *; NULL: none). */
static const char *titles_about(const struct report *report, const GPtrArray *deeds, GHashTable *except)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; i < deeds->len; i++) {
        const char *key = ((const struct deed *)g_ptr_array_index(deeds, i))->object;
        const struct board_object *object = report_find_object(report, key);
        if (except == NULL || !g_hash_table_contains(except, key))
            g_ptr_array_add(titles, (gpointer)(object != NULL ? report_masked(report, object->title) : key));
    }
    return report_join(report, titles, NULL);
}

const char *report_changed_titles(const struct report *report)
{
    g_autoptr(GPtrArray) changed = last_sent(report, "repair");
    g_autoptr(GHashTable) stays = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < changed->len; i++) {
        const struct deed *deed = g_ptr_array_index(changed, i);
        const struct board_object *object = report_find_object(report, deed->object);
        if (object == NULL || !object->gives_back)
            g_hash_table_add(stays, deed->object);
    }
    return titles_about(report, changed, stays);
}

const char *report_lost_titles(const struct report *report)
{
    g_autoptr(GPtrArray) removed = last_sent(report, "remove");
    g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < report->history->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->history->deeds, i);
        if (strcmp(deed->what, "create") == 0)
            g_hash_table_add(own, deed->object);
    }
    return titles_about(report, removed, own);
}
