#include "engine/plan.h"

#include <string.h>

#include "engine/actions.h"
#include "engine/leftover.h"
#include "engine/scopes.h"
#include "engine/steps.h"
#include "engine/undo.h"

static struct plan *plan_new(gboolean undo, const char *step)
{
    struct plan *plan = g_new0(struct plan, 1);
    plan->references = 1;
    plan->undo = undo;
    plan->step = g_strdup(step != NULL ? step : "");
    plan->requests = g_ptr_array_new_with_free_func((GDestroyNotify)planned_request_free);
    plan->obstacles = g_ptr_array_new_with_free_func(g_free);
    return plan;
}

static const char *verb_of(const struct object *object, enum action_kind kind)
{
    if (kind == ACTION_CREATE)
        return object->kind->verb;
    return kind == ACTION_REPAIR && object->kind->only_if == NULL ? "change" : action_word(kind);
}

static char *sentence_of(const struct object *object)
{
    if (object->kind->only_if != NULL)
        return g_strdup_printf("%s, %s", object->title, object->kind->only_if);
    return g_strdup(object->title);
}

static GPtrArray *differences_of(struct worker *worker, const struct object *object, enum action_kind kind)
{
    GPtrArray *differences = g_ptr_array_new();
    for (guint i = 0; kind == ACTION_REPAIR && i < object->observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(object->observation->differences, i);
        g_autofree char *found = log_clean(worker->log, difference->found);
        g_ptr_array_add(differences, board_difference_new(difference->field, difference->wanted, found));
    }
    return differences;
}

/* For the screen: cJSON indents with tabs, which a terminal does not draw. */
static char *indented(const json *body)
{
    g_autofree char *text = body != NULL ? json_text_indented(body) : g_strdup("");
    g_autoptr(GString) spaced = g_string_new(text);
    g_string_replace(spaced, ":\t", ": ", 0);
    g_string_replace(spaced, "\t", "  ", 0);
    return g_string_free(g_steal_pointer(&spaced), FALSE);
}

static struct planned_request *planned_request_new(struct worker *worker, const struct object *object,
                                                   const struct request *request, const char *verb)
{
    struct planned_request *planned = g_new0(struct planned_request, 1);
    planned->verb = g_strdup(verb);
    g_autofree char *sentence = sentence_of(object);
    planned->sentence = log_clean(worker->log, sentence);
    planned->step = g_strdup(object->step);
    planned->object = g_strdup(object->key);
    planned->kind = g_strdup(object->kind->name);
    planned->method = g_strdup(request->method);
    planned->url = client_url(worker->cloud, request);
    planned->body = request->body != NULL ? json_text(request->body) : g_strdup("");
    planned->body_indented = indented(request->body);
    return planned;
}

static void plan_action(struct worker *worker, struct plan *plan, const struct object *object, enum action_kind kind)
{
    g_autoptr(Request) request = action_request(worker, object, kind);
    if (request == NULL)
        return;
    struct planned_request *planned = planned_request_new(worker, object, request, verb_of(object, kind));
    planned->risk = g_strdup(kind == ACTION_CREATE ? object->risk : "");
    planned->differences = differences_of(worker, object, kind);
    g_ptr_array_add(plan->requests, planned);
}

static void add_obstacles(struct worker *worker, struct plan *plan, GHashTable *assumed)
{
    for (guint i = 0; i < worker->onboarding->steps->len; i++) {
        const struct step *step = g_ptr_array_index(worker->onboarding->steps, i);
        struct step_status status = {0};
        step_status(worker, step, assumed, &status);
        if (status.state == STEP_NEEDS_YOU || status.state == STEP_DIFFERS || status.state == STEP_FAILED ||
            status.state == STEP_UNKNOWN || status.state == STEP_IN_DOUBT) {
            g_autofree char *sentence =
                g_strdup_printf("%s: %s", json_get_string(step->definition, "title"), status.reason);
            g_ptr_array_add(plan->obstacles, log_clean(worker->log, sentence));
        }
        step_status_clear(&status);
    }
}

typedef void (*action_func)(struct worker *worker, const struct object *object, enum action_kind kind, gpointer data);

static void for_each_action(struct worker *worker, const char *step, GHashTable *assumed, action_func each,
                            gpointer data)
{
    enum action_kind kind = ACTION_NONE;
    for (const struct object *object = action_next(worker, assumed, step, &kind); object != NULL;
         object = action_next(worker, assumed, step, &kind)) {
        each(worker, object, kind, data);
        g_hash_table_add(assumed, (gpointer)object->key);
    }
}

static void add_to_plan(struct worker *worker, const struct object *object, enum action_kind kind, gpointer data)
{
    plan_action(worker, data, object, kind);
}

struct plan *plan_apply(struct worker *worker, const char *step)
{
    struct plan *plan = plan_new(FALSE, step);
    g_autoptr(GHashTable) assumed = g_hash_table_new(g_str_hash, g_str_equal);
    for_each_action(worker, step, assumed, add_to_plan, plan);
    add_obstacles(worker, plan, assumed);
    return plan;
}

static void plan_leftover(struct worker *worker, struct plan *plan, const struct leftover *leftover)
{
    g_autoptr(Request) request = leftover_request(leftover);
    if (request == NULL)
        return;
    struct planned_request *planned = g_new0(struct planned_request, 1);
    planned->verb = g_strdup("remove");
    planned->sentence = log_clean(worker->log, json_get_string(leftover->take_back, "title"));
    planned->step = g_strdup(json_get_string(leftover->take_back, "step"));
    planned->object = g_strdup(leftover->key);
    planned->kind = g_strdup(json_get_string(leftover->take_back, "kind"));
    planned->method = g_strdup(request->method);
    planned->url = client_url(worker->cloud, request);
    planned->body = g_strdup("");
    planned->body_indented = g_strdup("");
    planned->risk = g_strdup("");
    planned->differences = g_ptr_array_new();
    g_ptr_array_add(plan->requests, planned);
}

static void plan_leftovers(struct worker *worker, struct plan *plan)
{
    g_autoptr(GPtrArray) left = leftovers(worker);
    for (guint i = 0; i < left->len; i++)
        plan_leftover(worker, plan, g_ptr_array_index(left, i));
}

struct plan *plan_undo(struct worker *worker)
{
    struct plan *plan = plan_new(TRUE, NULL);
    plan_leftovers(worker, plan);
    g_autoptr(GPtrArray) objects = undo_objects(worker);
    for (guint i = 0; i < objects->len; i++) {
        const struct object *object = g_ptr_array_index(objects, i);
        g_autoptr(Request) request = undo_request(worker, object);
        if (request == NULL)
            continue;
        struct planned_request *planned =
            planned_request_new(worker, object, request, object->created ? "remove" : "change back");
        planned->risk = g_strdup("");
        planned->differences = g_ptr_array_new();
        g_ptr_array_add(plan->requests, planned);
    }
    return plan;
}

static void add_action_scopes(struct worker *worker, const struct object *object, enum action_kind kind, gpointer data)
{
    /* What turns out not to have been done will be sent again. */
    enum action_kind sent = kind == ACTION_RESOLVE && object->kind->create != NULL ? ACTION_CREATE : kind;
    g_autoptr(Request) request = action_request(worker, object, sent);
    scopes_add(data, request != NULL ? request->scope : NULL);
}

static char **end_scopes(GPtrArray *scopes)
{
    g_ptr_array_add(scopes, NULL);
    return (char **)g_ptr_array_free(scopes, FALSE);
}

char **plan_scopes(struct worker *worker, const char *step)
{
    GPtrArray *scopes = g_ptr_array_new();
    g_autoptr(GHashTable) assumed = g_hash_table_new(g_str_hash, g_str_equal);
    for_each_action(worker, step, assumed, add_action_scopes, scopes);
    return end_scopes(scopes);
}

char **plan_undo_scopes(struct worker *worker)
{
    GPtrArray *scopes = g_ptr_array_new();
    g_autoptr(GPtrArray) objects = undo_objects(worker);
    for (guint i = 0; i < objects->len; i++) {
        g_autoptr(Request) request = undo_request(worker, g_ptr_array_index(objects, i));
        scopes_add(scopes, request != NULL ? request->scope : NULL);
    }
    g_autoptr(GPtrArray) left = leftovers(worker);
    for (guint i = 0; i < left->len; i++) {
        g_autoptr(Request) request = leftover_request(g_ptr_array_index(left, i));
        scopes_add(scopes, request != NULL ? request->scope : NULL);
    }
    return end_scopes(scopes);
}
