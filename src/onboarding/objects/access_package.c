/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/collection.h"
#include "onboarding/surplus.h"

#define ENTITLEMENT "/v1.0/identityGovernance/entitlementManagement"

static const struct compared_field fields[] = {
    {"displayName", FIELD_CLASS_REPAIRABLE},
    {"description", FIELD_CLASS_REPAIRABLE},
    {"isHidden", FIELD_CLASS_REPAIRABLE},
};

static const struct collection packages = {
    .path = ENTITLEMENT "/accessPackages",
    .expand = "catalog",
    .read_scope = "EntitlementManagement.Read.All",
    .write_scope = "EntitlementManagement.ReadWrite.All",
    .fields = fields,
    .field_count = G_N_ELEMENTS(fields),
};

static json *wanted(const struct object *object)
{
    return json_from("{'displayName':%s,'description':%s,'isHidden':false,'catalog':{'id':%s}}",
                     object_text(object, "displayName"), object_text(object, "description"),
                     object_text(object, "catalog"));
}

/* What perch knows by its id may have been moved to another catalog since. */
static void note_where_it_is(const struct object *object, const GPtrArray *hits, struct observation *observation)
{
    for (guint i = 0; i < hits->len; i++) {
        const json *hit = g_ptr_array_index(hits, i);
        const json *catalog = json_get(hit, "catalog");
        const char *id = json_get_string(catalog, "id");
        if (object->known_id[0] == '\0' || g_strcmp0(json_get_string(hit, "id"), object->known_id) != 0 || id == NULL ||
            strcmp(id, object_text(object, "catalog")) == 0)
            continue;
        g_free(observation->elsewhere);
        observation->elsewhere = g_strdup_printf("the catalog “%s” (%s)", json_get_shown(catalog, "displayName"), id);
    }
}

/* Names are unique within a catalog only. */
static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) hits = compare_hits(replies, collection_reads_by_id(object));
    note_where_it_is(object, hits, observation);
    compare_keep(hits, "catalog.id", object_text(object, "catalog"));
    const json *package = compare_choose(object, hits, observation, NULL);
    if (package == NULL)
        return;
    g_autoptr(json) want = wanted(object);
    compare_take(observation, package);
    compare_fields(observation, want, package, fields, G_N_ELEMENTS(fields));
    compare_offer_repair(observation, "access package");
}

#define MOST_NAMED 5

static void look_up_holders(const struct object *object, GPtrArray *requests)
{
    static const struct {
        const char *path;
        const char *expand;
    } reads[] = {
        {ENTITLEMENT "/assignments", "target"},
        {ENTITLEMENT "/assignmentRequests", "requestor"},
        {ENTITLEMENT "/assignmentPolicies", "accessPackage"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(reads); i++) {
        struct request *request = request_get(SERVICE_GRAPH, "%s", reads[i].path);
        request_query(request, "$filter", "accessPackage/id eq '%s'", object->known_id);
        request_query(request, "$expand", "%s", reads[i].expand);
        request->scope = packages.read_scope;
        request->all_pages = TRUE;
        g_ptr_array_add(requests, request);
    }
    struct request *roles =
        request_get(SERVICE_GRAPH, ENTITLEMENT "/accessPackages/%s/resourceRoleScopes", object->known_id);
    request_query(roles, "$expand", "role,scope");
    roles->scope = packages.read_scope;
    roles->all_pages = TRUE;
    g_ptr_array_add(requests, roles);
}

#define IN_THE_PORTAL "Entra admin center > Identity governance > Access packages > this one > "

/* "2 people hold this access package: Ann, Bob and others." of those of LIST in one of STATES, after what TEXT says
 * already. FALSE: there are none. */
static gboolean say_who(GString *text, const json *list, const char *const *states, const char *person, const char *one,
                        const char *several)
{
    guint count = 0;
    guint named = 0;
    g_autoptr(GString) names = g_string_new(NULL);
    json_for_each (element, list) {
        const char *state = json_get_string(element, "state");
        const char *name = json_get_string(json_get(element, person), "displayName");
        if (state == NULL || !g_strv_contains(states, state))
            continue;
        count++;
        if (name != NULL && named < MOST_NAMED)
            g_string_append_printf(names, "%s%s", named++ == 0 ? ": " : ", ", name);
    }
    if (count > 0)
        g_string_append_printf(text, "%s%u %s%s%s.", text->len > 0 ? " " : "", count, count == 1 ? one : several,
                               names->str, named > 0 && named < count ? " and others" : "");
    return count > 0;
}

/* Removing the package would take away with it a policy that somebody else made. Caller frees. */
static char *say_policy(const json *policies, GHashTable *own)
{
    json_for_each (policy, policies) {
        const char *id = json_get_string(policy, "id");
        const char *name = json_get_string(policy, "displayName");
        if (id == NULL || g_hash_table_contains(own, id))
            continue;
        /* perch's own may bear the same name. */
        g_autofree char *called = name != NULL ? g_strdup_printf("“%s” (%s)", name, id) : g_strdup_printf("“%s”", id);
        return g_strdup_printf("This access package has a policy that perch did not make: %s.\nRemove it if nobody "
                               "needs it (" IN_THE_PORTAL "Policies).",
                               called);
    }
    return NULL;
}

static char *holders(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    (void)object;
    static const char *const held[] = {"delivering", "delivered", "partiallyDelivered", NULL};
    static const char *const open[] = {"submitted", "pendingApproval", "delivering", "scheduled", NULL};
    const struct reply *assignments = g_ptr_array_index(replies, 0);
    const struct reply *requests = g_ptr_array_index(replies, 1);
    const struct reply *policies = g_ptr_array_index(replies, 2);
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean are_people = say_who(text, json_get(assignments->body, "value"), held, "target",
                                  "person holds this access package", "people hold this access package");
    gboolean are_requests =
        say_who(text, json_get(requests->body, "value"), open, "requestor", "request for this access package is open",
                "requests for this access package are open");
    if (!are_people && !are_requests)
        return say_policy(json_get(policies->body, "value"), own);
    g_string_append(text, "\n");
    if (are_people)
        g_string_append(text, "Remove the assignments (" IN_THE_PORTAL "Assignments). ");
    if (are_requests)
        g_string_append(text, "Cancel what is open (" IN_THE_PORTAL "Requests). ");
    g_string_append(text, "Or let “perch leave” do that.");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* What else somebody lets people have by it. */
static char *surplus(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    (void)object;
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    json_for_each (scope, reply_rows(g_ptr_array_index(replies, 3))) {
        const char *of = json_get_string(json_get(scope, "scope"), "displayName");
        g_autofree char *role = g_strdup_printf("%s of", json_get_shown(json_get(scope, "role"), "displayName"));
        if (surplus_is_foreign(scope, own))
            surplus_add(found, role, of != NULL ? of : json_get_shown(scope, "id"));
    }
    return surplus_say(found, "This access package gives what perch did not put there",
                       "Take it out if nobody needs it (" IN_THE_PORTAL "Resource roles).");
}

static const struct json_schema with[] = {
    {.name = "displayName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "description", .is = WITH_TEXT},
    {.name = "catalog", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};

const struct object_kind access_package_kind = {
    .name = "access-package",
    .with = with,
    .verb = "create",
    .action = "created",
    .collection = &packages,
    .wanted = wanted,
    .look_up = collection_look_up,
    .compare = compare,
    .create = collection_create,
    .repair = collection_repair,
    .restore_old = collection_restore_old,
    .remove = collection_remove,
    .look_up_holders = look_up_holders,
    .holders = holders,
    .surplus = surplus,
};
