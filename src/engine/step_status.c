/* SPDX-License-Identifier: MIT */
#include "engine/step_status.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "engine/actions.h"
#include "engine/belief.h"
#include "engine/step_drift.h"
#include "engine/step_fields.h"
#include "engine/step_told.h"

#define TELL_LATER "Do it as the lines below say, then say that it is done."
#define LOOK_AND_APPLY "Look at the plan, then apply."

/* TRUE, so that a question can end with it. */
static gboolean say(struct step_status *status, enum step_state state, const char *reason, const char *next)
{
    struct step_status said = {.state = state, .reason = g_strdup(reason), .next = g_strdup(next)};
    step_status_clear(status);
    *status = said;
    return TRUE;
}

void step_status_clear(struct step_status *status)
{
    g_clear_pointer(&status->reason, g_free);
    g_clear_pointer(&status->next, g_free);
}

static const struct object *find_state(const struct situation *situation, const struct step *step,
                                       enum object_state state)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        gboolean is_offer = object->kind->ends_by_itself && state != OBJECT_IN_DOUBT;
        if (!is_offer && object->observation->state == state && !situation_assumes(situation, object))
            return object;
    }
    return NULL;
}

static const char *sentence_or(const struct object *object, const char *otherwise)
{
    return object->observation->sentence[0] != '\0' ? object->observation->sentence : otherwise;
}

gboolean step_is_proved(const struct situation *situation, const struct step *step)
{
    /* A list that has to be given, and of whose entries there are to be objects, is empty yet. */
    for (guint i = 0; i < step->definition->objects->len; i++) {
        const struct object_definition *object = g_ptr_array_index(step->definition->objects, i);
        const struct field *field =
            object->for_each != NULL ? profile_field(situation->onboarding->profile, object->for_each) : NULL;
        if (field != NULL && field->required &&
            json_length(json_get_path(situation->onboarding->answers, object->for_each)) == 0)
            return FALSE;
    }
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        if (!object->kind->ends_by_itself && !situation_matches(situation, object))
            return FALSE;
    }
    return step->objects->len > 0;
}

/* The first step that STEP needs and that is not settled, or NULL. */
static const struct step *first_unmet(const struct situation *situation, const struct step *step)
{
    for (guint i = 0; step->definition->needs[i] != NULL; i++) {
        const struct step *needed = onboarding_step(situation->onboarding, step->definition->needs[i]);
        g_auto(StepStatus) status = step_status(situation, needed);
        if (!step_state_is_settled(status.state))
            return needed;
    }
    return NULL;
}

/* What the account that is signed in may not do; NULL if there is nothing. */
static const char *obstacle_of(const struct situation *situation, const struct step *step)
{
    const char *name = step->definition->obstacle;
    const char *obstacle = name != NULL ? g_hash_table_lookup(situation->onboarding->values, name) : NULL;
    return obstacle != NULL && obstacle[0] != '\0' && !situation_opens(situation, step->id) ? obstacle : NULL;
}

gboolean step_needs_are_met(const struct situation *situation, const struct step *step)
{
    return first_unmet(situation, step) == NULL && obstacle_of(situation, step) == NULL;
}

gboolean step_lacks_role(const struct situation *situation, const struct step *step)
{
    return obstacle_of(situation, step) != NULL && !step_is_proved(situation, step);
}

static gboolean nobody_is_signed_in(const struct situation *situation, const struct step *step,
                                    struct step_status *status)
{
    gboolean is_the_beginning = !situation->signed_in && step->definition->needs[0] == NULL;
    return is_the_beginning ? say(status, STEP_NEEDS_YOU, "Nobody is signed in.", "Sign in to begin.") : FALSE;
}

/* The tenant, a person or an answer says that there is nothing to do. */
static gboolean is_left_out(const struct situation *situation, const struct step *step, struct step_status *status)
{
    const struct step_entry *entry = situation_step(situation, step);
    const char *away = onboarding_falls_away(situation->onboarding, step);
    const char *told = onboarding_told_by_answer(situation->onboarding, step);
    if (away != NULL)
        return say(status, STEP_SKIPPED, away, "");
    g_autofree char *reason = situation_claim(entry->skip_reason, entry->skipped_from);
    if (entry->skipped_by[0] != '\0')
        return say(status, STEP_SKIPPED, reason, "");
    return told != NULL ? say(status, STEP_TOLD, told, "") : FALSE;
}

/* What a plan assumes is not under way. */
static gboolean is_in_progress(const struct situation *situation, const struct step *step, struct step_status *status)
{
    if (situation->assumed != NULL)
        return FALSE;
    for (guint i = 0; situation->working != NULL && i < step->objects->len; i++)
        if (strcmp(((const struct object *)g_ptr_array_index(step->objects, i))->key, situation->working) == 0)
            return say(status, STEP_WORKING, "", "");
    gboolean is_read = situation->checking && find_state(situation, step, OBJECT_UNKNOWN) != NULL;
    return is_read ? say(status, STEP_CHECKING, "", "") : FALSE;
}

static gboolean say_left(const struct failure *failure, struct step_status *status)
{
    return say(status, STEP_NEEDS_YOU, failure->what,
               failure->hint[0] != '\0' ? failure->hint : "Look at the log, then undo again.");
}

/* An undo that was refused leaves everything as wanted, and says what it left: also what perch made for an earlier
 * answer, which is no object of the step any more. */
static gboolean undo_was_refused(const struct situation *situation, const struct step *step, struct step_status *status)
{
    GHashTableIter iterator;
    gpointer value;
    g_hash_table_iter_init(&iterator, situation->failures);
    while (g_hash_table_iter_next(&iterator, NULL, &value))
        if (g_strcmp0(((const struct failure *)value)->step, step->id) == 0)
            return say_left(value, status);
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        const struct failure *failure = g_hash_table_lookup(situation->failures, object->key);
        if (failure != NULL && failure->of_undo)
            return say_left(failure, status);
    }
    return FALSE;
}

gboolean step_activation_helps(const struct situation *situation, const struct object *object)
{
    for (guint i = 0; i < situation->onboarding->steps->len; i++) {
        const struct step *step = g_ptr_array_index(situation->onboarding->steps, i);
        gboolean is_left = !step_is_proved(situation, step) && !step_is_told(situation, step) &&
                           situation_step(situation, step)->skipped_by[0] == '\0' &&
                           onboarding_falls_away(situation->onboarding, step) == NULL &&
                           onboarding_told_by_answer(situation->onboarding, step) == NULL;
        if (is_left && object->kind->opens(object, step->id))
            return TRUE;
    }
    return FALSE;
}

static gboolean say_given_back(const struct situation *situation, const struct object *object,
                               struct step_status *status)
{
    gint64 due = action_gives_back_from(object);
    g_autofree char *from = clock_format_near(due);
    g_autofree char *reason = g_strdup_printf("To be given back, as decided: %s%s%s.", object->title,
                                              situation->now < due ? "; Microsoft takes it back not before " : "",
                                              situation->now < due ? from : "");
    return say(status, STEP_TO_DO, reason, LOOK_AND_APPLY);
}

/* Two readings contradict each other: it is in effect, and the list of the account's roles lags behind. */
static gboolean is_not_listed_yet(const struct situation *situation, const struct step *step,
                                  const struct object *object)
{
    const struct observation *observation = object->observation;
    return observation->state == OBJECT_MATCHES && observation->made != 0 &&
           situation->now < observation->made + BELIEF_LONGEST_WAIT * G_TIME_SPAN_SECOND &&
           object->kind->opens(object, step->id) && find_state(situation, step, OBJECT_DIFFERS) != NULL;
}

/* What is to be said of an activation that was decided, asked for or refused. FALSE if there is nothing. */
static gboolean is_an_activation_open(const struct situation *situation, const struct step *step,
                                      const struct object *object, struct step_status *status)
{
    const struct failure *failure = g_hash_table_lookup(situation->failures, object->key);
    const struct observation *observation = object->observation;
    enum belief_kind belief = belief_of(situation, object).kind;
    if (!object->kind->ends_by_itself || situation_assumes(situation, object))
        return FALSE;
    if (failure != NULL && observation->state != OBJECT_MATCHES)
        return say(status, failure->is_open ? STEP_NEEDS_YOU : STEP_FAILED, failure->what,
                   failure->hint[0] != '\0' ? failure->hint : "Look at the log, then try again.");
    if (object->created && observation->state == OBJECT_MATCHES && object->decision.kind == DECISION_REMOVE)
        return say_given_back(situation, object, status);
    if (is_not_listed_yet(situation, step, object)) {
        g_autofree char *reason =
            g_strconcat(observation->sentence, " Microsoft does not list it among the account's roles yet.", NULL);
        return say(status, STEP_WAITING, reason, "Check again in a minute.");
    }
    if (observation->pends)
        return say(status, STEP_WAITING, observation->sentence, "Have it approved, then check again.");
    if (belief == BELIEF_WAITING)
        return say(status, STEP_WAITING, observation->sentence, "You may close perch: check again later.");
    if (observation->state != OBJECT_ABSENT || object->decision.kind != DECISION_CREATE ||
        !step_activation_helps(situation, object))
        return FALSE;
    return object_is_creatable(object)
               ? say(status, STEP_TO_DO, observation->sentence, LOOK_AND_APPLY)
               : say(status, STEP_NEEDS_YOU, observation->sentence, "Enter it among this step's values.");
}

static gboolean an_activation_is_open(const struct situation *situation, const struct step *step,
                                      struct step_status *status)
{
    for (guint i = 0; i < step->objects->len; i++)
        if (is_an_activation_open(situation, step, g_ptr_array_index(step->objects, i), status))
            return TRUE;
    return FALSE;
}

/* What OBJECT belongs to, at whatever remove, and which is there more than once: OBJECT may as well be the wrong one's.
 * NULL if there is none. SEEN: what was looked at already. */
static const struct object *undecided_need(const struct situation *situation, const struct object *object,
                                           GHashTable *seen)
{
    for (guint i = 0; i < object->needs->len; i++) {
        const struct object *needed = onboarding_object(situation->onboarding, g_ptr_array_index(object->needs, i));
        if (needed == NULL || situation_assumes(situation, needed) || !g_hash_table_add(seen, (gpointer)needed))
            continue;
        const struct object *found =
            needed->observation->state == OBJECT_MANY ? needed : undecided_need(situation, needed, seen);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static const struct object *undecided_need_of_step(const struct situation *situation, const struct step *step)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    const struct object *found = NULL;
    for (guint i = 0; found == NULL && i < step->objects->len; i++)
        found = undecided_need(situation, g_ptr_array_index(step->objects, i), seen);
    return found;
}

/* Everything is there; some of it may be decided to go. What may stay as it is, and is not what was wanted, is said. */
static gboolean is_done(const struct situation *situation, const struct step *step, struct step_status *status)
{
    const struct guide *guide = onboarding_guide(situation->onboarding, step);
    guint deviations = 0;
    if (!step_is_proved(situation, step) || undecided_need_of_step(situation, step) != NULL)
        return FALSE;
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        gboolean is_assumed = situation->assumed != NULL && g_hash_table_contains(situation->assumed, object->key);
        deviations += object->observation->differences->len;
        if (object_is_to_go(object) && !is_assumed) {
            g_autofree char *reason = g_strdup_printf("To be taken away again, as decided: %s.", object->title);
            return say(status, STEP_TO_DO, reason, LOOK_AND_APPLY);
        }
    }
    g_autofree char *reason =
        g_strdup_printf("Done, and %u value%s: see below.", deviations, deviations == 1 ? " deviates" : "s deviate");
    g_auto(StepStatus) activation = {0};
    if (an_activation_is_open(situation, step, &activation))
        return say(status, STEP_DONE, activation.reason, activation.next);
    gboolean has_to_be_told = guide != NULL && guide->tell_always;
    return has_to_be_told ? FALSE : say(status, STEP_DONE, deviations > 0 ? reason : "", "");
}

/* What was told counts where Microsoft may list it late; that the tenant does not show it is said beside it. */
static gboolean is_told(const struct situation *situation, const struct step *step, struct step_status *status)
{
    if (!step_is_told(situation, step))
        return FALSE;
    g_autoptr(GPtrArray) absent = g_ptr_array_new();
    gint64 looked = 0;
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        if (object->observation->state != OBJECT_ABSENT || object->observation->checked == 0)
            continue;
        g_ptr_array_add(absent, object->title);
        looked = MAX(looked, object->observation->checked);
    }
    if (absent->len == 0)
        return say(status, STEP_TOLD, "Told, not proved.", "");
    g_autofree char *titles = text_join(absent, ", ");
    g_autofree char *time = clock_format_near(looked);
    g_autofree char *reason = g_strdup_printf("Told, not proved: looked at %s, and not there: %s.", time, titles);
    return say(status, STEP_TOLD, reason,
               "Microsoft may show it late: check again. If it was not done, take back that it was told.");
}

static gboolean is_in_doubt(const struct situation *situation, const struct step *step, struct step_status *status)
{
    const struct object *object = find_state(situation, step, OBJECT_IN_DOUBT);
    if (object == NULL)
        return FALSE;
    say(status, STEP_IN_DOUBT, sentence_or(object, "The outcome of a request is not known."),
        object->observation->candidates->len > 0 ? "Decide what to do about it, or skip the step."
                                                 : "Apply looks again before anything is sent.");
    status->until = belief_of(situation, object).until;
    return TRUE;
}

static gboolean is_failed(const struct situation *situation, const struct step *step, struct step_status *status)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        const struct failure *failure = g_hash_table_lookup(situation->failures, object->key);
        if (failure == NULL || object->observation->state == OBJECT_MATCHES || object->kind->ends_by_itself)
            continue;
        /* Of several entries of a list it says of whom: of all whose last write came to nothing. */
        g_autoptr(GPtrArray) titles = g_ptr_array_new();
        for (guint k = 0; object->item != NULL && k < step->objects->len; k++) {
            const struct object *other = g_ptr_array_index(step->objects, k);
            if (other->kind == object->kind && g_hash_table_contains(situation->failures, other->key) &&
                other->observation->state != OBJECT_MATCHES)
                g_ptr_array_add(titles, other->title);
        }
        g_autofree char *all = text_join(titles, ", ");
        g_autofree char *what =
            titles->len > 0 ? g_strdup_printf("%s: %s", all, failure->what) : g_strdup(failure->what);
        if (object->kind->portal_will_do)
            return say(status, STEP_NEEDS_YOU, what, TELL_LATER);
        return say(status, STEP_FAILED, what,
                   failure->hint[0] != '\0' ? failure->hint : "Look at the log, then try again.");
    }
    return FALSE;
}

static gboolean there_are_many(const struct situation *situation, const struct step *step, struct step_status *status)
{
    const struct object *object = find_state(situation, step, OBJECT_MANY);
    if (object == NULL)
        return FALSE;
    return say(status, STEP_NEEDS_YOU, sentence_or(object, "More than one was found."), "Choose which one to use.");
}

static gboolean it_differs(const struct situation *situation, const struct step *step, struct step_status *status)
{
    const struct object *object = find_state(situation, step, OBJECT_DIFFERS);
    if (object == NULL)
        return FALSE;
    gboolean is_sure_to_be_repaired =
        object->observation->repair_unasked || situation_decides(situation, object, DECISION_REPAIR);
    if (is_sure_to_be_repaired && obstacle_of(situation, step) == NULL)
        return say(status, STEP_TO_DO, sentence_or(object, "It differs and will be changed."), LOOK_AND_APPLY);
    /* There is something to decide about it, or of another of the step that would mend it. */
    gboolean has_a_choice = object->observation->candidates->len > 0;
    for (guint i = 0; object->kind->learns_steps && i < step->objects->len; i++) {
        const struct object *other = g_ptr_array_index(step->objects, i);
        has_a_choice = has_a_choice || (other->kind->opens != NULL && other->observation->candidates->len > 0);
    }
    return say(status, STEP_DIFFERS, sentence_or(object, "It differs from what is wanted."),
               object->observation->next[0] != '\0' ? object->observation->next
               : has_a_choice                       ? "Decide what to do about it."
                                                    : "Mend it, then check again.");
}

/* Whoever answered with it can mend that at once. */
static gboolean is_named_in_vain(const struct situation *situation, const struct step *step, struct step_status *status)
{
    for (guint i = 0; i < step->objects->len && obstacle_of(situation, step) == NULL; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        if (object->kind->named_by_answer && object->observation->state == OBJECT_ABSENT)
            return say(status, STEP_NEEDS_YOU, object->observation->sentence, "");
    }
    return FALSE;
}

static gboolean is_blocked(const struct situation *situation, const struct step *step, struct step_status *status)
{
    const struct step *unmet = first_unmet(situation, step);
    const char *obstacle = obstacle_of(situation, step);
    const struct object *undecided = undecided_need_of_step(situation, step);
    if (undecided != NULL) {
        g_autofree char *reason =
            g_strdup_printf("It belongs to %s, of which there is more than one.", undecided->title);
        return say(status, STEP_BLOCKED, reason, "Choose which one to use there.");
    }
    if (unmet != NULL) {
        g_autofree char *reason = g_strdup_printf(
            "“%s” comes first.%s", unmet->definition->title,
            step_drifted_since(situation, step, STEP_BLOCKED) != 0 ? " This was proved, and is not as it was." : "");
        say(status, STEP_BLOCKED, reason, "");
        status->behind = unmet;
        return TRUE;
    }
    if (obstacle == NULL)
        return FALSE;
    return say(status, STEP_NEEDS_YOU, obstacle,
               onboarding_guide(situation->onboarding, step) != NULL
                   ? "Sign in with an account that has the role, hand the rest over to a colleague who has it, or have "
                     "it done by hand as the lines below say."
                   : "Sign in with an account that has the role, or hand the rest over to a colleague who has it.");
}

/* What takes a while after the step before it takes that once: proved since, it has no more reason to be late. */
static gboolean is_waiting(const struct situation *situation, const struct step *step, struct step_status *status)
{
    const struct step_entry *entry = situation_step(situation, step);
    const struct step_wait *wait = step->definition->wait;
    if (wait == NULL || entry->wait_until <= situation->now || entry->wait_overridden ||
        step_was_proved(situation, step))
        return FALSE;
    say(status, STEP_WAITING, wait->reason, "You may close perch: the time is written down.");
    status->until = entry->wait_until;
    return TRUE;
}

/* Made, and not shown for a while: nothing but time helps, whatever else of the step is not there yet. */
static gboolean is_not_shown_yet(const struct situation *situation, const struct step *step, struct step_status *status)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        const struct belief belief = belief_of(situation, object);
        if (object->observation->state != OBJECT_UNKNOWN ||
            (belief.kind != BELIEF_WAITING && belief.kind != BELIEF_NOT_SEEN && belief.kind != BELIEF_LINGERS) ||
            object->kind->ends_by_itself)
            continue;
        say(status, STEP_WAITING, object->observation->sentence, "You may close perch: check again later.");
        status->until = belief.until;
        return TRUE;
    }
    return FALSE;
}

static gboolean lacks_field(const struct situation *situation, const struct step *step, struct step_status *status)
{
    g_autofree char *problem = step_field_problem(situation->onboarding, step);
    return problem != NULL ? say(status, STEP_NEEDS_YOU, problem, "Enter it among this step's values.") : FALSE;
}

static gboolean it_is_absent(const struct situation *situation, const struct step *step, struct step_status *status)
{
    const struct object *object = find_state(situation, step, OBJECT_ABSENT);
    if (object == NULL)
        return FALSE;
    gboolean is_offered_restore = object->observation->candidates->len > 0 &&
                                  object->decision.kind != DECISION_RESTORE && object->decision.kind != DECISION_CREATE;
    g_autofree char *not_there = g_strdup_printf("Not there yet: %s.", object->title);
    if (!object_is_creatable(object))
        return say(status, STEP_NEEDS_YOU, sentence_or(object, not_there),
                   object->observation->next[0] != '\0' ? object->observation->next
                   : onboarding_guide(situation->onboarding, step) != NULL
                       ? "Do it as the lines below say, then check."
                       : "Choose another among this step's values.");
    if (is_offered_restore)
        return say(status, STEP_NEEDS_YOU, sentence_or(object, ""), "Decide what to do about it.");
    if (situation_leaves_to_portal(situation, object)) {
        g_autofree char *reason = g_strdup_printf("Microsoft refused it to perch (%d): %s.",
                                                  situation_object(situation, object)->refused, object->title);
        return say(status, STEP_NEEDS_YOU, reason,
                   "Do it as the lines below say, then say that it is done; or apply once more.");
    }
    return say(status, STEP_TO_DO, "", LOOK_AND_APPLY);
}

static gboolean it_is_unknown(const struct situation *situation, const struct step *step, struct step_status *status)
{
    const struct object *object = find_state(situation, step, OBJECT_UNKNOWN);
    if (object == NULL)
        return FALSE;
    if (object->observation->told_counts)
        return say(status, STEP_NEEDS_YOU, object->observation->sentence, TELL_LATER);
    return say(status, STEP_UNKNOWN, sentence_or(object, "It was not read yet."),
               object->observation->next[0] != '\0' ? object->observation->next : "Check again.");
}

/* A report tells of what was there when it was written. */
static gboolean is_a_report(const struct situation *situation, const struct step *step, struct step_status *status)
{
    gint64 written = situation_step(situation, step)->told_at;
    if (!step->definition->report)
        return FALSE;
    if (written == 0)
        return say(status, STEP_TO_DO, "", "Write it, here or with perch report.");
    for (guint i = 0; i < situation->onboarding->steps->len; i++) {
        const struct step *other = g_ptr_array_index(situation->onboarding->steps, i);
        const struct step_entry *entry = situation_step(situation, other);
        if (other != step && MAX(entry->proved_at, MAX(entry->told_at, entry->skipped_at)) > written)
            return say(status, STEP_TO_DO, "It was written before the last step was done.", "Write it once more.");
    }
    return say(status, STEP_DONE, "", "");
}

/* Nothing that perch could read or do is left. Always has something to say. */
static gboolean is_by_hand(const struct situation *situation, const struct step *step, struct step_status *status)
{
    g_autoptr(GPtrArray) proved = g_ptr_array_new();
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        const struct observation *observation = object->observation;
        if (observation->state == OBJECT_MATCHES && observation->id[0] != '\0' && !situation_assumes(situation, object))
            g_ptr_array_add(proved, object->title);
    }
    if (proved->len == 0)
        return say(status, STEP_NEEDS_YOU, "A person has to do this.", "Follow the lines, then say that it is done.");
    g_autofree char *titles = text_join(proved, ", ");
    g_autofree char *reason = g_strdup_printf("Proved: %s. The rest nothing in this tenant shows.", titles);
    return say(status, STEP_NEEDS_YOU, reason, "Do the rest of the lines, then say that it is done.");
}

/* In this order: the first that has something to say decides. */
static gboolean (*const questions[])(const struct situation *situation, const struct step *step,
                                     struct step_status *status) = {
    nobody_is_signed_in, is_left_out, is_in_progress,        undo_was_refused, is_done,      is_told,
    is_in_doubt,         is_failed,   an_activation_is_open, there_are_many,   it_differs,   is_named_in_vain,
    is_blocked,          is_waiting,  is_not_shown_yet,      lacks_field,      it_is_absent, it_is_unknown,
    is_a_report,         is_by_hand,
};

/* What was told and does not count, or no longer, is not passed over in silence. */
static void say_why_told_is_not_enough(const struct situation *situation, const struct step *step,
                                       struct step_status *status)
{
    const struct step_entry *entry = situation_step(situation, step);
    struct situation read = *situation;
    read.assumed = NULL;
    gboolean proved = step_is_proved(&read, step);
    gboolean another_way = step_told_another_way(situation, step);
    if (entry->told_by[0] == '\0' || (status->state != STEP_NEEDS_YOU && !(another_way && status->state == STEP_TO_DO)))
        return;
    g_autofree char *time = clock_format_day(entry->told_at);
    if (another_way) {
        g_autofree char *reason =
            g_strdup_printf("%s%sIt was told on %s, for another answer than now, which does not count here.",
                            status->reason, status->reason[0] != '\0' ? " " : "", time);
        g_autofree char *next = g_strdup(status->next);
        say(status, status->state, reason, next);
    } else if ((proved || step->objects->len == 0) && step_told_is_outdated(situation, step)) {
        const struct guide *guide = onboarding_guide(situation->onboarding, step);
        g_autofree char *reason = g_strdup_printf("%s on %s.", guide->tell_again->reason, time);
        say(status, STEP_NEEDS_YOU, reason, "Do it again as the lines below say, then say that it is done.");
    } else if (!proved && !step_can_be_told(situation->onboarding, step)) {
        /* What is made anew is another one. */
        g_autofree char *reason =
            g_strdup_printf("%s It was told on %s, %s.", status->reason, time,
                            step_told_is_outdated(situation, step) ? "of what is not there now: it is to be told again"
                                                                   : "which counts once that is there");
        say(status, STEP_NEEDS_YOU, reason, status->next);
    }
}

struct step_status step_status(const struct situation *situation, const struct step *step)
{
    struct step_status status = {.state = STEP_UNKNOWN};
    gboolean is_said = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(questions) && !is_said; i++)
        is_said = questions[i](situation, step, &status);
    say_why_told_is_not_enough(situation, step, &status);
    return status;
}
