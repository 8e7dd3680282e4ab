/* SPDX-License-Identifier: MIT */
#include "engine/session_commands.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "board/run_line.h"
#include "engine/apply.h"
#include "engine/approval.h"
#include "engine/belief.h"
#include "engine/check.h"
#include "engine/doctor.h"
#include "engine/drift_audit.h"
#include "engine/first_seen.h"
#include "engine/hand_over.h"
#include "engine/hand_over_proposal.h"
#include "engine/history.h"
#include "engine/leaving.h"
#include "engine/operator.h"
#include "engine/operator_input.h"
#include "engine/own_consents.h"
#include "engine/people_search.h"
#include "engine/plan.h"
#include "engine/practice_form.h"
#include "engine/sealing.h"
#include "engine/secret_values.h"
#include "engine/step_waits.h"
#include "engine/undo.h"
#include "engine/worker.h"
#include "engine/write.h"

/* UNASKED: nobody is there who wants to sign in. */
static gboolean sign_in_if_needed(struct worker *worker, gboolean unasked, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (operator_sign_in_silently(worker, &cause))
        return TRUE;
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (!worker->operator.never_ask && !unasked)
        return operator_sign_in(worker, worker->operator.device_code, error);
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_PERSON,
                        "Nobody is signed in on this machine.\nperch sign-in does that.");
    return FALSE;
}

static gboolean ensure_signed_in(struct worker *worker, GError **error)
{
    return sign_in_if_needed(worker, FALSE, error);
}

/* A decision changes what is wanted, so that what was decided about is read once more. */
static gboolean take_answers(struct worker *worker, GError **error)
{
    guint before = journal_records(worker->tenant.journal)->len;
    if (!operator_input_take_answers(worker, error))
        return FALSE;
    g_autoptr(GHashTable) touched = g_hash_table_new(g_str_hash, g_str_equal);
    const GPtrArray *records = journal_records(worker->tenant.journal);
    for (guint i = before; i < records->len; i++) {
        const char *key = ((const struct journal_record *)g_ptr_array_index(records, i))->object;
        if (key != NULL)
            g_hash_table_add(touched, (gpointer)key);
    }
    return g_hash_table_size(touched) == 0 || check_touched(worker, touched, error);
}

static void begin_reading(struct worker *worker)
{
    tenant_set_today(&worker->tenant, worker_now(worker));
    worker->run.checking = TRUE;
    worker_emit_board(worker);
}

static gboolean end_reading(struct worker *worker, gboolean ok, GError **error)
{
    ok = ok && take_answers(worker, error);
    /* The service's answers may have set the clock, and midnight may have passed. */
    tenant_set_today(&worker->tenant, worker_now(worker));
    worker->run.checking = FALSE;
    return ok && first_seen_note(worker, error) && step_waits_begin(worker, error);
}

/* What is known to be gone is written down, so that nobody has to look for as long again; its id is kept. So is what
 * turned out not to be perch's. */
static gboolean note_gone(struct worker *worker, GError **error)
{
    for (guint i = 0; !worker->tenant.dir->read_only && i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        if (!write_note_not_ours(worker, object, error))
            return FALSE;
        const struct situation situation = worker_situation(worker);
        gboolean is_known = situation_object(&situation, object)->phase == PHASE_GONE;
        enum belief_kind belief = belief_of(&situation, object).kind;
        if (object->observation->checked == 0 || is_known || (belief != BELIEF_GONE && belief != BELIEF_ENDED))
            continue;
        if (belief == BELIEF_ENDED)
            worker_log(worker, LOG_NOTICE, object->kind->name, "%s has ended", object->title);
        else
            worker_log(worker, LOG_WARNING, object->kind->name, "%s is gone: somebody removed it", object->title);
        if (!worker_note(worker, &(struct journal_record){.type = RECORD_GONE, .object = object->key}, error))
            return FALSE;
    }
    return TRUE;
}

/* What was refused before may be tried again once the tenant was read anew: the reason may be gone. */
static gboolean check(struct worker *worker, GError **error)
{
    g_hash_table_remove_all(worker->run.failures);
    begin_reading(worker);
    if (!end_reading(worker, check_all(worker, error) && check_again(worker, error) && note_gone(worker, error), error))
        return FALSE;
    drift_audit_read(worker);
    secret_values_forget_changed(worker);
    return TRUE;
}

/* After a person said something: only what it is about, by the KEYS of objects (NULL: of none), and what is new. */
static gboolean check_what_changed(struct worker *worker, GHashTable *keys, GError **error)
{
    begin_reading(worker);
    return end_reading(worker, check_touched(worker, keys, error), error);
}

/* What was decided to be activated has rules, which nobody is asked the right to read before. */
static gboolean read_rules(struct worker *worker, GError **error)
{
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    return operator_read_what_was_decided(worker, keys, error) &&
           (g_hash_table_size(keys) == 0 || (check_what_changed(worker, keys, error) && note_gone(worker, error)));
}

static gboolean matches_tenant(const struct worker *worker, const char *typed)
{
    const char *domains = g_hash_table_lookup(worker->tenant.onboarding->values, "tenant.domains");
    const char *id = g_hash_table_lookup(worker->tenant.onboarding->values, "tenant.id");
    g_autofree char *lower = g_ascii_strdown(typed, -1);
    g_auto(GStrv) names = g_strsplit(domains != NULL ? domains : "", " ", -1);
    return lower[0] != '\0' &&
           (g_strv_contains((const char *const *)names, lower) || (id != NULL && g_ascii_strcasecmp(typed, id) == 0));
}

/* The guard against the wrong tenant: its own domain, typed by a person or named on the command line. What was typed
 * has to be right even where nobody had to type. */
static gboolean confirm(struct worker *worker, const char *text, GError **error)
{
    const char *typed = text == NULL && worker->headless ? worker->tenant.named : text;
    const char *domain = g_hash_table_lookup(worker->tenant.onboarding->values, "tenant.domain");
    if (typed == NULL && worker->run.confirmed)
        return TRUE;
    if (typed == NULL) {
        g_set_error(
            error, PERCH_ERROR, PERCH_ERROR_TENANT,
            "Nothing was sent: the tenant was not named.\nGive --tenant %s with --yes, or \"tenant\" in the answers.",
            domain != NULL ? domain : "DOMAIN");
        return FALSE;
    }
    if (matches_tenant(worker, typed)) {
        if (!worker->run.confirmed)
            worker_log(worker, LOG_NOTICE, "tenant", "confirmed: %s", typed);
        worker->run.confirmed = TRUE;
        return TRUE;
    }
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_TENANT,
                "Nothing was sent: “%s” is not the domain of the tenant you are signed in to.\nThat is %s.", typed,
                domain != NULL ? domain : "not known");
    return FALSE;
}

static gboolean do_sign_in(struct worker *worker, const struct command *command, GError **error)
{
    /* What has to be asked for later comes the way the person chose. */
    worker->operator.device_code = command->flag;
    if (!operator_sign_in(worker, command->flag, error))
        return FALSE;
    return check(worker, error);
}

static gboolean do_sign_out(struct worker *worker, const struct command *command, GError **error)
{
    (void)command;
    return operator_sign_out(worker, error);
}

static gboolean do_probe_keyring(struct worker *worker, const struct command *command, GError **error)
{
    (void)command;
    (void)error;
    if (keyring_probe(worker->operator.keyring) != KEYRING_LOCKED)
        return TRUE;
    g_autofree char *sentence = keyring_sentence(worker->operator.keyring);
    worker_log(worker, LOG_WARNING, "keyring", "%s", sentence);
    return TRUE;
}

/* Whoever does not unlock it goes on without. */
static gboolean do_unlock_keyring(struct worker *worker, const struct command *command, GError **error)
{
    (void)command;
    (void)error;
    worker_log(worker, LOG_INFO, "keyring", "the desktop asks for the keyring's password");
    gboolean unlocked = keyring_unlock(worker->operator.keyring, &worker->operator.abandoned, NULL);
    g_autofree char *sentence = keyring_sentence(worker->operator.keyring);
    worker_log(worker, unlocked ? LOG_INFO : LOG_WARNING, "keyring", "%s", sentence);
    if (unlocked)
        sign_in_store(worker->operator.sign_in);
    return TRUE;
}

static gboolean do_check(struct worker *worker, const struct command *command, GError **error)
{
    return sign_in_if_needed(worker, command->serial == CHECK_UNASKED, error) &&
           (!command->flag || operator_sign_in_for_what_is_left_out(worker, error)) && check(worker, error);
}

static gboolean note_left(struct worker *worker, GError **error)
{
    const struct journal_record record = {.type = RECORD_LEFT, .by = worker_account(worker)};
    return worker_note(worker, &record, error);
}

/* After an undo leaving may find that nothing is left to send: then it is over with that. */
static gboolean note_left_if_gone(struct worker *worker, const struct plan *plan, GError **error)
{
    struct board *board = worker_board(worker);
    gboolean is_gone = plan->requests->len == 0 && plan->obstacles->len == 0 && board->taken_away &&
                       *board->left == '\0' && !board->read_only;
    board_unref(board);
    return !is_gone || note_left(worker, error);
}

static gboolean do_plan(struct worker *worker, const struct command *command, GError **error)
{
    if (command->serial == PLAN_OF_LEAVING) {
        /* What goes is marked for as long as it is looked at, or done. */
        if (!ensure_signed_in(worker, error))
            return FALSE;
        leave_begin(worker);
        gboolean ok = check(worker, error);
        /* What was found to be perch's, or to be there, goes with the rest. */
        leave_begin(worker);
        worker->run.shown_at = worker_now(worker);
        const struct situation leaving = worker_situation(worker);
        struct plan *plan = ok ? plan_leave(&leaving) : NULL;
        ok = ok && note_left_if_gone(worker, plan, error) && leave_note_shown(worker, error);
        if (plan != NULL)
            worker_emit(worker, EVENT_PLAN, plan);
        return leave_end(worker, ok ? error : NULL) && ok;
    }
    if (!ensure_signed_in(worker, error) || !check(worker, error) || (!command->flag && !read_rules(worker, error)))
        return FALSE;
    worker->run.shown_at = worker_now(worker);
    worker_emit_board(worker);
    const struct situation situation = worker_situation(worker);
    worker_emit(worker, EVENT_PLAN, command->flag ? plan_undo(&situation) : plan_apply(&situation, command->subject));
    return TRUE;
}

static gboolean do_history(struct worker *worker, const struct command *command, GError **error)
{
    (void)command;
    (void)error;
    worker_emit(worker, EVENT_HISTORY, history_make(worker));
    return TRUE;
}

/* Made from what the tenant shows now, so that nothing stale is passed on. */
static gboolean do_hand_over(struct worker *worker, const struct command *command, GError **error)
{
    if (!ensure_signed_in(worker, error) || !check(worker, error))
        return FALSE;
    /* What was not accepted is not passed on as if it were this account's. */
    return (!worker->tenant.proposed || worker_require_write(worker, error)) &&
           hand_over_give(worker, command->subject, error);
}

static gboolean do_take_over(struct worker *worker, const struct command *command, GError **error)
{
    if (worker->tenant.handed == NULL)
        return TRUE;
    if (!ensure_signed_in(worker, error))
        return FALSE;
    /* What was typed is compared with the domains that the tenant has, and the times of what was handed over with the
     * tenant's: where one of them is yet to come, the reading ends so, and none of the answers is kept. */
    gboolean is_to_be_read = worker->tenant.proposed || command->text != NULL;
    if (is_to_be_read && worker->tenant.checked == 0 && !check(worker, error))
        return FALSE;
    if (command->text != NULL && !confirm(worker, command->text, error))
        return FALSE;
    if (!worker->tenant.proposed)
        return TRUE;
    worker_emit_board(worker);
    return hand_over_accept(worker, error) && check_what_changed(worker, NULL, error);
}

static gboolean prepare_write(struct worker *worker, const struct command *command, GError **error)
{
    if (!ensure_signed_in(worker, error) || !worker_require_write(worker, error))
        return FALSE;
    return check(worker, error) && (command->kind != COMMAND_APPLY || read_rules(worker, error)) &&
           confirm(worker, command->text, error);
}

static gboolean do_apply(struct worker *worker, const struct command *command, GError **error)
{
    if (!prepare_write(worker, command, error) || !approval_holds(worker, command, error) ||
        !approval_covers(worker, command, error))
        return FALSE;
    gboolean somebody_saw_it = command->plan != NULL || !worker->unattended;
    return apply_all(worker, command->subject, somebody_saw_it, error) && operator_input_take_answers(worker, error);
}

static gboolean do_undo(struct worker *worker, const struct command *command, GError **error)
{
    if (!prepare_write(worker, command, error) || !approval_holds(worker, command, error))
        return FALSE;
    g_hash_table_remove_all(worker->run.failures);
    const struct situation situation = worker_situation(worker);
    g_auto(GStrv) scopes = plan_undo_scopes(&situation);
    return operator_require_scopes_to_undo(worker, scopes, error) && undo_all(worker, 0, error) &&
           check_all(worker, error);
}

static gboolean leave(struct worker *worker, const struct command *command, GError **error)
{
    if (!prepare_write(worker, command, error))
        return FALSE;
    leave_begin(worker);
    if (!approval_holds(worker, command, error))
        return FALSE;
    g_hash_table_remove_all(worker->run.failures);
    const struct situation situation = worker_situation(worker);
    g_auto(GStrv) scopes = plan_undo_scopes(&situation);
    if (!operator_require_scopes_to_undo(worker, scopes, error))
        return FALSE;
    /* Before the first of it: what is interrupted is not made again either. */
    const struct situation granted = worker_situation(worker);
    struct plan *plan = plan_leave(&granted);
    gboolean is_sent = plan->requests->len > 0;
    plan_unref(plan);
    if ((is_sent && !note_left(worker, error)) ||
        !leave_all(worker, command->plan != NULL || !worker->unattended, error) || !check_all(worker, error))
        return FALSE;
    const struct situation after = worker_situation(worker);
    worker_emit(worker, EVENT_PLAN, plan_leave(&after));
    return TRUE;
}

static gboolean do_leave(struct worker *worker, const struct command *command, GError **error)
{
    leave_begin(worker);
    gboolean ok = leave(worker, command, error);
    return leave_end(worker, ok ? error : NULL) && ok;
}

static gboolean do_decide(struct worker *worker, const struct command *command, GError **error)
{
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_add(keys, command->subject);
    return worker_require_write(worker, error) &&
           operator_input_decides(worker, command->subject, command->text, error) &&
           check_what_changed(worker, keys, error) && read_rules(worker, error);
}

/* An object that is wanted otherwise by now has lost what was seen of it. */
static gboolean do_answer(struct worker *worker, const struct command *command, GError **error)
{
    if (!operator_input_answers(worker, command->answers, error))
        return FALSE;
    return sign_in_account(worker->operator.sign_in) == NULL || check_what_changed(worker, NULL, error);
}

/* What was done by hand may show. */
static gboolean do_tell(struct worker *worker, const struct command *command, GError **error)
{
    if (!worker_require_write(worker, error) ||
        !operator_input_tells(worker, command->subject, worker_account(worker), command->text, error))
        return FALSE;
    const struct step *step = onboarding_step(worker->tenant.onboarding, command->subject);
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < step->objects->len; i++)
        g_hash_table_add(keys, ((const struct object *)g_ptr_array_index(step->objects, i))->key);
    return check_what_changed(worker, keys, error);
}

static gboolean do_skip(struct worker *worker, const struct command *command, GError **error)
{
    return worker_require_write(worker, error) &&
           operator_input_skips(worker, command->subject, worker_account(worker), command->text, error) &&
           check_what_changed(worker, NULL, error);
}

static gboolean do_take_back(struct worker *worker, const struct command *command, GError **error)
{
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    if (command->flag)
        g_hash_table_add(keys, command->subject);
    return worker_require_write(worker, error) &&
           (command->flag ? operator_input_undecides : operator_input_untells)(worker, command->subject, error) &&
           check_what_changed(worker, keys, error);
}

static gboolean do_override(struct worker *worker, const struct command *command, GError **error)
{
    return worker_require_write(worker, error) &&
           operator_input_overrides(worker, command->subject, command->text, error);
}

static gboolean do_practice_form(struct worker *worker, const struct command *command, GError **error)
{
    return worker_require_sign_in(worker, error) &&
           practice_form_post(worker, command->subject, (int)command->serial, error) && check(worker, error);
}

/* A refusal is told with the answer to the look-up. */
static gboolean do_find_people(struct worker *worker, const struct command *command, GError **error)
{
    (void)error;
    people_search_after_sign_in(worker, command->subject, command->serial, command->text);
    return TRUE;
}

static gboolean do_doctor(struct worker *worker, const struct command *command, GError **error)
{
    if (command->flag && (!ensure_signed_in(worker, error) || !check(worker, error)))
        return FALSE;
    return doctor_examine(worker, command->flag, error);
}

static gboolean do_password(struct worker *worker, const struct command *command, GError **error)
{
    (void)command;
    return ensure_signed_in(worker, error) && secret_values_show_again(worker, error);
}

static gboolean do_seal(struct worker *worker, const struct command *command, GError **error)
{
    if (!ensure_signed_in(worker, error))
        return FALSE;
    worker_emit(worker, EVENT_SEAL, seal_text(worker, command->text));
    return TRUE;
}

static gboolean do_consents(struct worker *worker, const struct command *command, GError **error)
{
    return ensure_signed_in(worker, error) && consents_read(worker, command->flag, command->text, error);
}

static gboolean do_revoke_sessions(struct worker *worker, const struct command *command, GError **error)
{
    (void)command;
    return ensure_signed_in(worker, error) && operator_revoke_sessions(worker, error);
}

typedef gboolean (*command_func)(struct worker *worker, const struct command *command, GError **error);

static const command_func commands[] = {
    [COMMAND_SIGN_IN] = do_sign_in,
    [COMMAND_SIGN_OUT] = do_sign_out,
    [COMMAND_PROBE_KEYRING] = do_probe_keyring,
    [COMMAND_UNLOCK_KEYRING] = do_unlock_keyring,
    [COMMAND_CHECK] = do_check,
    [COMMAND_PLAN] = do_plan,
    [COMMAND_HISTORY] = do_history,
    [COMMAND_HAND_OVER] = do_hand_over,
    [COMMAND_TAKE_OVER] = do_take_over,
    [COMMAND_APPLY] = do_apply,
    [COMMAND_UNDO] = do_undo,
    [COMMAND_LEAVE] = do_leave,
    [COMMAND_DECIDE] = do_decide,
    [COMMAND_ANSWER] = do_answer,
    [COMMAND_TELL] = do_tell,
    [COMMAND_SKIP] = do_skip,
    [COMMAND_TAKE_BACK] = do_take_back,
    [COMMAND_OVERRIDE_WAIT] = do_override,
    [COMMAND_PRACTICE_FORM] = do_practice_form,
    [COMMAND_PEOPLE] = do_find_people,
    [COMMAND_DOCTOR] = do_doctor,
    [COMMAND_PASSWORD] = do_password,
    [COMMAND_SEAL] = do_seal,
    [COMMAND_CONSENTS] = do_consents,
    [COMMAND_REVOKE_SESSIONS] = do_revoke_sessions,
};

/* After an undo, or a leaving. What stays only because of what is in doubt is in doubt with it. */
static int exit_code_of_removal(struct worker *worker, const struct board *board)
{
    gboolean in_doubt = board->summary.in_doubt > 0;
    GHashTableIter iterator;
    gpointer failure;
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++)
        in_doubt =
            in_doubt || ((const struct object *)g_ptr_array_index(worker->tenant.onboarding->objects, i))->in_doubt;
    in_doubt = in_doubt || board->may_be_own > 0;
    g_hash_table_iter_init(&iterator, worker->run.failures);
    while (g_hash_table_iter_next(&iterator, NULL, &failure))
        if (!((const struct failure *)failure)->follows)
            return EXIT_FAILED;
    if (in_doubt)
        return EXIT_IN_DOUBT;
    return g_hash_table_size(worker->run.failures) > 0 ? EXIT_FAILED : EXIT_DONE;
}

static int exit_code_after(struct worker *worker, enum command_kind kind, const struct board *board)
{
    if (kind == COMMAND_CHECK || kind == COMMAND_PLAN || kind == COMMAND_APPLY)
        return board->exit_code;
    if (kind != COMMAND_LEAVE && kind != COMMAND_UNDO)
        return EXIT_DONE;
    int exit_code = exit_code_of_removal(worker, board);
    return kind == COMMAND_UNDO && exit_code == EXIT_DONE && board->created_count > 0 ? EXIT_FAILED : exit_code;
}

/* What this tenant came to, for whoever asks without reading it: perch tenants, perch open. It is a convenience: that
 * it cannot be written is no reason to fail. */
static void keep_last(struct worker *worker, enum command_kind kind, const struct board *board, int exit_code)
{
    static const char *const words[] = {
        [COMMAND_SIGN_IN] = "sign-in", [COMMAND_CHECK] = "check", [COMMAND_PLAN] = "plan",
        [COMMAND_APPLY] = "apply",     [COMMAND_UNDO] = "undo",   [COMMAND_LEAVE] = "leave",
    };
    if (worker->tenant.dir == NULL || worker->tenant.dir->read_only || worker->tenant.proposed ||
        worker->tenant.checked == 0 || kind >= G_N_ELEMENTS(words) || words[kind] == NULL)
        return;
    const struct run_facts facts = {.command = words[kind], .exit_code = exit_code};
    g_autoptr(json) line = run_line(board, &facts);
    g_autofree char *end = chain_link(journal_end(worker->tenant.journal));
    json_set_string(line, LAST_RUN_END, end);
    g_autofree char *text = json_text_indented(line);
    state_dir_write(worker->tenant.dir, LAST_RUN_FILE, text, NULL);
}

static void finish(struct worker *worker, const struct command *command, GError *error)
{
    struct done *done = g_new0(struct done, 1);
    worker->run.checking = FALSE;
    worker->run.working = NULL;
    /* One board for all: what is due by the clock may be over a moment later. */
    struct board *board = worker_board(worker);
    worker->board_is_due = FALSE;
    worker->run.shown_at = 0;
    worker_emit(worker, EVENT_BOARD, board_ref(board));
    done->command = command->kind;
    done->error = error;
    done->sent = worker->run.sent;
    done->exit_code = error == NULL ? exit_code_after(worker, command->kind, board) : perch_error_exit_code(error);
    gboolean nobody_asked = command->kind == COMMAND_CHECK && command->serial == CHECK_UNASKED;
    if (error != NULL && nobody_asked && g_error_matches(error, PERCH_ERROR, PERCH_ERROR_PERSON))
        worker_log(worker, LOG_INFO, "sign-in", "no sign-in is kept on this machine");
    else if (error != NULL)
        log_end(worker->log, error);
    else
        keep_last(worker, command->kind, board, done->exit_code);
    board_unref(board);
    seal_chain(worker);
    worker_emit(worker, EVENT_DONE, done);
}

void session_commands_run(struct worker *worker, const struct command *command)
{
    GError *error = NULL;
    command_func run = command->kind < G_N_ELEMENTS(commands) ? commands[command->kind] : NULL;
    http_cancel_reset(worker->http);
    worker->run.sent = FALSE;
    g_atomic_int_set(&worker->operator.abandoned, 0);
    g_hash_table_remove_all(worker->run.challenged);
    g_hash_table_remove_all(worker->run.throttled);
    g_hash_table_remove_all(worker->run.ended);
    /* A session that ended in between must not lose its cancel. */
    if (g_atomic_int_get(&worker->stopping)) {
        g_atomic_int_set(&worker->operator.abandoned, 1);
        http_cancel(worker->http);
    }
    gboolean done = run == NULL || run(worker, command, &error);
    if (done)
        g_clear_error(&error);
    else if (error == NULL)
        g_set_error_literal(&error, PERCH_ERROR, PERCH_ERROR_INTERNAL,
                            "It came to nothing, and perch does not know why.\nReport this to the maintainers.");
    finish(worker, command, error);
}

void session_commands_serve_urgent(struct worker *worker, const struct command *command)
{
    if (command->kind == COMMAND_PEOPLE)
        people_search(worker, command->text, command->serial);
    else if (command->kind == COMMAND_PASTE_BACK) {
        g_autoptr(GError) error = NULL;
        if (!sign_in_paste_back(worker->operator.sign_in, command->text, &error))
            worker_log_error(worker, LOG_WARNING, "sign-in", error);
    } else if (command->kind == COMMAND_PRACTICE_FORM)
        practice_form_approve(worker);
}
