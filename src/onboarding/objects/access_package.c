#include "onboarding/kinds.h"

#include "onboarding/compare.h"

#define PATH "/v1.0/identityGovernance/entitlementManagement/accessPackages"
#define WRITE_SCOPE "EntitlementManagement.ReadWrite.All"

static const struct compared_field fields[] = {
    {"displayName", FIELD_CLASS_REPAIRABLE},
    {"description", FIELD_CLASS_REPAIRABLE},
    {"isHidden", FIELD_CLASS_REPAIRABLE},
};

static struct request *read_request(struct request *request)
{
    request_query(request, "$expand", "catalog");
    request->scope = "EntitlementManagement.Read.All";
    return request;
}

static void look_up(const struct object *object, GPtrArray *requests)
{
    if (object->known_id[0] != '\0')
        g_ptr_array_add(requests, read_request(request_get(SERVICE_GRAPH, PATH "/%s", object->known_id)));
    g_autofree char *name = odata_literal(object_text(object, "displayName"));
    struct request *by_name = request_get(SERVICE_GRAPH, PATH);
    request_query(by_name, "$filter", "displayName eq %s", name);
    by_name->all_pages = TRUE;
    g_ptr_array_add(requests, read_request(by_name));
}

static json *wanted(const struct object *object)
{
    return json_from("{'displayName':%s,'description':%s,'isHidden':false,'catalog':{'id':%s}}",
                     object_text(object, "displayName"), object_text(object, "description"),
                     object_text(object, "catalog"));
}

static char *describe(const json *package)
{
    return g_strdup_printf("%s (%s)", json_get_string(package, "displayName"), json_get_string(package, "id"));
}

/* Names are unique within a catalog only. */
static void keep_own_catalog(GPtrArray *hits, const char *catalog)
{
    for (guint i = hits->len; i > 0; i--) {
        const json *hit = g_ptr_array_index(hits, i - 1);
        if (g_strcmp0(json_string(json_get_path(hit, "catalog.id")), catalog) != 0)
            g_ptr_array_remove_index(hits, i - 1);
    }
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) hits = compare_hits(replies, object->known_id[0] != '\0' ? 1 : 0);
    keep_own_catalog(hits, object_text(object, "catalog"));
    const json *package = compare_choose(object, hits, observation, describe);
    if (package == NULL)
        return;
    g_autoptr(json) want = wanted(object);
    compare_take(observation, package);
    compare_fields(observation, want, package, fields, G_N_ELEMENTS(fields));
    compare_offer_repair(observation, "access package");
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

static struct request *remove_package(const struct object *object)
{
    return write_request("DELETE", object->known_id, NULL);
}

const struct object_kind access_package_kind = {
    .name = "access-package",
    .verb = "create",
    .action = "created",
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .repair = repair,
    .restore_old = restore_old,
    .remove = remove_package,
};
