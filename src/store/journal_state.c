/* SPDX-License-Identifier: MIT */
#include "store/journal_state.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "base/text_members.h"
#include "store/before_own.h"
#include "store/former.h"
#include "store/journal_history.h"
#include "store/step_fold.h"
#include "store/unanswered.h"

static void set_decision(struct decision *kept, struct decision decision)
{
    decision_clear(kept);
    *kept = decision_copy(decision);
}

/* The texts of an object's entry, which are never NULL. */
static const gsize object_texts[] = {
    offsetof(struct object_entry, id),           offsetof(struct object_entry, gone_id),
    offsetof(struct object_entry, chosen),       offsetof(struct object_entry, deleted_id),
    offsetof(struct object_entry, name),         offsetof(struct object_entry, handed_by),
    offsetof(struct object_entry, absent_as),    offsetof(struct object_entry, decided_about),
    offsetof(struct object_entry, spent),        offsetof(struct object_entry, decided_by),
    offsetof(struct object_entry, made_as),      offsetof(struct object_entry, intended_as),
    offsetof(struct object_entry, handed_from),  offsetof(struct object_entry, intended_name),
    offsetof(struct object_entry, there_first),  offsetof(struct object_entry, intended_about),
    offsetof(struct object_entry, refused_said), offsetof(struct object_entry, item),
    offsetof(struct object_entry, mark),         offsetof(struct object_entry, leave_shown),
    offsetof(struct object_entry, taken_away),   offsetof(struct object_entry, handed_about),
    offsetof(struct object_entry, named),        offsetof(struct object_entry, named_id),
};

static gpointer object_entry_new(void)
{
    struct object_entry *entry = g_new0(struct object_entry, 1);
    text_members_begin(entry, object_texts, G_N_ELEMENTS(object_texts));
    set_decision(&entry->decision, decision_parse(""));
    set_decision(&entry->handed, decision_parse(""));
    entry->sends = g_array_new(FALSE, FALSE, sizeof(gint64));
    entry->unanswered = g_array_new(FALSE, FALSE, sizeof(struct unanswered));
    entry->left = g_ptr_array_new_with_free_func(former_free);
    return entry;
}

static void object_entry_free(gpointer data)
{
    struct object_entry *entry = data;
    text_members_end(entry, object_texts, G_N_ELEMENTS(object_texts));
    g_free((gpointer)entry->decision.text);
    g_free((gpointer)entry->handed.text);
    json_free(entry->old);
    json_free(entry->repairing);
    take_back_unref(entry->take_back);
    g_clear_pointer(&entry->before, before_own_free);
    g_array_unref(entry->sends);
    g_array_unref(entry->unanswered);
    g_ptr_array_unref(entry->left);
    g_free(entry);
}

struct journal_state *journal_state_new(void)
{
    struct journal_state *state = g_new0(struct journal_state, 1);
    state->objects = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, object_entry_free);
    state->steps = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, step_entry_free);
    state->history = g_ptr_array_new_with_free_func(journal_deed_free);
    state->no_object = object_entry_new();
    state->no_step = step_entry_new();
    return state;
}

void journal_state_free(struct journal_state *state)
{
    if (state == NULL)
        return;
    g_hash_table_unref(state->objects);
    g_hash_table_unref(state->steps);
    g_ptr_array_unref(state->history);
    g_free(state->left_by);
    g_free(state->left_from);
    g_free(state->undone_by);
    g_free(state->undone_from);
    object_entry_free(state->no_object);
    step_entry_free(state->no_step);
    g_free(state);
}

static void on_intent(struct object_entry *entry, const struct journal_record *record)
{
    gboolean is_again = entry->action == record->action &&
                        (entry->phase == PHASE_REFUSED || entry->phase == PHASE_INTENT || entry->phase == PHASE_SENT);
    if (!is_again)
        g_array_set_size(entry->sends, 0);
    if (entry->before != NULL)
        entry->before->is_written = TRUE;
    entry->action = record->action;
    entry->phase = PHASE_INTENT;
    entry->refused = 0;
    text_set(&entry->refused_said, "");
    entry->absent_at = record->absent_at;
    text_set(&entry->absent_as, "");
    text_set(&entry->intended_as, record->as);
    text_set(&entry->intended_name, record->name);
    /* What is taken away though perch neither made nor took it over. */
    if (record->action == WRITE_REMOVE && entry->id[0] == '\0')
        text_set(&entry->id, record->id);
    text_set(&entry->intended_about, record->about);
    text_set(&entry->taken_away, record->action == WRITE_REPAIR ? record->id : "");
    entry->not_ours = FALSE;
    json_free(entry->repairing);
    entry->repairing = json_copy(record->old);
}

static void on_sent(struct object_entry *entry, const struct journal_record *record)
{
    entry->phase = PHASE_SENT;
    g_array_append_val(entry->sends, record->at);
}

/* What was decided was done, once, or something else was decided since: the same words in a file of answers do not
 * decide it again. */
static void spend_words(struct object_entry *entry, struct decision decision)
{
    g_autofree char *words = decision_words(decision);
    char *spent = g_strconcat(entry->spent, words, "\n", NULL);
    g_free(entry->spent);
    entry->spent = spent;
}

static void spend_last(struct object_entry *entry)
{
    if (!decision_has_code(entry->decision.kind))
        return;
    spend_words(entry, entry->decision);
    set_decision(&entry->decision, decision_parse(""));
}

static void spend(struct object_entry *entry, enum decision_kind kind)
{
    if (entry->decision.kind == kind)
        spend_last(entry);
}

/* Whoever was taken away by a door, as decided, or is not there any more, is decided about anew if he comes again. */
static void spend_holder(struct object_entry *entry, const char *id)
{
    struct decision left = decision_without(entry->decision, id);
    if (left.kind != DECISION_UNKNOWN) {
        g_autofree char *went = g_strconcat("-", id, NULL);
        spend_words(entry, (struct decision){.kind = DECISION_KEEP_SOME, .text = went});
        set_decision(&entry->decision, left);
    }
    decision_clear(&left);
}

static void become_ours(struct object_entry *entry, const char *id)
{
    spend(entry, DECISION_CREATE);
    if (entry->decision.kind == DECISION_WAIT || entry->decision.kind == DECISION_OWN)
        set_decision(&entry->decision, decision_parse(""));
    /* What cannot be removed by a request that is known is at least not forgotten. */
    gboolean is_lost = entry->created && entry->take_back == NULL && g_strcmp0(entry->id, id) != 0;
    text_set(&entry->gone_id, is_lost ? entry->id : "");
    entry->gone_ours = is_lost;
    former_leave(entry);
    if (entry->action == WRITE_CREATE)
        text_set(&entry->made_as, entry->intended_as);
    entry->created = TRUE;
    entry->adopted = FALSE;
    entry->not_ours = FALSE;
    entry->answer_lost = FALSE;
    entry->first_seen = 0;
    entry->last_seen = 0;
    text_set(&entry->id, id);
}

/* What a repair overwrote counts from when it is known to have come true. */
static void keep_old(struct object_entry *entry)
{
    if (entry->repairing == NULL)
        return;
    if (entry->old == NULL)
        entry->old = json_new_array();
    json_append(entry->old, g_steal_pointer(&entry->repairing));
}

static void on_replied(struct object_entry *entry, const struct journal_record *record)
{
    entry->phase = PHASE_REPLIED;
    keep_old(entry);
    if (entry->action == WRITE_CREATE || entry->action == WRITE_RESTORE)
        before_own_settle(entry);
    if (entry->action == WRITE_CREATE) {
        if (record->answer_lost)
            unanswered_note(entry, record, TRUE);
        become_ours(entry, record->id);
        entry->answer_lost = record->answer_lost;
    } else if (entry->action == WRITE_RESTORE && record->id != NULL) {
        /* Restoring what perch had made and undone makes it perch's own again. */
        entry->created = entry->deleted_ours && g_strcmp0(record->id, entry->deleted_id) == 0;
        entry->adopted = !entry->created;
        text_set(&entry->id, record->id);
        text_set(&entry->deleted_id, "");
        spend(entry, DECISION_RESTORE);
    }
}

/* What comes back is as sure to be perch's as it was before, so that stays. */
static void forget_what_was_there(struct object_entry *entry)
{
    before_own_settle(entry);
    unanswered_pass(entry);
    text_set(&entry->id, "");
    text_set(&entry->mark, "");
    entry->created = FALSE;
    entry->adopted = FALSE;
    g_clear_pointer(&entry->old, json_free);
    g_clear_pointer(&entry->repairing, json_free);
    g_clear_pointer(&entry->take_back, take_back_unref);
}

/* Somebody else took it away, so that it is not ours to restore. */
static void on_gone(struct object_entry *entry, const struct journal_record *record)
{
    if (entry->id[0] != '\0') {
        text_set(&entry->gone_id, entry->id);
        entry->gone_ours = entry->created;
    } else if (record->id != NULL) {
        text_set(&entry->gone_id, record->id);
        entry->gone_ours = FALSE;
    }
    text_set(&entry->chosen, "");
    spend_last(entry);
    if (entry->decision.kind != DECISION_REMOVE)
        set_decision(&entry->decision, decision_parse(""));
    forget_what_was_there(entry);
    entry->phase = PHASE_GONE;
}

static void on_removed(struct object_entry *entry, const struct journal_record *record)
{
    (void)record;
    text_set(&entry->deleted_id, entry->id);
    entry->deleted_ours = entry->created;
    text_set(&entry->spent, "");
    text_set(&entry->made_as, "");
    entry->removals++;
    forget_what_was_there(entry);
    entry->phase = PHASE_REMOVED;
}

/* What the answer named stays looked for, and nothing of it is perch's; what the request made it does not say. */
static void on_not_ours(struct object_entry *entry, const struct journal_record *record)
{
    g_autofree char *id = g_strdup(record->id);
    forget_what_was_there(entry);
    unanswered_note(entry, record, FALSE);
    text_set(&entry->id, id);
    entry->answer_lost = FALSE;
    entry->not_ours = TRUE;
}

static void note_seen(struct object_entry *entry, gint64 at)
{
    if (entry->first_seen == 0)
        entry->first_seen = at;
    entry->last_seen = at;
}

static void on_verified(struct object_entry *entry, const struct journal_record *record)
{
    gboolean is_back = !entry->created && ((entry->gone_ours && g_strcmp0(entry->gone_id, record->id) == 0) ||
                                           ((entry->phase == PHASE_REMOVED || entry->action == WRITE_RESTORE) &&
                                            entry->deleted_ours && g_strcmp0(entry->deleted_id, record->id) == 0));
    if ((record->answer_lost && entry->action == WRITE_CREATE) || is_back) {
        gboolean was_lost = entry->answer_lost;
        if (record->answer_lost)
            unanswered_note(entry, record, TRUE);
        before_own_settle(entry);
        become_ours(entry, record->id);
        entry->answer_lost = is_back ? was_lost : record->answer_lost;
        if (is_back)
            text_set(&entry->deleted_id, "");
    }
    /* The one that was read was there already, and perch's own, under the same key, is another. */
    if (entry->created && entry->take_back != NULL && record->id != NULL && entry->id[0] != '\0' &&
        g_ascii_strcasecmp(record->id, entry->id) != 0) {
        former_leave(entry);
        entry->created = FALSE;
        entry->adopted = TRUE;
        entry->first_seen = 0;
    } else if (record->take_back != NULL) {
        take_back_unref(entry->take_back);
        entry->take_back = take_back_ref(record->take_back);
    }
    if (record->id != NULL)
        text_set(&entry->id, record->id);
    if (record->mark != NULL)
        text_set(&entry->mark, record->mark);
    if (entry->action == WRITE_UNDO_REPAIR)
        g_clear_pointer(&entry->old, json_free);
    if (entry->action == WRITE_REPAIR) {
        spend(entry, DECISION_REPAIR);
        spend_holder(entry, entry->taken_away);
    }
    keep_old(entry);
    entry->phase = PHASE_VERIFIED;
    note_seen(entry, record->at);
}

static void on_refused(struct object_entry *entry, const struct journal_record *record)
{
    if (entry->phase == PHASE_SENT)
        unanswered_note(entry, record, record->answer_lost);
    /* What was answered, or never left, is not what is found later. */
    if (entry->phase == PHASE_SENT && !record->answer_lost)
        g_array_set_size(entry->sends, entry->sends->len - 1);
    entry->phase = PHASE_REFUSED;
    entry->refused = (int)record->status;
    text_set(&entry->refused_said, record->note);
    g_clear_pointer(&entry->repairing, json_free);
}

static void on_adopted(struct object_entry *entry, const struct journal_record *record)
{
    const gboolean is_after_refusal = entry->action == WRITE_CREATE && entry->phase == PHASE_REFUSED;
    if (entry->phase == PHASE_SENT)
        unanswered_note(entry, record, TRUE);
    /* A repair without an answer that turned out as wanted. */
    keep_old(entry);
    entry->phase = PHASE_VERIFIED;
    entry->adopted = TRUE;
    entry->not_ours = FALSE;
    if (is_after_refusal || g_strcmp0(entry->id, record->id) != 0)
        entry->first_seen = 0;
    text_set(&entry->id, record->id);
    text_set(&entry->made_as, record->as);
    text_set(&entry->mark, record->mark);
    note_seen(entry, record->at);
}

/* Another than the one that perch made is wanted: that one is perch's still, and is to be removed. */
static void choose(struct object_entry *entry, const char *id)
{
    if (entry->created && g_ascii_strcasecmp(entry->id, id) != 0) {
        entry->gone_ours = entry->take_back == NULL;
        text_set(&entry->gone_id, entry->gone_ours ? entry->id : "");
        former_leave(entry);
        entry->created = FALSE;
        entry->last_seen = 0;
    }
    entry->not_ours = FALSE;
    if (g_ascii_strcasecmp(entry->id, id) != 0)
        entry->first_seen = 0;
    text_set(&entry->id, id);
    text_set(&entry->chosen, id);
}

/* A request had made it though no answer says so, as a person knows. */
static void own(struct object_entry *entry, struct decision decision)
{
    if (entry->before == NULL)
        entry->before = before_own_new(entry);
    gboolean is_known = entry->created && g_ascii_strcasecmp(entry->id, decision.text) == 0;
    /* What was only found is no perch's that another takes the place of. */
    if (entry->answer_lost && !is_known) {
        entry->created = FALSE;
        g_clear_pointer(&entry->take_back, take_back_unref);
    }
    if (!is_known) {
        become_ours(entry, decision.text);
        /* It is read once more, for how it goes. */
        entry->phase = PHASE_REPLIED;
    }
    set_decision(&entry->decision, decision);
    text_set(&entry->chosen, decision.text);
    entry->answer_lost = FALSE;
    unanswered_settle(entry, TRUE);
}

static void on_decided(struct object_entry *entry, const struct journal_record *record)
{
    const struct decision decision = record->decision;
    gboolean is_same =
        decision.kind == DECISION_OWN && entry->created && g_ascii_strcasecmp(entry->id, decision.text) == 0;
    /* What is said of whose it is takes the place of what was said before. */
    if ((decision.kind == DECISION_OWN || decision.kind == DECISION_USE) && !is_same)
        before_own_take_back(entry);
    if (decision.kind != entry->decision.kind)
        spend_last(entry);
    set_decision(&entry->decision, decision);
    text_set(&entry->decided_about, record->about);
    text_set(&entry->decided_by, record->by);
    entry->decided_at = journal_record_time(record);
    set_decision(&entry->handed, decision_parse(""));
    if (decision.kind == DECISION_USE)
        choose(entry, decision.text);
    if (decision.kind == DECISION_OWN)
        own(entry, decision);
    if (decision.kind != DECISION_NAME)
        return;
    text_set(&entry->name, decision.text);
    /* What was taken instead is given up; what perch made it still has to undo. */
    if (!entry->created) {
        text_set(&entry->id, "");
        entry->adopted = FALSE;
    }
}

static void on_undecided(struct object_entry *entry, const struct journal_record *record)
{
    if (record->about != NULL) {
        spend_holder(entry, record->about);
        return;
    }
    if (record->decision.kind != DECISION_NONE) {
        spend_words(entry, record->decision);
        return;
    }
    if (entry->decision.kind == DECISION_OWN)
        before_own_take_back(entry);
    spend_last(entry);
    set_decision(&entry->decision, decision_parse(""));
    set_decision(&entry->handed, decision_parse(""));
}

static void on_handed(struct object_entry *entry, const struct journal_record *record)
{
    set_decision(&entry->handed, record->decision);
    text_set(&entry->handed_by, record->by);
    text_set(&entry->handed_from, record->from);
    text_set(&entry->handed_about, record->about);
    entry->handed_at = journal_record_time(record);
}

static void on_absent(struct object_entry *entry, const struct journal_record *record)
{
    text_set(&entry->absent_as, record->as);
    if (entry->there_first[0] == '\0')
        text_set(&entry->there_first, record->about);
    entry->seen_at = 0;
}

static void on_seen(struct object_entry *entry, const struct journal_record *record)
{
    if (record->id != NULL) {
        text_set(&entry->named, record->name);
        text_set(&entry->named_id, record->id);
        return;
    }
    if (record->as != NULL)
        text_set(&entry->absent_as, record->as);
    entry->seen_at = journal_record_time(record);
}

static void on_stands_for(struct object_entry *entry, const struct journal_record *record)
{
    if (entry->item[0] == '\0')
        text_set(&entry->item, record->item);
}

static void on_shown(struct object_entry *entry, const struct journal_record *record)
{
    text_set(&entry->leave_shown, record->about);
}

/* What each type does to its object, and whether it is about a write. */
static const struct {
    void (*object)(struct object_entry *entry, const struct journal_record *record);
    gboolean is_write;
} folds[RECORD_TYPES] = {
    [RECORD_INTENT] = {.object = on_intent, .is_write = TRUE},
    [RECORD_SENT] = {.object = on_sent, .is_write = TRUE},
    [RECORD_REPLIED] = {.object = on_replied, .is_write = TRUE},
    [RECORD_VERIFIED] = {.object = on_verified, .is_write = TRUE},
    [RECORD_REFUSED] = {.object = on_refused, .is_write = TRUE},
    [RECORD_REMOVED] = {.object = on_removed, .is_write = TRUE},
    [RECORD_NOT_OURS] = {.object = on_not_ours},
    [RECORD_GONE] = {.object = on_gone, .is_write = TRUE},
    [RECORD_ADOPTED] = {.object = on_adopted, .is_write = TRUE},
    [RECORD_ABSENT] = {.object = on_absent},
    [RECORD_SEEN] = {.object = on_seen},
    [RECORD_DECIDED] = {.object = on_decided},
    [RECORD_UNDECIDED] = {.object = on_undecided},
    [RECORD_HANDED] = {.object = on_handed},
    [RECORD_SHOWN] = {.object = on_shown},
    [RECORD_STANDS_FOR] = {.object = on_stands_for},
};

static gpointer find_or_add(GHashTable *table, const char *key, gpointer (*make)(void))
{
    gpointer entry = g_hash_table_lookup(table, key);
    if (entry == NULL) {
        entry = make();
        g_hash_table_insert(table, g_strdup(key), entry);
    }
    return entry;
}

/* RECORD tells of an end; NULL: it is over with that. */
static void set_end(gint64 *at, char **by, char **from, const struct journal_record *record)
{
    *at = record != NULL ? journal_record_time(record) : 0;
    text_set(by, record != NULL ? record->by : NULL);
    text_set(from, record != NULL ? record->from : NULL);
}

void journal_state_add(struct journal_state *state, const struct journal_record *record)
{
    /* Whoever has something made again connects the partner again. */
    gboolean makes =
        record->type == RECORD_INTENT && (record->action == WRITE_CREATE || record->action == WRITE_RESTORE);
    if (record->type == RECORD_LEFT || makes)
        set_end(&state->left_at, &state->left_by, &state->left_from, makes ? NULL : record);
    gboolean is_there = makes || record->type == RECORD_ADOPTED;
    if (record->type == RECORD_UNDONE || is_there)
        set_end(&state->undone_at, &state->undone_by, &state->undone_from, is_there ? NULL : record);
    if (state->first_said == 0 && record->type != RECORD_BEGIN)
        state->first_said = record->at;
    if (folds[record->type].object != NULL) {
        struct object_entry *entry = find_or_add(state->objects, record->object, object_entry_new);
        on_stands_for(entry, record);
        if (record->path != NULL)
            former_fold(entry, record);
        else
            folds[record->type].object(entry, record);
        if (folds[record->type].is_write && record->path == NULL)
            entry->since = record->at;
        state->last_write = folds[record->type].is_write ? record->at : state->last_write;
        journal_history_add(state, entry, record);
        return;
    }
    if (step_fold_takes(record->type))
        step_fold(find_or_add(state->steps, record->step, step_entry_new), record);
    journal_history_add(state, NULL, record);
}

const struct object_entry *journal_state_object(const struct journal_state *state, const char *key)
{
    const struct object_entry *entry = g_hash_table_lookup(state->objects, key);
    return entry != NULL ? entry : state->no_object;
}

const struct step_entry *journal_state_step(const struct journal_state *state, const char *id)
{
    const struct step_entry *entry = g_hash_table_lookup(state->steps, id);
    return entry != NULL ? entry : state->no_step;
}

int journal_state_created_count(const struct journal_state *state)
{
    int count = 0;
    GHashTableIter iterator;
    gpointer entry;
    g_hash_table_iter_init(&iterator, state->objects);
    while (g_hash_table_iter_next(&iterator, NULL, &entry))
        count += (int)((const struct object_entry *)entry)->left->len +
                 (((const struct object_entry *)entry)->created ? 1 : 0);
    return count;
}
