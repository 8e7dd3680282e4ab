/* SPDX-License-Identifier: MIT */
#include "engine/operator.h"

#include <string.h>

#include "base/error.h"
#include "engine/scopes.h"
#include "engine/step_audit.h"
#include "engine/worker.h"
#include "onboarding/activation.h"

/* The sign-in service does not know what a token is asked for. */
#define UNKNOWN_RESOURCE "AADSTS500011"

/* What reading everything needs, and nothing twice. Caller frees with g_strfreev(). */
static char **read_scopes(const struct worker *worker)
{
    GPtrArray *scopes = g_ptr_array_new();
    scopes_add(scopes, "User.Read");
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        g_autoptr(GPtrArray) requests = object_look_ups(object);
        for (guint k = 0; k < requests->len; k++) {
            const struct request *request = g_ptr_array_index(requests, k);
            if (request->service == SERVICE_GRAPH && !request->if_granted && !request->if_decided)
                scopes_add(scopes, request->scope);
        }
    }
    scopes_add(scopes, "User.Read.All");
    scopes_add(scopes, worker->operator.audit_log ? AUDIT_SCOPE : NULL);
    g_auto(GStrv) withheld = sign_in_withheld(worker->operator.sign_in);
    scopes_drop_covered(scopes, (const char *const *)withheld);
    g_ptr_array_add(scopes, NULL);
    return (char **)g_ptr_array_free(scopes, FALSE);
}

/* FALSE, and nothing is kept of the sign-in, where it can do more than was asked for and that is not wanted. */
static gboolean accept_excess(struct worker *worker, GError **error)
{
    g_auto(GStrv) excess = scopes_excess(worker->operator.sign_in);
    g_autofree char *names = g_strjoinv(", ", excess);
    if (!worker->operator.no_excess || names[0] == '\0')
        return TRUE;
    sign_in_forget(worker->operator.sign_in);
    g_set_error(
        error, PERCH_ERROR, PERCH_ERROR_SIGN_IN,
        "The sign-in can do more than was asked for, and --no-excess refuses that: %s. Nothing of it was kept.\n"
        "Take those consents back in the Microsoft Entra admin center (Enterprise applications, Permissions), or "
        "sign in with an application of your own (--client-id).",
        names);
    return FALSE;
}

static gboolean after_sign_in(struct worker *worker, GError **error)
{
    const struct sign_in_account *account = sign_in_account(worker->operator.sign_in);
    if (!tenant_check(worker, account, error) || !accept_excess(worker, error))
        return FALSE;
    if (worker->tenant.dir != NULL)
        return TRUE;
    if (!tenant_open(worker, account, error))
        return FALSE;
    g_autofree char *folder = g_strdup(worker->tenant.dir->path);
    worker_log(worker, LOG_NOTICE, "sign-in", "signed in as %s; journal in %s", account->user_name, folder);
    if (worker_other_defender(worker) != NULL)
        worker_log(worker, LOG_NOTICE, "sign-in", "%s", worker_other_defender(worker));
    return TRUE;
}

/* SCOPES one a line, each with why: what the sign-in has already into GRANTED, the rest into FRESH. Another application
 * has nothing of it. */
static void explain_rights(const struct worker *worker, const struct sign_in_prompt *shown, char **fresh,
                           char **granted)
{
    static const char *const always[] = {"openid", "profile", "offline_access", NULL};
    const struct sign_in *sign_in = worker->operator.sign_in;
    gboolean same =
        sign_in_account(sign_in) != NULL && g_strcmp0(shown->client_id, sign_in_client_of(sign_in, SERVICE_GRAPH)) == 0;
    g_auto(GStrv) scopes = g_strsplit(shown->scopes, " ", -1);
    g_autoptr(GString) known = g_string_new(NULL);
    g_autoptr(GString) others = g_string_new(NULL);
    for (char **scope = scopes; *scope != NULL; scope++)
        g_string_append_printf(
            same && (g_strv_contains(always, *scope) || scopes_has(sign_in, *scope)) ? known : others, "%s ", *scope);
    *granted = scopes_explain(known->str, worker->operator.undoes);
    *fresh = scopes_explain(others->str, worker->operator.undoes);
}

static void emit_prompt(struct worker *worker, const struct sign_in_prompt *shown, const char *why)
{
    struct prompt *prompt = g_new0(struct prompt, 1);
    prompt->device_code = shown->method == SIGN_IN_DEVICE_CODE;
    g_autofree char *what =
        prompt->device_code
            ? g_strdup_printf("Open %s and type the code %s to sign in. Type it only if you started this yourself.",
                              shown->url, shown->user_code)
            : g_strdup("Open the address in a browser on this machine and sign in.");
    prompt->url = g_strdup(shown->url);
    prompt->start = g_strdup(shown->start != NULL ? shown->start : shown->url);
    prompt->user_code = g_strdup(shown->user_code != NULL ? shown->user_code : "");
    prompt->account_hint = log_clean(worker->log, worker_account(worker));
    prompt->application = scopes_application(shown->client_id);
    explain_rights(worker, shown, &prompt->reasons, &prompt->granted);
    prompt->tenant = g_strdup(worker->tenant.named != NULL ? worker->tenant.named : "");
    prompt->message = g_strconcat(why, what, NULL);
    prompt->expires = shown->expires;
    prompt->port = shown->port;
    g_free(worker->operator.prompt_url);
    g_free(worker->operator.prompt_code);
    worker->operator.prompt_url = g_strdup(shown->url);
    worker->operator.prompt_code = g_strdup(shown->user_code);
    worker_emit(worker, EVENT_PROMPT, prompt);
}

/* FIRST (NULL: not asked for) gets a copy of the first read of Defender, where there is one. */
static gboolean reads_defender(const struct worker *worker, struct request **first)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        g_autoptr(GPtrArray) requests = object_look_ups(object);
        for (guint k = 0; k < requests->len; k++) {
            const struct request *request = g_ptr_array_index(requests, k);
            if (request->service != SERVICE_DEFENDER)
                continue;
            if (first != NULL)
                *first = request_copy(request);
            return TRUE;
        }
    }
    return FALSE;
}

gboolean operator_lacks_defender(const struct worker *worker)
{
    gboolean signed_in = sign_in_account(worker->operator.sign_in) != NULL && worker->tenant.dir != NULL;
    gboolean wanted = worker->cloud->defender != NULL && worker->operator.certificate == NULL;
    return signed_in && wanted && !worker->operator.defender_ready && reads_defender(worker, NULL);
}

/* How many sign-ins there are is said at the first. */
static void show_prompt(const struct sign_in_prompt *shown, gpointer data)
{
    struct worker *worker = data;
    gboolean first = sign_in_account(worker->operator.sign_in) == NULL;
    gboolean two = first && worker->cloud->defender != NULL && reads_defender(worker, NULL);
    emit_prompt(worker, shown, two ? "Sign-in 1 of 2 to read; the second is for Defender's own API. " : "");
}

static void show_write_prompt(const struct sign_in_prompt *shown, gpointer data)
{
    gboolean activates = strstr(shown->scopes, ACTIVATION_OF_ROLES_SCOPE) != NULL ||
                         strstr(shown->scopes, ACTIVATION_OF_GROUPS_SCOPE) != NULL;
    emit_prompt(data, shown,
                activates
                    ? "The sign-in that activating needs; it writes nothing itself. What comes after may need one "
                      "more, which then has the role. "
                    : "The one sign-in that this plan needs for its writes; it writes nothing itself. ");
}

static void show_defender_prompt(const struct sign_in_prompt *shown, gpointer data)
{
    emit_prompt(data, shown,
                "Sign-in 2 of 2 to read: a second sign-in with the same account, for Defender's own API. "
                "That right could also create streaming exports; signing in creates none. ");
}

static void say_withheld(struct worker *worker)
{
    g_auto(GStrv) sentences = scopes_notes(worker->operator.sign_in);
    for (char **sentence = sentences; *sentence != NULL; sentence++)
        worker_log(worker, LOG_WARNING, "sign-in", "%s", *sentence);
}

/* Microsoft moves tenants of GCC from the commercial Defender to one of their own, and nothing but an answer tells
 * which one knows a tenant (Defender for Endpoint for US Government customers): the one that does not answers 404, or
 * no token is given out for it. One read each; the other one is taken only where it answers. */
static void find_defender(struct worker *worker)
{
    static const enum defender_place places[] = {DEFENDER_FOUND, DEFENDER_MOVED};
    g_autoptr(Request) request = NULL;
    if (worker_other_defender(worker) == NULL || worker->cloud->other_defender == NULL ||
        !reads_defender(worker, &request))
        return;
    gboolean unknown = FALSE;
    worker->operator.defender_place = DEFENDER_NOT_TRIED;
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autoptr(GPtrArray) replies = client_read(worker->client, &request, 1);
        const struct reply *reply = g_ptr_array_index(replies, 0);
        unknown = reply->status == 404 || (reply->outcome != REPLY_ANSWERED && reply->error != NULL &&
                                           strstr(reply->error->message, UNKNOWN_RESOURCE) != NULL);
        if (reply_is_success(reply))
            worker->operator.defender_place = places[i];
        if (reply_is_success(reply) && places[i] == DEFENDER_MOVED)
            worker_log(worker, LOG_NOTICE, "sign-in", "the tenant's Defender is at %s: the other one does not know it",
                       worker->cloud->defender);
        if (reply_is_success(reply) || (!unknown && i == 0))
            return;
        cloud_swap_defender(worker->cloud);
        sign_in_defender_moved(worker->operator.sign_in);
    }
    /* One that refuses for another reason, or does not answer, says nothing about the tenant. */
    if (unknown)
        worker->operator.defender_place = DEFENDER_NOWHERE;
}

/* Without it everything but streaming goes on, so a refusal is said and is no error. */
static gboolean sign_in_for_defender(struct worker *worker, gboolean device_code, gboolean ask_person, GError **error)
{
    enum sign_in_method method = device_code ? SIGN_IN_DEVICE_CODE : SIGN_IN_BROWSER;
    static const char *const no_scopes[] = {NULL};
    g_autoptr(GError) cause = NULL;
    if (worker->cloud->defender == NULL || !reads_defender(worker, NULL))
        return TRUE;
    worker->operator.defender_ready = !sign_in_needs_asking(worker->operator.sign_in, SERVICE_DEFENDER);
    if (worker->operator.defender_ready || ask_person)
        g_clear_pointer(&worker->operator.defender_refusal, g_free);
    if (worker->operator.defender_ready)
        find_defender(worker);
    if (worker->operator.defender_ready || !ask_person)
        return TRUE;
    worker_log(worker, LOG_INFO, "sign-in", "Defender's own API wants a second sign-in with the same account");
    if (sign_in_ask_service(worker->operator.sign_in, SERVICE_DEFENDER, method, no_scopes, show_defender_prompt, worker,
                            &cause)) {
        worker->operator.defender_ready = TRUE;
        find_defender(worker);
        return TRUE;
    }
    if (g_error_matches(cause, PERCH_ERROR, PERCH_ERROR_TENANT)) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    http_cancel_reset(worker->http);
    g_autofree char *headline = error_headline(cause);
    g_autofree char *text = g_strconcat("streaming cannot be read: ", headline, NULL);
    log_write(worker->log, LOG_WARNING, "sign-in", text, error_hint(cause), NULL, 0, 0);
    const char *other = worker_other_defender(worker);
    g_autofree char *line = g_strconcat(cause->message, other != NULL ? "\n" : "", other != NULL ? other : "", NULL);
    g_strdelimit(line, "\n", ' ');
    if (g_error_matches(cause, PERCH_ERROR, PERCH_ERROR_SIGN_IN))
        worker->operator.defender_refusal = log_clean(worker->log, line);
    return TRUE;
}

/* Where no tenant was named, the only one that the keyring knows is meant; the board says which, and before the first
 * write its domain has to be typed. */
static gboolean sign_in_to_the_kept_tenant(struct worker *worker, char **scopes, GError **error)
{
    g_autofree char *kept = worker->tenant.named == NULL && sign_in_tenant_id(worker->operator.sign_in) == NULL
                                ? token_store_only_tenant(&worker->operator.tokens,
                                                          sign_in_client_of(worker->operator.sign_in, SERVICE_GRAPH))
                                : NULL;
    if (kept != NULL)
        sign_in_try_tenant(worker->operator.sign_in, kept);
    gboolean signed_in =
        sign_in_silently(worker->operator.sign_in, (const char *const *)scopes, reads_defender(worker, NULL), error);
    if (kept != NULL && !signed_in)
        sign_in_try_tenant(worker->operator.sign_in, NULL);
    return signed_in;
}

gboolean operator_sign_in_silently(struct worker *worker, GError **error)
{
    g_auto(GStrv) scopes = read_scopes(worker);
    g_autoptr(GError) cause = NULL;
    if (sign_in_account(worker->operator.sign_in) != NULL && worker->tenant.dir != NULL)
        return TRUE;
    if (sign_in_to_the_kept_tenant(worker, scopes, &cause)) {
        if (!after_sign_in(worker, error))
            return FALSE;
        say_withheld(worker);
        return sign_in_for_defender(worker, worker->operator.device_code, FALSE, error);
    }
    if (cause != NULL)
        g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static gboolean ask(struct worker *worker, gboolean device_code, char **scopes, sign_in_prompt_func show,
                    GError **error)
{
    enum sign_in_method method = device_code ? SIGN_IN_DEVICE_CODE : SIGN_IN_BROWSER;
    return sign_in_ask(worker->operator.sign_in, method, (const char *const *)scopes, show, worker, error);
}

gboolean operator_sign_in(struct worker *worker, gboolean device_code, GError **error)
{
    if (operator_lacks_defender(worker))
        return sign_in_for_defender(worker, device_code, TRUE, error);
    g_auto(GStrv) scopes = read_scopes(worker);
    if (!ask(worker, device_code, scopes, show_prompt, error) || !after_sign_in(worker, error))
        return FALSE;
    say_withheld(worker);
    return sign_in_for_defender(worker, device_code, TRUE, error);
}

gboolean operator_sign_in_for_what_is_left_out(struct worker *worker, GError **error)
{
    if (!operator_lacks_defender(worker) || worker->operator.defender_refusal != NULL || worker->operator.never_ask)
        return TRUE;
    return sign_in_for_defender(worker, worker->operator.device_code, TRUE, error);
}

/* WHY, on one line for the log; SHOW puts the prompt before the person. */
static gboolean require_scopes(struct worker *worker, char **scopes, const char *why, sign_in_prompt_func show,
                               GError **error)
{
    g_autoptr(GPtrArray) missing = g_ptr_array_new();
    for (char **scope = scopes; *scope != NULL; scope++)
        if (!scopes_has(worker->operator.sign_in, *scope))
            g_ptr_array_add(missing, *scope);
    if (missing->len == 0)
        return TRUE;
    g_ptr_array_add(missing, NULL);
    g_autofree char *names = g_strjoinv(", ", (char **)missing->pdata);
    worker_log(worker, LOG_INFO, "sign-in", "%s: %s", why, names);
    g_auto(GStrv) read = read_scopes(worker);
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (char **scope = read; *scope != NULL; scope++)
        g_ptr_array_add(all, *scope);
    for (guint i = 0; i < missing->len; i++)
        g_ptr_array_add(all, g_ptr_array_index(missing, i));
    if (!ask(worker, worker->operator.device_code, (char **)all->pdata, show, error)) {
        /* Rights are asked for before the first request that needs them. */
        if (error != NULL && g_error_matches(*error, PERCH_ERROR, PERCH_ERROR_CANCELLED)) {
            g_autoptr(GError) cause = g_steal_pointer(error);
            g_autofree char *headline = error_headline(cause);
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "%s Nothing was sent.", headline);
        }
        return FALSE;
    }
    if (!after_sign_in(worker, error))
        return FALSE;
    say_withheld(worker);
    return TRUE;
}

gboolean operator_require_scopes_to_undo(struct worker *worker, char **scopes, GError **error)
{
    worker->operator.undoes = TRUE;
    gboolean ok = operator_require_scopes(worker, scopes, error);
    worker->operator.undoes = FALSE;
    return ok;
}

gboolean operator_require_scopes(struct worker *worker, char **scopes, GError **error)
{
    return require_scopes(worker, scopes, "the plan needs more rights", show_write_prompt, error);
}

static void show_rules_prompt(const struct sign_in_prompt *shown, gpointer data)
{
    emit_prompt(data, shown,
                "To read the rules of what you decided to activate, and what became of it; this writes nothing. ");
}

/* The scopes that the reads lack which are due; KEYS gets whose. Caller frees. */
static char **decided_scopes(const struct worker *worker, GHashTable *keys)
{
    GPtrArray *scopes = g_ptr_array_new();
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        g_autoptr(GPtrArray) requests = object_look_ups(object);
        gboolean is_open =
            object->kind->ends_by_itself && object->created && object->observation->state == OBJECT_UNKNOWN;
        for (guint k = 0; k < requests->len; k++) {
            const struct request *request = g_ptr_array_index(requests, k);
            /* It waits for a decision that was taken; or tells what became of what was asked for. */
            gboolean is_due = (request->if_decided && object->decision.kind == DECISION_CREATE) ||
                              (is_open && (request->if_decided || request->if_granted));
            if (!is_due || scopes_has(worker->operator.sign_in, request->scope))
                continue;
            scopes_add(scopes, request->scope);
            g_hash_table_add(keys, object->key);
        }
    }
    g_ptr_array_add(scopes, NULL);
    return (char **)g_ptr_array_free(scopes, FALSE);
}

gboolean operator_read_what_was_decided(struct worker *worker, GHashTable *keys, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_auto(GStrv) scopes = decided_scopes(worker, keys);
    if (!worker->operator.never_ask &&
         require_scopes(worker, scopes, "what was decided has rules; reading them needs", show_rules_prompt, &cause))
        return TRUE;
    g_hash_table_remove_all(keys);
    if (cause == NULL)
        return TRUE;
    /* Whoever leaves meanwhile did not refuse this alone. */
    if (g_atomic_int_get(&worker->stopping) || g_error_matches(cause, PERCH_ERROR, PERCH_ERROR_TENANT)) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    http_cancel_reset(worker->http);
    worker_log_error(worker, LOG_WARNING, "sign-in", cause);
    return TRUE;
}

static void show_claims_prompt(const struct sign_in_prompt *shown, gpointer data)
{
    emit_prompt(data, shown, "Microsoft asks you to sign in once more before it goes on. ");
}

gboolean operator_meet_claims(struct worker *worker, enum service service, const char *claims, GError **error)
{
    static const char *const no_scopes[] = {NULL};
    enum sign_in_method method = worker->operator.device_code ? SIGN_IN_DEVICE_CODE : SIGN_IN_BROWSER;
    sign_in_require_claims(worker->operator.sign_in, claims);
    return sign_in_ask_service(worker->operator.sign_in, service, method, no_scopes, show_claims_prompt, worker,
                               error) &&
           tenant_check(worker, sign_in_account(worker->operator.sign_in), error);
}

gboolean operator_revoke_sessions(struct worker *worker, GError **error)
{
    static const char *const scopes[] = {"User.RevokeSessions.All", NULL};
    if (!operator_require_scopes(worker, (char **)scopes, error))
        return FALSE;
    const struct sign_in_account *account = sign_in_account(worker->operator.sign_in);
    g_autofree char *name = log_clean(worker->log, account->user_name);
    g_autoptr(Request) request =
        request_write("POST", SERVICE_GRAPH, NULL, "/v1.0/users/%s/revokeSignInSessions", account->object_id);
    request->scope = scopes[0];
    g_autoptr(Reply) reply = client_write(worker->client, request);
    gboolean done = reply_is_success(reply);
    log_audit(worker->log, name, "revoke", "sessions", account->object_id, done ? "done" : "refused",
              reply->request_id);
    if (done)
        worker_log(worker, LOG_NOTICE, "sign-in", "every session of %s is ended, in its browsers too", name);
    else
        g_propagate_error(error, g_error_copy(reply->error));
    return done;
}

/* A domain whose tenant nobody could name leaves what is stored where it is. */
static gboolean forget_stored(struct worker *worker, GError **error)
{
    g_autofree char *tenant_id = g_strdup(sign_in_tenant_id(worker->operator.sign_in));
    if (tenant_id == NULL && worker->tenant.named != NULL) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_NETWORK,
                    "It is not known which tenant %s is, so nothing was removed from the keyring.\n"
                    "Try again with a connection, or with the tenant's id.",
                    worker->tenant.named);
        return FALSE;
    }
    return token_store_forget(&worker->operator.tokens, tenant_id, error);
}

gboolean operator_sign_out(struct worker *worker, GError **error)
{
    const struct sign_in_account *signed_in = sign_in_account(worker->operator.sign_in);
    g_autofree char *account = signed_in != NULL ? log_clean(worker->log, signed_in->user_name) : NULL;
    gboolean forgotten = forget_stored(worker, error);
    sign_in_forget(worker->operator.sign_in);
    worker->run.confirmed = FALSE;
    worker->operator.defender_ready = FALSE;
    if (worker->operator.defender_place == DEFENDER_MOVED) {
        cloud_swap_defender(worker->cloud);
        sign_in_defender_moved(worker->operator.sign_in);
    }
    worker->operator.defender_place = DEFENDER_NOT_TRIED;
    g_clear_pointer(&worker->operator.defender_refusal, g_free);
    g_hash_table_remove_all(worker->operator.secrets);
    g_clear_pointer(&worker->operator.people_claims, g_free);
    g_hash_table_remove_all(worker->run.failures);
    g_hash_table_remove_all(worker->run.refusals);
    tenant_close(worker);
    if (forgotten)
        worker_log(worker, LOG_NOTICE, "sign-in",
                   worker->operator.tokens.is_unused ? "signed out; without --practice-keyring the keyring is not asked"
                                                     : "signed out; nothing is kept of the sign-in, nor a first "
                                                       "password of an account that was created here");
    if (forgotten && account != NULL)
        worker_log(
            worker, LOG_NOTICE, "sign-in",
            "what Microsoft gave out before lives on there, an access token for up to an hour; “Revoke sessions” "
            "of %s in the Microsoft Entra admin center ends that everywhere, as sign-out --everywhere does; what was "
            "consented to stays: perch consents lists it and takes it back",
            account);
    return forgotten;
}
