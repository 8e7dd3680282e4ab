#include "engine/dispatch.h"

#include <string.h>

#include "base/error.h"
#include "engine/apply.h"
#include "engine/boards.h"
#include "engine/check.h"
#include "engine/first_seen.h"
#include "engine/hand_over.h"
#include "engine/history.h"
#include "engine/people.h"
#include "engine/person.h"
#include "engine/plan.h"
#include "engine/practice_form.h"
#include "engine/steps.h"
#include "engine/tenant.h"
#include "engine/undo.h"

static gboolean ensure_signed_in(struct worker *worker, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (tenant_sign_in_silently(worker, &cause))
        return TRUE;
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    return tenant_sign_in(worker, worker->device_code, error);
}

/* A decision changes what is wanted, so the tenant is read for that once more. */
static gboolean take_answers(struct worker *worker, GError **error)
{
    guint before = journal_records(worker->journal)->len;
    if (!person_take_answers(worker, error))
        return FALSE;
    return journal_records(worker->journal)->len == before || check_all(worker, error);
}

/* What was refused before may be tried again once the tenant was read anew: the reason may be gone. */
static gboolean check(struct worker *worker, GError **error)
{
    g_hash_table_remove_all(worker->failures);
    tenant_set_today(worker);
    worker->checking = TRUE;
    boards_emit(worker);
    gboolean ok = check_all(worker, error) && take_answers(worker, error);
    worker->checking = FALSE;
    return ok && first_seen_note(worker, error) && steps_begin_waits(worker, error);
}

static gboolean matches_tenant(const struct worker *worker, const char *typed)
{
    const char *domains = g_hash_table_lookup(worker->onboarding->values, "tenant.domains");
    const char *id = g_hash_table_lookup(worker->onboarding->values, "tenant.id");
    g_autofree char *lower = g_ascii_strdown(typed, -1);
    g_auto(GStrv) names = g_strsplit(domains != NULL ? domains : "", " ", -1);
    return lower[0] != '\0' &&
           (g_strv_contains((const char *const *)names, lower) || (id != NULL && g_ascii_strcasecmp(typed, id) == 0));
}

/* The guard against the wrong tenant: its own domain, typed by a person or named on the command line. What was typed
 * has to be right even where nobody had to type. */
static gboolean confirm(struct worker *worker, const char *text, GError **error)
{
    const char *typed = text == NULL && worker->headless ? worker->tenant : text;
    const char *domain = g_hash_table_lookup(worker->onboarding->values, "tenant.domain");
    if (typed == NULL && worker->confirmed)
        return TRUE;
    if (typed == NULL) {
        g_set_error(
            error, PERCH_ERROR, PERCH_ERROR_TENANT,
            "Nothing was sent: the tenant was not named.\nGive --tenant %s with --yes, or \"tenant\" in the answers.",
            domain != NULL ? domain : "DOMAIN");
        return FALSE;
    }
    if (matches_tenant(worker, typed)) {
        if (!worker->confirmed)
            worker_log(worker, LOG_NOTICE, "tenant", "confirmed: %s", typed);
        worker->confirmed = TRUE;
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
    worker->device_code = command->flag;
    if (!tenant_sign_in(worker, command->flag, error))
        return FALSE;
    return check(worker, error);
}

static gboolean do_sign_out(struct worker *worker, const struct command *command, GError **error)
{
    (void)command;
    return tenant_sign_out(worker, error);
}

static gboolean do_probe_keyring(struct worker *worker, const struct command *command, GError **error)
{
    (void)command;
    (void)error;
    if (keyring_probe(worker->keyring) != KEYRING_LOCKED)
        return TRUE;
    g_autofree char *sentence = keyring_sentence(worker->keyring);
    worker_log(worker, LOG_WARNING, "keyring", "%s", sentence);
    return TRUE;
}

/* Whoever does not unlock it goes on without. */
static gboolean do_unlock_keyring(struct worker *worker, const struct command *command, GError **error)
{
    (void)command;
    (void)error;
    worker_log(worker, LOG_INFO, "keyring", "the desktop asks for the keyring's password");
    gboolean unlocked = keyring_unlock(worker->keyring, &worker->abandoned, NULL);
    g_autofree char *sentence = keyring_sentence(worker->keyring);
    worker_log(worker, unlocked ? LOG_INFO : LOG_WARNING, "keyring", "%s", sentence);
    if (unlocked)
        sign_in_store(worker->sign_in);
    return TRUE;
}

static gboolean do_check(struct worker *worker, const struct command *command, GError **error)
{
    (void)command;
    return ensure_signed_in(worker, error) && check(worker, error);
}

static gboolean do_plan(struct worker *worker, const struct command *command, GError **error)
{
    if (!ensure_signed_in(worker, error) || !check(worker, error))
        return FALSE;
    boards_emit(worker);
    worker_emit(worker, EVENT_PLAN, command->flag ? plan_undo(worker) : plan_apply(worker, command->subject));
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
    return ensure_signed_in(worker, error) && check(worker, error) && hand_over_give(worker, command->subject, error);
}

static gboolean prepare_write(struct worker *worker, const struct command *command, GError **error)
{
    if (!ensure_signed_in(worker, error) || !worker_require_write(worker, error))
        return FALSE;
    return check(worker, error) && confirm(worker, command->text, error);
}

static gboolean do_apply(struct worker *worker, const struct command *command, GError **error)
{
    if (!prepare_write(worker, command, error))
        return FALSE;
    return apply_all(worker, command->subject, error) && person_take_answers(worker, error);
}

static gboolean do_undo(struct worker *worker, const struct command *command, GError **error)
{
    if (!prepare_write(worker, command, error))
        return FALSE;
    g_hash_table_remove_all(worker->failures);
    g_auto(GStrv) scopes = plan_undo_scopes(worker);
    return tenant_require_scopes(worker, scopes, error) && undo_all(worker, error) && check_all(worker, error);
}

static gboolean do_decide(struct worker *worker, const struct command *command, GError **error)
{
    return worker_require_write(worker, error) && person_decides(worker, command->subject, command->text, error) &&
           check(worker, error);
}

static gboolean do_answer(struct worker *worker, const struct command *command, GError **error)
{
    if (!person_answers(worker, command->subject, command->text, error))
        return FALSE;
    return sign_in_account(worker->sign_in) == NULL || check(worker, error);
}

static gboolean do_tell(struct worker *worker, const struct command *command, GError **error)
{
    return worker_require_write(worker, error) &&
           person_tells(worker, command->subject, worker_account(worker), command->text, error) && check(worker, error);
}

static gboolean do_skip(struct worker *worker, const struct command *command, GError **error)
{
    return worker_require_write(worker, error) &&
           person_skips(worker, command->subject, worker_account(worker), command->text, error) && check(worker, error);
}

static gboolean do_override(struct worker *worker, const struct command *command, GError **error)
{
    return worker_require_write(worker, error) && person_overrides(worker, command->subject, command->text, error);
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
    people_find_after_sign_in(worker, command->subject, command->serial, command->text);
    return TRUE;
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
    [COMMAND_APPLY] = do_apply,
    [COMMAND_UNDO] = do_undo,
    [COMMAND_DECIDE] = do_decide,
    [COMMAND_ANSWER] = do_answer,
    [COMMAND_TELL] = do_tell,
    [COMMAND_SKIP] = do_skip,
    [COMMAND_OVERRIDE_WAIT] = do_override,
    [COMMAND_PRACTICE_FORM] = do_practice_form,
    [COMMAND_PEOPLE] = do_find_people,
};

static int exit_code_after(struct worker *worker, enum command_kind kind)
{
    struct board *board = boards_make(worker);
    int exit_code = 0;
    if (kind == COMMAND_CHECK || kind == COMMAND_PLAN || kind == COMMAND_APPLY)
        exit_code = board->exit_code;
    else if (kind == COMMAND_UNDO)
        exit_code = board->created_count > 0 ? 1 : 0;
    board_unref(board);
    return exit_code;
}

static void finish(struct worker *worker, const struct command *command, GError *error)
{
    struct done *done = g_new0(struct done, 1);
    worker->checking = FALSE;
    worker->working = NULL;
    boards_emit(worker);
    done->command = command->kind;
    done->error = error;
    done->exit_code = error == NULL ? exit_code_after(worker, command->kind) : 0;
    if (error != NULL) {
        g_autofree char *message = g_strdup(error->message);
        done->exit_code = perch_error_exit_code(error);
        worker_log(worker, LOG_ERROR, "perch", "%s", message);
    }
    worker_emit(worker, EVENT_DONE, done);
}

void dispatch(struct worker *worker, const struct command *command)
{
    GError *error = NULL;
    command_func run = command->kind < G_N_ELEMENTS(commands) ? commands[command->kind] : NULL;
    http_cancel_reset(worker->http);
    g_atomic_int_set(&worker->abandoned, 0);
    g_hash_table_remove_all(worker->challenged);
    /* A session that ended in between must not lose its cancel. */
    if (g_atomic_int_get(&worker->stopping)) {
        g_atomic_int_set(&worker->abandoned, 1);
        http_cancel(worker->http);
    }
    if (run != NULL)
        run(worker, command, &error);
    finish(worker, command, error);
}

static void paste_back(struct worker *worker, const char *address)
{
    g_autoptr(GError) error = NULL;
    if (!sign_in_paste_back(worker->sign_in, address, &error))
        worker_log(worker, LOG_WARNING, "sign-in", "%s", error->message);
}

void dispatch_urgent(struct worker *worker, const struct command *command)
{
    if (command->kind == COMMAND_PEOPLE)
        people_find(worker, command->text, command->serial);
    else if (command->kind == COMMAND_PASTE_BACK)
        paste_back(worker, command->text);
    else if (command->kind == COMMAND_PRACTICE_FORM)
        practice_form_approve(worker);
}
