/* SPDX-License-Identifier: MIT */
#include "engine/apply.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "engine/actions.h"
#include "engine/approval.h"
#include "engine/check.h"
#include "engine/operator.h"
#include "engine/plan.h"
#include "engine/step_waits.h"
#include "engine/take_up.h"
#include "engine/worker.h"
#include "engine/write.h"
#include "onboarding/kinds.h"

#define REFERENCE_SECONDS 180
#define LONGEST_PAUSE_SECONDS 30

/* Read OBJECT right before it is made, whatever was read earlier: somebody else may have made it meanwhile. What refers
 * to something that was just made cannot be asked for everywhere at once. */
static gboolean look_right_before(struct worker *worker, struct object *object, GHashTable *made, GError **error)
{
    gint64 deadline = worker_now(worker) + (gint64)REFERENCE_SECONDS * G_USEC_PER_SEC;
    gboolean refers_to_new = FALSE;
    for (guint i = 0; i < object->needs->len; i++)
        refers_to_new = refers_to_new || g_hash_table_contains(made, g_ptr_array_index(object->needs, i));
    for (gint64 pause = 1;; pause = MIN(pause * 2, LONGEST_PAUSE_SECONDS)) {
        if (!check_one(worker, object, error))
            return FALSE;
        if (object->observation->state != OBJECT_UNKNOWN || !refers_to_new || worker_now(worker) >= deadline)
            return TRUE;
        if (pause == 2)
            worker_log_wait(worker, object->kind->name, deadline,
                            "%s cannot be looked for yet, as what it belongs to is new: waiting", object->title);
        if (!worker_pause_until(worker, worker_now(worker) + pause * G_USEC_PER_SEC)) {
            g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped before the next request.");
            return FALSE;
        }
    }
}

/* TRUE for what could not be asked for before: what nobody creates (users, roles), and what belongs to something that
 * had to be changed first. */
static gboolean is_unread(const struct object *object)
{
    const struct observation *observation = object->observation;
    return observation->checked == 0 && (object->kind->create == NULL || observation->state == OBJECT_UNKNOWN);
}

static gboolean read_newly_possible(struct worker *worker, GError **error)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        if (is_unread(object) && check_can_ask(worker, object) && !check_one(worker, object, error))
            return FALSE;
    }
    check_infer(worker);
    return TRUE;
}

/* What is read with the proof of OBJECT's write: what can be asked for then, and what is made next, for which that is
 * the look right before. */
static void choose_beside(struct worker *worker, const struct object *object, const char *step)
{
    g_autoptr(GHashTable) assumed = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_add(assumed, object->key);
    struct situation then = worker_situation(worker);
    then.assumed = assumed;
    const struct action next = action_next(&then, step);
    g_ptr_array_set_size(worker->run.beside, 0);
    if (next.kind == ACTION_CREATE)
        g_ptr_array_add(worker->run.beside, next.object);
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++)
        if (is_unread(g_ptr_array_index(worker->tenant.onboarding->objects, i)))
            g_ptr_array_add(worker->run.beside, g_ptr_array_index(worker->tenant.onboarding->objects, i));
}

/* What one run goes by. */
struct course {
    const char *step;
    const struct plan *planned; /* as it was before the first request */
    const struct plan *shown;   /* the same; NULL: nobody saw it */
    GHashTable *made;           /* keys of what was made */
    GHashTable *waited_for;     /* doors that were read again */
    GPtrArray *opened;          /* obstacles that what was activated takes out of the way, not taken up yet */
    GHashTable *sent;           /* key -> how many requests, as a number */
    gboolean warned;            /* that a role ends soon */
};

/* A role that ends in the middle of a run takes the right to write with it: whoever is there may renew it first. */
static void warn_of_a_roles_end(struct worker *worker, struct course *course)
{
    const struct onboarding *onboarding = worker->tenant.onboarding;
    for (guint i = 0; i < onboarding->objects->len && !course->warned; i++) {
        const struct object *object = g_ptr_array_index(onboarding->objects, i);
        GHashTable *learnt = object->observation->learnt;
        const char *end = object->kind->learns_steps ? g_hash_table_lookup(learnt, ADMIN_ROLE_END) : NULL;
        gint64 left = end != NULL ? (clock_parse(end) - worker_now(worker)) / G_USEC_PER_SEC : LIMIT_ROLE_END;
        if (left >= LIMIT_ROLE_END)
            continue;
        g_autofree char *time = clock_format_day(clock_parse(end));
        course->warned = TRUE;
        worker_log(worker, LOG_WARNING, "sign-in",
                   "%s ends at %s, in %d minutes: what is not done by then is refused. Renew it (Privileged Identity "
                   "Management > My roles), or apply again with it afterwards",
                   (const char *)g_hash_table_lookup(learnt, ADMIN_ROLE_ENDING), time, (int)(MAX(left, 0) / 60));
    }
}

/* In what OBJECT was read to differ, as one text. Caller frees. */
static char *differences_of(const struct object *object)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < object->observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(object->observation->differences, i);
        g_string_append_printf(text, "%s\n%s\n%s\n", difference->field, difference->wanted, difference->found);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* What is to be done to OBJECT, as KIND came from a reading that may be minutes old. A repair sends what was read, so
 * what somebody changed meanwhile would be put back, and what nobody was shown would be changed. */
static gboolean decide_anew(struct worker *worker, struct object *object, GHashTable *made, enum action_kind *kind,
                            GError **error)
{
    gboolean matters = (*kind == ACTION_REPAIR && object->kind->take_away == NULL) ||
                       (*kind == ACTION_CREATE && !g_hash_table_contains(worker->run.just_read, object->key));
    if (!matters)
        return TRUE;
    enum action_kind before = *kind;
    g_autofree char *shown = differences_of(object);
    if (!look_right_before(worker, object, made, error))
        return FALSE;
    g_autofree char *found = differences_of(object);
    const struct situation situation = worker_situation(worker);
    *kind = action_for_object(&situation, object);
    if (before != ACTION_REPAIR || *kind != ACTION_REPAIR || strcmp(shown, found) == 0)
        return TRUE;
    worker_log(worker, LOG_WARNING, object->kind->name, "%s was changed while perch worked", object->title);
    run_fail(&worker->run, object, "Somebody changed it while perch worked: it was not repaired.",
             "Look at how it differs now, then apply again.");
    *kind = ACTION_NONE;
    return TRUE;
}

/* What came of a request without an answer may be nothing, and what stands behind it can be seen only then: that goes
 * into another plan. What is activated and given back goes by itself. KIND is none then. */
static void hold_back(struct worker *worker, const struct course *course, const struct object *object,
                      enum action_kind *kind)
{
    gboolean is_write = action_write(*kind) != WRITE_NONE && !object->kind->ends_by_itself;
    if (course->shown == NULL || !is_write || plan_number(course->shown, object, *kind, 0) > 0)
        return;
    worker_log(worker, LOG_NOTICE, object->kind->name, "%s is not in the plan that was seen: not sent", object->title);
    g_hash_table_add(worker->run.held_back, g_strdup(object->key));
    *kind = ACTION_NONE;
}

/* What only showed when a doubt was settled has to be looked at too, if it holds the tenant, or was taken away. */
static gboolean is_covered_by_yes(struct worker *worker, const struct course *course, const struct object *object,
                                  enum action_kind kind, GError **error)
{
    gboolean makes = kind == ACTION_CREATE || kind == ACTION_RESTORE || kind == ACTION_REPAIR;
    if (makes && course->shown == NULL && !object->kind->ends_by_itself && !approval_may_make(worker, error))
        return FALSE;
    g_autoptr(Request) request = worker->unattended && kind == ACTION_CREATE && !object->kind->ends_by_itself
                                     ? action_request(worker->tenant.onboarding, object, kind)
                                     : NULL;
    g_autofree char *body = request != NULL && request->body != NULL ? json_text(request->body) : g_strdup("");
    if (request == NULL || !plan_makes_global_administrator(request->method, body))
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_PERSON, "Nothing more was sent: " PLAN_NOT_COVERED, object->title);
    return FALSE;
}

/* By its number in the plan, which somebody compares it with; what no plan held has none. */
static void say_which(struct worker *worker, const struct object *object, enum action_kind kind, struct course *course)
{
    guint before = GPOINTER_TO_UINT(g_hash_table_lookup(course->sent, object->key));
    guint number = plan_number(course->planned, object, kind, before);
    g_autofree char *place =
        number > 0 ? g_strdup_printf("%u of %u: ", number, course->planned->requests->len) : g_strdup("");
    worker_log(worker, LOG_NOTICE, object->kind->name, "%s%s %s", place, plan_verb(object, kind), object->title);
    g_hash_table_insert(course->sent, object->key, GUINT_TO_POINTER(before + 1));
}

static gboolean do_one(struct worker *worker, struct object *object, enum action_kind kind, struct course *course,
                       GError **error)
{
    worker->run.working = object->key;
    worker_emit_board(worker);
    gboolean ok = decide_anew(worker, object, course->made, &kind, error);
    if (ok)
        hold_back(worker, course, object, &kind);
    ok = ok && is_covered_by_yes(worker, course, object, kind, error);
    if (ok && kind != ACTION_NONE && kind != ACTION_ADOPT && kind != ACTION_RESOLVE)
        say_which(worker, object, kind, course);
    choose_beside(worker, object, course->step);
    ok = ok && (kind == ACTION_NONE || write_action(worker, object, kind, error));
    g_ptr_array_set_size(worker->run.beside, 0);
    worker->run.working = NULL;
    if (kind == ACTION_CREATE)
        g_hash_table_add(course->made, g_strdup(object->key));
    return ok && read_newly_possible(worker, error) && step_waits_begin(worker, error);
}

/* A door that could not be read, since what it belongs to was made a moment ago: it is read again before anything that
 * stands behind it is given up. Each once a run. */
static struct object *unread_door(struct worker *worker, GHashTable *made, GHashTable *waited_for)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        gboolean refers_to_new = FALSE;
        for (guint k = 0; k < object->needs->len; k++)
            refers_to_new = refers_to_new || g_hash_table_contains(made, g_ptr_array_index(object->needs, k));
        if (object->kind->is_door && refers_to_new && object->observation->state == OBJECT_UNKNOWN &&
            !object->observation->told_counts && check_can_ask(worker, object) &&
            g_hash_table_add(waited_for, object->key))
            return object;
    }
    return NULL;
}

/* ACTION, and what an activation brings with it: what it opens, and what giving it back closes. */
static gboolean do_action(struct worker *worker, const struct action *action, struct course *course, GError **error)
{
    gboolean activates = action->object->kind->ends_by_itself;
    g_autoptr(GPtrArray) opens =
        activates && action->kind == ACTION_CREATE ? take_up_obstacles(worker, action->object) : g_ptr_array_new();
    warn_of_a_roles_end(worker, course);
    if (!do_one(worker, action->object, action->kind, course, error))
        return FALSE;
    if (activates && action->object->observation->state == OBJECT_MATCHES)
        g_ptr_array_extend(course->opened, opens, NULL, NULL);
    return !activates || action->kind != ACTION_REMOVE || (take_up_renew(worker, error) && check_all(worker, error));
}

/* What was held back is left to do. FALSE and an error if there is any. */
static gboolean tell_held_back(const struct worker *worker, GError **error)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        if (g_hash_table_contains(worker->run.held_back, object->key))
            g_ptr_array_add(titles, object->title);
    }
    g_autofree char *text = text_join(titles, ", ");
    if (titles->len > 0)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_PERSON,
                    "Not sent, as the plan that was seen did not hold it: %s.\nMake the plan anew, look at it, and "
                    "apply again.",
                    text);
    return titles->len == 0;
}

/* One more thing, or *OVER. */
static gboolean go_on(struct worker *worker, struct course *course, gboolean *over, GError **error)
{
    const struct situation situation = worker_situation(worker);
    const struct action action = action_next(&situation, course->step);
    gboolean activates = action.object != NULL && action.object->kind->ends_by_itself;
    if (course->opened->len > 0 && !activates) {
        gboolean ok = take_up_roles(worker, course->opened, course->step, course->shown, error);
        g_ptr_array_set_size(course->opened, 0);
        return ok;
    }
    struct object *door = action.object == NULL ? unread_door(worker, course->made, course->waited_for) : NULL;
    if (door != NULL)
        return look_right_before(worker, door, course->made, error);
    /* What this run activated another one gives back: that stood in no plan yet. */
    *over = action.object == NULL ||
            (activates && action.kind == ACTION_REMOVE && g_hash_table_contains(course->made, action.object->key));
    if (*over)
        return TRUE;
    if (http_is_cancelled(worker->http)) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped before the next request.");
        return FALSE;
    }
    return do_action(worker, &action, course, error);
}

/* Who gets in by what was made was read before all of it stood. That a replica which is behind does not show it any
 * more is no end of a run. */
static gboolean read_doors_again(struct worker *worker, GHashTable *made, GError **error)
{
    g_autoptr(GHashTable) touched = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        gboolean was_read = object->kind->is_door && object->observation->state != OBJECT_UNKNOWN;
        for (guint k = 0; was_read && k < object->needs->len; k++)
            if (g_hash_table_contains(made, g_ptr_array_index(object->needs, k)))
                g_hash_table_add(touched, object->key);
    }
    if (g_hash_table_size(touched) > 0 && !check_touched(worker, touched, error))
        return FALSE;
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        if (g_hash_table_contains(touched, object->key) && object->observation->state == OBJECT_UNKNOWN &&
            check_can_ask(worker, object) && !look_right_before(worker, object, made, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean run(struct worker *worker, const char *step, const struct plan *planned, gboolean exactly,
                    GError **error)
{
    g_autoptr(GHashTable) made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) waited_for = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) opened = g_ptr_array_new();
    g_autoptr(GHashTable) sent = g_hash_table_new(g_str_hash, g_str_equal);
    struct course course = {.step = step,
                            .planned = planned,
                            .shown = exactly ? planned : NULL,
                            .made = made,
                            .waited_for = waited_for,
                            .opened = opened,
                            .sent = sent};
    gboolean over = FALSE, ok = TRUE;
    while (ok && !over) {
        ok = go_on(worker, &course, &over, error);
        if (!over)
            worker_emit_board(worker);
    }
    ok = ok && read_doors_again(worker, made, error) && tell_held_back(worker, error);
    g_hash_table_remove_all(worker->run.held_back);
    return ok;
}

gboolean apply_all(struct worker *worker, const char *step, gboolean exactly, GError **error)
{
    g_hash_table_remove_all(worker->run.failures);
    run_begin_writes(&worker->run);
    g_hash_table_remove_all(worker->run.just_read);
    const struct situation situation = worker_situation(worker);
    g_auto(GStrv) scopes = plan_scopes(&situation, step);
    struct plan *planned = plan_apply(&situation, step);
    gboolean ok = operator_require_scopes(worker, scopes, error);
    /* The sign-in may have taken until the next day. */
    if (ok && exactly && plan_names_another_day(planned, worker_now(worker))) {
        g_set_error_literal(
            error, PERCH_ERROR, PERCH_ERROR_PERSON,
            "Nothing was sent: midnight passed during the sign-in, and the plan names the day.\nMake the plan "
            "anew.");
        ok = FALSE;
    }
    ok = ok && run(worker, step, planned, exactly, error);
    plan_unref(planned);
    return ok;
}
