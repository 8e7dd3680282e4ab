/* SPDX-License-Identifier: MIT */
/* Connected organizations and their sponsors, the settings of entitlement management, cross-tenant access. */
#include <string.h>

#include "practice/entitlement.h"
#include "practice/odata.h"
#include "practice/tenant.h"

#define TENANT_SOURCE "#microsoft.graph.azureActiveDirectoryTenant"
#define DOMAIN_SOURCE "#microsoft.graph.domainIdentitySource"

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

static gboolean check_new(struct call *call, const json *object)
{
    const struct practice *practice = call->practice;
    const json *asked = json_at(json_get(call->body, "identitySources"), 0);
    g_autoptr(json) source = stored_source(practice, asked);
    const char *domain = json_get_string(source, "domainName");
    (void)object;
    if (same_text(json_get_string(source, "tenantId"), tenant_id(practice)) ||
        (domain != NULL && tenant_has_domain(practice, domain)))
        return entitlement_invalid(call, "The identity source is this tenant itself.");
    json_for_each (organization, tenant_collection(practice, "connectedOrganizations")) {
        const json *stored = json_at(json_get(organization, "identitySources"), 0);
        if (same_text(json_get_string(stored, "tenantId"), json_get_string(source, "tenantId")) ||
            same_text(json_get_string(stored, "domainName"), domain))
            return graph_error(call, 409, "Conflict",
                               "A connected organization with this identity source already exists.");
    }
    /* Also a tenant that is named by its id is known by its domain. */
    const json *tenant = tenant_other(practice, "tenantId", json_get_string(asked, "tenantId"));
    domain = json_get_string(tenant != NULL ? tenant : asked, tenant != NULL ? "domain" : "domainName");
    return domain == NULL || graph_domain_may_come_in(call, domain);
}

static void finish(struct call *call, json *organization)
{
    json *source = stored_source(call->practice, json_at(json_get(call->body, "identitySources"), 0));
    json *sources = json_new_array();
    json_append(sources, source);
    json_set(organization, "identitySources", sources);
}

/* The answer is made before the identity source is resolved. */
static void answer_made(struct call *call)
{
    g_autoptr(json) shown = json_copy(call->made);
    json_set(shown, "identitySources", json_new_array());
    odata_answer_object(call, 201, shown);
}

static gboolean are_external(const struct call *call)
{
    return strstr(call->route->path, "/externalSponsors") != NULL;
}

/* The sponsors that the path is about. */
static json *sponsors_of(const struct call *call, json *organization)
{
    const char *name = are_external(call) ? "+externalSponsors" : "+internalSponsors";
    if (json_get(organization, name) == NULL)
        json_set(organization, name, json_new_array());
    return json_get(organization, name);
}

/* The place of ID among the sponsors, -1 if it is none. */
static int sponsor_index(const json *sponsors, const char *id)
{
    int index = 0;
    json_for_each (sponsor, sponsors) {
        if (same_text(json_get_string(sponsor, "id"), id))
            return index;
        index++;
    }
    return -1;
}

static void handle_sponsors(struct call *call)
{
    json *organization = entitlement_read(call, "connectedOrganizations", call->parameters[0]);
    if (organization == NULL)
        return;
    g_autoptr(json) ids = json_new_array();
    json_for_each (sponsor, sponsors_of(call, organization)) {
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
    json *sponsors = sponsors_of(call, organization);
    const json *user = tenant_read(call->practice, "users", id);
    gboolean is_guest = g_strcmp0(json_get_string(user, "userType"), "Member") != 0;
    if (user == NULL) {
        entitlement_not_found(call);
    } else if (is_guest != are_external(call)) {
        entitlement_invalid(call, "An internal sponsor has to be a member of the tenant, an external one a guest.");
    } else if (sponsor_index(sponsors, id) >= 0) {
        entitlement_invalid(call, "The sponsor is already there.");
    } else {
        json_append(sponsors, entitlement_ref("users", json_get_string(user, "id")));
        tenant_changed(call->practice);
        answer_nothing(call, 204);
    }
}

static void handle_remove_sponsor(struct call *call)
{
    json *organization = entitlement_read(call, "connectedOrganizations", call->parameters[0]);
    if (organization == NULL)
        return;
    json *sponsors = sponsors_of(call, organization);
    int index = sponsor_index(sponsors, call->parameters[1]);
    if (index < 0) {
        entitlement_not_found(call);
        return;
    }
    json_free(json_detach_at(sponsors, index));
    tenant_changed(call->practice);
    answer_nothing(call, 204);
}

/* What the company's file holds by the name that the route says. */
static void handle_company_object(struct call *call)
{
    odata_answer_object(call, 200, json_get(call->practice->company, json_get_string(call->route->data, "shows")));
}

static void handle_change_company_object(struct call *call)
{
    json *object = json_get(call->practice->company, json_get_string(call->route->data, "shows"));
    json_for_each (member, call->body) {
        json_set(object, json_name(member), json_copy(member));
    }
    answer_nothing(call, 204);
}

/* Microsoft: "you can delete a connected organization only if there are no connected users". */
static gboolean check_delete(struct call *call, const json *organization)
{
    const char *id = json_get_string(organization, "id");
    json_for_each (assignment, tenant_collection(call->practice, "assignments")) {
        const json *policy = tenant_find(call->practice, "assignmentPolicies", json_get_string(assignment, "_policy"));
        if (same_text(json_get_string(assignment, "state"), "expired"))
            continue;
        if (tenant_in(json_get(policy, "specificAllowedTargets"), "connectedOrganizationId", id) != NULL)
            return entitlement_invalid(call, "The connected organization cannot be deleted: it has connected users.");
    }
    return TRUE;
}

static const struct hook hooks[] = {
    {.name = "organization-new", .check = check_new, .finish = finish},
    {.name = "organization-delete", .check = check_delete},
    {.name = "organization-answer", .handle = answer_made},
    {.name = "sponsors", .handle = handle_sponsors},
    {.name = "sponsor-add", .handle = handle_add_sponsor},
    {.name = "sponsor-remove", .handle = handle_remove_sponsor},
    {.name = "company-object", .handle = handle_company_object},
    {.name = "company-object-change", .handle = handle_change_company_object},
};
const struct hook_table organization_hooks = HOOK_TABLE(hooks);
