/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

/* Graph's resource organization, tenantType. */
#define TYPE_COMPANY "AAD"
#define TYPE_B2C "AAD B2C"
#define TYPE_CUSTOMERS "CIAM"

static void look_up(const struct object *object, GPtrArray *requests)
{
    (void)object;
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/organization");
    request_query(request, "$select", "id,displayName,verifiedDomains,tenantType");
    request->scope = "User.Read";
    g_ptr_array_add(requests, request);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    (void)object;
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const json *organization = json_at(json_get(reply->body, "value"), 0);
    const char *domain = NULL;
    g_autoptr(GString) domains = g_string_new(NULL); /* every verified one, lower case, separated by spaces */
    json_for_each (verified, json_get(organization, "verifiedDomains")) {
        const char *one = json_get_string(verified, "name");
        if (one == NULL)
            continue;
        g_autofree char *lower = g_ascii_strdown(one, -1);
        g_string_append_printf(domains, "%s%s", domains->len > 0 ? " " : "", lower);
        if (domain == NULL && json_get_bool(verified, "isInitial", FALSE))
            domain = one;
    }
    const char *name = json_get_string(organization, "displayName");
    if (json_get_string(organization, "id") == NULL || domain == NULL || name == NULL) {
        observation_set(observation, OBJECT_UNKNOWN, "Microsoft did not say which tenant this is.");
        return;
    }
    observation_learn(observation, "id", json_get_string(organization, "id"));
    observation_learn(observation, "domain", domain);
    observation_learn(observation, "domains", domains->str);
    observation_learn(observation, "name", name);
    observation_set(observation, OBJECT_MATCHES, "%s, %s.", name, domain);
    const char *type = json_get_string(organization, "tenantType");
    if (g_strcmp0(type, TYPE_B2C) != 0 && g_strcmp0(type, TYPE_CUSTOMERS) != 0)
        return;
    observation_difference(observation, "tenantType", TYPE_COMPANY, type, TRUE);
    observation_set(
        observation, OBJECT_DIFFERS,
        "%s, %s, is a tenant for customers (%s), and not the company's own, which has its Defender. Sign in "
        "to that one: name it with --tenant.",
        name, domain, type);
}

static const char *const learns[] = {"domain", "domains", NULL};

const struct object_kind tenant_kind = {
    .name = "tenant",
    .learns = learns,
    .look_up = look_up,
    .compare = compare,
};
