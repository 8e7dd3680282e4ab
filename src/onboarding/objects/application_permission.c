/* SPDX-License-Identifier: MIT */
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

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const json *resource = service_principal_found(g_ptr_array_index(replies, 1));
    const struct reply *granted = g_ptr_array_index(replies, 0);
    g_autoptr(GString) names = g_string_new(NULL);
    json_for_each (name, json_get(object->with, "anyOf")) {
        const json *role = service_principal_find_role(resource, "value", json_string(name));
        json_for_each (held, role != NULL ? json_get(granted->body, "value") : NULL) {
            if (g_strcmp0(json_get_string(held, "appRoleId"), json_get_string(role, "id")) == 0 &&
                g_strcmp0(json_get_string(held, "resourceId"), json_get_string(resource, "id")) == 0) {
                observation_set(observation, OBJECT_MATCHES, "It holds %s.", json_string(name));
                return;
            }
        }
        g_string_append_printf(names, "%s%s", names->len > 0 ? " or " : "", json_string(name));
    }
    observation_set(observation, OBJECT_ABSENT,
                    "The application does not hold %s: consent to it, on behalf of the organization.", names->str);
}

static const struct json_schema with[] = {
    {.name = "application", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "resourceAppId", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "anyOf", .is = JSON_LIST | JSON_FILLED | JSON_REQUIRED, .inner = &with_text},
    {.name = NULL},
};

const struct object_kind application_permission_kind = {
    .name = "application-permission",
    .with = with,
    .look_up = look_up,
    .compare = compare,
};
