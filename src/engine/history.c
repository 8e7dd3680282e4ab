/* SPDX-License-Identifier: MIT */
#include "engine/history.h"

#include <string.h>

#include "engine/worker.h"
#include "onboarding/answers.h"

static char *clean(const struct worker *worker, const char *text)
{
    return log_clean(worker->log, text != NULL ? text : "");
}

static struct deed *deed_new(const struct worker *worker, const struct journal_deed *told)
{
    const struct journal_record *record = told->record;
    const struct object *object =
        record->object != NULL ? onboarding_object(worker->tenant.onboarding, record->object) : NULL;
    struct deed *deed = g_new0(struct deed, 1);
    deed->what = g_strdup(told->what);
    deed->at = journal_record_time(record);
    /* What somebody handed over says of others stays that person's word. */
    gboolean is_claim = record->from != NULL && record->type != RECORD_HANDED_OVER;
    g_autofree char *by = situation_claim(record->by, is_claim ? record->from : NULL);
    deed->by = clean(worker, by);
    deed->object = clean(worker, record->object);
    deed->step = clean(worker, object != NULL ? object->step : record->step);
    deed->id = clean(worker, told->id);
    deed->text = clean(worker, told->text);
    deed->request_id = clean(worker, record->request_id);
    deed->status = (int)record->status;
    deed->verified = told->proof != NULL ? told->proof->at : 0;
    return deed;
}

/* What a colleague handed over was done before it was written down. */
static gint by_time(gconstpointer a, gconstpointer b)
{
    const struct deed *first = *(struct deed *const *)a;
    const struct deed *second = *(struct deed *const *)b;
    return (first->at > second->at) - (first->at < second->at);
}

static void add_fact(struct worker *worker, GHashTable *facts, const char *name, const char *value)
{
    if (value != NULL && value[0] != '\0')
        g_hash_table_replace(facts, g_strdup(name), log_clean(worker->log, value));
}

static void add_facts(struct worker *worker, GHashTable *facts)
{
    static const char *const answers[] = {
        "company",
        "partnerContact.name",
        "partnerContact.email",
        "stricter.approvers",
        "stricter.expiresAfterDays",
        "stricter.reviewFrequency",
        "stricter.reason",
    };
    GHashTableIter iterator;
    gpointer name;
    gpointer value;
    g_hash_table_iter_init(&iterator, worker->tenant.onboarding->values);
    while (g_hash_table_iter_next(&iterator, &name, &value))
        add_fact(worker, facts, name, value);
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        g_autofree char *key = g_strconcat("answers.", answers[i], NULL);
        g_autofree char *text =
            answers_text(worker->tenant.onboarding->profile->answers, worker->tenant.onboarding->answers, answers[i]);
        add_fact(worker, facts, key, text);
    }
}

struct history *history_make(struct worker *worker)
{
    struct history *history = g_new0(struct history, 1);
    history->references = 1;
    history->deeds = g_ptr_array_new_with_free_func((GDestroyNotify)deed_free);
    history->card = g_ptr_array_new_with_free_func(g_free);
    history->facts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const GPtrArray *told = worker->tenant.journal_state->history;
    for (guint i = 0; i < told->len; i++)
        g_ptr_array_add(history->deeds, deed_new(worker, g_ptr_array_index(told, i)));
    g_ptr_array_sort(history->deeds, by_time);
    const struct hand_back *hand_back = worker->tenant.onboarding->profile->hand_back;
    for (guint i = 0; hand_back != NULL && i < hand_back->lines->len; i++) {
        const struct guide_line *line = g_ptr_array_index(hand_back->lines, i);
        /* The value of an object whose step falls away in this tenant will never be known. */
        const char *brace = line->copy != NULL ? strchr(line->copy, '{') : NULL;
        g_auto(GStrv) parts = g_strsplit(brace != NULL ? brace + 1 : "", ".", 2);
        const struct object *object = parts[0] != NULL ? onboarding_object(worker->tenant.onboarding, parts[0]) : NULL;
        const struct step *step = object != NULL ? onboarding_step(worker->tenant.onboarding, object->step) : NULL;
        if (step != NULL && onboarding_falls_away(worker->tenant.onboarding, step) != NULL)
            continue;
        g_autofree char *filled = onboarding_text(worker->tenant.onboarding, line->copy);
        g_autofree char *copy = log_clean(worker->log, filled);
        g_ptr_array_add(history->card, board_line_new(line->text, copy, line->masked));
    }
    add_facts(worker, history->facts);
    return history;
}
