/* SPDX-License-Identifier: MIT */
#include "support/operator_bench.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/scopes.h"
#include "secrets/password.h"
#include "secrets/sandbox.h"
#include "secrets/session_key.h"
#include "support/support.h"

#define FOLDER "FOLDER"

static struct {
    struct bench *bench;
    GString *calls;
    char *kept; /* NULL: no sign-in is; "": it is good; else why it is not */
    char **granted;
    char **gives; /* what a sign-in grants besides */
    char **withheld;
    char **unasked;
    char *refuses;
    char *lost;
    char *stored;
    char *form; /* what the practice tenant answers to a form: "STATUS PAGE" */
    enum keyring_state keyring;
    gboolean keyring_fails;
    GHashTable *secrets; /* "KIND ACCOUNT" -> text */
    GHashTable *session; /* set of names */
    GHashTable *hosts;   /* name -> what it does */
    gint64 today;
    gboolean no_sandbox;
    gboolean leaves;
} desk;

/* In place of what has these names; see the header. */
#define IN_PLACE_OF(name) __typeof__(name) __wrap_##name
IN_PLACE_OF(g_get_real_time);
IN_PLACE_OF(sign_in_silently);
IN_PLACE_OF(sign_in_ask);
IN_PLACE_OF(sign_in_ask_service);
IN_PLACE_OF(sign_in_home);
IN_PLACE_OF(sign_in_withheld);
IN_PLACE_OF(sign_in_unasked);
IN_PLACE_OF(sign_in_asked_for);
IN_PLACE_OF(sign_in_forget);
IN_PLACE_OF(sign_in_client_of);
IN_PLACE_OF(sign_in_needs_asking);
IN_PLACE_OF(sign_in_require_claims);
IN_PLACE_OF(sign_in_try_tenant);
IN_PLACE_OF(sign_in_tenant_id);
IN_PLACE_OF(sign_in_store);
IN_PLACE_OF(sign_in_paste_back);
IN_PLACE_OF(keyring_state);
IN_PLACE_OF(keyring_probe);
IN_PLACE_OF(keyring_sentence);
IN_PLACE_OF(keyring_load);
IN_PLACE_OF(keyring_only_tenant);
IN_PLACE_OF(keyring_save);
IN_PLACE_OF(keyring_forget);
IN_PLACE_OF(keyring_unlock);
IN_PLACE_OF(session_key_save);
IN_PLACE_OF(session_key_load);
IN_PLACE_OF(session_key_names);
IN_PLACE_OF(session_key_forget);
IN_PLACE_OF(password_new);
IN_PLACE_OF(http_start);
IN_PLACE_OF(http_run);
IN_PLACE_OF(http_cancel);
IN_PLACE_OF(http_cancel_reset);
IN_PLACE_OF(http_wake);
IN_PLACE_OF(http_environment);
IN_PLACE_OF(sandbox_sentence);
IN_PLACE_OF(sandbox_version);
IN_PLACE_OF(client_start_read);

static const char *const keyring_words[] = {
    [KEYRING_UNKNOWN] = "unknown",
    [KEYRING_READY] = "ready",
    [KEYRING_LOCKED] = "locked",
    [KEYRING_DISABLED] = "disabled",
    [KEYRING_NO_BUS] = "no-bus",
    [KEYRING_NO_SERVICE] = "no-service",
    [KEYRING_NO_COLLECTION] = "no-keyring",
    [KEYRING_DISMISSED] = "dismissed",
    [KEYRING_TIMED_OUT] = "timed-out",
    [KEYRING_FAILED] = "failed",
};

static void called(const char *format, ...) G_GNUC_PRINTF(1, 2);

static void called(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(desk.calls, format, arguments);
    va_end(arguments);
    g_string_append(desk.calls, "; ");
}

gint64 __wrap_g_get_real_time(void)
{
    return desk.today != 0 ? desk.today : MADE_UP_NOW;
}

static const char *service_word(enum service service)
{
    return service == SERVICE_GRAPH ? "graph" : "defender";
}

static void grant(const char *const *scopes)
{
    if (desk.granted == NULL)
        return;
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_strv_builder_addv(builder, (const char **)desk.granted);
    g_strv_builder_addv(builder, (const char **)scopes);
    if (desk.gives != NULL)
        g_strv_builder_addv(builder, (const char **)desk.gives);
    g_strfreev(desk.granted);
    desk.granted = g_strv_builder_end(builder);
    desk.bench->granted = (const char *const *)desk.granted;
}

gboolean __wrap_sign_in_silently(struct sign_in *sign_in, const char *const *scopes, gboolean defender, GError **error)
{
    (void)sign_in;
    (void)scopes;
    called("kept sign-in for Graph%s", defender ? " and Defender" : "");
    if (desk.kept != NULL && desk.kept[0] != '\0')
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_NETWORK, desk.kept);
    if (desk.kept == NULL || desk.kept[0] != '\0')
        return FALSE;
    desk.bench->is_signed_out = FALSE;
    return TRUE;
}

/* Of SCOPES those that are about the person or made up: what reading the real kinds asks for is their own matter.
 * Caller frees. */
static char *own_scopes(const char *const *scopes)
{
    static const char *const prefixes[] = {"User.", "MadeUp.", "DelegatedPermissionGrant.", "."};
    g_autoptr(GString) text = g_string_new(NULL);
    for (; *scopes != NULL; scopes++)
        for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
            if (g_str_has_prefix(*scopes, prefixes[i]))
                g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", *scopes);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static gboolean ask(enum service service, enum sign_in_method method, const char *const *scopes,
                    sign_in_prompt_func prompt, gpointer data, GError **error)
{
    g_autofree char *joined = g_strjoinv(" ", (char **)scopes);
    gboolean is_code = method == SIGN_IN_DEVICE_CODE;
    g_autofree char *own = own_scopes(scopes);
    called("ask %s by %s%s%s", service_word(service), is_code ? "code" : "browser", own[0] != '\0' ? ": " : "", own);
    const struct sign_in_prompt shown = {
        .method = method,
        .url = is_code ? "https://login/device" : "https://login/authorize?x",
        .start = is_code ? NULL : "http://127.0.0.1:1/start",
        .user_code = is_code ? "CODE" : NULL,
        .client_id = __wrap_sign_in_client_of(NULL, service),
        .scopes = service == SERVICE_DEFENDER ? ".default" : joined,
        .expires = 1,
        .port = is_code ? 0 : 1,
    };
    prompt(&shown, data);
    if (desk.leaves) {
        g_atomic_int_set(&desk.bench->worker.stopping, 1);
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Signing in was stopped.");
        return FALSE;
    }
    if (g_strcmp0(desk.refuses, service_word(service)) == 0) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN, "It was refused for %s.\nAsk again.",
                    service_word(service));
        return FALSE;
    }
    if (g_strcmp0(desk.lost, service_word(service)) == 0) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_NETWORK, "Nobody answers.\nLook at the network.");
        return FALSE;
    }
    desk.bench->is_signed_out = FALSE;
    grant(scopes);
    return TRUE;
}

gboolean __wrap_sign_in_ask(struct sign_in *sign_in, enum sign_in_method method, const char *const *scopes,
                            sign_in_prompt_func prompt, gpointer data, GError **error)
{
    (void)sign_in;
    return ask(SERVICE_GRAPH, method, scopes, prompt, data, error);
}

gboolean __wrap_sign_in_ask_service(struct sign_in *sign_in, enum service service, enum sign_in_method method,
                                    const char *const *scopes, sign_in_prompt_func prompt, gpointer data,
                                    GError **error)
{
    (void)sign_in;
    return ask(service, method, scopes, prompt, data, error);
}

static char **list_of(char **words)
{
    return words != NULL ? g_strdupv(words) : g_new0(char *, 1);
}

/* Of the cloud that was chosen. */
const char *__wrap_sign_in_home(const struct sign_in *sign_in)
{
    (void)sign_in;
    return "";
}

char **__wrap_sign_in_withheld(const struct sign_in *sign_in)
{
    (void)sign_in;
    return list_of(desk.withheld);
}

char **__wrap_sign_in_unasked(const struct sign_in *sign_in)
{
    (void)sign_in;
    return list_of(desk.unasked);
}

gboolean __wrap_sign_in_asked_for(const struct sign_in *sign_in, const char *scope)
{
    (void)sign_in;
    (void)scope;
    return FALSE;
}

void __wrap_sign_in_forget(struct sign_in *sign_in)
{
    (void)sign_in;
    called("sign-in forgotten");
    desk.bench->is_signed_out = TRUE;
}

const char *__wrap_sign_in_client_of(const struct sign_in *sign_in, enum service service)
{
    (void)sign_in;
    return service == SERVICE_GRAPH ? "graph-client" : "defender-client";
}

gboolean __wrap_sign_in_needs_asking(struct sign_in *sign_in, enum service service)
{
    (void)sign_in;
    (void)service;
    return TRUE;
}

void __wrap_sign_in_require_claims(struct sign_in *sign_in, const char *claims)
{
    (void)sign_in;
    called("prove %s", claims);
}

void __wrap_sign_in_try_tenant(struct sign_in *sign_in, const char *tenant_id)
{
    (void)sign_in;
    called("try %s", tenant_id != NULL ? tenant_id : "any tenant");
}

const char *__wrap_sign_in_tenant_id(struct sign_in *sign_in)
{
    (void)sign_in;
    return desk.bench->is_signed_out ? NULL : BENCH_TENANT;
}

void __wrap_sign_in_store(struct sign_in *sign_in)
{
    (void)sign_in;
    called("sign-in stored");
}

gboolean __wrap_sign_in_paste_back(struct sign_in *sign_in, const char *address, GError **error)
{
    (void)sign_in;
    called("pasted %s", address);
    if (strcmp(address, "bad") == 0)
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_INPUT, "That is no such address.\nPaste it again.");
    return strcmp(address, "bad") != 0;
}

enum keyring_state __wrap_keyring_state(const struct keyring *keyring)
{
    (void)keyring;
    return desk.keyring;
}

enum keyring_state __wrap_keyring_probe(struct keyring *keyring)
{
    (void)keyring;
    return desk.keyring;
}

char *__wrap_keyring_sentence(const struct keyring *keyring)
{
    (void)keyring;
    return g_strdup_printf("The keyring is %s.", keyring_words[desk.keyring]);
}

static gboolean use_keyring(GError **error)
{
    if (desk.keyring == KEYRING_READY && !desk.keyring_fails)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "The keyring is %s.", keyring_words[desk.keyring]);
    return FALSE;
}

static char *place_of(const struct keyring_key *key)
{
    return g_strdup_printf("%s %s", key->kind, key->account != NULL ? key->account : "*");
}

struct secret *__wrap_keyring_load(struct keyring *keyring, const struct keyring_key *key, GError **error)
{
    (void)keyring;
    g_autofree char *place = place_of(key);
    const char *text = use_keyring(error) ? g_hash_table_lookup(desk.secrets, place) : NULL;
    return text != NULL ? secret_new(text, -1) : NULL;
}

char *__wrap_keyring_only_tenant(struct keyring *keyring, const struct keyring_key *key)
{
    (void)keyring;
    g_autofree char *place = place_of(key);
    called("only tenant of %s for %s", place, key->client_id);
    return g_strdup(desk.stored);
}

gboolean __wrap_keyring_save(struct keyring *keyring, const struct keyring_key *key, const struct secret *secret,
                             GError **error)
{
    (void)keyring;
    g_autofree char *place = place_of(key);
    if (!use_keyring(error))
        return FALSE;
    called("keep %s as %s", place, key->label != NULL ? key->label : "sign-in");
    g_hash_table_replace(desk.secrets, g_steal_pointer(&place), g_strdup(secret_text(secret)));
    return TRUE;
}

gboolean __wrap_keyring_forget(struct keyring *keyring, const struct keyring_key *key, GError **error)
{
    (void)keyring;
    g_autofree char *place = place_of(key);
    called("forget %s of %s", place, g_strcmp0(key->tenant_id, BENCH_TENANT) == 0 ? "the tenant" : "all");
    if (!use_keyring(error))
        return FALSE;
    g_hash_table_remove(desk.secrets, place);
    return TRUE;
}

gboolean __wrap_keyring_unlock(struct keyring *keyring, const gint *abandon, GError **error)
{
    (void)keyring;
    (void)abandon;
    desk.keyring = desk.keyring_fails ? KEYRING_DISMISSED : KEYRING_READY;
    return use_keyring(error);
}

gboolean __wrap_session_key_save(const char *name, const struct secret *secret, GError **error)
{
    (void)secret;
    (void)error;
    called("session keeps %s", name);
    g_hash_table_add(desk.session, g_strdup(name));
    return TRUE;
}

struct secret *__wrap_session_key_load(const char *name)
{
    return g_hash_table_contains(desk.session, name) ? secret_new("of the session", -1) : NULL;
}

GPtrArray *__wrap_session_key_names(const char *prefix)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(desk.session), (GCompareFunc)strcmp);
    for (const GList *key = keys; key != NULL; key = key->next)
        if (g_str_has_prefix(key->data, prefix))
            g_ptr_array_add(names, g_strdup(key->data));
    return names;
}

void __wrap_session_key_forget(const char *name)
{
    called("session forgets %s", name);
    g_hash_table_remove(desk.session, name);
}

struct secret *__wrap_password_new(void)
{
    return secret_new("Qx7-zKv9Tp", -1);
}

/* What a host does is the seconds that its clock is ahead, or that it does not say the time, or nothing. */
void __wrap_http_start(struct http *http, const struct http_call *call, http_done_func done, gpointer data)
{
    (void)http;
    g_autoptr(GUri) uri = g_uri_parse(call->url, G_URI_FLAGS_NONE, NULL);
    const char *does = g_hash_table_lookup(desk.hosts, g_uri_get_host(uri));
    struct http_reply *reply = g_new0(struct http_reply, 1);
    reply->body = g_string_new(NULL);
    reply->peer_issuer = g_strdup(does != NULL && strcmp(does, "silent") == 0 ? "" : "An Authority");
    reply->duration = 5000;
    reply->problem = "";
    reply->request_id = g_strdup("r9");
    reply->location = g_strdup(desk.form != NULL && g_str_has_prefix(desk.form, "302 ") ? desk.form + 4 : "");
    if (strcmp(call->method, "POST") == 0) {
        called("post %s %s", call->url, call->body);
        reply->status = desk.form != NULL ? (int)g_ascii_strtoll(desk.form, NULL, 10) : 200;
        g_string_assign(reply->body, desk.form != NULL ? strchr(desk.form, ' ') + 1 : "");
    }
    if (does != NULL && strcmp(does, "gone") == 0) {
        reply->outcome = REPLY_LOST;
        reply->problem = "resolve";
        reply->error = g_error_new(PERCH_ERROR, PERCH_ERROR_NETWORK, "Nobody answers.");
    } else if (does == NULL || strcmp(does, "silent") != 0) {
        gint64 ahead = does != NULL ? g_ascii_strtoll(does, NULL, 10) : 0;
        reply->server_time = __wrap_g_get_real_time() + ahead * G_USEC_PER_SEC;
    }
    done(reply, data);
}

gboolean __wrap_http_run(struct http *http, const int *pending, gint64 deadline)
{
    (void)http;
    (void)pending;
    (void)deadline;
    return !desk.bench->stops;
}

void __wrap_http_cancel(struct http *http)
{
    (void)http;
    desk.bench->stops = TRUE;
}

void __wrap_http_cancel_reset(struct http *http)
{
    (void)http;
    desk.bench->stops = desk.bench->stops_always;
}

void __wrap_http_wake(struct http *http)
{
    (void)http;
}

char *__wrap_http_environment(void)
{
    return g_strdup("no proxy");
}

char *__wrap_sandbox_sentence(void)
{
    return g_strdup(desk.no_sandbox ? "the kernel confines nothing" : "what it may not reach is refused");
}

int __wrap_sandbox_version(void)
{
    return desk.no_sandbox ? 0 : 3;
}

void __wrap_client_start_read(struct client *client, const struct request *request, client_done_func done,
                              gpointer data)
{
    g_autofree char *target = request_target(request);
    g_autofree char *readable = g_uri_unescape_string(target, NULL);
    called("%s", readable);
    struct request *const requests[] = {(struct request *)request};
    g_autoptr(GPtrArray) replies = client_read(client, requests, 1);
    done(g_ptr_array_steal_index(replies, 0), data);
}

/* What the engine asked of itself and nobody carried out. */
static void drop_command(gpointer data)
{
    struct command *command = data;
    g_free(command->subject);
    g_free(command->text);
    g_free(command);
}

void operator_bench_begin(struct bench *bench)
{
    g_autoptr(GError) error = NULL;
    struct worker *worker = &bench->worker;
    memset(&desk, 0, sizeof desk);
    desk.bench = bench;
    desk.calls = g_string_new(NULL);
    desk.keyring = KEYRING_READY;
    desk.secrets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    desk.session = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    desk.hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    worker->commands = queue_new(drop_command, &error);
    worker->operator.defender_ready = FALSE;
    worker->operator.keyring =(struct keyring *) & desk;
    token_store_init(&worker->operator.tokens, worker->operator.keyring, worker->cloud);
    g_hash_table_unref(worker->operator.secrets);
    worker->operator.secrets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)secret_free);
    worker->tenant.given_answers = json_copy(worker->tenant.onboarding->answers);
    if (!log_audit_to(worker->log, worker->tenant.dir, NULL, &error))
        fail_msg("%s", error->message);
}

/* It is about the keyring, whose calls are what the rows are about. */
void __wrap_seal_chain(struct worker *worker);
void __wrap_seal_chain(struct worker *worker)
{
    (void)worker;
}

void operator_bench_end(struct bench *bench)
{
    struct worker *worker = &bench->worker;
    worker->operator.keyring = NULL;
    token_store_clear(&worker->operator.tokens);
    queue_free(worker->commands);
    g_string_free(desk.calls, TRUE);
    g_hash_table_unref(desk.secrets);
    g_hash_table_unref(desk.session);
    g_hash_table_unref(desk.hosts);
    g_strfreev(desk.granted);
    g_strfreev(desk.gives);
    g_strfreev(desk.withheld);
    g_strfreev(desk.unasked);
    char *strings[] = {desk.kept,
                       desk.refuses,
                       desk.lost,
                       desk.stored,
                       desk.form,
                       worker->operator.prompt_url,
                       worker->operator.prompt_code,
                       worker->operator.people_claims,
                       worker->operator.defender_refusal,
                       worker->operator.inspector,
                       worker->tenant.named,
                       worker->tenant.handed_sha256};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    json_free(worker->tenant.given_answers);
    json_free(worker->tenant.kept_answers);
    worker->tenant.given_answers = NULL;
    worker->tenant.kept_answers = NULL;
    log_audit_to(worker->log, NULL, NULL, NULL);
}

static gboolean set_flag(struct bench *bench, const char *name)
{
    struct worker *worker = &bench->worker;
    const struct {
        const char *name;
        gboolean *flag;
        gboolean value;
    } flags[] = {
        {"nobody", &bench->is_signed_out, TRUE},
        {"interactive", &worker->headless, FALSE},
        {"unattended", &worker->unattended, TRUE},
        {"never-ask", &worker->operator.never_ask, TRUE},
        {"no-excess", &worker->operator.no_excess, TRUE},
        {"device-code", &worker->operator.device_code, TRUE},
        {"unused", &worker->operator.tokens.is_unused, TRUE},
        {"for-session", &worker->operator.tokens.for_session, TRUE},
        {"unconfirmed", &worker->run.confirmed, FALSE},
        {"read-only", worker->tenant.dir != NULL ? &worker->tenant.dir->read_only : NULL, TRUE},
        {"proposed", &worker->tenant.proposed, TRUE},
        {"stops", &bench->stops_always, TRUE},
        {"no-sandbox", &desk.no_sandbox, TRUE},
        {"leaves", &desk.leaves, TRUE},
        {"failed-keyring", &desk.keyring_fails, TRUE},
        {"defender-ready", &worker->operator.defender_ready, TRUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(flags); i++)
        if (strcmp(flags[i].name, name) == 0) {
            *flags[i].flag = flags[i].value;
            return TRUE;
        }
    return FALSE;
}

static gboolean set_string(struct bench *bench, const char *name, const char *text)
{
    const struct {
        const char *name;
        char **string;
    } strings[] = {{"kept", &desk.kept}, {"refuses", &desk.refuses}, {"lost", &desk.lost}, {"form", &desk.form},
                   {"prompt", &bench->worker.operator.prompt_url },
                    {
                        "code",
                        &bench->worker.operator.prompt_code },
                        {"stored", &desk.stored},
                        {"named", &bench->worker.tenant.named},
                   };
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        if (strcmp(strings[i].name, name) == 0) {
            g_free(*strings[i].string);
            *strings[i].string = g_strdup(text != NULL ? text : "");
            return TRUE;
        }
    return FALSE;
}

static gboolean set_list(struct bench *bench, const char *name, const char *text)
{
    const struct {
        const char *name;
        char ***list;
    } lists[] = {
        {"granted", &desk.granted}, {"gives", &desk.gives}, {"withheld", &desk.withheld}, {"unasked", &desk.unasked}};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        if (strcmp(lists[i].name, name) == 0) {
            g_strfreev(*lists[i].list);
            *lists[i].list = g_strsplit(text, " ", -1);
            bench->granted = (const char *const *)desk.granted;
            return TRUE;
        }
    return FALSE;
}

static gboolean set_entry(struct bench *bench, const char *name, const char *text)
{
    const struct {
        const char *name;
        GHashTable *table;
    } tables[] = {{"secret", desk.secrets}, {"host", desk.hosts}, {"body", bench->bodies}, {"status", bench->statuses}};
    g_auto(GStrv) sides = g_strsplit(text != NULL ? text : "", "=", 2);
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
        if (strcmp(tables[i].name, name) == 0) {
            g_hash_table_replace(tables[i].table, g_strdup(sides[0]), g_strdup(sides[1]));
            return TRUE;
        }
    return FALSE;
}

static gboolean set_keyring(const char *word)
{
    if (strcmp(word, "none") == 0) {
        desk.bench->worker.operator.keyring = NULL;
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(keyring_words); i++)
        if (strcmp(keyring_words[i], word) == 0) {
            desk.keyring = (enum keyring_state)i;
            return TRUE;
        }
    return FALSE;
}

static gboolean note_adopted(struct bench *bench, const char *keys)
{
    g_auto(GStrv) list = g_strsplit(keys, " ", -1);
    for (char **key = list; *key != NULL; key++) {
        g_autofree char *script = g_strdup_printf("note={'type':'adopted','object':'%s','id':'%c'}", *key, **key);
        made_up_arrange(bench->made_up, script);
    }
    return TRUE;
}

static gboolean note_made(struct bench *bench, const char *key)
{
    g_autofree char *script = g_strdup_printf("note={'type':'intent','object':'%s','action':'create'}; "
                                              "note={'type':'sent','object':'%s'}; "
                                              "note={'type':'replied','object':'%s','id':'%c'}; "
                                              "note={'type':'verified','object':'%s','id':'%c'}",
                                              key, key, key, *key, key, *key);
    made_up_arrange(bench->made_up, script);
    return TRUE;
}

static gboolean arrange_one(struct bench *bench, const char *words)
{
    struct worker *worker = &bench->worker;
    g_auto(GStrv) sides = g_strsplit(words, "=", 2);
    if (strcmp(sides[0], "keyring") == 0)
        return set_keyring(sides[1]);
    if (strcmp(sides[0], "adopted") == 0)
        return note_adopted(bench, sides[1]);
    if (strcmp(sides[0], "made") == 0)
        return note_made(bench, sides[1]);
    if (strcmp(sides[0], "session") == 0)
        return g_hash_table_add(desk.session, g_strdup(sides[1]));
    if (strcmp(sides[0], "today") == 0)
        return (desk.today = clock_parse(sides[1])) > 0;
    if (strcmp(sides[0], "handed") == 0)
        return (worker->tenant.handed = short_json(sides[1])) != NULL;
    if (strcmp(sides[0], "given") == 0) {
        json_free(worker->tenant.given_answers);
        return (worker->tenant.given_answers = short_json(sides[1])) != NULL;
    }
    if (strcmp(sides[0], "folder-gone") == 0) {
        g_free(worker->tenant.state_base);
        worker->tenant.state_base = g_strdup("/nowhere/at/all");
        return TRUE;
    }
    if (strcmp(sides[0], "certificate") == 0) {
        worker->operator.certificate =(struct certificate *) & desk;
        return TRUE;
    }
    if (strcmp(sides[0], "practice") == 0) {
        worker->cloud->practice = TRUE;
        token_store_clear(&worker->operator.tokens);
        token_store_init(&worker->operator.tokens, worker->operator.keyring, worker->cloud);
        return TRUE;
    }
    if (strcmp(sides[0], "closed") == 0) {
        tenant_close(worker);
        return TRUE;
    }
    if (strcmp(sides[0], "no-defender") == 0) {
        g_clear_pointer(&worker->cloud->defender, g_free);
        return TRUE;
    }
    return set_flag(bench, sides[0]) || set_string(bench, sides[0], sides[1]) || set_list(bench, sides[0], sides[1]) ||
           set_entry(bench, sides[0], sides[1]);
}

void operator_bench_arrange(struct bench *bench, const char *script)
{
    g_auto(GStrv) parts = g_strsplit(script, "; ", -1);
    for (char **part = parts; *part != NULL && **part != '\0'; part++)
        if (!arrange_one(bench, *part))
            made_up_arrange(bench->made_up, *part);
    worker_sync_objects(&bench->worker);
}

const char *operator_bench_calls(void)
{
    return desk.calls->str;
}

static const char *severity_word(enum log_severity severity)
{
    static const char *const words[] = {[LOG_DEBUG] = "debug",
                                        [LOG_INFO] = "info",
                                        [LOG_NOTICE] = "notice",
                                        [LOG_WARNING] = "warning",
                                        [LOG_ERROR] = "error"};
    return words[severity];
}

static char *line_of_plan(const struct plan *plan)
{
    g_autoptr(GString) text = g_string_new(plan->leave ? "plan of leaving:" : plan->undo ? "plan of undo:" : "plan:");
    for (guint i = 0; i < plan->requests->len; i++) {
        const struct planned_request *request = g_ptr_array_index(plan->requests, i);
        g_string_append_printf(text, " %s %s,", request->verb, request->sentence);
    }
    for (guint i = 0; i < plan->obstacles->len; i++)
        g_string_append_printf(text, " obstacle: %s", (const char *)g_ptr_array_index(plan->obstacles, i));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void add_diagnoses(json *told, const GPtrArray *diagnoses)
{
    static const char *const words[] = {"good", "worth knowing", "bad"};
    for (guint i = 0; i < diagnoses->len; i++) {
        const struct diagnosis *diagnosis = g_ptr_array_index(diagnoses, i);
        g_autofree char *line =
            g_strdup_printf("%s: %s: %s%s%s", words[diagnosis->state], diagnosis->subject, diagnosis->text,
                            diagnosis->next[0] != '\0' ? " > " : "", diagnosis->next);
        json_append_string(told, line);
    }
}

static void add_people(json *told, const struct people *people)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "people %u: %s", people->serial, people->error);
    for (guint i = 0; i < people->found->len; i++) {
        const struct person *person = g_ptr_array_index(people->found, i);
        g_string_append_printf(text, "%s %s %s %s%s%s,", person->id, person->name, person->user_name, person->mail,
                               person->guest ? " guest" : "", person->enabled ? "" : " disabled");
    }
    json_append_string(told, text->str);
}

static void add_consents(json *told, const GPtrArray *consents)
{
    for (guint i = 0; i < consents->len; i++) {
        const struct consent *consent = g_ptr_array_index(consents, i);
        g_autofree char *line = g_strdup_printf(
            "consent %s of %s to %s: %s%s%s", consent->id, consent->application, consent->resource, consent->scopes,
            consent->everyone ? ", everyone" : "", consent->taken_back ? ", taken back" : "");
        json_append_string(told, line);
    }
}

static char *history_line(const struct history *history)
{
    g_autoptr(GString) text = g_string_new("history:");
    for (guint i = 0; i < history->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(history->deeds, i);
        g_string_append_printf(text, " %s %s/%s %s by %s “%s” at %d proved %d,", deed->what, deed->step, deed->object,
                               deed->id, deed->by, deed->text, (int)((deed->at - MADE_UP_NOW) / G_USEC_PER_SEC),
                               deed->verified != 0);
    }
    for (guint i = 0; i < history->card->len; i++) {
        const struct board_line *line = g_ptr_array_index(history->card, i);
        g_string_append_printf(text, " card %s=%s%s,", line->text, line->copy, line->masked ? " masked" : "");
    }
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(history->facts), (GCompareFunc)strcmp);
    for (const GList *key = keys; key != NULL; key = key->next)
        if (g_str_has_prefix(key->data, "answers."))
            g_string_append_printf(text, " %s=%s,", (const char *)key->data,
                                   (const char *)g_hash_table_lookup(history->facts, key->data));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *done_line(const struct done *done)
{
    g_autofree char *headline = done->error != NULL ? error_headline(done->error) : g_strdup("");
    const char *hint = done->error != NULL ? error_hint(done->error) : "";
    return g_strdup_printf("done %d%s%s%s%s", done->exit_code, headline[0] != '\0' ? ": " : "", headline,
                           hint[0] != '\0' ? " > " : "", hint);
}

/* Without what differs from version to version and from key to key. */
static char *hand_over_line(const char *text)
{
    g_autoptr(json) document = json_parse(text, -1, NULL);
    json_set_string(json_get(document, "written"), "perch", "VERSION");
    if (json_get(document, "seal") != NULL)
        json_set_string(document, "seal", "there");
    g_autofree char *line = json_text(document);
    return g_strconcat("hand-over ", g_strdelimit(line, "\"", '\''), NULL);
}

/* The scopes of LINES, "User.Read: to ...", without why. Caller frees. */
static char *scopes_of(const char *lines)
{
    g_auto(GStrv) each = g_strsplit(lines, "\n", -1);
    for (char **line = each; *line != NULL; line++)
        (*line)[strcspn(*line, ":")] = '\0';
    return own_scopes((const char *const *)each);
}

static char *prompt_line(const struct prompt *prompt)
{
    g_autofree char *fresh = scopes_of(prompt->reasons);
    g_autofree char *granted = scopes_of(prompt->granted);
    return g_strdup_printf("prompt %s %s (%s) for “%s” at “%s”: %s | fresh: %s | granted: %s", prompt->url,
                           prompt->start, prompt->user_code, prompt->account_hint, prompt->tenant, prompt->message,
                           fresh, granted);
}

static char *line_of_event(const struct event *event)
{
    switch (event->kind) {
    case EVENT_LOG:
        /* How much was read is not what a command is about. */
        return event->log->ends || (event->log->severity == LOG_INFO && strcmp(event->log->subject, "check") == 0)
                   ? NULL
                   : g_strdup_printf("%s %s: %s", severity_word(event->log->severity), event->log->subject,
                                     event->log->text);
    case EVENT_PLAN:
        return line_of_plan(event->plan);
    case EVENT_PROMPT:
        return prompt_line(event->prompt);
    case EVENT_HISTORY:
        return history_line(event->history);
    case EVENT_SECRET:
        return g_strdup_printf("secret %s: %s", event->secret->title, event->secret->text);
    case EVENT_HAND_OVER:
        return hand_over_line(event->hand_over);
    case EVENT_SEAL:
        return g_strdup_printf("seal: %s", event->seal->key[0] != '\0' ? "made" : event->seal->reason);
    case EVENT_SURPRISES:
        return g_strdup("surprises");
    case EVENT_DONE:
        return done_line(event->done);
    default:
        return NULL;
    }
}

static void add_audit(struct bench *bench, json *told)
{
    g_autofree char *file = g_build_filename(bench->folder, BENCH_TENANT, "audit.jsonl", NULL);
    if (!g_file_test(file, G_FILE_TEST_EXISTS))
        return;
    g_autoptr(json) lines = read_json_lines(file);
    json_for_each (line, lines) {
        g_autofree char *text = g_strdup_printf("audit: %s %s %s %s: %s", json_get_string(line, "who"),
                                                json_get_string(line, "what"), json_get_string(line, "object"),
                                                json_get_string(line, "id"), json_get_string(line, "outcome"));
        json_append_string(told, text);
    }
}

json *operator_bench_told(struct bench *bench)
{
    json *told = json_new_array();
    for (struct event *event = queue_pop(bench->worker.events); event != NULL;
         event = queue_pop(bench->worker.events)) {
        g_autoptr(Event) taken = event;
        g_autofree char *line = line_of_event(event);
        if (event->kind == EVENT_DIAGNOSES)
            add_diagnoses(told, event->diagnoses);
        else if (event->kind == EVENT_PEOPLE)
            add_people(told, event->people);
        else if (event->kind == EVENT_CONSENTS)
            add_consents(told, event->consents);
        if (line != NULL)
            json_append_string(told, line);
    }
    add_audit(bench, told);
    /* Where that is differs from run to run. */
    json *same = json_new_array();
    json_for_each (line, told) {
        g_autoptr(GString) safe = g_string_new(json_string(line));
        g_string_replace(safe, bench->folder, FOLDER, 0);
        json_append_string(same, safe->str);
    }
    json_free(told);
    return same;
}
