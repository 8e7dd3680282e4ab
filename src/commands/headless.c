#include "commands/headless.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/board_json.h"
#include "commands/board_text.h"

static void show_prompt(const struct prompt *prompt)
{
    g_autofree char *message = text_safe(prompt->message, -1);
    g_autofree char *url = text_safe(prompt->url, -1);
    g_auto(GStrv) reasons = g_strsplit(prompt->reasons, "\n", -1);
    fprintf(stderr, "perch: %s\n", message);
    if (!prompt->device_code)
        fprintf(stderr, "  %s\n  (on another machine: ssh -L %u:127.0.0.1:%u and open it there)\n", url, prompt->port,
                prompt->port);
    fprintf(stderr, "  application %s asks for:\n", prompt->application);
    for (char **reason = reasons; *reason != NULL; reason++) {
        g_autofree char *safe = text_safe(*reason, -1);
        fprintf(stderr, "    %s\n", safe);
    }
}

/* The subject “perch” is for a command's error, which is reported when the command is done. */
static void show_log(const struct log_line *line)
{
    if (line->severity >= LOG_NOTICE && strcmp(line->subject, "perch") != 0)
        fprintf(stderr, "perch: %s: %s\n", line->subject, line->text);
}

static void take(struct outcome *outcome, struct event *event, gboolean quiet)
{
    switch (event->kind) {
    case EVENT_BOARD:
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
    case EVENT_PROMPT:
        show_prompt(event->prompt);
        break;
    case EVENT_LOG:
        if (!quiet)
            show_log(event->log);
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

void outcome_print(const struct outcome *outcome, gboolean as_json)
{
    g_autoptr(json) document = as_json ? board_json(outcome->board, NULL) : NULL;
    if (as_json)
        print_json(document);
    else
        print_board(stdout, outcome->board);
}

void outcome_clear(struct outcome *outcome)
{
    g_clear_pointer(&outcome->board, board_unref);
    g_clear_pointer(&outcome->plan, plan_unref);
    g_clear_pointer(&outcome->history, history_unref);
    g_clear_pointer(&outcome->hand_over, g_free);
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
