#include "engine/apply.h"

#include "base/error.h"
#include "engine/actions.h"
#include "engine/boards.h"
#include "engine/check.h"
#include "engine/plan.h"
#include "engine/steps.h"
#include "engine/tenant.h"
#include "engine/write.h"

/* Something whose parent was not made by this run may be there already, and some things are only done if the look-up
 * then shows that they have to be: these are read first. */
static gboolean read_before(struct worker *worker, struct object *object, GHashTable *made)
{
    if (object->observation->checked != 0)
        return FALSE;
    if (object->kind->only_if != NULL)
        return TRUE;
    for (guint i = 0; i < object->needs->len; i++)
        if (g_hash_table_contains(made, g_ptr_array_index(object->needs, i)))
            return FALSE;
    (void)worker;
    return TRUE;
}

/* Objects that nobody creates (users, roles) and that could not be asked for before. */
static gboolean read_newly_possible(struct worker *worker, GError **error)
{
    for (guint i = 0; i < worker->onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->onboarding->objects, i);
        if (object->kind->create != NULL || object->observation->checked != 0)
            continue;
        if (check_can_ask(worker, object) && !check_one(worker, object, error))
            return FALSE;
    }
    check_infer(worker);
    return TRUE;
}

static gboolean do_one(struct worker *worker, struct object *object, enum action_kind kind, GHashTable *made,
                       GError **error)
{
    if (kind != ACTION_ADOPT && kind != ACTION_RESOLVE && read_before(worker, object, made))
        return check_one(worker, object, error);
    worker->working = object->key;
    boards_emit(worker);
    gboolean ok = write_action(worker, object, kind, error);
    worker->working = NULL;
    if (kind == ACTION_CREATE)
        g_hash_table_add(made, g_strdup(object->key));
    return ok && read_newly_possible(worker, error) && steps_begin_waits(worker, error);
}

static gboolean run(struct worker *worker, const char *step, GError **error)
{
    g_autoptr(GHashTable) made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    enum action_kind kind = ACTION_NONE;
    for (struct object *object = action_next(worker, NULL, step, &kind); object != NULL;
         object = action_next(worker, NULL, step, &kind)) {
        if (http_is_cancelled(worker->http)) {
            g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped before the next request.");
            return FALSE;
        }
        gboolean ok = do_one(worker, object, kind, made, error);
        boards_emit(worker);
        if (!ok)
            return FALSE;
    }
    return TRUE;
}

gboolean apply_all(struct worker *worker, const char *step, GError **error)
{
    g_hash_table_remove_all(worker->failures);
    g_auto(GStrv) scopes = plan_scopes(worker, step);
    return tenant_require_scopes(worker, scopes, error) && run(worker, step, error);
}
