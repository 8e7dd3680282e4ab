/* SPDX-License-Identifier: MIT */
#include "engine/own_consents.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/challenge_retry.h"
#include "engine/operator.h"
#include "engine/scopes.h"
#include "engine/worker.h"

#define SUBJECT "consents"
#define DELETING "DelegatedPermissionGrant.ReadWrite.All"

static struct reply *read_one(struct worker *worker, struct request *request)
{
    g_autoptr(GPtrArray) requests = g_ptr_array_new_with_free_func((GDestroyNotify)request_free);
    g_ptr_array_add(requests, request);
    request->scope = "Directory.Read.All";
    g_autoptr(GPtrArray) replies = challenge_retry_read(worker, SUBJECT, requests);
    return g_ptr_array_steal_index(replies, 0);
}

/* Somebody else's are none of this account's business. */
static void add_grant(struct worker *worker, GPtrArray *consents, const char *client, const json *grant)
{
    const char *principal = json_get_string(grant, "principalId");
    const char *scope = json_get_string(grant, "scope");
    const char *resource = json_get_string(grant, "resourceId");
    gboolean everyone = g_strcmp0(json_get_string(grant, "consentType"), "AllPrincipals") == 0;
    if (!everyone && g_strcmp0(principal, sign_in_account(worker->operator.sign_in)->object_id) != 0)
        return;
    struct consent *consent = g_new0(struct consent, 1);
    g_autofree char *scopes = g_strstrip(g_strdup(scope != NULL ? scope : ""));
    consent->id = log_clean(worker->log, json_get_string(grant, "id"));
    consent->application = scopes_application(client);
    /* What the permissions are of: "Microsoft Graph". */
    const char *id = resource != NULL ? resource : "";
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/servicePrincipals/%s", id);
    request_query(request, "$select", "id,displayName");
    g_autoptr(Reply) reply = read_one(worker, request);
    const char *name = json_get_string(reply->body, "displayName");
    consent->resource = log_clean(worker->log, reply_is_success(reply) && name != NULL ? name : id);
    consent->scopes = log_clean(worker->log, scopes);
    consent->everyone = everyone;
    g_ptr_array_add(consents, consent);
}

static gboolean add_client(struct worker *worker, GPtrArray *consents, const char *client, GError **error)
{
    struct request *request =
        request_get(SERVICE_GRAPH, "/v1.0/servicePrincipals(appId='%s')/oauth2PermissionGrants", client);
    g_autoptr(Reply) reply = read_one(worker, request);
    /* An application of Microsoft's that nobody consented to has no service principal here. */
    if (reply->status == 404)
        return TRUE;
    if (!reply_is_success(reply)) {
        g_propagate_error(error, g_error_copy(reply->error));
        return FALSE;
    }
    json_for_each (grant, json_get(reply->body, "value")) {
        add_grant(worker, consents, client, grant);
    }
    return TRUE;
}

/* FALSE and an error where one of NAMED is none of CONSENTS for everyone. */
static gboolean are_all_there(GPtrArray *consents, char **named, GError **error)
{
    for (char **id = named; *id != NULL; id++) {
        gboolean found = FALSE;
        for (guint i = 0; i < consents->len; i++) {
            const struct consent *consent = g_ptr_array_index(consents, i);
            found = found || (consent->everyone && strcmp(consent->id, *id) == 0);
        }
        if (found)
            continue;
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                    "There is no consent for everyone with the id %s; nothing was taken back.\nperch consents lists "
                    "them with their ids.",
                    *id);
        return FALSE;
    }
    return TRUE;
}

/* The token that is held goes on being good for all of them, though the first may take its own consent away. What an
 * administrator gave for everyone goes only where NAMED says which: others may need it. */
static gboolean take_back(struct worker *worker, GPtrArray *consents, char **named, GError **error)
{
    static const char *const scopes[] = {DELETING, NULL};
    if (!are_all_there(consents, named, error) || !operator_require_scopes(worker, (char **)scopes, error))
        return FALSE;
    for (guint i = 0; i < consents->len; i++) {
        struct consent *consent = g_ptr_array_index(consents, i);
        if (consent->everyone && !g_strv_contains((const char *const *)named, consent->id))
            continue;
        g_autoptr(Request) request =
            request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/oauth2PermissionGrants/%s", consent->id);
        request->scope = DELETING;
        g_autoptr(Reply) reply = challenge_retry_write(worker, SUBJECT, request);
        consent->taken_back = reply_is_success(reply) || reply->status == 404;
        log_audit(worker->log, worker_account(worker), "take back", "consent", consent->id,
                  consent->taken_back ? "done" : "refused", reply->request_id);
        if (!consent->taken_back) {
            g_propagate_error(error, g_error_copy(reply->error));
            return FALSE;
        }
    }
    return TRUE;
}

gboolean consents_read(struct worker *worker, gboolean taking_back, const char *named, GError **error)
{
    g_auto(GStrv) ids = named != NULL && named[0] != '\0' ? g_strsplit(named, " ", -1) : g_new0(char *, 1);
    GPtrArray *consents = g_ptr_array_new_with_free_func((GDestroyNotify)consent_free);
    const char *graph = sign_in_client_of(worker->operator.sign_in, SERVICE_GRAPH);
    const char *defender = sign_in_client_of(worker->operator.sign_in, SERVICE_DEFENDER);
    gboolean read = add_client(worker, consents, graph, error) &&
                    (g_strcmp0(graph, defender) == 0 || add_client(worker, consents, defender, error));
    gboolean done = read && (!taking_back || take_back(worker, consents, ids, error));
    worker_emit(worker, EVENT_CONSENTS, consents);
    return done;
}
