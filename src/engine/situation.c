/* SPDX-License-Identifier: MIT */
#include "engine/situation.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "engine/leave_decision.h"
#include "engine/undo_plan.h"
#include "onboarding/seen.h"

struct failure *failure_new(const char *what, const char *hint)
{
    struct failure *failure = g_new0(struct failure, 1);
    failure->what = g_strdup(what);
    failure->hint = g_strdup(hint != NULL ? hint : "");
    return failure;
}

void failure_free(gpointer data)
{
    struct failure *failure = data;
    g_free(failure->what);
    g_free(failure->hint);
    g_free(failure->step);
    g_free(failure);
}

gboolean situation_opens(const struct situation *situation, const char *step)
{
    for (guint i = 0; situation->assumed != NULL && i < situation->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(situation->onboarding->objects, i);
        if (object->kind->opens != NULL && g_hash_table_contains(situation->assumed, object->key) &&
            object->kind->opens(object, step))
            return TRUE;
    }
    return FALSE;
}

gboolean situation_assumes(const struct situation *situation, const struct object *object)
{
    if (situation->assumed == NULL)
        return FALSE;
    gboolean assumed = g_hash_table_contains(situation->assumed, object->key);
    /* An object that opens steps is assumed to be there: whoever activates a role has it by then. */
    for (guint i = 0; object->kind->learns_steps && i < situation->onboarding->objects->len; i++) {
        const struct object *other = g_ptr_array_index(situation->onboarding->objects, i);
        assumed = assumed || (other->kind->opens != NULL && g_hash_table_contains(situation->assumed, other->key));
    }
    for (guint i = 0; object->kind->is_door && object->observation->checked == 0 && i < object->needs->len; i++)
        assumed = assumed || g_hash_table_contains(situation->assumed, g_ptr_array_index(object->needs, i));
    return assumed;
}

gboolean situation_matches(const struct situation *situation, const struct object *object)
{
    return object->observation->state == OBJECT_MATCHES || situation_assumes(situation, object);
}

const struct object_entry *situation_object(const struct situation *situation, const struct object *object)
{
    return journal_state_object(situation->journal_state, object->key);
}

gboolean situation_decides(const struct situation *situation, const struct object *object, enum decision_kind kind)
{
    gboolean is_of_what_is_there = kind == DECISION_KEEP || kind == DECISION_REPAIR;
    return object->decision.kind == kind &&
           (!is_of_what_is_there || seen_covers(situation_object(situation, object)->decided_about, object));
}

gboolean situation_leaves_to_portal(const struct situation *situation, const struct object *object)
{
    return object->kind->portal_will_do && situation_object(situation, object)->refused != 0;
}

const struct step_entry *situation_step(const struct situation *situation, const struct step *step)
{
    return journal_state_step(situation->journal_state, step->id);
}

char *situation_clean(const struct situation *situation, const char *text)
{
    g_autofree char *redacted = redact(situation->redactor, text != NULL ? text : "");
    return text_safe(redacted, -1);
}

/* TRUE if something that perch made, and nobody decided to keep, or that somebody decided to take away, is not known to
 * be gone. */
static gboolean is_left_in_part(const struct situation *situation)
{
    for (guint i = 0; i < situation->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(situation->onboarding->objects, i);
        const char *said = leave_decision(situation, object);
        gboolean is_own = object->kind->remove != NULL && !object->kind->ends_by_itself &&
                          situation_object(situation, object)->created && g_strcmp0(said, "keep") != 0;
        if (is_own || (g_strcmp0(said, "remove") == 0 && undo_leaves_partners(situation, object)))
            return TRUE;
    }
    return FALSE;
}

char *situation_left(const struct situation *situation)
{
    const struct journal_state *journal = situation->journal_state;
    if (journal->left_at == 0)
        return NULL;
    g_autofree char *day = clock_format_day(journal->left_at);
    gboolean is_known = journal->left_by != NULL && journal->left_by[0] != '\0';
    /* What a colleague's leaving took away is found gone here only when it is looked for. */
    gboolean in_part = (journal->left_from == NULL || journal->left_from[0] == '\0') && is_left_in_part(situation);
    g_autofree char *left = g_strconcat(in_part ? "leaving " : "", situation->onboarding->profile->name,
                                        in_part ? " was begun on " : " was left on ", day, is_known ? " by " : "",
                                        is_known ? journal->left_by : "",
                                        in_part ? ", and some of what was to go is still there" : "", NULL);
    return situation_claim(left, journal->left_from);
}

/* TRUE if what DEED took away, or put back, is there again as perch wants it: another machine, or a person, made it,
 * and this one found it so. What was made for an earlier answer is not what stands there now. */
static gboolean is_there_again(const struct situation *situation, const struct journal_deed *deed,
                               const struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    if (strcmp(deed->what, "undo-repair") == 0)
        return entry->phase == PHASE_VERIFIED && object->observation->state == OBJECT_MATCHES;
    return deed->record->path == NULL && (entry->created || entry->adopted);
}

/* What perch removed last, or put back, for a person; NULL if something was made or changed since, or found made. */
static const struct journal_record *last_undone(const struct situation *situation)
{
    const GPtrArray *history = situation->journal_state->history;
    const struct journal_record *last = NULL;
    for (guint i = history->len; i > 0; i--) {
        const struct journal_deed *deed = g_ptr_array_index(history, i - 1);
        const struct journal_record *record = deed->record;
        const struct object *object =
            record->object != NULL ? onboarding_object(situation->onboarding, record->object) : NULL;
        /* A role that was activated for a while goes by itself. */
        if (object == NULL || object->kind->ends_by_itself)
            continue;
        const struct object_entry *entry = situation_object(situation, object);
        gboolean is_wanted_gone = entry->phase == PHASE_REMOVED && entry->decision.kind == DECISION_REMOVE;
        if (strcmp(deed->what, "create") == 0 || strcmp(deed->what, "restore") == 0 ||
            strcmp(deed->what, "repair") == 0)
            return last;
        if (strcmp(deed->what, "undo-repair") != 0 && (strcmp(deed->what, "remove") != 0 || is_wanted_gone))
            continue;
        if (is_there_again(situation, deed, object))
            return NULL;
        last = last != NULL ? last : record;
    }
    return last;
}

gboolean situation_is_undone(const struct situation *situation, struct undone *undone)
{
    const struct journal_state *journal = situation->journal_state;
    const struct journal_record *record = journal->left_at == 0 ? last_undone(situation) : NULL;
    if (record != NULL)
        *undone = (struct undone){.at = journal_record_time(record), .by = record->by};
    else
        *undone = (struct undone){.at = journal->undone_at, .by = journal->undone_by, .from = journal->undone_from};
    return record != NULL || (journal->left_at == 0 && journal->undone_at != 0);
}

char *situation_undone(const struct situation *situation)
{
    struct undone undone;
    if (!situation_is_undone(situation, &undone))
        return NULL;
    g_autofree char *day = clock_format_day(undone.at);
    gboolean is_known = undone.by != NULL && undone.by[0] != '\0';
    gboolean is_part = journal_state_created_count(situation->journal_state) > 0;
    g_autofree char *text = g_strconcat(is_part ? "part of " : "", "what perch had made was undone on ", day,
                                        is_known ? " by " : "", is_known ? undone.by : "", NULL);
    return situation_claim(text, undone.from);
}

char *situation_claim(const char *text, const char *from)
{
    gboolean is_claim = from != NULL && from[0] != '\0';
    return g_strconcat(text != NULL ? text : "", is_claim ? ", according to the hand-over of " : "",
                       is_claim ? from : "", NULL);
}
