#include "ui/plain.h"

#include <string.h>

#include "base/error.h"
#include "ui/plain_io.h"
#include "ui/plain_step.h"
#include "ui/plain_work.h"
#include "ui/reporting.h"
#include "ui/words.h"

static void plain_clear(struct plain *plain)
{
    explicit_bzero(plain->heard->str, plain->heard->allocated_len);
    g_string_free(plain->heard, TRUE);
    board_unref(plain->board);
    plan_unref(plain->plan);
    history_unref(plain->history);
    event_free(plain->people_event);
    g_ptr_array_unref(plain->people);
    g_hash_table_unref(plain->later);
    g_free(plain->explained);
    g_free(plain->pasted);
}

static void greet(struct plain *plain)
{
    plain_say(plain,
              "perch connects this company's Microsoft Defender for Endpoint to its partner for managed detection.");
    plain_say(plain, "Nothing is written before you have seen the plan and typed the tenant's domain.");
    plain_say(plain, "You need a Global Administrator for about half an hour, and the e-mail of your contact.");
    plain_say(plain, "At each question q leaves. What was done is kept.");
}

static gboolean wants_person(const struct board_step *step)
{
    return step->state == STEP_NEEDS_YOU || step->state == STEP_DIFFERS || step->state == STEP_FAILED ||
           step->state == STEP_IN_DOUBT;
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
    return step->state == STEP_TO_DO;
}

static gboolean waits(const struct board_step *step)
{
    return step->state == STEP_WAITING && step->until != 0;
}

static void put_off(struct plain *plain, const char *id)
{
    g_hash_table_add(plain->later, g_strdup(id));
}

static void put_off_all(struct plain *plain, gboolean (*wanted)(const struct board_step *))
{
    for (const struct board_step *step = find(plain, wanted); step != NULL; step = find(plain, wanted))
        put_off(plain, step->id);
}

static void sit_out(struct plain *plain, const struct board_step *step)
{
    g_autofree char *id = g_strdup(step->id);
    g_autofree char *left = duration_words(time_left(plain->board, step->until));
    g_autofree char *question = g_strdup_printf("%s waits for %s more. Sit it out here?", step->title, left);
    if (plain_agree(plain, question))
        plain_sit_out(plain, step);
    else
        put_off(plain, id);
}

static void lead_through(struct plain *plain, const struct board_step *step)
{
    g_autofree char *id = g_strdup(step->id);
    if (!plain_step(plain, id))
        put_off(plain, id);
}

/* What needs the person first, then what perch can do, then the waits. FALSE when nothing is left. */
static gboolean go_on(struct plain *plain)
{
    const struct board_step *step = find(plain, wants_person);
    if (step != NULL) {
        lead_through(plain, step);
        return TRUE;
    }
    if (find(plain, can_be_done) != NULL) {
        if (!plain_apply(plain, FALSE))
            put_off_all(plain, can_be_done);
        return TRUE;
    }
    step = find(plain, waits);
    if (step == NULL)
        return FALSE;
    sit_out(plain, step);
    return TRUE;
}

/* Asked only where somebody listens who could answer. */
static gboolean offer_undo(struct plain *plain)
{
    g_autofree char *question =
        g_strdup_printf("perch created %d things here. Type u to see what removing them would send; q leaves.",
                        plain->board->created_count);
    plain_say(plain, "%s", question);
    g_autofree char *line = plain_hear(plain, FALSE);
    return line != NULL && strcmp(line, "u") == 0;
}

static void tell_all(struct plain *plain)
{
    for (guint i = 0; i < plain->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(plain->board->steps, i);
        plain_say(plain, "%d %s: %s", step->number, step->title, step_state_words(step->state));
    }
}

/* Asked before anybody signs in, since what is in the keyring may do. */
static void offer_to_unlock(struct plain *plain)
{
    session_probe_keyring(plain->session);
    plain_await(plain, COMMAND_PROBE_KEYRING);
    if (!plain->board->keyring_locked)
        return;
    if (!plain_agree(plain, "Unlock the keyring, so that the sign-in is kept there?"))
        return;
    plain_say(plain, "perch: the desktop asks for the keyring's password, for two minutes at most.");
    session_unlock_keyring(plain->session);
    plain_await(plain, COMMAND_UNLOCK_KEYRING);
}

static void open_session(struct plain *plain)
{
    if (plain->options->first_run)
        greet(plain);
    offer_to_unlock(plain);
    if (plain->leaving)
        return;
    plain_say(plain, "perch: reading the tenant.");
    session_check(plain->session);
    if (!plain_await(plain, COMMAND_CHECK))
        plain->leaving = TRUE;
    else
        plain_say(plain, "perch: signed in as %s in %s, %s.", plain->board->account, plain->board->tenant_name,
                  plain->board->tenant_domain);
}

/* FALSE if the person was asked and there is no report yet: another name may do. */
static gboolean write_report(struct plain *plain, const char *typed)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *file = reporting_path_typed(typed);
    session_history(plain->session);
    if (!plain_await(plain, COMMAND_HISTORY) || plain->history == NULL)
        return FALSE;
    if (plain->options->write_report(file, plain->board, plain->history, &error)) {
        plain_say(plain, "perch: the report is in %s; only you can read it.", file);
        return TRUE;
    }
    g_autofree char *headline = error_headline(error);
    plain_say(plain, "%s", headline);
    plain_say(plain, "%s", error_hint(error));
    return FALSE;
}

static void offer_report(struct plain *plain)
{
    if (plain->options->write_report == NULL || !plain->board->signed_in)
        return;
    g_autofree char *name = reporting_file_name(plain->board);
    plain_say(plain, "Write the report? The name of a file, for example %s; - for none.", name);
    plain_say(plain, "The end of the name says the form: .html, .md, .txt or .json.");
    for (;;) {
        g_autofree char *line = plain_hear(plain, FALSE);
        if (line == NULL || *line == '\0' || strcmp(line, "-") == 0 || write_report(plain, line))
            return;
        plain_say(plain, "The name of a file, or - for none.");
    }
}

int plain_run(struct session *session, const struct plain_options *options, FILE *in, FILE *out)
{
    struct plain plain = {.session = session, .options = options, .in = in, .out = out};
    plain.heard = g_string_sized_new(16384);
    plain.board = board_new();
    plain.people = g_ptr_array_new();
    plain.later = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    open_session(&plain);
    while (!plain.leaving && go_on(&plain))
        continue;
    if (!plain.leaving)
        offer_report(&plain);
    if (!plain.leaving && plain.board->created_count > 0 && offer_undo(&plain))
        plain_apply(&plain, TRUE);
    tell_all(&plain);
    plain_say(&plain, "perch: %s", plain.board->exit_code == 0 ? "all is done." : "the next start goes on from here.");
    int exit_code = plain.board->exit_code;
    plain_clear(&plain);
    return exit_code;
}
