/* SPDX-License-Identifier: MIT */
#include "engine/leaving.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "engine/check.h"
#include "engine/leave_decision.h"
#include "engine/undo.h"
#include "engine/undo_plan.h"
#include "engine/worker.h"
#include "engine/write.h"
#include "onboarding/answer_key.h"
#include "onboarding/door.h"

#define LONGEST_ENDING 1800
#define LONGEST_PAUSE 30

void leave_begin(struct worker *worker)
{
    struct onboarding *onboarding = worker->tenant.onboarding;
    const struct situation situation = worker_situation(worker);
    onboarding->leaving = TRUE;
    for (guint i = 0; i < onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(onboarding->objects, i);
        const char *said = leave_decision(&situation, object);
        gboolean by_itself = object->created || object->kind->ends_people;
        /* A door goes with what it belongs to. */
        for (guint k = 0; object->kind->take_away != NULL && k < object->needs->len; k++) {
            const struct object *needed = onboarding_object(onboarding, g_ptr_array_index(object->needs, k));
            by_itself = by_itself || (needed != NULL && needed->leaves);
        }
        object->leaves = said != NULL ? strcmp(said, "remove") == 0 : by_itself;
    }
}

gboolean leave_note_shown(struct worker *worker, GError **error)
{
    const struct situation situation = worker_situation(worker);
    const json *answers = json_get(worker->tenant.onboarding->answers, "leave");
    gboolean ok = TRUE;
    for (guint i = 0; ok && !worker->tenant.dir->read_only && i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        const char *shown = journal_state_object(worker->tenant.journal_state, object->key)->leave_shown;
        g_autofree char *code = leave_decision_code(&situation, object);
        const struct journal_record record = {.type = RECORD_SHOWN, .object = object->key, .about = code};
        /* What was said before is about what stood there then. */
        gboolean is_new = shown[0] == '\0' || answer_about(answers, object) == NULL;
        if (is_new && code[0] != '\0' && strcmp(shown, code) != 0 && undo_leaves_partners(&situation, object))
            ok = worker_note(worker, &record, error);
    }
    return ok;
}

/* DOOR was read to have nobody behind it, and for want of an answer what it belongs to is not found without leaving. */
static gboolean stays_empty(const struct onboarding *onboarding, const struct object *door)
{
    gboolean lacks_answer = FALSE;
    for (guint i = 0; i < door->needs->len && !lacks_answer; i++) {
        const struct object *needed = onboarding_object(onboarding, g_ptr_array_index(door->needs, i));
        g_autofree char *missing = needed != NULL ? onboarding_missing(onboarding, needed) : NULL;
        lacks_answer = missing != NULL;
    }
    return lacks_answer && door->observation->state == OBJECT_MATCHES;
}

/* Read AGAIN what was found with less than connecting asks for. Of doors that cannot be looked for then it stays known
 * that nobody is behind them: whoever was ended by them is told to be. */
static gboolean read_as_connecting(struct worker *worker, GHashTable *again, GError **error)
{
    const struct onboarding *onboarding = worker->tenant.onboarding;
    g_autoptr(GHashTable) kept =
        g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, (GDestroyNotify)observation_free);
    for (guint i = 0; i < onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(onboarding->objects, i);
        if (object->kind->take_away == NULL || !stays_empty(onboarding, object))
            continue;
        g_hash_table_insert(kept, object, object->observation);
        object->observation = observation_new();
    }
    const gboolean ok = check_once_more(worker, again, error);
    for (guint i = 0; i < onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(onboarding->objects, i);
        struct observation *before = g_hash_table_lookup(kept, object);
        if (before == NULL || object->observation->state != OBJECT_UNKNOWN)
            continue;
        g_hash_table_steal(kept, object);
        observation_free(object->observation);
        object->observation = before;
    }
    return ok;
}

gboolean leave_end(struct worker *worker, GError **error)
{
    g_autoptr(GHashTable) again = g_hash_table_new(g_str_hash, g_str_equal);
    worker->tenant.onboarding->leaving = FALSE;
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        /* What is not there needs no answer to be that. */
        gboolean was_found_with_less = object->observation->state != OBJECT_ABSENT &&
                                       object->kind->not_for_leaving != NULL && object->observation->checked != 0;
        if ((object->leaves && object->kind->take_away != NULL) || was_found_with_less)
            g_hash_table_add(again, object->key);
        object->leaves = FALSE;
    }
    return g_hash_table_size(again) == 0 || worker->tenant.dir == NULL || read_as_connecting(worker, again, error);
}

/* What Microsoft is still ending or delivering is waited for. FALSE if it takes longer than that. */
static gboolean await_moving(struct worker *worker, struct object *door, gint64 deadline, gint64 *pause, GError **error)
{
    gint64 now = worker_now(worker);
    if (*pause == 0)
        worker_log_wait(worker, door->kind->name, deadline, "%s: %s", door->title, door->observation->sentence);
    *pause = MIN(MAX(*pause, 1) * 2, LONGEST_PAUSE);
    if (worker_pause_until(worker, MIN(now + *pause * G_USEC_PER_SEC, deadline)))
        return check_one(worker, door, error);
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped. What was sent is written down.");
    return FALSE;
}

/* The request that takes ID away by DOOR, hashed. Caller frees. */
static char *ending_of(const struct onboarding *onboarding, const struct object *door, const char *id)
{
    g_autoptr(Request) request = door->kind->take_away(door, id);
    if (request == NULL)
        return g_strdup("");
    onboarding_fill(onboarding, request);
    return request_digest(request);
}

/* Who is to go by DOOR and was not SHOWN (NULL: nobody saw it) stays; their names join NEWCOMERS. */
static void keep_newcomers(const struct onboarding *onboarding, struct object *door, GHashTable *shown,
                           GPtrArray *newcomers)
{
    g_autoptr(GString) to_go = g_string_new(NULL);
    g_auto(GStrv) ids = g_strsplit(door->observation->to_go, "\n", -1);
    for (guint i = 0; shown != NULL && ids[i] != NULL; i++) {
        g_autofree char *ending = ending_of(onboarding, door, ids[i]);
        g_autofree char *name = door_name_to_go(door, i);
        if (g_hash_table_contains(shown, ending))
            g_string_append_printf(to_go, "%s%s", to_go->len > 0 ? "\n" : "", ids[i]);
        else if (!g_ptr_array_find_with_equal_func(newcomers, name, g_str_equal, NULL))
            g_ptr_array_add(newcomers, g_steal_pointer(&name));
    }
    if (shown != NULL)
        text_set(&door->observation->to_go, to_go->str);
}

/* TRUE if what DOOR belongs to may be gone: no answer came to its removal, and nobody gets in by what is not there. */
static gboolean may_be_gone(const struct worker *worker, const struct object *door)
{
    for (guint i = 0; i < door->needs->len; i++) {
        const char *key = g_ptr_array_index(door->needs, i);
        const struct object *needed = onboarding_object(worker->tenant.onboarding, key);
        gboolean is_removal = journal_state_object(worker->tenant.journal_state, key)->action == WRITE_REMOVE;
        if (needed != NULL && needed->in_doubt && is_removal)
            return TRUE;
    }
    return FALSE;
}

/* What one leaving goes by. */
struct course {
    GHashTable *shown;    /* the requests that end somebody's access, as ending_of(); NULL: nobody saw them */
    GPtrArray *newcomers; /* of char *: names of those who came since */
    guint ended, planned; /* requests: sent so far, and in the plan, with the removals that follow */
};

/* One after another, as they are written; each that Microsoft refuses ends it. */
static gboolean empty_door(struct worker *worker, struct object *door, struct course *course, GError **error)
{
    gint64 deadline = worker_now(worker) + (gint64)LONGEST_ENDING * G_USEC_PER_SEC;
    gint64 pause = 0;
    if (!check_can_ask(worker, door))
        return TRUE;
    if (!check_one(worker, door, error))
        return FALSE;
    if (door->observation->state == OBJECT_UNKNOWN && !g_hash_table_contains(door->observation->learnt, "moving") &&
        !may_be_gone(worker, door))
        run_fail(&worker->run, door, door->observation->sentence, "Nobody was taken away by it. Leave again later.");
    while (!g_hash_table_contains(worker->run.failures, door->key)) {
        const char *moving = g_hash_table_lookup(door->observation->learnt, "moving");
        keep_newcomers(worker->tenant.onboarding, door, course->shown, course->newcomers);
        if (door->observation->to_go[0] != '\0') {
            g_autofree char *name = door_name_to_go(door, 0);
            course->ended++;
            worker_log(worker, LOG_NOTICE, door->kind->name, "%u of %u: end %s", course->ended,
                       MAX(course->ended, course->planned), name);
            g_auto(GStrv) ids = g_strsplit(door->observation->to_go, "\n", 2);
            g_autofree char *ending = ending_of(worker->tenant.onboarding, door, ids[0]);
            if (!write_action(worker, door, ACTION_REPAIR, error))
                return FALSE;
            if (journal_state_object(worker->tenant.journal_state, door->key)->phase == PHASE_VERIFIED)
                g_hash_table_add(worker->run.ended, g_steal_pointer(&ending));
        } else if (moving == NULL || strcmp(moving, "0") == 0) {
            return TRUE;
        } else if (worker_now(worker) >= deadline) {
            run_fail(&worker->run, door, "Microsoft has not ended all assignments yet.",
                     "Leave again later: what is ended stays so.");
            return TRUE;
        } else if (!await_moving(worker, door, deadline, &pause, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean leave_all(struct worker *worker, gboolean exactly, GError **error)
{
    const struct situation situation = worker_situation(worker);
    g_autoptr(GPtrArray) doors = undo_doors(&situation);
    g_autoptr(GHashTable) shown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) newcomers = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) objects = undo_objects(&situation);
    run_begin_writes(&worker->run);
    for (guint i = 0; i < doors->len; i++) {
        struct object *door = g_ptr_array_index(doors, i);
        g_auto(GStrv) ids = g_strsplit(door->observation->to_go, "\n", -1);
        for (char **id = ids; *id != NULL; id++)
            g_hash_table_add(shown, ending_of(worker->tenant.onboarding, door, *id));
    }
    const guint endings = g_hash_table_size(shown);
    struct course course = {.shown = exactly ? shown : NULL, .newcomers = newcomers, .planned = endings};
    for (guint i = 0; i < objects->len; i++)
        course.planned += undo_is_among(&situation, g_ptr_array_index(objects, i), shown) ? 0 : 1;
    for (guint i = 0; i < doors->len; i++) {
        struct object *door = g_ptr_array_index(doors, i);
        worker->run.working = door->key;
        worker_emit_board(worker);
        gboolean ok = empty_door(worker, door, &course, error);
        worker->run.working = NULL;
        worker_emit_board(worker);
        if (!ok)
            return FALSE;
    }
    if (newcomers->len == 0)
        return undo_all(worker, endings, error);
    /* A plan is the most that is ended, and what somebody holds who came since does not go either. */
    g_autofree char *names = text_join(newcomers, ", ");
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_PERSON,
                "Not ended, as the plan that was seen did not hold it: %s. Nothing else was removed.\nMake the plan "
                "anew, look at it, and leave again.",
                names);
    return FALSE;
}
