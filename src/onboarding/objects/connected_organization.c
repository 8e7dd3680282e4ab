#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/compare.h"

#define PATH "/v1.0/identityGovernance/entitlementManagement/connectedOrganizations"
#define READ_SCOPE "EntitlementManagement.Read.All"
#define WRITE_SCOPE "EntitlementManagement.ReadWrite.All"

static const struct compared_field fields[] = {
    {"displayName", FIELD_CLASS_REPAIRABLE},
    {"description", FIELD_CLASS_REPAIRABLE},
    {"state", FIELD_CLASS_REPAIRABLE},
};

static struct request *read_request(struct request *request)
{
    request->scope = READ_SCOPE;
    return request;
}

/* By tenant as well as by name: a second connected organization for one tenant is refused. */
static void look_up(const struct object *object, GPtrArray *requests)
{
    if (object->known_id[0] != '\0')
        g_ptr_array_add(requests, read_request(request_get(SERVICE_GRAPH, PATH "/%s", object->known_id)));
    g_autofree char *name = odata_literal(object_text(object, "displayName"));
    struct request *by_name = read_request(request_get(SERVICE_GRAPH, PATH));
    request_query(by_name, "$filter", "displayName eq %s", name);
    by_name->all_pages = TRUE;
    g_ptr_array_add(requests, by_name);
    struct request *by_tenant = read_request(request_get(SERVICE_GRAPH, PATH));
    request_query(by_tenant, "$filter",
                  "identitySources/any(is:is/microsoft.graph.azureActiveDirectoryTenant/tenantId eq '%s')",
                  object_text(object, "tenantId"));
    by_tenant->all_pages = TRUE;
    g_ptr_array_add(requests, by_tenant);
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
    if (observation->state != OBJECT_DIFFERS)
        return;
    if (!observation_is_fixed(observation)) {
        observation_set(observation, OBJECT_DIFFERS, "Found “%s”, which differs from what is wanted.",
                        json_get_string(organization, "displayName"));
        observation_candidate(observation, "repair", "Change it as wanted", FALSE);
    } else {
        observation_set(
            observation, OBJECT_DIFFERS,
            "“%s” does not stand for the partner's tenant, and its identity source cannot be changed. Take it "
            "away in the portal, or choose another name.",
            json_get_string(organization, "displayName"));
        observation_candidate(observation, "name:", "Create one under another name", TRUE);
    }
    observation_candidate(observation, "keep", "Keep it as it is", FALSE);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) hits = compare_hits(replies, object->known_id[0] != '\0' ? 1 : 0);
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
    struct request *request = request_write("POST", SERVICE_GRAPH, wanted(object), PATH);
    request->scope = WRITE_SCOPE;
    return request;
}

static struct request *patch(const char *id, json *body)
{
    struct request *request = request_write("PATCH", SERVICE_GRAPH, body, PATH "/%s", id);
    request->scope = WRITE_SCOPE;
    return request;
}

static struct request *repair(const struct object *object)
{
    if (observation_is_fixed(object->observation))
        return NULL;
    g_autoptr(json) want = wanted(object);
    return patch(object->observation->id, compare_repair_body(object->observation, want));
}

static struct request *restore_old(const struct object *object, const json *old)
{
    (void)object;
    return patch(json_get_string(old, "id"), compare_old_body(old, fields, G_N_ELEMENTS(fields)));
}

static struct request *remove_organization(const struct object *object)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, PATH "/%s", object->known_id);
    request->scope = WRITE_SCOPE;
    return request;
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
