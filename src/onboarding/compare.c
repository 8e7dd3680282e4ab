/* SPDX-License-Identifier: MIT */
#include "onboarding/compare.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"

char *compare_show(const json *value)
{
    if (value == NULL || json_is_null(value))
        return g_strdup("nothing");
    if (json_is_bool(value))
        return g_strdup(json_is_true(value) ? "yes" : "no");
    if (json_is_string(value))
        return g_strdup(json_string(value));
    return json_is_array(value) && json_length(value) == 0 ? g_strdup("nothing") : json_text(value);
}

static gboolean is_nothing(const json *value)
{
    if (value == NULL || json_is_null(value))
        return TRUE;
    if (json_is_string(value))
        return json_string(value)[0] == '\0';
    return json_is_array(value) && json_length(value) == 0;
}

static gboolean same(const json *wanted, const json *found)
{
    if (is_nothing(wanted) || is_nothing(found))
        return is_nothing(wanted) && is_nothing(found);
    if (json_is_string(wanted) && json_is_string(found)) {
        g_autofree char *a = g_utf8_normalize(json_string(wanted), -1, G_NORMALIZE_NFC);
        g_autofree char *b = g_utf8_normalize(json_string(found), -1, G_NORMALIZE_NFC);
        return g_strcmp0(a, b) == 0;
    }
    return json_equal(wanted, found);
}

void compare_fields(struct observation *observation, const json *wanted, const json *found,
                    const struct compared_field *fields, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        const json *want = json_get_path(wanted, fields[i].path);
        const json *have = json_get_path(found, fields[i].path);
        if (same(want, have))
            continue;
        g_autofree char *want_text = compare_show(want);
        g_autofree char *have_text = compare_show(have);
        observation_difference(observation, fields[i].path, want_text, have_text, fields[i].class == FIELD_CLASS_FIXED);
    }
    observation->state = observation->differences->len > 0 ? OBJECT_DIFFERS : OBJECT_MATCHES;
}

json *compare_repair_body(const struct observation *observation, const json *wanted)
{
    json *body = json_new_object();
    for (guint i = 0; i < observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(observation->differences, i);
        if (!difference->fixed)
            json_set(body, difference->field, json_copy(json_get_path(wanted, difference->field)));
    }
    return body;
}

static gboolean has_id(gconstpointer hit, gconstpointer id)
{
    return g_strcmp0(json_get_string(hit, "id"), id) == 0;
}

/* SEEN: set of the ids that HITS holds, so that a long list costs no more than its length. */
static void add_hit(GPtrArray *hits, GHashTable *seen, json *hit)
{
    const char *id = json_get_string(hit, "id");
    if (id != NULL && g_hash_table_add(seen, (gpointer)id))
        g_ptr_array_add(hits, hit);
}

GPtrArray *compare_hits(GPtrArray *replies, guint first)
{
    GPtrArray *hits = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < replies->len; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        if (!reply_is_success(reply))
            continue;
        if (i < first) {
            add_hit(hits, seen, reply->body);
            continue;
        }
        json_for_each (element, json_get(reply->body, "value")) {
            add_hit(hits, seen, element);
        }
    }
    return hits;
}

void compare_keep(GPtrArray *hits, const char *path, const char *value)
{
    guint kept = 0;
    for (guint i = 0; i < hits->len; i++) {
        gpointer hit = g_ptr_array_index(hits, i);
        if (g_strcmp0(json_string(json_get_path(hit, path)), value) == 0)
            hits->pdata[kept++] = hit;
    }
    g_ptr_array_set_size(hits, (int)kept);
}

const json *compare_choose(const struct object *object, GPtrArray *hits, struct observation *observation,
                           compare_describe_func describe)
{
    guint index = 0;
    /* What perch made, took over or was told to use is not shown, whatever else has its name: another is never taken
     * for it. */
    gboolean another = (object->created || object->adopted) && !object->kind->answer_chooses &&
                       object->known_id[0] != '\0' &&
                       !g_ptr_array_find_with_equal_func(hits, object->known_id, has_id, NULL);
    for (guint i = 0; (hits->len > 1 || another) && i < hits->len; i++) {
        /* Names alone do not tell them apart: the day does, where Microsoft tells it. */
        const json *hit = g_ptr_array_index(hits, i);
        const char *created = json_get_string(hit, "createdDateTime");
        gboolean dated = created != NULL && strlen(created) >= strlen("2026-11-24");
        g_autofree char *day = clock_day_of(dated ? created : "");
        g_autofree char *described = describe != NULL ? describe(hit)
                                                      : g_strdup_printf("%s (%s)", json_get_shown(hit, "displayName"),
                                                                        json_get_shown(hit, "id"));
        g_autofree char *label = g_strdup_printf("%s%s%s", described, dated ? ", created " : "", day);
        observation_namesake(observation, json_get_string(hit, "id"), label);
    }
    if (another) {
        observation->state = OBJECT_ABSENT;
        return NULL;
    }
    if (object->known_id[0] != '\0' && g_ptr_array_find_with_equal_func(hits, object->known_id, has_id, &index))
        return g_ptr_array_index(hits, index);
    if (hits->len == 1)
        return g_ptr_array_index(hits, 0);
    if (hits->len == 0) {
        observation->state = OBJECT_ABSENT;
        return NULL;
    }
    observation_ask_which(observation, object_text(object, "displayName"));
    return NULL;
}

gboolean compare_is_user(const struct object *object, const json *element)
{
    return g_strcmp0(json_get_string(element, "id"), object_text(object, "user")) == 0;
}

int compare_members(const struct object *object, const json *list, compare_wanted_func is_wanted,
                    struct observation *observation)
{
    int others = 0;
    observation->state = OBJECT_ABSENT;
    json_for_each (element, list) {
        if (!is_wanted(object, element)) {
            others++;
            continue;
        }
        observation->state = OBJECT_MATCHES;
        observation_learn(observation, "id", json_get_string(element, "id"));
    }
    return others;
}

void compare_offer_repair(struct observation *observation, const char *thing)
{
    if (observation->state != OBJECT_DIFFERS)
        return;
    observation_set(observation, OBJECT_DIFFERS, "The %s “%s” is there; %u field%s from what is wanted.", thing,
                    observation->name, observation->differences->len,
                    observation->differences->len == 1 ? " differs" : "s differ");
    observation_candidate(observation, DECISION_REPAIR, "", "Change it as wanted");
    observation_candidate(observation, DECISION_KEEP, "", "Keep it as it is");
}

gboolean compare_is_empty_id(const char *id)
{
    return strspn(id, "0-") == strlen(id);
}

void compare_take(struct observation *observation, const json *found)
{
    observation_learn(observation, "id", json_get_string(found, "id"));
    g_free(observation->name);
    observation->name =
        g_strdup(json_get_string(found, "displayName") != NULL ? json_get_string(found, "displayName") : "");
    const char *made = json_get_string(found, "createdDateTime");
    observation->made = made != NULL ? MAX(clock_parse(made), 0) : 0;
    json_free(observation->found);
    observation->found = json_copy(found);
}
