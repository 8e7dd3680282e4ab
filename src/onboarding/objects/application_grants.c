#include "onboarding/kinds.h"

#include <string.h>

/*
 * What was granted to the partner's application, by name, against what the profile expects. The partner's list changes,
 * so a difference is shown and only nothing at all is a fault.
 */

static void look_up(const struct object *object, GPtrArray *requests)
{
    const char *application = object_text(object, "application");
    struct request *roles = request_get(SERVICE_GRAPH, "/v1.0/servicePrincipals/%s/appRoleAssignments", application);
    roles->scope = "Application.Read.All";
    roles->all_pages = TRUE;
    g_ptr_array_add(requests, roles);
    struct request *delegated = request_get(SERVICE_GRAPH, "/v1.0/oauth2PermissionGrants");
    request_query(delegated, "$filter", "clientId eq '%s' and consentType eq 'AllPrincipals'", application);
    delegated->scope = "Directory.Read.All";
    delegated->all_pages = TRUE;
    g_ptr_array_add(requests, delegated);
    struct request *resource = request_get(SERVICE_GRAPH, "/v1.0/servicePrincipals");
    request_query(resource, "$filter", "appId eq '%s'", object_text(object, "resourceAppId"));
    request_query(resource, "$select", "id,appRoles,oauth2PermissionScopes");
    resource->scope = "Application.Read.All";
    resource->all_pages = TRUE;
    g_ptr_array_add(requests, resource);
}

static const char *role_name(const json *resource, const char *role_id)
{
    json_for_each (role, json_get(resource, "appRoles")) {
        if (g_strcmp0(json_get_string(role, "id"), role_id) == 0)
            return json_get_string(role, "value");
    }
    return NULL;
}

static GPtrArray *granted_names(GPtrArray *replies)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const struct reply *roles = g_ptr_array_index(replies, 0);
    const struct reply *delegated = g_ptr_array_index(replies, 1);
    const json *resource = json_at(json_get(((const struct reply *)g_ptr_array_index(replies, 2))->body, "value"), 0);
    json_for_each (assignment, json_get(roles->body, "value")) {
        const char *id = json_get_string(assignment, "appRoleId");
        const char *name = role_name(resource, id);
        g_ptr_array_add(names, g_strdup(name != NULL ? name : id));
    }
    json_for_each (grant, json_get(delegated->body, "value")) {
        const char *scope = json_get_string(grant, "scope");
        g_auto(GStrv) parts = g_strsplit(scope != NULL ? scope : "", " ", -1);
        for (char **part = parts; *part != NULL; part++)
            if (**part != '\0')
                g_ptr_array_add(names, g_strdup(*part));
    }
    return names;
}

static gboolean holds(GPtrArray *names, const char *name)
{
    return g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL);
}

static char *join(GPtrArray *names)
{
    g_autoptr(GPtrArray) copy = g_ptr_array_copy(names, NULL, NULL);
    g_ptr_array_set_free_func(copy, NULL);
    g_ptr_array_add(copy, NULL);
    return g_strjoinv(", ", (char **)copy->pdata);
}

static void note_list(struct observation *observation, const char *what, GPtrArray *names)
{
    if (names->len == 0)
        return;
    g_autofree char *text = join(names);
    observation_note(observation, "%s: %s.", what, text);
}

/* Each permission of the profile says whether it reads or acts. */
static void note_differences(const struct object *object, GPtrArray *granted, struct observation *observation)
{
    g_autoptr(GPtrArray) missing = g_ptr_array_new();
    g_autoptr(GPtrArray) unexpected = g_ptr_array_new();
    g_autoptr(GPtrArray) acting = g_ptr_array_new();
    g_autoptr(GPtrArray) expected = g_ptr_array_new();
    json_for_each (permission, json_get(object->with, "expected")) {
        const char *name = json_get_string(permission, "name");
        g_ptr_array_add(expected, (gpointer)name);
        if (!holds(granted, name))
            g_ptr_array_add(missing, (gpointer)name);
        else if (json_get_bool(permission, "acts", FALSE))
            g_ptr_array_add(acting, (gpointer)name);
    }
    for (guint i = 0; i < granted->len; i++)
        if (!holds(expected, g_ptr_array_index(granted, i)))
            g_ptr_array_add(unexpected, g_ptr_array_index(granted, i));
    note_list(observation, "Granted and able to act, not only to read", acting);
    note_list(observation, "Expected and not granted", missing);
    note_list(observation, "Granted and not expected", unexpected);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) granted = granted_names(replies);
    if (granted->len == 0) {
        observation_set(
            observation, OBJECT_ABSENT,
            "The application is there and nothing is granted to it: consent on behalf of the organization.");
        return;
    }
    observation_set(observation, OBJECT_MATCHES, "%u permissions are granted.", granted->len);
    note_differences(object, granted, observation);
}

const struct object_kind application_grants_kind = {
    .name = "application-grants",
    .look_up = look_up,
    .compare = compare,
};
