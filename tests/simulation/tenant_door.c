/* SPDX-License-Identifier: MIT */
#include "simulation/tenant_door.h"

#include <string.h>

#include "practice/call.h"
#include "practice/fault.h"
#include "practice/practice.h"
#include "practice/record.h"
#include "practice/route.h"
#include "practice/signing.h"
#include "practice/tenant.h"
#include "simulation/virtual_time.h"

#define PORT "4711"
#define MOST_SNAPSHOTS 64

/* What perch makes, besides what comes and goes with it. */
static const char *const watched[] = {
    "groups",         "roleAssignments",    "connectedOrganizations", "catalogs",
    "accessPackages", "assignmentPolicies", "defenderRoles",          "defenderAssignments",
};

/* The tenant's objects as they stood from TIME on. */
struct snapshot {
    gint64 time;
    json *objects;
};

struct tenant_door {
    struct practice practice;
    GPtrArray *snapshots; /* of struct snapshot, oldest first */
    GPtrArray *objects;   /* of struct door_object */
};

static void snapshot_free(gpointer data)
{
    struct snapshot *snapshot = data;
    json_free(snapshot->objects);
    g_free(snapshot);
}

static void object_free(gpointer data)
{
    struct door_object *object = data;
    g_free(object->collection);
    g_free(object->id);
    g_free(object->name);
    g_free(object->maker);
    g_free(object->removed_by);
    g_array_unref(object->removals);
    g_free(object->stranger);
    g_free(object);
}

static void removal_clear(gpointer data)
{
    g_free(((struct door_removal *)data)->who);
}

static void take_snapshot(struct tenant_door *door)
{
    struct snapshot *snapshot = g_new0(struct snapshot, 1);
    snapshot->time = virtual_time_now();
    snapshot->objects = json_new_object();
    for (gsize i = 0; i < G_N_ELEMENTS(watched); i++)
        json_set(snapshot->objects, watched[i], json_copy(tenant_collection(&door->practice, watched[i])));
    g_ptr_array_add(door->snapshots, snapshot);
    if (door->snapshots->len > MOST_SNAPSHOTS)
        g_ptr_array_remove_index(door->snapshots, 0);
}

/* A tenant is made once for each scenario: its hundreds of people take as long as all that happens to it. */
static void open_tenant(struct practice *practice)
{
    static GHashTable *made; /* of {"company", "state"} by scenario, as long as the program */
    g_autoptr(GError) error = NULL;
    if (made == NULL)
        made = g_hash_table_new(g_str_hash, g_str_equal);
    const json *known = g_hash_table_lookup(made, practice->options.scenario);
    if (known != NULL) {
        practice->company = json_copy(json_get(known, "company"));
        practice->state = json_copy(json_get(known, "state"));
        return;
    }
    if (!tenant_open(practice, &error))
        g_error("%s", error->message);
    g_hash_table_insert(made, g_strdup(practice->options.scenario),
                        json_from("{'company':%j,'state':%j}", practice->company, practice->state));
}

/* Whether a client checks it or not, signing one costs more than the rest of a sign-in. */
char *__wrap_signing_token(struct practice *practice, const json *claims);

char *__wrap_signing_token(struct practice *practice, const json *claims)
{
    (void)practice;
    g_autofree char *text = json_text(claims);
    g_autofree char *encoded = signing_encode(text, -1);
    return g_strconcat("eyJhbGciOiJSUzI1NiJ9.", encoded, ".AAAA", NULL);
}

struct tenant_door *door_open(const char *scenario, const char *record)
{
    struct tenant_door *door = g_new0(struct tenant_door, 1);
    struct practice *practice = &door->practice;
    practice->options = (struct practice_options){
        .scenario = g_strdup(scenario),
        .seed = 1,
        .clock_rate = 1,
        .auto_approve = TRUE,
    };
    practice_init(practice);
    practice->clock = clock_wall();
    for (int i = 0; i < SERVICE_COUNT; i++)
        practice->origins[i] = g_strconcat("http://", loopback_addresses[i], ":" PORT, NULL);
    practice->record = record != NULL ? fopen(record, "ae") : NULL;
    open_tenant(practice);
    door->snapshots = g_ptr_array_new_with_free_func(snapshot_free);
    door->objects = g_ptr_array_new_with_free_func(object_free);
    take_snapshot(door);
    return door;
}

void door_close(struct tenant_door *door)
{
    practice_clear(&door->practice);
    g_ptr_array_unref(door->snapshots);
    g_ptr_array_unref(door->objects);
    g_free(door);
}

const char *door_url(void)
{
    return "http://127.0.0.1:" PORT;
}

static enum service service_of(const char *url)
{
    for (int i = 0; i < SERVICE_COUNT; i++) {
        g_autofree char *origin = g_strconcat("http://", loopback_addresses[i], ":", NULL);
        if (g_str_has_prefix(url, origin))
            return (enum service)i;
    }
    return SERVICE_LOGIN;
}

gboolean door_is_write(const json *request)
{
    return service_of(json_get_string(request, "url")) != SERVICE_LOGIN &&
           strcmp(json_get_string(request, "method"), "GET") != 0;
}

gboolean door_is_read(const json *request)
{
    return service_of(json_get_string(request, "url")) != SERVICE_LOGIN && !door_is_write(request);
}

static struct call *make_call(struct tenant_door *door, const json *request)
{
    const char *url = json_get_string(request, "url");
    const char *path = strchr(strstr(url, "//") + 2, '/');
    const char *bearer = json_get_string(request, "bearer");
    const char *body = json_get_string(request, "body");
    struct call *call = call_new(&door->practice, service_of(url), path != NULL ? path : "/");
    call->method = g_strdup(json_get_string(request, "method"));
    call->content_type = g_strdup(json_get_string(request, "contentType"));
    call->authorization = bearer != NULL ? g_strconcat("Bearer ", bearer, NULL) : NULL;
    call->consistency = g_strdup(json_get_bool(request, "eventual", FALSE) ? "eventual" : NULL);
    g_string_append(call->body_text, body != NULL ? body : "");
    call_read_body(call);
    return call;
}

static const json *objects_of(const struct tenant_door *door, const char *collection)
{
    return json_get(json_get(door->practice.state, "objects"), collection);
}

const json *door_find(const struct tenant_door *door, const char *collection, const char *id)
{
    json_for_each (object, objects_of(door, collection)) {
        if (g_strcmp0(json_get_string(object, "id"), id) == 0)
            return object;
    }
    return NULL;
}

int door_count(const struct tenant_door *door, const char *collection, const char *name)
{
    int count = 0;
    json_for_each (object, objects_of(door, collection))
        count += g_strcmp0(json_get_string(object, "displayName"), name) == 0;
    return count;
}

/* What the practice tenant keeps beside an object, and what refers to it, is not the object. */
static gboolean is_same(const json *a, const json *b)
{
    json_for_each (member, a) {
        const char *name = json_name(member);
        if (name[0] != '_' && name[0] != '+' && strcmp(name, "modifiedDateTime") != 0 &&
            !json_equal(member, json_get(b, name)))
            return FALSE;
    }
    return TRUE;
}

static struct door_object *known_object(const struct tenant_door *door, const char *collection, const char *id)
{
    for (guint i = 0; i < door->objects->len; i++) {
        struct door_object *object = g_ptr_array_index(door->objects, i);
        if (strcmp(object->collection, collection) == 0 && strcmp(object->id, id) == 0)
            return object;
    }
    return NULL;
}

static struct door_object *note_object(struct tenant_door *door, const char *collection, const json *object,
                                       const char *maker)
{
    struct door_object *noted = g_new0(struct door_object, 1);
    const char *name = json_get_string(object, "displayName");
    noted->collection = g_strdup(collection);
    noted->id = g_strdup(json_get_string(object, "id"));
    noted->name = g_strdup(name != NULL ? name : "");
    noted->maker = g_strdup(maker);
    noted->made = virtual_time_now();
    noted->untouched = TRUE;
    noted->removals = g_array_new(FALSE, FALSE, sizeof(struct door_removal));
    g_array_set_clear_func(noted->removals, removal_clear);
    g_ptr_array_add(door->objects, noted);
    return noted;
}

static void note_touch(struct tenant_door *door, const char *collection, const json *object, const char *who)
{
    struct door_object *known = known_object(door, collection, json_get_string(object, "id"));
    if (known == NULL)
        known = note_object(door, collection, object, DOOR_HAND);
    if (strcmp(known->maker, who) == 0)
        return;
    known->untouched = FALSE;
    g_free(known->stranger);
    known->stranger = g_strdup(who);
}

/* Compare COLLECTION with how it was BEFORE the write of WHO. */
static void note_changes(struct tenant_door *door, const char *collection, const json *before, const char *who)
{
    json_for_each (object, objects_of(door, collection)) {
        const char *id = json_get_string(object, "id");
        const json *old = NULL;
        json_for_each (candidate, before) {
            if (g_strcmp0(json_get_string(candidate, "id"), id) == 0)
                old = candidate;
        }
        struct door_object *known = old == NULL ? known_object(door, collection, id) : NULL;
        if (known != NULL) {
            /* Restored. */
            g_clear_pointer(&known->removed_by, g_free);
            note_touch(door, collection, object, who);
        } else if (old == NULL)
            note_object(door, collection, object, who);
        else if (old != NULL && (!is_same(old, object) || !is_same(object, old)))
            note_touch(door, collection, object, who);
    }
    json_for_each (old, before) {
        if (door_find(door, collection, json_get_string(old, "id")) != NULL)
            continue;
        note_touch(door, collection, old, who);
        struct door_object *known = known_object(door, collection, json_get_string(old, "id"));
        if (known != NULL) {
            g_free(known->removed_by);
            known->removed_by = g_strdup(who);
            const struct door_removal removal = {.who = g_strdup(who), .time = virtual_time_now()};
            g_array_append_val(known->removals, removal);
        }
    }
}

/* After WHO changed something: whose is what, and what replicas will come to know. */
static void note_write(struct tenant_door *door, const char *who)
{
    const struct snapshot *last = g_ptr_array_index(door->snapshots, door->snapshots->len - 1);
    for (gsize i = 0; i < G_N_ELEMENTS(watched); i++)
        note_changes(door, watched[i], json_get(last->objects, watched[i]), who);
    take_snapshot(door);
}

/* The newest snapshot that a replica LAG behind has. */
static struct snapshot *replica(const struct tenant_door *door, gint64 lag)
{
    struct snapshot *chosen = g_ptr_array_index(door->snapshots, 0);
    for (guint i = 1; i < door->snapshots->len; i++) {
        struct snapshot *snapshot = g_ptr_array_index(door->snapshots, i);
        if (snapshot->time <= virtual_time_now() - lag)
            chosen = snapshot;
    }
    return chosen;
}

static void work(struct call *call)
{
    if (fault_strike(call))
        return;
    route_dispatch(call);
    fault_disguise(call);
}

/* Put SNAPSHOT's collections in the place of the tenant's, or back again. */
static void swap_objects(struct tenant_door *door, struct snapshot *snapshot)
{
    json *objects = json_get(door->practice.state, "objects");
    for (gsize i = 0; i < G_N_ELEMENTS(watched); i++) {
        json *current = json_detach(objects, watched[i]);
        json_set(objects, watched[i], json_detach(snapshot->objects, watched[i]));
        json_set(snapshot->objects, watched[i], current);
    }
}

/* Serve CALL from the objects of a replica. Sign-ins are everywhere at once. */
static void work_on_replica(struct tenant_door *door, struct call *call, gint64 lag)
{
    struct snapshot *snapshot = replica(door, lag);
    swap_objects(door, snapshot);
    work(call);
    swap_objects(door, snapshot);
}

static json *answer_of(const struct call *call)
{
    g_autofree char *text = call->answer != NULL ? json_text(call->answer) : g_strdup(call->html);
    g_autofree char *time = practice_time(call->practice);
    const char *outcome = call->drop == DROP_NOTHING ? "answered" : "lost";
    json *answer = json_from("{'outcome':%s,'status':%d,'body':%s,'requestId':%s,'time':%s,'retryAfter':%d}", outcome,
                             (gint64)call->status, text, call->request_id, time,
                             (gint64)(call->retry_after > 0 ? call->retry_after : -1));
    if (call->answer != NULL)
        json_set_string(answer, "contentType", "application/json");
    if (call->challenge != NULL)
        json_set_string(answer, "challenge", call->challenge);
    if (call->location != NULL)
        json_set_string(answer, "location", call->location);
    return answer;
}

json *door_ask(struct tenant_door *door, const char *who, const json *request, gint64 lag)
{
    struct call *call = make_call(door, request);
    if (lag > 0 && door_is_read(request))
        work_on_replica(door, call, lag);
    else
        work(call);
    if (door_is_write(request))
        note_write(door, who);
    record_call(call);
    json *answer = answer_of(call);
    call_free(call);
    return answer;
}

/* The rules of the resource that COLLECTION holds. */
static const json *rules_of(const struct practice *practice, const char *collection)
{
    json_for_each (rules, json_get(practice->graph, "resources"))
        if (g_strcmp0(json_get_string(rules, "collection"), collection) == 0)
            return rules;
    return NULL;
}

/* As the portal does it, for which the service's rules hold: what refers to the object may keep it, or go with it. */
static gboolean remove_by_hand(struct practice *practice, const char *collection, const char *id)
{
    const json *rules = rules_of(practice, collection);
    json_for_each (guard, json_get(rules, "guards"))
        if (json_get(guard, "open") == NULL && tenant_find_by(practice, json_get_string(guard, "collection"),
                                                              json_get_string(guard, "member"), id) != NULL)
            return FALSE;
    tenant_remove(practice, collection, id);
    json_for_each (part, json_get(rules, "cascade"))
        tenant_remove_by(practice, json_get_string(part, "collection"), json_get_string(part, "member"), id);
    return TRUE;
}

const struct door_object *door_newest(const struct tenant_door *door, const char *collection)
{
    const struct door_object *chosen = NULL;
    for (guint i = 0; i < door->objects->len; i++) {
        const struct door_object *object = g_ptr_array_index(door->objects, i);
        if (strcmp(object->collection, collection) == 0 && strcmp(object->maker, DOOR_HAND) != 0 &&
            door_find(door, collection, object->id) != NULL)
            chosen = object;
    }
    return chosen;
}

gboolean door_by_hand(struct tenant_door *door, const char *what, const char *collection)
{
    struct practice *practice = &door->practice;
    const struct door_object *chosen = door_newest(door, collection);
    if (chosen == NULL)
        return FALSE;
    if (strcmp(what, "remove") == 0) {
        if (!remove_by_hand(practice, collection, chosen->id))
            return FALSE;
    } else if (strcmp(what, "describe") == 0) {
        json_set_string(tenant_find(practice, collection, chosen->id), "description", "Changed by hand");
    } else {
        json *copy = json_copy(tenant_find(practice, collection, chosen->id));
        json_remove(copy, "id");
        if (json_get(copy, "createdDateTime") != NULL) {
            g_autofree char *now = door_time(door);
            json_set_string(copy, "createdDateTime", now);
        }
        tenant_add(practice, collection, copy);
    }
    note_write(door, DOOR_HAND);
    return TRUE;
}

/* Move the times at which VALUE, and what is in it, comes or came into sight. */
static void shift_stamps(json *value, gint64 microseconds)
{
    static const char *const stamps[] = {"_since", "_readable", "_listed", "_changed", "_due", "_rolesAt"};
    for (gsize i = 0; json_is_object(value) && i < G_N_ELEMENTS(stamps); i++)
        if (json_get(value, stamps[i]) != NULL)
            json_set_int(value, stamps[i], json_get_int(value, stamps[i], 0) + microseconds);
    json_for_each (member, value)
        shift_stamps(member, microseconds);
}

/* What takes the service its time takes as long as before, whatever its clock says. */
void door_jump(struct tenant_door *door, gint64 microseconds)
{
    door->practice.clock.anchor_time += microseconds;
    shift_stamps(json_get(door->practice.state, "objects"), microseconds);
    for (guint i = 0; i < door->snapshots->len; i++)
        shift_stamps(((struct snapshot *)g_ptr_array_index(door->snapshots, i))->objects, microseconds);
}

char *door_time(const struct tenant_door *door)
{
    return practice_time(&door->practice);
}

void door_restart(struct tenant_door *door)
{
    g_autofree char *stored = json_text(door->practice.state);
    json_free(door->practice.state);
    door->practice.state = json_parse(stored, -1, NULL);
    g_hash_table_remove_all(door->practice.attempts);
    g_hash_table_remove_all(door->practice.held);
}

const GPtrArray *door_objects(const struct tenant_door *door)
{
    return door->objects;
}
