/* SPDX-License-Identifier: MIT */
/*
 * perch's engine without network, disk waits and clock of its own: what tests/simulation runs. One process stays and
 * forks for each run, since loading all libraries anew would cost more than the run. Texts go through as they are: what
 * the redactor takes out is judged elsewhere, and would be half of the time here.
 *
 *     simulated_perch SOCKET      the descriptor over which the simulator orders runs
 *
 * An order: {"stateDir", "url", "answers": file, "domain", "command": "check" | "apply" | "undo", "now", "skew" (of
 * this machine's clock, microseconds), "disk", "quiet"} with the run's own socket beside it.
 */
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "base/error.h"
#include "base/json.h"
#include "commands/board_json.h"
#include "engine/log.h"
#include "engine/session.h"
#include "microsoft/explain.h"
#include "microsoft/late_crypto.h"
#include "microsoft/late_curl.h"
#include "secrets/redact.h"
#include "simulation/disk.h"
#include "simulation/perch_http.h"
#include "simulation/virtual_time.h"
#include "simulation/wire.h"

#define TOP_PAD (8 * 1024 * 1024)

char *__wrap_redact(struct redactor *redactor, const char *text);

char *__wrap_redact(struct redactor *redactor, const char *text)
{
    (void)redactor;
    return g_strdup(text);
}

static gboolean is_quiet;
static int own_socket = -1;

void __real_log_write(struct log *log, enum log_severity severity, const char *subject, const char *text,
                      const char *detail, const char *request_id, int status, gint64 duration);
void __wrap_log_write(struct log *log, enum log_severity severity, const char *subject, const char *text,
                      const char *detail, const char *request_id, int status, gint64 duration);

/* Nobody reads it, but for whose an object is said to be. */
void __wrap_log_write(struct log *log, enum log_severity severity, const char *subject, const char *text,
                      const char *detail, const char *request_id, int status, gint64 duration)
{
    if (strstr(text, "taken for perch's own") != NULL) {
        g_autoptr(json) word = json_from("{'tells':%s}", subject);
        wire_send(own_socket, word);
    }
    if (!is_quiet)
        __real_log_write(log, severity, subject, text, detail, request_id, status, duration);
}

void __real_log_wait(struct log *log, const char *subject, const char *text, const char *detail, const char *request_id,
                     int status, gint64 until);
void __wrap_log_wait(struct log *log, const char *subject, const char *text, const char *detail, const char *request_id,
                     int status, gint64 until);

void __wrap_log_wait(struct log *log, const char *subject, const char *text, const char *detail, const char *request_id,
                     int status, gint64 until)
{
    if (!is_quiet)
        __real_log_wait(log, subject, text, detail, request_id, status, until);
}

static enum command_kind begin(struct session *session, const json *order)
{
    const char *command = json_get_string(order, "command");
    if (strcmp(command, "check") == 0) {
        session_check(session);
        return COMMAND_CHECK;
    }
    if (strcmp(command, "undo") == 0) {
        session_undo(session, json_get_string(order, "domain"));
        return COMMAND_UNDO;
    }
    session_apply(session, NULL, json_get_string(order, "domain"));
    return COMMAND_APPLY;
}

/* Until COMMAND is done. Caller frees what is returned: what the wire's "end" says. */
static json *await(struct session *session, enum command_kind command)
{
    struct board *board = NULL;
    json *end = NULL;
    while (end == NULL) {
        g_autoptr(Event) event = session_wait_event(session, -1);
        if (event == NULL)
            continue;
        if (event->kind == EVENT_BOARD) {
            g_clear_pointer(&board, board_unref);
            board = board_ref(event->board);
        } else if (event->kind == EVENT_LOG && event->log->severity > LOG_DEBUG) {
            fprintf(stderr, "    %s: %s\n", event->log->subject, event->log->text);
        } else if (event->kind == EVENT_DONE && event->done->command == command) {
            g_autoptr(json) document = board != NULL ? board_json(board, NULL) : NULL;
            const GError *error = event->done->error;
            end = json_from("{'end':%d,'error':%s,'board':%j}", (gint64)event->done->exit_code,
                            error != NULL ? error->message : NULL, document);
        }
    }
    g_clear_pointer(&board, board_unref);
    return end;
}

static void tell_death(const char *where)
{
    g_autoptr(json) word = json_from("{'dies':%s}", where);
    wire_send(own_socket, word);
}

G_NORETURN static void run(const json *order, int socket)
{
    const char *const files[] = {json_get_string(order, "answers"), NULL};
    const struct session_options options = {
        .state_dir = json_get_string(order, "stateDir"),
        .practice_url = json_get_string(order, "url"),
        .answers_files = files,
        .no_keyring = TRUE,
        .device_code = TRUE,
        .headless = TRUE,
    };
    g_autoptr(GError) error = NULL;
    is_quiet = json_get_bool(order, "quiet", TRUE);
    virtual_time_set(json_get_int(order, "now", 0));
    perch_http_connect(socket);
    virtual_time_skew(json_get_int(order, "skew", 0));
    own_socket = socket;
    disk_arm(json_get(order, "disk"), tell_death);
    struct session *session = session_new(&options, &error);
    g_autoptr(json) end = NULL;
    if (session == NULL)
        end = json_from("{'end':%d,'error':%s}", (gint64)perch_error_exit_code(error), error->message);
    else {
        end = await(session, begin(session, order));
        session_free(session);
    }
    if (!is_quiet && json_get_string(end, "error") != NULL)
        fprintf(stderr, "    %s\n", json_get_string(end, "error"));
    wire_send(socket, end);
    _exit(0);
}

/* What each run would do anew: load libraries, and ask the kernel for memory a little at a time. */
static void prepare_runs(void)
{
    late_curl();
    late_crypto();
    g_free(explain(&(struct symptom){.service = "graph"}));
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TOP_PAD, TOP_PAD);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: simulated_perch SOCKET\n", stderr);
        return 2;
    }
    int orders = atoi(argv[1]);
    signal(SIGCHLD, SIG_IGN);
    json_init();
    if (sodium_init() < 0)
        return EXIT_FAILURE;
    prepare_runs();
    for (;;) {
        int socket = -1;
        g_autoptr(json) order = wire_receive_descriptor(orders, &socket);
        if (order == NULL)
            return EXIT_SUCCESS;
        pid_t child = fork();
        if (child == 0) {
            close(orders);
            run(order, socket);
        }
        g_autoptr(json) started = json_from("{'pid':%d}", (gint64)child);
        wire_send(orders, started);
        close(socket);
    }
}
