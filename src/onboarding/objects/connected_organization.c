#include "onboarding/kinds.h"

#include "onboarding/collection.h"

static const struct compared_field fields[] = {
    {"displayName", FIELD_CLASS_REPAIRABLE},
    {"description", FIELD_CLASS_REPAIRABLE},
    {"state", FIELD_CLASS_REPAIRABLE},
};

static const struct collection organizations = {
    .path = "/v1.0/identityGovernance/entitlementManagement/connectedOrganizations",
    .read_scope = "EntitlementManagement.Read.All",
    .write_scope = "EntitlementManagement.ReadWrite.All",
    .fields = fields,
    .field_count = G_N_ELEMENTS(fields),
};

/* By tenant as well as by name: a second connected organization for one tenant is refused. */
static void look_up(const struct object *object, GPtrArray *requests)
{
    g_autofree char *of_tenant =
        g_strdup_printf("identitySources/any(is:is/microsoft.graph.azureActiveDirectoryTenant/tenantId eq '%s')",
                        object_text(object, "tenantId"));
    collection_look_up(&organizations, object, requests);
    g_ptr_array_add(requests, collection_list(&organizations, of_tenant));
}

static json *wanted(const struct object *object)
{
    return json_from("{'displayName':%s,'description':%s,'state':'configured','identitySources':[{"
                     "'@odata.type':'#microsoft.graph.domainIdentitySource','domainName':%s,'displayName':%s}]}",
                     object_text(object, "displayName"), object_text(object, "description"),
                     object_text(object, "domainName"), object_text(object, "domainName"));
}

static char *describe(const json *organization)
{
    return g_strdup_printf("%s, state %s (%s)", json_get_string(organization, "displayName"),
                           json_get_string(organization, "state"), json_get_string(organization, "id"));
}

static gboolean is_the_tenant(const json *source, const char *tenant_id)
{
    return g_strcmp0(json_get_string(source, "tenantId"), tenant_id) == 0;
}

/* Microsoft stores the domain of an Entra tenant as that tenant. Anything else lets other people in. */
static void compare_sources(const struct object *object, const json *organization, struct observation *observation)
{
    const json *sources = json_get(organization, "identitySources");
    const char *tenant_id = object_text(object, "tenantId");
    json_for_each (source, sources) {
        if (is_the_tenant(source, tenant_id))
            return;
    }
    g_autofree char *found = compare_show(sources);
    g_autofree char *want = g_strdup_printf("tenant %s", tenant_id);
    observation_difference(observation, "identitySources", want, found, TRUE);
    observation->state = OBJECT_DIFFERS;
}

static void explain(const json *organization, struct observation *observation)
{
    if (!observation_is_fixed(observation)) {
        compare_offer_repair(observation, "connected organization");
        return;
    }
    observation_set(observation, OBJECT_DIFFERS,
                    "“%s” does not stand for the partner's tenant, and its identity source cannot be changed. Take it "
                    "away in the portal, or choose another name.",
                    json_get_string(organization, "displayName"));
    observation_candidate(observation, "name:", "Create one under another name", TRUE);
    observation_candidate(observation, "keep", "Keep it as it is", FALSE);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) hits = compare_hits(replies, collection_reads_by_id(object));
    const json *organization = compare_choose(object, hits, observation, describe);
    if (organization == NULL)
        return;
    g_autoptr(json) want = wanted(object);
    compare_take(observation, organization);
    compare_fields(observation, want, organization, fields, G_N_ELEMENTS(fields));
    compare_sources(object, organization, observation);
    explain(organization, observation);
}

static struct request *create(const struct object *object)
{
    return collection_write(&organizations, "POST", NULL, wanted(object));
}

static struct request *repair(const struct object *object)
{
    return observation_is_fixed(object->observation) ? NULL : collection_repair(&organizations, object, wanted(object));
}

static struct request *restore_old(const struct object *object, const json *old)
{
    (void)object;
    return collection_restore_old(&organizations, old);
}

static struct request *remove_organization(const struct object *object)
{
    return collection_remove(&organizations, object);
}

const struct object_kind connected_organization_kind = {
    .name = "connected-organization",
    .verb = "create",
    .action = "created",
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .repair = repair,
    .restore_old = restore_old,
    .remove = remove_organization,
};
