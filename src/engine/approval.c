/* SPDX-License-Identifier: MIT */
#include "engine/approval.h"

#include <string.h>

#include "base/error.h"
#include "engine/plan.h"
#include "engine/worker.h"

gboolean approval_holds(struct worker *worker, const struct command *command, GError **error)
{
    if (command->plan == NULL)
        return TRUE;
    const struct situation situation = worker_situation(worker);
    struct plan *plan = command->kind == COMMAND_LEAVE  ? plan_leave(&situation)
                        : command->kind == COMMAND_UNDO ? plan_undo(&situation)
                                                        : plan_apply(&situation, command->subject);
    g_autofree char *digest = plan_digest(plan);
    plan_unref(plan);
    if (strcmp(digest, command->plan) == 0)
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_PERSON,
                        "Nothing was sent: what would be sent now is not what was approved.\nMake the plan anew, and "
                        "have it approved.");
    return FALSE;
}

gboolean approval_may_make(struct worker *worker, GError **error)
{
    const struct situation situation = worker_situation(worker);
    g_autofree char *left = worker->unattended ? situation_left(&situation) : NULL;
    if (left == NULL && worker->unattended)
        left = situation_undone(&situation);
    if (left == NULL)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_PERSON,
                "%s: %s, and what that took away is not made again unasked.\nTo connect it again, run perch apply "
                "without --yes at a terminal, or the console; else end the job that runs this.",
                worker->run.sent ? "Nothing more was sent" : "Nothing was sent", left);
    return FALSE;
}

gboolean approval_covers(struct worker *worker, const struct command *command, GError **error)
{
    const struct situation situation = worker_situation(worker);
    struct plan *plan = worker->unattended ? plan_apply(&situation, command->subject) : NULL;
    const struct planned_request *grave = NULL;
    for (guint i = 0; plan != NULL && grave == NULL && i < plan->requests->len; i++) {
        const struct planned_request *request = g_ptr_array_index(plan->requests, i);
        if (request->for_person)
            grave = request;
    }
    if (grave != NULL)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_PERSON, "Nothing was sent: " PLAN_NOT_COVERED, grave->sentence);
    gboolean makes = plan != NULL && plan->requests->len > 0 && command->plan == NULL;
    gboolean may = grave == NULL && (!makes || approval_may_make(worker, error));
    plan_unref(plan);
    return may;
}
