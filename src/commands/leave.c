/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "commands/board_json.h"
#include "commands/board_text.h"
#include "commands/confirm.h"
#include "commands/headless.h"
#include "ui/leave_answers.h"

static gboolean is_gone(const struct plan *plan)
{
    return plan->requests->len == 0 && plan->obstacles->len == 0 && plan_kept(plan) == 0;
}

/* What was read last: what is still to be taken away, what nobody decided about, and what only a person can do. */
static void print_what_is_left(const struct outcome *outcome)
{
    const struct plan *plan = outcome->plan;
    g_autofree char *time = clock_format_near(outcome->board->checked);
    if (is_gone(plan))
        printf("Nothing of %s's that perch can read is left, as read at %s.%s\n", outcome->board->partner, time,
               plan->by_hand->len > 0 ? " What it cannot read, or not take away, stands below." : "");
    print_kept(stdout, plan);
    for (guint i = 0; i < plan->requests->len; i++)
        printf("Still there: %s\n", ((const struct planned_request *)g_ptr_array_index(plan->requests, i))->sentence);
    print_undecided(stdout, plan);
    print_obstacles(stdout, plan);
    if (plan->by_hand->len > 0)
        printf("\n" PLAN_BY_HAND_WORDS ":\n");
    for (guint i = 0; i < plan->by_hand->len; i++) {
        const struct board_line *line = g_ptr_array_index(plan->by_hand, i);
        printf("%4u  %s%s%s\n", i + 1, line->text, line->copy[0] != '\0' ? ": " : "", line->copy);
    }
}

static json *left_json(const struct outcome *outcome)
{
    const struct plan *plan = outcome->plan;
    json *document = outcome_json(outcome, plan);
    json *left = json_new_array();
    json *by_hand = json_new_array();
    json *kept = json_new_array();
    json *choices = json_new_array();
    for (guint i = 0; i < plan->obstacles->len; i++)
        json_append_string(left, g_ptr_array_index(plan->obstacles, i));
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct leave_choice *choice = g_ptr_array_index(plan->choices, i);
        g_autofree char *answer = g_strconcat("leave.", choice->key, NULL);
        g_autofree char *remove = g_strconcat("remove", choice->code, NULL);
        g_autofree char *keep = g_strconcat("keep", choice->code, NULL);
        json_append(choices, json_from("{'answer':%s,'title':%s,'remove':%s,'keep':%s,'decided':%s}", answer,
                                       choice->title, remove, keep, choice->decided));
        if (strcmp(choice->decided, "keep") == 0)
            json_append_string(kept, choice->title);
    }
    for (guint i = 0; i < plan->by_hand->len; i++) {
        const struct board_line *line = g_ptr_array_index(plan->by_hand, i);
        json_append(by_hand, json_from("{'text':%s,'copy':%s}", line->text, line->copy));
    }
    json_set(document, "leave", json_from("{'gone':%b}", is_gone(plan)));
    json_set(json_get(document, "leave"), "undecided", left);
    json_set(json_get(document, "leave"), "kept", kept);
    json_set(json_get(document, "leave"), "choices", choices);
    json_set(json_get(document, "leave"), "byHand", by_hand);
    return document;
}

int command_leave(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    g_autofree char *typed = NULL;
    session_plan_leave(session);
    headless_await(session, COMMAND_PLAN, TRUE, outcome);
    if (outcome->error != NULL)
        return outcome->exit_code;
    if (outcome->plan->requests->len > 0 || outcome->board->summary.in_doubt > 0) {
        if (!confirm_plan(options, outcome, &typed, error))
            return EXIT_PERSON;
        session_send_plan(session, outcome->plan, typed);
        headless_await(session, COMMAND_LEAVE, options->json, outcome);
    } else
        outcome->exit_code = EXIT_DONE;
    if (outcome->error != NULL)
        return outcome->exit_code;
    if (outcome->exit_code == EXIT_DONE && outcome->plan->requests->len > 0)
        outcome->exit_code = EXIT_LEFT;
    if (outcome->exit_code == EXIT_DONE && outcome->plan->obstacles->len > 0)
        outcome->exit_code = EXIT_PERSON;
    g_autoptr(json) document = options->json ? left_json(outcome) : NULL;
    if (document != NULL)
        print_json(document);
    else if (!options->json_line)
        print_what_is_left(outcome);
    return outcome->exit_code;
}
