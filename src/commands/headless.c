/* SPDX-License-Identifier: MIT */
#include "commands/headless.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "base/write_out.h"
#include "board/run_line.h"
#include "commands/board_json.h"
#include "commands/board_text.h"
#include "commands/connect.h"
#include "commands/metrics.h"

static void show_prompt(const struct prompt *prompt, gboolean approves)
{
    g_autofree char *message = text_safe(prompt->message, -1);
    g_autofree char *url = text_safe(prompt->url, -1);
    g_auto(GStrv) reasons = g_strsplit(prompt->reasons, "\n", -1);
    fprintf(stderr, "perch: %s\n", message);
    if (approves)
        fprintf(stderr, "  In this practice nobody has to: it is approved by itself, and goes on.\n");
    if (!prompt->device_code)
        fprintf(stderr, "  %s\n  (on another machine: ssh -L %u:127.0.0.1:%u and open it there)\n", url, prompt->port,
                prompt->port);
    fprintf(stderr, "  application %s asks for:\n", prompt->application);
    for (char **reason = reasons; *reason != NULL; reason++) {
        g_autofree char *safe = text_safe(*reason, -1);
        fprintf(stderr, "    %s\n", safe);
    }
}

static void take(struct outcome *outcome, struct event *event, gboolean quiet)
{
    switch (event->kind) {
    case EVENT_BOARD:
        if (event->board->handed != NULL && (outcome->board == NULL || outcome->board->handed == NULL))
            print_handed(stderr, event->board->handed);
        g_clear_pointer(&outcome->board, board_unref);
        outcome->board = board_ref(event->board);
        break;
    case EVENT_PLAN:
        g_clear_pointer(&outcome->plan, plan_unref);
        outcome->plan = plan_ref(event->plan);
        break;
    case EVENT_HISTORY:
        g_clear_pointer(&outcome->history, history_unref);
        outcome->history = history_ref(event->history);
        break;
    case EVENT_HAND_OVER:
        g_free(outcome->hand_over);
        outcome->hand_over = g_strdup(event->hand_over);
        break;
    case EVENT_SEAL:
        seal_free(outcome->seal);
        outcome->seal = g_steal_pointer(&event->seal);
        break;
    case EVENT_SURPRISES:
        g_free(outcome->surprises);
        outcome->surprises = g_strdup(event->surprises);
        break;
    case EVENT_DIAGNOSES:
        g_clear_pointer(&outcome->diagnoses, g_ptr_array_unref);
        outcome->diagnoses = g_steal_pointer(&event->diagnoses);
        break;
    case EVENT_CONSENTS:
        g_clear_pointer(&outcome->consents, g_ptr_array_unref);
        outcome->consents = g_steal_pointer(&event->consents);
        break;
    case EVENT_SECRET:
        if (!outcome->prints_secret)
            break;
        if (quiet) {
            g_autoptr(json) document =
                json_from("{'title':%s,'password':%s}", event->secret->title, event->secret->text);
            print_json(document);
            json_wipe(document);
        } else {
            fprintf(stderr, "perch: %s; it has to be changed at the first sign-in\n", event->secret->title);
            printf("%s\n", event->secret->text);
        }
        break;
    case EVENT_PROMPT:
        show_prompt(event->prompt, outcome->approves);
        break;
    case EVENT_LOG:
        /* A command's error is reported when the command is done. */
        if ((!quiet || event->log->until != 0 || event->log->severity == LOG_ERROR) &&
            event->log->severity >= LOG_NOTICE && !event->log->ends)
            fprintf(stderr, "perch: %s: %s\n", event->log->subject, event->log->text);
        break;
    default:
        break;
    }
}

void headless_await(struct session *session, enum command_kind command, gboolean quiet, struct outcome *outcome)
{
    for (;;) {
        g_autoptr(Event) event = session_wait_event(session, -1);
        if (event == NULL)
            continue;
        take(outcome, event, quiet);
        if (event->kind != EVENT_DONE || event->done->command != command)
            continue;
        g_clear_error(&outcome->error);
        outcome->error = event->done->error != NULL ? g_error_copy(event->done->error) : NULL;
        outcome->exit_code = event->done->exit_code;
        return;
    }
}

/* What the run came to, where --json-line and --metrics want it. */
static gboolean tell_run(const struct options *options, const struct board *board, const struct run_facts *facts,
                         GError **error)
{
    const struct board *read = board != NULL && board->signed_in ? board : NULL;
    if (options->json_line) {
        g_autoptr(json) line = run_line(read, facts);
        if (read == NULL && options->tenant != NULL)
            json_set(line, "tenant", json_from("{'id':%s,'name':'','domain':''}", options->tenant));
        g_autofree char *text = json_text(line);
        printf("%s\n", text);
    }
    if (options->metrics == NULL)
        return TRUE;
    g_autofree char *text = metrics_text(read, options->tenant, facts);
    return write_out(options->metrics, text, -1, "The metrics", error);
}

int headless_run(const struct options *options, command_body body, GError **error)
{
    struct connection connection;
    struct outcome outcome = {.approves = options->practice};
    gint64 began = g_get_monotonic_time();
    int status = EXIT_FAILED;
    /* One that cannot even begin is told like any other, or whoever watches takes the last good one for it. */
    if (connection_open(&connection, options, TRUE, error))
        status = body(options, connection.session, &outcome, error);
    if (*error == NULL && outcome.error != NULL) {
        status = outcome.exit_code;
        g_propagate_error(error, g_steal_pointer(&outcome.error));
    }
    g_autoptr(GError) cause = NULL;
    const struct run_facts facts = {
        .command = options->arguments[0],
        .exit_code = *error != NULL ? perch_error_exit_code(*error) : status,
        .duration = g_get_monotonic_time() - began,
        .error = *error,
    };
    if (!tell_run(options, outcome.board, &facts, &cause) && *error == NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        status = EXIT_FAILED;
    }
    outcome_clear(&outcome);
    connection_close(&connection);
    return status;
}

int outcome_tell_drift(const struct outcome *outcome, const struct options *options)
{
    int code = outcome->exit_code;
    if ((!options->drift && options->certificate == NULL) || code == EXIT_FAILED || code == EXIT_BAD_INPUT ||
        code == EXIT_IN_DOUBT)
        return code;
    for (guint i = 0; i < outcome->board->steps->len; i++)
        if (((const struct board_step *)g_ptr_array_index(outcome->board->steps, i))->proved_before != 0)
            return EXIT_DRIFTED;
    return code;
}

void outcome_print(const struct outcome *outcome, const struct options *options)
{
    g_autoptr(json) document = options->json ? board_json(outcome->board, NULL) : NULL;
    if (options->json)
        print_json(document);
    else if (!options->json_line)
        print_board(stdout, outcome->board);
}

void outcome_clear(struct outcome *outcome)
{
    g_clear_pointer(&outcome->board, board_unref);
    g_clear_pointer(&outcome->plan, plan_unref);
    g_clear_pointer(&outcome->history, history_unref);
    g_clear_pointer(&outcome->hand_over, g_free);
    g_clear_pointer(&outcome->surprises, g_free);
    g_clear_pointer(&outcome->diagnoses, g_ptr_array_unref);
    g_clear_pointer(&outcome->consents, g_ptr_array_unref);
    g_clear_pointer(&outcome->seal, seal_free);
    g_clear_error(&outcome->error);
}

void report_error(const GError *error, gboolean as_json)
{
    g_autofree char *headline = error_headline(error);
    g_autofree char *message = text_safe(headline, -1);
    g_autofree char *hint = text_safe(error_hint(error), -1);
    if (as_json) {
        g_autoptr(json) document =
            json_from("{'error':{'code':%s,'message':%s,'hint':%s}}", perch_error_word(error->code), message, hint);
        print_json(document);
        return;
    }
    fprintf(stderr, "perch: %s\n", message);
    if (hint[0] != '\0')
        fprintf(stderr, "       %s\n", hint);
}
