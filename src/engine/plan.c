/* SPDX-License-Identifier: MIT */
#include "engine/plan.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "engine/actions.h"
#include "engine/guide_lines.h"
#include "engine/leave_decision.h"
#include "engine/leftover.h"
#include "engine/own_title.h"
#include "engine/recycle_bin.h"
#include "engine/scopes.h"
#include "engine/step_status.h"
#include "engine/undo_plan.h"
#include "microsoft/client.h"
#include "onboarding/answer_key.h"
#include "onboarding/door.h"

/* The id of that role's template, which is its id in every tenant: Microsoft's list of built-in roles. */
#define GLOBAL_ADMINISTRATOR "62e90394-69f5-4237-9190-012177145e10"

static struct plan *plan_new(const struct situation *situation, gboolean undo, const char *step)
{
    const struct cloud *cloud = situation->cloud;
    struct plan *plan = g_new0(struct plan, 1);
    plan->references = 1;
    plan->undo = undo;
    plan->step = g_strdup(step != NULL ? step : "");
    plan->answers_sha256 = g_strdup("");
    plan->day = g_strdup(g_hash_table_lookup(situation->onboarding->values, "today"));
    plan->practice_port = g_strdup(cloud->practice ? strrchr(cloud->graph, ':') : "");
    plan->requests = g_ptr_array_new_with_free_func((GDestroyNotify)planned_request_free);
    plan->obstacles = g_ptr_array_new_with_free_func(g_free);
    plan->choices = g_ptr_array_new_with_free_func(g_free);
    plan->by_hand = g_ptr_array_new_with_free_func(g_free);
    return plan;
}

const char *plan_verb(const struct object *object, enum action_kind kind)
{
    /* What only a difference brings about is the same request, whether it was announced or is mended. */
    if (kind == ACTION_CREATE || (kind == ACTION_REPAIR && object->kind->only_if != NULL))
        return object->kind->verb;
    return kind == ACTION_REPAIR ? "change" : write_action_word(action_write(kind));
}

static struct planned_request *planned_request_new(const struct situation *situation, const struct object *object,
                                                   const struct request *request, const char *verb)
{
    struct planned_request *planned = g_new0(struct planned_request, 1);
    planned->verb = g_strdup(verb);
    const char *only_if = object->kind->only_if;
    g_autofree char *second =
        only_if == NULL && object->kind->plan_adds != NULL ? object->kind->plan_adds(object) : NULL;
    g_autofree char *sentence = only_if != NULL  ? g_strdup_printf("%s; %s", object->title, only_if)
                                : second != NULL ? g_strdup_printf("%s; %s", object->title, second)
                                                 : g_strdup(object->title);
    planned->sentence = situation_clean(situation, sentence);
    planned->step = g_strdup(object->step);
    planned->object = g_strdup(object->key);
    planned->kind = g_strdup(object->kind->name);
    planned->risk = g_strdup("");
    planned->differences = g_ptr_array_new_with_free_func(g_free);
    planned->method = g_strdup(request->method);
    planned->url = client_url(situation->cloud, request);
    planned->body = request->body != NULL ? json_text(request->body) : g_strdup("");
    /* Whoever activates that role was given it before, and said by name that it is to be activated. */
    planned->for_person =
        !object->kind->ends_by_itself && plan_makes_global_administrator(planned->method, planned->body);
    /* For the screen: cJSON indents with tabs, which a terminal does not draw. */
    g_autofree char *text = request->body != NULL ? json_text_indented(request->body) : g_strdup("");
    g_autoptr(GString) spaced = g_string_new(text);
    g_string_replace(spaced, ":\t", ": ", 0);
    g_string_replace(spaced, "\t", "  ", 0);
    planned->body_indented = g_string_free(g_steal_pointer(&spaced), FALSE);
    return planned;
}

/* What follows the first request of ACTION: of those who are to be taken away from a door, one after another. */
static GPtrArray *requests_after(const struct situation *situation, const struct action *action)
{
    gboolean is_door = action->kind == ACTION_REPAIR && action->object->kind->take_away != NULL;
    GPtrArray *requests = is_door ? door_repairs_after(action->object) : g_ptr_array_new();
    for (guint i = 0; i < requests->len; i++)
        onboarding_fill(situation->onboarding, g_ptr_array_index(requests, i));
    return requests;
}

/* What ACTION sends; of a creation without an answer, of which nothing shows, that creation again. */
static enum action_kind kind_sent(const struct situation *situation, const struct action *action)
{
    const struct object *object = action->object;
    gboolean is_creation = action->kind == ACTION_RESOLVE && object->kind->create != NULL &&
                           situation_object(situation, object)->action == WRITE_CREATE;
    return is_creation && object->row.state == OBJECT_ABSENT ? ACTION_CREATE : action->kind;
}

static void plan_action(const struct situation *situation, struct plan *plan, const struct action *action)
{
    const struct object *object = action->object;
    enum action_kind kind = kind_sent(situation, action);
    g_autoptr(Request) request = action_request(situation->onboarding, object, kind);
    if (request == NULL)
        return;
    struct planned_request *planned = planned_request_new(situation, object, request, plan_verb(object, kind));
    if (kind == ACTION_CREATE) {
        /* Why making it deserves a second look. */
        g_autofree char *terms = object->kind->terms != NULL ? object->kind->terms(object) : NULL;
        g_autofree char *risk = terms != NULL ? g_strdup_printf("%s: %s", object->risk, terms) : g_strdup(object->risk);
        g_autofree char *clean = situation_clean(situation, risk);
        text_set(&planned->risk, terms != NULL ? clean : risk);
    }
    if (kind != action->kind) {
        g_autofree char *again =
            g_strdup_printf("%s; again, only if nothing came of the request before", planned->sentence);
        text_set(&planned->sentence, again);
    }
    for (guint i = 0; action->kind == ACTION_REPAIR && i < object->observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(object->observation->differences, i);
        g_autofree char *found = situation_clean(situation, difference->found);
        g_ptr_array_add(planned->differences, board_difference_new(difference->field, difference->wanted, found));
    }
    g_ptr_array_add(plan->requests, planned);
    g_autoptr(GPtrArray) after = requests_after(situation, action);
    for (guint i = 0; i < after->len; i++) {
        planned = planned_request_new(situation, object, g_ptr_array_index(after, i), plan_verb(object, action->kind));
        g_ptr_array_add(plan->requests, planned);
    }
}

/* What apply would do, one after another, if the service said yes to each. A new array of struct action. ASSUMED gets
 * the keys. */
static GArray *actions_of(const struct situation *situation, const char *step, GHashTable *assumed)
{
    struct situation then = *situation;
    GArray *actions = g_array_new(FALSE, FALSE, sizeof(struct action));
    then.assumed = assumed;
    for (struct action next = action_next(&then, step); next.object != NULL; next = action_next(&then, step)) {
        g_array_append_val(actions, next);
        g_hash_table_add(assumed, next.object->key);
    }
    return actions;
}

/* What of STEP, parts of which are in PLAN, is not: its titles; the step's own where nothing of it is. Caller frees. */
static char *left_out_of(const struct situation *then, const struct plan *plan, const struct step *step)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    gboolean is_begun = FALSE;
    for (guint i = 0; i < plan->requests->len; i++)
        is_begun |= strcmp(((const struct planned_request *)g_ptr_array_index(plan->requests, i))->step, step->id) == 0;
    for (guint i = 0; is_begun && i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        if (object->kind->create != NULL && !object->kind->ends_by_itself && !situation_matches(then, object))
            g_ptr_array_add(titles, object->title);
    }
    return titles->len > 0 ? text_join(titles, ", ") : g_strdup(step->definition->title);
}

struct plan *plan_apply(const struct situation *situation, const char *step)
{
    struct plan *plan = plan_new(situation, FALSE, step);
    g_autoptr(GHashTable) assumed = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) actions = actions_of(situation, step, assumed);
    struct situation then = *situation;
    then.assumed = assumed;
    for (guint i = 0; i < actions->len; i++)
        plan_action(situation, plan, &g_array_index(actions, struct action, i));
    for (guint i = 0; i < then.onboarding->steps->len; i++) {
        const struct step *other = g_ptr_array_index(then.onboarding->steps, i);
        g_auto(StepStatus) status = step_status(&then, other);
        /* Whoever does one step alone knows that what comes behind it is not in its plan. */
        gboolean comes_later = status.state == STEP_BLOCKED || status.state == STEP_WAITING;
        if (status.state == STEP_TO_DO || step_state_is_settled(status.state) || other->definition->report ||
            (comes_later && step != NULL))
            continue;
        g_autofree char *what = left_out_of(&then, plan, other);
        g_autofree char *sentence = g_strdup_printf("%s: %s", what, status.reason);
        g_ptr_array_add(plan->obstacles, situation_clean(&then, sentence));
    }
    g_autofree char *answers = json_text(situation->onboarding->answers);
    g_free(plan->answers_sha256);
    plan->answers_sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, answers, -1);
    return plan;
}

gboolean plan_is_part_of(const struct plan *plan, const struct plan *shown)
{
    for (guint i = 0; i < plan->requests->len; i++) {
        const struct planned_request *one = g_ptr_array_index(plan->requests, i);
        gboolean found = FALSE;
        for (guint k = 0; !found && k < shown->requests->len; k++) {
            const struct planned_request *other = g_ptr_array_index(shown->requests, k);
            found = strcmp(one->method, other->method) == 0 && strcmp(one->url, other->url) == 0 &&
                    strcmp(one->body, other->body) == 0;
        }
        if (!found)
            return FALSE;
    }
    return TRUE;
}

gboolean plan_makes_global_administrator(const char *method, const char *body)
{
    /* Microsoft takes an id in any case. */
    g_autofree char *small = g_ascii_strdown(body, -1);
    return strcmp(method, "POST") == 0 && strstr(small, GLOBAL_ADMINISTRATOR) != NULL;
}

guint plan_number(const struct plan *plan, const struct object *object, enum action_kind kind, guint nth)
{
    guint number = 0;
    for (guint i = 0, found = 0; i < plan->requests->len && found <= nth; i++) {
        const struct planned_request *planned = g_ptr_array_index(plan->requests, i);
        if (strcmp(planned->object, object->key) != 0 || strcmp(planned->verb, plan_verb(object, kind)) != 0)
            continue;
        number = i + 1;
        found++;
    }
    return number;
}

static void plan_leftover(const struct situation *situation, struct plan *plan, const struct leftover *leftover)
{
    g_autoptr(Request) request = leftover_request(leftover);
    if (request == NULL)
        return;
    struct planned_request *planned = g_new0(struct planned_request, 1);
    planned->verb = g_strdup(write_action_word(WRITE_REMOVE));
    planned->sentence = situation_clean(situation, leftover->take_back->title);
    planned->step = g_strdup(leftover->take_back->step);
    planned->object = g_strdup(leftover->key);
    planned->kind = g_strdup(leftover->take_back->kind);
    planned->method = g_strdup(request->method);
    planned->url = client_url(situation->cloud, request);
    planned->body = g_strdup("");
    planned->body_indented = g_strdup("");
    planned->risk = g_strdup("");
    planned->differences = g_ptr_array_new();
    g_ptr_array_add(plan->requests, planned);
}

/* Of the doors of what is left: each who is to be taken away, one after another. Caller unrefs. */
static GPtrArray *door_requests(const struct situation *situation, const struct object *door)
{
    struct request *first = door_repair(door);
    GPtrArray *requests = first != NULL ? door_repairs_after(door) : g_ptr_array_new();
    if (first != NULL)
        g_ptr_array_insert(requests, 0, first);
    for (guint i = 0; i < requests->len; i++)
        onboarding_fill(situation->onboarding, g_ptr_array_index(requests, i));
    return requests;
}

/* What is taken away so joins ENDED, hashed. */
static void plan_door(const struct situation *situation, struct plan *plan, const struct object *door,
                      GHashTable *ended)
{
    g_autoptr(GPtrArray) requests = door_requests(situation, door);
    for (guint i = 0; i < requests->len; i++) {
        struct planned_request *planned =
            planned_request_new(situation, door, g_ptr_array_index(requests, i), PLAN_VERB_END);
        g_autofree char *name = door_name_to_go(door, i);
        g_hash_table_add(ended, request_digest(g_ptr_array_index(requests, i)));
        g_free(planned->sentence);
        planned->sentence = situation_clean(situation, name);
        g_ptr_array_add(plan->requests, planned);
    }
}

struct plan *plan_undo(const struct situation *situation)
{
    struct plan *plan = plan_new(situation, TRUE, NULL);
    g_autoptr(GPtrArray) doors = undo_doors(situation);
    g_autoptr(GHashTable) ended = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < doors->len; i++)
        plan_door(situation, plan, g_ptr_array_index(doors, i), ended);
    g_autoptr(GPtrArray) left = leftovers(situation);
    for (guint i = 0; i < left->len; i++)
        plan_leftover(situation, plan, g_ptr_array_index(left, i));
    g_autoptr(GPtrArray) objects = undo_objects(situation);
    for (guint i = 0; i < objects->len; i++) {
        const struct object *object = g_ptr_array_index(objects, i);
        g_autoptr(Request) request = undo_request(situation, object);
        if (request == NULL || undo_is_among(situation, object, ended))
            continue;
        struct planned_request *planned = planned_request_new(
            situation, object, request, object->created || object->leaves ? "remove" : "change back");
        g_autofree char *title = own_title_of_undo(situation, object);
        g_free(planned->sentence);
        planned->sentence = situation_clean(situation, title);
        g_ptr_array_add(plan->requests, planned);
    }
    return plan;
}

/* What was never looked for, as its step was left out before it knew what to look for. */
static gboolean was_left_out(const struct situation *situation, const struct object *object)
{
    const struct step *step = onboarding_step(situation->onboarding, object->step);
    g_autofree char *missing = onboarding_missing(situation->onboarding, object);
    return missing != NULL && object->observation->state == OBJECT_UNKNOWN && object->observation->checked == 0 &&
           object->kind->remove != NULL && situation_step(situation, step)->skipped_by[0] != '\0';
}

static void add_left_out_line(const struct situation *situation, const struct object *object, GPtrArray *lines)
{
    if (!was_left_out(situation, object))
        return;
    g_autofree char *text =
        g_strdup_printf("“%s” was left out, so perch never knew what to look for: %s. If somebody set it up all the "
                        "same, take it away in the portal, or take the step in again, fill it in, and leave anew.",
                        onboarding_step(situation->onboarding, object->step)->definition->title, object->title);
    g_autofree char *clean = situation_clean(situation, text);
    g_ptr_array_add(lines, board_line_new(clean, "", FALSE));
}

/* What of the partner's stays, and nobody decided so, in one sentence; NULL if OBJECT goes, is gone, or is no matter of
 * the partner's. Caller frees. */
static char *left_open(const struct situation *situation, const struct object *object)
{
    const struct step *step = onboarding_step(situation->onboarding, object->step);
    enum object_state state = object->observation->state;
    gboolean is_there = state == OBJECT_MATCHES || state == OBJECT_DIFFERS || state == OBJECT_MANY;
    gboolean is_door = object->leaves && object->kind->take_away != NULL && object->observation->checked != 0;
    gboolean is_partners = object->kind->remove != NULL && !object->kind->is_companys && !object->created;
    if (leave_decision(situation, object) != NULL && is_there)
        return NULL;
    if (onboarding_falls_away(situation->onboarding, step) != NULL)
        return NULL;
    if (is_there && is_partners && !object->leaves) {
        g_autofree char *differs = door_differences(object);
        g_autofree char *key = answer_key(object);
        g_autofree char *code = leave_decision_needs_code(situation, object);
        return g_strdup_printf("%s was not made by perch%s%s%s%s: \"leave\": {\"%s\": \"remove%s\"} in the answers "
                               "takes it away, \"keep%s\" leaves it.",
                               object->title, differs != NULL ? ", and is otherwise than wanted (" : "",
                               differs != NULL ? differs : "", differs != NULL ? ")" : "",
                               code[0] != '\0' ? ", and is another than was shown before" : "", key, code, code);
    }
    if ((state == OBJECT_UNKNOWN || state == OBJECT_IN_DOUBT) && (is_partners || is_door) &&
        !was_left_out(situation, object))
        return g_strdup_printf("%s is not known to be gone: %s", object->title, object->observation->sentence);
    return NULL;
}

static void add_bin_line(const struct situation *situation, const struct object *object, GPtrArray *lines)
{
    g_autofree char *in_bin = recycle_bin_text(object);
    if (in_bin == NULL)
        return;
    g_autofree char *text = g_strdup_printf("%s To end that: %s. Its id", in_bin, object->kind->bin);
    g_autofree char *clean = situation_clean(situation, text);
    g_ptr_array_add(lines, board_line_new(clean, object->observation->deleted_id, FALSE));
}

/* Whether OBJECT, which perch did not make, goes with the partner is a person's to decide, and to decide anew. */
static void add_choice(const struct situation *situation, const struct object *object, struct plan *plan)
{
    const char *said = leave_decision(situation, object);
    gboolean is_open = undo_leaves_partners(situation, object) && (said != NULL || !object->leaves);
    const struct step *step = onboarding_step(situation->onboarding, object->step);
    if (!is_open || onboarding_falls_away(situation->onboarding, step) != NULL)
        return;
    const char *goes_on = object_goes_on(object);
    g_autofree char *there = own_title_there(object);
    g_autofree char *code = leave_decision_needs_code(situation, object);
    g_autofree char *key = answer_key(object);
    g_autofree char *named = g_strdup_printf(
        "%s%s%s%s%s%s", there, goes_on != NULL ? " (" : "", goes_on != NULL ? goes_on : "", goes_on != NULL ? ")" : "",
        code[0] != '\0' ? ", another than was shown before: say it with " : "", code);
    g_autofree char *title = situation_clean(situation, named);
    g_autofree char *own_code = leave_decision_code(situation, object);
    g_autofree char *sentence = left_open(situation, object);
    g_autofree char *obstacle = situation_clean(situation, sentence);
    g_ptr_array_add(plan->choices, leave_choice_new(key, title, own_code, said != NULL ? said : "", obstacle));
}

/* How something is taken away helps nobody once it is gone, or is to stay. */
static gboolean says_something(const struct situation *situation, const struct guide_line *line)
{
    const struct object *object = line->object != NULL ? onboarding_object(situation->onboarding, line->object) : NULL;
    if (line->object == NULL || object == NULL)
        return line->object == NULL;
    const char *said = leave_decision(situation, object);
    return object->observation->state != OBJECT_ABSENT && (said == NULL || strcmp(said, "keep") != 0);
}

struct plan *plan_leave(const struct situation *situation)
{
    struct plan *plan = plan_undo(situation);
    const struct hand_back *leaving = situation->onboarding->profile->leaving;
    plan->leave = TRUE;
    for (guint i = 0; i < situation->onboarding->objects->len; i++) {
        g_autofree char *sentence = left_open(situation, g_ptr_array_index(situation->onboarding->objects, i));
        if (sentence != NULL)
            g_ptr_array_add(plan->obstacles, situation_clean(situation, sentence));
        add_choice(situation, g_ptr_array_index(situation->onboarding->objects, i), plan);
    }
    for (guint i = 0; i < situation->onboarding->steps->len; i++)
        guide_lines_of_leaving(situation, g_ptr_array_index(situation->onboarding->steps, i), plan->by_hand);
    for (guint i = 0; i < situation->onboarding->objects->len; i++) {
        add_left_out_line(situation, g_ptr_array_index(situation->onboarding->objects, i), plan->by_hand);
        add_bin_line(situation, g_ptr_array_index(situation->onboarding->objects, i), plan->by_hand);
    }
    for (guint i = 0; leaving != NULL && i < leaving->lines->len; i++)
        if (says_something(situation, g_ptr_array_index(leaving->lines, i)))
            guide_line_add(situation, g_ptr_array_index(leaving->lines, i), plan->by_hand);
    return plan;
}

static char **end_scopes(GPtrArray *scopes)
{
    static const char *const none_withheld[] = {NULL};
    scopes_drop_covered(scopes, none_withheld);
    g_ptr_array_add(scopes, NULL);
    return (char **)g_ptr_array_free(scopes, FALSE);
}

char **plan_scopes(const struct situation *situation, const char *step)
{
    GPtrArray *scopes = g_ptr_array_new();
    g_autoptr(GHashTable) assumed = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) actions = actions_of(situation, step, assumed);
    gboolean activates = FALSE;
    for (guint i = 0; i < actions->len; i++) {
        const struct action *action = &g_array_index(actions, struct action, i);
        if (activates && !action->object->kind->ends_by_itself)
            break;
        activates = action->kind == ACTION_CREATE && action->object->kind->ends_by_itself;
        g_autoptr(Request) request =
            action_request(situation->onboarding, action->object, kind_sent(situation, action));
        scopes_add(scopes, request != NULL ? request->scope : NULL);
        g_autoptr(GPtrArray) after = requests_after(situation, action);
        for (guint k = 0; k < after->len; k++)
            scopes_add(scopes, ((const struct request *)g_ptr_array_index(after, k))->scope);
    }
    return end_scopes(scopes);
}

char **plan_undo_scopes(const struct situation *situation)
{
    GPtrArray *scopes = g_ptr_array_new();
    g_autoptr(GPtrArray) doors = undo_doors(situation);
    for (guint i = 0; i < doors->len; i++) {
        g_autoptr(GPtrArray) requests = door_requests(situation, g_ptr_array_index(doors, i));
        for (guint k = 0; k < requests->len; k++)
            scopes_add(scopes, ((const struct request *)g_ptr_array_index(requests, k))->scope);
    }
    g_autoptr(GPtrArray) objects = undo_objects(situation);
    for (guint i = 0; i < objects->len; i++) {
        g_autoptr(Request) request = undo_request(situation, g_ptr_array_index(objects, i));
        scopes_add(scopes, request != NULL ? request->scope : NULL);
    }
    /* What turns out to be perch's own is removed as well. */
    for (guint i = 0; i < situation->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(situation->onboarding->objects, i);
        g_autoptr(Request) request =
            object->in_doubt && object->kind->remove != NULL ? object->kind->remove(object) : NULL;
        scopes_add(scopes, request != NULL ? request->scope : NULL);
    }
    g_autoptr(GPtrArray) left = leftovers(situation);
    for (guint i = 0; i < left->len; i++) {
        g_autoptr(Request) request = leftover_request(g_ptr_array_index(left, i));
        scopes_add(scopes, request != NULL ? request->scope : NULL);
    }
    return end_scopes(scopes);
}
