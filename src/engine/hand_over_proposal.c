/* SPDX-License-Identifier: MIT */
#include "engine/hand_over_proposal.h"

#include <string.h>

#include "base/json.h"
#include "engine/list_entries.h"
#include "engine/worker.h"
#include "onboarding/answer_key.h"
#include "onboarding/answers.h"

#define DATE_LENGTH 10

/* TRUE if the answer at PATH decides where the data goes, who gets in, or who watches over that. */
static gboolean is_grave(const struct profile *profile, const char *path)
{
    static const char *const validators[] = {"event-hub-id", "event-hub-name", "guid", NULL};
    const struct field *field = profile_field(profile, path);
    if (g_str_has_prefix(path, "account."))
        return TRUE;
    if (field == NULL)
        return FALSE;
    return field->kind == FIELD_PERSON || field->kind == FIELD_PEOPLE || field->kind == FIELD_GUESTS ||
           (field->validator != NULL && g_strv_contains(validators, field->validator));
}

/* Every leaf of ANSWERS, whose own path is PATH. */
static void add_changes(const struct worker *worker, const json *answers, const char *path, struct board_handed *handed)
{
    json_for_each (answer, answers) {
        g_autofree char *inner =
            path[0] != '\0' ? g_strconcat(path, ".", json_name(answer), NULL) : g_strdup(json_name(answer));
        if (json_is_object(answer))
            add_changes(worker, answer, inner, handed);
        else {
            const struct profile *profile = worker->tenant.onboarding->profile;
            g_autofree char *old = answers_text(profile->answers, worker->tenant.kept_answers, inner);
            g_autofree char *new = answers_text(profile->answers, json_get(worker->tenant.handed, "answers"), inner);
            g_autofree char *found = log_clean(worker->log, old);
            g_autofree char *wanted = log_clean(worker->log, new);
            if (strcmp(old, new) != 0) {
                gboolean grave = is_grave(profile, inner);
                g_ptr_array_insert(handed->changes, grave ? (gint)handed->grave : -1,
                                   board_difference_new(inner, wanted, found));
                handed->grave += grave ? 1 : 0;
            }
        }
    }
}

static const char *title_of(const struct worker *worker, const json *entry)
{
    const struct step *step = onboarding_step(worker->tenant.onboarding, json_name(entry));
    /* Of an entry of a list whom it is about: its number is another here. */
    const char *item = json_get_string(entry, "of");
    return step != NULL ? step->definition->title : item != NULL ? item : json_name(entry);
}

/* What nobody said in so many words: waits that somebody ended, and what was seen to be done. */
static void add_silent_claims(const struct worker *worker, struct board_handed *handed)
{
    const char *key = json_get_string(json_get(worker->tenant.handed, "seal"), "key");
    g_autofree char *sealed = key != NULL ? g_strdup_printf("It is sealed with the key %s", key)
                                          : g_strdup("It has no seal: nothing shows who wrote it.");
    g_ptr_array_add(handed->claims, log_clean(worker->log, sealed));
    json_for_each (wait, json_get(worker->tenant.handed, "waits")) {
        const char *by = json_get_string(wait, "endedBy");
        g_autofree char *sentence =
            by != NULL ? g_strdup_printf("The wait of “%s” is ended early by %s.", title_of(worker, wait), by)
                       : g_strdup_printf("The wait of “%s” began at %s and ends at %s.", title_of(worker, wait),
                                         json_get_string(wait, "began"), json_get_string(wait, "until"));
        g_ptr_array_add(handed->claims, log_clean(worker->log, sentence));
    }
    json_for_each (proved, json_get(worker->tenant.handed, "proved")) {
        g_autofree char *sentence = g_strdup_printf("“%s” was seen to be done on %.*s.", title_of(worker, proved),
                                                    DATE_LENGTH, json_string(proved));
        g_ptr_array_add(handed->claims, log_clean(worker->log, sentence));
    }
}

/* WHAT came to an end, as the member NAME tells. */
static void add_end(const struct worker *worker, const char *name, const char *what, const char *came_to,
                    struct board_handed *handed)
{
    const json *end = json_get(worker->tenant.handed, name);
    const char *by = json_get_string(end, "by");
    if (end == NULL)
        return;
    g_autofree char *sentence =
        g_strdup_printf("%s %s by %s on %.*s: nothing of it is made again unasked.", what, came_to,
                        by != NULL ? by : "somebody", DATE_LENGTH, json_get_string(end, "at"));
    g_ptr_array_add(handed->claims, log_clean(worker->log, sentence));
}

static void add_claims(const struct worker *worker, struct board_handed *handed)
{
    static const struct {
        const char *member;
        const char *format;
        const char *note;
    } kinds[] = {
        {"told", "“%s” is told to be done", "note"},
        {"skipped", "“%s” is left out", "reason"},
        {"decisions", "“%s” is decided", "decision"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        json_for_each (entry, json_get(worker->tenant.handed, kinds[i].member)) {
            g_autoptr(GString) what = g_string_new(kinds[i].format);
            g_string_replace(what, "%s", title_of(worker, entry), 0);
            /* What the entry says, as a sentence: by whom, and with which note. */
            const char *remark = json_get_string(entry, kinds[i].note);
            const char *by = json_get_string(entry, "by");
            const char *at = json_get_string(entry, "at");
            g_autofree char *sentence = g_strdup_printf(
                "%s by %s on %.*s%s%s", what->str, by != NULL ? by : "somebody", DATE_LENGTH, at != NULL ? at : "",
                remark != NULL && remark[0] != '\0' ? ": " : ".", remark != NULL ? remark : "");
            g_ptr_array_add(handed->claims, log_clean(worker->log, sentence));
        }
    }
    const char *partner = worker->tenant.onboarding->profile->name;
    add_end(worker, "partnerLeft", partner, "was left", handed);
    add_end(worker, "undone", "What perch had made", "was undone", handed);
    add_silent_claims(worker, handed);
}

struct board_handed *hand_over_proposal(const struct worker *worker)
{
    if (!worker->tenant.proposed || worker->tenant.handed == NULL)
        return NULL;
    struct board_handed *handed = board_handed_new();
    const json *written = json_get(worker->tenant.handed, "written");
    handed->from = log_clean(worker->log, json_get_string(written, "by"));
    handed->written = log_clean(worker->log, json_get_string(written, "at"));
    handed->sha256 = g_strdup(worker->tenant.handed_sha256);
    add_changes(worker, json_get(worker->tenant.handed, "answers"), "", handed);
    /* What to do about an object, or which one to take, may let somebody in. */
    json_for_each (decided, json_get(worker->tenant.handed, "decisions")) {
        const char *key = list_entries_key(worker, json_name(decided), json_get_string(decided, "of"));
        if (key == NULL)
            continue;
        const struct object *object = onboarding_object(worker->tenant.onboarding, key);
        g_autofree char *name = object != NULL ? answer_key(object) : g_strdup(key);
        g_autofree char *path = g_strconcat("decisions.", name, NULL);
        g_autofree char *wanted = log_clean(worker->log, json_get_string(decided, "decision"));
        g_autofree char *shown = log_clean(worker->log, path);
        /* By the journal as it is kept: what is thought through meanwhile is not in it. */
        const GPtrArray *records = journal_records(worker->tenant.journal);
        gboolean was_decided_here = FALSE;
        for (guint i = 0; i < records->len && !was_decided_here; i++) {
            const struct journal_record *record = g_ptr_array_index(records, i);
            was_decided_here = record->type == RECORD_DECIDED && g_strcmp0(record->object, key) == 0;
        }
        if (!was_decided_here)
            g_ptr_array_insert(handed->changes, (gint)handed->grave++, board_difference_new(shown, wanted, ""));
    }
    add_claims(worker, handed);
    return handed;
}

gboolean hand_over_accept(struct worker *worker, GError **error)
{
    if (!worker->tenant.proposed)
        return TRUE;
    worker->tenant.proposed = FALSE;
    /* Where nothing can be kept it stays a proposal. */
    if (!worker_require_write(worker, error)) {
        worker->tenant.proposed = TRUE;
        return FALSE;
    }
    /* What an earlier perch noted goes by the list as it was kept until now. */
    if (worker->tenant.kept_answers != NULL && !list_entries_recall(worker, worker->tenant.kept_answers, TRUE, error))
        return FALSE;
    g_clear_pointer(&worker->tenant.kept_answers, json_free);
    tenant_replay(worker);
    return tenant_save_answers(&worker->tenant, error);
}
