/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "ui/greeting.h"
#include "ui/plain/plain_interrupt.h"
#include "ui/plain/plain_io.h"
#include "ui/plain/plain_menu.h"
#include "ui/plain/plain_step.h"
#include "ui/plain/plain_values.h"
#include "ui/plain/plain_work.h"
#include "ui/state_text.h"
#include "ui/tenant_list.h"

static void plain_clear(struct plain *plain)
{
    explicit_bzero(plain->heard->str, plain->heard->allocated_len);
    g_string_free(plain->heard, TRUE);
    g_string_free(plain->question, TRUE);
    board_unref(plain->board);
    plan_unref(plain->plan);
    history_unref(plain->history);
    event_free(plain->people_event);
    g_ptr_array_unref(plain->people);
    g_ptr_array_unref(plain->wrong);
    g_ptr_array_unref(plain->numbered);
    g_hash_table_unref(plain->later);
    g_hash_table_unref(plain->explained);
    g_free(plain->read_out);
    g_free(plain->pasted);
    g_free(plain->wanted);
    g_free(plain->address);
    g_free(plain->start);
    g_free(plain->rights);
    g_free(plain->taken_away);
    g_free(plain->passed_by);
}

static const struct board_step *find(const struct plain *plain, gboolean (*wanted)(const struct board_step *))
{
    for (guint i = 0; i < plain->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(plain->board->steps, i);
        if (wanted(step) && !g_hash_table_contains(plain->later, step->id))
            return step;
    }
    return NULL;
}

static gboolean can_be_done(const struct board_step *step)
{
    return step->state == STEP_TO_DO && !step->report;
}

static gboolean waits(const struct board_step *step)
{
    return step->state == STEP_WAITING && step->until != 0;
}

static void put_off(struct plain *plain, const char *id)
{
    g_hash_table_add(plain->later, g_strdup(id));
}

static void sit_out(struct plain *plain, const struct board_step *step)
{
    g_autofree char *id = g_strdup(step->id);
    if (time_left(plain->board, step->until) == 0) { /* what the board shows was read before that */
        session_check(plain->session);
        plain_await(plain, COMMAND_CHECK);
        step = board_find_step(plain->board, id);
        if (step != NULL && waits(step) && time_left(plain->board, step->until) == 0)
            put_off(plain, id);
        return;
    }
    g_autofree char *left = duration_text(time_left(plain->board, step->until));
    g_autofree char *said = g_strdup_printf("%s waits for %s more.", step->title, left);
    gboolean went_back = !plain_agree(plain, AGREE_SIT_OUT, said);
    if (!went_back)
        went_back = !plain_sit_out(plain, step);
    if (went_back)
        put_off(plain, id);
}

/* One plan for all is better than another one after it: what the steps behind it lack is asked before. TRUE if there
 * was such a step. */
static gboolean ask_before_plan(struct plain *plain)
{
    const struct board_step *step = NULL;
    g_autofree char *asked = NULL;
    for (guint i = 0; i < plain->board->steps->len && step == NULL; i++) {
        const struct board_step *at = g_ptr_array_index(plain->board->steps, i);
        g_free(asked);
        asked = g_strconcat("before ", at->id, NULL);
        /* Something else comes first, which perch itself does now and not a person: what it needs is asked before that.
         */
        const struct board_step *first = at;
        for (guint k = 0; k < plain->board->steps->len && first != NULL && first->state == STEP_BLOCKED; k++)
            first = board_find_step(plain->board, first->behind);
        gboolean lacks_value =
            at->state == STEP_BLOCKED && missing_field(at) != NULL && first != NULL && first->state == STEP_TO_DO;
        if (lacks_value && !g_hash_table_contains(plain->later, at->id) && !g_hash_table_contains(plain->later, asked))
            step = at;
    }
    if (step == NULL)
        return FALSE;
    g_autofree char *id = g_strdup(step->id);
    plain_say(plain, "Asked before the plan, so that it can hold this too:");
    /* For later is once it is its turn. */
    if (!plain_step(plain, id, FALSE) && plain->wanted == NULL)
        put_off(plain, asked);
    return TRUE;
}

/* The steps before STEP that are open, and that nobody put off: whoever is led past them hears why. Said once. */
static void tell_passed_by(struct plain *plain, const struct board_step *step)
{
    g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) key = g_string_new(NULL);
    gboolean is_sent = FALSE;
    for (guint i = 0; i < plain->board->steps->len; i++) {
        const struct board_step *at = g_ptr_array_index(plain->board->steps, i);
        gboolean is_passed =
            at->number < step->number && (can_be_done(at) || waits(at)) && !g_hash_table_contains(plain->later, at->id);
        if (!is_passed)
            continue;
        is_sent |= can_be_done(at);
        g_autofree char *state = plain_state(plain, at);
        g_string_append_printf(key, "%s ", at->id);
        g_ptr_array_add(said, g_strdup_printf("%d %s (%s)", at->number, at->title, state));
    }
    g_autofree char *titles = text_join(said, ", ");
    gboolean is_new = g_strcmp0(plain->passed_by, key->str) != 0;
    if (said->len > 0)
        text_set(&plain->passed_by, key->str);
    if (said->len > 0 && is_new)
        plain_say(plain, "Passed by for now: %s.%s", titles,
                  is_sent
                      ? " What is to do goes out with the plan once all that needs you was asked; 5 is the plan now."
                      : "");
}

/* The step that was asked for, else what needs the person, then what perch can do, then the waits. FALSE when nothing
 * is left. */
static gboolean go_on(struct plain *plain)
{
    g_autofree char *wanted = g_steal_pointer(&plain->wanted);
    if (g_strcmp0(wanted, WANTED_VALUES) == 0) {
        plain_values(plain);
        return TRUE;
    }
    /* Whoever goes to another step by its number comes back to this one. */
    if (wanted != NULL) {
        if (!plain_step(plain, wanted, TRUE) && plain->wanted == NULL)
            put_off(plain, wanted);
        return TRUE;
    }
    /* Whoever has just taken it all away is not asked to give it back. */
    if (plain->taken_away != NULL)
        return FALSE;
    const struct board_step *step = find(plain, plain_step_wants_person);
    if (step != NULL) {
        g_autofree char *id = g_strdup(step->id);
        tell_passed_by(plain, step);
        if (!plain_step(plain, id, FALSE) && plain->wanted == NULL)
            put_off(plain, id);
        return TRUE;
    }
    if (find(plain, can_be_done) != NULL && ask_before_plan(plain))
        return TRUE;
    if (find(plain, can_be_done) != NULL) {
        gboolean sent = plain_apply(plain, FALSE);
        for (step = find(plain, can_be_done); !sent && step != NULL; step = find(plain, can_be_done))
            put_off(plain, step->id);
        return TRUE;
    }
    step = find(plain, waits);
    if (step == NULL)
        return FALSE;
    sit_out(plain, step);
    return TRUE;
}

/* Asked before anybody signs in, since what is in the keyring may do. */
static void offer_to_unlock(struct plain *plain)
{
    session_probe_keyring(plain->session);
    plain_await(plain, COMMAND_PROBE_KEYRING);
    if (!plain->board->keyring_locked)
        return;
    if (!plain_agree(plain, AGREE_UNLOCK, NULL))
        return;
    plain_say(plain, "perch: the desktop asks for the keyring's password, for two minutes at most.");
    session_unlock_keyring(plain->session);
    plain_await(plain, COMMAND_UNLOCK_KEYRING);
}

/* Nothing of what a colleague hands over counts before it was read and accepted. */
static void take_over(struct plain *plain)
{
    const struct board *board = plain->board;
    const struct board_handed *handed = board->handed;
    plain_say(plain, "perch: %s hands over, written %s, SHA-256 %s", handed->from, handed->written, handed->sha256);
    plain_say(plain, "It would change:");
    for (guint i = 0; i < handed->changes->len; i++) {
        const struct board_difference *change = g_ptr_array_index(handed->changes, i);
        plain_say(plain, "%s %s: %s to %s", i < handed->grave ? "! " : "  ", board_field_label(board, change->field),
                  *change->found != '\0' ? change->found : "nothing",
                  *change->wanted != '\0' ? change->wanted : "nothing");
    }
    if (handed->changes->len == 0)
        plain_say(plain, "   no answer.");
    for (guint i = 0; i < handed->claims->len; i++)
        plain_say(plain, "According to it: %s", (const char *)g_ptr_array_index(handed->claims, i));
    if (handed->grave > 0)
        plain_say(plain, "A line with ! decides where data goes or who gets in.");
    if (plain_agree(plain, AGREE_TAKE_OVER, "")) {
        session_take_over(plain->session, NULL);
        if (plain_await(plain, COMMAND_TAKE_OVER))
            return;
    }
    plain_say(plain, "Nothing of it was kept. Start without --answers to go on without it.");
    plain->leaving = TRUE;
}

/* Whoever comes back hears, before a sign-in is asked for, that what was done is still known. */
static void tell_known(struct plain *plain, const struct tenant_row *known)
{
    if (known == NULL)
        return;
    plain_say(plain, "perch: going on in %s, %s", known->name, known->domain);
    if (*known->read != '\0')
        plain_say(plain, "As read last, on %s: %s. What was done and typed is kept.", known->read, known->stands);
}

static void open_session(struct plain *plain)
{
    if (plain->options->first_run) {
        const char *const *sentences = greeting_sentences(plain->options->practice);
        for (int i = 0; sentences[i] != NULL; i++)
            plain_say(plain, "%s", sentences[i]);
        plain_say(plain,
                  "At each question ? explains, list reads the steps, - is for later or goes back, and q leaves; what "
                  "was done is kept.");
    }
    offer_to_unlock(plain);
    if (plain->leaving)
        return;
    tell_known(plain, plain->options->known);
    plain_say(plain, "perch: reading the tenant.");
    session_check(plain->session);
    plain->leaving = !plain_await(plain, COMMAND_CHECK) || plain->leaving;
    if (!plain->leaving)
        plain_say(plain, "perch: signed in as %s in %s, %s", plain->board->account, plain->board->tenant_name,
                  plain->board->tenant_domain);
    if (!plain->leaving && *plain->board->undone != '\0')
        plain_say(plain, "%s: nothing of it is made again unasked.%s", plain->board->undone,
                  plain_rest_stands(plain) ? " To take away the rest of it, type u where a menu stands." : "");
    /* A start after that asks for it no more than the end of it did. */
    const gboolean was_taken_away =
        plain->board->taken_away && (*plain->board->undone != '\0' || *plain->board->left != '\0');
    if (!plain->leaving && was_taken_away) {
        plain->taken_away = g_strdup("nothing is made again unasked");
        if (*plain->board->left != '\0')
            plain_say(plain, "%s: nothing of it is made again unasked.", plain->board->left);
    }
    g_autofree char *count = plain_values_count(plain);
    if (!plain->leaving && plain->options->first_run && count != NULL)
        plain_say(plain,
                  "perch: %s. The others are asked for step by step; the word values asks for all of them now, and "
                  "takes the partner's e-mail whole.",
                  count);
    if (!plain->leaving && plain->board->read_only)
        plain_say(plain, "%s What is asked here can be looked at, and is not kept.", plain->board->why_read_only);
    if (!plain->leaving && plain->board->handed != NULL)
        take_over(plain);
}

static void tell_farewell(struct plain *plain)
{
    g_autofree char *farewell = farewell_text(plain->board, plain->was_signed_in);
    if (plain->taken_away != NULL) {
        plain_say(plain, "perch: in %s %s. %s", plain->board->tenant_name, plain->taken_away,
                  plain_rest_stands(plain) ? "What is gone stays so; for the rest start perch again and type u, or "
                                             "perch undo."
                                           : "What was taken away stays so, and the next start asks for none of it.");
        if (plain->board->taken_away && plain->board->partner_keeps->len > 0 && farewell != NULL)
            plain_say(plain, "%s", farewell);
        return;
    }
    /* Whoever goes on in another tenant has no use for the list of this one. */
    if (plain->options->tenant == NULL || *plain->options->tenant == NULL)
        plain_tell_all(plain);
    plain_say(plain, "%s", farewell != NULL ? farewell : "perch: the next start goes on from here.");
}

int plain_run(struct session *session, const struct plain_options *options, FILE *in, FILE *out)
{
    struct plain plain = {.session = session, .options = options, .in = in, .out = out};
    plain.heard = g_string_sized_new(16384);
    plain.question = g_string_new(NULL);
    plain.board = board_new();
    plain.people = g_ptr_array_new();
    plain.wrong = g_ptr_array_new_with_free_func((GDestroyNotify)log_line_free);
    plain.numbered = g_ptr_array_new_with_free_func(g_free);
    plain.later = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    plain.explained = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; options->remarks != NULL && i < options->remarks->len; i++)
        plain_say(&plain, "%s", (const char *)g_ptr_array_index(options->remarks, i));
    plain.interrupt = plain_interrupt_catch();
    open_session(&plain);
    while (!plain.leaving && (go_on(&plain) || (plain.board->signed_in && plain_last_menu(&plain))))
        continue;
    plain_interrupt_release();
    tell_farewell(&plain);
    int exit_code = plain.board->exit_code;
    plain_clear(&plain);
    return exit_code;
}
