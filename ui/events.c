#include "ui/events.h"

#include <string.h>

#include "base/error.h"
#include "ui/attention.h"
#include "ui/board_view.h"
#include "ui/form.h"
#include "ui/log_pane.h"
#include "ui/reporting.h"
#include "ui/views.h"

#define TURN (4 * G_TIME_SPAN_MILLISECOND)

static gboolean is_settled(const struct board_step *step)
{
    return step->state == STEP_DONE || step->state == STEP_TOLD || step->state == STEP_SKIPPED;
}

/* Whoever lets perch lead gets the next step when one is settled; whoever chose a step keeps it. Not before a command
 * is done: a board in between may not know yet what the step frees. */
static void follow_next_step(struct console *console)
{
    const struct board_step *shown = console_step(console);
    const struct board_step *next = board_next_step(console->board);
    if (shown != NULL && console_busy(console))
        return;
    if ((shown != NULL && (console->chose || !is_settled(shown))) || form_editing(console) != NULL)
        return;
    if (next != NULL)
        console_select(console, next->id);
    else if (shown == NULL && console->board->steps->len > 0)
        console_select(console, ((const struct board_step *)g_ptr_array_index(console->board->steps, 0))->id);
}

static void close_sign_in(struct console *console)
{
    for (guint i = console->views->len; i > 0; i--)
        if (sign_in_view_url(g_ptr_array_index(console->views, i - 1)) != NULL)
            g_ptr_array_remove_index(console->views, i - 1);
}

/* The worker tells of nothing while it waits for a sign-in, so a new board says that it is over. */
static void take_board(struct console *console, struct board *board)
{
    struct board *before = console->board;
    console->board = board_ref(board);
    if (strcmp(before->state_dir, board->state_dir) != 0 && *board->state_dir != '\0')
        log_store_set_folder(console->log, board->state_dir);
    board_unref(before);
    close_sign_in(console);
    follow_next_step(console);
    attention_show(console);
}

static void take_plan(struct console *console, struct plan *plan)
{
    if (plan_view_plan(console_top(console)) != NULL)
        console_pop(console);
    console_push(console, plan_view_new(plan));
    if (console->apply_when_planned && plan->requests->len > 0)
        action_apply(console);
    console->apply_when_planned = FALSE;
}

static void take_prompt(struct console *console, const struct prompt *prompt)
{
    if (sign_in_view_url(console_top(console)) != NULL)
        console_pop(console);
    console_push(console, sign_in_view_new(prompt));
    attention_prompt(console);
}

static void forget_running(struct console *console, enum command_kind kind)
{
    for (guint i = 0; i < console->running->len; i++)
        if (g_array_index(console->running, enum command_kind, i) == kind) {
            g_array_remove_index(console->running, i);
            return;
        }
}

static const char *failure_title(enum command_kind command)
{
    switch (command) {
    case COMMAND_SIGN_IN:
        return "Not signed in";
    case COMMAND_APPLY:
        return "The plan was not carried out to its end";
    case COMMAND_UNDO:
        return "Not everything was removed";
    case COMMAND_PLAN:
        return "No plan";
    case COMMAND_CHECK:
        return "The tenant could not be read";
    case COMMAND_HISTORY:
        return "No report";
    case COMMAND_HAND_OVER:
        return "Nothing was handed over";
    default:
        return "That did not work";
    }
}

/* What was refused is explained where its ladder begins. */
static gboolean show_ladder(struct console *console, const struct done *done, const struct board_step *step)
{
    if (step == NULL || step->refusal_rung == 0 || ladder_view_step(console_top(console)) != NULL ||
        (done->error != NULL && !g_error_matches(done->error, PERCH_ERROR, PERCH_ERROR_REFUSED)))
        return FALSE;
    console_push(console, ladder_view_new(step));
    return TRUE;
}

/* A write that was refused leaves its step failed and is no error of the run. */
static void show_refused_write(struct console *console, const struct done *done)
{
    for (guint i = 0; i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        if (step->state != STEP_FAILED || !show_ladder(console, done, step))
            continue;
        console_select(console, step->id);
        return;
    }
}

static void show_failure(struct console *console, const struct done *done)
{
    g_autofree char *headline = error_headline(done->error);
    if (g_error_matches(done->error, PERCH_ERROR, PERCH_ERROR_CANCELLED)) {
        console_note(console, "%s", headline);
        return;
    }
    gboolean quiet = form_editing(console) != NULL || console->ask != NULL;
    gboolean first_check = done->command == COMMAND_CHECK && !console->board->signed_in;
    if (first_check)
        console_note(console, "Not signed in yet: s signs in.");
    else if (quiet)
        console_note(console, "%s", headline);
    else if (done->command != COMMAND_PRACTICE_FORM || !show_ladder(console, done, console_step(console)))
        console_push(console, message_view_new(failure_title(done->command), headline, error_hint(done->error)));
}

static void add_count(GString *words, int count, const char *one, const char *many)
{
    if (count > 0)
        g_string_append_printf(words, ", %d %s", count, count == 1 ? one : many);
}

static char *summary_words(const struct board_summary *summary)
{
    GString *words = g_string_new(NULL);
    g_string_append_printf(words, "%d of the steps done", summary->done);
    add_count(words, summary->told, "told", "told");
    add_count(words, summary->skipped, "skipped", "skipped");
    add_count(words, summary->needs_person, "needs you", "need you");
    add_count(words, summary->waiting, "waits", "wait");
    add_count(words, summary->left, "to do", "to do");
    add_count(words, summary->failed, "failed", "failed");
    add_count(words, summary->in_doubt, "in doubt", "in doubt");
    return g_string_free(words, FALSE);
}

/* What the practice portal was told cannot always be read back, as in life. */
static void say_form_done(struct console *console)
{
    const struct board_step *step = console_step(console);
    if (ladder_view_step(console_top(console)) != NULL)
        console_note(console, "Done in the practice portal. Esc, then f saves the form again.");
    else if (step != NULL && step->tellable && !is_settled(step))
        console_note(console, "Done in the practice portal. Say so here with t.");
    else if (step != NULL && !is_settled(step))
        console_note(console, "Done in the practice portal. It may take a moment to be seen: c reads again.");
    else
        console_note(console, "Done in the practice portal.");
}

static void say_done(struct console *console, const struct done *done)
{
    if (done->command == COMMAND_PRACTICE_FORM)
        say_form_done(console);
    g_autofree char *words = summary_words(&console->board->summary);
    if (done->command == COMMAND_CHECK)
        console_note(console, "Read: %s.", words);
    else if (done->command == COMMAND_APPLY || done->command == COMMAND_UNDO)
        console_note(console, "Ended: %s.", words);
    else if (done->command == COMMAND_SIGN_IN)
        console_note(console, "Signed in.");
    else if (done->command == COMMAND_HAND_OVER)
        console_note(console, "Written. Your colleague starts with perch --answers and that file.");
}

static void take_done(struct console *console, const struct done *done)
{
    forget_running(console, done->command);
    close_sign_in(console);
    if (done->command == COMMAND_PROBE_KEYRING && console->board->keyring_locked && console->ask == NULL)
        action_unlock_keyring(console);
    if (done->command == COMMAND_UNLOCK_KEYRING)
        console_note(console, "%s", console->board->keyring);
    if (done->command == COMMAND_PLAN && done->error != NULL)
        console->apply_when_planned = FALSE;
    if (done->command == COMMAND_ANSWER)
        form_answered(console, done->error);
    else if (done->error != NULL)
        show_failure(console, done);
    else
        say_done(console, done);
    if (done->command == COMMAND_APPLY && done->error == NULL && form_editing(console) == NULL)
        show_refused_write(console, done);
    attention_done(console, done);
    follow_next_step(console);
}

static void take_event(struct console *console, struct event *event)
{
    switch (event->kind) {
    case EVENT_BOARD:
        take_board(console, event->board);
        break;
    case EVENT_LOG:
        log_store_add(console->log, g_steal_pointer(&event->log));
        log_pane_added(console);
        break;
    case EVENT_PLAN:
        take_plan(console, event->plan);
        break;
    case EVENT_PROMPT:
        take_prompt(console, event->prompt);
        break;
    case EVENT_PEOPLE:
        form_people_found(console, event->people);
        break;
    case EVENT_SECRET:
        console_push(console, secret_view_new(event->secret));
        break;
    case EVENT_HISTORY:
        reporting_take_history(console, event->history);
        break;
    case EVENT_HAND_OVER:
        break;
    case EVENT_DONE:
        take_done(console, event->done);
        break;
    }
    console->dirty = TRUE;
}

/* A flood of log lines must not keep keys waiting: typed ones would pile up and pass for a paste. */
void events_take(struct console *console)
{
    gint64 end = g_get_monotonic_time() + TURN;
    for (struct event *event = session_next_event(console->session); event != NULL;
         event = session_next_event(console->session)) {
        take_event(console, event);
        event_free(event);
        if (g_get_monotonic_time() > end)
            return;
    }
}

static const struct board_step *due_step(const struct console *console)
{
    for (guint i = 0; i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        if (step->state == STEP_WAITING && step->until > console->due_noticed &&
            step->until <= clock_now(&console->board->clock))
            return step;
    }
    return NULL;
}

void events_notice_due(struct console *console)
{
    const struct board_step *step = due_step(console);
    if (step == NULL || console_busy(console))
        return;
    attention_due(console, step);
    console_note(console, "%s: the wait is over.", step->title);
    session_check(console->session);
    console_sent(console, COMMAND_CHECK);
}

static gboolean counts_down(const struct console *console)
{
    for (guint i = 0; i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        if (step->state == STEP_WAITING && step->until > console->due_noticed)
            return TRUE;
    }
    return sign_in_view_url(console_top(console)) != NULL;
}

gint64 events_deadline(const struct console *console)
{
    gint64 now = g_get_monotonic_time();
    gint64 deadline = console->note.text != NULL ? console->note.until : G_MAXINT64;
    if (counts_down(console))
        deadline = MIN(deadline, now + G_TIME_SPAN_SECOND - now % G_TIME_SPAN_SECOND);
    return deadline;
}
