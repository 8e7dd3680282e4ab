/* SPDX-License-Identifier: MIT */
#include "engine/hand_over.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "engine/list_entries.h"
#include "engine/operator_input.h"
#include "engine/sealing.h"
#include "engine/worker.h"
#include "onboarding/hand_over.h"
#include "onboarding/kinds.h"
#include "onboarding/seen.h"

#define CLOCKS_APART ((gint64)24 * 3600 * G_USEC_PER_SEC)

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

static void give_steps(struct worker *worker, json *document)
{
    json *told = json_new_object();
    json *skipped = json_new_object();
    json *waits = json_new_object();
    json *proved = json_new_object();
    for (guint i = 0; i < worker->tenant.onboarding->steps->len; i++) {
        const struct step *step = g_ptr_array_index(worker->tenant.onboarding->steps, i);
        const struct step_entry *entry = journal_state_step(worker->tenant.journal_state, step->id);
        if (entry->told_by[0] != '\0') {
            json *made = json_from("{'by':%s}", entry->told_by);
            set_time(made, "at", entry->told_at);
            set_clean(worker, made, "note", entry->told_note);
            if (entry->told_about != NULL)
                set_clean(worker, made, "about", entry->told_about);
            json_set(told, step->id, made);
        }
        if (entry->skipped_by[0] != '\0') {
            json *made = json_from("{'by':%s}", entry->skipped_by);
            set_time(made, "at", entry->skipped_at);
            set_clean(worker, made, "reason", entry->skip_reason);
            json_set(skipped, step->id, made);
        }
        if (entry->wait_started != 0) {
            json *made = json_new_object();
            set_time(made, "began", entry->wait_started);
            set_time(made, "until", entry->wait_until);
            if (entry->wait_overridden)
                json_set_string(made, "endedBy", entry->overridden_by);
            json_set(waits, step->id, made);
        }
        if (entry->proved_at != 0)
            set_time(proved, step->id, entry->proved_at);
    }
    json_set(document, "told", told);
    json_set(document, "skipped", skipped);
    json_set(document, "waits", waits);
    json_set(document, "proved", proved);
}

/* On the next machine another number may be this person's. ABOUT: what was seen; "" if nothing was. */
static void give_decision(const struct worker *worker, json *decisions, const char *key, struct decision decision,
                          const char *about, const char *by, gint64 at)
{
    g_autofree char *words = decision_words(decision);
    const char *item = list_entries_item(worker, key);
    json *made = json_from("{'decision':%s,'by':%s}", words, by);
    if (item != NULL)
        json_set_string(made, "of", item);
    if (about[0] != '\0')
        json_set_string(made, "about", about);
    set_time(made, "at", at);
    json_set(decisions, key, made);
}

/* Those that were taken, those that a colleague left, and those that wait in the answers until they are offered. */
static void give_decisions(struct worker *worker, json *document)
{
    json *decisions = json_new_object();
    json_for_each (answer, json_get(worker->tenant.onboarding->answers, "decisions")) {
        const char *key = list_entries_named(worker, json_name(answer));
        const char *spent = journal_state_object(worker->tenant.journal_state, key)->spent;
        if (!seen_was_said(spent, json_string(answer)))
            give_decision(worker, decisions, key, decision_parse(json_string(answer)), "", worker_account(worker),
                          worker_now(worker));
    }
    /* One that does not hold any more for what is there is nobody's. */
    const struct situation situation = worker_situation(worker);
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
        g_autofree char *seen = object->observation->checked != 0 ? seen_about(object) : g_strdup("");
        if (entry->name[0] != '\0')
            give_decision(worker, decisions, object->key, (struct decision){DECISION_NAME, entry->name}, "",
                          entry->decided_by, entry->decided_at);
        else if (entry->decision.kind != DECISION_NONE &&
                 (object->observation->checked == 0 || situation_decides(&situation, object, entry->decision.kind)))
            give_decision(worker, decisions, object->key, entry->decision, seen, entry->decided_by, entry->decided_at);
        else if (entry->handed.kind != DECISION_NONE)
            give_decision(worker, decisions, object->key, entry->handed, entry->handed_about, entry->handed_by,
                          entry->handed_at);
    }
    json_set(document, "decisions", decisions);
}

/* Else the next machine would make again what leaving took away. */
static void give_partner_left(const struct worker *worker, json *document)
{
    const struct journal_state *journal = worker->tenant.journal_state;
    if (journal->left_at == 0)
        return;
    gboolean is_known = journal->left_by != NULL && journal->left_by[0] != '\0';
    json *made = json_new_object();
    if (is_known)
        json_set_string(made, "by", journal->left_by);
    set_time(made, "at", journal->left_at);
    json_set(document, "partnerLeft", made);
}

static gboolean was_taken_away(const struct board *board)
{
    return board->taken_away && (board->left[0] != '\0' || board->undone[0] != '\0');
}

static void give_undone(const struct worker *worker, json *document)
{
    const struct situation situation = worker_situation(worker);
    struct undone undone;
    if (!situation_is_undone(&situation, &undone))
        return;
    json *made = json_new_object();
    if (undone.by != NULL && undone.by[0] != '\0')
        json_set_string(made, "by", undone.by);
    set_time(made, "at", undone.at);
    json_set(document, "undone", made);
}

static void give_left(struct worker *worker, const struct board *board, json *document)
{
    json *objects = json_new_array();
    json *left = json_new_array();
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        for (guint k = 0; k < step->objects->len; k++) {
            const struct board_object *object = g_ptr_array_index(step->objects, k);
            if (object->id[0] != '\0')
                json_append(objects,
                            json_from("{'step':%s,'object':%s,'name':%s,'id':%s,'origin':%s}", step->id, object->key,
                                      object->name, object->id, object_origin_word(object->origin)));
        }
        /* Whoever goes on is not to make again what was taken away. */
        if (step_state_is_settled(step->state) || was_taken_away(board))
            continue;
        json *made = json_from("{'step':%s,'title':%s,'state':%s,'reason':%s}", step->id, step->title,
                               step_state_word(step->state), step->reason);
        /* The roles of which one is enough; none if the profile asks for none. */
        json *roles = json_new_array();
        for (guint k = 0; k < worker->tenant.onboarding->objects->len; k++) {
            const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, k);
            if (object->kind == &admin_role_kind)
                admin_role_add_enough(object, step->id, roles);
        }
        json_set(made, "roles", roles);
        json_append(left, made);
    }
    json_set(document, "objects", objects);
    json_set(document, "left", left);
}

static json *make(struct worker *worker, const struct board *board)
{
    const struct profile *profile = worker->tenant.onboarding->profile;
    json *document = json_from("{'" HAND_OVER_MARK "':%d,'written':{'by':%s,'perch':%s},"
                               "'tenant':{'id':%s,'domain':%s,'name':%s},'cloud':%s,"
                               "'partner':{'id':%s,'name':%s,'dated':%s}}",
                               (gint64)HAND_OVER_VERSION, worker_account(worker), PERCH_VERSION, board->tenant_id,
                               board->tenant_domain, board->tenant_name, worker->cloud->name, profile->id,
                               profile->name, profile->dated);
    set_time(json_get(document, "written"), "at", worker_now(worker));
    /* As the person gave them, but for what the journal knows with its author and time. */
    json *answers = json_copy(worker->tenant.onboarding->answers);
    json_remove(answers, "done");
    json_remove(answers, "skip");
    json_remove(answers, "decisions");
    json_set(document, "answers", answers);
    give_steps(worker, document);
    give_decisions(worker, document);
    give_left(worker, board, document);
    give_partner_left(worker, document);
    give_undone(worker, document);
    return document;
}

/* A request without an answer, and several that it may have made: a person is asked which, so that the step tells of no
 * doubt. */
static gboolean is_one_of_many(const struct worker *worker)
{
    gboolean found = FALSE;
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        found = found || (object->in_doubt && object->observation->state == OBJECT_MANY);
    }
    return found;
}

/* A colleague could not look again for what only this journal knows to be under way. */
gboolean hand_over_give(struct worker *worker, const char *file, GError **error)
{
    struct board *board = worker_board(worker);
    gboolean given = FALSE;
    if (board->summary.in_doubt > 0 || is_one_of_many(worker)) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_IN_DOUBT,
                            "Nothing was handed over: the outcome of a request is not known.\n"
                            "Apply looks again, and asks where it cannot tell; hand over after that.");
    } else {
        g_autoptr(json) document = make(worker, board);
        /* On all that stands there, as one line of JSON without the seal. None where no keyring keeps a key. */
        g_autofree char *text = json_text(document);
        struct seal *seal = seal_text(worker, text);
        if (seal->key[0] != '\0')
            json_set(document, "seal", json_from("{'key':%s,'signature':%s}", seal->key, seal->signature));
        g_free(seal);
        g_autofree char *body = json_text_indented(document);
        worker_emit(worker, EVENT_HAND_OVER, g_strconcat(body, "\n", NULL));
        g_autofree char *count = text_count(json_length(json_get(document, "left")), "step", "steps");
        g_autofree char *left = was_taken_away(board) ? g_strdup(board->left[0] != '\0' ? board->left : board->undone)
                                                      : g_strdup_printf("%s left", count);
        worker_log(worker, LOG_NOTICE, "hand-over", "written for a colleague, %s%s%s", left, file != NULL ? ": " : "",
                   file != NULL ? file : "");
        log_audit(worker->log, worker_account(worker), "hand-over", "tenant",
                  sign_in_account(worker->operator.sign_in)->tenant_id, "written", NULL);
        given = TRUE;
    }
    board_unref(board);
    return given;
}

/* FALSE and an error with its PATH if VALUE is a time that has not come yet, or holds one; when waits end is to come.
 */
static gboolean is_past(const json *value, const char *path, gint64 now, GError **error)
{
    gint64 time = json_string(value) != NULL ? clock_parse(json_string(value)) : 0;
    if (time > now + CLOCKS_APART && !g_str_has_suffix(path, ".until")) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                    "%s: what was handed over tells of %s, which is yet to come.\nNothing was sent. Ask whoever handed "
                    "it over for another, and look at the clocks of both machines.",
                    path, json_string(value));
        return FALSE;
    }
    json_for_each (member, json_is_object(value) ? value : NULL) {
        g_autofree char *inner = g_strdup_printf("%s.%s", path, json_name(member));
        if (!is_past(member, inner, now, error))
            return FALSE;
    }
    return TRUE;
}

gboolean hand_over_belongs(const struct worker *worker, const char *tenant_id, GError **error)
{
    const json *tenant = json_get(worker->tenant.handed, "tenant");
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
    const GPtrArray *records = journal_records(worker->tenant.journal);
    g_autofree char *wanted = digest(worker->tenant.handed);
    for (guint i = 0; i < records->len; i++)
        if (g_strcmp0(((const struct journal_record *)g_ptr_array_index(records, i))->digest, wanted) == 0)
            return TRUE;
    return FALSE;
}

/* Answers that were changed since must not be changed back. */
void hand_over_receive(struct worker *worker)
{
    if (worker->tenant.handed == NULL)
        return;
    worker->tenant.proposed = !was_taken(worker);
    if (!was_taken(worker))
        return;
    g_clear_pointer(&worker->tenant.handed, json_free);
    json_free(worker->tenant.given_answers);
    worker->tenant.given_answers = json_new_object();
    json_free(worker->tenant.onboarding->answers);
    worker->tenant.onboarding->answers = json_new_object();
    worker_log(worker, LOG_INFO, "hand-over", "this was taken over before: nothing is changed");
}

/* Who said it, and when, with the member TIME: of an entry that was checked when the document was read. */
static struct saying saying_of(const struct worker *worker, const json *entry, const char *time)
{
    return (struct saying){
        .by = json_get_string(entry, "by"),
        .when = clock_parse(json_get_string(entry, time)),
        .from = json_get_string(json_get(worker->tenant.handed, "written"), "by"),
    };
}

static gboolean take_told(struct worker *worker, const char *id, const json *told, GError **error)
{
    const char *note = json_get_string(told, "note");
    return journal_state_step(worker->tenant.journal_state, id)->told_by[0] != '\0' ||
           operator_input_note_told(worker, id, saying_of(worker, told, "at"), note != NULL ? note : "",
                                    json_get_string(told, "about"), error);
}

static gboolean take_skipped(struct worker *worker, const char *id, const json *skipped, GError **error)
{
    return journal_state_step(worker->tenant.journal_state, id)->skipped_by[0] != '\0' ||
           operator_input_note_skipped(worker, id, saying_of(worker, skipped, "at"), json_get_string(skipped, "reason"),
                                       error);
}

static gboolean take_wait(struct worker *worker, const char *id, const json *wait, GError **error)
{
    const struct journal_record begun = {
        .type = RECORD_WAIT,
        .step = id,
        .until = clock_parse(json_get_string(wait, "until")),
        .when = saying_of(worker, wait, "began").when,
    };
    const struct journal_record ended = {.type = RECORD_OVERRIDDEN,
                                         .step = id,
                                         .by = json_get_string(wait, "endedBy"),
                                         .from = saying_of(worker, wait, "began").from};
    if (journal_state_step(worker->tenant.journal_state, id)->wait_started != 0)
        return TRUE;
    return worker_note(worker, &begun, error) && (ended.by == NULL || worker_note(worker, &ended, error));
}

static gboolean take_proof(struct worker *worker, const char *id, const json *proved, GError **error)
{
    const struct journal_record record = {
        .type = RECORD_PROVED,
        .step = id,
        .when = clock_parse(json_string(proved)),
        .from = json_get_string(json_get(worker->tenant.handed, "written"), "by"),
    };
    return journal_state_step(worker->tenant.journal_state, id)->proved_at != 0 || worker_note(worker, &record, error);
}

static gboolean take_decision_about(struct worker *worker, const char *key, const json *decided, GError **error)
{
    const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, key);
    const char *decision = json_get_string(decided, "decision");
    const struct saying said = saying_of(worker, decided, "at");
    const struct journal_record record = {
        .type = RECORD_HANDED,
        .object = key,
        .decision = decision_parse(decision),
        .about = json_get_string(decided, "about"),
        .by = said.by,
        .from = said.from,
        .when = said.when,
    };
    g_autofree char *handed = decision_words(entry->handed);
    return entry->decision.kind != DECISION_NONE || strcmp(handed, decision) == 0 ||
           worker_note(worker, &record, error);
}

/* It counts once the tenant offers it here too; what is about an entry of a list, where that is on it; what is about a
 * kind, for each that no list names. */
static gboolean take_decision(struct worker *worker, const char *handed_key, const json *decided, GError **error)
{
    const GPtrArray *objects = worker->tenant.onboarding->objects;
    const char *key = list_entries_key(worker, handed_key, json_get_string(decided, "of"));
    gboolean ok = TRUE;
    if (key == NULL || onboarding_object(worker->tenant.onboarding, key) != NULL)
        return key == NULL || take_decision_about(worker, key, decided, error);
    for (guint i = 0; ok && i < objects->len; i++) {
        const struct object *object = g_ptr_array_index(objects, i);
        if (strcmp(object->kind->name, key) == 0 && object->item == NULL)
            ok = take_decision_about(worker, object->key, decided, error);
    }
    return ok;
}

/* TRUE if this machine had something made at WHEN or later: the partner is connected again. */
static gboolean was_made_since(const struct worker *worker, gint64 when)
{
    const GPtrArray *records = journal_records(worker->tenant.journal);
    for (guint i = 0; i < records->len; i++) {
        const struct journal_record *record = g_ptr_array_index(records, i);
        gboolean makes = record->action == WRITE_CREATE || record->action == WRITE_RESTORE;
        if (record->type == RECORD_INTENT && makes && record->at >= when)
            return TRUE;
    }
    return FALSE;
}

static gboolean take_partner_left(struct worker *worker, GError **error)
{
    const json *left = json_get(worker->tenant.handed, "partnerLeft");
    if (left == NULL)
        return TRUE;
    const struct saying said = saying_of(worker, left, "at");
    /* Who did so may not be known: not whoever takes this over. */
    const char *by = said.by != NULL ? said.by : "";
    const struct journal_record record = {.type = RECORD_LEFT, .by = by, .from = said.from, .when = said.when};
    return worker->tenant.journal_state->left_at != 0 || was_made_since(worker, said.when) ||
           worker_note(worker, &record, error);
}

static gboolean take_undone(struct worker *worker, GError **error)
{
    const json *handed = json_get(worker->tenant.handed, "undone");
    const struct situation situation = worker_situation(worker);
    struct undone known;
    if (handed == NULL)
        return TRUE;
    const struct saying said = saying_of(worker, handed, "at");
    const struct journal_record record = {
        .type = RECORD_UNDONE, .by = said.by != NULL ? said.by : "", .from = said.from, .when = said.when};
    return situation_is_undone(&situation, &known) || was_made_since(worker, said.when) ||
           worker_note(worker, &record, error);
}

/* What was there when it was handed over, and is not any more, is asked about here as there. */
static gboolean take_objects(struct worker *worker, GError **error)
{
    gboolean ok = TRUE;
    json_for_each (handed, json_get(worker->tenant.handed, "objects")) {
        const struct object *object = onboarding_object(worker->tenant.onboarding, json_get_string(handed, "object"));
        const char *id = json_get_string(handed, "id");
        if (!ok || object == NULL || id == NULL || id[0] == '\0' || object->item != NULL ||
            object->kind->create == NULL || object->kind->ends_by_itself ||
            object->observation->state != OBJECT_ABSENT || object->observation->checked == 0)
            continue;
        const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
        const struct journal_record record = {.type = RECORD_GONE, .object = object->key, .id = id};
        if (entry->phase == PHASE_NONE && entry->id[0] == '\0' && entry->gone_id[0] == '\0')
            ok = worker_note(worker, &record, error);
    }
    return ok;
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
    static const char *const dated[] = {"written", "told",      "skipped",     "waits",
                                        "proved",  "decisions", "partnerLeft", "undone"};
    if (worker->tenant.handed == NULL)
        return TRUE;
    /* Only now, that the tenant was read, is its time known. */
    for (gsize i = 0; i < G_N_ELEMENTS(dated); i++) {
        g_autofree char *path = g_strconcat("$.", dated[i], NULL);
        if (!is_past(json_get(worker->tenant.handed, dated[i]), path, worker_now(worker), error))
            return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        json_for_each (entry, json_get(worker->tenant.handed, parts[i].member)) {
            if (!parts[i].take(worker, json_name(entry), entry, error))
                return FALSE;
        }
    }
    if (!take_partner_left(worker, error) || !take_undone(worker, error) || !take_objects(worker, error))
        return FALSE;
    if (worker->tenant.proposed)
        return TRUE;
    const json *written = json_get(worker->tenant.handed, "written");
    const char *from = json_get_string(written, "by");
    g_autofree char *sum = digest(worker->tenant.handed);
    worker_log(worker, LOG_NOTICE, "hand-over", "taken over from %s, written %s", from, json_get_string(written, "at"));
    if (!worker_note(worker, &(struct journal_record){.type = RECORD_HANDED_OVER, .from = from, .digest = sum}, error))
        return FALSE;
    g_clear_pointer(&worker->tenant.handed, json_free);
    return TRUE;
}
