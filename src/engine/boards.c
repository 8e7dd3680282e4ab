#include "engine/boards.h"

#include "base/error.h"
#include "engine/board_step.h"
#include "engine/steps.h"

static void set_clean(struct worker *worker, char **string, const char *text)
{
    g_autofree char *clean = log_clean(worker->log, text != NULL ? text : "");
    board_set(string, clean);
}

static const char *value(const struct worker *worker, const char *name)
{
    return g_hash_table_lookup(worker->onboarding->values, name);
}

static void set_identity(struct worker *worker, struct board *board)
{
    const struct sign_in_account *account = worker->sign_in != NULL ? sign_in_account(worker->sign_in) : NULL;
    g_autofree char *keyring = worker->keyring != NULL ? keyring_sentence(worker->keyring) : NULL;
    board->signed_in = account != NULL;
    board->confirmed = worker->confirmed;
    board->keyring_locked = worker->keyring != NULL && keyring_state(worker->keyring) == KEYRING_LOCKED;
    board->read_only = worker->dir != NULL && worker->dir->read_only;
    board->practice = worker->cloud->practice;
    board->cloud_from_file = worker->cloud->from_file;
    set_clean(worker, &board->tenant_id, account != NULL ? account->tenant_id : "");
    set_clean(worker, &board->account, account != NULL ? account->user_name : "");
    set_clean(worker, &board->tenant_name, value(worker, "tenant.name"));
    set_clean(worker, &board->tenant_domain, value(worker, "tenant.domain"));
    set_clean(worker, &board->cloud, worker->cloud->title);
    set_clean(worker, &board->partner, worker->onboarding->profile->name);
    set_clean(worker, &board->state_dir, worker->dir != NULL ? worker->dir->path : "");
    set_clean(worker, &board->keyring, keyring);
    board->clock = worker->clock;
    board->checked = worker->checked;
    board->created_count = ledger_created_count(worker->ledger);
}

static void count(struct board_summary *summary, enum step_state state)
{
    switch (state) {
    case STEP_DONE:
        summary->done++;
        break;
    case STEP_TOLD:
        summary->told++;
        break;
    case STEP_SKIPPED:
        summary->skipped++;
        break;
    case STEP_WAITING:
        summary->waiting++;
        break;
    case STEP_NEEDS_YOU:
    case STEP_DIFFERS:
        summary->needs_person++;
        break;
    case STEP_FAILED:
        summary->failed++;
        break;
    case STEP_IN_DOUBT:
        summary->in_doubt++;
        break;
    default:
        summary->left++;
    }
}

/* Something was asked for and could not be read: a failure, and no work for a person. */
static gboolean is_unread(const struct worker *worker, const struct board_step *shown)
{
    const struct step *step = onboarding_step(worker->onboarding, shown->id);
    for (guint i = 0; shown->state == STEP_UNKNOWN && i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        if (object->observation->state == OBJECT_UNKNOWN && object->observation->checked != 0 && !object->created)
            return TRUE;
    }
    return FALSE;
}

/* The first that holds, in the documented order: failed, in doubt, something perch could do, a person, a wait. */
static int exit_code(const struct worker *worker, const struct board *board)
{
    gboolean unread = FALSE;
    gboolean to_do = FALSE;
    gboolean unknown = FALSE;
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        to_do = to_do || step->state == STEP_TO_DO;
        unknown = unknown || step->state == STEP_UNKNOWN;
        unread = unread || is_unread(worker, step);
    }
    if (board->summary.failed > 0 || unread)
        return EXIT_FAILED;
    if (board->summary.in_doubt > 0)
        return EXIT_IN_DOUBT;
    if (to_do)
        return EXIT_LEFT;
    if (board->summary.needs_person > 0 || !board->signed_in)
        return EXIT_PERSON;
    if (unknown)
        return EXIT_FAILED;
    return board->summary.waiting > 0 ? EXIT_WAITING : EXIT_DONE;
}

struct board *boards_make(struct worker *worker)
{
    struct board *board = board_new();
    set_identity(worker, board);
    for (guint i = 0; i < worker->onboarding->steps->len; i++) {
        struct board_step *step = board_step_make(worker, g_ptr_array_index(worker->onboarding->steps, i));
        count(&board->summary, step->state);
        g_ptr_array_add(board->steps, step);
    }
    board->exit_code = exit_code(worker, board);
    return board;
}

void boards_emit(struct worker *worker)
{
    worker_emit(worker, EVENT_BOARD, boards_make(worker));
}
