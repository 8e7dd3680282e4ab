/* SPDX-License-Identifier: MIT */
/*
 * The portal's Streaming API page, and what stands in its way:
 *
 *     /portal/streaming      account, name (the export's id), resourceId (Event Hub namespace), hubName,
 *                            tables ("all", or names joined by commas), action=save|delete|reload
 *     /portal/browser        action=private: go on in a private window
 *     /portal/activate-role  account, action=activate: its eligible roles become active, and it signs in anew
 *
 * A scenario's "portal" holds what is wrong at first: "otherTenant" (the browser is signed in there), "signedInAs"
 * (another account of this tenant, whatever the form says), "staleRoles" (it signed in before its role was active),
 * "staleBoxes" (the event types have to be loaded anew).
 */
#include "practice/portal.h"

#include <string.h>

#include "practice/graph.h"
#include "practice/html.h"
#include "practice/oauth.h"
#include "practice/route.h"
#include "practice/streaming.h"
#include "practice/tenant.h"

#define TITLE "Streaming API"
#define PORTAL_APPLICATION "80ccca67-54bd-44ab-8625-4b79c4dc7775"

static json *browser(const struct practice *practice)
{
    return json_get(practice->state, "portal");
}

static void freshen(struct practice *practice, const char *what)
{
    if (browser(practice) != NULL)
        json_remove(browser(practice), what);
    tenant_changed(practice);
}

static void show_streaming(struct call *call)
{
    GString *form = portal_begin_form(call, "/portal/streaming");
    html_field(form, "text", "name", "Name", "");
    html_field(form, "text", "resourceId", "Event Hub resource ID", "");
    html_field(form, "text", "hubName", "Event Hub name", "");
    html_field(form, "text", "tables", "Event types", "all");
    html_button(form, "action", "save", "Save");
    html_button(form, "action", "delete", "Delete");
    html_button(form, "action", "reload", "Load the page anew");
    portal_show_form(call, TITLE, form);
}

/* The ticked tables; all of them for "all". Unknown names are left out. Caller frees. */
static json *ticked_tables(const struct call *call)
{
    const char *text = call_form(call, "tables");
    const json *all = json_get_path(call->practice->company, "streaming.tables");
    if (json_get_bool(browser(call->practice), "staleBoxes", FALSE))
        return json_new_array();
    if (text == NULL || strcmp(text, "all") == 0)
        return json_copy(all);
    json *ticked = json_new_array();
    g_auto(GStrv) names = g_strsplit(text, ",", -1);
    for (char **name = names; *name != NULL; name++)
        if (graph_list_has(all, g_strstrip(*name), NULL))
            json_append_string(ticked, *name);
    return ticked;
}

/* As the sign-in page puts it. FALSE if the browser is signed in elsewhere. */
static gboolean check_tenant(struct call *call)
{
    /* Where the browser is signed in: by what the scenario says, or by the account's domain. */
    const char *other = json_get_string(browser(call->practice), "otherTenant");
    const char *account = call_form(call, "account");
    const char *domain = account != NULL ? strchr(account, '@') : NULL;
    if (other == NULL && domain != NULL)
        other = json_get_string(tenant_in(json_get(call->practice->company, "otherTenants"), "domain", domain + 1),
                                "domain");
    if (other == NULL)
        return TRUE;
    gboolean theirs = account != NULL && g_str_has_suffix(account, other);
    g_autofree char *text = g_strdup_printf(
        "AADSTS50020: User account '%s%s' from identity provider '%s' does not exist in tenant '%s' and cannot access "
        "the application '" PORTAL_APPLICATION "' in that tenant. The account needs to be added as an external user in "
        "the tenant first. Sign out and sign in again with a different account. Trace ID: %s",
        theirs ? account : "someone@", theirs ? "" : other, other,
        json_get_string(call->practice->company, "displayName"), call->request_id);
    html_message(call, 403, "Sign in", text);
    return FALSE;
}

static void save_export(struct call *call, const json *user, const char *name)
{
    const char *resource_id = call_form(call, "resourceId");
    const char *hub = call_form(call, "hubName");
    g_autoptr(json) tables = ticked_tables(call);
    if (name == NULL || *name == '\0' || !streaming_is_hub(call->practice, resource_id, hub) ||
        json_length(tables) == 0 || !streaming_may_write(call->practice, user)) {
        html_message(call, 400, TITLE, STREAMING_REFUSAL);
        return;
    }
    if (streaming_is_full(call->practice, name)) {
        html_message(call, 400, TITLE, "You can add up to five streaming settings.");
        return;
    }
    json *export =
        json_from("{'id':%s,'designatedTenantId':%s,'eventHubProperties':{'eventHubResourceId':%s,'name':%s},"
                  "'storageAccountProperties':null,'workspaceProperties':null}",
                  name, tenant_id(call->practice), resource_id, hub);
    json_set(export, "logs", streaming_logs(call->practice, tables));
    streaming_put(call->practice, export);
    html_message(call, 200, TITLE, "The streaming settings were saved.");
}

static void handle_streaming(struct call *call)
{
    const char *action = call_form(call, "action");
    if (!check_tenant(call))
        return;
    const char *other = json_get_string(browser(call->practice), "signedInAs");
    const json *user = other != NULL ? oauth_user(call->practice, other) : portal_user(call);
    if (user == NULL)
        return;
    if (json_get_bool(browser(call->practice), "staleRoles", FALSE)) {
        html_message(call, 403, "No access", "You do not have the role that this page needs.");
        return;
    }
    if (!portal_check_administrator(call, user))
        return;
    if (g_strcmp0(action, "delete") == 0) {
        tenant_remove(call->practice, "dataExports", call_form(call, "name") != NULL ? call_form(call, "name") : "");
        html_message(call, 200, TITLE, "The streaming settings were deleted.");
    } else if (g_strcmp0(action, "reload") == 0) {
        freshen(call->practice, "staleBoxes");
        show_streaming(call);
    } else {
        save_export(call, user, call_form(call, "name"));
    }
}

static void show_browser(struct call *call)
{
    GString *form = portal_begin_form(call, "/portal/browser");
    html_button(form, "action", "private", "Go on in a private window");
    portal_show_form(call, "The browser", form);
}

static void handle_browser(struct call *call)
{
    freshen(call->practice, "otherTenant");
    freshen(call->practice, "signedInAs");
    html_message(call, 200, "The browser", "A private window is open, and nobody is signed in there yet.");
}

static void show_activation(struct call *call)
{
    GString *form = portal_begin_form(call, "/portal/activate-role");
    html_button(form, "action", "activate", "Activate, and sign in anew");
    portal_show_form(call, "Privileged Identity Management: eligible roles", form);
}

/* The next role that USER could activate and holds not yet, or NULL. Borrowed. */
static const json *next_eligible(const struct practice *practice, const char *user)
{
    json_for_each (eligible, tenant_collection(practice, "roleEligibilityScheduleInstances")) {
        gboolean active = FALSE;
        json_for_each (assignment, tenant_collection(practice, "roleAssignments")) {
            active = active || (same_text(json_get_string(assignment, "principalId"), user) &&
                                same_text(json_get_string(assignment, "roleDefinitionId"),
                                          json_get_string(eligible, "roleDefinitionId")));
        }
        if (!active && same_text(json_get_string(eligible, "principalId"), user))
            return eligible;
    }
    return NULL;
}

static void handle_activation(struct call *call)
{
    const json *user = portal_user(call);
    if (user == NULL)
        return;
    const char *id = json_get_string(user, "id");
    for (const json *eligible = next_eligible(call->practice, id); eligible != NULL;
         eligible = next_eligible(call->practice, id)) {
        const char *principal = json_get_string(eligible, "principalId");
        const char *role = json_get_string(eligible, "roleDefinitionId");
        tenant_add(
            call->practice, "roleAssignments",
            json_from("{'principalId':%s,'directoryScopeId':'/','roleDefinitionId':%s,'+principal':{'_ref':'users',"
                      "'id':%s},'+roleDefinition':{'_ref':'roleDefinitions','id':%s}}",
                      principal, role, principal, role));
    }
    freshen(call->practice, "staleRoles");
    html_message(call, 200, "Roles", "The account's roles are active, and it is signed in anew.");
}

static const struct route routes[] = {
    {.method = "GET", .path = "/portal/streaming", .handle = show_streaming},
    {.method = "GET", .path = "/settings/mtp_settings/raw_data_export", .handle = show_streaming},
    {.method = "POST", .path = "/portal/streaming", .handle = handle_streaming},
    {.method = "GET", .path = "/portal/browser", .handle = show_browser},
    {.method = "POST", .path = "/portal/browser", .handle = handle_browser},
    {.method = "GET", .path = "/portal/activate-role", .handle = show_activation},
    {.method = "POST", .path = "/portal/activate-role", .handle = handle_activation},
};
const struct route_table portal_streaming_routes = ROUTE_TABLE(SERVICE_LOGIN, routes);
