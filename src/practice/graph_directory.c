/* SPDX-License-Identifier: MIT */
/* Who and what the tenant is: me, users, organization, domains, other tenants. */
#include <string.h>

#include "practice/graph.h"
#include "practice/oauth.h"
#include "practice/odata.h"
#include "practice/people.h"
#include "practice/resource.h"
#include "practice/tenant.h"

#define UPN_MOST 113

static void handle_me(struct call *call)
{
    /* A partner's administrator has no user object here. */
    const char *id = json_get_string(call->user, "id");
    if (tenant_find(call->practice, "users", id) != NULL || graph_not_found(call, id))
        odata_answer_object(call, 200, call->user);
}

/* UPN is of this company, of its form, and nobody's but OWN's (NULL: nobody's). */
static gboolean check_name(struct call *call, const char *upn, const json *own)
{
    const char *at = strchr(upn, '@');
    const json *holder = people_find(call->practice, upn);
    if (at == NULL || !tenant_has_domain(call->practice, at + 1))
        return graph_bad_request(call, "The domain portion of the userPrincipalName property is invalid. You must use "
                                       "one of the verified domain names in your organization.");
    if (strlen(upn) > UPN_MOST || !g_regex_match_simple("^[A-Za-z0-9'._!#^~-]{0,63}[A-Za-z0-9'_!#^~-]@", upn, 0, 0))
        return graph_bad_request(call, "Property userPrincipalName is invalid.");
    if (holder != NULL && !same_text(json_get_string(holder, "id"), json_get_string(own, "id"))) {
        graph_bad_request(call, "Another object with the same value for property %s already exists.",
                          "userPrincipalName");
        json_set(json_get(call->answer, "error"), "details",
                 json_from("[{'code':'ObjectConflict','message':%s,'target':%s}]",
                           json_get_string(json_get(call->answer, "error"), "message"), "userPrincipalName"));
        return FALSE;
    }
    return TRUE;
}

static gboolean check_password(struct call *call)
{
    const char *password = json_get_string(json_get(call->body, "passwordProfile"), "password");
    gboolean lower = FALSE, upper = FALSE, digit = FALSE, other = FALSE;
    for (const char *at = password; at != NULL && *at != '\0'; at++) {
        lower = lower || g_ascii_islower(*at);
        upper = upper || g_ascii_isupper(*at);
        digit = digit || g_ascii_isdigit(*at);
        other = other || !g_ascii_isalnum(*at);
    }
    return password == NULL || lower + upper + digit + other >= 3 ||
           graph_bad_request(call, "The specified password does not comply with password complexity requirements. "
                                   "Please provide a different password.");
}

static gboolean check_new_user(struct call *call, const json *object)
{
    (void)object;
    return check_name(call, json_get_string(call->body, "userPrincipalName"), NULL) && check_password(call);
}

static gboolean check_user_change(struct call *call, const json *user)
{
    const char *upn = json_get_string(call->body, "userPrincipalName");
    return (upn == NULL || check_name(call, upn, user)) && check_password(call);
}

static void handle_revoke(struct call *call)
{
    if (resource_read(call) != NULL)
        answer_json(call, 200, json_from("{'value':true}"));
}

static void handle_organization(struct call *call)
{
    const struct practice *practice = call->practice;
    const char *type = json_string(tenant_behaviour(practice, "tenantType"));
    json *organization =
        json_from("{'id':%s,'displayName':%s,'tenantType':%s,'countryLetterCode':'US','verifiedDomains':%j}",
                  tenant_id(practice), json_get_string(practice->company, "displayName"), type != NULL ? type : "AAD",
                  json_get(practice->company, "verifiedDomains"));
    json *list = json_new_array();
    json_append(list, organization);
    graph_answer_all_or_one(call, list);
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
    graph_answer_all_or_one(call, domains);
}

static void handle_find_tenant(struct call *call)
{
    const struct practice *practice = call->practice;
    const char *by = json_get_string(call->route->data, "by");
    gboolean own = by != NULL ? same_text(tenant_id(practice), call->parameters[0])
                              : tenant_has_domain(practice, call->parameters[0]);
    const json *other = own ? NULL : tenant_other(practice, by != NULL ? by : "domain", call->parameters[0]);
    if (!own && other == NULL) {
        graph_error(call, 404, "Directory_ObjectNotFound",
                    "Unable to read the company information from the directory.");
        return;
    }
    g_autoptr(json) shown =
        json_from("{'tenantId':%s,'displayName':%s,'defaultDomainName':%s,'federationBrandName':null}",
                  own ? tenant_id(practice) : json_get_string(other, "tenantId"),
                  json_get_string(own ? practice->company : other, "displayName"),
                  own ? tenant_domain(practice) : json_get_string(other, "domain"));
    odata_answer_object(call, 200, shown);
}

/* OpenID's own address for who is signed in. */
static void handle_userinfo(struct call *call)
{
    g_autofree char *subject =
        oauth_subject(json_get_string(call->token, "client"), json_get_string(call->token, "user"));
    answer_json(call, 200,
                json_from("{'sub':%s,'name':%s,'family_name':%s,'given_name':%s,'email':%s}", subject,
                          json_get_string(call->user, "displayName"), json_get_string(call->user, "surname"),
                          json_get_string(call->user, "givenName"), json_get_string(call->user, "mail")));
}

/* What lies in the bins, by id: of whatever kind. */
static void handle_deleted(struct call *call)
{
    static const char *const bins[] = {"deletedGroups", "deletedUsers", "deletedServicePrincipals"};
    for (gsize i = 0; i < G_N_ELEMENTS(bins); i++) {
        const json *found = tenant_find(call->practice, bins[i], call->parameters[0]);
        if (found != NULL) {
            odata_answer_object(call, 200, found);
            return;
        }
    }
    graph_not_found(call, call->parameters[0]);
}

static const struct hook hooks[] = {
    {.name = "me", .handle = handle_me},
    {.name = "user-new", .check = check_new_user},
    {.name = "user-change", .check = check_user_change},
    {.name = "revoke-sessions", .handle = handle_revoke},
    {.name = "organization", .handle = handle_organization},
    {.name = "domains", .handle = handle_domains},
    {.name = "find-tenant", .handle = handle_find_tenant},
    {.name = "userinfo", .handle = handle_userinfo},
    {.name = "deleted", .handle = handle_deleted},
};
const struct hook_table directory_hooks = HOOK_TABLE(hooks);
