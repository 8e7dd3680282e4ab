#include "engine/ledger.h"

#include <string.h>

#include "base/clock.h"

#define USE_DECISION "use:"
#define NAME_DECISION "name:"

static void set(char **string, const char *text)
{
    g_free(*string);
    *string = g_strdup(text != NULL ? text : "");
}

gint64 ledger_time(const json *record)
{
    const char *when = json_get_string(record, "when");
    return clock_parse(when != NULL ? when : json_get_string(record, "at"));
}

static struct object_entry *object_entry_new(void)
{
    struct object_entry *entry = g_new0(struct object_entry, 1);
    char **strings[] = {&entry->action, &entry->id,        &entry->deleted_id, &entry->decision, &entry->name,
                        &entry->handed, &entry->handed_by, &entry->decided_by, &entry->absent_as};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        set(strings[i], "");
    entry->left = g_ptr_array_new_with_free_func((GDestroyNotify)json_free);
    return entry;
}

static void object_entry_free(gpointer data)
{
    struct object_entry *entry = data;
    char *strings[] = {entry->action, entry->id,        entry->deleted_id, entry->decision, entry->name,
                       entry->handed, entry->handed_by, entry->decided_by, entry->absent_as};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    json_free(entry->old);
    json_free(entry->take_back);
    g_ptr_array_unref(entry->left);
    g_free(entry);
}

static struct step_entry *step_entry_new(void)
{
    struct step_entry *entry = g_new0(struct step_entry, 1);
    char **strings[] = {&entry->told_by, &entry->told_note, &entry->skipped_by, &entry->skip_reason,
                        &entry->overridden_by};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        set(strings[i], "");
    return entry;
}

static void step_entry_free(gpointer data)
{
    struct step_entry *entry = data;
    g_free(entry->told_by);
    g_free(entry->told_note);
    g_free(entry->told_about);
    g_free(entry->skipped_by);
    g_free(entry->skip_reason);
    g_free(entry->overridden_by);
    g_free(entry);
}

struct ledger *ledger_new(void)
{
    struct ledger *ledger = g_new0(struct ledger, 1);
    ledger->objects = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, object_entry_free);
    ledger->steps = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, step_entry_free);
    return ledger;
}

void ledger_free(struct ledger *ledger)
{
    if (ledger == NULL)
        return;
    g_hash_table_unref(ledger->objects);
    g_hash_table_unref(ledger->steps);
    g_free(ledger);
}

static void on_intent(struct object_entry *entry, const json *record)
{
    set(&entry->action, json_get_string(record, "action"));
    entry->phase = PHASE_INTENT;
    entry->refused = 0;
    set(&entry->absent_as, "");
    if (json_get(record, "old") != NULL) {
        json_free(entry->old);
        entry->old = json_copy(json_get(record, "old"));
    }
}

static void on_sent(struct object_entry *entry, const json *record)
{
    (void)record;
    entry->phase = PHASE_SENT;
}

/* Another one takes the place of what perch made, which is still to be removed. */
static void leave_behind(struct object_entry *entry)
{
    if (entry->created && entry->take_back != NULL)
        g_ptr_array_add(entry->left, g_steal_pointer(&entry->take_back));
}

static void on_replied(struct object_entry *entry, const json *record)
{
    entry->phase = PHASE_REPLIED;
    if (strcmp(entry->action, "create") == 0) {
        leave_behind(entry);
        entry->created = TRUE;
        entry->adopted = FALSE;
        set(&entry->id, json_get_string(record, "id"));
    } else if (strcmp(entry->action, "restore") == 0) {
        /* Restoring what perch had made and undone makes it perch's own again. */
        entry->created = g_strcmp0(json_get_string(record, "id"), entry->deleted_id) == 0;
        entry->adopted = !entry->created;
        set(&entry->id, json_get_string(record, "id"));
        set(&entry->deleted_id, "");
    }
}

/* Somebody else took it away, so that it is not ours to restore. */
static void on_gone(struct object_entry *entry, const json *record)
{
    (void)record;
    entry->phase = PHASE_NONE;
    set(&entry->id, "");
    entry->created = FALSE;
    entry->adopted = FALSE;
    g_clear_pointer(&entry->old, json_free);
    g_clear_pointer(&entry->take_back, json_free);
}

static void forget_left(struct object_entry *entry, const char *path)
{
    for (guint i = entry->left->len; i > 0; i--)
        if (g_strcmp0(json_get_string(g_ptr_array_index(entry->left, i - 1), "path"), path) == 0)
            g_ptr_array_remove_index(entry->left, i - 1);
}

/* With a path it is about one that was left behind. */
static void on_removed(struct object_entry *entry, const json *record)
{
    if (json_get_string(record, "path") != NULL) {
        forget_left(entry, json_get_string(record, "path"));
        return;
    }
    set(&entry->deleted_id, entry->id);
    on_gone(entry, record);
}

/* TRUE if the one that ID names was there already, and perch's own, under the same key, is another. */
static gboolean is_another(const struct object_entry *entry, const char *id)
{
    return entry->created && entry->take_back != NULL && id != NULL && entry->id[0] != '\0' &&
           g_ascii_strcasecmp(id, entry->id) != 0;
}

static void keep_take_back(struct object_entry *entry, const json *record)
{
    if (is_another(entry, json_get_string(record, "id"))) {
        leave_behind(entry);
        entry->created = FALSE;
        entry->adopted = TRUE;
    } else if (json_get(record, "takeBack") != NULL) {
        json_free(entry->take_back);
        entry->take_back = json_copy(json_get(record, "takeBack"));
    }
}

static void on_verified(struct object_entry *entry, const json *record)
{
    keep_take_back(entry, record);
    if (json_get_string(record, "id") != NULL)
        set(&entry->id, json_get_string(record, "id"));
    if (strcmp(entry->action, "undo-repair") == 0)
        g_clear_pointer(&entry->old, json_free);
    entry->phase = PHASE_NONE;
}

static void on_refused(struct object_entry *entry, const json *record)
{
    entry->phase = PHASE_NONE;
    entry->refused = (int)json_get_int(record, "status", 0);
}

static void on_adopted(struct object_entry *entry, const json *record)
{
    entry->phase = PHASE_NONE;
    entry->adopted = TRUE;
    set(&entry->id, json_get_string(record, "id"));
}

static void on_decided(struct object_entry *entry, const json *record)
{
    const char *decision = json_get_string(record, "decision");
    set(&entry->decision, decision);
    set(&entry->decided_by, json_get_string(record, "by"));
    entry->decided_at = ledger_time(record);
    set(&entry->handed, "");
    if (g_str_has_prefix(entry->decision, USE_DECISION))
        set(&entry->id, entry->decision + strlen(USE_DECISION));
    if (!g_str_has_prefix(entry->decision, NAME_DECISION))
        return;
    set(&entry->name, entry->decision + strlen(NAME_DECISION));
    /* What was taken instead is given up; what perch made it still has to undo. */
    if (!entry->created) {
        set(&entry->id, "");
        entry->adopted = FALSE;
    }
}

static void on_undecided(struct object_entry *entry, const json *record)
{
    (void)record;
    set(&entry->decision, "");
}

static void on_handed(struct object_entry *entry, const json *record)
{
    set(&entry->handed, json_get_string(record, "decision"));
    set(&entry->handed_by, json_get_string(record, "by"));
    entry->handed_at = ledger_time(record);
}

static void on_absent(struct object_entry *entry, const json *record)
{
    set(&entry->absent_as, json_get_string(record, "as"));
    entry->seen_at = 0;
}

static void on_seen(struct object_entry *entry, const json *record)
{
    entry->seen_at = ledger_time(record);
}

static void on_told(struct step_entry *entry, const json *record)
{
    set(&entry->told_by, json_get_string(record, "by"));
    set(&entry->told_note, json_get_string(record, "note"));
    g_free(entry->told_about);
    entry->told_about = g_strdup(json_get_string(record, "about"));
    entry->told_at = ledger_time(record);
}

static void on_skipped(struct step_entry *entry, const json *record)
{
    const char *reason = json_get_string(record, "reason");
    set(&entry->skipped_by, reason != NULL ? json_get_string(record, "by") : "");
    set(&entry->skip_reason, reason);
    entry->skipped_at = ledger_time(record);
}

static void on_wait(struct step_entry *entry, const json *record)
{
    entry->wait_started = ledger_time(record);
    entry->wait_until = clock_parse(json_get_string(record, "until"));
    entry->wait_overridden = FALSE;
    set(&entry->overridden_by, "");
}

static void on_overridden(struct step_entry *entry, const json *record)
{
    entry->wait_overridden = TRUE;
    set(&entry->overridden_by, json_get_string(record, "by"));
}

static void on_proved(struct step_entry *entry, const json *record)
{
    entry->proved_at = ledger_time(record);
}

static const struct {
    const char *type;
    void (*fold)(struct object_entry *entry, const json *record);
} object_folds[] = {
    {"intent", on_intent},     {"sent", on_sent},       {"replied", on_replied},     {"removed", on_removed},
    {"verified", on_verified}, {"refused", on_refused}, {"adopted", on_adopted},     {"decided", on_decided},
    {"gone", on_gone},         {"handed", on_handed},   {"undecided", on_undecided}, {"absent", on_absent},
    {"seen", on_seen},
};

static const struct {
    const char *type;
    void (*fold)(struct step_entry *entry, const json *record);
} step_folds[] = {
    {"told", on_told}, {"skipped", on_skipped}, {"wait", on_wait}, {"overridden", on_overridden}, {"proved", on_proved},
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

static void add_for_object(struct ledger *ledger, const json *record, const char *type, const char *key)
{
    static const char *const no_writes[] = {"decided", "handed", "undecided", "absent", "seen", NULL};
    for (gsize i = 0; i < G_N_ELEMENTS(object_folds); i++) {
        if (strcmp(object_folds[i].type, type) != 0)
            continue;
        struct object_entry *entry = find_or_add(ledger->objects, key, (gpointer(*)(void))object_entry_new);
        object_folds[i].fold(entry, record);
        if (!g_strv_contains(no_writes, type))
            entry->since = clock_parse(json_get_string(record, "at"));
    }
}

static void add_for_step(struct ledger *ledger, const json *record, const char *type, const char *id)
{
    for (gsize i = 0; i < G_N_ELEMENTS(step_folds); i++)
        if (strcmp(step_folds[i].type, type) == 0)
            step_folds[i].fold(find_or_add(ledger->steps, id, (gpointer(*)(void))step_entry_new), record);
}

void ledger_add(struct ledger *ledger, const json *record)
{
    const char *type = json_get_string(record, "type");
    const char *object = json_get_string(record, "object");
    const char *step = json_get_string(record, "step");
    if (type == NULL)
        return;
    if (object != NULL)
        add_for_object(ledger, record, type, object);
    else if (step != NULL)
        add_for_step(ledger, record, type, step);
}

const struct object_entry *ledger_object(const struct ledger *ledger, const char *key)
{
    return find_or_add(ledger->objects, key, (gpointer(*)(void))object_entry_new);
}

const struct step_entry *ledger_step(const struct ledger *ledger, const char *id)
{
    return find_or_add(ledger->steps, id, (gpointer(*)(void))step_entry_new);
}

int ledger_created_count(const struct ledger *ledger)
{
    int count = 0;
    GHashTableIter iterator;
    gpointer entry;
    g_hash_table_iter_init(&iterator, ledger->objects);
    while (g_hash_table_iter_next(&iterator, NULL, &entry))
        count += (int)((const struct object_entry *)entry)->left->len +
                 (((const struct object_entry *)entry)->created ? 1 : 0);
    return count;
}
