/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include "onboarding/collection.h"
#include "onboarding/surplus.h"

static const struct compared_field fields[] = {
    {"displayName", FIELD_CLASS_REPAIRABLE},
    {"description", FIELD_CLASS_REPAIRABLE},
    {"state", FIELD_CLASS_REPAIRABLE},
    {"isExternallyVisible", FIELD_CLASS_REPAIRABLE},
};

static const struct collection catalogs = {
    .path = "/v1.0/identityGovernance/entitlementManagement/catalogs",
    .read_scope = "EntitlementManagement.Read.All",
    .write_scope = "EntitlementManagement.ReadWrite.All",
    .fields = fields,
    .field_count = G_N_ELEMENTS(fields),
};

static json *wanted(const struct object *object)
{
    return json_from("{'displayName':%s,'description':%s,'state':'published','isExternallyVisible':true}",
                     object_text(object, "displayName"), object_text(object, "description"));
}

static char *describe(const json *catalog)
{
    return g_strdup_printf("%s, %s (%s)", json_get_shown(catalog, "displayName"), json_get_shown(catalog, "state"),
                           json_get_shown(catalog, "id"));
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) hits = compare_hits(replies, collection_reads_by_id(object));
    const json *catalog = compare_choose(object, hits, observation, describe);
    if (catalog == NULL)
        return;
    g_autoptr(json) want = wanted(object);
    compare_take(observation, catalog);
    compare_fields(observation, want, catalog, fields, G_N_ELEMENTS(fields));
    compare_offer_repair(observation, "catalog");
}

static void look_up_holders(const struct object *object, GPtrArray *requests)
{
    struct request *request =
        request_get(SERVICE_GRAPH, "/v1.0/identityGovernance/entitlementManagement/accessPackages");
    request_query(request, "$filter", "catalog/id eq '%s'", object->known_id);
    struct request *resources = request_get(SERVICE_GRAPH, "%s/%s/resources", catalogs.path, object->known_id);
    struct request *reads[] = {request, resources};
    for (gsize i = 0; i < G_N_ELEMENTS(reads); i++) {
        reads[i]->scope = catalogs.read_scope;
        reads[i]->all_pages = TRUE;
        g_ptr_array_add(requests, reads[i]);
    }
}

/* What somebody else put into the catalog stands on it, and on what perch put there. */
static char *holders(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    (void)object;
    json_for_each (package, reply_rows(g_ptr_array_index(replies, 0))) {
        const char *id = json_get_string(package, "id");
        const char *name = json_get_string(package, "displayName");
        if (id != NULL && !g_hash_table_contains(own, id))
            return g_strdup_printf("This catalog has an access package that perch did not make: “%s”.\nRemove it if "
                                   "nobody needs it (Entra admin center > Identity governance > Access packages > this "
                                   "one).",
                                   name != NULL ? name : id);
    }
    return NULL;
}

/* What somebody else lets outsiders be given by it goes with it. */
static char *surplus(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    (void)object;
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    json_for_each (resource, reply_rows(g_ptr_array_index(replies, 1))) {
        g_autofree char *as_made = g_strdup_printf("catalog-resource %s", json_get_shown(resource, "id"));
        const char *name = json_get_string(resource, "displayName");
        if (surplus_is_foreign(resource, own) && !g_hash_table_contains(own, as_made))
            surplus_add(found, "the resource", name != NULL ? name : json_get_shown(resource, "originId"));
    }
    return surplus_say(found, "This catalog holds what perch did not put there",
                       "Take it out if nobody needs it (Entra admin center > Identity governance > Catalogs > this one "
                       "> Resources).");
}

static const struct json_schema with[] = {
    {.name = "displayName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "description", .is = WITH_TEXT},
    {.name = NULL},
};

const struct object_kind catalog_kind = {
    .name = "catalog",
    .with = with,
    .risk = "visible to external users",
    .verb = "create",
    .action = "created",
    .collection = &catalogs,
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
