#include "engine/tenant.h"

#include <string.h>

#include "base/error.h"
#include "engine/hand_over.h"
#include "engine/scopes.h"
#include "onboarding/answers.h"

#define ANSWERS_FILE "answers.json"

/* What reading everything needs. Caller frees with g_strfreev(). */
static char **read_scopes(const struct worker *worker)
{
    GPtrArray *scopes = g_ptr_array_new();
    scopes_add(scopes, "User.Read");
    for (guint i = 0; i < worker->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->onboarding->objects, i);
        g_autoptr(GPtrArray) requests = object_look_ups(object);
        for (guint k = 0; k < requests->len; k++) {
            const struct request *request = g_ptr_array_index(requests, k);
            if (request->service == SERVICE_GRAPH && !request->if_granted)
                scopes_add(scopes, request->scope);
        }
    }
    scopes_add(scopes, "User.Read.All");
    g_ptr_array_add(scopes, NULL);
    return (char **)g_ptr_array_free(scopes, FALSE);
}

void tenant_set_today(struct worker *worker)
{
    g_autofree char *now = clock_format(worker_now(worker));
    g_autofree char *today = g_strndup(now, strlen("2026-11-24"));
    onboarding_set_value(worker->onboarding, "today", today);
}

static void set_values(struct worker *worker, const struct sign_in_account *account)
{
    struct onboarding *onboarding = worker->onboarding;
    onboarding_set_value(onboarding, "tenant.id", account->tenant_id);
    onboarding_set_value(onboarding, "me.id", account->object_id);
    onboarding_set_value(onboarding, "me.userName", account->user_name);
    onboarding_set_value(onboarding, "cloud.graph", worker->cloud->graph);
    onboarding_set_value(onboarding, "cloud.login", worker->cloud->login);
    onboarding_set_value(onboarding, "cloud.securityPortal", worker->cloud->security_portal);
    onboarding_set_value(onboarding, "cloud.myAccess", worker->cloud->my_access);
    tenant_set_today(worker);
    onboarding_rebuild(onboarding);
}

static gboolean load_answers(struct worker *worker, GError **error)
{
    g_autofree char *path = state_dir_file(worker->dir, ANSWERS_FILE);
    g_autoptr(GError) cause = NULL;
    g_autofree char *text = state_dir_read(worker->dir, ANSWERS_FILE, &cause);
    g_autoptr(json) stored = NULL;
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (text != NULL) {
        stored = answers_parse(text, -1, path, error);
        if (stored == NULL)
            return FALSE;
    }
    g_autoptr(json) merged = stored != NULL ? g_steal_pointer(&stored) : json_new_object();
    answers_merge(merged, worker->onboarding->answers);
    json_free(worker->onboarding->answers);
    worker->onboarding->answers = g_steal_pointer(&merged);
    return tenant_save_answers(worker, error);
}

gboolean tenant_save_answers(struct worker *worker, GError **error)
{
    if (worker->dir == NULL || worker->dir->read_only)
        return TRUE;
    g_autofree char *text = json_text_indented(worker->onboarding->answers);
    return state_dir_write(worker->dir, ANSWERS_FILE, text, error);
}

static void close_tenant(struct worker *worker)
{
    log_audit_to(worker->log, NULL, NULL);
    g_clear_pointer(&worker->journal, journal_close);
    g_clear_pointer(&worker->dir, state_dir_close);
    ledger_free(worker->ledger);
    worker->ledger = ledger_new();
}

static void replay(struct worker *worker)
{
    const GPtrArray *records = journal_records(worker->journal);
    for (guint i = 0; i < records->len; i++)
        ledger_add(worker->ledger, g_ptr_array_index(records, i));
    worker_sync_objects(worker);
}

static gboolean open_tenant(struct worker *worker, const struct sign_in_account *account, GError **error)
{
    worker->dir = state_dir_open(worker->state_base, account->tenant_id, error);
    if (worker->dir == NULL)
        return FALSE;
    worker->journal = journal_open(worker->dir, account->tenant_id, worker->onboarding->profile->id, error);
    if (worker->journal == NULL || !log_audit_to(worker->log, worker->dir, error)) {
        close_tenant(worker);
        return FALSE;
    }
    hand_over_receive(worker);
    if (!load_answers(worker, error)) {
        close_tenant(worker);
        return FALSE;
    }
    set_values(worker, account);
    replay(worker);
    if (worker->certificate != NULL)
        worker->dir->read_only = TRUE;
    else if (worker->dir->read_only)
        worker_log(worker, LOG_WARNING, "lock", "another perch works on this tenant: this one only looks on");
    return TRUE;
}

/* The domain of --tenant is checked by the sign-in itself, since the authority is that tenant's own. */
static gboolean check_tenant(struct worker *worker, const struct sign_in_account *account, GError **error)
{
    if (!hand_over_belongs(worker, account->tenant_id, error))
        return FALSE;
    if (worker->tenant == NULL || !g_uuid_string_is_valid(worker->tenant) ||
        g_ascii_strcasecmp(worker->tenant, account->tenant_id) == 0)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_TENANT,
                "You are signed in to the tenant %s, and --tenant names %s.\nNothing was sent. Sign in to that tenant.",
                account->tenant_id, worker->tenant);
    return FALSE;
}

static gboolean after_sign_in(struct worker *worker, GError **error)
{
    const struct sign_in_account *account = sign_in_account(worker->sign_in);
    if (!check_tenant(worker, account, error))
        return FALSE;
    if (worker->dir != NULL)
        return TRUE;
    if (!open_tenant(worker, account, error))
        return FALSE;
    g_autofree char *folder = g_strdup(worker->dir->path);
    worker_log(worker, LOG_NOTICE, "sign-in", "signed in as %s; journal in %s", account->user_name, folder);
    return TRUE;
}

static char *sentence_for(const struct sign_in_prompt *prompt)
{
    if (prompt->method == SIGN_IN_DEVICE_CODE)
        return g_strdup_printf("Open %s, type the code %s and sign in. Type it only if you started this yourself.",
                               prompt->url, prompt->user_code);
    return g_strdup("Open the address in a browser on this machine and sign in.");
}

static void emit_prompt(struct worker *worker, const struct sign_in_prompt *shown, const char *why)
{
    g_autofree char *what = sentence_for(shown);
    struct prompt *prompt = g_new0(struct prompt, 1);
    prompt->device_code = shown->method == SIGN_IN_DEVICE_CODE;
    prompt->url = g_strdup(shown->url);
    prompt->user_code = g_strdup(shown->user_code != NULL ? shown->user_code : "");
    prompt->account_hint = log_clean(worker->log, worker_account(worker));
    prompt->application = g_strdup(shown->client_id);
    prompt->scopes = g_strdup(shown->scopes);
    prompt->reasons = scopes_explain(shown->scopes);
    prompt->tenant = g_strdup(worker->tenant != NULL ? worker->tenant : "");
    prompt->message = g_strconcat(why, what, NULL);
    prompt->expires = shown->expires;
    prompt->port = shown->port;
    g_free(worker->prompt_url);
    g_free(worker->prompt_code);
    worker->prompt_url = g_strdup(shown->url);
    worker->prompt_code = g_strdup(shown->user_code);
    worker_emit(worker, EVENT_PROMPT, prompt);
}

static void show_prompt(const struct sign_in_prompt *shown, gpointer data)
{
    emit_prompt(data, shown, "");
}

static void show_defender_prompt(const struct sign_in_prompt *shown, gpointer data)
{
    emit_prompt(data, shown, "A second sign-in, with the same account, for Defender's own API. ");
}

static gboolean reads_defender(const struct worker *worker)
{
    for (guint i = 0; i < worker->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->onboarding->objects, i);
        g_autoptr(GPtrArray) requests = object_look_ups(object);
        for (guint k = 0; k < requests->len; k++)
            if (((const struct request *)g_ptr_array_index(requests, k))->service == SERVICE_DEFENDER)
                return TRUE;
    }
    return FALSE;
}

/* Without it everything but streaming goes on, so a refusal is said and is no error. */
static gboolean sign_in_for_defender(struct worker *worker, gboolean device_code, gboolean ask_person, GError **error)
{
    enum sign_in_method method = device_code ? SIGN_IN_DEVICE_CODE : SIGN_IN_BROWSER;
    static const char *const no_scopes[] = {NULL};
    g_autoptr(GError) cause = NULL;
    if (worker->cloud->defender == NULL || !reads_defender(worker))
        return TRUE;
    worker->defender_ready = !sign_in_needs_asking(worker->sign_in, SERVICE_DEFENDER);
    if (worker->defender_ready || !ask_person)
        return TRUE;
    worker_log(worker, LOG_INFO, "sign-in", "Defender's own API wants a second sign-in with the same account");
    if (sign_in_ask_service(worker->sign_in, SERVICE_DEFENDER, method, no_scopes, show_defender_prompt, worker,
                            &cause)) {
        worker->defender_ready = TRUE;
        return TRUE;
    }
    if (g_error_matches(cause, PERCH_ERROR, PERCH_ERROR_TENANT)) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    http_cancel_reset(worker->http);
    worker_log(worker, LOG_WARNING, "sign-in", "streaming cannot be read: %s", cause->message);
    return TRUE;
}

/* Where no tenant was named, the only one that the keyring knows is meant; the board says which, and before the first
 * write its domain has to be typed. */
static gboolean sign_in_to_the_kept_tenant(struct worker *worker, char **scopes, GError **error)
{
    g_autofree char *kept = worker->tenant == NULL && sign_in_tenant_id(worker->sign_in) == NULL
                                ? token_keeper_only_tenant(&worker->keeper, sign_in_client_id(worker->sign_in))
                                : NULL;
    if (kept != NULL)
        sign_in_try_tenant(worker->sign_in, kept);
    gboolean signed_in = sign_in_silently(worker->sign_in, (const char *const *)scopes, error);
    if (kept != NULL && !signed_in)
        sign_in_try_tenant(worker->sign_in, NULL);
    return signed_in;
}

gboolean tenant_sign_in_silently(struct worker *worker, GError **error)
{
    g_auto(GStrv) scopes = read_scopes(worker);
    g_autoptr(GError) cause = NULL;
    if (sign_in_account(worker->sign_in) != NULL && worker->dir != NULL)
        return TRUE;
    if (sign_in_to_the_kept_tenant(worker, scopes, &cause)) {
        if (!after_sign_in(worker, error))
            return FALSE;
        scopes_say_withheld(worker);
        return sign_in_for_defender(worker, worker->device_code, FALSE, error);
    }
    if (cause != NULL)
        g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static gboolean ask(struct worker *worker, gboolean device_code, char **scopes, GError **error)
{
    enum sign_in_method method = device_code ? SIGN_IN_DEVICE_CODE : SIGN_IN_BROWSER;
    return sign_in_ask(worker->sign_in, method, (const char *const *)scopes, show_prompt, worker, error);
}

gboolean tenant_sign_in(struct worker *worker, gboolean device_code, GError **error)
{
    g_auto(GStrv) scopes = read_scopes(worker);
    if (!ask(worker, device_code, scopes, error) || !after_sign_in(worker, error))
        return FALSE;
    scopes_say_withheld(worker);
    return sign_in_for_defender(worker, device_code, TRUE, error);
}

gboolean tenant_require_scopes(struct worker *worker, char **scopes, GError **error)
{
    g_autoptr(GPtrArray) missing = g_ptr_array_new();
    for (char **scope = scopes; *scope != NULL; scope++)
        if (!sign_in_has_scope(worker->sign_in, *scope))
            g_ptr_array_add(missing, *scope);
    if (missing->len == 0)
        return TRUE;
    g_ptr_array_add(missing, NULL);
    g_autofree char *names = g_strjoinv(", ", (char **)missing->pdata);
    worker_log(worker, LOG_INFO, "sign-in", "the plan needs more rights: %s", names);
    g_auto(GStrv) read = read_scopes(worker);
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (char **scope = read; *scope != NULL; scope++)
        g_ptr_array_add(all, *scope);
    for (guint i = 0; i < missing->len; i++)
        g_ptr_array_add(all, g_ptr_array_index(missing, i));
    if (!ask(worker, worker->device_code, (char **)all->pdata, error) || !after_sign_in(worker, error))
        return FALSE;
    scopes_say_withheld(worker);
    return TRUE;
}

static void show_claims_prompt(const struct sign_in_prompt *shown, gpointer data)
{
    emit_prompt(data, shown, "Microsoft asks you to sign in once more before it goes on. ");
}

gboolean tenant_meet_claims(struct worker *worker, enum service service, const char *claims, GError **error)
{
    static const char *const no_scopes[] = {NULL};
    enum sign_in_method method = worker->device_code ? SIGN_IN_DEVICE_CODE : SIGN_IN_BROWSER;
    sign_in_require_claims(worker->sign_in, claims);
    return sign_in_ask_service(worker->sign_in, service, method, no_scopes, show_claims_prompt, worker, error) &&
           check_tenant(worker, sign_in_account(worker->sign_in), error);
}

/* A domain whose tenant nobody could name leaves what is stored where it is. */
static gboolean forget_stored(struct worker *worker, GError **error)
{
    g_autofree char *tenant_id = g_strdup(sign_in_tenant_id(worker->sign_in));
    if (tenant_id == NULL && worker->tenant != NULL) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_NETWORK,
                    "It is not known which tenant %s is, so nothing was removed from the keyring.\n"
                    "Try again with a connection, or with the tenant's id.",
                    worker->tenant);
        return FALSE;
    }
    return token_keeper_forget(&worker->keeper, tenant_id, error);
}

/* Nothing that was answered, decided or read for this tenant counts for the next one. */
static void forget_tenant(struct worker *worker)
{
    struct onboarding *onboarding = worker->onboarding;
    json_free(onboarding->answers);
    onboarding->answers = json_copy(worker->given_answers);
    g_hash_table_remove_all(worker->failures);
    g_hash_table_remove_all(worker->refusals);
    g_hash_table_remove_all(worker->secrets);
    g_clear_pointer(&worker->people_claims, g_free);
    onboarding_forget(onboarding);
    onboarding_rebuild(onboarding);
    worker_sync_objects(worker);
}

gboolean tenant_sign_out(struct worker *worker, GError **error)
{
    gboolean forgotten = forget_stored(worker, error);
    sign_in_forget(worker->sign_in);
    close_tenant(worker);
    worker->confirmed = FALSE;
    worker->defender_ready = FALSE;
    worker->checked = 0;
    forget_tenant(worker);
    if (forgotten)
        worker_log(worker, LOG_NOTICE, "sign-in", "signed out; nothing is kept of the sign-in");
    return forgotten;
}
