#include "engine/session.h"

#include <poll.h>
#include <string.h>

#include "base/error.h"
#include "engine/boards.h"
#include "engine/dispatch.h"
#include "engine/refusal.h"
#include "engine/token_keeper.h"
#include "engine/worker.h"
#include "onboarding/answers.h"
#include "onboarding/hand_over.h"

struct session {
    struct worker worker;
    GThread *thread;
};

static void command_free(gpointer data)
{
    struct command *command = data;
    g_free(command->subject);
    g_free(command->text);
    g_free(command);
}

static void woken(gpointer data)
{
    struct worker *worker = data;
    for (struct command *command = queue_pop(worker->urgent); command != NULL; command = queue_pop(worker->urgent)) {
        dispatch_urgent(worker, command);
        command_free(command);
    }
    if (worker->idle && queue_length(worker->commands) > 0)
        worker->waiting = 0;
}

/* Runs what is under way (people look-ups) until a command comes. */
static struct command *next_command(struct worker *worker)
{
    struct command *command = queue_pop(worker->commands);
    while (command == NULL) {
        worker->idle = TRUE;
        worker->waiting = 1;
        http_cancel_reset(worker->http);
        http_run(worker->http, &worker->waiting, -1);
        worker->idle = FALSE;
        command = queue_pop(worker->commands);
    }
    return command;
}

/* Proxies and certificates that the environment prescribes decide whom perch talks to. */
static void say_environment(struct worker *worker)
{
    g_autofree char *environment = http_environment();
    if (environment != NULL && environment[0] != '\0')
        worker_log(worker, LOG_INFO, "network", "%s", environment);
}

/* Whoever looks on has to see that sign-in and tenant are elsewhere. */
static void say_cloud(struct worker *worker)
{
    const struct cloud *cloud = worker->cloud;
    if (cloud->from_file)
        worker_log(worker, LOG_WARNING, "cloud", "%s: signs in at %s, reads and writes at %s", cloud->title,
                   cloud->login, cloud->graph);
}

static gpointer work(gpointer data)
{
    struct worker *worker = data;
    say_environment(worker);
    say_cloud(worker);
    boards_emit(worker);
    for (;;) {
        struct command *command = next_command(worker);
        gboolean stop = g_atomic_int_get(&worker->stopping);
        if (!stop)
            dispatch(worker, command);
        command_free(command);
        if (stop)
            return NULL;
    }
}

static void report(const struct request *request, const struct reply *reply, gint64 wait, gpointer data)
{
    struct worker *worker = data;
    g_autofree char *target = request_target(request);
    g_autoptr(GString) text = g_string_new(NULL);
    enum log_severity severity = request_is_write(request) ? LOG_INFO : LOG_DEBUG;
    g_string_append_printf(text, "%s %s", request->method, request->path);
    if (reply->status == 0)
        g_string_append(text, reply->outcome == REPLY_NOT_SENT ? ": not sent" : ": no answer");
    if (wait > 0) {
        g_string_append_printf(text, ", waiting %" G_GINT64_FORMAT " s as told",
                               (wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
        severity = LOG_INFO;
    }
    g_autofree char *detail =
        g_strdup_printf("%s %s\nclient-request-id %s%s%s", request->method, target, reply->client_request_id,
                        reply->error != NULL ? "\n" : "", reply->error != NULL ? reply->error->message : "");
    log_write(worker->log, severity, request_is_write(request) ? "write" : "read", text->str, detail, reply->request_id,
              reply->status, reply->duration);
}

static struct cloud *choose_cloud(const struct session_options *options, GError **error)
{
    if (options->practice_url != NULL)
        return cloud_practice(options->practice_url, error);
    if (options->cloud_file != NULL)
        return cloud_from_file(options->cloud_file, options->cloud_sha256, error);
    return cloud_named(options->cloud != NULL ? options->cloud : "global", error);
}

/* The answers of FILE (NULL: none), which may be what a colleague handed over. */
static json *load_answers_file(struct worker *worker, const struct profile *profile, const char *file, GError **error)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) cause = NULL;
    if (file == NULL)
        return json_new_object();
    if (!g_file_get_contents(file, &text, &length, &cause)) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "The answers file cannot be read: %s.", cause->message);
        return NULL;
    }
    if (!hand_over_is_one(text, (gssize)length))
        return answers_parse(text, (gssize)length, file, error);
    worker->handed = hand_over_parse(text, (gssize)length, file, profile, error);
    return worker->handed != NULL ? json_copy(json_get(worker->handed, "answers")) : NULL;
}

/* The tenant that the command line, the answers or a colleague names. */
static gboolean choose_tenant(struct worker *worker, GError **error)
{
    const char *handed = json_get_string(json_get(worker->handed, "tenant"), "id");
    if (worker->tenant == NULL)
        worker->tenant = g_strdup(handed != NULL ? handed : json_get_string(worker->given_answers, "tenant"));
    if (handed == NULL || !g_uuid_string_is_valid(worker->tenant) || g_ascii_strcasecmp(handed, worker->tenant) == 0)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_TENANT,
                "What was handed over is about the tenant %s, and --tenant names %s.\nNothing was sent.", handed,
                worker->tenant);
    return FALSE;
}

static gboolean check_cloud(const struct worker *worker, const struct profile *profile, GError **error)
{
    if (worker->cloud->practice || worker->cloud->from_file || profile_knows_cloud(profile, worker->cloud->name))
        return TRUE;
    g_set_error(
        error, PERCH_ERROR, PERCH_ERROR_INPUT,
        "The identifiers of %s are not known for the cloud %s.\nAsk your contact at the partner which hold there.",
        profile->name, worker->cloud->title);
    return FALSE;
}

static gboolean load_onboarding(struct worker *worker, const struct session_options *options, GError **error)
{
    g_autoptr(Profile) profile = profile_load(options->partner_file, error);
    if (profile == NULL || !check_cloud(worker, profile, error))
        return FALSE;
    worker->given_answers = load_answers_file(worker, profile, options->answers_file, error);
    if (worker->given_answers == NULL || !choose_tenant(worker, error))
        return FALSE;
    worker->onboarding = onboarding_new(g_steal_pointer(&profile), json_copy(worker->given_answers));
    return TRUE;
}

static gboolean make_queues(struct worker *worker, GError **error)
{
    worker->commands = queue_new(command_free, error);
    worker->urgent = worker->commands != NULL ? queue_new(command_free, error) : NULL;
    worker->events = worker->urgent != NULL ? queue_new((GDestroyNotify)event_free, error) : NULL;
    return worker->events != NULL;
}

static void make_sign_in(struct worker *worker, const struct session_options *options)
{
    /* What a practice tenant gives is worth nothing, so it is kept only where that is asked for. */
    gboolean memory_only =
        options->no_keyring || worker->certificate != NULL || (worker->cloud->practice && !options->practice_keyring);
    worker->keyring = keyring_new(memory_only);
    token_keeper_init(&worker->keeper, worker->keyring, worker->cloud);
    struct token_store store = token_keeper_store(&worker->keeper);
    worker->sign_in =
        sign_in_new(worker->http, worker->cloud, worker->tenant, options->client_id, memory_only ? NULL : &store);
    sign_in_set_redactor(worker->sign_in, worker->redactor);
    if (worker->certificate != NULL)
        sign_in_use_certificate(worker->sign_in, worker->certificate);
    worker->client = client_new(worker->http, worker->cloud, worker->sign_in, &worker->clock, report, worker);
}

/* "C = US, O = DigiCert Inc, CN = DigiCert Global Root G2": a company's own name here means that it reads along. */
static void say_issuer(const char *host, const char *issuer, gpointer data)
{
    worker_log(data, LOG_INFO, "network", "TLS of %s is vouched for by %s", host, issuer);
}

static gboolean make_worker(struct worker *worker, const struct session_options *options, GError **error)
{
    worker->clock = clock_wall();
    worker->ledger = ledger_new();
    worker->failures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    worker->refusals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, refusal_free);
    worker->challenged = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    worker->secrets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)secret_free);
    worker->redactor = redactor_new();
    worker->state_base = g_strdup(options->state_dir);
    worker->tenant = g_strdup(options->tenant);
    worker->device_code = options->device_code;
    worker->headless = options->headless;
    worker->confirmed = options->practice_url != NULL && options->headless;
    worker->cloud = choose_cloud(options, error);
    if (options->certificate != NULL)
        worker->certificate = worker->cloud != NULL ? certificate_load(options->certificate, error) : NULL;
    if (worker->cloud == NULL || (options->certificate != NULL && worker->certificate == NULL) ||
        !load_onboarding(worker, options, error) || !state_dir_prepare(options->state_dir, error) ||
        !make_queues(worker, error))
        return FALSE;
    worker->log = log_open(worker->events, worker->redactor, &worker->clock, options->log_file, error);
    worker->http = worker->log != NULL ? http_new(woken, worker, error) : NULL;
    if (worker->http == NULL)
        return FALSE;
    http_on_peer(worker->http, say_issuer, worker);
    make_sign_in(worker, options);
    return TRUE;
}

struct session *session_new(const struct session_options *options, GError **error)
{
    struct session *session = g_new0(struct session, 1);
    if (!make_worker(&session->worker, options, error)) {
        session_free(session);
        return NULL;
    }
    session->thread = g_thread_new("perch-worker", work, &session->worker);
    return session;
}

static void free_worker(struct worker *worker)
{
    client_free(worker->client);
    sign_in_free(worker->sign_in);
    certificate_free(worker->certificate);
    http_free(worker->http);
    token_keeper_clear(&worker->keeper);
    keyring_free(worker->keyring);
    log_close(worker->log);
    journal_close(worker->journal);
    state_dir_close(worker->dir);
    ledger_free(worker->ledger);
    onboarding_free(worker->onboarding);
    json_free(worker->given_answers);
    redactor_free(worker->redactor);
    cloud_free(worker->cloud);
    queue_free(worker->commands);
    queue_free(worker->urgent);
    queue_free(worker->events);
    g_clear_pointer(&worker->failures, g_hash_table_unref);
    g_clear_pointer(&worker->refusals, g_hash_table_unref);
    g_clear_pointer(&worker->challenged, g_hash_table_unref);
    g_clear_pointer(&worker->secrets, g_hash_table_unref);
    json_free(worker->handed);
    g_free(worker->tenant);
    g_free(worker->people_claims);
    g_free(worker->prompt_url);
    g_free(worker->prompt_code);
    g_free(worker->state_base);
}

static void send(struct session *session, struct queue *queue, enum command_kind kind, const char *subject,
                 const char *text, gboolean flag)
{
    struct command *command = g_new0(struct command, 1);
    command->kind = kind;
    command->subject = g_strdup(subject);
    command->text = g_strdup(text);
    command->flag = flag;
    queue_push(queue, command);
    http_wake(session->worker.http);
}

void session_free(struct session *session)
{
    if (session == NULL)
        return;
    if (session->thread != NULL) {
        g_atomic_int_set(&session->worker.stopping, 1);
        session_cancel(session);
        send(session, session->worker.commands, COMMAND_STOP, NULL, NULL, FALSE);
        g_thread_join(session->thread);
    }
    free_worker(&session->worker);
    g_free(session);
}

int session_event_fd(const struct session *session)
{
    return queue_fd(session->worker.events);
}

struct event *session_next_event(struct session *session)
{
    return queue_pop(session->worker.events);
}

struct event *session_wait_event(struct session *session, gint64 timeout)
{
    struct event *event = session_next_event(session);
    gint64 deadline = g_get_monotonic_time() + timeout;
    while (event == NULL) {
        gint64 left = timeout < 0 ? -1 : (deadline - g_get_monotonic_time() + 999) / 1000;
        if (timeout >= 0 && left <= 0)
            return NULL;
        struct pollfd fd = {.fd = session_event_fd(session), .events = POLLIN};
        if (poll(&fd, 1, (int)MIN(left, G_MAXINT)) < 0)
            return NULL;
        event = session_next_event(session);
    }
    return event;
}

void session_cancel(struct session *session)
{
    g_atomic_int_set(&session->worker.abandoned, 1);
    http_cancel(session->worker.http);
}

void session_sign_in(struct session *session, gboolean device_code)
{
    send(session, session->worker.commands, COMMAND_SIGN_IN, NULL, NULL, device_code);
}

void session_sign_out(struct session *session)
{
    send(session, session->worker.commands, COMMAND_SIGN_OUT, NULL, NULL, FALSE);
}

void session_probe_keyring(struct session *session)
{
    send(session, session->worker.commands, COMMAND_PROBE_KEYRING, NULL, NULL, FALSE);
}

void session_unlock_keyring(struct session *session)
{
    send(session, session->worker.commands, COMMAND_UNLOCK_KEYRING, NULL, NULL, FALSE);
}

void session_check(struct session *session)
{
    send(session, session->worker.commands, COMMAND_CHECK, NULL, NULL, FALSE);
}

void session_history(struct session *session)
{
    send(session, session->worker.commands, COMMAND_HISTORY, NULL, NULL, FALSE);
}

void session_hand_over(struct session *session, const char *file)
{
    send(session, session->worker.commands, COMMAND_HAND_OVER, file, NULL, FALSE);
}

void session_plan(struct session *session, gboolean undo)
{
    send(session, session->worker.commands, COMMAND_PLAN, NULL, NULL, undo);
}

void session_plan_step(struct session *session, const char *step)
{
    send(session, session->worker.commands, COMMAND_PLAN, step, NULL, FALSE);
}

void session_apply(struct session *session, const char *step, const char *typed_domain)
{
    send(session, session->worker.commands, COMMAND_APPLY, step, typed_domain, FALSE);
}

void session_undo(struct session *session, const char *typed_domain)
{
    send(session, session->worker.commands, COMMAND_UNDO, NULL, typed_domain, FALSE);
}

void session_decide(struct session *session, const char *object_key, const char *decision)
{
    send(session, session->worker.commands, COMMAND_DECIDE, object_key, decision, FALSE);
}

void session_answer(struct session *session, const char *path, const char *value)
{
    send(session, session->worker.commands, COMMAND_ANSWER, path, value, FALSE);
}

void session_tell(struct session *session, const char *step, const char *note)
{
    send(session, session->worker.commands, COMMAND_TELL, step, note, FALSE);
}

void session_skip(struct session *session, const char *step, const char *reason)
{
    send(session, session->worker.commands, COMMAND_SKIP, step, reason, FALSE);
}

void session_override_wait(struct session *session, const char *step, const char *typed_word)
{
    send(session, session->worker.commands, COMMAND_OVERRIDE_WAIT, step, typed_word, FALSE);
}

void session_practice_form(struct session *session, const char *step)
{
    gboolean approval = step == NULL;
    send(session, approval ? session->worker.urgent : session->worker.commands, COMMAND_PRACTICE_FORM, step, NULL,
         FALSE);
}

void session_practice_rung(struct session *session, const char *step, int rung)
{
    struct command *command = g_new0(struct command, 1);
    command->kind = COMMAND_PRACTICE_FORM;
    command->subject = g_strdup(step);
    command->serial = (guint)rung;
    queue_push(session->worker.commands, command);
    http_wake(session->worker.http);
}

void session_find_people(struct session *session, const char *text, guint serial)
{
    struct command *command = g_new0(struct command, 1);
    command->kind = COMMAND_PEOPLE;
    command->text = g_strdup(text);
    command->serial = serial;
    queue_push(session->worker.urgent, command);
    http_wake(session->worker.http);
}

void session_paste_back(struct session *session, const char *address)
{
    send(session, session->worker.urgent, COMMAND_PASTE_BACK, NULL, address, FALSE);
}
