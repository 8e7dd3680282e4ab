#include "engine/steps.h"

#include <string.h>

#include "engine/board_step.h"

static void say(struct step_status *status, enum step_state state, const char *reason, const char *next)
{
    char *old[] = {status->reason, status->next};
    status->state = state;
    status->reason = g_strdup(reason);
    status->next = g_strdup(next);
    g_free(old[0]);
    g_free(old[1]);
}

void step_status_clear(struct step_status *status)
{
    g_clear_pointer(&status->reason, g_free);
    g_clear_pointer(&status->next, g_free);
}

static gboolean is_assumed(GHashTable *assumed, const struct object *object)
{
    return assumed != NULL && g_hash_table_contains(assumed, object->key);
}

static const struct object *find_state(const struct step *step, GHashTable *assumed, enum object_state state)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        if (object->observation->state == state && !is_assumed(assumed, object))
            return object;
    }
    return NULL;
}

static gboolean all_match(const struct step *step, GHashTable *assumed)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        if (object->observation->state != OBJECT_MATCHES && !is_assumed(assumed, object))
            return FALSE;
    }
    return step->objects->len > 0;
}

static gboolean counts_as_done(enum step_state state)
{
    return state == STEP_DONE || state == STEP_TOLD || state == STEP_SKIPPED;
}

static const struct step *first_unmet(struct worker *worker, const struct step *step, GHashTable *assumed)
{
    json_for_each (need, json_get(step->definition, "needs")) {
        const struct step *needed = onboarding_step(worker->onboarding, json_string(need));
        struct step_status status = {0};
        step_status(worker, needed, assumed, &status);
        gboolean done = counts_as_done(status.state);
        step_status_clear(&status);
        if (!done)
            return needed;
    }
    return NULL;
}

/* What the account that is signed in may not do. */
static const char *obstacle_of(struct worker *worker, const struct step *step)
{
    const char *name = json_get_string(step->definition, "obstacle");
    const char *obstacle = name != NULL ? g_hash_table_lookup(worker->onboarding->values, name) : NULL;
    return obstacle != NULL && obstacle[0] != '\0' ? obstacle : NULL;
}

gboolean step_lacks_role(struct worker *worker, const struct step *step)
{
    return obstacle_of(worker, step) != NULL && !all_match(step, NULL);
}

gboolean step_needs_are_met(struct worker *worker, const struct step *step, GHashTable *assumed)
{
    return first_unmet(worker, step, assumed) == NULL && obstacle_of(worker, step) == NULL;
}

static gboolean is_missing(const struct worker *worker, const json *field)
{
    const json *answer = json_get_path(worker->onboarding->answers, json_get_string(field, "path"));
    gboolean empty = answer == NULL || (json_is_array(answer) && json_length(answer) == 0);
    return empty && json_get_bool(field, "required", FALSE);
}

const char *step_missing_to_tell(const struct worker *worker, const struct step *step)
{
    json_for_each (field, json_get(step->definition, "fields")) {
        if (is_missing(worker, field) && !json_get_bool(field, "toldWithout", FALSE))
            return json_get_string(field, "label");
    }
    return NULL;
}

/* An object of STEP that is not there yet is made with the answer of FIELD. */
static gboolean is_for_something_absent(const struct step *step, const json *field)
{
    g_autofree char *reference = g_strconcat("{answers.", json_get_string(field, "path"), NULL);
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        const json *with = json_get(object->definition, "with");
        g_autofree char *text = with != NULL ? json_text(with) : g_strdup("");
        if (object->observation->state == OBJECT_ABSENT && strstr(text, reference) != NULL)
            return TRUE;
    }
    return FALSE;
}

char *step_past_day(const struct worker *worker, const json *field, const char *day)
{
    const char *today = g_hash_table_lookup(worker->onboarding->values, "today");
    if (!json_get_bool(field, "notPast", FALSE) || day == NULL || day[0] == '\0' || today == NULL ||
        strcmp(day, today) >= 0)
        return NULL;
    return g_strdup_printf("%s: %s has gone by; today is %s.", json_get_string(field, "label"), day, today);
}

char *step_field_problem(const struct worker *worker, const struct step *step)
{
    json_for_each (field, json_get(step->definition, "fields")) {
        if (is_missing(worker, field))
            return g_strdup_printf("Still missing: %s.", json_get_string(field, "label"));
        const char *day = json_string(json_get_path(worker->onboarding->answers, json_get_string(field, "path")));
        g_autofree char *past = step_past_day(worker, field, day);
        if (past != NULL && is_for_something_absent(step, field))
            return g_steal_pointer(&past);
    }
    return NULL;
}

static gboolean is_waiting(struct worker *worker, const struct step *step, struct step_status *status)
{
    const struct step_entry *entry = ledger_step(worker->ledger, step->id);
    if (entry->wait_until <= worker_now(worker) || entry->wait_overridden)
        return FALSE;
    say(status, STEP_WAITING, json_get_string(json_get(step->definition, "wait"), "reason"),
        "You may close perch: the time is written down.");
    status->until = entry->wait_until;
    return TRUE;
}

/* Made by perch, and not listed for a while: nothing but time helps. */
static gboolean is_awaited(struct worker *worker, const struct object *object, struct step_status *status)
{
    gint64 until = ledger_object(worker->ledger, object->key)->since + object->kind->visible_within * G_USEC_PER_SEC;
    if (!object->created || until <= worker_now(worker))
        return FALSE;
    say(status, STEP_WAITING, object->observation->sentence, "You may close perch: check again later.");
    status->until = until;
    return TRUE;
}

/* The first object whose last write was refused, or NULL. */
static const struct object *find_refused(struct worker *worker, const struct step *step)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        if (g_hash_table_contains(worker->failures, object->key) && object->observation->state != OBJECT_MATCHES)
            return object;
    }
    return NULL;
}

static gboolean is_failed(struct worker *worker, const struct step *step, struct step_status *status)
{
    const struct object *object = find_refused(worker, step);
    if (object == NULL)
        return FALSE;
    g_auto(GStrv) lines = g_strsplit(g_hash_table_lookup(worker->failures, object->key), "\n", 2);
    if (object->kind->portal_will_do)
        say(status, STEP_NEEDS_YOU, lines[0], "Do it as the lines below say, then say that it is done.");
    else
        say(status, STEP_FAILED, lines[0], lines[1] != NULL ? lines[1] : "Look at the log, then try again.");
    return TRUE;
}

static const char *sentence_or(const struct object *object, const char *otherwise)
{
    return object->observation->sentence[0] != '\0' ? object->observation->sentence : otherwise;
}

static gboolean is_sure_to_be_repaired(const struct object *object)
{
    return object->observation->repair_unasked || strcmp(object->decision, "repair") == 0;
}

static gboolean is_offered_restore(const struct object *object)
{
    return object->observation->candidates->len > 0 && strcmp(object->decision, "restore") != 0 &&
           strcmp(object->decision, "create") != 0;
}

/* It only reads, and could not ask: an answer or a sign-in is missing. */
static gboolean cannot_be_asked_for(const struct object *object)
{
    return object->kind->create == NULL && object->observation->state == OBJECT_UNKNOWN &&
           object->observation->checked == 0;
}

/* TRUE if what is not as wanted can be done by hand, unseen by perch. */
static gboolean can_be_told(struct worker *worker, const struct step *step)
{
    if (!json_get_bool(onboarding_guide(worker->onboarding, step), "tell", FALSE) ||
        step_missing_to_tell(worker, step) != NULL)
        return FALSE;
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        if (object->observation->state != OBJECT_MATCHES && !object->kind->portal_will_do &&
            !cannot_be_asked_for(object))
            return FALSE;
    }
    return TRUE;
}

static const json *tell_again(const struct worker *worker, const struct step *step)
{
    return json_get(onboarding_guide(worker->onboarding, step), "tellAgain");
}

char *step_told_about(const struct worker *worker, const struct step *step)
{
    const json *again = tell_again(worker, step);
    return again != NULL ? board_step_fill(worker, json_get_string(again, "value")) : NULL;
}

gboolean step_told_is_outdated(const struct worker *worker, const struct step *step)
{
    const struct step_entry *entry = ledger_step(worker->ledger, step->id);
    g_autofree char *about = step_told_about(worker, step);
    return entry->told_by[0] != '\0' && entry->told_about != NULL && about != NULL && about[0] != '\0' &&
           strcmp(about, entry->told_about) != 0;
}

gboolean step_is_told(struct worker *worker, const struct step *step)
{
    const struct step_entry *entry = ledger_step(worker->ledger, step->id);
    return entry->told_by[0] != '\0' && can_be_told(worker, step) && !step_told_is_outdated(worker, step);
}

/* The states that stand above whether anything is left to do. */
static gboolean is_held_up(struct worker *worker, const struct step *step, GHashTable *assumed,
                           struct step_status *status)
{
    const struct object *object = find_state(step, assumed, OBJECT_IN_DOUBT);
    if (object != NULL) {
        say(status, STEP_IN_DOUBT, sentence_or(object, "The outcome of a request is not known."),
            "Apply looks again before anything is sent.");
        return TRUE;
    }
    if (is_failed(worker, step, status))
        return TRUE;
    object = find_state(step, assumed, OBJECT_MANY);
    if (object != NULL) {
        say(status, STEP_NEEDS_YOU, sentence_or(object, "More than one was found."), "Choose which one to use.");
        return TRUE;
    }
    object = find_state(step, assumed, OBJECT_DIFFERS);
    if (object != NULL && is_sure_to_be_repaired(object) && obstacle_of(worker, step) == NULL)
        say(status, STEP_TO_DO, sentence_or(object, "It differs and will be changed."),
            "Look at the plan, then apply.");
    else if (object != NULL)
        say(status, STEP_DIFFERS, sentence_or(object, "It differs from what is wanted."),
            object->observation->candidates->len > 0 ? "Decide what to do about it." : "Mend it, then check again.");
    return object != NULL;
}

static gboolean lacks_field(struct worker *worker, const struct step *step, struct step_status *status)
{
    g_autofree char *problem = step_field_problem(worker, step);
    if (problem == NULL)
        return FALSE;
    say(status, STEP_NEEDS_YOU, problem, "Enter it in this step's form.");
    return TRUE;
}

/* What the service refused to make, and the portal makes, is a person's until it is there; apply may try again. */
static gboolean is_refused_to_perch(struct worker *worker, const struct object *object, struct step_status *status)
{
    int refused = ledger_object(worker->ledger, object->key)->refused;
    if (!object->kind->portal_will_do || refused == 0)
        return FALSE;
    g_autofree char *reason = g_strdup_printf("Microsoft refused it to perch (%d): %s.", refused, object->title);
    say(status, STEP_NEEDS_YOU, reason, "Do it as the lines below say, then say that it is done; or apply once more.");
    return TRUE;
}

static void judge_objects(struct worker *worker, const struct step *step, GHashTable *assumed,
                          struct step_status *status)
{
    const struct object *absent = find_state(step, assumed, OBJECT_ABSENT);
    const struct object *unknown = find_state(step, assumed, OBJECT_UNKNOWN);
    if (lacks_field(worker, step, status))
        return;
    if (absent != NULL && !object_is_creatable(absent)) {
        const json *guide = onboarding_guide(worker->onboarding, step);
        say(status, STEP_NEEDS_YOU, sentence_or(absent, "It is not there yet."),
            guide != NULL ? "Do it as the lines below say, then check." : "Choose another in this step's form.");
    } else if (absent != NULL && is_offered_restore(absent)) {
        say(status, STEP_NEEDS_YOU, sentence_or(absent, ""), "Decide what to do about it.");
    } else if (absent != NULL && is_refused_to_perch(worker, absent, status)) {
        return;
    } else if (absent != NULL) {
        say(status, STEP_TO_DO, "", "Look at the plan, then apply.");
    } else if (unknown != NULL && is_awaited(worker, unknown, status)) {
        return;
    } else if (unknown != NULL && unknown->observation->told_counts) {
        say(status, STEP_NEEDS_YOU, unknown->observation->sentence,
            "Do it as the lines below say, then say that it is done.");
    } else if (unknown != NULL) {
        say(status, STEP_UNKNOWN, sentence_or(unknown, "It was not read yet."), "Check again.");
    } else {
        say(status, STEP_DONE, "", "");
    }
}

static void judge_guide(struct worker *worker, const struct step *step, struct step_status *status)
{
    if (lacks_field(worker, step, status))
        return;
    if (json_get_bool(step->definition, "report", FALSE))
        say(status, STEP_DONE, "", "");
    else
        say(status, STEP_NEEDS_YOU, "A person has to do this.", "Follow the lines, then say that it is done.");
}

static gboolean is_blocked(struct worker *worker, const struct step *step, GHashTable *assumed,
                           struct step_status *status)
{
    const struct step *unmet = first_unmet(worker, step, assumed);
    const char *obstacle = obstacle_of(worker, step);
    if (unmet != NULL) {
        g_autofree char *reason = g_strdup_printf("“%s” comes first.", json_get_string(unmet->definition, "title"));
        say(status, STEP_BLOCKED, reason, "");
    } else if (obstacle != NULL) {
        say(status, STEP_NEEDS_YOU, obstacle,
            "Sign in with an account that has the role, or hand the rest over to a colleague who has it.");
    }
    return unmet != NULL || obstacle != NULL;
}

static gboolean is_in_progress(struct worker *worker, const struct step *step, struct step_status *status)
{
    for (guint i = 0; worker->working != NULL && i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        if (strcmp(object->key, worker->working) == 0) {
            say(status, STEP_WORKING, "", "");
            return TRUE;
        }
    }
    if (!worker->checking || step->objects->len == 0 || find_state(step, NULL, OBJECT_UNKNOWN) == NULL)
        return FALSE;
    say(status, STEP_CHECKING, "", "");
    return TRUE;
}

static gboolean is_before_sign_in(const struct worker *worker, const struct step *step)
{
    return json_get(step->definition, "needs") == NULL && (worker->sign_in == NULL || worker->dir == NULL);
}

/* Everything is there, and something of it is decided to go. */
static gboolean has_to_be_taken_away(const struct step *step, GHashTable *assumed, struct step_status *status)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        if (!object->created || strcmp(object->decision, "remove") != 0 || is_assumed(assumed, object))
            continue;
        g_autofree char *reason = g_strdup_printf("To be taken away again, as decided: %s.", object->title);
        say(status, STEP_TO_DO, reason, "Look at the plan, then apply.");
        return TRUE;
    }
    return FALSE;
}

/* What may stay as it is, and is not what was wanted, is said all the same. */
static void say_done(const struct step *step, struct step_status *status)
{
    guint count = 0;
    for (guint i = 0; i < step->objects->len; i++)
        count += ((const struct object *)g_ptr_array_index(step->objects, i))->observation->differences->len;
    g_autofree char *reason = g_strdup_printf("Done, with %u deviation%s: see below.", count, count == 1 ? "" : "s");
    say(status, STEP_DONE, count > 0 ? reason : "", "");
}

/* What its objects prove is not all there is to do. */
static gboolean has_to_be_told(struct worker *worker, const struct step *step)
{
    return json_get_bool(onboarding_guide(worker->onboarding, step), "tellAlways", FALSE);
}

/* The tenant, a person or an answer says that there is nothing to do. */
static gboolean is_left_out(struct worker *worker, const struct step *step, struct step_status *status)
{
    const struct step_entry *entry = ledger_step(worker->ledger, step->id);
    const char *away = onboarding_falls_away(worker->onboarding, step);
    const char *told = onboarding_told_by_answer(worker->onboarding, step);
    if (away != NULL)
        say(status, STEP_SKIPPED, away, "");
    else if (entry->skipped_by[0] != '\0')
        say(status, STEP_SKIPPED, entry->skip_reason, "");
    else if (told != NULL)
        say(status, STEP_TOLD, told, "");
    return away != NULL || entry->skipped_by[0] != '\0' || told != NULL;
}

static void judge(struct worker *worker, const struct step *step, GHashTable *assumed, struct step_status *status)
{
    if (is_before_sign_in(worker, step))
        say(status, STEP_NEEDS_YOU, "Nobody is signed in.", "Sign in to begin.");
    else if (is_left_out(worker, step, status))
        return;
    else if (assumed == NULL && is_in_progress(worker, step, status))
        return;
    else if (all_match(step, assumed) && has_to_be_taken_away(step, assumed, status))
        return;
    else if (all_match(step, assumed) && !has_to_be_told(worker, step))
        say_done(step, status);
    else if (step_is_told(worker, step))
        say(status, STEP_TOLD, "Told, not proved.", "");
    else if (step->objects->len > 0 && is_held_up(worker, step, assumed, status))
        return;
    else if (is_blocked(worker, step, assumed, status) || is_waiting(worker, step, status))
        return;
    else if (step->objects->len > 0 && !all_match(step, assumed))
        judge_objects(worker, step, assumed, status);
    else
        judge_guide(worker, step, status);
}

/* What was told and does not count, or no longer, is not passed over in silence. */
static void say_why_told_is_not_enough(struct worker *worker, const struct step *step, struct step_status *status)
{
    const struct step_entry *entry = ledger_step(worker->ledger, step->id);
    if (entry->told_by[0] == '\0' || status->state != STEP_NEEDS_YOU)
        return;
    g_autofree char *time = clock_format_local(entry->told_at);
    if (all_match(step, NULL) && step_told_is_outdated(worker, step)) {
        g_autofree char *reason =
            g_strdup_printf("%s on %s.", json_get_string(tell_again(worker, step), "reason"), time);
        say(status, STEP_NEEDS_YOU, reason, "Do it again as the lines below say, then say that it is done.");
    } else if (!all_match(step, NULL) && !can_be_told(worker, step)) {
        g_autofree char *reason =
            g_strdup_printf("%s It was told on %s, which counts once that is there.", status->reason, time);
        say(status, STEP_NEEDS_YOU, reason, status->next);
    }
}

void step_status(struct worker *worker, const struct step *step, GHashTable *assumed, struct step_status *status)
{
    judge(worker, step, assumed, status);
    say_why_told_is_not_enough(worker, step, status);
}

static gboolean begin_wait(struct worker *worker, const struct step *step, GError **error)
{
    const json *wait = json_get(step->definition, "wait");
    const struct step *after =
        wait != NULL ? onboarding_step(worker->onboarding, json_get_string(wait, "after")) : NULL;
    if (after == NULL || ledger_step(worker->ledger, step->id)->wait_started != 0 || all_match(step, NULL))
        return TRUE;
    struct step_status status = {0};
    step_status(worker, after, NULL, &status);
    gboolean proved = status.state == STEP_DONE || status.state == STEP_TOLD;
    step_status_clear(&status);
    if (!proved)
        return TRUE;
    gint64 until = worker_now(worker) + json_get_int(wait, "seconds", 0) * G_USEC_PER_SEC;
    g_autofree char *deadline = clock_format(until);
    return worker_note(worker, json_from("{'type':'wait','step':%s,'until':%s}", step->id, deadline), error);
}

/* What is expected after a step counts from when it was first found done. */
static gboolean note_proof(struct worker *worker, const struct step *step, GError **error)
{
    if (json_get(step->definition, "expect") == NULL || ledger_step(worker->ledger, step->id)->proved_at != 0 ||
        !all_match(step, NULL))
        return TRUE;
    return worker_note(worker, json_from("{'type':'proved','step':%s}", step->id), error);
}

gboolean steps_begin_waits(struct worker *worker, GError **error)
{
    if (worker->journal == NULL || worker->dir->read_only)
        return TRUE;
    for (guint i = 0; i < worker->onboarding->steps->len; i++) {
        const struct step *step = g_ptr_array_index(worker->onboarding->steps, i);
        if (!note_proof(worker, step, error) || !begin_wait(worker, step, error))
            return FALSE;
    }
    return TRUE;
}
