/* SPDX-License-Identifier: MIT */
#include "engine/operator_input.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/hand_over.h"
#include "engine/leave_decision.h"
#include "engine/past_decisions.h"
#include "engine/step_fields.h"
#include "engine/step_told.h"
#include "engine/tenant.h"
#include "engine/worker.h"
#include "input/guest_list.h"
#include "input/validate.h"
#include "onboarding/answer_key.h"
#include "onboarding/answer_value.h"
#include "onboarding/answers.h"
#include "onboarding/door.h"
#include "onboarding/seen.h"
#include "onboarding/user.h"

static gboolean wrong(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean wrong(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_propagate_error(error, g_error_new_valist(PERCH_ERROR, PERCH_ERROR_INPUT, format, arguments));
    va_end(arguments);
    return FALSE;
}

/* What was chosen or passed over in a list that is taken all the same, a column, an address that stood there twice, is
 * told; one of the company's own people is not taken. */
static gboolean read_guests(struct worker *worker, const char *text, GError **error)
{
    g_autoptr(GuestList) list = guest_list_read(text, -1);
    const char *domains = g_hash_table_lookup(worker->tenant.onboarding->values, "tenant.domains");
    for (guint i = 0; domains != NULL && i < list->guests->len; i++) {
        const struct guest *guest = g_ptr_array_index(list->guests, i);
        if (user_is_of_domains(guest->email, domains))
            return wrong(error, "%s is of your own tenant, and nobody of the partner.\nTake it off the list.",
                         guest->email);
    }
    for (guint i = 0; i < list->findings->len; i++)
        worker_log(worker, LOG_NOTICE, "guests", "%s",
                   ((const struct finding *)g_ptr_array_index(list->findings, i))->message);
    return TRUE;
}

/* Whoever decides at the prompt what goes with the partner decides about what is shown. Caller frees. */
static char *bound(const struct worker *worker, const char *path, const char *typed)
{
    const struct situation situation = worker_situation(worker);
    for (guint i = 0; typed[0] != '\0' && g_str_has_prefix(path, "leave.") && strchr(typed, '#') == NULL &&
                      i < worker->tenant.onboarding->objects->len;
         i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        g_autofree char *code = leave_decision_code(&situation, object);
        if (answer_key_is(object, path + strlen("leave.")))
            return g_strconcat(typed, code, NULL);
    }
    return g_strdup(typed);
}

gboolean operator_input_answers(struct worker *worker, char *const *answers, GError **error)
{
    const struct profile *profile = worker->tenant.onboarding->profile;
    g_autoptr(json) changed = json_copy(worker->tenant.onboarding->answers);
    for (; answers[0] != NULL; answers += 2) {
        const struct field *field = profile_field(profile, answers[0]);
        g_autofree char *past = field != NULL ? step_past_day(worker->tenant.onboarding, field, answers[1]) : NULL;
        if (past != NULL)
            return wrong(error, "%s\nEnter today or a later day.", past);
        g_autofree char *typed = bound(worker, answers[0], answers[1]);
        if (!answers_set(profile->answers, changed, answers[0], typed, error))
            return FALSE;
        const char *tenant = worker->operator.sign_in != NULL ? sign_in_tenant_id(worker->operator.sign_in) : NULL;
        g_autofree char *remark = field != NULL ? answer_tenant_remark(field->validator, answers[1], tenant) : NULL;
        if (remark != NULL)
            worker_log(worker, LOG_NOTICE, field->label, "%s", remark);
        if (field != NULL && field->kind == FIELD_GUESTS && !read_guests(worker, answers[1], error))
            return FALSE;
    }
    json_free(worker->tenant.onboarding->answers);
    worker->tenant.onboarding->answers = g_steal_pointer(&changed);
    onboarding_rebuild(worker->tenant.onboarding);
    worker_sync_objects(worker);
    return tenant_save_answers(&worker->tenant, error);
}

/* TRUE if DECISION is among what is offered now, or takes back what was said; another name is the person's to say, and
 * so is who stays behind a door.
 */
static gboolean is_possible(const struct worker *worker, const struct object *object, struct decision decision)
{
    if (decision.kind == DECISION_KEEP_SOME)
        return door_takes(object, decision);
    /* Whoever said that perch made it may think better of it. */
    if (decision.kind == DECISION_USE && object->decision.kind == DECISION_OWN &&
        g_ascii_strcasecmp(decision.text, object->decision.text) == 0)
        return TRUE;
    g_autofree char *code = seen_code(object, journal_state_object(worker->tenant.journal_state, object->key)->spent);
    for (guint i = 0; i < object->observation->candidates->len; i++) {
        const struct candidate *candidate = g_ptr_array_index(object->observation->candidates, i);
        const char *offered = candidate->decision.text;
        /* Whoever said it by the code of what is shown may have said it on another machine. */
        gboolean is_by_code = decision_has_code(decision.kind) && strcmp(code, decision.text) == 0;
        gboolean is_said = decision_wants_text(candidate->decision)
                               ? g_str_has_prefix(decision.text, offered) && strlen(decision.text) > strlen(offered)
                               : strcmp(offered, decision.text) == 0 || is_by_code;
        if (candidate->decision.kind == decision.kind && is_said)
            return TRUE;
    }
    return FALSE;
}

static gboolean note_decided(struct worker *worker, const struct object *object, struct decision decision,
                             struct saying said, GError **error)
{
    g_autofree char *words = decision_words(decision);
    worker_log(worker, LOG_NOTICE, object->kind->name, "decided by %s: %s", said.by, words);
    /* What a decision alone makes differ, as an invitation that is to be sent again, is about nothing that was seen. */
    gboolean is_of_differences = decision.kind == DECISION_KEEP || object->observation->differences->len > 0;
    g_autofree char *about = decision_has_code(decision.kind) && is_of_differences ? seen_about(object) : NULL;
    const struct journal_record record = {
        .type = RECORD_DECIDED,
        .object = object->key,
        .decision = decision,
        .about = about,
        .by = said.by,
        .from = said.from,
        .when = said.when,
    };
    return worker_note(worker, &record, error);
}

static gboolean decide(struct worker *worker, const char *object_key, struct decision decision, struct saying said,
                       GError **error)
{
    const struct object *object = onboarding_object(worker->tenant.onboarding, object_key);
    if (object == NULL)
        return wrong(error, "There is nothing called “%s” to decide about.", object_key);
    g_autofree char *words = decision_words(decision);
    if (!is_possible(worker, object, decision))
        return wrong(error, "“%s” is not one of the choices that are offered now.", words);
    return note_decided(worker, object, decision, said, error);
}

gboolean operator_input_decides(struct worker *worker, const char *object_key, const char *decision, GError **error)
{
    return decide(worker, object_key, decision_parse(decision), (struct saying){.by = worker_account(worker)}, error);
}

gboolean operator_input_note_told(struct worker *worker, const char *step, struct saying said, const char *note,
                                  const char *about, GError **error)
{
    /* What somebody typed may hold anything, and the journal goes into bundles. */
    g_autofree char *clean = redact(worker->redactor, note);
    const struct journal_record record = {.type = RECORD_TOLD,
                                          .from = said.from,
                                          .step = step,
                                          .by = said.by,
                                          .when = said.when,
                                          .note = clean,
                                          .about = about};
    return worker_note(worker, &record, error);
}

gboolean operator_input_note_skipped(struct worker *worker, const char *step, struct saying said, const char *reason,
                                     GError **error)
{
    g_autofree char *clean = redact(worker->redactor, reason);
    const struct journal_record record = {
        .type = RECORD_SKIPPED, .from = said.from, .step = step, .by = said.by, .when = said.when, .reason = clean};
    return worker_note(worker, &record, error);
}

/* TRUE if the guide of STEP, as things stand now, ends with a person's word. */
static gboolean offers_telling(const struct onboarding *onboarding, const struct step *step)
{
    const struct guide *guide = onboarding_guide(onboarding, step);
    return step->definition->report || (guide != NULL && guide->tell);
}

gboolean operator_input_tells(struct worker *worker, const char *id, const char *by, const char *note, GError **error)
{
    const struct step *step = onboarding_step(worker->tenant.onboarding, id);
    if (step == NULL || !offers_telling(worker->tenant.onboarding, step))
        return wrong(error, "The step “%s” is not one that can be told: it is proved or it is not done.", id);
    const char *missing = step_missing_to_tell(worker->tenant.onboarding, step);
    if (missing != NULL)
        return wrong(
            error,
            "That cannot be told yet: %s is missing.\nEnter it among this step's values, then say that it is done.",
            missing);
    g_autofree char *about = step_told_about(worker->tenant.onboarding, step);
    /* The same once more would only make the journal longer. */
    const struct step_entry *entry = journal_state_step(worker->tenant.journal_state, id);
    g_autofree char *clean = redact(worker->redactor, note);
    if (strcmp(entry->told_by, by) == 0 && strcmp(entry->told_note, clean) == 0 &&
        g_strcmp0(entry->told_about, about) == 0)
        return TRUE;
    worker_log(worker, LOG_NOTICE, id, step->definition->report ? "written, and noted for %s" : "told by %s", by);
    return operator_input_note_told(worker, id, (struct saying){.by = by}, note, about, error);
}

gboolean operator_input_skips(struct worker *worker, const char *id, const char *by, const char *reason, GError **error)
{
    const struct step *step = onboarding_step(worker->tenant.onboarding, id);
    if (step == NULL)
        return wrong(error, "There is no step “%s”.", id);
    if (step->number == 0)
        return wrong(error, "“%s” cannot be left out: everything else rests on it.", id);
    if (reason != NULL && reason[0] == '\0')
        return wrong(error, "Say why “%s” is left out; the report shows it.", id);
    worker_log(worker, LOG_NOTICE, id, reason != NULL ? "left out by %s" : "taken in again by %s", by);
    json *skip = json_get(worker->tenant.onboarding->answers, "skip");
    /* Else the answers would leave the step out again at once. */
    if (reason == NULL && json_get(skip, id) != NULL) {
        json_remove(skip, id);
        if (!tenant_save_answers(&worker->tenant, error))
            return FALSE;
    }
    return operator_input_note_skipped(worker, id, (struct saying){.by = by}, reason, error);
}

gboolean operator_input_overrides(struct worker *worker, const char *id, const char *word, GError **error)
{
    const struct step *step = onboarding_step(worker->tenant.onboarding, id);
    const char *wanted = step != NULL && step->definition->wait != NULL ? step->definition->wait->word : NULL;
    if (wanted == NULL)
        return wrong(error, "The wait of “%s” cannot be overridden.", id);
    if (strcmp(word, wanted) != 0)
        return wrong(error, "Type the word “%s” to go on without the wait.", wanted);
    worker_log(worker, LOG_NOTICE, id, "wait overridden by %s", worker_account(worker));
    return worker_note(worker, &(struct journal_record){.type = RECORD_OVERRIDDEN, .step = id}, error);
}

/* Else the answers would tell it again at once. */
gboolean operator_input_untells(struct worker *worker, const char *id, GError **error)
{
    const struct step_entry *entry = journal_state_step(worker->tenant.journal_state, id);
    if (onboarding_step(worker->tenant.onboarding, id) == NULL || entry->told_by[0] == '\0')
        return wrong(error, "Nothing was told about “%s” that could be taken back.", id);
    json *done = json_get(worker->tenant.onboarding->answers, "done");
    if (json_get(done, id) != NULL) {
        json_remove(done, id);
        if (!tenant_save_answers(&worker->tenant, error))
            return FALSE;
    }
    worker_log(worker, LOG_NOTICE, id, "what was told is taken back by %s", worker_account(worker));
    const struct journal_record record = {.type = RECORD_UNTOLD, .step = id, .by = worker_account(worker)};
    return worker_note(worker, &record, error);
}

static const char *by_or_account(const struct worker *worker, const json *entry)
{
    const char *by = json_get_string(entry, "by");
    return by != NULL && by[0] != '\0' ? by : worker_account(worker);
}

/* BY: who says so; "" where nobody does. */
static gboolean forget_decision(struct worker *worker, const char *key, const char *by, GError **error)
{
    json *decisions = json_get(worker->tenant.onboarding->answers, "decisions");
    const struct object *object = onboarding_object(worker->tenant.onboarding, key);
    g_autofree char *name = object != NULL ? answer_key(object) : g_strdup(key);
    if (decisions != NULL)
        json_remove(decisions, name);
    return worker_note(worker, &(struct journal_record){.type = RECORD_UNDECIDED, .object = key, .by = by}, error) &&
           tenant_save_answers(&worker->tenant, error);
}

gboolean operator_input_undecides(struct worker *worker, const char *object_key, GError **error)
{
    const struct object *object = onboarding_object(worker->tenant.onboarding, object_key);
    if (object == NULL || object->decision.kind == DECISION_NONE)
        return wrong(error, "Nothing was decided about “%s” that could be taken back.", object_key);
    worker_log(worker, LOG_NOTICE, object->kind->name, "the decision is taken back by %s", worker_account(worker));
    return forget_decision(worker, object_key, worker_account(worker), error);
}

gboolean operator_input_forget_removals(struct worker *worker, const struct object *object, GError **error)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *other = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        if (other->decision.kind == DECISION_REMOVE &&
            g_ptr_array_find_with_equal_func(other->needs, object->key, g_str_equal, NULL) &&
            !forget_decision(worker, other->key, "", error))
            return FALSE;
    }
    return TRUE;
}

static gboolean take_told(struct worker *worker, GError **error)
{
    json_for_each (entry, json_get(worker->tenant.onboarding->answers, "done")) {
        const char *id = json_name(entry);
        const char *given = json_get_string(entry, "note");
        const char *note = given != NULL ? given : "";
        g_autofree char *clean = redact(worker->redactor, note);
        const struct step *step = onboarding_step(worker->tenant.onboarding, id);
        if (step == NULL || !offers_telling(worker->tenant.onboarding, step)) {
            worker_log(worker, LOG_NOTICE, id,
                       "done.%s in the answers counts nothing: as things stand it is proved or "
                       "it is not done",
                       id);
            continue;
        }
        /* What it is about may be yet to be made. */
        g_autofree char *about = step_told_about(worker->tenant.onboarding, step);
        if (g_strcmp0(about, "") == 0 || step_missing_to_tell(worker->tenant.onboarding, step) != NULL)
            continue; /* the step says so */
        /* Once it is outdated, only another note says that it was done again. */
        const struct step_entry *told = journal_state_step(worker->tenant.journal_state, step->id);
        const struct situation situation = worker_situation(worker);
        gboolean is_new = told->told_by[0] == '\0' ||
                          (step_told_is_outdated(&situation, step) && strcmp(clean, told->told_note) != 0);
        if (is_new && !operator_input_tells(worker, id, by_or_account(worker, entry), note, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean take_skipped(struct worker *worker, GError **error)
{
    json_for_each (entry, json_get(worker->tenant.onboarding->answers, "skip")) {
        const char *id = json_name(entry);
        const char *reason = json_get_string(entry, "reason");
        if (journal_state_step(worker->tenant.journal_state, id)->skipped_by[0] == '\0' &&
            !operator_input_skips(worker, id, by_or_account(worker, entry), reason != NULL ? reason : "", error))
            return FALSE;
    }
    return TRUE;
}

/* TRUE if DECISION about OBJECT is one that no file takes for a person: beyond a partner's fence, which he types; and
 * with nobody looking on, who the partner is. */
static gboolean is_for_a_person(struct worker *worker, const struct object *object, struct decision decision)
{
    gboolean nobody_looks = worker->unattended && object->kind->by_hand_only && decision.kind != DECISION_NONE;
    if (nobody_looks)
        worker_log(worker, LOG_WARNING, object->kind->name,
                   "what a file decides about “%s” is not taken with --yes: decide it in the console, or without --yes",
                   object->title);
    return nobody_looks || decision.kind == DECISION_ALLOW;
}

/* What the colleague decided who handed over, about what he saw. What is not offered once it was read, or is otherwise
 * than he saw it, was decided by nobody, and is not decided by him later either. */
static gboolean take_handed_decision(struct worker *worker, const struct object *object, GError **error)
{
    const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
    gboolean is_of_what_was_seen = decision_has_code(entry->handed.kind) || entry->handed.kind == DECISION_REMOVE;
    gboolean is_read = object->observation->checked != 0 && object->observation->state != OBJECT_UNKNOWN;
    /* What one account may activate, another is not asked to. */
    if (entry->decision.kind != DECISION_NONE || entry->handed.kind == DECISION_NONE || object->kind->ends_by_itself)
        return TRUE;
    /* Whoever went as decided is not brought back. */
    gboolean is_done = entry->handed.kind == DECISION_REMOVE && object->kind->goes_by_decision &&
                       object->observation->state == OBJECT_ABSENT;
    if (is_of_what_was_seen && is_read && !is_done &&
        (!is_possible(worker, object, entry->handed) || !seen_covers(entry->handed_about, object))) {
        const struct journal_record past = {.type = RECORD_UNDECIDED, .object = object->key, .by = ""};
        return worker_note(worker, &past, error);
    }
    g_autofree char *by = g_strdup(entry->handed_by);
    g_autofree char *from = g_strdup(entry->handed_from);
    struct decision decision = decision_copy(entry->handed);
    const struct saying said = {.by = by, .when = entry->handed_at, .from = from[0] != '\0' ? from : NULL};
    gboolean ok = !(is_done || is_possible(worker, object, decision)) || is_for_a_person(worker, object, decision) ||
                  note_decided(worker, object, decision, said, error);
    decision_clear(&decision);
    return ok;
}

/* A word that stands in the answers while there is nothing to decide was said about nothing that somebody saw, and does
 * not decide about what comes later. */
static gboolean pass_over(struct worker *worker, const struct object *object, const char *given, GError **error)
{
    const struct decision decision = decision_parse(given);
    gboolean is_read = object->observation->checked != 0 && object->observation->state != OBJECT_UNKNOWN;
    const struct journal_record record = {
        .type = RECORD_UNDECIDED, .object = object->key, .decision = decision, .by = ""};
    return !is_read || !decision_has_code(decision.kind) || decision.text[0] != '\0' || object->kind->ends_by_itself ||
           is_possible(worker, object, decision) || worker_note(worker, &record, error);
}

/* Decisions count only where they are offered. */
static gboolean take_decisions(struct worker *worker, GError **error)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        /* By its key or kind. What lasts for a while is not decided again by what was kept of an earlier run. */
        const json *answers =
            object->kind->ends_by_itself ? worker->tenant.given_answers : worker->tenant.onboarding->answers;
        const json *decisions = json_get(answers, "decisions");
        const char *given = answer_about(decisions, object);
        /* Whom of a list it is about has to be said. */
        if (given == NULL && object->item == NULL)
            given = json_get_string(decisions, object->kind->name);
        const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
        g_autofree char *last = decision_words(entry->decision);
        gboolean is_spent = given != NULL && seen_was_said(entry->spent, given) && !object->kind->ends_by_itself;
        gboolean is_new = given != NULL && strcmp(given, last) != 0 && !is_spent &&
                          is_possible(worker, object, decision_parse(given)) &&
                          !is_for_a_person(worker, object, decision_parse(given));
        if (is_new && !operator_input_decides(worker, object->key, given, error))
            return FALSE;
        if (given != NULL && !is_new && !is_spent && strcmp(given, last) != 0 &&
            !pass_over(worker, object, given, error))
            return FALSE;
        if (!take_handed_decision(worker, object, error))
            return FALSE;
    }
    return TRUE;
}

gboolean operator_input_take_answers(struct worker *worker, GError **error)
{
    if (worker->tenant.dir == NULL || worker->tenant.dir->read_only)
        return TRUE;
    return hand_over_take(worker, error) && past_decisions_forget(worker, error) && take_told(worker, error) &&
           take_skipped(worker, error) && take_decisions(worker, error);
}
