#include "onboarding/kinds.h"

static void look_up(const struct object *object, GPtrArray *requests)
{
    (void)object;
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/organization");
    request_query(request, "$select", "id,displayName,verifiedDomains");
    request->scope = "User.Read";
    g_ptr_array_add(requests, request);
}

static const char *initial_domain(const json *organization)
{
    json_for_each (domain, json_get(organization, "verifiedDomains")) {
        if (json_get_bool(domain, "isInitial", FALSE))
            return json_get_string(domain, "name");
    }
    return NULL;
}

/* Every verified domain, lower case, separated by spaces. Caller frees. */
static char *all_domains(const json *organization)
{
    GString *names = g_string_new(NULL);
    json_for_each (domain, json_get(organization, "verifiedDomains")) {
        const char *name = json_get_string(domain, "name");
        g_autofree char *lower = g_ascii_strdown(name != NULL ? name : "", -1);
        g_string_append_printf(names, "%s%s", names->len > 0 ? " " : "", lower);
    }
    return g_string_free(names, FALSE);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    (void)object;
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const json *organization = json_at(json_get(reply->body, "value"), 0);
    const char *domain = initial_domain(organization);
    const char *name = json_get_string(organization, "displayName");
    if (json_get_string(organization, "id") == NULL || domain == NULL || name == NULL) {
        observation_set(observation, OBJECT_UNKNOWN, "Microsoft did not say which tenant this is.");
        return;
    }
    observation_learn(observation, "id", json_get_string(organization, "id"));
    g_autofree char *domains = all_domains(organization);
    observation_learn(observation, "domain", domain);
    observation_learn(observation, "domains", domains);
    observation_learn(observation, "name", name);
    observation_set(observation, OBJECT_MATCHES, "%s, %s.", name, domain);
}

const struct object_kind tenant_kind = {
    .name = "tenant",
    .look_up = look_up,
    .compare = compare,
};
