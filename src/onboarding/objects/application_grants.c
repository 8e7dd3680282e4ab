#include "onboarding/kinds.h"

#include "base/text.h"
#include "onboarding/service_principal.h"

/*
 * What was granted to the partner's application, by name, against what the profile expects. The partner's list changes,
 * so a difference is shown and only nothing at all is a fault.
 */

static void look_up(const struct object *object, GPtrArray *requests)
{
    const char *application = object_text(object, "application");
    struct request *delegated = request_get(SERVICE_GRAPH, "/v1.0/oauth2PermissionGrants");
    request_query(delegated, "$filter", "clientId eq '%s' and consentType eq 'AllPrincipals'", application);
    delegated->scope = "Directory.Read.All";
    delegated->all_pages = TRUE;
    g_ptr_array_add(requests, service_principal_app_roles(application));
    g_ptr_array_add(requests, delegated);
    g_ptr_array_add(requests, service_principal_by_app_id(object_text(object, "resourceAppId"),
                                                          "id,appRoles,oauth2PermissionScopes"));
}

static void add_app_roles(GPtrArray *names, const struct reply *granted, const json *resource)
{
    json_for_each (assignment, json_get(granted->body, "value")) {
        const char *id = json_get_string(assignment, "appRoleId");
        const char *name = json_get_string(service_principal_find_role(resource, "id", id), "value");
        if (id != NULL)
            g_ptr_array_add(names, g_strdup(name != NULL ? name : id));
    }
}

static void add_delegated(GPtrArray *names, const struct reply *granted)
{
    json_for_each (grant, json_get(granted->body, "value")) {
        const char *scope = json_get_string(grant, "scope");
        g_auto(GStrv) parts = g_strsplit(scope != NULL ? scope : "", " ", -1);
        for (char **part = parts; *part != NULL; part++)
            if (**part != '\0')
                g_ptr_array_add(names, g_strdup(*part));
    }
}

static gboolean holds(GPtrArray *names, const char *name)
{
    return g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL);
}

static void note_list(struct observation *observation, const char *what, GPtrArray *names)
{
    if (names->len == 0)
        return;
    g_autofree char *text = text_join(names, ", ");
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
        if (name == NULL)
            continue;
        g_ptr_array_add(expected, (gpointer)name);
        if (!holds(granted, name))
            g_ptr_array_add(missing, (gpointer)name);
        else if (json_get_bool(permission, "acts", FALSE))
            g_ptr_array_add(acting, (gpointer)name);
    }
    for (guint i = 0; i < granted->len; i++)
        if (!holds(expected, g_ptr_array_index(granted, i)))
            g_ptr_array_add(unexpected, g_ptr_array_index(granted, i));
    for (guint i = 0; i < missing->len; i++)
        observation_difference(observation, g_ptr_array_index(missing, i), "granted", "not granted", TRUE);
    note_list(observation, "Granted and able to act, not only to read", acting);
    note_list(observation, "Expected and not granted", missing);
    note_list(observation, "Granted and not expected", unexpected);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) granted = g_ptr_array_new_with_free_func(g_free);
    add_app_roles(granted, g_ptr_array_index(replies, 0), service_principal_found(g_ptr_array_index(replies, 2)));
    add_delegated(granted, g_ptr_array_index(replies, 1));
    if (granted->len == 0) {
        observation_set(
            observation, OBJECT_ABSENT,
            "The application is there and nothing is granted to it: consent on behalf of the organization.");
        return;
    }
    observation_set(observation, OBJECT_MATCHES, "%u permission%s granted.", granted->len,
                    granted->len == 1 ? " is" : "s are");
    note_differences(object, granted, observation);
}

const struct object_kind application_grants_kind = {
    .name = "application-grants",
    .look_up = look_up,
    .compare = compare,
};
