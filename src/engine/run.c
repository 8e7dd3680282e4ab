/* SPDX-License-Identifier: MIT */
#include "engine/run.h"

#include "engine/refusal.h"
#include "engine/situation.h"
#include "microsoft/unexpected.h"

static void answered_free(gpointer data)
{
    struct answered *answered = data;
    g_free(answered->what);
    g_free(answered->hint);
    g_free(answered);
}

void run_init(struct run_state *run, gboolean confirmed)
{
    run->confirmed = confirmed;
    run->failures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, failure_free);
    run->held_back = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    run->answered = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, answered_free);
    run->doubts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    run->throttled = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    run->refusals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, refusal_free);
    run->challenged = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    run->undo_notes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    run->ended = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    run->surprises = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)unexpected_free);
    run->beside = g_ptr_array_new();
    run->just_read = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void run_clear(struct run_state *run)
{
    g_clear_pointer(&run->failures, g_hash_table_unref);
    g_clear_pointer(&run->held_back, g_hash_table_unref);
    g_clear_pointer(&run->answered, g_hash_table_unref);
    g_clear_pointer(&run->doubts, g_hash_table_unref);
    g_clear_pointer(&run->throttled, g_hash_table_unref);
    g_clear_pointer(&run->refusals, g_hash_table_unref);
    g_clear_pointer(&run->challenged, g_hash_table_unref);
    g_clear_pointer(&run->undo_notes, g_hash_table_unref);
    g_clear_pointer(&run->ended, g_hash_table_unref);
    g_clear_pointer(&run->surprises, g_hash_table_unref);
    g_clear_pointer(&run->beside, g_ptr_array_unref);
    g_clear_pointer(&run->just_read, g_hash_table_unref);
}

void run_begin_writes(struct run_state *run)
{
    g_hash_table_remove_all(run->doubts);
    g_hash_table_remove_all(run->answered);
    g_hash_table_remove_all(run->undo_notes);
}

void run_fail(struct run_state *run, const struct object *object, const char *what, const char *hint)
{
    g_hash_table_replace(run->failures, g_strdup(object->key), failure_new(what, hint));
}

struct failure *run_fail_left(struct run_state *run, const char *key, const char *step, const char *what,
                              const char *hint)
{
    struct failure *failure = failure_new(what, hint);
    failure->step = g_strdup(step);
    failure->of_undo = TRUE;
    /* No object has such a key: one that was made for another answer is not the one that stands there now. */
    g_hash_table_replace(run->failures, g_strdup_printf("%s of an earlier answer: %s", key, what), failure);
    return failure;
}
