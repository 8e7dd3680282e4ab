#include "onboarding/kinds.h"

#include <string.h>

static void look_up(const struct object *object, GPtrArray *requests)
{
    (void)object;
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole");
    request_query(request, "$select", "id,displayName,roleTemplateId");
    request->scope = "User.Read";
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

static char *role_names(const json *roles)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    json_for_each(role, roles)
    {
        const char *name = json_get_string(role, "displayName");
        g_ptr_array_add(names, (gpointer)(name != NULL ? name : json_get_string(role, "roleTemplateId")));
    }
    g_ptr_array_add(names, NULL);
    return names->len > 1 ? g_strjoinv(", ", (char **)names->pdata) : g_strdup("none");
}

/* Only active assignments are listed: an eligible role in Privileged Identity Management shows after its activation. */
static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const json *roles = json_get(reply->body, "value");
    const char *wanted = object_text(object, "roleTemplateId");
    const char *wanted_name = object_text(object, "roleName");
    g_autofree char *names = role_names(roles);
    json_for_each(role, roles)
    {
        if (g_strcmp0(json_get_string(role, "roleTemplateId"), wanted) == 0) {
            observation_set(observation, OBJECT_MATCHES, "Active roles: %s.", names);
            return;
        }
    }
    observation_difference(observation, "active roles", wanted_name, names, TRUE);
    observation_set(
        observation, OBJECT_DIFFERS,
        "%s is not active for this account (active: %s). If it is eligible in Privileged Identity Management, "
        "activate it there, then check again.",
        wanted_name, names);
}

const struct object_kind admin_role_kind = {
    .name = "admin-role",
    .look_up = look_up,
    .compare = compare,
};
