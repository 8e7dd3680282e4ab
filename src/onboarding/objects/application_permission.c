#include "onboarding/kinds.h"

#include "onboarding/service_principal.h"

/*
 * That an application holds one of several permissions: app roles of one resource, any of which is enough. Only a
 * person can consent, in a browser.
 */

static void look_up(const struct object *object, GPtrArray *requests)
{
    g_ptr_array_add(requests, service_principal_app_roles(object_text(object, "application")));
    g_ptr_array_add(requests, service_principal_by_app_id(object_text(object, "resourceAppId"), "id,appRoles"));
}

static gboolean is_granted(const struct reply *granted, const json *resource, const char *name)
{
    const char *id = json_get_string(service_principal_find_role(resource, "value", name), "id");
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
    const json *resource = service_principal_found(g_ptr_array_index(replies, 1));
    json_for_each (name, json_get(object->with, "anyOf")) {
        if (!is_granted(g_ptr_array_index(replies, 0), resource, json_string(name)))
            continue;
        observation_set(observation, OBJECT_MATCHES, "It holds %s.", json_string(name));
        return;
    }
    g_autofree char *names = wanted_names(object);
    observation_set(observation, OBJECT_ABSENT,
                    "The application does not hold %s: consent to it, on behalf of the organization.", names);
}

const struct object_kind application_permission_kind = {
    .name = "application-permission",
    .look_up = look_up,
    .compare = compare,
};
