#include "engine/history.h"

#include <string.h>

#include "engine/board_step.h"
#include "onboarding/answers.h"

/* Deeds while they are gathered: a write is known by its intent and becomes a deed with the service's answer. */
struct gathering {
    struct worker *worker;
    GPtrArray *deeds;     /* of struct deed */
    GHashTable *intended; /* object key -> const char *, the action of its last intent; both borrowed */
    GHashTable *last;     /* object key -> struct deed, its last write; both borrowed */
};

static char *clean(const struct gathering *gathering, const json *record, const char *name)
{
    const char *text = json_get_string(record, name);
    return text != NULL ? log_clean(gathering->worker->log, text) : g_strdup("");
}

static char *step_of(const struct gathering *gathering, const json *record, const char *key)
{
    const struct object *object = onboarding_object(gathering->worker->onboarding, key);
    return object != NULL ? g_strdup(object->step) : clean(gathering, record, "step");
}

static struct deed *add(struct gathering *gathering, const json *record, const char *what, const char *text)
{
    struct deed *deed = g_new0(struct deed, 1);
    deed->what = g_strdup(what);
    deed->at = ledger_time(record);
    deed->by = clean(gathering, record, "by");
    deed->object = clean(gathering, record, "object");
    deed->step = step_of(gathering, record, deed->object);
    deed->id = clean(gathering, record, "id");
    deed->text = clean(gathering, record, text);
    deed->request_id = clean(gathering, record, "requestId");
    deed->status = (int)json_get_int(record, "status", 0);
    g_ptr_array_add(gathering->deeds, deed);
    return deed;
}

static void on_intent(struct gathering *gathering, const json *record, const char *key)
{
    const char *action = json_get_string(record, "action");
    if (key != NULL && action != NULL)
        g_hash_table_replace(gathering->intended, (gpointer)key, (gpointer)action);
}

static void on_replied(struct gathering *gathering, const json *record, const char *key)
{
    const char *action = g_hash_table_lookup(gathering->intended, key);
    if (action == NULL)
        return;
    struct deed *deed = add(gathering, record, action, "code");
    g_hash_table_replace(gathering->last, (gpointer)key, deed);
}

static void on_verified(struct gathering *gathering, const json *record, const char *key)
{
    struct deed *deed = g_hash_table_lookup(gathering->last, key);
    if (deed == NULL)
        return;
    deed->verified = clock_parse(json_get_string(record, "at"));
    if (deed->id[0] == '\0') {
        g_free(deed->id);
        deed->id = clean(gathering, record, "id");
    }
}

static void on_removed(struct gathering *gathering, const json *record, const char *key)
{
    g_hash_table_remove(gathering->last, key);
    add(gathering, record, "remove", "code");
}

/* Without a status it only says that nothing was sent or carried out. */
static void on_refused(struct gathering *gathering, const json *record, const char *key)
{
    (void)key;
    if (json_get_int(record, "status", 0) > 0)
        add(gathering, record, "refused", "code");
}

static void on_adopted(struct gathering *gathering, const json *record, const char *key)
{
    (void)key;
    add(gathering, record, "adopt", "code");
}

static void on_decided(struct gathering *gathering, const json *record, const char *key)
{
    (void)key;
    add(gathering, record, "decide", "decision");
}

static void on_told(struct gathering *gathering, const json *record, const char *key)
{
    (void)key;
    add(gathering, record, "tell", "note");
}

static void on_skipped(struct gathering *gathering, const json *record, const char *key)
{
    (void)key;
    add(gathering, record, json_get_string(record, "reason") != NULL ? "skip" : "unskip", "reason");
}

static void on_handed_over(struct gathering *gathering, const json *record, const char *key)
{
    (void)key;
    add(gathering, record, "take-over", "from");
}

static void on_wait(struct gathering *gathering, const json *record, const char *key)
{
    (void)key;
    add(gathering, record, "wait", "until");
}

static void on_overridden(struct gathering *gathering, const json *record, const char *key)
{
    (void)key;
    add(gathering, record, "override", "reason");
}

static const struct {
    const char *type;
    gboolean about_object;
    void (*take)(struct gathering *gathering, const json *record, const char *key);
} types[] = {
    {"intent", TRUE, on_intent},          {"replied", TRUE, on_replied},
    {"verified", TRUE, on_verified},      {"removed", TRUE, on_removed},
    {"refused", TRUE, on_refused},        {"adopted", TRUE, on_adopted},
    {"decided", TRUE, on_decided},        {"told", FALSE, on_told},
    {"skipped", FALSE, on_skipped},       {"wait", FALSE, on_wait},
    {"overridden", FALSE, on_overridden}, {"handed-over", FALSE, on_handed_over},
};

static void take(struct gathering *gathering, const json *record)
{
    const char *type = json_get_string(record, "type");
    const char *key = json_get_string(record, "object");
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (g_strcmp0(types[i].type, type) == 0 && (key != NULL || !types[i].about_object))
            types[i].take(gathering, record, key);
}

/* What a colleague handed over was done before it was written down. */
static gint by_time(gconstpointer a, gconstpointer b)
{
    const struct deed *first = *(struct deed *const *)a;
    const struct deed *second = *(struct deed *const *)b;
    return (first->at > second->at) - (first->at < second->at);
}

static void gather_deeds(struct worker *worker, GPtrArray *deeds)
{
    struct gathering gathering = {.worker = worker, .deeds = deeds};
    const GPtrArray *records = worker->journal != NULL ? journal_records(worker->journal) : NULL;
    gathering.intended = g_hash_table_new(g_str_hash, g_str_equal);
    gathering.last = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; records != NULL && i < records->len; i++)
        take(&gathering, g_ptr_array_index(records, i));
    g_ptr_array_sort(deeds, by_time);
    g_hash_table_unref(gathering.intended);
    g_hash_table_unref(gathering.last);
}

/* TRUE if TEXT names an object of a step that falls away in this tenant: its value will never be known. */
static gboolean is_of_no_use(const struct worker *worker, const char *text)
{
    const char *brace = text != NULL ? strchr(text, '{') : NULL;
    g_auto(GStrv) parts = g_strsplit(brace != NULL ? brace + 1 : "", ".", 2);
    const struct object *object = parts[0] != NULL ? onboarding_object(worker->onboarding, parts[0]) : NULL;
    const struct step *step = object != NULL ? onboarding_step(worker->onboarding, object->step) : NULL;
    return step != NULL && onboarding_falls_away(worker->onboarding, step) != NULL;
}

static void add_card(struct worker *worker, GPtrArray *card)
{
    json_for_each (line, json_get_path(worker->onboarding->profile->text, "handBack.lines")) {
        if (is_of_no_use(worker, json_get_string(line, "copy")))
            continue;
        g_autofree char *filled = board_step_fill(worker, json_get_string(line, "copy"));
        g_autofree char *copy = log_clean(worker->log, filled);
        g_ptr_array_add(card,
                        board_line_new(json_get_string(line, "text"), copy, json_get_bool(line, "masked", FALSE)));
    }
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
    g_hash_table_iter_init(&iterator, worker->onboarding->values);
    while (g_hash_table_iter_next(&iterator, &name, &value))
        add_fact(worker, facts, name, value);
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        g_autofree char *key = g_strconcat("answers.", answers[i], NULL);
        g_autofree char *text = answers_text(worker->onboarding->answers, answers[i]);
        add_fact(worker, facts, key, text);
    }
}

struct history *history_make(struct worker *worker)
{
    struct history *history = g_new0(struct history, 1);
    history->references = 1;
    history->deeds = g_ptr_array_new_with_free_func((GDestroyNotify)deed_free);
    history->card = g_ptr_array_new_with_free_func((GDestroyNotify)board_line_free);
    history->facts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    gather_deeds(worker, history->deeds);
    add_card(worker, history->card);
    add_facts(worker, history->facts);
    return history;
}
