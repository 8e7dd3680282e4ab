/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/assets.h"
#include "base/text.h"
#include "onboarding/door.h"
#include "onboarding/service_principal.h"

/*
 * What was granted to the partner's application, by name, against what the profile expects: what the article is for and
 * is lacking, and what is too much.
 */

static void look_up(const struct object *object, GPtrArray *requests)
{
    const char *application = object_text(object, "application");
    struct request *delegated = request_get(SERVICE_GRAPH, "/v1.0/oauth2PermissionGrants");
    /* What single persons consented to is ended as well when the partner is left. */
    if (object->leaves)
        request_query(delegated, "$filter", "clientId eq '%s'", application);
    else
        request_query(delegated, "$filter", "clientId eq '%s' and consentType eq 'AllPrincipals'", application);
    delegated->scope = "Directory.Read.All";
    delegated->all_pages = TRUE;
    g_ptr_array_add(requests, service_principal_app_roles(application));
    g_ptr_array_add(requests, delegated);
    g_ptr_array_add(requests, service_principal_by_app_id(object_text(object, "resourceAppId"),
                                                          "id,appRoles,oauth2PermissionScopes"));
}

/* Every application that people sign in to has these, whatever else it asks for. */
static const char *const of_any_sign_in[] = {"openid", "profile", "email", "offline_access", "User.Read", NULL};

/* The names of what REPLIES say was granted: of an app role that the resource does not know, its id. */
static GPtrArray *granted_names(GPtrArray *replies)
{
    const struct reply *roles = g_ptr_array_index(replies, 0);
    const struct reply *delegated = g_ptr_array_index(replies, 1);
    const json *resource = service_principal_found(g_ptr_array_index(replies, 2));
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    json_for_each (assignment, json_get(roles->body, "value")) {
        const char *id = json_get_string(assignment, "appRoleId");
        const char *name = json_get_string(service_principal_find_role(resource, "id", id), "value");
        if (id != NULL)
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

static void note_list(struct observation *observation, const char *what, GPtrArray *names)
{
    if (names->len == 0)
        return;
    g_autofree char *text = text_join(names, ", ");
    observation_note(observation, "%s: %s.", what, text);
}

/* Microsoft names a permission by what it is of and what it does to it: what does anything but read can
 * act, whatever a profile says of it. */
static gboolean can_act(const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, ".", -1);
    return !g_strv_contains((const char *const *)parts, "Read") &&
           !g_strv_contains((const char *const *)parts, "ReadBasic");
}

/* Each permission of the profile may say that it acts, and whether Microsoft may have taken it away. What the
 * article is for and is lacking, and what nobody expects, is a difference. */
static void judge(const struct object *object, GPtrArray *granted, struct observation *observation)
{
    g_autoptr(GPtrArray) holders = door_holders_new();
    g_autoptr(GPtrArray) acting = g_ptr_array_new();
    g_autoptr(GPtrArray) gone = g_ptr_array_new();
    const json *expected = json_get(object->with, "expected");
    json_for_each (permission, expected) {
        const char *name = json_get_string(permission, "name");
        gboolean held = g_ptr_array_find_with_equal_func(granted, name, g_str_equal, NULL);
        if (held && (json_get_bool(permission, "acts", FALSE) || can_act(name)))
            g_ptr_array_add(acting, (gpointer)name);
        else if (!held && json_get_bool(permission, "mayBeGone", FALSE))
            g_ptr_array_add(gone, (gpointer)name);
        else if (!held && name != NULL) {
            struct holder *lacking = door_add(holders, name, "lacking", "%s", name);
            if (lacking != NULL)
                lacking->lacking = TRUE;
        }
    }
    for (guint i = 0; i < granted->len; i++) {
        const char *name = g_ptr_array_index(granted, i);
        if (json_find(expected, "name", name) == NULL && !g_strv_contains(of_any_sign_in, name))
            door_add(holders, name, "granted beyond it", "%s", name);
    }
    for (guint i = 0; i < holders->len; i++)
        ((struct holder *)g_ptr_array_index(holders, i))->by_hand = TRUE;
    g_autofree char *well =
        g_strdup_printf("%u permission%s granted.", granted->len, granted->len == 1 ? " is" : "s are");
    const struct door door = {
        .well = well,
        .others = "What was granted is not what the partner needs",
        .by_hand = "Consent again for what is lacking; take away what is too much in Entra > Enterprise applications > "
                   "that one > Permissions.",
    };
    g_autofree char *names = text_join(acting, ", ");
    g_autofree char *all = text_join(granted, ", ");
    observation_learn(observation, "acting", names);
    observation_learn(observation, "granted", all);
    note_list(observation, "Granted and able to act, not only to read", acting);
    note_list(observation, "Not granted, of an API that Microsoft is retiring, and no fault", gone);
    door_judge(object, holders, &door, observation);
}

#define ROLE "role:"
#define GRANT "grant:"

/* Each grant by its own id: an app role, or all permissions of one consent. */
static void judge_leaving(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) holders = door_holders_new();
    const json *resource = service_principal_found(g_ptr_array_index(replies, 2));
    json_for_each (role, json_get(((const struct reply *)g_ptr_array_index(replies, 0))->body, "value")) {
        const char *role_id = json_get_string(role, "appRoleId");
        const char *name = json_get_string(service_principal_find_role(resource, "id", role_id), "value");
        g_autofree char *id = g_strconcat(ROLE, json_get_string(role, "id"), NULL);
        door_add_leaving(holders, id, "permission", name != NULL ? name : id);
    }
    json_for_each (grant, json_get(((const struct reply *)g_ptr_array_index(replies, 1))->body, "value")) {
        const char *scope = json_get_string(grant, "scope");
        g_autofree char *id = g_strconcat(GRANT, json_get_string(grant, "id"), NULL);
        door_add_leaving(holders, id, "consent to", scope != NULL ? scope : id);
    }
    door_judge(object, holders, &(struct door){.well = "Nothing is granted.", .others = "Granted"}, observation);
}

/* The ids are compared by case, and go as they came. Unless the partner is left, the holders are permissions by their
 * names, which nobody takes away by itself. */
static struct request *take_away(const struct object *object, const char *holder)
{
    const char *id = strchr(holder, ':');
    if (id == NULL)
        return NULL;
    id++;
    gboolean is_role = g_str_has_prefix(holder, ROLE);
    struct request *request =
        is_role ? request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/servicePrincipals/%s/appRoleAssignments/%s",
                                object_text(object, "application"), id)
                : request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/oauth2PermissionGrants/%s", id);
    request->scope = is_role ? "AppRoleAssignment.ReadWrite.All" : "DelegatedPermissionGrant.ReadWrite.All";
    return request;
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) granted = granted_names(replies);
    if (object->leaves) {
        judge_leaving(object, replies, observation);
        return;
    }
    if (granted->len == 0) {
        observation_set(
            observation, OBJECT_ABSENT,
            "The application is there and nothing is granted to it: consent on behalf of the organization.");
        return;
    }
    judge(object, granted, observation);
}

static const struct json_schema permission_members[] = {
    {.name = "name", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "acts", .is = JSON_YES_NO},
    {.name = "mayBeGone", .is = JSON_YES_NO},
    {.name = NULL},
};

/* With any of these its holder can give itself all the others, or a directory role: no partner is expected to have it.
 */
static char *permission_problem(const json *value, gconstpointer data, gconstpointer profile)
{
    g_autoptr(json) beyond = asset_json("beyond.json");
    const char *name = json_get_string(value, "name");
    (void)data;
    (void)profile;
    return name != NULL && json_has_text(beyond, name)
               ? g_strdup_printf("%s would let the partner take the tenant over: perch expects it of none.", name)
               : NULL;
}
static const struct json_schema permission_entry = {
    .is = JSON_OBJECT, .inner = permission_members, .problem = permission_problem};

static const struct json_schema with[] = {
    {.name = "application", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "resourceAppId", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "expected", .is = JSON_LIST | JSON_REQUIRED, .inner = &permission_entry},
    {.name = NULL},
};

const struct object_kind application_grants_kind = {
    .name = "application-grants",
    .with = with,
    DOOR_MEMBERS,
    .look_up = look_up,
    .compare = compare,
    .take_away = take_away,
};
