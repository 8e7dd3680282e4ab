/* SPDX-License-Identifier: MIT */
#include "commands/headless.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "base/write_out.h"
#include "board/log_text.h"
#include "board/run_line.h"
#include "commands/board_json.h"
#include "commands/board_text.h"
#include "commands/connect.h"
#include "commands/journald.h"
#include "commands/metrics.h"

/* It changes nothing: what an account and its names are, and what is read. */
static gboolean only_reads(const char *right)
{
    gboolean is_read = strstr(right, ".Read") != NULL && strstr(right, ".ReadWrite") == NULL;
    return is_read || strpbrk(right, "./") == NULL;
}

/* The rights that a sign-in asks for, each with why; where WHOLE is FALSE those that only read by their names, since
 * every command of a run without a keyring asks for the same. */
static void show_rights(const struct prompt *prompt, gboolean whole)
{
    g_auto(GStrv) reasons = g_strsplit(prompt->reasons, "\n", -1);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) explained = g_ptr_array_new_with_free_func(g_free);
    for (char **reason = reasons; *reason != NULL; reason++) {
        g_auto(GStrv) parts = g_strsplit(*reason, ": ", 2);
        gboolean is_short = !whole && parts[0] != NULL && only_reads(parts[0]);
        g_ptr_array_add(is_short ? names : explained, text_safe(is_short ? parts[0] : *reason, -1));
    }
    g_autofree char *listed = text_join(names, ", ");
    fprintf(stderr, "  application %s asks for:\n", prompt->application);
    if (names->len > 0)
        fprintf(stderr, "    %s (to read; perch sign-in says what each is for)\n", listed);
    for (guint i = 0; i < explained->len; i++)
        fprintf(stderr, "    %s\n", (const char *)g_ptr_array_index(explained, i));
}

static void show_prompt(const struct prompt *prompt, const struct outcome *outcome)
{
    g_autofree char *message = text_safe(prompt->message, -1);
    g_autofree char *url = text_safe(prompt->url, -1);
    fprintf(stderr, "perch: %s\n", message);
    if (outcome->approves)
        fprintf(stderr, "  In this practice nobody has to: it is approved by itself, and goes on.\n");
    if (!prompt->device_code)
        fprintf(stderr, "  %s\n  (on another machine: ssh -L %u:127.0.0.1:%u and open it there)\n", url, prompt->port,
                prompt->port);
    show_rights(prompt, outcome->explains_rights);
}

/* Keep what EVENT brings, in place of what came before; FALSE if it is none to keep. */
static gboolean keep(struct outcome *outcome, struct event *event)
{
#define KEPT(member, free)                                                                                             \
    {                                                                                                                  \
        offsetof(struct outcome, member), (GDestroyNotify)(free)                                                       \
    }
    static const struct {
        gsize place;
        GDestroyNotify free;
    } kept[] = {
        [EVENT_BOARD] = KEPT(board, board_unref),
        [EVENT_PLAN] = KEPT(plan, plan_unref),
        [EVENT_HISTORY] = KEPT(history, history_unref),
        [EVENT_HAND_OVER] = KEPT(hand_over, g_free),
        [EVENT_SEAL] = KEPT(seal, g_free),
        [EVENT_SURPRISES] = KEPT(surprises, g_free),
        [EVENT_DIAGNOSES] = KEPT(diagnoses, g_ptr_array_unref),
        [EVENT_CONSENTS] = KEPT(consents, g_ptr_array_unref),
    };
#undef KEPT
    if ((gsize)event->kind >= G_N_ELEMENTS(kept) || kept[event->kind].free == NULL)
        return FALSE;
    gpointer *place = G_STRUCT_MEMBER_P(outcome, kept[event->kind].place);
    if (*place != NULL)
        kept[event->kind].free(*place);
    *place = g_steal_pointer(&event->payload);
    return TRUE;
}

static void take(struct outcome *outcome, struct event *event, gboolean quiet)
{
    /* A remark on the answers is part of the document, since nothing of it goes to stderr there. */
    if (event->kind == EVENT_LOG && event->log->severity == LOG_NOTICE && strcmp(event->log->subject, "answers") == 0) {
        if (outcome->notices == NULL)
            outcome->notices = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(outcome->notices, g_strdup(event->log->text));
    }
    if (event->kind == EVENT_BOARD && event->board->handed != NULL &&
        (outcome->board == NULL || outcome->board->handed == NULL))
        print_handed(stderr, event->board->handed);
    if (keep(outcome, event))
        return;
    if (event->kind == EVENT_SECRET && outcome->prints_secret && quiet) {
        g_autoptr(json) document = json_from("{'title':%s,'password':%s}", event->secret->title, event->secret->text);
        print_json(document);
        json_wipe(document);
    } else if (event->kind == EVENT_SECRET && outcome->prints_secret) {
        fprintf(stderr, "perch: %s; it has to be changed at the first sign-in\n", event->secret->title);
        printf("%s\n", event->secret->text);
    } else if (event->kind == EVENT_PROMPT)
        show_prompt(event->prompt, outcome);
    /* A command's error is reported when the command is done. */
    else if (event->kind == EVENT_LOG && event->log->severity >= LOG_NOTICE && !event->log->ends &&
             (!quiet || event->log->until != 0 || event->log->severity == LOG_ERROR)) {
        g_autofree char *text = log_line_text(event->log, outcome->board);
        fprintf(stderr, "perch: %s\n", text);
    }
}

static void outcome_clear(struct outcome *outcome)
{
    g_clear_pointer(&outcome->board, board_unref);
    g_clear_pointer(&outcome->plan, plan_unref);
    g_clear_pointer(&outcome->history, history_unref);
    g_clear_pointer(&outcome->hand_over, g_free);
    g_clear_pointer(&outcome->notices, g_ptr_array_unref);
    g_clear_pointer(&outcome->surprises, g_free);
    g_clear_pointer(&outcome->diagnoses, g_ptr_array_unref);
    g_clear_pointer(&outcome->consents, g_ptr_array_unref);
    g_clear_pointer(&outcome->seal, g_free);
    g_clear_error(&outcome->error);
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

/* What the run came to, where --json-line, --metrics and systemd's journal want it. */
static gboolean tell_run(const struct options *options, const struct board *board, const struct run_facts *facts,
                         GError **error)
{
    const struct board *read = board != NULL && board->signed_in ? board : NULL;
    gboolean is_heard = journald_listens();
    if (options->json_line || is_heard) {
        g_autoptr(json) line = run_line(read, facts);
        if (read == NULL && options->tenant != NULL)
            json_set(line, "tenant", json_from("{'id':%s,'name':'','domain':''}", options->tenant));
        g_autofree char *text = json_text(line);
        if (options->json_line)
            printf("%s\n", text);
        if (is_heard)
            journald_tell(line);
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

json *outcome_json(const struct outcome *outcome, const struct plan *plan)
{
    json *document = board_json(outcome->board, plan);
    if (outcome->notices == NULL)
        return document;
    json *notices = json_new_array();
    for (guint i = 0; i < outcome->notices->len; i++)
        json_append_string(notices, g_ptr_array_index(outcome->notices, i));
    json_set(document, "notices", notices);
    return document;
}

void outcome_print(const struct outcome *outcome, const struct options *options)
{
    g_autoptr(json) document = options->json ? outcome_json(outcome, NULL) : NULL;
    if (options->json)
        print_json(document);
    else if (!options->json_line)
        print_board(stdout, outcome->board);
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
