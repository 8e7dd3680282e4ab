/* SPDX-License-Identifier: MIT */
#include "engine/session.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "base/trusted_file.h"
#include "base/write_out.h"
#include "engine/given_answers.h"
#include "engine/network_log.h"
#include "engine/refusal.h"
#include "engine/session_commands.h"
#include "engine/token_store.h"
#include "engine/worker.h"
#include "microsoft/environment.h"
#include "onboarding/answers.h"
#include "secrets/sandbox.h"
#include "secrets/session_key.h"
#include "secrets/syscall_filter.h"

struct session {
    struct worker worker;
    GThread *thread;
    char *hand_over_file;    /* where the person wants the hand-over that is under way; NULL: nowhere */
    GError *hand_over_error; /* why it could not be written there */
};

static void command_free(gpointer data)
{
    struct command *command = data;
    g_free(command->subject);
    g_free(command->text);
    g_free(command->plan);
    g_strfreev(command->answers);
    g_free(command);
}

static void woken(gpointer data)
{
    struct worker *worker = data;
    for (struct command *command = queue_pop(worker->urgent); command != NULL; command = queue_pop(worker->urgent)) {
        session_commands_serve_urgent(worker, command);
        command_free(command);
    }
    if (worker->idle && queue_length(worker->commands) > 0)
        worker->waiting = 0;
}

/* All that comes from the network is read by this thread. What it starts (the keyring's threads, libcurl's) is held as
 * it is; what the person asks the front end for, a browser or a report in a file, is not. */
static void confine(struct worker *worker)
{
    const char *variable = NULL;
    const char *const read[] = {environment_ca_file(&variable), NULL};
    const char *const write[] = {worker->tenant.state_base, NULL};
    g_autoptr(GArray) ports = http_ports(worker->cloud);
    g_autofree char *sentence = sandbox_sentence();
    if (!syscall_filter_enter())
        worker_log(worker, LOG_INFO, "sandbox", "no system call is refused: %s", g_strerror(errno));
    if (sandbox_enter(read, write, (const guint16 *)(gpointer)ports->data))
        worker_log(worker, LOG_INFO, "sandbox", "%s", sentence);
    else if (sandbox_version() == 0)
        worker_log(worker, LOG_INFO, "sandbox", "off: %s", sentence);
    else
        worker_log(worker, LOG_WARNING, "sandbox", "off: %s", g_strerror(errno));
}

static gpointer work(gpointer data)
{
    struct worker *worker = data;
    confine(worker);
    worker_emit_board(worker);
    /* Proxies and certificates that the environment prescribes decide whom perch talks to. */
    g_autofree char *environment = http_environment();
    if (environment != NULL && environment[0] != '\0')
        worker_log(worker, LOG_INFO, "network", "%s", environment);
    /* Whoever gives such a file decides what is made, and for whom. */
    const struct profile *profile = worker->tenant.onboarding->profile;
    if (profile->from_file)
        worker_log(worker, LOG_WARNING, "partner", "the profile of %s is from a file, SHA-256 %s", profile->name,
                   profile->sha256);
    /* Whoever looks on has to see that sign-in and tenant are elsewhere. */
    const struct cloud *cloud = worker->cloud;
    if (cloud->from_file)
        worker_log(worker, LOG_WARNING, "cloud", "%s: signs in at %s, reads and writes at %s", cloud->title,
                   cloud->login, cloud->graph);
    for (;;) {
        /* Runs what is under way (people look-ups) until a command comes. */
        struct command *command = queue_pop(worker->commands);
        while (command == NULL) {
            worker->idle = TRUE;
            worker->waiting = 1;
            http_cancel_reset(worker->http);
            http_run(worker->http, &worker->waiting, -1);
            worker->idle = FALSE;
            command = queue_pop(worker->commands);
        }
        gboolean stop = g_atomic_int_get(&worker->stopping);
        if (!stop)
            session_commands_run(worker, command);
        command_free(command);
        if (stop)
            return NULL;
    }
}

static struct cloud *choose_cloud(const struct session_options *options, GError **error)
{
    if (options->practice_url != NULL)
        return cloud_practice(options->practice_url, error);
    if (options->cloud_file != NULL)
        return cloud_from_file(options->cloud_file, options->cloud_sha256, error);
    return cloud_named(options->cloud != NULL ? options->cloud : "global", error);
}

/* An id means another tenant, or none, in another cloud. */
static gboolean check_handed_cloud(const struct worker *worker, GError **error)
{
    const char *handed = json_get_string(worker->tenant.handed, "cloud");
    if (worker->tenant.handed == NULL || g_strcmp0(handed, worker->cloud->name) == 0)
        return TRUE;
    g_autofree char *safe = text_safe(handed, -1);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_TENANT,
                "What was handed over is of the cloud “%s”, and this run is for “%s”.\nNothing was sent. Name the "
                "cloud with --cloud, or the file that describes it with --cloud-file.",
                safe, worker->cloud->name);
    return FALSE;
}

/* Two names of one tenant cannot be told from names of two before the sign-in; an id in the answers is held against the
 * account that signs in. */
static gboolean check_answers_tenant(const struct worker *worker, GError **error)
{
    const char *answered = json_get_string(worker->tenant.given_answers, "tenant");
    const char *named = worker->tenant.named;
    if (answered == NULL || named == NULL || g_ascii_strcasecmp(answered, named) == 0)
        return TRUE;
    if (g_uuid_string_is_valid(answered) && !g_uuid_string_is_valid(named))
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_TENANT,
                "The answers are for the tenant %s, and --tenant names %s.\nNothing was sent. If both are the same "
                "tenant, name it alike in both, or by its id in the answers.",
                answered, named);
    return FALSE;
}

/* The tenant that the command line, the answers or a colleague names. */
static gboolean choose_tenant(struct worker *worker, GError **error)
{
    const char *handed = json_get_string(json_get(worker->tenant.handed, "tenant"), "id");
    if (handed != NULL && worker->tenant.named == NULL && worker->unattended && !worker->cloud->practice) {
        g_set_error(
            error, PERCH_ERROR, PERCH_ERROR_TENANT,
            "What was handed over cannot name its own tenant with --yes.\nNothing was sent. If you mean the tenant "
            "%s, say so with --tenant.",
            handed);
        return FALSE;
    }
    if (!check_answers_tenant(worker, error))
        return FALSE;
    if (worker->tenant.named == NULL)
        worker->tenant.named =
            g_strdup(handed != NULL ? handed : json_get_string(worker->tenant.given_answers, "tenant"));
    if (handed == NULL || !g_uuid_string_is_valid(worker->tenant.named) ||
        g_ascii_strcasecmp(handed, worker->tenant.named) == 0)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_TENANT,
                "What was handed over is about the tenant %s, and --tenant names %s.\nNothing was sent.", handed,
                worker->tenant.named);
    return FALSE;
}

static gboolean load_onboarding(struct worker *worker, const struct session_options *options,
                                struct given_answers *given, GError **error)
{
    g_autoptr(Profile) profile = profile_load(options->partner_file, error);
    if (profile == NULL || !trusted_file_check_sum(options->partner_file, "The partner profile", profile->sha256,
                                                   options->partner_sha256, "--partner-sha256", error))
        return FALSE;
    if (!worker->cloud->practice && !worker->cloud->from_file && !profile_knows_cloud(profile, worker->cloud->name)) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                    "The identifiers of %s are not known for the cloud %s.\nAsk your contact at the partner which hold "
                    "there.",
                    profile->name, worker->cloud->title);
        return FALSE;
    }
    if (!given_answers_load(given, options, profile, error))
        return FALSE;
    worker->plan_sha256 = g_steal_pointer(&given->plan_sha256);
    worker->tenant.given_answers = g_steal_pointer(&given->answers);
    tenant_clean_answers(worker->redactor, worker->tenant.given_answers);
    worker->tenant.handed = g_steal_pointer(&given->handed);
    worker->tenant.handed_sha256 = g_steal_pointer(&given->handed_sha256);
    if (!choose_tenant(worker, error) || !check_handed_cloud(worker, error))
        return FALSE;
    worker->tenant.onboarding = onboarding_new(g_steal_pointer(&profile), json_copy(worker->tenant.given_answers));
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
    gboolean is_unused = !options->no_keyring && worker->cloud->practice && !options->practice_keyring;
    gboolean memory_only = options->no_keyring || worker->operator.certificate != NULL || is_unused;
    worker->operator.keyring = keyring_new(memory_only);
    token_store_init(&worker->operator.tokens, worker->operator.keyring, worker->cloud);
    worker->operator.tokens.is_unused = is_unused;
    worker->operator.tokens.for_session = options->for_session;
    gboolean in_memory = options->no_keyring || worker->operator.certificate != NULL;
    struct token_backend store = token_store_backend(&worker->operator.tokens);
    worker->operator.sign_in =
        sign_in_new(worker->http, worker->cloud, worker->tenant.named, options->client_id, in_memory ? NULL : &store);
    sign_in_set_redactor(worker->operator.sign_in, worker->redactor);
    sign_in_on_notice(worker->operator.sign_in, network_log_interference, worker);
    if (worker->operator.certificate != NULL)
        sign_in_use_certificate(worker->operator.sign_in, worker->operator.certificate);
    worker->client =
        client_new(worker->http, worker->cloud, worker->operator.sign_in, &worker->clock, network_log_reply, worker);
    client_on_clock(worker->client, worker_clock_corrected, worker);
}

static gboolean make_worker(struct worker *worker, const struct session_options *options, GError **error)
{
    g_auto(GivenAnswers) given = {0};
    worker->clock = clock_wall();
    worker->operator.secrets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)secret_free);
    worker->redactor = redactor_new();
    tenant_init(&worker->tenant, options->tenant, options->state_dir);
    worker->tenant.answers_needed = g_strdup(options->answers_needed);
    run_init(&worker->run, options->practice_url != NULL && options->headless);
    worker->operator.device_code = options->device_code;
    worker->headless = options->headless;
    worker->unattended = options->unattended;
    worker->operator.never_ask = options->never_ask;
    worker->operator.audit_log = options->audit_log;
    worker->operator.no_excess = options->no_excess;
    worker->tenant.started_over = options->started_over;
    worker->cloud = choose_cloud(options, error);
    if (options->certificate != NULL)
        worker->operator.certificate = worker->cloud != NULL ? certificate_load(options->certificate, error) : NULL;
    if (worker->cloud == NULL || (options->certificate != NULL && worker->operator.certificate == NULL) ||
        !load_onboarding(worker, options, &given, error) || !state_dir_prepare(options->state_dir, error) ||
        (options->for_session && !session_key_is_possible(error)) || !make_queues(worker, error))
        return FALSE;
    worker->log = log_open(worker->events, worker->redactor, &worker->clock, options->log_file, error);
    if (worker->log != NULL)
        log_show_from(worker->log, options->headless ? LOG_INFO : LOG_DEBUG);
    for (guint i = 0; worker->log != NULL && i < given.signers->len; i++)
        worker_log(worker, LOG_NOTICE, "signature", "%s", (const char *)g_ptr_array_index(given.signers, i));
    for (guint i = 0; worker->log != NULL && i < given.notices->len; i++)
        worker_log(worker, LOG_NOTICE, "answers", "%s", (const char *)g_ptr_array_index(given.notices, i));
    worker->http = worker->log != NULL ? http_new(woken, worker, error) : NULL;
    if (worker->http == NULL)
        return FALSE;
    http_redact_proxies(worker->redactor);
    network_log_authorities(worker);
    http_on_peer(worker->http, network_log_issuer, worker);
    http_on_wait(worker->http, network_log_wait, worker);
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

const char *session_signed_plan(const struct session *session)
{
    return session->worker.plan_sha256;
}

static void free_worker(struct worker *worker)
{
    client_free(worker->client);
    sign_in_free(worker->operator.sign_in);
    certificate_free(worker->operator.certificate);
    http_free(worker->http);
    token_store_clear(&worker->operator.tokens);
    keyring_free(worker->operator.keyring);
    log_close(worker->log);
    tenant_clear(&worker->tenant);
    redactor_free(worker->redactor);
    cloud_free(worker->cloud);
    queue_free(worker->commands);
    queue_free(worker->urgent);
    queue_free(worker->events);
    run_clear(&worker->run);
    g_clear_pointer(&worker->operator.secrets, g_hash_table_unref);
    g_free(worker->plan_sha256);
    g_free(worker->operator.people_claims);
    g_free(worker->operator.inspector);
    g_free(worker->operator.defender_refusal);
    g_free(worker->operator.prompt_url);
    g_free(worker->operator.prompt_code);
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
    g_free(session->hand_over_file);
    g_clear_error(&session->hand_over_error);
    g_free(session);
}

int session_event_fd(const struct session *session)
{
    return queue_fd(session->worker.events);
}

struct event *session_next_event(struct session *session)
{
    struct event *event = queue_pop(session->worker.events);
    /* The worker may not write where a person may: the front end's thread does. */
    for (; event != NULL && event->kind == EVENT_HAND_OVER && session->hand_over_file != NULL;
         event = queue_pop(session->worker.events)) {
        g_clear_error(&session->hand_over_error);
        write_out(session->hand_over_file, event->hand_over, -1, "The hand-over", &session->hand_over_error);
        event_free(event);
    }
    if (event != NULL && event->kind == EVENT_DONE && event->done->command == COMMAND_HAND_OVER) {
        g_clear_pointer(&session->hand_over_file, g_free);
        if (session->hand_over_error != NULL && event->done->error == NULL)
            event->done->error = g_steal_pointer(&session->hand_over_error);
    }
    return event;
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
    g_atomic_int_set(&session->worker.operator.abandoned, 1);
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

static void send_of(struct session *session, enum command_kind kind, guint serial)
{
    struct command *command = g_new0(struct command, 1);
    command->kind = kind;
    command->serial = serial;
    queue_push(session->worker.commands, command);
    http_wake(session->worker.http);
}

void session_check_unasked(struct session *session)
{
    send_of(session, COMMAND_CHECK, CHECK_UNASKED);
}

void session_check_all(struct session *session)
{
    send(session, session->worker.commands, COMMAND_CHECK, NULL, NULL, TRUE);
}

void session_doctor(struct session *session, gboolean tenant)
{
    send(session, session->worker.commands, COMMAND_DOCTOR, NULL, NULL, tenant);
}

void session_password(struct session *session)
{
    send(session, session->worker.commands, COMMAND_PASSWORD, NULL, NULL, FALSE);
}

void session_consents(struct session *session, gboolean take_back, const char *named)
{
    send(session, session->worker.commands, COMMAND_CONSENTS, NULL, named, take_back);
}

void session_revoke_sessions(struct session *session)
{
    send(session, session->worker.commands, COMMAND_REVOKE_SESSIONS, NULL, NULL, FALSE);
}

void session_history(struct session *session)
{
    send(session, session->worker.commands, COMMAND_HISTORY, NULL, NULL, FALSE);
}

void session_seal(struct session *session, const char *text)
{
    send(session, session->worker.commands, COMMAND_SEAL, NULL, text, FALSE);
}

void session_hand_over(struct session *session, const char *file)
{
    g_free(session->hand_over_file);
    session->hand_over_file = g_strdup(file);
    send(session, session->worker.commands, COMMAND_HAND_OVER, file, NULL, FALSE);
}

void session_plan(struct session *session, gboolean undo)
{
    send(session, session->worker.commands, COMMAND_PLAN, NULL, NULL, undo);
}

void session_plan_leave(struct session *session)
{
    send_of(session, COMMAND_PLAN, PLAN_OF_LEAVING);
}

void session_plan_step(struct session *session, const char *step)
{
    send(session, session->worker.commands, COMMAND_PLAN, step, NULL, FALSE);
}

void session_send_plan(struct session *session, const struct plan *plan, const char *typed_domain)
{
    struct command *command = g_new0(struct command, 1);
    command->kind = plan->leave ? COMMAND_LEAVE : plan->undo ? COMMAND_UNDO : COMMAND_APPLY;
    command->subject = plan->step[0] != '\0' ? g_strdup(plan->step) : NULL;
    command->text = g_strdup(typed_domain);
    command->plan = plan_digest(plan);
    queue_push(session->worker.commands, command);
    http_wake(session->worker.http);
}

void session_take_over(struct session *session, const char *typed_domain)
{
    send(session, session->worker.commands, COMMAND_TAKE_OVER, NULL, typed_domain, FALSE);
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

void session_answer_all(struct session *session, const struct answer *answers, guint count)
{
    struct command *command = g_new0(struct command, 1);
    command->kind = COMMAND_ANSWER;
    command->answers = g_new0(char *, 2 * (gsize)count + 1);
    for (guint i = 0; i < count; i++) {
        command->answers[(gsize)2 * i] = g_strdup(answers[i].path);
        command->answers[(gsize)2 * i + 1] = g_strdup(answers[i].value);
    }
    queue_push(session->worker.commands, command);
    http_wake(session->worker.http);
}

void session_answer(struct session *session, const char *path, const char *value)
{
    session_answer_all(session, &(struct answer){path, value}, 1);
}

void session_tell(struct session *session, const char *step, const char *note)
{
    send(session, session->worker.commands, COMMAND_TELL, step, note, FALSE);
}

void session_skip(struct session *session, const char *step, const char *reason)
{
    send(session, session->worker.commands, COMMAND_SKIP, step, reason, FALSE);
}

void session_untell(struct session *session, const char *step)
{
    send(session, session->worker.commands, COMMAND_TAKE_BACK, step, NULL, FALSE);
}

void session_undecide(struct session *session, const char *object_key)
{
    send(session, session->worker.commands, COMMAND_TAKE_BACK, object_key, NULL, TRUE);
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
