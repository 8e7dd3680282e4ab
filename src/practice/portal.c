/* SPDX-License-Identifier: MIT */
/*
 * What only a portal can do, as plain forms (GET shows the form, POST does it, form-encoded):
 *
 *     /portal/invitation     account (user name), action=accept|decline
 *     /portal/streaming, /portal/browser, /portal/activate-role: see portal_streaming.c
 *     /portal/consent        account, client_id, action=accept|cancel, redirect_uri and state if the page had them
 *     /portal/roles          account, name, description, group (id): a classic Defender role
 *     /portal/device-groups  account, id (of the device group), group (id of the user group), action=add|apply
 *
 * account is who is signed in to the portal, by default the company's administrator. What is refused answers 4xx with a
 * page that says why. The addresses that Microsoft's portals have for these pages show the same forms.
 */
#include "practice/portal.h"

#include <string.h>

#include "practice/consent.h"
#include "practice/graph.h"
#include "practice/html.h"
#include "practice/oauth.h"
#include "practice/route.h"
#include "practice/streaming.h"
#include "practice/tenant.h"

const json *portal_user(struct call *call)
{
    const json *user = oauth_user(call->practice, call_form(call, "account"));
    if (user == NULL)
        html_message(call, 403, "Sign in", "There is no such account, or it is disabled.");
    return user;
}

gboolean portal_check_administrator(struct call *call, const json *user)
{
    if (streaming_is_administrator(call->practice, user))
        return TRUE;
    html_message(call, 403, "No access", "You do not have the role that this page needs.");
    return FALSE;
}

GString *portal_begin_form(const struct call *call, const char *action)
{
    GString *form = g_string_new(NULL);
    g_string_append_printf(form, "<form method=\"post\" action=\"%s\">", action);
    html_field(form, "text", "account", "Signed in as", json_get_string(call->practice->company, "administrator"));
    return form;
}

void portal_show_form(struct call *call, const char *title, GString *form)
{
    g_string_append(form, "</form>");
    html_page(call, 200, title, form->str);
    g_string_free(form, TRUE);
}

static void show_invitation(struct call *call)
{
    GString *form = portal_begin_form(call, "/portal/invitation");
    html_button(form, "action", "accept", "Accept");
    html_button(form, "action", "decline", "Cancel");
    portal_show_form(call, "Red Canary invites you: review permissions", form);
}

static void handle_invitation(struct call *call)
{
    const json *user = portal_user(call);
    if (user == NULL)
        return;
    gboolean accepted = g_strcmp0(call_form(call, "action"), "accept") == 0;
    json_set(call->practice->state, "invitation",
             json_from("{'account':%s,'accepted':%b}", json_get_string(user, "userPrincipalName"), accepted));
    tenant_changed(call->practice);
    html_message(call, 200, "Invitation", accepted ? "You accepted the invitation." : "You did not accept.");
}

/* The consent page for the client_id of the query, at whichever of Microsoft's addresses. */
static void show_consent(struct call *call)
{
    const json *application = consent_application(call->practice, call_query(call, "client_id"));
    const char *problem = oauth_tenant(call->practice, call->parameters[0]) == NULL ? "AADSTS90002: Tenant not found."
                          : application == NULL ? "AADSTS700016: Application was not found in the directory."
                                                : NULL;
    if (problem != NULL) {
        html_message(call, 400, "Sign in", problem);
        return;
    }
    GString *form = portal_begin_form(call, "/portal/consent");
    g_autofree char *asked = g_markup_printf_escaped("<p>Permissions requested by <b>%s</b></p><ul>",
                                                     json_get_string(application, "displayName"));
    g_string_append(form, asked);
    json_for_each (role, json_get(application, "appRoles")) {
        g_autofree char *item = g_markup_printf_escaped("<li>%s</li>", json_string(role));
        g_string_append(form, item);
    }
    g_string_append(form, "</ul>");
    html_field(form, "hidden", "client_id", NULL, call_query(call, "client_id"));
    html_field(form, "hidden", "redirect_uri", NULL, call_query(call, "redirect_uri"));
    html_field(form, "hidden", "state", NULL, call_query(call, "state"));
    html_button(form, "action", "accept", "Accept");
    html_button(form, "action", "cancel", "Cancel");
    portal_show_form(call, "Permissions requested: review for your organization", form);
}

/* Answer with the redirect that the consent page was asked for, or with a page. */
static void finish_consent(struct call *call, const char *error, const char *message)
{
    const char *redirect = call_form(call, "redirect_uri");
    if (redirect == NULL || !g_str_has_prefix(redirect, "http://localhost")) {
        html_message(call, error != NULL ? 403 : 200, "Consent", message);
        return;
    }
    g_autofree char *state =
        g_uri_escape_string(call_form(call, "state") != NULL ? call_form(call, "state") : "", NULL, FALSE);
    answer_redirect(call,
                    g_strdup_printf("%s?admin_consent=True&tenant=%s&state=%s%s%s", redirect, tenant_id(call->practice),
                                    state, error != NULL ? "&error=" : "", error != NULL ? error : ""));
}

static void handle_consent(struct call *call)
{
    const json *user = portal_user(call);
    const json *application = consent_application(call->practice, call_form(call, "client_id"));
    if (user == NULL)
        return;
    if (application == NULL)
        html_message(call, 400, "Consent", "AADSTS700016: Application was not found in the directory.");
    else if (g_strcmp0(call_form(call, "action"), "accept") != 0)
        finish_consent(call, "consent_required", "AADSTS65004: You declined to consent.");
    else if (!consent_is_allowed(call->practice, user))
        finish_consent(call, "access_denied", "AADSTS90094: An administrator has to consent.");
    else {
        consent_give(call->practice, application);
        finish_consent(call, NULL, "You consented on behalf of your organization.");
    }
}

static void show_roles(struct call *call)
{
    GString *form = portal_begin_form(call, "/portal/roles");
    html_field(form, "text", "name", "Role name", "");
    html_field(form, "text", "description", "Description", "");
    html_field(form, "text", "group", "Assigned user group (id)", "");
    html_button(form, "action", "save", "Save");
    portal_show_form(call, "Roles", form);
}

/* Microsoft's page has a banner where the workload is not activated; no API tells it. */
static void show_unified_roles(struct call *call)
{
    gboolean classic = g_strcmp0(json_get_string(call->practice->company, "defenderModel"), "classic") == 0;
    html_message(call, 200, "Permissions and roles",
                 classic ? "Activate the workload Endpoints to use unified roles. Until then it has classic roles."
                         : "The workload Endpoints is activated: its roles are unified ones.");
}

static void handle_roles(struct call *call)
{
    const json *user = portal_user(call);
    if (user == NULL || !portal_check_administrator(call, user))
        return;
    const char *name = call_form(call, "name");
    const json *group = tenant_find(call->practice, "groups", call_form(call, "group"));
    if (name == NULL || *name == '\0' || group == NULL) {
        html_message(call, 400, "Roles", "A role needs a name and a user group.");
        return;
    }
    json *role = json_from("{'displayName':%s,'description':%s,'groups':[%s]}", name, call_form(call, "description"),
                           json_get_string(group, "id"));
    tenant_add(call->practice, "classicRoles", role);
    html_message(call, 200, "Roles", "The role was saved.");
}

static void show_device_groups(struct call *call)
{
    GString *form = portal_begin_form(call, "/portal/device-groups");
    g_string_append(form, "<ul>");
    json_for_each (group, tenant_collection(call->practice, "deviceGroups")) {
        g_autofree char *item =
            g_markup_printf_escaped("<li>%s: %s</li>", json_get_string(group, "id"), json_get_string(group, "name"));
        g_string_append(form, item);
    }
    g_string_append(form, "</ul>");
    html_field(form, "text", "id", "Device group", "");
    html_field(form, "text", "group", "User group (id)", "");
    html_button(form, "action", "add", "Add to User access");
    html_button(form, "action", "apply", "Apply changes");
    portal_show_form(call, "Device groups", form);
}

/* Only groups that have a role in Defender can be chosen. */
static gboolean has_defender_role(const struct practice *practice, const char *group)
{
    json_for_each (assignment, tenant_collection(practice, "defenderAssignments")) {
        if (graph_list_has(json_get(assignment, "principalIds"), group, NULL))
            return TRUE;
    }
    json_for_each (role, tenant_collection(practice, "classicRoles")) {
        if (graph_list_has(json_get(role, "groups"), group, NULL))
            return TRUE;
    }
    return FALSE;
}

static void handle_device_groups(struct call *call)
{
    const json *user = portal_user(call);
    if (user == NULL || !portal_check_administrator(call, user))
        return;
    if (g_strcmp0(call_form(call, "action"), "apply") != 0) {
        json *device_group = tenant_find(call->practice, "deviceGroups", call_form(call, "id"));
        const char *user_group = call_form(call, "group");
        if (device_group == NULL || user_group == NULL || !has_defender_role(call->practice, user_group)) {
            html_message(call, 400, "Device groups", "There is no such device group, or the user group has no role.");
        } else {
            if (json_get(device_group, "pending") == NULL)
                json_set(device_group, "pending", json_new_array());
            json_append_string(json_get(device_group, "pending"), user_group);
            tenant_changed(call->practice);
            html_message(call, 200, "Device groups", "Added. Choose Apply changes to let it take effect.");
        }
        return;
    }
    json_for_each (group, tenant_collection(call->practice, "deviceGroups")) {
        json_for_each (added, json_get(group, "pending")) {
            json_append_string(json_get(group, "userGroups"), json_string(added));
        }
        json_set(group, "pending", json_new_array());
    }
    tenant_changed(call->practice);
    html_message(call, 200, "Device groups", "The changes were applied.");
}

static void show_index(struct call *call)
{
    static const struct {
        const char *path, *title;
    } pages[] = {
        {"/portal/invitation", "The partner's invitation"},
        {"/portal/streaming", "Streaming API"},
        {"/portal/browser", "The browser that the portal is open in"},
        {"/portal/activate-role", "Activate an eligible role"},
        {"/organizations/adminconsent?client_id=69561a74-a59d-43f4-a113-8bc2da00f822", "Consent"},
        {"/portal/roles", "Defender roles"},
        {"/portal/device-groups", "Device groups"},
        {"/devicelogin", "Enter a device code"},
    };
    /* What stands behind # in an address of Microsoft's portals no server sees. */
    g_autoptr(GString) list = g_string_new("<p>Users, groups and access packages have no pages here: in life this is "
                                           "where Microsoft's portal shows them.</p><ul>");
    for (gsize i = 0; i < G_N_ELEMENTS(pages); i++)
        g_string_append_printf(list, "<li><a href=\"%s\">%s</a></li>", pages[i].path, pages[i].title);
    g_string_append(list, "</ul>");
    html_page(call, 200, "Portals", list->str);
}

static void show_my_access(struct call *call)
{
    html_message(call, 200, "My Access", "People outside ask for the access package here.");
}

static const struct route routes[] = {
    {.method = "GET", .path = "/", .handle = show_index},
    {.method = "GET", .path = "/portal", .handle = show_index},
    {.method = "GET", .path = "/portal/invitation", .handle = show_invitation},
    {.method = "POST", .path = "/portal/invitation", .handle = handle_invitation},
    {.method = "GET", .path = "/{}/oauth2/authorize", .handle = show_consent},
    {.method = "GET", .path = "/{}/adminconsent", .handle = show_consent},
    {.method = "GET", .path = "/{}/v2.0/adminconsent", .handle = show_consent},
    {.method = "POST", .path = "/portal/consent", .handle = handle_consent},
    {.method = "GET", .path = "/portal/roles", .handle = show_roles},
    {.method = "GET", .path = "/securitysettings/endpoints/user_roles", .handle = show_roles},
    {.method = "GET", .path = "/preferences2/user_roles", .handle = show_roles},
    {.method = "GET", .path = "/mtp_roles", .handle = show_unified_roles},
    {.method = "POST", .path = "/portal/roles", .handle = handle_roles},
    {.method = "GET", .path = "/portal/device-groups", .handle = show_device_groups},
    {.method = "GET", .path = "/securitysettings/endpoints/machine_groups", .handle = show_device_groups},
    {.method = "GET", .path = "/preferences2/machine_groups", .handle = show_device_groups},
    {.method = "POST", .path = "/portal/device-groups", .handle = handle_device_groups},
    {.method = "GET", .path = "/@{}", .handle = show_my_access},
};
const struct route_table portal_routes = ROUTE_TABLE(SERVICE_LOGIN, routes);
