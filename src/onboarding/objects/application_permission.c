#include "onboarding/kinds.h"

#include <string.h>

/*
 * That an application holds one of several permissions: app roles of one resource, any of which is enough. Only a
 * person can consent, in a browser.
 */

static void look_up(const struct object *object, GPtrArray *requests)
{
    struct request *granted =
        request_get(SERVICE_GRAPH, "/v1.0/servicePrincipals/%s/appRoleAssignments", object_text(object, "application"));
    granted->scope = "Application.Read.All";
    granted->all_pages = TRUE;
    g_ptr_array_add(requests, granted);
    struct request *resource = request_get(SERVICE_GRAPH, "/v1.0/servicePrincipals");
    request_query(resource, "$filter", "appId eq '%s'", object_text(object, "resourceAppId"));
    request_query(resource, "$select", "id,appRoles");
    resource->scope = "Application.Read.All";
    resource->all_pages = TRUE;
    g_ptr_array_add(requests, resource);
}

static const char *role_id(const json *resource, const char *name)
{
    json_for_each (role, json_get(resource, "appRoles")) {
        if (g_strcmp0(json_get_string(role, "value"), name) == 0)
            return json_get_string(role, "id");
    }
    return NULL;
}

static gboolean is_granted(const struct reply *granted, const json *resource, const char *name)
{
    const char *id = role_id(resource, name);
    json_for_each (assignment, id != NULL ? json_get(granted->body, "value") : NULL) {
        if (g_strcmp0(json_get_string(assignment, "appRoleId"), id) == 0 &&
            g_strcmp0(json_get_string(assignment, "resourceId"), json_get_string(resource, "id")) == 0)
            return TRUE;
    }
    return FALSE;
}

static char *wanted_names(const struct object *object)
{
    GString *names = g_string_new(NULL);
    json_for_each (name, json_get(object->with, "anyOf")) {
        g_string_append_printf(names, "%s%s", names->len > 0 ? " or " : "", json_string(name));
    }
    return g_string_free(names, FALSE);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *resources = g_ptr_array_index(replies, 1);
    const json *resource = json_at(json_get(resources->body, "value"), 0);
    json_for_each (name, json_get(object->with, "anyOf")) {
        if (!is_granted(g_ptr_array_index(replies, 0), resource, json_string(name)))
            continue;
        observation_set(observation, OBJECT_MATCHES, "It holds %s.", json_string(name));
        return;
    }
    g_autofree char *names = wanted_names(object);
    observation_set(observation, OBJECT_ABSENT,
                    "The application holds neither %s: consent to it, on behalf of the organization.", names);
}

const struct object_kind application_permission_kind = {
    .name = "application-permission",
    .look_up = look_up,
    .compare = compare,
};
