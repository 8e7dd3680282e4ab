#include "engine/hand_over.h"

#include <string.h>

#include "base/error.h"
#include "engine/boards.h"
#include "onboarding/hand_over.h"
#include "onboarding/kinds.h"

#define OWNER_ONLY 0600

static void set_time(json *object, const char *name, gint64 time)
{
    g_autofree char *text = clock_format(time);
    json_set_string(object, name, text);
}

/* What a person typed may hold anything. */
static void set_clean(struct worker *worker, json *object, const char *name, const char *text)
{
    g_autofree char *clean = log_clean(worker->log, text);
    json_set_string(object, name, clean);
}

/* As the person gave them, but for what the journal knows with its author and time. */
static json *give_answers(const struct worker *worker)
{
    json *answers = json_copy(worker->onboarding->answers);
    json_remove(answers, "done");
    json_remove(answers, "skip");
    json_remove(answers, "decisions");
    return answers;
}

static void give_told(struct worker *worker, const char *id, const struct step_entry *entry, json *told)
{
    if (entry->told_by[0] == '\0')
        return;
    json *made = json_from("{'by':%s}", entry->told_by);
    set_time(made, "at", entry->told_at);
    set_clean(worker, made, "note", entry->told_note);
    if (entry->told_about != NULL)
        set_clean(worker, made, "about", entry->told_about);
    json_set(told, id, made);
}

static void give_skipped(struct worker *worker, const char *id, const struct step_entry *entry, json *skipped)
{
    if (entry->skipped_by[0] == '\0')
        return;
    json *made = json_from("{'by':%s}", entry->skipped_by);
    set_time(made, "at", entry->skipped_at);
    set_clean(worker, made, "reason", entry->skip_reason);
    json_set(skipped, id, made);
}

static void give_wait(const char *id, const struct step_entry *entry, json *waits)
{
    if (entry->wait_started == 0)
        return;
    json *made = json_new_object();
    set_time(made, "began", entry->wait_started);
    set_time(made, "until", entry->wait_until);
    if (entry->wait_overridden)
        json_set_string(made, "endedBy", entry->overridden_by);
    json_set(waits, id, made);
}

static void give_steps(struct worker *worker, json *document)
{
    json *told = json_new_object();
    json *skipped = json_new_object();
    json *waits = json_new_object();
    json *proved = json_new_object();
    for (guint i = 0; i < worker->onboarding->steps->len; i++) {
        const struct step *step = g_ptr_array_index(worker->onboarding->steps, i);
        const struct step_entry *entry = ledger_step(worker->ledger, step->id);
        give_told(worker, step->id, entry, told);
        give_skipped(worker, step->id, entry, skipped);
        give_wait(step->id, entry, waits);
        if (entry->proved_at != 0)
            set_time(proved, step->id, entry->proved_at);
    }
    json_set(document, "told", told);
    json_set(document, "skipped", skipped);
    json_set(document, "waits", waits);
    json_set(document, "proved", proved);
}

static void give_decision(json *decisions, const char *key, const char *decision, const char *by, gint64 at)
{
    json *made = json_from("{'decision':%s,'by':%s}", decision, by);
    set_time(made, "at", at);
    json_set(decisions, key, made);
}

/* Those that were taken, those that a colleague left, and those that wait in the answers until they are offered. */
static void give_decisions(struct worker *worker, json *document)
{
    json *decisions = json_new_object();
    json_for_each (answer, json_get(worker->onboarding->answers, "decisions")) {
        give_decision(decisions, json_name(answer), json_string(answer), worker_account(worker), worker_now(worker));
    }
    for (guint i = 0; i < worker->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->onboarding->objects, i);
        const struct object_entry *entry = ledger_object(worker->ledger, object->key);
        g_autofree char *name = entry->name[0] != '\0' ? g_strconcat("name:", entry->name, NULL) : NULL;
        if (name != NULL)
            give_decision(decisions, object->key, name, entry->decided_by, entry->decided_at);
        else if (entry->decision[0] != '\0')
            give_decision(decisions, object->key, entry->decision, entry->decided_by, entry->decided_at);
        else if (entry->handed[0] != '\0')
            give_decision(decisions, object->key, entry->handed, entry->handed_by, entry->handed_at);
    }
    json_set(document, "decisions", decisions);
}

static void give_objects(const struct board_step *step, json *objects)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if (object->id[0] != '\0')
            json_append(objects, json_from("{'step':%s,'object':%s,'name':%s,'id':%s,'origin':%s}", step->id,
                                           object->key, object->name, object->id, object_origin_word(object->origin)));
    }
}

static gboolean is_left(const struct board_step *step)
{
    return step->state != STEP_DONE && step->state != STEP_TOLD && step->state != STEP_SKIPPED;
}

/* The roles of which one is enough for STEP; none if the profile asks for none. */
static json *roles_for(const struct worker *worker, const char *step)
{
    json *roles = json_new_array();
    for (guint i = 0; i < worker->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->onboarding->objects, i);
        if (object->kind == &admin_role_kind)
            admin_role_add_enough(object, step, roles);
    }
    return roles;
}

static void give_left(struct worker *worker, const struct board *board, json *document)
{
    json *objects = json_new_array();
    json *left = json_new_array();
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        give_objects(step, objects);
        if (!is_left(step))
            continue;
        json *made = json_from("{'step':%s,'title':%s,'state':%s,'reason':%s}", step->id, step->title,
                               step_state_word(step->state), step->reason);
        json_set(made, "roles", roles_for(worker, step->id));
        json_append(left, made);
    }
    json_set(document, "objects", objects);
    json_set(document, "left", left);
}

static json *make(struct worker *worker, const struct board *board)
{
    const struct profile *profile = worker->onboarding->profile;
    json *document = json_from("{'" HAND_OVER_MARK "':%d,'written':{'by':%s,'perch':%s},"
                               "'tenant':{'id':%s,'domain':%s,'name':%s},'cloud':%s,"
                               "'partner':{'id':%s,'name':%s,'dated':%s}}",
                               (gint64)HAND_OVER_VERSION, worker_account(worker), PERCH_VERSION, board->tenant_id,
                               board->tenant_domain, board->tenant_name, worker->cloud->name, profile->id,
                               profile->name, json_get_string(profile->text, "dated"));
    set_time(json_get(document, "written"), "at", worker_now(worker));
    json_set(document, "answers", give_answers(worker));
    give_steps(worker, document);
    give_decisions(worker, document);
    give_left(worker, board, document);
    return document;
}

static gboolean write_file(const char *file, const char *text, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents_full(file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 OWNER_ONLY, &cause))
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "The hand-over cannot be written: %s.", cause->message);
    return FALSE;
}

static gboolean deliver(struct worker *worker, const json *document, const char *file, GError **error)
{
    g_autofree char *body = json_text_indented(document);
    g_autofree char *text = g_strconcat(body, "\n", NULL);
    int left = json_length(json_get(document, "left"));
    if (file != NULL && !write_file(file, text, error))
        return FALSE;
    if (file == NULL)
        worker_emit(worker, EVENT_HAND_OVER, g_steal_pointer(&text));
    worker_log(worker, LOG_NOTICE, "hand-over", "written for a colleague, %d steps left%s%s", left,
               file != NULL ? ": " : "", file != NULL ? file : "");
    log_audit(worker->log, worker_account(worker), "hand-over", "tenant", sign_in_account(worker->sign_in)->tenant_id,
              "written", NULL);
    return TRUE;
}

/* A colleague could not look again for what only this journal knows to be under way. */
gboolean hand_over_give(struct worker *worker, const char *file, GError **error)
{
    struct board *board = boards_make(worker);
    gboolean given = FALSE;
    if (board->summary.in_doubt > 0) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_IN_DOUBT,
                            "Nothing was handed over: the outcome of a request is not known.\n"
                            "Apply looks again; hand over after that.");
    } else {
        g_autoptr(json) document = make(worker, board);
        given = deliver(worker, document, file, error);
    }
    board_unref(board);
    return given;
}

gboolean hand_over_belongs(const struct worker *worker, const char *tenant_id, GError **error)
{
    const json *tenant = json_get(worker->handed, "tenant");
    const char *id = json_get_string(tenant, "id");
    const char *domain = json_get_string(tenant, "domain");
    if (id == NULL || g_ascii_strcasecmp(id, tenant_id) == 0)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_TENANT,
                "What was handed over is about the tenant %s (%s), and you are signed in to %s.\n"
                "Nothing was sent. Sign in to that tenant.",
                domain != NULL ? domain : "without a name", id, tenant_id);
    return FALSE;
}

static char *digest(const json *document)
{
    g_autofree char *text = json_text(document);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

static gboolean was_taken(const struct worker *worker)
{
    const GPtrArray *records = journal_records(worker->journal);
    g_autofree char *wanted = digest(worker->handed);
    for (guint i = 0; i < records->len; i++)
        if (g_strcmp0(json_get_string(g_ptr_array_index(records, i), "digest"), wanted) == 0)
            return TRUE;
    return FALSE;
}

/* Answers that were changed since must not be changed back. */
void hand_over_receive(struct worker *worker)
{
    if (worker->handed == NULL || !was_taken(worker))
        return;
    g_clear_pointer(&worker->handed, json_free);
    json_free(worker->given_answers);
    worker->given_answers = json_new_object();
    json_free(worker->onboarding->answers);
    worker->onboarding->answers = json_new_object();
    worker_log(worker, LOG_INFO, "hand-over", "this was taken over before: nothing is changed");
}

static gboolean take_told(struct worker *worker, const char *id, const json *told, GError **error)
{
    const char *note = json_get_string(told, "note");
    if (ledger_step(worker->ledger, id)->told_by[0] != '\0')
        return TRUE;
    return worker_note(worker,
                       json_from("{'type':'told','step':%s,'by':%s,'note':%s,'about':%s,'when':%s}", id,
                                 json_get_string(told, "by"), note != NULL ? note : "", json_get_string(told, "about"),
                                 json_get_string(told, "at")),
                       error);
}

static gboolean take_skipped(struct worker *worker, const char *id, const json *skipped, GError **error)
{
    if (ledger_step(worker->ledger, id)->skipped_by[0] != '\0')
        return TRUE;
    return worker_note(worker,
                       json_from("{'type':'skipped','step':%s,'by':%s,'reason':%s,'when':%s}", id,
                                 json_get_string(skipped, "by"), json_get_string(skipped, "reason"),
                                 json_get_string(skipped, "at")),
                       error);
}

static gboolean take_wait(struct worker *worker, const char *id, const json *wait, GError **error)
{
    const char *ended_by = json_get_string(wait, "endedBy");
    if (ledger_step(worker->ledger, id)->wait_started != 0)
        return TRUE;
    json *record = json_from("{'type':'wait','step':%s,'until':%s,'when':%s}", id, json_get_string(wait, "until"),
                             json_get_string(wait, "began"));
    if (!worker_note(worker, record, error))
        return FALSE;
    return ended_by == NULL ||
           worker_note(worker, json_from("{'type':'overridden','step':%s,'by':%s}", id, ended_by), error);
}

static gboolean take_proof(struct worker *worker, const char *id, const json *proved, GError **error)
{
    if (ledger_step(worker->ledger, id)->proved_at != 0)
        return TRUE;
    return worker_note(worker, json_from("{'type':'proved','step':%s,'when':%s}", id, json_string(proved)), error);
}

/* It counts once the tenant offers it here too. */
static gboolean take_decision(struct worker *worker, const char *key, const json *decided, GError **error)
{
    const struct object_entry *entry = ledger_object(worker->ledger, key);
    const char *decision = json_get_string(decided, "decision");
    if (entry->decision[0] != '\0' || strcmp(entry->handed, decision) == 0)
        return TRUE;
    return worker_note(worker,
                       json_from("{'type':'handed','object':%s,'decision':%s,'by':%s,'when':%s}", key, decision,
                                 json_get_string(decided, "by"), json_get_string(decided, "at")),
                       error);
}

static gboolean note_taken(struct worker *worker, GError **error)
{
    const json *written = json_get(worker->handed, "written");
    const char *from = json_get_string(written, "by");
    g_autofree char *sum = digest(worker->handed);
    worker_log(worker, LOG_NOTICE, "hand-over", "taken over from %s, written %s", from, json_get_string(written, "at"));
    return worker_note(worker, json_from("{'type':'handed-over','from':%s,'digest':%s}", from, sum), error);
}

gboolean hand_over_take(struct worker *worker, GError **error)
{
    static const struct {
        const char *member;
        gboolean (*take)(struct worker *worker, const char *name, const json *value, GError **error);
    } parts[] = {
        {"told", take_told},    {"skipped", take_skipped},    {"waits", take_wait},
        {"proved", take_proof}, {"decisions", take_decision},
    };
    if (worker->handed == NULL)
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        json_for_each (entry, json_get(worker->handed, parts[i].member)) {
            if (!parts[i].take(worker, json_name(entry), entry, error))
                return FALSE;
        }
    }
    if (!note_taken(worker, error))
        return FALSE;
    g_clear_pointer(&worker->handed, json_free);
    return TRUE;
}
