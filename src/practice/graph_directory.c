/* Who and what the tenant is: me, users, organization, domains, licences, other tenants. */
#include <string.h>

#include "practice/graph.h"
#include "practice/people.h"
#include "practice/tenant.h"

static void handle_me(struct call *call)
{
    odata_answer_object(call, 200, call->user);
}

static void handle_my_roles(struct call *call)
{
    graph_answer_objects(call, graph_roles_of(call->practice, json_get_string(call->user, "id")));
}

static const json *read_user(struct call *call)
{
    const json *user = people_find(call->practice, call->parameters[0]);
    if (user != NULL && tenant_read(call->practice, "users", json_get_string(user, "id")) != NULL)
        return user;
    graph_not_found(call, call->parameters[0]);
    return NULL;
}

static void handle_user(struct call *call)
{
    const json *user = read_user(call);
    if (user != NULL)
        odata_answer_object(call, 200, user);
}

static void handle_roles_of_user(struct call *call)
{
    const json *user = read_user(call);
    if (user != NULL)
        graph_answer_objects(call, graph_roles_of(call->practice, json_get_string(user, "id")));
}

static void handle_member_of(struct call *call)
{
    const json *user = read_user(call);
    if (user == NULL)
        return;
    const char *id = json_get_string(user, "id");
    json *objects = graph_roles_of(call->practice, id);
    json_for_each (group, tenant_collection(call->practice, "groups")) {
        if (graph_list_has(json_get(group, "_members"), id, NULL))
            json_append(objects, graph_directory_object(call, json_get_string(group, "id")));
    }
    graph_answer_objects(call, objects);
}

/* Three of: small letters, capitals, digits, others. */
static gboolean is_strong(const char *password)
{
    gboolean lower = FALSE, upper = FALSE, digit = FALSE, other = FALSE;
    for (; *password != '\0'; password++) {
        lower = lower || g_ascii_islower(*password);
        upper = upper || g_ascii_isupper(*password);
        digit = digit || g_ascii_isdigit(*password);
        other = other || !g_ascii_isalnum(*password);
    }
    return lower + upper + digit + other >= 3;
}

static gboolean refuse_duplicate(struct call *call, const char *property)
{
    graph_bad_request(call, "Another object with the same value for property %s already exists.", property);
    json_set(json_get(call->answer, "error"), "details",
             json_from("[{'code':'ObjectConflict','message':%s,'target':%s}]",
                       json_get_string(json_get(call->answer, "error"), "message"), property));
    return FALSE;
}

static gboolean check_new_user(struct call *call)
{
    const char *upn = json_get_string(call->body, "userPrincipalName");
    const char *at = strchr(upn, '@');
    if (at == NULL || !tenant_has_domain(call->practice, at + 1))
        return graph_bad_request(call, "The domain portion of the userPrincipalName property is invalid. You must use "
                                       "one of the verified domain names in your organization.");
    if (!g_regex_match_simple("^[A-Za-z0-9'._!#^~-]{1,64}@", upn, 0, 0))
        return graph_bad_request(call, "Property userPrincipalName is invalid.");
    if (people_find(call->practice, upn) != NULL)
        return refuse_duplicate(call, "userPrincipalName");
    if (!is_strong(json_get_string(json_get(call->body, "passwordProfile"), "password")))
        return graph_bad_request(call, "The specified password does not comply with password complexity requirements. "
                                       "Please provide a different password.");
    return TRUE;
}

static void handle_create_user(struct call *call)
{
    static const char *const names[] = {"displayName",
                                        "givenName",
                                        "jobTitle",
                                        "mail",
                                        "mobilePhone",
                                        "surname",
                                        "officeLocation",
                                        "preferredLanguage",
                                        "userPrincipalName",
                                        "mailNickname",
                                        "accountEnabled",
                                        "usageLocation",
                                        NULL};
    if (!check_new_user(call))
        return;
    g_autofree char *now = practice_time(call->practice);
    json *user = json_from("{'businessPhones':[],'userType':'Member','proxyAddresses':[],'createdDateTime':%s}", now);
    graph_copy_members(user, call->body, names);
    odata_answer_object(call, 201, tenant_add(call->practice, "users", user));
}

static void handle_delete_user(struct call *call)
{
    const json *user = read_user(call);
    if (user == NULL)
        return;
    g_autofree char *id = g_strdup(json_get_string(user, "id"));
    tenant_remove(call->practice, "users", id);
    answer_nothing(call, 204);
}

static void handle_organization(struct call *call)
{
    const struct practice *practice = call->practice;
    json *organization =
        json_from("{'id':%s,'displayName':%s,'tenantType':'AAD','countryLetterCode':'US','verifiedDomains':%j}",
                  tenant_id(practice), json_get_string(practice->company, "displayName"),
                  json_get(practice->company, "verifiedDomains"));
    json *list = json_new_array();
    json_append(list, organization);
    graph_answer_objects(call, list);
}

static void handle_domains(struct call *call)
{
    json *domains = json_new_array();
    json_for_each (domain, json_get(call->practice->company, "verifiedDomains")) {
        json_append(domains, json_from("{'id':%s,'authenticationType':'Managed','isAdminManaged':true,'isDefault':%b,"
                                       "'isInitial':%b,'isRoot':true,'isVerified':true,'supportedServices':[]}",
                                       json_get_string(domain, "name"), json_get_bool(domain, "isDefault", FALSE),
                                       json_get_bool(domain, "isInitial", FALSE)));
    }
    graph_answer_objects(call, domains);
}

static void handle_find_tenant(struct call *call)
{
    const json *tenant = tenant_other(call->practice, "domain", call->parameters[0]);
    if (tenant == NULL) {
        graph_error(call, 404, "ResourceNotFound", "Unable to find tenant by domain name.");
        return;
    }
    g_autoptr(json) shown = json_from(
        "{'tenantId':%s,'displayName':%s,'defaultDomainName':%s,'federationBrandName':null}",
        json_get_string(tenant, "tenantId"), json_get_string(tenant, "displayName"), json_get_string(tenant, "domain"));
    odata_answer_object(call, 200, shown);
}

static const struct route routes[] = {
    {.method = "GET",
     .path = "/v1.0/me",
     .scopes = "User.Read User.Read.All User.ReadWrite.All",
     .odata = &user_object,
     .handle = handle_me},
    {.method = "GET",
     .path = "/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole",
     .scopes = "User.Read Directory.Read.All",
     .odata = &plain_list,
     .handle = handle_my_roles},
    {.method = "GET",
     .path = "/v1.0/users",
     .scopes = "User.ReadBasic.All User.Read.All",
     .collection = "users",
     .odata = &user_list,
     .handle = handle_list},
    {.method = "POST",
     .path = "/v1.0/users",
     .scopes = "User.ReadWrite.All",
     .roles = "User Administrator",
     .body = "createUser",
     .odata = &user_object,
     .handle = handle_create_user},
    {.method = "GET",
     .path = "/v1.0/users/{}",
     .scopes = "User.ReadBasic.All User.Read.All",
     .odata = &user_object,
     .handle = handle_user},
    {.method = "DELETE",
     .path = "/v1.0/users/{}",
     .scopes = "User.DeleteRestore.All User.ReadWrite.All",
     .roles = "User Administrator",
     .handle = handle_delete_user},
    {.method = "GET",
     .path = "/v1.0/users/{}/transitiveMemberOf",
     .scopes = "Directory.Read.All",
     .odata = &plain_list,
     .handle = handle_member_of},
    {.method = "GET",
     .path = "/v1.0/users/{}/transitiveMemberOf/microsoft.graph.directoryRole",
     .scopes = "Directory.Read.All RoleManagement.Read.Directory",
     .odata = &plain_list,
     .handle = handle_roles_of_user},
    {.method = "GET",
     .path = "/v1.0/organization",
     .scopes = "User.Read Organization.Read.All",
     .odata = &plain_list,
     .handle = handle_organization},
    {.method = "GET",
     .path = "/v1.0/domains",
     .scopes = "Domain.Read.All",
     .odata = &plain_list,
     .handle = handle_domains},
    {.method = "GET",
     .path = "/v1.0/subscribedSkus",
     .scopes = "Organization.Read.All Directory.Read.All",
     .collection = "subscribedSkus",
     .odata = &plain_object,
     .handle = handle_list},
    {.method = "GET",
     .path = "/v1.0/tenantRelationships/findTenantInformationByDomainName(domainName='{}')",
     .scopes = "CrossTenantInformation.ReadBasic.All",
     .odata = &plain_object,
     .handle = handle_find_tenant},
};
const struct route_table directory_routes = ROUTE_TABLE(SERVICE_GRAPH, routes);
