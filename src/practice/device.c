/* SPDX-License-Identifier: MIT */
#include "practice/device.h"

#include <string.h>

#include <sodium.h>

#include "practice/html.h"
#include "practice/oauth.h"
#include "practice/route.h"
#include "practice/tenant.h"

#define EXPIRES_SECONDS 900
#define USER_CODE_LENGTH 9
/* Without letters and digits that look alike. */
#define USER_CODE_LETTERS "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

static const struct oauth_error pending = {
    "authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is pending. Continue polling.", NULL};
static const struct oauth_error too_fast = {"slow_down", 70016, "The client polls too often.", NULL};
static const struct oauth_error declined = {"authorization_declined", 70000,
                                            "The end user declined the authorization request.", NULL};
static const struct oauth_error expired = {"expired_token", 70019, "Verification code expired.", NULL};
static const struct oauth_error bad_code = {"bad_verification_code", 70018, "Invalid verification code.", NULL};
static const struct oauth_error used_code = {"invalid_grant", 54005, "OAuth2 Authorization code was already redeemed.",
                                             NULL};

/* USER NULL: declined. */
static void decide(struct practice *practice, json *entry, const json *user)
{
    json_set_string(entry, "decision", user != NULL ? "approved" : "declined");
    json_set_string(entry, "user", json_get_string(user, "id"));
    if (user != NULL) {
        struct grant grant = token_grant(entry);
        oauth_consent(practice, &grant);
    }
    tenant_changed(practice);
}

static void start(struct call *call, const struct grant *grant)
{
    struct practice *practice = call->practice;
    json *entry = NULL;
    g_autofree char *code = token_new(practice, "device", grant, EXPIRES_SECONDS, &entry);
    char user_code[USER_CODE_LENGTH + 1] = "";
    for (int i = 0; i < USER_CODE_LENGTH; i++)
        user_code[i] = USER_CODE_LETTERS[randombytes_uniform(strlen(USER_CODE_LETTERS))];
    json_set_string(entry, "userCode", user_code);
    if (practice->options.auto_approve)
        decide(practice, entry, oauth_user(practice, NULL));
    g_autofree char *page = g_strconcat(practice->origins[SERVICE_LOGIN], "/devicelogin", NULL);
    g_autofree char *message = g_strdup_printf(
        "To sign in, use a web browser to open the page %s and enter the code %s to authenticate.", page, user_code);
    answer_json(call, 200,
                json_from("{'user_code':%s,'device_code':%s,'verification_uri':%s,'expires_in':%d,'interval':%d,"
                          "'message':%s}",
                          user_code, code, page, (gint64)EXPIRES_SECONDS, (gint64)practice->options.device_interval,
                          message));
}

static void handle_device_code(struct call *call)
{
    const json *client = oauth_client(call->practice, call_form(call, "client_id"));
    const struct oauth_error *error = NULL;
    const char *service = NULL;
    g_autoptr(json) scopes = NULL;
    if (oauth_tenant(call->practice, call->parameters[0]) == NULL)
        error = &oauth_unknown_tenant;
    else if (call_form(call, "client_id") == NULL || call_form(call, "scope") == NULL)
        error = &oauth_missing_parameter;
    else if (client == NULL)
        error = &oauth_unknown_client;
    else
        oauth_scopes(call->practice, client, call_form(call, "scope"), &service, &scopes, &error);
    if (error != NULL) {
        oauth_refuse(call, error);
        return;
    }
    const struct grant grant = {.client = json_get_string(client, "id"), .service = service, .scopes = scopes};
    oauth_note_claims(call, call_form(call, "claims"));
    start(call, &grant);
}

/* Too fast is sooner than the interval after the last try, with a tenth for the network's jitter. */
static gboolean is_too_fast(const struct practice *practice, json *entry)
{
    gint64 now = g_get_real_time();
    gint64 last = json_get_int(entry, "polled", 0);
    json_set_int(entry, "polled", now);
    return now - last < practice->options.device_interval * G_TIME_SPAN_SECOND * 9 / 10;
}

void device_redeem(struct call *call, const char *client)
{
    json *entry = token_find(call->practice, "device", call_form(call, "device_code"));
    const char *decision = json_get_string(entry, "decision");
    const struct oauth_error *error = NULL;
    if (entry == NULL || !same_text(json_get_string(entry, "client"), client))
        error = &bad_code;
    else if (token_is_expired(entry))
        error = &expired;
    else if (json_get_bool(entry, "used", FALSE))
        error = &used_code;
    else if (is_too_fast(call->practice, entry))
        error = &too_fast;
    else if (decision == NULL)
        error = &pending;
    else if (strcmp(decision, "declined") == 0)
        error = &declined;
    if (error != NULL) {
        oauth_refuse(call, error);
        return;
    }
    json_set_bool(entry, "used", TRUE);
    struct grant grant = token_grant(entry);
    oauth_answer_tokens(call, &grant, NULL);
}

static void handle_page(struct call *call)
{
    g_autoptr(GString) page = g_string_new("<form method=\"post\">");
    html_field(page, "text", "user_code", "Code", call_query(call, "user_code"));
    html_field(page, "text", "username", "Account", json_get_string(call->practice->company, "administrator"));
    html_button(page, "action", "approve", "Continue");
    html_button(page, "action", "decline", "Cancel");
    g_string_append(page, "</form>");
    html_page(call, 200, "Enter the code", page->str);
}

static void handle_form(struct call *call)
{
    json *entry = NULL;
    json_for_each (code, json_get_path(call->practice->state, "signIn.tokens")) {
        if (same_text(json_get_string(code, "userCode"), call_form(call, "user_code")) && !token_is_expired(code) &&
            json_get_string(code, "decision") == NULL)
            entry = code;
    }
    gboolean approved = g_strcmp0(call_form(call, "action"), "decline") != 0;
    const json *user = oauth_user(call->practice, call_form(call, "username"));
    if (entry == NULL) {
        html_message(call, 400, "Enter the code", "That code did not work. Check the code and try again.");
    } else if (approved && user == NULL) {
        html_message(call, 400, "Enter the code", "There is no such account, or it is disabled.");
    } else {
        decide(call->practice, entry, approved ? user : NULL);
        html_message(call, 200, "Device sign-in",
                     approved ? "You have signed in. You may close this window." : "You cancelled the sign-in.");
    }
}

static const struct route routes[] = {
    {.method = "POST", .path = "/{}/oauth2/v2.0/devicecode", .handle = handle_device_code},
    {.method = "GET", .path = "/devicelogin", .handle = handle_page},
    {.method = "POST", .path = "/devicelogin", .handle = handle_form},
};
const struct route_table device_routes = ROUTE_TABLE(SERVICE_LOGIN, routes);
