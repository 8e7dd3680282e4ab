/* SPDX-License-Identifier: MIT */
#include "engine/take_up.h"

#include "base/error.h"
#include "base/limits.h"
#include "engine/check.h"
#include "engine/worker.h"

#define LONGEST_PAUSE_SECONDS 30

GPtrArray *take_up_obstacles(const struct worker *worker, const struct object *object)
{
    GPtrArray *obstacles = g_ptr_array_new();
    for (guint i = 0; i < worker->tenant.onboarding->steps->len; i++) {
        const struct step *step = g_ptr_array_index(worker->tenant.onboarding->steps, i);
        if (step->definition->obstacle != NULL && object->kind->opens(object, step->id))
            g_ptr_array_add(obstacles, (gpointer)step->definition->obstacle);
    }
    return obstacles;
}

gboolean take_up_renew(struct worker *worker, GError **error)
{
    return sign_in_token(worker->operator.sign_in, SERVICE_GRAPH, TRUE, error) != NULL &&
           (!worker->operator.defender_ready ||
             sign_in_token(worker->operator.sign_in, SERVICE_DEFENDER, TRUE, error) != NULL);
}

static gboolean read_roles(struct worker *worker, const GPtrArray *obstacles, gboolean *in_effect, GError **error)
{
    const struct onboarding *onboarding = worker->tenant.onboarding;
    if (!take_up_renew(worker, error))
        return FALSE;
    for (guint i = 0; i < onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(onboarding->objects, i);
        if (object->kind->learns_steps && !check_one(worker, object, error))
            return FALSE;
    }
    *in_effect = TRUE;
    for (guint i = 0; i < obstacles->len; i++)
        *in_effect =
            *in_effect && g_strcmp0(g_hash_table_lookup(onboarding->values, g_ptr_array_index(obstacles, i)), "") == 0;
    return TRUE;
}

gboolean take_up_roles(struct worker *worker, const GPtrArray *obstacles, const char *step, const struct plan *shown,
                       GError **error)
{
    gint64 deadline = worker_now(worker) + (gint64)LIMIT_ROLE_IN_EFFECT * G_USEC_PER_SEC;
    gboolean in_effect = FALSE;
    for (gint64 pause = 1;; pause = MIN(pause * 2, LONGEST_PAUSE_SECONDS)) {
        if (!read_roles(worker, obstacles, &in_effect, error))
            return FALSE;
        if (in_effect || worker_now(worker) >= deadline)
            break;
        if (pause == 2)
            worker_log_wait(worker, "sign-in", deadline, "waiting until what was activated is in effect");
        if (!worker_pause_until(worker, worker_now(worker) + pause * G_USEC_PER_SEC)) {
            g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped before the next request.");
            return FALSE;
        }
    }
    worker_log(worker, LOG_NOTICE, "sign-in",
               in_effect ? "what was activated is in effect; reading everything anew with it"
                         : "what was activated is not in effect yet; what needs it says so");
    if (!check_all(worker, error))
        return FALSE;
    const struct situation situation = worker_situation(worker);
    struct plan *plan = plan_apply(&situation, step);
    gboolean is_as_shown = shown == NULL || plan_is_part_of(plan, shown);
    plan_unref(plan);
    if (!is_as_shown) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_PERSON,
                            "Nothing more was sent: the role is active, and with it the tenant shows what was not seen "
                            "before, so that the rest is not what the plan showed.\nMake the plan anew.");
        return FALSE;
    }
    g_auto(GStrv) scopes = plan_scopes(&situation, step);
    return operator_require_scopes(worker, scopes, error);
}
