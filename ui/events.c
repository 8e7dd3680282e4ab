/* SPDX-License-Identifier: MIT */
#include "ui/events.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "ui/attention.h"
#include "ui/board_view.h"
#include "ui/end_text.h"
#include "ui/form/form.h"
#include "ui/log_pane.h"
#include "ui/look_again.h"
#include "ui/navigation.h"
#include "ui/plan_question.h"
#include "ui/progress.h"
#include "ui/reporting.h"
#include "ui/state_text.h"
#include "ui/taking_over.h"
#include "ui/views/end_view.h"
#include "ui/views/ladder_view.h"
#include "ui/views/message_view.h"
#include "ui/views/plan_view.h"
#include "ui/views/secret_view.h"
#include "ui/views/sign_in_view.h"

#define BROWSER_PAUSE (200 * G_TIME_SPAN_MILLISECOND)
#define TURN (G_TIME_SPAN_MILLISECOND / 2)

/* The focus stays where the person put it: only who has just signed in is led to what comes next. */
static void show_some_step(struct console *console, gboolean lead)
{
    const struct board_step *shown = console_step(console);
    const struct board_step *next = board_next_step(console->board);
    if (form_editing(console) != NULL)
        return;
    if (next != NULL && (shown == NULL || (lead && !console->chose && step_state_is_settled(shown->state))))
        console_select(console, next->id);
    else if (shown == NULL && console->board->steps->len > 0)
        console_select(console, ((const struct board_step *)g_ptr_array_index(console->board->steps, 0))->id);
}

static void close_sign_in(struct console *console)
{
    for (guint i = console->overlays->len; i > 0; i--)
        if (sign_in_view_url(g_ptr_array_index(console->overlays, i - 1)) != NULL) {
            g_ptr_array_remove_index(console->overlays, i - 1);
            /* What was said about it is over with it, and must not be taken for a word on the next one. */
            g_clear_pointer(&console->note.text, g_free);
        }
}

/* What came of a step stands at its top, where whoever has waited for that looks for it. */
static void show_what_came_of_step(struct console *console, const struct board *before)
{
    const struct board_step *shown = console_step(console);
    const struct board_step *was = shown != NULL ? board_find_step(before, shown->id) : NULL;
    /* What is being read is open or not as it was before. */
    if (was != NULL && (step_state_can_go_on(was->state) || was->state == STEP_WAITING))
        console->open_step = g_intern_string(was->id);
    if (shown == NULL || !step_state_is_settled(shown->state))
        return;
    /* Whoever fills in its values goes on with the next one. */
    gboolean fills_in =
        console->collecting || form_editing(console) != NULL || g_strcmp0(console->filled_in, shown->id) == 0;
    if (!fills_in && g_strcmp0(console->open_step, shown->id) == 0)
        scroller_clear(&console->step_scroller);
    console->open_step = NULL;
}

/* The worker tells of nothing while it waits for a sign-in, so a new board says that it is over. */
static void take_board(struct console *console, struct board *board)
{
    struct board *before = console->board;
    console->board = board_ref(board);
    if (strcmp(before->state_dir, board->state_dir) != 0 && *board->state_dir != '\0')
        log_store_set_folder(console->log, board->state_dir);
    show_what_came_of_step(console, before);
    board_unref(before);
    close_sign_in(console);
    form_board_changed(console);
    show_some_step(console, FALSE);
    attention_show(console);
}

static const char *failure_title(enum command_kind command)
{
    switch (command) {
    case COMMAND_SIGN_IN:
        return "Not signed in";
    case COMMAND_APPLY:
        return "The plan was not carried out to its end";
    case COMMAND_UNDO:
    case COMMAND_LEAVE:
        return "Not everything was removed";
    case COMMAND_PLAN:
        return "No plan";
    case COMMAND_CHECK:
        return "The tenant could not be read";
    case COMMAND_HISTORY:
        return "No report";
    case COMMAND_HAND_OVER:
        return "Nothing was handed over";
    case COMMAND_TAKE_OVER:
        return "Nothing was taken over";
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
    if (first_check) {
        console_note(console, "Nobody is signed in here: Enter signs in with the browser, d with a code.");
        console->pane = console->chose ? console->pane : PANE_STEP;
    } else if (quiet)
        console_note(console, "%s", headline);
    else if (done->command != COMMAND_PRACTICE_FORM || !show_ladder(console, done, console_step(console)))
        console_push(console, message_view_new(failure_title(done->command), headline, error_hint(done->error)));
}

/* In the checklist's own words: what only waits for another step is not to be done now. */
static char *summary_words(const struct board *board)
{
    const struct board_summary *summary = &board->summary;
    int blocked = 0;
    for (guint i = 0; i < board->steps->len; i++)
        blocked += ((const struct board_step *)g_ptr_array_index(board->steps, i))->state == STEP_BLOCKED;
    const struct {
        int count;
        const char *one, *many;
    } counts[] = {
        {summary->told, "told", "told"},
        {summary->skipped, "left out", "left out"},
        {summary->needs_person, "needs you", "need you"},
        {summary->waiting, "waits", "wait"},
        {MAX(summary->left - blocked, 0), "to do", "to do"},
        {blocked, "blocked", "blocked"},
        {summary->failed, "failed", "failed"},
        {summary->in_doubt, "in doubt", "in doubt"},
    };
    GString *words = g_string_new(NULL);
    g_string_append_printf(words, "%d of the steps done", summary->done);
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++)
        if (counts[i].count > 0)
            g_string_append_printf(words, ", %d %s", counts[i].count,
                                   counts[i].count == 1 ? counts[i].one : counts[i].many);
    return g_string_free(words, FALSE);
}

/* What the practice portal was told cannot always be read back, as in life. */
static void say_form_done(struct console *console)
{
    const struct board_step *step =
        console->posting != NULL ? board_find_step(console->board, console->posting) : console_step(console);
    /* What came of it stands at the top. */
    if (step != NULL && step == console_step(console) && form_editing(console) == NULL && !console->collecting)
        scroller_clear(&console->step_scroller);
    if (ladder_view_step(console_top(console)) != NULL)
        console_note(console, "Done in the practice portal. Esc, then f saves the form again.");
    else if (step != NULL && step->tellable && !step_state_is_settled(step->state))
        console_note(console, "Done in the practice portal. Say so here with t.");
    else if (step != NULL && !step_state_is_settled(step->state)) {
        look_again_begin(console, step);
        console_note(console, "Done in the practice portal. It may take a moment to be seen: perch looks by itself.");
    } else
        console_note(console, "Done in the practice portal.");
}

/* Undo takes away what perch made, and whoever undoes may take that for the end of the partner's access. */
static void say_undone(struct console *console)
{
    const struct board *board = console->board;
    g_autofree char *left = text_count(board->created_count, "thing", "things");
    g_autofree char *headline = board->created_count > 0 ? g_strdup_printf("%s that perch made %s left.", left,
                                                                           board->created_count == 1 ? "is" : "are")
                                                         : g_strdup("What perch made here is removed.");
    g_autofree char *keeps = text_join(board->partner_keeps, ", ");
    g_autofree char *hint =
        *keeps != '\0'
            ? g_strdup_printf("%s still has what perch did not make: %s. X goes through that: it shows "
                              "who has access by what, and ends it on your word.",
                              board->partner, keeps)
            : g_strdup_printf("Nothing else of %s's was found here. r writes the report of what was done and "
                              "taken away; whoever begins anew does a step again.",
                              board->partner);
    g_autofree char *whole = *board->in_bin != '\0' ? g_strdup_printf("%s\n\n%s", hint, board->in_bin) : g_strdup(hint);
    console_push(console, message_view_new("Undone", headline, whole));
}

static void say_done(struct console *console, const struct done *done)
{
    if (done->command == COMMAND_PRACTICE_FORM)
        say_form_done(console);
    g_autofree char *words =
        console->board->taken_away ? taken_away_text(console->board) : summary_words(console->board);
    if (done->command == COMMAND_CHECK && !console->look.reading)
        console_note(console, "Read: %s.", words);
    else if (done->command == COMMAND_LEAVE && console->board->taken_away && console->board->partner_keeps->len == 0)
        console_note(console, "Ended: %s.", words);
    else if (done->command == COMMAND_LEAVE)
        console_note(console, "Ended. What is left of the partner's, and what only you can do, stands above.");
    else if (done->command == COMMAND_UNDO && (console->board->partner_keeps->len > 0 || console->board->taken_away))
        say_undone(console);
    else if (done->command == COMMAND_APPLY || done->command == COMMAND_UNDO)
        console_note(console, "Ended: %s.", words);
    else if (done->command == COMMAND_SIGN_IN)
        console_note(console,
                     console->board->lacks_defender ? "Signed in; s signs in once more, for Defender." : "Signed in.");
    else if (done->command == COMMAND_TAKE_OVER)
        console_note(console, "Taken over.");
    else if (done->command == COMMAND_HAND_OVER)
        console_note(console, "Written. Your colleague starts with perch --answers and that file.");
}

/* The end is said once. */
static void show_end(struct console *console)
{
    gboolean over = end_is_reached(console->board);
    gboolean quiet = !console_busy(console) && form_editing(console) == NULL && console->ask == NULL;
    if (over && quiet && !console->ended)
        console_push(console, end_view_new(console->board));
    console->ended = over && (console->ended || quiet);
}

/* Midnight passed while the sign-in for the writes was open. */
static gboolean was_of_yesterday(const struct console *console, const struct done *done)
{
    return done->command == COMMAND_APPLY && console->carried_out != NULL &&
           g_error_matches(done->error, PERCH_ERROR, PERCH_ERROR_PERSON) &&
           plan_names_another_day(console->carried_out, clock_now(&console->board->clock));
}

static void make_plan_anew(struct console *console)
{
    struct plan *plan = plan_ref(console->carried_out);
    progress_end(console);
    plan_question_make_anew(console, plan, "");
    plan_unref(plan);
}

static void take_done(struct console *console, const struct done *done)
{
    for (guint i = 0; i < console->running->len; i++)
        if (g_array_index(console->running, enum command_kind, i) == done->command) {
            g_array_remove_index(console->running, i);
            break;
        }
    close_sign_in(console);
    if (!console_writes(console))
        ask_withdraw(console, AGREE_LEAVE_WRITING);
    if (done->command == COMMAND_APPLY || done->command == COMMAND_UNDO || done->command == COMMAND_LEAVE) {
        console->nothing_sent = done->error != NULL && !done->sent;
        scroller_clear(&console->step_scroller);
    }
    if (done->command == COMMAND_PROBE_KEYRING && console->board->keyring_locked && console->ask == NULL)
        action_unlock_keyring(console);
    if (done->command == COMMAND_UNLOCK_KEYRING)
        console_note(console, "%s", console->board->keyring);
    if (done->command == COMMAND_PLAN && done->error != NULL) {
        console->apply_when_planned = FALSE;
        plan_question_stop(console);
    }
    if (done->command == COMMAND_HISTORY)
        console->asks_who = FALSE;
    if (done->command == COMMAND_PRACTICE_FORM)
        console->posted = done->error == NULL ? console->posting : NULL;
    if (done->command == COMMAND_ANSWER) {
        console->posted = NULL;
        form_answered(console, done->error);
    } else if (was_of_yesterday(console, done))
        make_plan_anew(console);
    else if (done->error != NULL)
        show_failure(console, done);
    else
        say_done(console, done);
    if (done->command == COMMAND_PRACTICE_FORM)
        console->posting = NULL;
    if (done->command == COMMAND_APPLY && done->error == NULL && form_editing(console) == NULL)
        show_refused_write(console, done);
    attention_done(console, done);
    gboolean reads = done->command == COMMAND_CHECK || done->command == COMMAND_SIGN_IN;
    show_some_step(console, reads && console->board->signed_in && !console->led && !console_busy(console));
    if (done->error == NULL && reads && console->board->handed != NULL && !console->handed_offered) {
        console->handed_offered = TRUE;
        taking_over_offer(console);
    } else if (done->error == NULL)
        show_end(console);
    console->look.reading &= done->command != COMMAND_CHECK;
    console->led |= reads && console->board->signed_in && !console_busy(console);
}

static void take_plan(struct console *console, struct plan *plan)
{
    const struct plan *before = plan_view_plan(console_top(console));
    gboolean was_marked = before != NULL && before->leave;
    if (before != NULL)
        console_pop(console);
    console_push(console, plan_view_new(plan, console->board));
    if (plan_undecided(plan) > 0 && (!was_marked || plan->requests->len == 0))
        console_note(console, "Mark what goes: Enter on a row, or on “All of it goes”. Nothing is sent yet.");
    else if (console->apply_when_planned && plan->requests->len > 0)
        action_apply(console);
    console->apply_when_planned = FALSE;
    if (console->ask_at == 0)
        plan_question_stop(console);
}

static void take_event(struct console *console, struct event *event)
{
    switch (event->kind) {
    case EVENT_BOARD:
        take_board(console, event->board);
        break;
    case EVENT_LOG:
        /* The log is hidden then. */
        if (event->log->severity >= LOG_WARNING && sign_in_view_url(console_top(console)) != NULL)
            console_note(console, "%s", event->log->text);
        log_store_add(console->log, g_steal_pointer(&event->log));
        log_pane_added(console);
        break;
    case EVENT_PLAN:
        take_plan(console, event->plan);
        break;
    case EVENT_PROMPT:
        close_sign_in(console);
        console_push(console, sign_in_view_new(event->prompt));
        attention_ring(console, "A sign-in waits for you");
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
    case EVENT_SEAL:
    case EVENT_SURPRISES:
    case EVENT_DIAGNOSES:
    case EVENT_CONSENTS:
        break;
    case EVENT_DONE:
        take_done(console, event->done);
        break;
    }
    console->dirty = TRUE;
}

/* A flood of log lines must not keep keys waiting: typed ones would pile up and pass for a paste. */
gboolean events_take(struct console *console)
{
    gint64 end = g_get_monotonic_time() + TURN;
    const struct overlay *top = console_top(console);
    const struct ask *ask = console->ask;
    struct event *event = NULL;
    for (int taken = 0; taken < EVENTS_AT_ONCE && g_get_monotonic_time() <= end; taken++) {
        event = session_next_event(console->session);
        if (event == NULL)
            break;
        take_event(console, event);
        event_free(event);
    }
    console->drops_typed_ahead = (console->ask != NULL && console->ask != ask) ||
                                 (console_top(console) != NULL && console_top(console) != top) ||
                                 console->drops_typed_ahead;
    return event != NULL;
}

void events_notice_due(struct console *console)
{
    const struct board_step *step = NULL;
    for (guint i = 0; i < console->board->steps->len && step == NULL; i++) {
        const struct board_step *waits = g_ptr_array_index(console->board->steps, i);
        if (waits->state == STEP_WAITING && waits->until > console->due_noticed &&
            waits->until <= clock_now(&console->board->clock))
            step = waits;
    }
    if (step == NULL || console_busy(console))
        return;
    attention_due(console, step);
    console_note(console, "%s: the wait is over.", step->title);
    session_check(console->session);
    console_sent(console, COMMAND_CHECK);
}

void events_notice_clipboard(struct console *console, gboolean leaving)
{
    if (console->clear_clipboard == 0 || (!leaving && g_get_monotonic_time() < console->clear_clipboard))
        return;
    console->clear_clipboard = 0;
    screen_copy(console->screen, "");
    console_note(console, "What was copied and secret is off the clipboard again, if this terminal allows it.");
}

void events_notice_browser(struct console *console)
{
    if (console->browser == 0)
        return;
    enum launcher_status status = launcher_status(console->options->launcher, console->browser, 0);
    if (status == LAUNCHER_UNDER_WAY)
        return;
    console->browser = 0;
    if (status == LAUNCHER_FAILED)
        console_note(console, "No browser could be opened here: copy the link with y, or sign in with a code (d).");
}

gint64 events_deadline(const struct console *console)
{
    gint64 now = g_get_monotonic_time();
    gint64 deadline = console->note.text != NULL ? console->note.until : G_MAXINT64;
    gboolean counts_down = sign_in_view_url(console_top(console)) != NULL;
    for (guint i = 0; i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        counts_down |= step->state == STEP_WAITING && step->until > console->due_noticed;
    }
    if (counts_down)
        deadline = MIN(deadline, now + G_TIME_SPAN_SECOND - now % G_TIME_SPAN_SECOND);
    if (console->ask_at != 0)
        deadline = MIN(deadline, console->ask_at);
    if (console->clear_clipboard != 0)
        deadline = MIN(deadline, console->clear_clipboard);
    if (console->browser != 0)
        deadline = MIN(deadline, now + BROWSER_PAUSE);
    return deadline;
}
