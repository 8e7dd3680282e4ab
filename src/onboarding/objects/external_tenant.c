/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

static void look_up(const struct object *object, GPtrArray *requests)
{
    g_autofree char *domain = odata_literal(object_text(object, "domainName"));
    struct request *request = request_get(
        SERVICE_GRAPH, "/v1.0/tenantRelationships/findTenantInformationByDomainName(domainName=%s)", domain);
    request->scope = "CrossTenantInformation.ReadBasic.All";
    g_ptr_array_add(requests, request);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const char *domain = object_text(object, "domainName");
    const char *id = json_get_string(reply->body, "tenantId");
    if (reply->status == 404 || id == NULL) {
        observation_set(observation, OBJECT_ABSENT, "No Microsoft Entra tenant answers to %s.", domain);
        return;
    }
    const char *name = json_get_string(reply->body, "displayName");
    observation_learn(observation, "id", id);
    observation_learn(observation, "name", name);
    observation_set(observation, OBJECT_MATCHES, "%s belongs to the tenant “%s” (%s), default domain %s.", domain,
                    name != NULL ? name : "without a name", id,
                    json_get_string(reply->body, "defaultDomainName") != NULL
                        ? json_get_string(reply->body, "defaultDomainName")
                        : "not told");
}

static const struct json_schema with[] = {
    {.name = "domainName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};

const struct object_kind external_tenant_kind = {
    .name = "external-tenant",
    .with = with,
    .title_shows = "domainName",
    .missing_is_absent = TRUE,
    .look_up = look_up,
    .compare = compare,
};
