#include "onboarding/kinds.h"

#include "onboarding/compare.h"

#define PATH "/v1.0/identityGovernance/entitlementManagement/catalogs"
#define WRITE_SCOPE "EntitlementManagement.ReadWrite.All"

static const struct compared_field fields[] = {
    {"displayName", FIELD_CLASS_REPAIRABLE},
    {"description", FIELD_CLASS_REPAIRABLE},
    {"state", FIELD_CLASS_REPAIRABLE},
    {"isExternallyVisible", FIELD_CLASS_REPAIRABLE},
};

static struct request *read_request(struct request *request)
{
    request->scope = "EntitlementManagement.Read.All";
    return request;
}

static void look_up(const struct object *object, GPtrArray *requests)
{
    if (object->known_id[0] != '\0')
        g_ptr_array_add(requests, read_request(request_get(SERVICE_GRAPH, PATH "/%s", object->known_id)));
    g_autofree char *name = odata_literal(object_text(object, "displayName"));
    struct request *by_name = read_request(request_get(SERVICE_GRAPH, PATH));
    request_query(by_name, "$filter", "displayName eq %s", name);
    by_name->all_pages = TRUE;
    g_ptr_array_add(requests, by_name);
}

static json *wanted(const struct object *object)
{
    return json_from("{'displayName':%s,'description':%s,'state':'published','isExternallyVisible':true}",
                     object_text(object, "displayName"), object_text(object, "description"));
}

static char *describe(const json *catalog)
{
    return g_strdup_printf("%s, %s (%s)", json_get_string(catalog, "displayName"), json_get_string(catalog, "state"),
                           json_get_string(catalog, "id"));
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) hits = compare_hits(replies, object->known_id[0] != '\0' ? 1 : 0);
    const json *catalog = compare_choose(object, hits, observation, describe);
    if (catalog == NULL)
        return;
    g_autoptr(json) want = wanted(object);
    compare_take(observation, catalog);
    compare_fields(observation, want, catalog, fields, G_N_ELEMENTS(fields));
    compare_offer_repair(observation, "catalog");
}

static struct request *write_request(const char *method, const char *id, json *body)
{
    struct request *request = request_write(method, SERVICE_GRAPH, body, PATH "%s%s", id[0] != '\0' ? "/" : "", id);
    request->scope = WRITE_SCOPE;
    return request;
}

static struct request *create(const struct object *object)
{
    return write_request("POST", "", wanted(object));
}

static struct request *repair(const struct object *object)
{
    g_autoptr(json) want = wanted(object);
    return write_request("PATCH", object->observation->id, compare_repair_body(object->observation, want));
}

static struct request *restore_old(const struct object *object, const json *old)
{
    (void)object;
    return write_request("PATCH", json_get_string(old, "id"), compare_old_body(old, fields, G_N_ELEMENTS(fields)));
}

static struct request *remove_catalog(const struct object *object)
{
    return write_request("DELETE", object->known_id, NULL);
}

const struct object_kind catalog_kind = {
    .name = "catalog",
    .verb = "create",
    .action = "created",
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .repair = repair,
    .restore_old = restore_old,
    .remove = remove_catalog,
};
