/* SPDX-License-Identifier: MIT */
#include "onboarding/onboarding.h"

#include <string.h>

#include "base/json.h"
#include "onboarding/condition.h"
#include "onboarding/fill.h"

#define SECRETS_PREFIX "secret."

static void step_free(gpointer data)
{
    struct step *step = data;
    g_ptr_array_unref(step->objects);
    g_free(step);
}

struct onboarding *onboarding_new(struct profile *profile, json *answers)
{
    struct onboarding *onboarding = g_new0(struct onboarding, 1);
    onboarding->profile = profile;
    onboarding->answers = answers;
    onboarding->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    onboarding->renamed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    onboarding->changed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    onboarding->steps = g_ptr_array_new_with_free_func(step_free);
    onboarding->objects = g_ptr_array_new_with_free_func((GDestroyNotify)object_free);
    onboarding->by_key = g_hash_table_new(g_str_hash, g_str_equal);
    onboarding->numbers = list_numbers_new();
    for (guint i = 0; i < profile->steps->len; i++) {
        struct step *step = g_new0(struct step, 1);
        step->number = (int)i;
        step->definition = g_ptr_array_index(profile->steps, i);
        step->id = step->definition->id;
        step->objects = g_ptr_array_new();
        g_ptr_array_add(onboarding->steps, step);
    }
    onboarding_rebuild(onboarding);
    return onboarding;
}

void onboarding_free(struct onboarding *onboarding)
{
    if (onboarding == NULL)
        return;
    g_ptr_array_unref(onboarding->steps);
    g_hash_table_unref(onboarding->by_key);
    g_ptr_array_unref(onboarding->objects);
    g_hash_table_unref(onboarding->values);
    g_hash_table_unref(onboarding->renamed);
    g_hash_table_unref(onboarding->changed);
    list_numbers_free(onboarding->numbers);
    json_free(onboarding->answers);
    profile_free(onboarding->profile);
    g_free(onboarding);
}

static void move_memory(struct object *to, struct object *from)
{
    struct observation *observation = from->observation;
    char *strings[] = {from->known_id, from->our_deleted, from->last_id, from->mark, from->spent, from->named_id};
    struct decision decision = from->decision;
    from->known_id = to->known_id;
    from->our_deleted = to->our_deleted;
    from->last_id = to->last_id;
    from->mark = to->mark;
    from->spent = to->spent;
    from->named_id = to->named_id;
    from->decision = to->decision;
    to->known_id = strings[0];
    to->our_deleted = strings[1];
    to->last_id = strings[2];
    to->mark = strings[3];
    to->spent = strings[4];
    to->named_id = strings[5];
    to->decision = decision;
    to->created = from->created;
    to->adopted = from->adopted;
    to->in_doubt = from->in_doubt;
    if (json_equal(to->with, from->with)) {
        from->observation = to->observation;
        to->observation = observation;
    }
}

static void add_object(struct onboarding *onboarding, struct step *step, const struct object_definition *definition,
                       const char *item, int number, GPtrArray *before)
{
    struct object *object = object_new(definition, step->id, onboarding->answers, onboarding->values, item, number);
    const char *name = g_hash_table_lookup(onboarding->renamed, object->key);
    if (name != NULL)
        object_refill(object, onboarding->answers, name);
    for (guint i = 0; i < before->len; i++) {
        struct object *old = g_ptr_array_index(before, i);
        if (strcmp(old->key, object->key) == 0)
            move_memory(object, old);
    }
    g_ptr_array_add(onboarding->objects, object);
    /* Of two with one key the first is meant. */
    if (!g_hash_table_contains(onboarding->by_key, object->key))
        g_hash_table_insert(onboarding->by_key, object->key, object);
    g_ptr_array_add(step->objects, object);
}

static void add_each(struct onboarding *onboarding, struct step *step, const struct object_definition *definition,
                     GPtrArray *before)
{
    const char *list = definition->for_each;
    g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
    guint place = 0;
    json_for_each (item, json_get_path(onboarding->answers, list)) {
        const char *text = json_string(item);
        guint number = list_numbers_of(onboarding->numbers, list, text != NULL ? text : "", ++place, taken);
        g_autofree char *entry = object_entry_value(definition->key, text);
        g_autofree char *shown = g_strdup_printf("%u", number);
        onboarding_set_value(onboarding, entry, shown);
        add_object(onboarding, step, definition, text, (int)number, before);
    }
}

void onboarding_rebuild(struct onboarding *onboarding)
{
    /* Microsoft says nothing about what an export may be called: what is safe in a path is kept, the rest becomes a
     * hyphen. */
    const char *company = json_get_string(onboarding->answers, "company");
    g_autofree char *ascii = company != NULL ? g_str_to_ascii(company, "C") : NULL;
    if (ascii != NULL)
        g_strcanon(ascii, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.", '-');
    onboarding_set_value(onboarding, "company.id", ascii);
    g_autoptr(GPtrArray) before = onboarding->objects;
    onboarding->objects = g_ptr_array_new_with_free_func((GDestroyNotify)object_free);
    g_hash_table_remove_all(onboarding->by_key);
    for (guint i = 0; i < onboarding->steps->len; i++) {
        struct step *step = g_ptr_array_index(onboarding->steps, i);
        g_ptr_array_set_size(step->objects, 0);
        for (guint j = 0; j < step->definition->objects->len; j++) {
            const struct object_definition *definition = g_ptr_array_index(step->definition->objects, j);
            if (!condition_holds(definition->when, onboarding->answers, onboarding->values))
                continue;
            if (definition->for_each == NULL)
                add_object(onboarding, step, definition, NULL, 0, before);
            else
                add_each(onboarding, step, definition, before);
        }
    }
    g_hash_table_remove_all(onboarding->changed);
    /* What an answer took out of the onboarding teaches the others nothing any more. */
    g_autoptr(GPtrArray) gone = g_ptr_array_new();
    for (guint i = 0; i < before->len; i++) {
        struct object *old = g_ptr_array_index(before, i);
        if (onboarding_object(onboarding, old->key) == NULL)
            g_ptr_array_add(gone, old);
    }
    if (gone->len > 0)
        onboarding_forget(onboarding, gone);
}

void onboarding_set_value(struct onboarding *onboarding, const char *name, const char *value)
{
    if (g_strcmp0(g_hash_table_lookup(onboarding->values, name), value) == 0)
        return;
    g_hash_table_add(onboarding->changed, g_strndup(name, strcspn(name, ".")));
    if (value == NULL)
        g_hash_table_remove(onboarding->values, name);
    else
        g_hash_table_replace(onboarding->values, g_strdup(name), g_strdup(value));
}

void onboarding_rename(struct onboarding *onboarding, struct object *object, const char *name)
{
    gboolean was_renamed = g_hash_table_remove(onboarding->renamed, object->key);
    if (name[0] != '\0')
        g_hash_table_replace(onboarding->renamed, g_strdup(object->key), g_strdup(name));
    if (was_renamed || name[0] != '\0')
        object_refill(object, onboarding->answers, name[0] != '\0' ? name : NULL);
}

static void set_object_value(struct onboarding *onboarding, const struct object *object, const char *name,
                             const char *value)
{
    g_autofree char *full = g_strdup_printf("%s.%s", object->key, name);
    onboarding_set_value(onboarding, full, value);
}

/* What no object taught, as the day that it is, any of them may name. */
static gboolean is_taught_by_nobody(gpointer name, gpointer value, gpointer onboarding)
{
    (void)value;
    return onboarding_object(onboarding, name) == NULL;
}

/* All of them for each that was read would be a tenth of a check. */
void onboarding_refill(struct onboarding *onboarding)
{
    gboolean all = g_hash_table_find(onboarding->changed, is_taught_by_nobody, onboarding) != NULL;
    for (guint i = 0; g_hash_table_size(onboarding->changed) > 0 && i < onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(onboarding->objects, i);
        gboolean refers = all || g_hash_table_contains(onboarding->changed, object->key);
        for (guint k = 0; k < object->needs->len && !refers; k++)
            refers = g_hash_table_contains(onboarding->changed, g_ptr_array_index(object->needs, k));
        if (refers)
            object_refill(object, onboarding->answers, g_hash_table_lookup(onboarding->renamed, object->key));
    }
    g_hash_table_remove_all(onboarding->changed);
}

void onboarding_learn(struct onboarding *onboarding, const struct object *object)
{
    GHashTableIter iterator;
    gpointer name;
    gpointer value;
    const char *display_name = object_text(object, "displayName");
    if (display_name[0] != '\0')
        set_object_value(onboarding, object, "name", display_name);
    if (object->known_id[0] != '\0')
        set_object_value(onboarding, object, "id", object->known_id);
    g_hash_table_iter_init(&iterator, object->observation->learnt);
    while (g_hash_table_iter_next(&iterator, &name, &value))
        set_object_value(onboarding, object, name, value);
    set_object_value(onboarding, object, "origin", object->created ? "created" : "found");
    onboarding_refill(onboarding);
}

void onboarding_forget(struct onboarding *onboarding, const GPtrArray *objects)
{
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iterator;
    gpointer name;
    for (guint i = 0; i < objects->len; i++)
        g_hash_table_add(keys, ((const struct object *)g_ptr_array_index(objects, i))->key);
    g_hash_table_iter_init(&iterator, onboarding->values);
    while (g_hash_table_iter_next(&iterator, &name, NULL)) {
        g_autofree char *key = g_strndup(name, strcspn(name, "."));
        if (!g_hash_table_contains(keys, key))
            continue;
        g_hash_table_iter_remove(&iterator);
        g_hash_table_add(onboarding->changed, g_steal_pointer(&key));
    }
    onboarding_refill(onboarding);
}

struct object *onboarding_object(const struct onboarding *onboarding, const char *key)
{
    return g_hash_table_lookup(onboarding->by_key, key);
}

struct step *onboarding_step(const struct onboarding *onboarding, const char *id)
{
    for (guint i = 0; i < onboarding->steps->len; i++) {
        struct step *step = g_ptr_array_index(onboarding->steps, i);
        if (strcmp(step->id, id) == 0)
            return step;
    }
    return NULL;
}

const char *onboarding_falls_away(const struct onboarding *onboarding, const struct step *step)
{
    const struct condition *when = step->definition->when;
    return condition_holds(when, onboarding->answers, onboarding->values) ? NULL : when->reason;
}

const char *onboarding_told_by_answer(const struct onboarding *onboarding, const struct step *step)
{
    const struct condition *when = step->definition->told_when;
    return when != NULL && condition_holds(when, onboarding->answers, onboarding->values) ? when->reason : NULL;
}

const struct guide *onboarding_guide(const struct onboarding *onboarding, const struct step *step)
{
    for (guint i = 0; i < step->definition->guides->len; i++) {
        const struct guide *guide = g_ptr_array_index(step->definition->guides, i);
        if (condition_holds(guide->when, onboarding->answers, onboarding->values))
            return guide;
    }
    return NULL;
}

char *onboarding_missing(const struct onboarding *onboarding, const struct object *object)
{
    const char *const *not_needed = onboarding->leaving ? object->kind->not_for_leaving : NULL;
    char *missing = NULL;
    json_for_each (member, object->with) {
        if (missing == NULL && (not_needed == NULL || !g_strv_contains(not_needed, json_name(member))))
            missing = fill_first_left_in(member);
    }
    gboolean may_make = missing == NULL && object->kind->create != NULL && !onboarding->leaving;
    g_autoptr(Request) request = may_make ? object->kind->create(object) : NULL;
    if (request == NULL)
        return missing;
    onboarding_fill(onboarding, request);
    /* Secrets, and the moment, are put in when it is sent. */
    g_autoptr(GHashTable) secrets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (missing = request_missing(request);
         missing != NULL && (g_str_has_prefix(missing, SECRETS_PREFIX) || strcmp(missing, MOMENT) == 0);
         missing = request_missing(request)) {
        g_hash_table_insert(secrets, missing, (gpointer) "secret");
        request_fill(request, secrets);
    }
    return missing;
}

char *onboarding_text(const struct onboarding *onboarding, const char *text)
{
    char *filled = fill_text(text, onboarding->answers, onboarding->values);
    g_autofree char *left = fill_first_left(filled);
    if (left != NULL)
        filled[0] = '\0';
    return filled;
}

void onboarding_fill(const struct onboarding *onboarding, struct request *request)
{
    request_fill(request, onboarding->values);
}
