/* Connected organizations and their sponsors, the settings of entitlement management, cross-tenant access. */
#include <string.h>

#include "practice/entitlement.h"
#include "practice/tenant.h"

#define TENANT_SOURCE "#microsoft.graph.azureActiveDirectoryTenant"
#define DOMAIN_SOURCE "#microsoft.graph.domainIdentitySource"
#define ORGANIZATIONS ENTITLEMENT "/connectedOrganizations"

static const char *const filters[] = {
    "displayName eq ?",
    "identitySources/any(is:is/microsoft.graph.azureActiveDirectoryTenant/tenantId eq ?)",
    NULL,
};
static const struct odata_rules organization_list = {
    .filters = filters, .expands = "internalSponsors externalSponsors", .paged = TRUE};
static const struct odata_rules organization_object = {.expands = "internalSponsors externalSponsors"};

/* A domain that belongs to an Entra tenant is stored as that tenant. Caller frees. */
static json *stored_source(const struct practice *practice, const json *source)
{
    gboolean is_domain = strcmp(json_get_string(source, "@odata.type"), DOMAIN_SOURCE) == 0;
    const json *tenant = is_domain ? tenant_other(practice, "domain", json_get_string(source, "domainName")) : NULL;
    if (tenant == NULL)
        return json_copy(source);
    return json_from("{'@odata.type':'" TENANT_SOURCE "','tenantId':%s,'displayName':%s}",
                     json_get_string(tenant, "tenantId"), json_get_string(tenant, "displayName"));
}

static gboolean has_source(const struct practice *practice, const json *source)
{
    json_for_each (organization, tenant_collection(practice, "connectedOrganizations")) {
        const json *stored = json_at(json_get(organization, "identitySources"), 0);
        if (same_text(json_get_string(stored, "tenantId"), json_get_string(source, "tenantId")) ||
            same_text(json_get_string(stored, "domainName"), json_get_string(source, "domainName")))
            return TRUE;
    }
    return FALSE;
}

static gboolean check_source(struct call *call, const json *source)
{
    const struct practice *practice = call->practice;
    const char *domain = json_get_string(source, "domainName");
    if (same_text(json_get_string(source, "tenantId"), tenant_id(practice)) ||
        (domain != NULL && tenant_has_domain(practice, domain)))
        return entitlement_invalid(call, "The identity source is this tenant itself.");
    if (has_source(practice, source))
        return graph_error(call, 409, "Conflict", "A connected organization with this identity source already exists.");
    return TRUE;
}

/* Also a tenant that is named by its id is known by its domain. */
static gboolean check_domain(struct call *call, const json *source)
{
    const json *tenant = tenant_other(call->practice, "tenantId", json_get_string(source, "tenantId"));
    const char *domain = json_get_string(tenant != NULL ? tenant : source, tenant != NULL ? "domain" : "domainName");
    return domain == NULL || graph_domain_may_come_in(call, domain);
}

static void handle_create(struct call *call)
{
    static const char *const copied[] = {"displayName", "description", NULL};
    const json *asked = json_at(json_get(call->body, "identitySources"), 0);
    g_autoptr(json) source = stored_source(call->practice, asked);
    if (!check_source(call, source) || !check_domain(call, asked))
        return;
    const char *state = json_get_string(call->body, "state");
    json *organization = json_from("{'identitySources':[%j],'state':%s,'+internalSponsors':[],'+externalSponsors':[]}",
                                   source, state != NULL ? state : "proposed");
    graph_copy_members(organization, call->body, copied);
    entitlement_stamp_new(call->practice, organization);
    tenant_add(call->practice, "connectedOrganizations", organization);
    /* The answer is made before the identity source is resolved. */
    g_autoptr(json) shown = json_copy(organization);
    json_set(shown, "identitySources", json_new_array());
    odata_answer_object(call, 201, shown);
}

static void handle_update(struct call *call)
{
    json *organization = entitlement_read(call, "connectedOrganizations", call->parameters[0]);
    if (organization == NULL)
        return;
    graph_update(call, organization);
    entitlement_stamp(call->practice, organization);
    answer_nothing(call, 204);
}

static void handle_delete(struct call *call)
{
    if (entitlement_read(call, "connectedOrganizations", call->parameters[0]) == NULL)
        return;
    tenant_remove(call->practice, "connectedOrganizations", call->parameters[0]);
    answer_nothing(call, 204);
}

/* The place of the sponsor ID, -1 if it is none. */
static int sponsor_index(const json *organization, const char *id)
{
    int index = 0;
    json_for_each (sponsor, json_get(organization, "+internalSponsors")) {
        if (same_text(json_get_string(sponsor, "id"), id))
            return index;
        index++;
    }
    return -1;
}

static void handle_sponsors(struct call *call)
{
    const json *organization = entitlement_read(call, "connectedOrganizations", call->parameters[0]);
    if (organization == NULL)
        return;
    g_autoptr(json) ids = json_new_array();
    json_for_each (sponsor, json_get(organization, "+internalSponsors")) {
        json_append_string(ids, json_get_string(sponsor, "id"));
    }
    graph_answer_directory_objects(call, ids);
}

static void handle_add_sponsor(struct call *call)
{
    json *organization = entitlement_read(call, "connectedOrganizations", call->parameters[0]);
    g_autofree char *id = organization != NULL ? graph_reference(call) : NULL;
    if (id == NULL)
        return;
    const json *user = tenant_read(call->practice, "users", id);
    if (user == NULL) {
        entitlement_not_found(call);
    } else if (g_strcmp0(json_get_string(user, "userType"), "Member") != 0) {
        entitlement_invalid(call, "An internal sponsor has to be a member of the tenant.");
    } else if (sponsor_index(organization, id) >= 0) {
        entitlement_invalid(call, "The sponsor is already there.");
    } else {
        json_append(json_get(organization, "+internalSponsors"), entitlement_ref("users", json_get_string(user, "id")));
        tenant_changed(call->practice);
        answer_nothing(call, 204);
    }
}

static void handle_remove_sponsor(struct call *call)
{
    json *organization = entitlement_read(call, "connectedOrganizations", call->parameters[0]);
    if (organization == NULL)
        return;
    int index = sponsor_index(organization, call->parameters[1]);
    if (index < 0) {
        entitlement_not_found(call);
        return;
    }
    json_free(json_detach_at(json_get(organization, "+internalSponsors"), index));
    tenant_changed(call->practice);
    answer_nothing(call, 204);
}

static void answer_company_object(struct call *call, const char *name)
{
    odata_answer_object(call, 200, json_get(call->practice->company, name));
}

static void handle_settings(struct call *call)
{
    answer_company_object(call, "entitlementSettings");
}

static void handle_cross_tenant(struct call *call)
{
    answer_company_object(call, "crossTenantAccess");
}

static const struct route routes[] = {
    {.method = "GET",
     .path = ORGANIZATIONS,
     .scopes = ENTITLEMENT_READ,
     .collection = "connectedOrganizations",
     .odata = &organization_list,
     .handle = handle_list},
    {.method = "POST",
     .path = ORGANIZATIONS,
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .body = "createConnectedOrganization",
     .handle = handle_create},
    {.method = "GET",
     .path = ORGANIZATIONS "/{}",
     .scopes = ENTITLEMENT_READ,
     .collection = "connectedOrganizations",
     .odata = &organization_object,
     .handle = handle_get},
    {.method = "PATCH",
     .path = ORGANIZATIONS "/{}",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .body = "updateConnectedOrganization",
     .handle = handle_update},
    {.method = "DELETE",
     .path = ORGANIZATIONS "/{}",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .handle = handle_delete},
    {.method = "GET",
     .path = ORGANIZATIONS "/{}/internalSponsors",
     .scopes = ENTITLEMENT_READ,
     .odata = &plain_list,
     .handle = handle_sponsors},
    {.method = "POST",
     .path = ORGANIZATIONS "/{}/internalSponsors/$ref",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .body = "reference",
     .handle = handle_add_sponsor},
    {.method = "DELETE",
     .path = ORGANIZATIONS "/{}/internalSponsors/{}/$ref",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .handle = handle_remove_sponsor},
    {.method = "GET",
     .path = ENTITLEMENT "/settings",
     .scopes = ENTITLEMENT_READ,
     .odata = &plain_object,
     .handle = handle_settings},
    {.method = "GET",
     .path = "/v1.0/policies/crossTenantAccessPolicy/default",
     .scopes = "Policy.Read.All",
     .odata = &plain_object,
     .handle = handle_cross_tenant},
};
const struct route_table organization_routes = ROUTE_TABLE(SERVICE_GRAPH, routes);
