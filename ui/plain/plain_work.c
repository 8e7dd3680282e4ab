/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_work.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "board/log_text.h"
#include "ui/leave_answers.h"
#include "ui/plain/plain_leaving.h"
#include "ui/state_text.h"

#define LOOK_WHOLE (2 * G_TIME_SPAN_MINUTE)
#define LOOK_FIRST_PAUSE (4 * G_TIME_SPAN_SECOND)
#define LOOK_PAUSE (12 * G_TIME_SPAN_SECOND)
#define HEARTBEAT_MS 30000
#define INTERRUPT_PAUSE (G_USEC_PER_SEC / 5) /* between two looks whether Ctrl-C was pressed */
#define WRONG_KEPT 100                       /* requests */
#define BROWSER_PAUSE 2000                   /* milliseconds in which a failure is told */

/* What a letter does while a sign-in waits. */
static void tell_sign_in_letters(struct plain *plain)
{
    plain_say(plain, "%so opens it here%s, r reads the rights, a the address that it leads to; q leaves.",
              plain->options->practice ? "f signs in without a browser, since this is practice; " : "",
              plain->port != 0 ? ", d signs in with a code instead, m for a browser on another machine" : "");
    plain_mark(plain);
}

/* Microsoft's address is long and is for a browser, the rights are many: both are read out when asked for. */
static void tell_prompt(struct plain *plain, const struct prompt *prompt)
{
    g_auto(GStrv) rights = g_strsplit(prompt->reasons, "\n", -1);
    guint count = g_strv_length(rights);
    plain->prompting = TRUE;
    plain->answered = FALSE;
    plain->port = prompt->port;
    g_free(plain->address);
    g_free(plain->rights);
    plain->address = g_strdup(prompt->url);
    g_free(plain->start);
    plain->start = g_strdup(prompt->start != NULL ? prompt->start : prompt->url);
    plain->rights = g_strdup(prompt->reasons);
    plain_say(plain, "perch: %s", *prompt->message != '\0' ? prompt->message : "Sign in.");
    plain_say_whole(plain, plain->start);
    if (*prompt->user_code != '\0')
        plain_say(plain, "Code: %s", prompt->user_code);
    plain_say(plain, "%s asks for %u right%s%s.", prompt->application, count, count == 1 ? "" : "s",
              *prompt->granted != '\0' ? " more than you have granted" : "");
    tell_sign_in_letters(plain);
}

static void take_people(struct plain *plain, const struct people *people)
{
    g_ptr_array_set_size(plain->people, 0);
    for (guint i = 0; i < people->found->len; i++)
        g_ptr_array_add(plain->people, g_ptr_array_index(people->found, i));
    if (*people->error != '\0')
        plain_say(plain, "%s", people->error);
    plain->people_told = TRUE;
}

static void keep_wrong(struct plain *plain, const struct log_line *line)
{
    if (!log_line_went_wrong(line))
        return;
    if (plain->wrong->len == WRONG_KEPT)
        g_ptr_array_remove_index(plain->wrong, 0);
    g_ptr_array_add(plain->wrong, log_line_copy(line));
}

static void tell_log(struct plain *plain, const struct log_line *line)
{
    g_autofree char *text = log_line_text(line, plain->board);
    plain_say(plain, "perch: %s", text);
}

/* The people stay with their event until the next look-up. */
static void take_event(struct plain *plain, struct event *event)
{
    switch (event->kind) {
    case EVENT_BOARD:
        board_unref(plain->board);
        plain->board = board_ref(event->board);
        plain->was_signed_in = plain->was_signed_in || plain->board->signed_in;
        break;
    case EVENT_LOG:
        keep_wrong(plain, event->log);
        /* A command's error is told when the command is done. */
        if (event->log->severity >= LOG_NOTICE && !event->log->ends)
            tell_log(plain, event->log);
        break;
    case EVENT_PLAN:
        plan_unref(plain->plan);
        plain->plan = plan_ref(event->plan);
        break;
    case EVENT_PROMPT:
        tell_prompt(plain, event->prompt);
        break;
    case EVENT_PEOPLE:
        event_free(plain->people_event);
        plain->people_event = event;
        take_people(plain, event->people);
        return;
    case EVENT_SECRET:
        plain_say(plain, "%s, shown once and kept in no file: %s", event->secret->title, event->secret->text);
        break;
    case EVENT_HISTORY:
        history_unref(plain->history);
        plain->history = history_ref(event->history);
        break;
    case EVENT_HAND_OVER:
    case EVENT_SEAL:
    case EVENT_SURPRISES:
    case EVENT_DIAGNOSES:
    case EVENT_CONSENTS:
    case EVENT_DONE:
        break;
    }
    event_free(event);
}

/* Take the events that wait, without waiting. */
static void plain_take_events(struct plain *plain)
{
    for (struct event *event = session_next_event(plain->session); event != NULL;
         event = session_next_event(plain->session))
        take_event(plain, event);
}

void plain_open(struct plain *plain, const char *address)
{
    g_autoptr(GError) error = NULL;
    struct launcher *launcher = plain->options->launcher;
    GPid asked = launcher_open(launcher, address, &error);
    gboolean failed = asked != 0 && launcher_status(launcher, asked, BROWSER_PAUSE) == LAUNCHER_FAILED;
    plain_say(plain, "%s",
              asked == 0 ? error->message
              : failed   ? "No browser could be opened here: open the address where yours is."
                         : "Asked this machine's browser to open the page.");
}

/* FALSE: WORD says nothing about the sign-in that waits. */
static gboolean tell_about_sign_in(struct plain *plain, const char *word)
{
    if (strcmp(word, "a") == 0) {
        plain_say(plain,
                  "It leads to %s:", plain->options->practice ? "the practice tenant" : "Microsoft's own sign-in page");
        plain_say_whole(plain, plain->address);
    } else if (strcmp(word, "r") == 0) {
        plain_say(plain, "%s", plain->rights);
    } else if (strcmp(word, "o") == 0) {
        plain_open(plain, plain->start);
    } else if (strcmp(word, "m") == 0 && plain->port != 0) {
        plain_say(plain, "Run there first, then open the address there:");
        g_autofree char *command = g_strdup_printf("ssh -L %u:127.0.0.1:%u THIS-HOST", plain->port, plain->port);
        plain_say_whole(plain, command);
        plain_say(plain, "Or sign in there, and paste here the address of the page that then fails to open.");
    } else {
        return FALSE;
    }
    plain_mark(plain);
    return TRUE;
}

/* While a sign-in waits, a line is the address that failed to open, d, q or what is said about it. */
static void take_sign_in_line(struct plain *plain)
{
    g_autofree char *line = plain_take_answer(plain);
    plain->marked = FALSE;
    if (line == NULL && plain->answered) {
        plain->prompting = FALSE;
    } else if (line == NULL || strcmp(line, "q") == 0) {
        plain->leaving = TRUE;
        session_cancel(plain->session);
    } else if (strcmp(line, "d") == 0 && plain->port != 0) {
        /* A code in place of the browser: the command that waits is ended, and signing in is what is waited for. */
        if (plain->awaited == COMMAND_SIGN_IN)
            plain->ignored++;
        plain->awaited = COMMAND_SIGN_IN;
        session_cancel(plain->session);
        session_sign_in(plain->session, TRUE);
    } else if (strcmp(line, "f") == 0 && plain->options->practice) {
        /* It cannot fail, and what was typed ahead is for the next question. */
        plain->prompting = FALSE;
        session_practice_form(plain->session, NULL);
    } else if (g_str_has_prefix(line, "http")) {
        plain->answered = TRUE;
        session_paste_back(plain->session, line);
    } else if (strcmp(line, "list") == 0 || strchr(line, '\n') != NULL) {
        g_string_truncate(plain->question, 0); /* what was asked before the sign-in is not asked now */
        plain_take_word(plain, line);
        tell_sign_in_letters(plain);
    } else if (!tell_about_sign_in(plain, line)) {
        plain_say(plain, "Sign in at the address above, or paste the address that failed to open.");
        tell_sign_in_letters(plain);
    }
}

/* Waits for a line or an event while a sign-in waits for the person; the end of the input counts as a line. */
static gboolean is_line_due(struct plain *plain)
{
    return plain->prompting && !plain->leaving && (plain->ended || plain_line_before_event(plain, -1));
}

static gboolean is_awaited(struct plain *plain, const struct event *event)
{
    if (event->kind != EVENT_DONE)
        return FALSE;
    plain->prompting = FALSE;
    if (event->done->command != plain->awaited)
        return FALSE;
    if (plain->ignored == 0)
        return TRUE;
    plain->ignored--;
    return FALSE;
}

/* The next event within TIMEOUT (-1: for ever), or NULL. Ctrl-C stops what runs as soon as that is safe. */
static struct event *next_event(struct plain *plain, gint64 timeout)
{
    gint64 end = timeout < 0 ? G_MAXINT64 : g_get_monotonic_time() + timeout;
    for (;;) {
        gint64 left = MAX(end - g_get_monotonic_time(), 0);
        struct event *event = session_wait_event(plain->session, MIN(left, INTERRUPT_PAUSE));
        if (plain_is_interrupted(plain)) {
            plain->leaving = TRUE;
            session_cancel(plain->session);
            plain_say(plain, "perch: stopping; a request that is under way is finished first. Ctrl-C once more ends at "
                             "once.");
        }
        if (event != NULL || left <= INTERRUPT_PAUSE)
            return event;
    }
}

gboolean plain_await(struct plain *plain, enum command_kind kind)
{
    plain->awaited = kind;
    for (;;) {
        if (is_line_due(plain))
            take_sign_in_line(plain);
        struct event *event = next_event(plain, plain->prompting ? 0 : -1);
        if (event == NULL)
            continue;
        gboolean over = is_awaited(plain, event);
        gboolean worked = over && event->done->error == NULL;
        if (over && !worked) {
            g_autofree char *headline = error_headline(event->done->error);
            plain_say(plain, "%s", headline);
            if (*error_hint(event->done->error) != '\0')
                plain_say(plain, "%s", error_hint(event->done->error));
        }
        take_event(plain, event);
        if (over)
            return worked;
    }
}

gboolean plain_find_people(struct plain *plain, const char *text)
{
    plain->people_told = FALSE;
    session_find_people(plain->session, text, ++plain->people_serial);
    while (!plain->people_told) {
        if (is_line_due(plain))
            take_sign_in_line(plain);
        struct event *event = next_event(plain, plain->prompting ? 0 : 20 * G_USEC_PER_SEC);
        if (event == NULL && plain->prompting)
            continue;
        if (event == NULL) {
            plain_say(plain, "The look-up was not answered.");
            return FALSE;
        }
        plain->prompting = plain->prompting && event->kind != EVENT_DONE;
        take_event(plain, event);
    }
    return plain->people->len > 0;
}

void plain_tell_obstacles(struct plain *plain, const struct plan *plan)
{
    for (guint i = 0; i < plan->obstacles->len; i++) {
        const char *obstacle = g_ptr_array_index(plan->obstacles, i);
        if (!plan_is_choice(plan, obstacle))
            plain_say(plain, "%s: %s", plan_obstacles_words(plan), obstacle);
    }
}

static void tell_by_hand(struct plain *plain)
{
    const struct plan *plan = plain->plan;
    if (plan->by_hand->len > 0)
        plain_say(plain, PLAN_BY_HAND_WORDS ":");
    for (guint i = 0; i < plan->by_hand->len; i++) {
        const struct board_line *line = g_ptr_array_index(plan->by_hand, i);
        plain_say(plain, "%u. %s", i + 1, line->text);
        if (*line->copy != '\0')
            plain_say_whole(plain, line->copy);
    }
}

/* What no request does: it stays as decided, or could not be looked for. */
static void tell_rest(struct plain *plain)
{
    const struct plan *plan = plain->plan;
    const char *sentence = plan->leave ? leave_sentence(plan) : NULL;
    if (sentence != NULL)
        plain_say(plain, "%s", sentence);
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct leave_choice *choice = g_ptr_array_index(plan->choices, i);
        plain_say(plain, "Not made by perch: %s; %s.", choice->title, plain_choice_words(choice, NULL));
    }
    if (plan->leave)
        plain_tell_obstacles(plain, plan);
}

static void tell_plan(struct plain *plain)
{
    const struct plan *plan = plain->plan;
    g_autofree char *count = text_count(plan->requests->len, "request", "requests");
    if (plan->requests->len == 0)
        plain_say(plain, "perch: nothing would be sent now to %s", plain->board->tenant_domain);
    else
        plain_say(plain, "perch: nothing has been sent; %s would be sent to %s", count, plain->board->tenant_domain);
    g_autofree char *again = plan_makes_again_text(plain->board, plan);
    if (again != NULL)
        plain_say(plain, "%s", again);
    /* Before the requests: whoever knows what is missing may rather give it first. */
    if (!plan->leave)
        plain_tell_obstacles(plain, plan);
    for (guint i = 0; i < plan->requests->len; i++) {
        const struct planned_request *request = g_ptr_array_index(plan->requests, i);
        plain_say(plain, "%u. %s %s%s%s", i + 1, request->verb, request->sentence,
                  *request->risk != '\0' ? ". Mind: " : "", request->risk);
        for (guint k = 0; k < request->differences->len; k++) {
            const struct board_difference *difference = g_ptr_array_index(request->differences, k);
            plain_say(plain, "   %s: found %s, wanted %s", difference->field,
                      *difference->found != '\0' ? difference->found : "nothing", difference->wanted);
        }
    }
    tell_rest(plain);
    /* Once is enough: it is read out when that is over, and what is removed may add to it. */
    if (plan->requests->len == 0)
        tell_by_hand(plain);
    else if (plan->by_hand->len > 0)
        plain_say(plain, PLAN_BY_HAND_WORDS " is read out when this is over.");
}

/* Wait for the plan that was asked for. */
static gboolean has_plan(struct plain *plain)
{
    return plain_await(plain, COMMAND_PLAN) && plain->plan != NULL;
}

static void tell_requests(struct plain *plain)
{
    for (guint i = 0; i < plain->plan->requests->len; i++) {
        const struct planned_request *request = g_ptr_array_index(plain->plan->requests, i);
        plain_say(plain, "%u. %s %s", i + 1, request->method, request->url);
        if (*request->body_indented != '\0')
            plain_say_whole(plain, request->body_indented);
    }
}

/* The typed domain, "" if none is needed, or NULL if the person would rather not. Caller frees. */
static char *confirmation(struct plain *plain, enum command_kind kind)
{
    g_autofree char *button = agreement_send_button(plain->plan, plain->board->tenant_domain);
    if (plain->board->confirmed && kind != COMMAND_LEAVE)
        return plain_agree_to(plain, "", button, tell_requests) ? g_strdup("") : NULL;
    g_autofree char *words = agreement_domain_text(plain->plan, plain->board->tenant_domain);
    plain_ask(plain);
    plain_say(plain, "%s; ? shows the requests in full, - goes back.", words);
    for (;;) {
        g_autofree char *line = plain_hear(plain, FALSE);
        if (line == NULL || strcmp(line, "-") == 0)
            return NULL;
        if (strcmp(line, "?") == 0) {
            tell_requests(plain);
            plain_ask_again(plain);
        } else if (g_ascii_strcasecmp(g_strstrip(line), plain->board->tenant_domain) == 0) {
            return g_steal_pointer(&line);
        } else if (!plain_take_word(plain, line)) {
            plain_say(plain, "Nothing was sent: that takes the whole domain, %s", plain->board->tenant_domain);
            plain_ask_again(plain);
        } else if (plain->wanted != NULL) {
            return NULL;
        }
    }
}

/* The plan was asked for: tell it, and on the person's word send KIND. */
static gboolean agree_and_send(struct plain *plain, enum command_kind kind)
{
    tell_plan(plain);
    if (plain->plan->requests->len == 0)
        return FALSE;
    g_autofree char *typed = confirmation(plain, kind);
    if (typed == NULL)
        return FALSE;
    const char *domain = *typed != '\0' ? typed : NULL;
    struct plan *sent = plan_ref(plain->plan);
    session_send_plan(plain->session, sent, domain);
    plain_await(plain, kind);
    char *came = carried_out_text(plain->board, sent);
    plain_say(plain, "perch: it is over: %s.", came);
    plain->in_part = kind != COMMAND_APPLY && carried_out_in_part(plain->board, sent);
    g_free(plain->taken_away);
    plain->taken_away = kind != COMMAND_APPLY ? came : NULL;
    if (kind == COMMAND_APPLY)
        g_free(came);
    plan_unref(sent);
    if (kind == COMMAND_UNDO && *plain->board->in_bin != '\0')
        plain_say(plain, "%s", plain->board->in_bin);
    g_autofree char *keeps = text_join(plain->board->partner_keeps, ", ");
    if (kind == COMMAND_UNDO && plain->board->partner_keeps->len > 0)
        plain_say(plain, "%s still has what perch did not make: %s. Type leave to go through that.",
                  plain->board->partner, keeps);
    return TRUE;
}

gboolean plain_apply(struct plain *plain, gboolean undo)
{
    session_plan(plain->session, undo);
    return has_plan(plain) && agree_and_send(plain, undo ? COMMAND_UNDO : COMMAND_APPLY);
}

gboolean plain_leave(struct plain *plain)
{
    session_plan_leave(plain->session);
    if (!has_plan(plain))
        return FALSE;
    enum leave_outcome outcome = plain_decide_what_goes(plain);
    gboolean decided = outcome == LEAVE_DECIDED;
    if (outcome == LEAVE_GONE_BACK)
        return FALSE;
    if (decided)
        session_plan_leave(plain->session);
    if (plain->leaving || plain->wanted != NULL || (decided && !has_plan(plain)))
        return FALSE;
    if (!agree_and_send(plain, COMMAND_LEAVE)) {
        if (decided)
            plain_say(plain, "Nothing was sent. What you decided about it is kept; leave asks again before it sends.");
        return FALSE;
    }
    tell_rest(plain);
    tell_by_hand(plain);
    return TRUE;
}

/* FALSE if the person goes back. */
static gboolean take_wait_line(struct plain *plain, const char *id, const char *word)
{
    g_autofree char *line = plain_take_answer(plain);
    if (line == NULL || strcmp(line, "q") == 0) {
        plain->leaving = TRUE;
    } else if (strcmp(line, "-") == 0) {
        return FALSE;
    } else if (*word != '\0' && strcmp(line, word) == 0) {
        session_override_wait(plain->session, id, line);
        plain_await(plain, COMMAND_OVERRIDE_WAIT);
    } else {
        plain_say(plain, "- goes back, q leaves; the time goes on meanwhile, and the next start knows it.");
    }
    return TRUE;
}

gboolean plain_sit_out(struct plain *plain, const struct board_step *step)
{
    g_autofree char *id = g_strdup(step->id);
    g_autofree char *word = g_strdup(step->wait_word);
    plain_say(plain, "perch: %s waits. %s - goes back, q leaves%s%s%s.", step->title, step->wait_reason,
              *word != '\0' ? "; the word “" : "", word, *word != '\0' ? "” goes on now and is recorded" : "");
    gboolean stays = TRUE;
    while (!plain->leaving && stays) {
        plain_take_events(plain);
        step = board_find_step(plain->board, id);
        if (step == NULL || step->state != STEP_WAITING || time_left(plain->board, step->until) == 0)
            break;
        g_autofree char *left = duration_text(time_left(plain->board, step->until));
        plain_say(plain, "perch: %s left.", left);
        gint64 wall = clock_wall_until(&plain->board->clock, step->until) / 1000 + 1;
        if (plain_line_before_event(plain, (int)MIN(wall, HEARTBEAT_MS)) || plain->ended)
            stays = take_wait_line(plain, id, word);
    }
    if (plain->leaving || !stays)
        return FALSE;
    session_check(plain->session);
    plain_await(plain, COMMAND_CHECK);
    return TRUE;
}

/* What only a person's word settles is seen once all of it is that the tenant shows. */
static gboolean is_seen(const struct board_step *step)
{
    gboolean is_settled = step != NULL && step_state_is_settled(step->state) && !board_step_told_unseen(step);
    return step == NULL || is_settled || (step->tellable && first_unseen(step) == NULL);
}

/* FALSE once a line or the end of the input ended the pause until AT; what was typed ahead is for the menu, an empty
 * line is not. */
static gboolean pause_until(struct plain *plain, gint64 at)
{
    while (!plain->ended && g_get_monotonic_time() < at) {
        if (plain_line_before_event(plain, (int)(MAX(at - g_get_monotonic_time(), 0) / 1000) + 1)) {
            g_autofree char *line = plain->heard->str[0] == '\n' ? plain_take_line(plain) : NULL;
            return FALSE;
        }
        plain_take_events(plain);
    }
    return !plain->ended;
}

/* Read the tenant once more. TRUE if STEP's part of it is seen. */
static gboolean look_once(struct plain *plain, const char *id)
{
    session_check(plain->session);
    plain_await(plain, COMMAND_CHECK);
    return is_seen(board_find_step(plain->board, id));
}

void plain_look_again(struct plain *plain, const char *id)
{
    const struct board_step *step = board_find_step(plain->board, id);
    gint64 until = g_get_monotonic_time() + LOOK_WHOLE;
    gint64 pause = LOOK_FIRST_PAUSE;
    if (is_seen(step) || look_once(plain, id))
        return;
    plain_say(plain, "It may take a moment to be seen: perch looks by itself, two minutes at most. Enter stops that.");
    while (!plain->leaving && pause_until(plain, g_get_monotonic_time() + pause)) {
        if (look_once(plain, id))
            return;
        if (g_get_monotonic_time() >= until)
            break;
        pause = LOOK_PAUSE;
    }
    step = board_find_step(plain->board, id);
    const char *missing = step != NULL ? first_unseen(step) : NULL;
    plain_say(plain, "Not seen yet%s%s; 8 checks again.", missing != NULL ? ": " : "", missing != NULL ? missing : "");
}
