/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/text.h"
#include "input/event_hub.h"
#include "onboarding/surplus.h"

/*
 * The streaming export to the partner's Event Hub. Read through the Defender API; written through it only if the
 * answers ask for that, because no documentation covers it: then the field names come from another Event Hub export
 * that the portal made in this tenant, and never from this program. Other exports are shown and left alone.
 */

#define PATH "/api/dataExportSettings"
#define SLOTS 5
#define RESOURCE_PREFIX "/subscriptions/"
#define CATEGORY_PREFIX "AdvancedHunting-"

static void look_up(const struct object *object, GPtrArray *requests)
{
    (void)object;
    struct request *request = request_get(SERVICE_DEFENDER, PATH);
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

/* The member of an Event Hub entry that holds the namespace's resource ID; NULL if there is none. */
static const json *resource_member(const json *entry)
{
    json_for_each (member, json_get(entry, "eventHubProperties")) {
        const char *text = json_string(member);
        if (text != NULL && g_ascii_strncasecmp(text, RESOURCE_PREFIX, strlen(RESOURCE_PREFIX)) == 0)
            return member;
    }
    return NULL;
}

static const json *name_member(const json *entry)
{
    const json *resource = resource_member(entry);
    json_for_each (member, json_get(entry, "eventHubProperties")) {
        if (member != resource && json_string(member) != NULL)
            return member;
    }
    return NULL;
}

static gboolean is_our_hub(const struct object *object, const json *entry)
{
    const char *resource = json_string(resource_member(entry));
    const char *name = json_string(name_member(entry));
    return resource != NULL && name != NULL && g_ascii_strcasecmp(resource, object_text(object, "resourceId")) == 0 &&
           g_ascii_strcasecmp(name, object_text(object, "hub")) == 0;
}

static gboolean lacks_hub(const struct object *object)
{
    return strchr(object_text(object, "resourceId"), '{') != NULL || strchr(object_text(object, "hub"), '{') != NULL;
}

/* Whoever leaves may not know the answers any more that name it: the one that it was before, or, where that is not
 * known, whose name begins as it does, if only one does. */
static const json *find_without_answers(const struct object *object, const json *entries)
{
    if (lacks_hub(object) && object->last_id[0] != '\0')
        return json_find(entries, "id", object->last_id);
    const char *name = object_text(object, "displayName");
    gsize known = strcspn(name, "{");
    const json *found = NULL;
    int count = 0;
    json_for_each (entry, entries) {
        const char *id = json_get_shown(entry, "id");
        if (known == 0 || name[known] == '\0' || g_ascii_strncasecmp(id, name, known) != 0)
            continue;
        found = entry;
        count++;
    }
    return count == 1 ? found : NULL;
}

static const json *find_ours(const struct object *object, const json *entries)
{
    const json *by_hub = NULL;
    json_for_each (entry, entries) {
        if (g_strcmp0(json_get_string(entry, "id"), object_text(object, "displayName")) == 0)
            return entry;
        if (is_our_hub(object, entry))
            by_hub = entry;
    }
    return by_hub;
}

static const char *table_of(const char *category)
{
    return g_str_has_prefix(category, CATEGORY_PREFIX) ? category + strlen(CATEGORY_PREFIX) : category;
}

/* The entry's own word about TABLE; NULL where the export does not list it, and so does not send it. */
static const json *log_of(const json *entry, const char *table)
{
    json_for_each (log, json_get(entry, "logs")) {
        const char *category = json_get_string(log, "category");
        if (category != NULL && strcmp(table_of(category), table) == 0)
            return log;
    }
    return NULL;
}

static gboolean is_refused(const struct object *object, const char *category)
{
    return g_ptr_array_find_with_equal_func(object->refused, category, g_str_equal, NULL);
}

/* Each table that is wanted, whether the export lists it or not; then those that are listed and nobody asked about. */
static void compare_tables(const struct object *object, const json *entry, struct observation *observation)
{
    g_autoptr(GPtrArray) portal_only = g_ptr_array_new();
    g_autoptr(GPtrArray) sent = g_ptr_array_new();
    json_for_each (known, json_get(object->with, "tables")) {
        const char *table = json_get_string(known, "table");
        const char *category = json_get_string(known, "write");
        const json *log = log_of(entry, table);
        if (category == NULL || json_get_bool(log, "enabled", FALSE) || is_refused(object, category))
            continue;
        observation_difference(observation, table, "on", log != NULL ? "off" : "not listed, and so not sent", TRUE);
    }
    json_for_each (log, json_get(entry, "logs")) {
        const char *category = json_get_string(log, "category");
        gboolean on = json_get_bool(log, "enabled", FALSE);
        if (on && category != NULL)
            g_ptr_array_add(sent, (gpointer)table_of(category));
        const json *wanted =
            json_find(json_get(object->with, "tables"), "table", category != NULL ? table_of(category) : NULL);
        if (category != NULL && !on && json_get_string(wanted, "write") == NULL)
            g_ptr_array_add(portal_only, (gpointer)table_of(category));
    }
    g_autofree char *sends = text_join(sent, " ");
    observation_learn(observation, "sends", sends);
    if (sent->len == 0)
        observation_difference(observation, "tables", "sent", "none: the export streams nothing", TRUE);
    if (portal_only->len == 0)
        return;
    g_autofree char *names = text_join(portal_only, ", ");
    observation_note(observation, "Off, and only the portal can switch them on: %s.", names);
}

/* The namespaces are told, being no secrets; of the hub's name only that it is another. */
static void compare_hub(const struct object *object, const json *entry, struct observation *observation)
{
    const char *resource = json_string(resource_member(entry));
    g_autoptr(EventHubParts) is = resource != NULL ? event_hub_parts_new(resource) : NULL;
    g_autoptr(EventHubParts) wanted = event_hub_parts_new(object_text(object, "resourceId"));
    if (name_member(entry) == NULL || is == NULL || wanted == NULL) {
        g_autofree char *known = is != NULL ? g_strdup_printf("a hub in namespace “%s”", is->namespace_name) : NULL;
        observation_difference(observation, "Event Hub", "the one given here",
                               name_member(entry) == NULL ? "no Event Hub"
                               : known != NULL            ? known
                                                          : "another hub",
                               TRUE);
        return;
    }
    gboolean same_namespace = g_ascii_strcasecmp(is->namespace_name, wanted->namespace_name) == 0;
    gboolean same_resource = g_ascii_strcasecmp(resource, object_text(object, "resourceId")) == 0;
    const char *other = same_resource    ? "a hub of another name in"
                        : same_namespace ? "a hub of another subscription or resource group, in"
                                         : "a hub in";
    g_autofree char *found = g_strdup_printf("%s namespace “%s”", other, is->namespace_name);
    g_autofree char *ours = g_strdup_printf("the one given here, in namespace “%s”", wanted->namespace_name);
    observation_difference(observation, "Event Hub", ours, found, TRUE);
}

/* Hashed, as the Event Hub's names stand in no journal. Caller frees. */
static char *hash_of_hub(const char *resource, const char *name)
{
    g_autofree char *text = g_strconcat(resource, "\n", name, NULL);
    g_autofree char *lower = g_ascii_strdown(text, -1);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, lower, -1);
}

/* Where ENTRY sends; NULL if nowhere. Caller frees. */
static char *aim_of(const json *entry)
{
    const char *resource = json_string(resource_member(entry));
    const char *name = json_string(name_member(entry));
    return resource != NULL && name != NULL ? hash_of_hub(resource, name) : NULL;
}

static void judge_ours(const struct object *object, const json *entry, struct observation *observation)
{
    g_autofree char *aim = aim_of(entry);
    text_set(&observation->sends_to, aim);
    observation_learn(observation, "id", json_get_string(entry, "id"));
    if (!is_our_hub(object, entry)) {
        observation->goes_elsewhere = !lacks_hub(object);
        compare_hub(object, entry, observation);
    }
    compare_tables(object, entry, observation);
    if (observation->differences->len == 0) {
        /* Whose hub that is nothing here proves: a person typed it. */
        observation_set(observation, OBJECT_MATCHES, "The export “%s” sends to the Event Hub that was given here.",
                        json_get_shown(entry, "id"));
        return;
    }
    /* Where the hub is another one, either side may be wrong, and the values here are looked at first. */
    const gboolean may_be_our_slip = name_member(entry) != NULL && !lacks_hub(object) && !is_our_hub(object, entry);
    observation_set(
        observation, OBJECT_DIFFERS,
        may_be_our_slip
            ? "The export “%s” is there and differs. Compare the values here with the partner's e-mail "
              "first; if they are right, mend it on the portal's Streaming API page, then check."
            : "The export “%s” is there and differs. Mend it on the portal's Streaming API page, then check.",
        json_get_shown(entry, "id"));
    observation_candidate(observation, DECISION_KEEP, "", "Keep it as it is");
}

/* Those of ENTRIES but OURS. Caller frees. */
static char *names_of(const json *entries, const json *ours)
{
    GString *names = g_string_new(NULL);
    json_for_each (entry, entries) {
        if (entry != ours)
            g_string_append_printf(names, "%s“%s”", names->len > 0 ? ", " : "", json_get_shown(entry, "id"));
    }
    return g_string_free(names, FALSE);
}

/* What two exports send to one hub arrives there twice, and is paid for twice. */
static void note_twins(const struct object *object, const json *entries, const json *ours,
                       struct observation *observation)
{
    json_for_each (entry, ours != NULL && is_our_hub(object, ours) ? entries : NULL) {
        if (entry != ours && is_our_hub(object, entry))
            observation_note(observation,
                             "“%s” sends to the same Event Hub: what both send arrives twice. Ask your "
                             "contact, then give one of them up on the portal's Streaming API page.",
                             json_get_shown(entry, "id"));
    }
}

/* What the portal called the fields of an Event Hub entry in this tenant. */
static void learn_field_names(const json *entries, struct observation *observation)
{
    json_for_each (entry, entries) {
        const json *resource = resource_member(entry);
        const json *name = name_member(entry);
        if (resource == NULL || name == NULL)
            continue;
        observation_learn(observation, "resourceField", json_name(resource));
        observation_learn(observation, "nameField", json_name(name));
        return;
    }
}

static void judge_absence(const struct object *object, int count, struct observation *observation)
{
    gboolean by_api = strcmp(object_text(object, "write"), "api") == 0;
    observation->state = OBJECT_ABSENT;
    if (count >= SLOTS)
        observation_set(observation, OBJECT_ABSENT,
                        "All %d export slots of the tenant are taken; one has to be given up in the portal first.",
                        SLOTS);
    else if (by_api && g_hash_table_lookup(observation->learnt, "resourceField") == NULL)
        observation_set(
            observation, OBJECT_ABSENT,
            "No Event Hub export made by the portal is there to take the field names from: use the portal.");
    else if (by_api && g_ascii_strcasecmp(object_text(object, "account"), object_text(object, "me")) != 0)
        observation_set(observation, OBJECT_ABSENT, "Only the invited account %s may save it; sign in as that one.",
                        object_text(object, "account"));
    else if (!by_api)
        observation_set(observation, OBJECT_ABSENT, "It is made on the portal's Streaming API page.");
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const json *entries = json_get(reply->body, "value");
    const json *ours = find_ours(object, entries);
    if (ours == NULL)
        ours = find_without_answers(object, entries);
    char count[16];
    g_snprintf(count, sizeof count, "%d", json_length(entries));
    observation_learn(observation, "slots", count);
    learn_field_names(entries, observation);
    /* What stands there, whoever made it and whatever is looked for: one id a line. */
    g_autoptr(GString) ids = g_string_new(NULL);
    json_for_each (entry, entries) {
        g_string_append_printf(ids, "%s\n", json_get_shown(entry, "id"));
    }
    observation_learn(observation, OBJECT_STANDS, ids->str);
    g_autofree char *others = names_of(entries, ours);
    if (*others != '\0')
        observation_note(observation, "%d of %d export slots are in use; others, which perch never touches: %s.",
                         json_length(entries), SLOTS, others);
    note_twins(object, entries, ours, observation);
    if (ours != NULL)
        judge_ours(object, ours, observation);
    else if (json_length(entries) > 0 && lacks_hub(object) && object->last_id[0] == '\0')
        observation_set(observation, OBJECT_UNKNOWN,
                        "Whether one of the tenant's exports is the partner's shows once Resource ID and Event Hub are "
                        "filled in: %s.",
                        others);
    else
        judge_absence(object, json_length(entries), observation);
}

static struct request *create(const struct object *object)
{
    const char *resource_field = g_hash_table_lookup(object->observation->learnt, "resourceField");
    const char *name_field = g_hash_table_lookup(object->observation->learnt, "nameField");
    const char *slots = g_hash_table_lookup(object->observation->learnt, "slots");
    if (strcmp(object_text(object, "write"), "api") != 0 || resource_field == NULL || name_field == NULL ||
        g_ascii_strtoll(slots, NULL, 10) >= SLOTS ||
        g_ascii_strcasecmp(object_text(object, "account"), object_text(object, "me")) != 0)
        return NULL;
    g_autoptr(json) properties = json_new_object();
    g_autoptr(json) categories = json_new_array();
    json_for_each (table, json_get(object->with, "tables")) {
        const char *category = json_get_string(table, "write");
        if (category != NULL && !is_refused(object, category))
            json_append(categories, json_from("{'category':%s,'enabled':true}", category));
    }
    json_set_string(properties, resource_field, object_text(object, "resourceId"));
    json_set_string(properties, name_field, object_text(object, "hub"));
    return request_write("POST", SERVICE_DEFENDER,
                         json_from("{'id':%s,'eventHubProperties':%j,'logs':%j}", object_text(object, "displayName"),
                                   properties, categories),
                         PATH);
}

/* "Category 'X' is not supported." or "Categories X, Y are not supported.": the write goes again without them. */
static gboolean learn_refusal(struct object *object, const struct reply *reply)
{
    const char *message = reply->error != NULL ? reply->error->message : "";
    guint before = object->refused->len;
    if (strstr(message, "not supported") == NULL)
        return FALSE;
    json_for_each (table, json_get(object->with, "tables")) {
        const char *category = json_get_string(table, "write");
        if (category != NULL && strstr(message, category) != NULL && !is_refused(object, category))
            g_ptr_array_add(object->refused, g_strdup(category));
    }
    return object->refused->len > before;
}

static struct request *remove_export(const struct object *object)
{
    g_autofree char *id = path_segment(object->known_id);
    return request_write("DELETE", SERVICE_DEFENDER, NULL, PATH "/%s", id);
}

static char *mark(const struct object *object)
{
    const struct observation *observation = object->observation;
    gboolean is_ours = observation->id[0] != '\0' && !observation->goes_elsewhere && !lacks_hub(object);
    return is_ours ? hash_of_hub(object_text(object, "resourceId"), object_text(object, "hub")) : NULL;
}

/* TRUE if ENTRY sends where it did when it was made, or taken over: an answer may have been mended since. */
static gboolean is_as_it_was(const struct object *object, const json *entry)
{
    g_autofree char *aim = aim_of(entry);
    return g_strcmp0(aim, object->mark) == 0;
}

/* Its id is a name: somebody may have made it his own since. Where the partner's hub is not known, nothing is told. */
static char *surplus(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    (void)own;
    const json *entry = json_find(reply_rows(g_ptr_array_index(replies, 0)), "id", object->known_id);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    if (entry == NULL || lacks_hub(object) || is_our_hub(object, entry) || is_as_it_was(object, entry))
        return NULL;
    const char *resource = json_string(resource_member(entry));
    g_autoptr(EventHubParts) is = resource != NULL ? event_hub_parts_new(resource) : NULL;
    g_autoptr(EventHubParts) wanted = event_hub_parts_new(object_text(object, "resourceId"));
    gboolean same = is != NULL && wanted != NULL && g_ascii_strcasecmp(is->namespace_name, wanted->namespace_name) == 0;
    if (is != NULL)
        surplus_add(found, same ? "a hub of another name or place, in namespace" : "a hub in namespace",
                    is->namespace_name);
    else
        surplus_add(found, "no Event Hub any more, under the name", json_get_shown(entry, "id"));
    return surplus_say(found, "This export does not send to the partner's Event Hub",
                       "Remove it if nobody needs it (Defender > Settings > Microsoft Defender XDR > Streaming API).");
}

static const struct json_schema table_members[] = {
    {.name = "table", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "write", .is = WITH_TEXT},
    {.name = NULL},
};
static const struct json_schema table_entry = {.is = JSON_OBJECT, .inner = table_members};

static const struct json_schema with[] = {
    {.name = "displayName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "resourceId", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "hub", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "write", .is = WITH_TEXT},
    {.name = "account", .is = WITH_TEXT},
    {.name = "me", .is = WITH_TEXT},
    {.name = "tables", .is = JSON_LIST | JSON_FILLED | JSON_REQUIRED, .inner = &table_entry},
    {.name = NULL},
};

static const char *const learns[] = {"resourceField", "nameField", "slots", "sends", NULL};
static const char *const not_for_leaving[] = {"displayName", "resourceId", "hub", NULL};

const struct object_kind streaming_export_kind = {
    .name = "streaming-export",
    .with = with,
    .title_shows = "displayName",
    .goes_first = TRUE,
    .learns = learns,
    .not_for_leaving = not_for_leaving,
    .risk = "Defender's events go to this Event Hub",
    .verb = "create",
    .action = "created",
    .by_person = "made in the portal",
    .id_is_name = TRUE,
    .id_is_reused = TRUE,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .learn_refusal = learn_refusal,
    .remove = remove_export,
    .look_up_holders = look_up,
    .surplus = surplus,
    .mark = mark,
};
