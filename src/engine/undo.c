/* SPDX-License-Identifier: MIT */
#include "engine/undo.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "engine/answered.h"
#include "engine/belief.h"
#include "engine/challenge_retry.h"
#include "engine/changed_since.h"
#include "engine/check.h"
#include "engine/first_seen.h"
#include "engine/leftover.h"
#include "engine/operator_input.h"
#include "engine/outcome.h"
#include "engine/own_title.h"
#include "engine/recall_needs.h"
#include "engine/removal_proof.h"
#include "engine/secret_values.h"
#include "engine/undo_plan.h"
#include "engine/uses.h"
#include "engine/worker.h"
#include "engine/write.h"

#define MOST_SENDS 2 /* of one removal in one undo */
#define STILL_SHOWN "Microsoft said that it is removed, and it can still be read."

/* What came with something that is gone may have gone with it, and cannot even be asked for. */
static gboolean went_with_another(struct worker *worker, const struct object *object)
{
    if (!object->created || check_can_ask(worker, object))
        return FALSE;
    for (guint i = 0; i < object->needs->len; i++)
        if (journal_state_object(worker->tenant.journal_state, g_ptr_array_index(object->needs, i))->phase ==
            PHASE_GONE)
            return TRUE;
    return FALSE;
}

/* What somebody else took away is noted, so that nothing is left to undo. */
static gboolean note_gone(struct worker *worker, const struct object *object, GError **error)
{
    worker_log(worker, LOG_NOTICE, object->kind->name, "%s is gone already: somebody removed it", object->title);
    secret_values_forget(worker, object);
    return worker_note(worker, &(struct journal_record){.type = RECORD_GONE, .object = object->key}, error) &&
           operator_input_forget_removals(worker, object, error);
}

/* The removal of OBJECT, which cannot be looked for as it is wanted, was answered by a 404: is it gone? What has an
 * address is read there; of what is removed by another request only that request can be sent once more. */
static gboolean prove_gone(struct worker *worker, const struct object *object, const struct request *request, int sends,
                           gboolean *gone, GError **error)
{
    const struct removal removal = {
        .path = request->path, .scope = request->scope, .key = object->kind->name, .title = object->title};
    gboolean shown = FALSE;
    if (strcmp(request->method, "DELETE") == 0)
        return removal_proof(worker, &removal, gone, &shown, error);
    gint64 until = worker_now(worker) + (gint64)BELIEF_ROW_SECONDS * G_USEC_PER_SEC;
    *gone = sends == MOST_SENDS;
    if (*gone)
        return TRUE;
    worker_log_wait(worker, object->kind->name, until, "%s: waiting to be sure that it is gone", object->title);
    if (worker_pause_until(worker, until))
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped. What was sent is written down.");
    return FALSE;
}

enum send_result {
    RESULT_AGAIN, /* nothing came of it */
    RESULT_REMOVED,
    RESULT_GONE,
    RESULT_REFUSED,
    RESULT_IN_DOUBT, /* it takes too long to tell */
};

/* The SENDSth request to remove OBJECT, and what came of it. IS_UNREADABLE: nothing but its removal can be asked. */
static gboolean send_removal(struct worker *worker, struct object *object, struct request *request, int sends,
                             gboolean is_unreadable, enum send_result *result, GError **error)
{
    g_autoptr(Reply) reply = NULL;
    gboolean yes = FALSE;
    if (!write_send(worker, object, WRITE_REMOVE, request, NULL, &reply, error))
        return FALSE;
    enum outcome outcome = outcome_of(object, NULL, reply, FALSE);
    *result = RESULT_AGAIN;
    if (is_unreadable && reply->outcome == REPLY_ANSWERED && reply->status == 404) {
        if (!prove_gone(worker, object, request, sends, &yes, error))
            return FALSE;
        *result = yes ? RESULT_GONE : RESULT_AGAIN;
        return TRUE;
    }
    if (is_unreadable && outcome == OUTCOME_DOUBT) {
        answered_remember(worker, object, reply);
        return TRUE;
    }
    enum removal_result removal = REMOVAL_NOT_DONE;
    if (!write_removal(worker, object, reply, &removal, error))
        return FALSE;
    /* What is there under its name is another one. */
    const char *there = object->observation->id;
    gboolean is_another = there[0] != '\0' && g_ascii_strcasecmp(there, object->known_id) != 0;
    if (removal != REMOVAL_NOT_DONE)
        *result = removal == REMOVAL_DONE ? RESULT_REMOVED : RESULT_IN_DOUBT;
    else if (reply->status == 404 && is_another)
        *result = RESULT_GONE;
    else if (outcome != OUTCOME_DOUBT && reply->status != 404) {
        *result = RESULT_REFUSED;
        return write_refused(worker, object, request, reply, error);
    }
    return TRUE;
}

/* What came of the request for OBJECT takes too long to be sat out: it stays in doubt, with what it needs, and all else
 * goes on. */
static void say_in_doubt(struct worker *worker, const struct object *object)
{
    worker_log(worker, LOG_WARNING, object->kind->name, "%s: it cannot be found out yet what came of the request: %s",
               object->title, object->observation->sentence);
}

/* What refused to go, or what that needs, is told on the board until the tenant is read anew. */
static void fail(struct worker *worker, const struct object *object, const char *what, const char *hint)
{
    if (what != NULL)
        run_fail(&worker->run, object, what, hint);
    struct failure *failure = g_hash_table_lookup(worker->run.failures, object->key);
    if (failure != NULL)
        failure->of_undo = TRUE;
}

/* Send the removal of OBJECT, once more if nothing came of it. It is the one at PLACE, "3 of 12". */
static gboolean remove_one(struct worker *worker, struct object *object, const struct request *wanted,
                           const char *title, const char *place, GError **error)
{
    enum send_result result = RESULT_AGAIN;
    gboolean is_unreadable = went_with_another(worker, object), reached = FALSE;
    for (int sends = 1; result == RESULT_AGAIN && sends <= MOST_SENDS; sends++) {
        g_autoptr(Request) request = request_copy(wanted);
        if ((sends == 1 && !removal_wait(worker, object, error)) ||
            !send_removal(worker, object, request, sends, is_unreadable, &result, error))
            return FALSE;
    }
    if (result == RESULT_GONE && !removal_leaves_another(worker, object))
        return note_gone(worker, object, error);
    if (result == RESULT_AGAIN)
        answered_fail(worker, object,
                      is_unreadable ? "Its removal was sent twice without an answer that says so; it may be gone."
                                    : "Its removal was sent twice, and it is still there.",
                      "Look at Microsoft's service health, then undo again.");
    if (result == RESULT_IN_DOUBT)
        say_in_doubt(worker, object);
    if (result != RESULT_REMOVED)
        return TRUE;
    worker_log(worker, LOG_NOTICE, object->kind->name, "%s: removed %s", place, title);
    secret_values_forget(worker, object);
    if (!operator_input_forget_removals(worker, object, error))
        return FALSE;
    /* What nothing can show was not read as gone. */
    if (is_unreadable)
        return TRUE;
    if (!write_await(worker, object, OBJECT_ABSENT, &reached, error))
        return FALSE;
    if (reached)
        return first_seen_note_removed(worker, object, error);
    worker_log(worker, LOG_WARNING, object->kind->name, "removed, and still to be seen; it goes within minutes");
    if (!object->kind->ends_by_itself) /* the right to read it may have gone with it */
        fail(worker, object, STILL_SHOWN, "Undo again in some minutes.");
    return TRUE;
}

static gboolean put_back_one(struct worker *worker, struct object *object, struct request *request, const char *place,
                             GError **error)
{
    g_autoptr(Reply) reply = NULL;
    if (!write_send(worker, object, WRITE_UNDO_REPAIR, request, NULL, &reply, error))
        return FALSE;
    enum outcome outcome = outcome_of(object, NULL, reply, FALSE);
    if (outcome == OUTCOME_DOUBT) {
        gboolean open = FALSE;
        answered_remember(worker, object, reply);
        if (!write_resolve(worker, object, &open, error))
            return FALSE;
        if (open)
            say_in_doubt(worker, object);
        return TRUE;
    }
    if (outcome != OUTCOME_DONE)
        return write_refused(worker, object, request, reply, error);
    gboolean reached = FALSE;
    if (!write_await(worker, object, OBJECT_DIFFERS, &reached, error))
        return FALSE;
    worker_log(worker, reached ? LOG_NOTICE : LOG_WARNING, object->kind->name, "%s: put back what %s had before%s",
               place, object->title, reached ? "" : "; it cannot be read yet");
    return worker_note(worker, &(struct journal_record){.type = RECORD_VERIFIED, .object = object->key}, error);
}

/* What this command took away already, as what let somebody in, leaves OBJECTS and is noted. */
static gboolean note_what_was_ended(struct worker *worker, GPtrArray *objects, GError **error)
{
    for (guint i = objects->len; i > 0; i--) {
        const struct object *object = g_ptr_array_index(objects, i - 1);
        const struct situation situation = worker_situation(worker);
        if (!undo_is_among(&situation, object, worker->run.ended))
            continue;
        worker_log(worker, LOG_NOTICE, object->kind->name, "%s was removed when access by it was ended", object->title);
        if (!worker_note(worker, &(struct journal_record){.type = RECORD_REMOVED, .object = object->key}, error) ||
            !operator_input_forget_removals(worker, object, error))
            return FALSE;
        g_ptr_array_remove_index(objects, i - 1);
    }
    return TRUE;
}

static gboolean undo_one(struct worker *worker, struct object *object, const char *place, GError **error)
{
    const struct situation situation = worker_situation(worker);
    g_autoptr(Request) request = undo_request(&situation, object);
    /* What was created without an id in the answer is known by the one that it is listed under. */
    gboolean is_removal = object->created || object->leaves;
    if (is_removal && object->known_id[0] == '\0' && object->observation->id[0] != '\0')
        text_set(&object->known_id, object->observation->id);
    if (request == NULL) {
        worker_log(worker, LOG_WARNING, object->kind->name, "%s cannot be undone: its id is not known yet",
                   object->title);
        run_fail(&worker->run, object, "It cannot be undone yet: its id is not known.",
                 "Undo again once a check shows it, or remove it in the portal.");
        return TRUE;
    }
    g_autofree char *title = own_title_of_undo(&situation, object);
    worker->run.working = object->key;
    worker_emit_board(worker);
    gboolean ok = is_removal ? remove_one(worker, object, request, title, place, error)
                             : put_back_one(worker, object, request, place, error);
    worker->run.working = NULL;
    worker_emit_board(worker);
    return ok;
}

/* TRUE if OBJECT is gone. What cannot be asked for, and still has an address of its own, has to be removed to be known.
 */
static gboolean is_gone(struct worker *worker, const struct object *object)
{
    const struct situation situation = worker_situation(worker);
    if (undo_finds_gone(&situation, object) || !went_with_another(worker, object))
        return undo_finds_gone(&situation, object);
    g_autoptr(Request) request = undo_request(&situation, object);
    g_autofree char *missing = request != NULL ? request_missing(request) : NULL;
    return request == NULL || missing != NULL;
}

/* FALSE if KEY is kept already, for another reason. */
static gboolean keep(GHashTable *kept, const char *key, const char *because)
{
    return !g_hash_table_contains(kept, key) && g_hash_table_insert(kept, (gpointer)key, (gpointer)because);
}

/* What a refused object needs stays with it: the group while it is in the catalog, the catalog while it holds it. What
 * is only read, and so cannot go, keeps nothing. */
static void keep_what_it_needs(struct worker *worker, const struct object *object, GHashTable *kept)
{
    for (guint i = 0; i < object->needs->len; i++) {
        const struct object *needed = onboarding_object(worker->tenant.onboarding, g_ptr_array_index(object->needs, i));
        if (needed != NULL && needed->kind->remove != NULL && keep(kept, needed->key, object->title))
            keep_what_it_needs(worker, needed, kept);
    }
}

/* And what needs one that people hold is what they hold it by. */
static void keep_what_needs_it(struct worker *worker, const struct object *object, GHashTable *kept)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *other = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        if (g_ptr_array_find_with_equal_func(other->needs, object->key, g_str_equal, NULL) &&
            keep(kept, other->key, object->title)) {
            keep_what_it_needs(worker, other, kept);
            keep_what_needs_it(worker, other, kept);
        }
    }
}

/* The parts of one that stays for others. */
static void keep_parts(struct worker *worker, const struct object *object, GHashTable *kept)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *part = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        if (part->kind->is_part && g_ptr_array_find_with_equal_func(part->needs, object->key, g_str_equal, NULL))
            keep(kept, part->key, object->title);
    }
}

/* OBJECT stays, for what SAID says, with what it needs; and with what it is HELD by, if it is. */
static void keep_for_others(struct worker *worker, const struct object *object, const char *said, gboolean held,
                            GHashTable *kept)
{
    g_autofree char *next = NULL;
    g_autofree char *sentence = uses_sentence(said, &next);
    const char *again = worker->tenant.onboarding->leaving ? "leave" : "undo";
    g_autofree char *hint = g_strdup_printf("%s Then %s again.", next, again);
    worker_log(worker, LOG_WARNING, object->kind->name, "%s stays: %s", object->title, sentence);
    fail(worker, object, sentence, hint);
    keep(kept, object->key, NULL);
    keep_what_it_needs(worker, object, kept);
    if (held)
        keep_what_needs_it(worker, object, kept);
    else
        keep_parts(worker, object, kept);
}

enum look {
    LOOK_NONE,   /* nobody was asked, or nobody answered */
    LOOK_FREE,   /* this reading says that nobody would lose something */
    LOOK_HELD,   /* people hold it: it stays */
    LOOK_FILLED, /* others put something into it, or use it: it stays */
};

/* Who would lose something if OBJECT went? It stays then. While the partner is being left, what was just taken away may
 * be listed still: only what the LAST look shows is believed. */
static gboolean look_for_holders(struct worker *worker, struct object *object, GHashTable *kept, gboolean last,
                                 enum look *look, GError **error)
{
    const struct object_kind *kind = object->kind;
    struct object known = *object;
    struct uses uses;
    *look = LOOK_NONE;
    known.known_id = object->known_id[0] != '\0' ? object->known_id : object->observation->id;
    if (kind->look_up_holders == NULL || known.known_id[0] == '\0' ||
        !(object->created || (object->leaves && kind->surplus != NULL)))
        return TRUE;
    /* What is to go though perch did not make it, a person decided to take away with those who hold it. */
    if (!uses_look(worker, &known, object->created, &uses, error))
        return FALSE;
    /* Who cannot look is told by the removal itself. */
    if (uses.unread != NULL && kind->surplus == NULL) {
        uses_clear(&uses);
        return TRUE;
    }
    g_autofree char *not_now = uses.unread != NULL && uses.may_be_read_later && last ? uses_not_now(&uses) : NULL;
    const char *said = uses.held != NULL ? uses.held : uses.surplus != NULL ? uses.surplus : not_now;
    gboolean is_early = uses.surplus != NULL && worker->tenant.onboarding->leaving && !last;
    *look = said == NULL && uses.is_refused ? LOOK_NONE
            : said == NULL || is_early      ? LOOK_FREE
            : uses.held != NULL             ? LOOK_HELD
                                            : LOOK_FILLED;
    if (said != NULL && !is_early)
        keep_for_others(worker, object, said, uses.held != NULL, kept);
    if (said == NULL && uses.unread != NULL && last)
        uses_say_unread(worker, &known, &uses);
    uses_clear(&uses);
    return TRUE;
}

/* Before anything is removed. What goes takes with it what others put into it a moment ago, so one reading, which a
 * replica that lags may have served, is not believed when it shows nobody. */
static gboolean look_until_sure(struct worker *worker, const GPtrArray *objects, GHashTable *kept, GError **error)
{
    gint64 until = worker_now(worker) + (gint64)BELIEF_ROW_SECONDS * G_USEC_PER_SEC;
    for (guint readings = 1;; readings++) {
        struct object *free_one = NULL;
        gboolean is_filled = FALSE;
        gboolean is_held = readings > 1;
        for (guint i = 0; i < objects->len; i++) {
            struct object *object = g_ptr_array_index(objects, i);
            gboolean stays = g_hash_table_contains(kept, object->key);
            enum look look = LOOK_NONE;
            /* What stays with something that others filled may be filled too; with what people hold they hold it. */
            if ((!stays || (is_filled && !is_held && g_hash_table_lookup(kept, object->key) != NULL)) &&
                !look_for_holders(worker, object, kept, FALSE, &look, error))
                return FALSE;
            is_filled = is_filled || look == LOOK_FILLED;
            is_held = is_held || look == LOOK_HELD;
            free_one = look == LOOK_FREE && !stays ? object : free_one;
        }
        if (free_one == NULL || (readings >= BELIEF_READINGS && worker_now(worker) >= until))
            return TRUE;
        const struct situation situation = worker_situation(worker);
        g_autofree char *title = own_title_of_undo(&situation, free_one);
        if (readings == 1)
            worker_log_wait(worker, free_one->kind->name, until, "%s: looking once more whether others use it", title);
        if (!worker_pause_until(worker,
                                MIN(until, worker_now(worker) + (gint64)BELIEF_LOOK_SECONDS * G_USEC_PER_SEC))) {
            g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped. Nothing was removed.");
            return FALSE;
        }
    }
}

/* What may have been made has to be known before it can be undone; until then what it belongs to stays, or nobody could
 * ever ask for it again. */
static gboolean resolve_all(struct worker *worker, GHashTable *kept, GError **error)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        gboolean is_removal = journal_state_object(worker->tenant.journal_state, object->key)->action == WRITE_REMOVE;
        gboolean open = FALSE;
        if (!object->in_doubt || is_removal)
            continue;
        recall_needs(worker, object, TRUE);
        gboolean ok = !check_can_ask(worker, object) || write_resolve(worker, object, &open, error);
        recall_needs(worker, object, FALSE);
        if (!ok)
            return FALSE;
        if (!object->in_doubt)
            continue;
        if (open)
            say_in_doubt(worker, object);
        else
            fail(worker, object, "The answer to its creation was lost, and which one perch made is not known.",
                 "Decide which one is the one to use, then undo again.");
        keep(kept, object->key, NULL);
        keep_what_it_needs(worker, object, kept);
    }
    return TRUE;
}

/* Two of a name, and no answer says which of them perch made: that it was told to be perch's says nothing of the other.
 */
static gboolean is_one_of_two(const struct situation *situation, const struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    return entry->created && entry->answer_lost && belief_of(situation, object).kind == BELIEF_ONE_OF_MANY;
}

/* What was found after an answer that was lost may be somebody else's of the same name, made at that moment.
 * Whoever undoes it has to have been told so: what was found since BEGUN no board has shown, and it stays for once.
 * That it was found is noted, or the next undo would find it only then, too. */
static gboolean keep_what_nobody_was_told(struct worker *worker, gint64 begun, GHashTable *kept, GError **error)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
        gboolean is_told = entry->first_seen != 0 && entry->first_seen < begun;
        gboolean is_found = entry->id[0] != '\0' || object->observation->id[0] != '\0';
        if (!write_note_not_ours(worker, object, error))
            return FALSE;
        const struct situation situation = worker_situation(worker);
        gboolean is_unsure = is_one_of_two(&situation, object);
        if (!entry->created || !entry->answer_lost || (is_told && !is_unsure) || !is_found)
            continue;
        if (entry->first_seen == 0 && object_state_is_there(object->observation->state) &&
            !write_action(worker, object, ACTION_ADOPT, error))
            return FALSE;
        if (is_unsure)
            fail(worker, object,
                 "No answer says that perch made it, and another of its name is there: perch may have made that one.",
                 "Decide which one perch made, then undo again.");
        else
            fail(
                worker, object,
                "No answer says that perch made it: it was only found now, and another administrator may have made it.",
                "If no other administrator made it, undo again.");
        keep(kept, object->key, NULL);
        keep_what_it_needs(worker, object, kept);
    }
    return TRUE;
}

/* Whose it is nobody has said. */
static void keep_what_may_be_own(struct worker *worker, GHashTable *kept)
{
    const struct situation situation = worker_situation(worker);
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        if (!undo_may_be_own(&situation, object) || g_hash_table_contains(kept, object->key))
            continue;
        fail(worker, object,
             "No answer says that perch made it, and it was made when perch asked for it: it may be perch's, and "
             "stays.",
             "Decide who made it, then undo again.");
        ((struct failure *)g_hash_table_lookup(worker->run.failures, object->key))->follows = TRUE;
        keep(kept, object->key, NULL);
        keep_what_it_needs(worker, object, kept);
    }
}

/* What nobody decided to take away, and would be left for good without what it needs; and what is removed and shown. */
static void keep_what_it_would_outlive(struct worker *worker, GHashTable *kept)
{
    const struct situation situation = worker_situation(worker);
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        gboolean outlives = object->kind->outlives && !object->leaves && undo_leaves_partners(&situation, object);
        if (outlives || belief_of(&situation, object).kind == BELIEF_LINGERS)
            keep_what_it_needs(worker, object, kept);
    }
}

/* BECAUSE of NULL: for its own sake, which is told already. */
static void stay(struct worker *worker, const struct object *object, const char *because)
{
    if (because == NULL)
        return;
    worker_log(worker, LOG_WARNING, object->kind->name, "%s stays, because it belongs with %s", object->title, because);
    const struct step *step = onboarding_step(worker->tenant.onboarding, object->step);
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *other = g_ptr_array_index(step->objects, i);
        if (other->in_doubt || g_hash_table_contains(worker->run.failures, other->key))
            return;
    }
    g_autofree char *what = g_strdup_printf("It stays, because it belongs with %s, which was not removed.", because);
    fail(worker, object, what,
         worker->tenant.onboarding->leaving ? "Leave again once that can go." : "Undo again once that can go.");
    ((struct failure *)g_hash_table_lookup(worker->run.failures, object->key))->follows = TRUE;
}

/* What Microsoft said it removed, and still shows after all else was removed too. */
static gboolean name_what_is_still_shown(struct worker *worker, GError **error)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
        if (entry->phase != PHASE_REMOVED || strcmp(object->observation->id, entry->deleted_id) != 0 ||
            entry->deleted_id[0] == '\0' || object->row.state == OBJECT_ABSENT || !check_can_ask(worker, object))
            continue;
        if (!check_one(worker, object, error))
            return FALSE;
        if (object->row.state != OBJECT_ABSENT && strcmp(object->observation->id, entry->deleted_id) == 0)
            fail(worker, object, STILL_SHOWN, "Undo again in some minutes.");
    }
    return TRUE;
}

/* Right before OBJECT goes, and of a part before that which it is a part of. */
static gboolean look_a_last_time(struct worker *worker, struct object *object, GHashTable *kept, GError **error)
{
    enum look look = LOOK_NONE;
    for (guint i = 0; object->kind->is_part && i < object->needs->len; i++) {
        struct object *whole = onboarding_object(worker->tenant.onboarding, g_ptr_array_index(object->needs, i));
        if (whole != NULL && !g_hash_table_contains(kept, whole->key) &&
            !look_for_holders(worker, whole, kept, TRUE, &look, error))
            return FALSE;
    }
    return g_hash_table_contains(kept, object->key) || look_for_holders(worker, object, kept, TRUE, &look, error);
}

gboolean undo_all(struct worker *worker, guint before, GError **error)
{
    g_autoptr(GHashTable) kept = g_hash_table_new(g_str_hash, g_str_equal);
    /* To the second, as the journal tells times: what is noted in this one is not of before. */
    gint64 begun = worker_now(worker) / G_USEC_PER_SEC * G_USEC_PER_SEC;
    run_begin_writes(&worker->run);
    if (!resolve_all(worker, kept, error))
        return FALSE;
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        const struct situation situation = worker_situation(worker);
        /* Another of its name may be what perch made. */
        if (is_gone(worker, object) && (!note_gone(worker, object, error) ||
                                        (object->observation->namesakes->len > 0 && !check_one(worker, object, error))))
            return FALSE;
        /* What was taken for gone and is back is undone like all that perch made. */
        if (undo_finds_back(&situation, object) && !write_action(worker, object, ACTION_ADOPT, error))
            return FALSE;
    }
    if (!keep_what_nobody_was_told(worker, begun, kept, error))
        return FALSE;
    keep_what_may_be_own(worker, kept);
    keep_what_it_would_outlive(worker, kept);
    const struct situation known = worker_situation(worker);
    changed_since_note(worker);
    g_autoptr(GPtrArray) objects = undo_objects(&known);
    if (!note_what_was_ended(worker, objects, error) || !look_until_sure(worker, objects, kept, error) ||
        !leftovers_remove(worker, error))
        return FALSE;
    for (guint i = 0; i < objects->len; i++) {
        struct object *object = g_ptr_array_index(objects, i);
        if (!look_a_last_time(worker, object, kept, error))
            return FALSE;
        const char *because = g_hash_table_lookup(kept, object->key);
        /* To put back what a repair changed takes nothing from what stays. */
        if (g_hash_table_contains(kept, object->key) && (because == NULL || !undo_puts_back(&known, object))) {
            stay(worker, object, because);
            continue;
        }
        g_autofree char *place = g_strdup_printf("%u of %u", before + i + 1, before + objects->len);
        if (!undo_one(worker, object, place, error))
            return FALSE;
        fail(worker, object, NULL, NULL);
        if (object->in_doubt || g_hash_table_contains(worker->run.failures, object->key))
            keep_what_it_needs(worker, object, kept);
    }
    return name_what_is_still_shown(worker, error);
}
