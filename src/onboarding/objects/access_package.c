#include "onboarding/kinds.h"

#include "onboarding/collection.h"

static const struct compared_field fields[] = {
    {"displayName", FIELD_CLASS_REPAIRABLE},
    {"description", FIELD_CLASS_REPAIRABLE},
    {"isHidden", FIELD_CLASS_REPAIRABLE},
};

static const struct collection packages = {
    .path = "/v1.0/identityGovernance/entitlementManagement/accessPackages",
    .expand = "catalog",
    .read_scope = "EntitlementManagement.Read.All",
    .write_scope = "EntitlementManagement.ReadWrite.All",
    .fields = fields,
    .field_count = G_N_ELEMENTS(fields),
};

static void look_up(const struct object *object, GPtrArray *requests)
{
    collection_look_up(&packages, object, requests);
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
static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) hits = compare_hits(replies, collection_reads_by_id(object));
    compare_keep(hits, "catalog.id", object_text(object, "catalog"));
    const json *package = compare_choose(object, hits, observation, describe);
    if (package == NULL)
        return;
    g_autoptr(json) want = wanted(object);
    compare_take(observation, package);
    compare_fields(observation, want, package, fields, G_N_ELEMENTS(fields));
    compare_offer_repair(observation, "access package");
}

static struct request *create(const struct object *object)
{
    return collection_write(&packages, "POST", NULL, wanted(object));
}

static struct request *repair(const struct object *object)
{
    return collection_repair(&packages, object, wanted(object));
}

static struct request *restore_old(const struct object *object, const json *old)
{
    (void)object;
    return collection_restore_old(&packages, old);
}

static struct request *remove_package(const struct object *object)
{
    return collection_remove(&packages, object);
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
