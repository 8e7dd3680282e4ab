/* SPDX-License-Identifier: MIT */
#include "onboarding/object.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"
#include "onboarding/fill.h"
#include "onboarding/kinds.h"

#define DEFAULT_VISIBLE_SECONDS 180

const struct json_schema with_text = {.is = JSON_TEXT};
const struct json_schema with_after = {.is = JSON_TEXT};

static void difference_free(gpointer data)
{
    struct difference *difference = data;
    g_free(difference->field);
    g_free(difference->wanted);
    g_free(difference->found);
    g_free(difference);
}

static void candidate_free(gpointer data)
{
    struct candidate *candidate = data;
    decision_clear(&candidate->decision);
    g_free(candidate->label);
    g_free(candidate);
}

struct observation *observation_new(void)
{
    struct observation *observation = g_new0(struct observation, 1);
    observation->id = g_strdup("");
    observation->name = g_strdup("");
    observation->sentence = g_strdup("");
    observation->next = g_strdup("");
    observation->sends_to = g_strdup("");
    observation->deleted_id = g_strdup("");
    observation->deleted = g_strdup("");
    observation->to_go = g_strdup("");
    observation->elsewhere = g_strdup("");
    observation->differences = g_ptr_array_new_with_free_func(difference_free);
    observation->candidates = g_ptr_array_new_with_free_func(candidate_free);
    observation->namesakes = g_ptr_array_new_with_free_func(candidate_free);
    observation->notes = g_ptr_array_new_with_free_func(g_free);
    observation->learnt = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return observation;
}

void observation_free(struct observation *observation)
{
    if (observation == NULL)
        return;
    g_free(observation->id);
    g_free(observation->name);
    g_free(observation->sentence);
    g_free(observation->next);
    g_free(observation->sends_to);
    g_free(observation->deleted_id);
    g_free(observation->deleted);
    g_free(observation->to_go);
    g_free(observation->elsewhere);
    if (observation->holders != NULL)
        g_ptr_array_unref(observation->holders);
    g_ptr_array_unref(observation->differences);
    g_ptr_array_unref(observation->candidates);
    g_ptr_array_unref(observation->namesakes);
    g_ptr_array_unref(observation->notes);
    g_hash_table_unref(observation->learnt);
    json_free(observation->found);
    g_free(observation);
}

void observation_set(struct observation *observation, enum object_state state, const char *sentence_format, ...)
{
    va_list arguments;
    va_start(arguments, sentence_format);
    g_free(observation->sentence);
    observation->sentence = g_strdup_vprintf(sentence_format, arguments);
    observation->state = state;
    va_end(arguments);
}

void observation_learn(struct observation *observation, const char *name, const char *value)
{
    if (value == NULL)
        return;
    g_hash_table_replace(observation->learnt, g_strdup(name), g_strdup(value));
    if (strcmp(name, "id") == 0) {
        g_free(observation->id);
        observation->id = g_strdup(value);
    }
}

void observation_note(struct observation *observation, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(observation->notes, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static struct candidate *candidate_new(enum decision_kind kind, const char *text, const char *label)
{
    struct candidate *candidate = g_new0(struct candidate, 1);
    candidate->decision = decision_copy((struct decision){kind, text});
    candidate->label = g_strdup(label);
    return candidate;
}

void observation_candidate(struct observation *observation, enum decision_kind kind, const char *text,
                           const char *label)
{
    g_ptr_array_add(observation->candidates, candidate_new(kind, text, label));
}

void observation_namesake(struct observation *observation, const char *id, const char *label)
{
    g_ptr_array_add(observation->namesakes, candidate_new(DECISION_USE, id, label));
}

void observation_ask_which(struct observation *observation, const char *name)
{
    g_autofree char *called = name[0] != '\0' ? g_strdup_printf("called “%s”", name) : g_strdup("there");
    observation_set(observation, OBJECT_MANY, "%u are %s; choose the one to use.", observation->namesakes->len, called);
    g_ptr_array_set_size(observation->candidates, 0);
    for (guint i = 0; i < observation->namesakes->len; i++) {
        const struct candidate *one = g_ptr_array_index(observation->namesakes, i);
        observation_candidate(observation, one->decision.kind, one->decision.text, one->label);
    }
}

void observation_withdraw(struct observation *observation, enum decision_kind kind)
{
    for (guint i = observation->candidates->len; i > 0; i--) {
        const struct candidate *candidate = g_ptr_array_index(observation->candidates, i - 1);
        if (candidate->decision.kind == kind)
            g_ptr_array_remove_index(observation->candidates, i - 1);
    }
}

void observation_difference(struct observation *observation, const char *field, const char *wanted, const char *found,
                            gboolean fixed)
{
    struct difference *difference = g_new0(struct difference, 1);
    difference->field = g_strdup(field);
    difference->wanted = g_strdup(wanted);
    difference->found = g_strdup(found);
    difference->fixed = fixed;
    g_ptr_array_add(observation->differences, difference);
}

gboolean observation_is_fixed(const struct observation *observation)
{
    for (guint i = 0; i < observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(observation->differences, i);
        if (difference->fixed)
            return TRUE;
    }
    return FALSE;
}

const char *object_goes_on(const struct object *object)
{
    return object->observation->goes_elsewhere ? NULL : object->definition->goes_on;
}

const char *object_text(const struct object *object, const char *name)
{
    const char *text = json_get_string(object->with, name);
    return text != NULL ? text : "";
}

json *object_fill_ids(const struct object *object, const json *value)
{
    return fill_with(value, NULL, object->values, NULL);
}

GPtrArray *object_look_ups(const struct object *object)
{
    GPtrArray *requests = g_ptr_array_new_with_free_func((GDestroyNotify)request_free);
    if (object->kind->look_up != NULL)
        object->kind->look_up(object, requests);
    return requests;
}

gint64 object_visible_within(const struct object *object)
{
    return object->kind->visible_within > 0 ? object->kind->visible_within : DEFAULT_VISIBLE_SECONDS;
}

gboolean object_is_to_go(const struct object *object)
{
    const struct observation *observation = object->observation;
    gboolean may_go =
        object->kind->goes_by_decision ? observation->goes_as_decided && observation->id[0] != '\0' : object->created;
    return may_go && object->kind->remove != NULL && object->decision.kind == DECISION_REMOVE &&
           !object->kind->ends_by_itself;
}

gboolean object_is_creatable(const struct object *object)
{
    if (object->kind->create == NULL)
        return FALSE;
    g_autoptr(Request) request = object->kind->create(object);
    return request != NULL;
}

/* What the profile has it made with; in an entry with forEach the # of {guest-#.id} is the item's number. NULL if
 * nothing. Caller frees. */
static json *with_as_written(const struct object *object)
{
    if (object->number == 0 || object->definition->with == NULL)
        return json_copy(object->definition->with);
    g_autofree char *text = json_text(object->definition->with);
    g_autofree char *number = g_strdup_printf("-%d.", object->number);
    g_autoptr(GString) filled = g_string_new(text);
    g_string_replace(filled, "-#.", number, 0);
    return json_parse(filled->str, (gssize)filled->len, NULL);
}

static void collect_needs(struct object *object)
{
    /* What may stay unknown ("{policy.id?}") is nothing once it is filled in, and waited for. */
    g_autoptr(json) before = with_as_written(object);
    g_autofree char *written = before != NULL ? json_text(before) : g_strdup("");
    g_autofree char *with = json_text(object->with);
    fill_references(written, object->needs);
    fill_references(with, object->needs);
    g_autoptr(GPtrArray) requests = object_look_ups(object);
    if (object->kind->create != NULL)
        g_ptr_array_add(requests, object->kind->create(object));
    for (guint i = 0; i < requests->len; i++) {
        const struct request *request = g_ptr_array_index(requests, i);
        g_autofree char *target = request != NULL ? request_target(request) : g_strdup("");
        g_autofree char *body = request != NULL && request->body != NULL ? json_text(request->body) : g_strdup("");
        fill_references(target, object->needs);
        fill_references(body, object->needs);
    }
    guint self = 0;
    if (g_ptr_array_find_with_equal_func(object->needs, object->key, g_str_equal, &self))
        g_ptr_array_remove_index(object->needs, self);
}

static void set_text(char **text, const struct object *object, const char *template)
{
    g_autofree char *filled = fill_from_members(template != NULL ? template : "", object->with, object->item);
    g_free(*text);
    *text = fill_ellipsis(filled);
}

void object_refill(struct object *object, const json *answers, const char *name)
{
    g_autoptr(json) with = with_as_written(object);
    json_free(object->with);
    object->with = fill_with(with, answers, object->values, object->item);
    if (name != NULL)
        json_set_string(object->with, "displayName", name);
    set_text(&object->title, object, object->definition->title);
    /* A name that is not known at all would read as if it were cut. */
    g_autoptr(GString) title = g_string_new(object->title);
    g_string_replace(title, " …", " (not known yet)", 0);
    text_set(&object->title, title->str);
    set_text(&object->risk, object, object->definition->risk != NULL ? object->definition->risk : object->kind->risk);
}

gboolean object_can_use(const struct object *object, GPtrArray *replies, guint index)
{
    const struct reply *reply = g_ptr_array_index(replies, index);
    if (object->kind->in_nobodys_way)
        return TRUE;
    gboolean is_refusal =
        reply->outcome == REPLY_ANSWERED && reply->status >= 400 && reply->status < 500 && reply->status != 429;
    if (reply_is_success(reply) || (is_refusal && index + object->kind->optional_reads >= replies->len))
        return TRUE;
    gboolean by_id = index == 0 && object->known_id[0] != '\0';
    return reply->status == 404 && (by_id || object->kind->missing_is_absent);
}

char *object_entry_value(const char *key, const char *item)
{
    g_autofree char *lower = g_ascii_strdown(item != NULL ? item : "", -1);
    return g_strconcat(key, " ", lower, NULL);
}

struct object *object_new(const struct object_definition *definition, const char *step, const json *answers,
                          GHashTable *values, const char *item, int number)
{
    struct object *object = g_new0(struct object, 1);
    object->kind = definition->kind;
    object->key = item != NULL ? g_strdup_printf("%s-%d", definition->key, number) : g_strdup(definition->key);
    object->step = g_strdup(step);
    object->definition = definition;
    object->item = g_strdup(item);
    object->number = item != NULL ? number : 0;
    object->needs = g_ptr_array_new_with_free_func(g_free);
    object->known_id = g_strdup("");
    object->our_deleted = g_strdup("");
    object->last_id = g_strdup("");
    object->mark = g_strdup("");
    object->spent = g_strdup("");
    object->named_id = g_strdup("");
    object->decision = decision_copy((struct decision){0});
    object->observation = observation_new();
    object->refused = g_ptr_array_new_with_free_func(g_free);
    /* What is known by now would hide whom it comes from. */
    object_refill(object, answers, NULL);
    collect_needs(object);
    object->values = values;
    object_refill(object, answers, NULL);
    return object;
}

void object_free(struct object *object)
{
    if (object == NULL)
        return;
    char *strings[] = {object->key,  object->step,     object->title,       object->risk,
                       object->item, object->known_id, object->our_deleted, object->last_id,
                       object->mark, object->spent,    object->named_id};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    decision_clear(&object->decision);
    json_free(object->with);
    g_ptr_array_unref(object->needs);
    g_ptr_array_unref(object->refused);
    observation_free(object->observation);
    g_free(object);
}

const struct object_kind *object_kind_named(const char *name)
{
    static const struct object_kind *const kinds[] = {
#define OBJECT_KIND(kind) &kind,
        OBJECT_KINDS(OBJECT_KIND)
#undef OBJECT_KIND
    };
    for (gsize i = 0; name != NULL && i < G_N_ELEMENTS(kinds); i++)
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    return NULL;
}
