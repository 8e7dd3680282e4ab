/* SPDX-License-Identifier: MIT */
#include "support/engine_bench.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/step_audit.h"
#include "support/support.h"

#define CLAIMS "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}"

static struct bench *current;

/* In place of what has these names; see the header. */
#define IN_PLACE_OF(name) __typeof__(name) __wrap_##name
IN_PLACE_OF(clock_now);
IN_PLACE_OF(worker_pause_until);
IN_PLACE_OF(worker_emit_board);
IN_PLACE_OF(sign_in_account);
IN_PLACE_OF(sign_in_has_scope);
IN_PLACE_OF(operator_require_scopes);
IN_PLACE_OF(http_is_cancelled);
IN_PLACE_OF(client_read);
IN_PLACE_OF(client_write);
IN_PLACE_OF(client_write_once);
IN_PLACE_OF(worker_pause);

gint64 __wrap_clock_now(const struct clock *clock)
{
    (void)clock;
    current->now += (gint64)current->look_seconds * G_USEC_PER_SEC;
    return current->now;
}

gboolean __wrap_worker_pause_until(struct worker *worker, gint64 deadline)
{
    (void)worker;
    if (current->stops)
        return FALSE;
    current->now = MAX(current->now, deadline);
    return TRUE;
}

gboolean __wrap_worker_pause(struct worker *worker, gint64 wall)
{
    return __wrap_worker_pause_until(worker, current->now + wall);
}

void __wrap_worker_emit_board(struct worker *worker)
{
    (void)worker;
}

const struct sign_in_account *__wrap_sign_in_account(const struct sign_in *sign_in)
{
    static const struct sign_in_account account = {.tenant_id = (char *)BENCH_TENANT,
                                                   .object_id = (char *)"me",
                                                   .user_name = (char *)BENCH_ACCOUNT,
                                                   .name = (char *)"Ann"};
    (void)sign_in;
    return current->is_signed_out ? NULL : &account;
}

gboolean __wrap_sign_in_has_scope(const struct sign_in *sign_in, const char *scope)
{
    (void)sign_in;
    return current->granted == NULL || g_strv_contains(current->granted, scope);
}

gboolean __wrap_operator_require_scopes(struct worker *worker, char **scopes, GError **error)
{
    (void)worker;
    (void)scopes;
    (void)error;
    return TRUE;
}

gboolean __wrap_http_is_cancelled(const struct http *http)
{
    (void)http;
    return current->stops;
}

static struct reply *reply_new(enum reply_outcome outcome, int status)
{
    struct reply *reply = g_new0(struct reply, 1);
    reply->outcome = outcome;
    reply->status = status;
    reply->request_id = g_strdup("r1");
    reply->client_request_id = g_strdup("c1");
    reply->error_code = g_strdup(status >= 400 ? "Code" : "");
    if (outcome != REPLY_ANSWERED || status >= 400)
        reply->error = g_error_new(PERCH_ERROR, outcome == REPLY_ANSWERED ? PERCH_ERROR_REFUSED : PERCH_ERROR_NETWORK,
                                   "It says %d", status);
    return reply;
}

static struct reply *challenge_new(gboolean of_place)
{
    struct reply *reply = reply_new(REPLY_ANSWERED, 401);
    if (of_place) {
        g_clear_error(&reply->error);
        reply->error = g_error_new_literal(PERCH_ERROR, PERCH_ERROR_REFUSED, "LocationConditionEvaluationSatisfied");
    }
    reply->claims = g_strdup(CLAIMS);
    return reply;
}

/* What a row says that a read of KEY brings; NULL if it says nothing. */
static struct reply *told_reply(const char *key)
{
    const char *body = g_hash_table_lookup(current->bodies, key);
    const char *status = g_hash_table_lookup(current->statuses, key);
    if (body == NULL && status == NULL)
        return NULL;
    struct reply *reply = reply_new(REPLY_ANSWERED, status != NULL ? (int)g_ascii_strtoll(status, NULL, 10) : 200);
    reply->body = short_json(body);
    return reply;
}

/* Why a reading that is called WORD has no answer that can be used; NULL for any other. */
static struct reply *failure_new_of(const char *word)
{
    static const struct {
        const char *word;
        enum reply_outcome outcome;
        int status;
        enum perch_error code;
    } failures[] = {
        {"offline", REPLY_LOST, 0, PERCH_ERROR_NETWORK},
        {"busy", REPLY_ANSWERED, 503, PERCH_ERROR_NETWORK},
        {"stopped", REPLY_NOT_SENT, 0, PERCH_ERROR_CANCELLED},
        {"signed-out", REPLY_NOT_SENT, 0, PERCH_ERROR_SIGN_IN},
        {"foreign", REPLY_NOT_SENT, 0, PERCH_ERROR_TENANT},
        {"unauthorized", REPLY_ANSWERED, 401, PERCH_ERROR_SIGN_IN},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(failures); i++) {
        if (strcmp(failures[i].word, word) != 0)
            continue;
        struct reply *reply = reply_new(failures[i].outcome, failures[i].status);
        g_clear_error(&reply->error);
        reply->error = g_error_new(PERCH_ERROR, (int)failures[i].code, "It is %s", word);
        return reply;
    }
    return NULL;
}

/* The next of LIST, the last one for good. */
static const char *next_of(GPtrArray *list)
{
    const char *next = g_ptr_array_index(list, 0);
    if (list->len > 1)
        g_ptr_array_remove_index(list, 0);
    return next;
}

GPtrArray *__wrap_client_read(struct client *client, struct request *const *requests, guint count)
{
    (void)client;
    GPtrArray *replies = g_ptr_array_new_with_free_func((GDestroyNotify)reply_free);
    current->trips++;
    current->now += (gint64)current->trip_seconds * G_USEC_PER_SEC;
    for (guint i = 0; i < count; i++) {
        const char *key = strrchr(requests[i]->path, '/') + 1;
        GPtrArray *list = g_hash_table_lookup(current->reads, key);
        const char *reading = list != NULL ? next_of(list) : "matches";
        gboolean is_unread = strcmp(reading, "unread") == 0;
        struct reply *reply = told_reply(key);
        reply = reply == NULL ? failure_new_of(reading) : reply;
        if (reply == NULL && g_str_has_prefix(reading, "challenged"))
            reply = challenge_new(strcmp(reading, "challenged-there") == 0);
        if (reply == NULL) {
            reply = reply_new(REPLY_ANSWERED, is_unread ? 503 : 200);
            reply->body = is_unread ? NULL : json_from("{'reading':%s}", reading);
        }
        g_ptr_array_add(replies, reply);
        current->asked++;
    }
    return replies;
}

struct reply *__wrap_client_write(struct client *client, const struct request *request)
{
    (void)client;
    const char *answer = current->answers->len > 0 ? g_ptr_array_index(current->answers, 0) : NULL;
    if (answer == NULL)
        fail_msg("nobody expects another write: %s %s", request->method, request->path);
    g_string_append_printf(current->sent, "%s %s; ", request->method, request->path);
    struct reply *reply = NULL;
    if (strcmp(answer, "lost") == 0)
        reply = reply_new(REPLY_LOST, 0);
    else if (strcmp(answer, "not-sent") == 0)
        reply = reply_new(REPLY_NOT_SENT, 0);
    else if (strcmp(answer, "challenged") == 0)
        reply = challenge_new(FALSE);
    else
        reply = reply_new(REPLY_ANSWERED, (int)g_ascii_strtoll(answer, NULL, 10));
    /* From now on the journal cannot be written. */
    if (g_str_has_suffix(answer, "!"))
        current->worker.tenant.dir->read_only = TRUE;
    const char *id = strchr(answer, ':');
    if (id != NULL)
        reply->body = json_from("{'id':%s}", id + 1);
    g_ptr_array_remove_index(current->answers, 0);
    return reply;
}

struct reply *__wrap_client_write_once(struct client *client, const struct request *request, struct retry_past *past)
{
    const char *told = current->answers->len > 0 ? strchr(g_ptr_array_index(current->answers, 0), '/') : NULL;
    gint64 seconds = told != NULL ? g_ascii_strtoll(told + 1, NULL, 10) : 0;
    struct reply *reply = __wrap_client_write(client, request);
    const struct retry_answer answer = {
        .outcome = reply->outcome, .status = reply->status, .told = seconds > 0 ? seconds * G_USEC_PER_SEC : -1};
    gint64 wait = reply->outcome == REPLY_ANSWERED ? retry_wait(past, &answer) : -1;
    if (wait < 0)
        return reply;
    past->repeats++;
    past->waited += wait;
    reply->goes_again = wait;
    return reply;
}

static void open_tenant(struct bench *bench)
{
    g_autoptr(GError) error = NULL;
    struct worker *worker = &bench->worker;
    worker->events = queue_new((GDestroyNotify)event_free, &error);
    worker->cloud = bench->made_up->cloud;
    worker->redactor = bench->made_up->situation.redactor;
    worker->clock = clock_wall();
    worker->log = log_open(worker->events, worker->redactor, &worker->clock, NULL, &error);
    worker->headless = TRUE;
    worker->operator.defender_ready = TRUE;
    worker->operator.secrets = g_hash_table_new(g_str_hash, g_str_equal);
    run_init(&worker->run, TRUE);
    worker->tenant.onboarding = bench->made_up->onboarding;
    worker->tenant.journal_state = bench->made_up->journal_state;
    worker->tenant.audits = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, step_audit_free);
    worker->tenant.state_base = g_strdup(bench->folder);
    worker->tenant.dir = state_dir_open(bench->folder, BENCH_TENANT, &error);
    if (worker->tenant.dir != NULL)
        worker->tenant.journal = journal_open(worker->tenant.dir, BENCH_TENANT, "made-up", "sum", &error);
    if (error != NULL)
        fail_msg("%s", error->message);
}

struct bench *bench_new(const char *answers, const char *script)
{
    struct bench *bench = g_new0(struct bench, 1);
    current = bench;
    bench->now = MADE_UP_NOW;
    bench->folder = scratch_new();
    bench->made_up = made_up_new(answers);
    bench->reads = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    bench->bodies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    bench->statuses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    bench->answers = g_ptr_array_new();
    bench->sent = g_string_new(NULL);
    open_tenant(bench);
    onboarding_set_value(bench->made_up->onboarding, "me.id", "me");
    made_up_arrange(bench->made_up, script);
    worker_sync_objects(&bench->worker);
    return bench;
}

void bench_free(struct bench *bench)
{
    struct worker *worker = &bench->worker;
    journal_close(worker->tenant.journal);
    state_dir_close(worker->tenant.dir);
    log_close(worker->log);
    queue_free(worker->events);
    run_clear(&worker->run);
    g_hash_table_unref(worker->operator.secrets);
    json_free(worker->tenant.handed);
    g_free(worker->tenant.state_base);
    g_hash_table_unref(worker->tenant.audits);
    /* The folder may have been closed and opened meanwhile. */
    bench->made_up->journal_state = worker->tenant.journal_state;
    made_up_free(bench->made_up);
    scratch_remove(bench->folder);
    g_hash_table_unref(bench->reads);
    g_hash_table_unref(bench->bodies);
    g_hash_table_unref(bench->statuses);
    g_ptr_array_unref(bench->answers);
    g_string_free(bench->sent, TRUE);
    g_free(bench->folder);
    g_free(bench);
    current = NULL;
}

/* Each of the words of TEXT, for as long as the program runs. */
static GPtrArray *words_of(const char *text, const char *between)
{
    GPtrArray *words = g_ptr_array_new();
    g_auto(GStrv) parts = g_strsplit(text, between, -1);
    for (char **part = parts; *part != NULL; part++)
        if (**part != '\0')
            g_ptr_array_add(words, (gpointer)g_intern_string(*part));
    return words;
}

void bench_read(struct bench *bench, const char *script)
{
    g_auto(GStrv) parts = g_strsplit(script, "; ", -1);
    for (char **part = parts; *part != NULL && **part != '\0'; part++) {
        g_auto(GStrv) sides = g_strsplit(*part, "=", 2);
        g_hash_table_replace(bench->reads, g_strdup(sides[0]), words_of(sides[1], ","));
    }
}

void bench_answer(struct bench *bench, const char *answers)
{
    g_ptr_array_unref(bench->answers);
    bench->answers = words_of(answers, " ");
}

char *bench_journal(const struct bench *bench)
{
    const GPtrArray *records =
        bench->worker.tenant.journal != NULL ? journal_records(bench->worker.tenant.journal) : NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 1; records != NULL && i < records->len; i++) {
        g_autoptr(json) value = journal_record_encode(g_ptr_array_index(records, i));
        const char *type = json_get_string(value, "type");
        /* One after another they only say how many steps there are. */
        if (strcmp(type, "proved") != 0 || !g_str_has_suffix(text->str, type))
            g_string_append_printf(text, "%s%s", i > 1 ? " " : "", type);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}
