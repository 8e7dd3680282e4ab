#include "engine/person.h"

#include <string.h>

#include "base/error.h"
#include "engine/hand_over.h"
#include "engine/steps.h"
#include "engine/tenant.h"
#include "onboarding/answers.h"

static gboolean wrong(GError **error, const char *format, const char *what)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, format, what);
    return FALSE;
}

/* The field of the profile whose answer is PATH, or NULL. */
static const json *find_field(const struct worker *worker, const char *path)
{
    for (guint i = 0; i < worker->onboarding->steps->len; i++) {
        const struct step *step = g_ptr_array_index(worker->onboarding->steps, i);
        json_for_each (field, json_get(step->definition, "fields")) {
            if (strcmp(json_get_string(field, "path"), path) == 0)
                return field;
        }
    }
    return NULL;
}

gboolean person_answers(struct worker *worker, const char *path, const char *typed, GError **error)
{
    const json *field = find_field(worker, path);
    g_autofree char *past = field != NULL ? step_past_day(worker, field, typed) : NULL;
    if (past != NULL)
        return wrong(error, "%s\nEnter today or a later day.", past);
    if (!answers_set(worker->onboarding->answers, path, typed, error))
        return FALSE;
    onboarding_rebuild(worker->onboarding);
    worker_sync_objects(worker);
    return tenant_save_answers(worker, error);
}

static gboolean is_possible(const struct object *object, const char *decision)
{
    for (guint i = 0; i < object->observation->candidates->len; i++) {
        const struct candidate *candidate = g_ptr_array_index(object->observation->candidates, i);
        if (candidate->needs_text
                ? g_str_has_prefix(decision, candidate->decision) && strlen(decision) > strlen(candidate->decision)
                : strcmp(decision, candidate->decision) == 0)
            return TRUE;
    }
    return FALSE;
}

/* WHEN (NULL: now) BY decided. */
static gboolean decide(struct worker *worker, const char *object_key, const char *decision, const char *by,
                       const char *when, GError **error)
{
    const struct object *object = onboarding_object(worker->onboarding, object_key);
    if (object == NULL)
        return wrong(error, "There is nothing called “%s” to decide about.", object_key);
    if (!is_possible(object, decision))
        return wrong(error, "“%s” is not one of the choices that are offered now.", decision);
    worker_log(worker, LOG_NOTICE, object->kind->name, "decided by %s: %s", by, decision);
    json *record = json_from("{'type':'decided','object':%s,'decision':%s,'by':%s}", object_key, decision, by);
    if (when != NULL)
        json_set_string(record, "when", when);
    return worker_note(worker, record, error);
}

gboolean person_decides(struct worker *worker, const char *object_key, const char *decision, GError **error)
{
    return decide(worker, object_key, decision, worker_account(worker), NULL, error);
}

/* The same once more would only make the journal longer. */
static gboolean was_told_so(const struct worker *worker, const char *id, const char *by, const char *note,
                            const char *about)
{
    const struct step_entry *entry = ledger_step(worker->ledger, id);
    return strcmp(entry->told_by, by) == 0 && strcmp(entry->told_note, note) == 0 &&
           g_strcmp0(entry->told_about, about) == 0;
}

gboolean person_tells(struct worker *worker, const char *id, const char *by, const char *note, GError **error)
{
    const struct step *step = onboarding_step(worker->onboarding, id);
    if (step == NULL || !json_get_bool(onboarding_guide(worker->onboarding, step), "tell", FALSE))
        return wrong(error, "The step “%s” is not one that can be told: it is proved or it is not done.", id);
    const char *missing = step_missing_to_tell(worker, step);
    if (missing != NULL)
        return wrong(error,
                     "That cannot be told yet: %s is missing.\nEnter it in this step's form, then say that it is done.",
                     missing);
    g_autofree char *about = step_told_about(worker, step);
    if (was_told_so(worker, id, by, note, about))
        return TRUE;
    worker_log(worker, LOG_NOTICE, id, "told by %s", by);
    return worker_note(worker, json_from("{'type':'told','step':%s,'by':%s,'note':%s,'about':%s}", id, by, note, about),
                       error);
}

/* Else the answers would leave the step out again at once. */
static gboolean forget_skip_answer(struct worker *worker, const char *id, GError **error)
{
    json *skip = json_get(worker->onboarding->answers, "skip");
    if (json_get(skip, id) == NULL)
        return TRUE;
    json_remove(skip, id);
    return tenant_save_answers(worker, error);
}

gboolean person_skips(struct worker *worker, const char *id, const char *by, const char *reason, GError **error)
{
    const struct step *step = onboarding_step(worker->onboarding, id);
    if (step == NULL)
        return wrong(error, "There is no step “%s”.", id);
    if (step->number == 0)
        return wrong(error, "“%s” cannot be left out: everything else rests on it.", id);
    if (reason != NULL && reason[0] == '\0')
        return wrong(error, "Say why “%s” is left out; the report shows it.", id);
    worker_log(worker, LOG_NOTICE, id, reason != NULL ? "skipped by %s" : "no longer skipped, says %s", by);
    if (reason == NULL && !forget_skip_answer(worker, id, error))
        return FALSE;
    return worker_note(worker, json_from("{'type':'skipped','step':%s,'by':%s,'reason':%s}", id, by, reason), error);
}

gboolean person_overrides(struct worker *worker, const char *id, const char *word, GError **error)
{
    const struct step *step = onboarding_step(worker->onboarding, id);
    const char *wanted = step != NULL ? json_get_string(json_get(step->definition, "wait"), "word") : NULL;
    if (wanted == NULL)
        return wrong(error, "The wait of “%s” cannot be overridden.", id);
    if (strcmp(word, wanted) != 0)
        return wrong(error, "Type the word “%s” to go on without the wait.", wanted);
    worker_log(worker, LOG_NOTICE, id, "wait overridden by %s", worker_account(worker));
    return worker_note(worker, json_from("{'type':'overridden','step':%s,'by':%s}", id, worker_account(worker)), error);
}

static const char *by_or_account(const struct worker *worker, const json *entry)
{
    const char *by = json_get_string(entry, "by");
    return by != NULL && by[0] != '\0' ? by : worker_account(worker);
}

static gboolean forget_decision(struct worker *worker, const char *key, GError **error)
{
    json *decisions = json_get(worker->onboarding->answers, "decisions");
    if (decisions != NULL)
        json_remove(decisions, key);
    return worker_note(worker, json_from("{'type':'undecided','object':%s}", key), error) &&
           tenant_save_answers(worker, error);
}

gboolean person_forget_removals(struct worker *worker, const struct object *object, GError **error)
{
    for (guint i = 0; i < worker->onboarding->objects->len; i++) {
        const struct object *other = g_ptr_array_index(worker->onboarding->objects, i);
        if (strcmp(other->decision, "remove") == 0 &&
            g_ptr_array_find_with_equal_func(other->needs, object->key, g_str_equal, NULL) &&
            !forget_decision(worker, other->key, error))
            return FALSE;
    }
    return TRUE;
}

/* Once it is outdated, only another note says that it was done again. */
static gboolean is_told_anew(const struct worker *worker, const struct step *step, const char *note)
{
    const struct step_entry *entry = ledger_step(worker->ledger, step->id);
    return entry->told_by[0] == '\0' || (step_told_is_outdated(worker, step) && strcmp(note, entry->told_note) != 0);
}

/* What it is about may be yet to be made. */
static gboolean is_too_early_to_tell(const struct worker *worker, const struct step *step)
{
    g_autofree char *about = step_told_about(worker, step);
    return g_strcmp0(about, "") == 0 || step_missing_to_tell(worker, step) != NULL;
}

static gboolean take_told(struct worker *worker, GError **error)
{
    json_for_each (entry, json_get(worker->onboarding->answers, "done")) {
        const char *id = json_name(entry);
        const char *given = json_get_string(entry, "note");
        const char *note = given != NULL ? given : "";
        const struct step *step = onboarding_step(worker->onboarding, id);
        if (step == NULL)
            return wrong(error, "answers: done.%s: there is no such step.", id);
        if (is_too_early_to_tell(worker, step))
            continue; /* the step says so */
        if (is_told_anew(worker, step, note) && !person_tells(worker, id, by_or_account(worker, entry), note, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean take_skipped(struct worker *worker, GError **error)
{
    json_for_each (entry, json_get(worker->onboarding->answers, "skip")) {
        const char *id = json_name(entry);
        const char *reason = json_get_string(entry, "reason");
        if (onboarding_step(worker->onboarding, id) == NULL)
            return wrong(error, "answers: skip.%s: there is no such step.", id);
        if (ledger_step(worker->ledger, id)->skipped_by[0] == '\0' &&
            !person_skips(worker, id, by_or_account(worker, entry), reason != NULL ? reason : "", error))
            return FALSE;
    }
    return TRUE;
}

/* Decisions are named by kind in an answers file, and count only where they are offered. */
static gboolean take_decisions(struct worker *worker, GError **error)
{
    for (guint i = 0; i < worker->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->onboarding->objects, i);
        const json *decisions = json_get(worker->onboarding->answers, "decisions");
        const char *decision = json_get_string(decisions, object->key);
        if (decision == NULL)
            decision = json_get_string(decisions, object->kind->name);
        if (decision == NULL || strcmp(decision, ledger_object(worker->ledger, object->key)->decision) == 0 ||
            !is_possible(object, decision))
            continue;
        if (!person_decides(worker, object->key, decision, error))
            return FALSE;
    }
    return TRUE;
}

/* What the colleague decided who handed over, by the object's key or kind. */
static gboolean take_handed_decisions(struct worker *worker, GError **error)
{
    for (guint i = 0; i < worker->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->onboarding->objects, i);
        const struct object_entry *entry = ledger_object(worker->ledger, object->key);
        if (entry->decision[0] != '\0')
            continue;
        if (entry->handed[0] == '\0')
            entry = ledger_object(worker->ledger, object->kind->name);
        if (entry->handed[0] == '\0' || !is_possible(object, entry->handed))
            continue;
        g_autofree char *when = clock_format(entry->handed_at);
        g_autofree char *by = g_strdup(entry->handed_by);
        g_autofree char *decision = g_strdup(entry->handed);
        if (!decide(worker, object->key, decision, by, when, error))
            return FALSE;
    }
    return TRUE;
}

gboolean person_take_answers(struct worker *worker, GError **error)
{
    if (worker->dir == NULL || worker->dir->read_only)
        return TRUE;
    return hand_over_take(worker, error) && take_told(worker, error) && take_skipped(worker, error) &&
           take_decisions(worker, error) && take_handed_decisions(worker, error);
}
