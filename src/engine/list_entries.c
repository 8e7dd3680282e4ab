/* SPDX-License-Identifier: MIT */
#include "engine/list_entries.h"

#include <string.h>

#include "base/json.h"
#include "engine/worker.h"
#include "onboarding/answer_key.h"
#include "onboarding/reference.h"

/* How sure it is whom a key stands for, the surest first. */
enum source { SOURCE_SAID, SOURCE_TITLE, SOURCE_PLACE, SOURCES };

guint list_entries_number(const struct object_definition *definition, const char *key)
{
    gboolean is_of_it = definition->for_each != NULL && reference_is_key_of(definition, key);
    guint64 number = 0;
    if (is_of_it)
        g_ascii_string_to_unsigned(key + strlen(definition->key) + 1, 10, 1, G_MAXINT, &number, NULL);
    return (guint)number;
}

const struct object_definition *list_entries_definition(const struct worker *worker, const char *key)
{
    const struct profile *profile = worker->tenant.onboarding->profile;
    for (guint i = 0; i < profile->steps->len; i++) {
        const struct step_definition *step = g_ptr_array_index(profile->steps, i);
        for (guint k = 0; k < step->objects->len; k++) {
            const struct object_definition *definition = g_ptr_array_index(step->objects, k);
            if (list_entries_number(definition, key) > 0)
                return definition;
        }
    }
    return NULL;
}

/* What perch made bears the address in its title. NULL if it bears none. Caller frees. */
static char *item_in_title(const struct object_entry *entry)
{
    const char *title = entry->take_back != NULL ? entry->take_back->title : NULL;
    g_auto(GStrv) words = g_strsplit(title != NULL ? title : "", " ", -1);
    for (char **word = words; *word != NULL; word++)
        if (strchr(*word, '@') != NULL)
            return g_strdup(*word);
    return NULL;
}

/* Caller frees; NULL where SOURCE does not tell, "" where it tells that nobody on the list is meant. */
static char *item_by(enum source source, const struct object_entry *entry, const json *list, guint number)
{
    const char *item = NULL;
    guint place = 0;
    switch (source) {
    case SOURCE_SAID:
        return entry->item[0] != '\0' ? g_strdup(entry->item) : NULL;
    case SOURCE_TITLE:
        return item_in_title(entry);
    default:
        json_for_each (listed, list)
            item = ++place == number ? json_string(listed) : item;
        return g_strdup(item != NULL ? item : "");
    }
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The keys that something is known of, or that ANSWERS (NULL: none) decide about; in their order. Caller unrefs. */
static GPtrArray *known_keys(const struct worker *worker, const json *answers)
{
    static const char *const members[] = {"decisions", "leave"};
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *sorted = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iterator;
    gpointer key;
    g_hash_table_iter_init(&iterator, worker->tenant.journal_state->objects);
    while (g_hash_table_iter_next(&iterator, &key, NULL))
        g_hash_table_add(keys, g_strdup(key));
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        json_for_each (decided, json_get(answers, members[i]))
            g_hash_table_add(keys, g_strdup(json_name(decided)));
    g_hash_table_iter_init(&iterator, keys);
    while (g_hash_table_iter_next(&iterator, &key, NULL))
        g_ptr_array_add(sorted, g_strdup(key));
    g_ptr_array_sort(sorted, by_text);
    return sorted;
}

/* Of the keys of DEFINITION's entries: bind those that SOURCE tells of. */
static gboolean bind_by(struct worker *worker, const struct object_definition *definition, const GPtrArray *keys,
                        enum source source, const json *answers, GError **error)
{
    const json *list = json_get_path(answers, definition->for_each);
    gboolean may_note = !worker->tenant.dir->read_only && !worker->tenant.proposed;
    for (guint i = 0; i < keys->len; i++) {
        const char *key = g_ptr_array_index(keys, i);
        const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, key);
        guint number = list_entries_number(definition, key);
        g_autofree char *item = number > 0 ? item_by(source, entry, list, number) : NULL;
        if (item == NULL)
            continue;
        gboolean is_his = list_numbers_bind(worker->tenant.onboarding->numbers, definition->for_each, item, number);
        /* Whose it was nobody knows, and so nobody gets it. */
        if (!is_his)
            list_numbers_bind(worker->tenant.onboarding->numbers, definition->for_each, "", number);
        const struct journal_record record = {.type = RECORD_STANDS_FOR, .object = key, .item = item};
        if (is_his && entry->item[0] == '\0' && item[0] != '\0' && may_note && !worker_note(worker, &record, error))
            return FALSE;
    }
    return TRUE;
}

gboolean list_entries_recall(struct worker *worker, const json *answers, gboolean kept, GError **error)
{
    const struct profile *profile = worker->tenant.onboarding->profile;
    g_autoptr(GPtrArray) keys = known_keys(worker, kept ? answers : NULL);
    list_numbers_clear(worker->tenant.onboarding->numbers);
    for (enum source source = SOURCE_SAID; source < SOURCES; source++) {
        for (guint i = 0; i < profile->steps->len; i++) {
            const struct step_definition *step = g_ptr_array_index(profile->steps, i);
            for (guint k = 0; k < step->objects->len; k++) {
                const struct object_definition *definition = g_ptr_array_index(step->objects, k);
                if (definition->for_each != NULL && !bind_by(worker, definition, keys, source, answers, error))
                    return FALSE;
            }
        }
    }
    return TRUE;
}

const char *list_entries_item(const struct worker *worker, const char *key)
{
    const struct object *object = onboarding_object(worker->tenant.onboarding, key);
    const char *item = journal_state_object(worker->tenant.journal_state, key)->item;
    return object != NULL ? object->item : item[0] != '\0' ? item : NULL;
}

const char *list_entries_named(const struct worker *worker, const char *name)
{
    const GPtrArray *objects = worker->tenant.onboarding->objects;
    for (guint i = 0; i < objects->len; i++) {
        const struct object *object = g_ptr_array_index(objects, i);
        if (answer_key_is(object, name))
            return object->key;
    }
    return name;
}

const char *list_entries_key(const struct worker *worker, const char *key, const char *item)
{
    const GPtrArray *objects = worker->tenant.onboarding->objects;
    for (guint i = 0; item != NULL && i < objects->len; i++) {
        const struct object *object = g_ptr_array_index(objects, i);
        if (object->item != NULL && g_ascii_strcasecmp(object->item, item) == 0 &&
            list_entries_number(object->definition, key) > 0)
            return object->key;
    }
    return item != NULL ? NULL : key;
}
