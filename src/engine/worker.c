/* SPDX-License-Identifier: MIT */
#include "engine/worker.h"

#include <stdarg.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/board_build.h"
#include "engine/hand_over_proposal.h"
#include "engine/scopes.h"
#include "engine/surprises.h"

#define GCC_CLOUD "gcc"

void worker_emit(struct worker *worker, enum event_kind kind, gpointer payload)
{
    if (worker->board_is_due) {
        worker->board_is_due = FALSE;
        queue_push(worker->events, event_new(EVENT_BOARD, worker_board(worker)));
    }
    queue_push(worker->events, event_new(kind, payload));
}

gint64 worker_now(const struct worker *worker)
{
    return clock_now(&worker->clock);
}

void worker_clock_corrected(gint64 shift, gpointer data)
{
    struct worker *worker = data;
    worker_log(worker, LOG_NOTICE, "clock",
               "this machine's clock is %" G_GINT64_FORMAT " s %s Microsoft's time; perch goes by Microsoft's",
               ABS(shift) / G_USEC_PER_SEC, shift > 0 ? "behind" : "ahead of");
    const struct onboarding *onboarding = worker->tenant.onboarding;
    for (guint i = 0; onboarding != NULL && i < onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(onboarding->objects, i);
        object->row.since += shift;
        if (object->observation->checked != 0)
            object->observation->checked += shift;
    }
}

gboolean worker_pause(struct worker *worker, gint64 wall)
{
    return http_run(worker->http, NULL, g_get_monotonic_time() + wall);
}

gboolean worker_pause_until(struct worker *worker, gint64 deadline)
{
    return worker_pause(worker, clock_wall_until(&worker->clock, deadline));
}

struct situation worker_situation(const struct worker *worker)
{
    return (struct situation){
        .onboarding = worker->tenant.onboarding,
        .journal_state = worker->tenant.journal_state,
        .cloud = worker->cloud,
        .redactor = worker->redactor,
        .failures = worker->run.failures,
        .held_back = worker->run.held_back,
        .refusals = worker->run.refusals,
        .undo_notes = worker->run.undo_notes,
        .audits = worker->tenant.audits,
        .working = worker->run.working,
        .checking = worker->run.checking,
        .signed_in = worker->tenant.dir != NULL,
        .now = worker->run.shown_at != 0 ? worker->run.shown_at : worker_now(worker),
        .clock_rate = worker->clock.rate,
    };
}

const char *worker_other_defender(const struct worker *worker)
{
    if (strcmp(sign_in_home(worker->operator.sign_in), GCC_CLOUD) != 0 ||
        worker->operator.defender_place == DEFENDER_FOUND || worker->operator.defender_place == DEFENDER_MOVED)
        return NULL;
    if (worker->operator.defender_place == DEFENDER_NOWHERE)
        return "This tenant is one of US Government GCC, and neither the commercial Defender nor that of GCC knows it: "
               "open the Defender portal once, then check again.";
    return strcmp(worker->cloud->name, GCC_CLOUD) == 0
               ? "This tenant is one of US Government GCC, and its Defender may still be the commercial one: where "
                 "Defender does not know the tenant, start again without --cloud."
               : "This tenant is one of US Government GCC. Its Defender may be the commercial one, or that of GCC: "
                 "where Defender does not know the tenant, start again with --cloud gcc.";
}

struct board *worker_board(const struct worker *worker)
{
    const struct situation situation = worker_situation(worker);
    const struct sign_in_account *account = sign_in_account(worker->operator.sign_in);
    g_autofree char *keyring = token_store_sentence(&worker->operator.tokens);
    g_auto(GStrv) of_scopes = scopes_notes(worker->operator.sign_in);
    g_auto(GStrv) excess = scopes_excess(worker->operator.sign_in);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_strv_builder_addv(builder, (const char **)of_scopes);
    if (worker_other_defender(worker) != NULL)
        g_strv_builder_add(builder, worker_other_defender(worker));
    if (worker->operator.defender_place == DEFENDER_FOUND || worker->operator.defender_place == DEFENDER_MOVED) {
        g_autofree char *found =
            g_strdup_printf("This tenant is one of US Government GCC; its Defender is at %s, as a reading showed.",
                            worker->cloud->defender);
        g_strv_builder_add(builder, found);
    }
    if (worker->operator.inspector != NULL)
        g_strv_builder_add(builder, worker->operator.inspector);
    g_auto(GStrv) surprises = surprises_sentences(worker);
    g_strv_builder_addv(builder, (const char **)surprises);
    g_autofree char *why_read_only = worker->tenant.dir != NULL && worker->tenant.dir->read_only
                                         ? state_dir_why_read_only(worker->tenant.dir)
                                         : NULL;
    if (why_read_only != NULL)
        g_strv_builder_add(builder, why_read_only);
    g_auto(GStrv) notes = g_strv_builder_end(builder);
    const struct board_head head = {
        .account = account != NULL ? account->user_name : NULL,
        .tenant_id = account != NULL ? account->tenant_id : NULL,
        .state_dir = worker->tenant.dir != NULL ? worker->tenant.dir->path : NULL,
        .keyring = keyring,
        .notes = notes,
        .excess = excess,
        .clock = worker->clock,
        .checked = worker->tenant.checked,
        .keyring_locked = keyring_state(worker->operator.keyring) == KEYRING_LOCKED,
        .confirmed = worker->run.confirmed,
        .lacks_defender = operator_lacks_defender(worker),
        .why_read_only = why_read_only,
    };
    struct board *board = board_build(&situation, &head);
    board->handed = hand_over_proposal(worker);
    return board;
}

void worker_emit_board(struct worker *worker)
{
    /* What is proposed stands on no board any more once it is accepted. */
    worker->board_is_due = worker->headless && !worker->tenant.proposed;
    if (!worker->board_is_due)
        worker_emit(worker, EVENT_BOARD, worker_board(worker));
}

static void sync_object(struct worker *worker, struct object *object)
{
    const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
    g_free(object->known_id);
    g_free(object->our_deleted);
    g_free(object->last_id);
    g_free(object->mark);
    g_free(object->spent);
    g_free(object->named_id);
    decision_clear(&object->decision);
    object->known_id = g_strdup(entry->id);
    object->our_deleted = g_strdup(entry->deleted_id);
    object->mark = g_strdup(entry->mark);
    object->spent = g_strdup(entry->spent);
    /* Another answer names another. */
    object->named_id =
        g_strdup(g_ascii_strcasecmp(entry->named, object_text(object, "userName")) == 0 ? entry->named_id : "");
    object->last_id = g_strdup(entry->id[0] != '\0'            ? entry->id
                               : entry->phase == PHASE_REMOVED ? entry->deleted_id
                                                               : entry->gone_id);
    object->decision = decision_copy(entry->decision);
    object->decided_at = entry->decided_at;
    object->created = entry->created;
    object->adopted = entry->adopted;
    object->repaired = entry->old != NULL;
    object->in_doubt = entry->phase == PHASE_SENT;
    onboarding_rename(worker->tenant.onboarding, object, entry->name);
}

void worker_sync_objects(struct worker *worker)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++)
        sync_object(worker, g_ptr_array_index(worker->tenant.onboarding->objects, i));
}

const char *worker_account(const struct worker *worker)
{
    const struct sign_in_account *account = sign_in_account(worker->operator.sign_in);
    return account != NULL ? account->user_name : "";
}

gboolean worker_require_sign_in(struct worker *worker, GError **error)
{
    if (sign_in_account(worker->operator.sign_in) != NULL && worker->tenant.dir != NULL)
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN, "Nobody is signed in.\nSign in first: perch sign-in");
    return FALSE;
}

/* What is noted is the tenant's own folder's: whoever reads with a certificate notes what was proved, too. */
static gboolean require_journal(struct worker *worker, GError **error)
{
    if (!worker_require_sign_in(worker, error))
        return FALSE;
    if (worker->tenant.proposed) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_PERSON,
                            "Nothing was sent: what was handed over has not been accepted.\nLook at what it would "
                            "change, and take it over first.");
        return FALSE;
    }
    if (!worker->tenant.dir->read_only)
        return TRUE;
    g_autofree char *why = state_dir_why_read_only(worker->tenant.dir);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_LOCKED, "%s\nClose the other one first.", why);
    return FALSE;
}

gboolean worker_require_write(struct worker *worker, GError **error)
{
    if (worker->operator.certificate == NULL)
        return require_journal(worker, error);
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                        "perch signed in with a certificate, and so only reads.\nLet a person sign in to write.");
    return FALSE;
}

/* Whom of a list the object KEY is made for, where the journal does not say so yet; NULL if it does, or there is
 * nobody.
 */
static const char *item_to_note(const struct worker *worker, const char *key)
{
    const struct object *object = key != NULL ? onboarding_object(worker->tenant.onboarding, key) : NULL;
    gboolean is_known = object == NULL || journal_state_object(worker->tenant.journal_state, key)->item[0] != '\0';
    return is_known ? NULL : object->item;
}

gboolean worker_note(struct worker *worker, const struct journal_record *record, GError **error)
{
    struct journal_record noted = *record;
    /* What follows from a proposal is only thought through; a write never does. */
    gboolean in_memory = worker->tenant.proposed && journal_record_is_said(record->type);
    struct journal_record *thought = NULL;
    if (in_memory ? !worker_require_sign_in(worker, error) : !require_journal(worker, error))
        return FALSE;
    if (noted.by == NULL)
        noted.by = worker_account(worker);
    if (noted.item == NULL)
        noted.item = item_to_note(worker, noted.object);
    if (in_memory)
        thought = journal_record_dated(&noted, worker_now(worker), error);
    const struct journal_record *written =
        in_memory ? thought : journal_append(worker->tenant.journal, &noted, worker_now(worker), error);
    if (written == NULL)
        return FALSE;
    journal_state_add(worker->tenant.journal_state, written);
    struct object *object =
        written->object != NULL ? onboarding_object(worker->tenant.onboarding, written->object) : NULL;
    if (object != NULL)
        sync_object(worker, object);
    if (object != NULL && object->item != NULL)
        list_numbers_bind(worker->tenant.onboarding->numbers, object->definition->for_each, object->item,
                          (guint)object->number);
    if (thought != NULL)
        journal_record_unref(thought);
    return TRUE;
}

void worker_log(struct worker *worker, enum log_severity severity, const char *subject, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    log_write(worker->log, severity, subject, text, NULL, NULL, 0, 0);
}

void worker_log_wait(struct worker *worker, const char *subject, gint64 until, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *time = clock_format_near(until);
    g_autofree char *text = g_strdup_printf("%s, until %s at the latest", what, time);
    log_wait(worker->log, subject, text, NULL, NULL, 0, g_get_real_time() + clock_wall_until(&worker->clock, until));
}

void worker_log_error(struct worker *worker, enum log_severity severity, const char *subject, const GError *error)
{
    g_autofree char *headline = error_headline(error);
    log_write(worker->log, severity, subject, headline, error_hint(error), NULL, 0, 0);
}

static void add_body(GString *detail, const json *body)
{
    if (body == NULL)
        return;
    g_autofree char *text = json_text_indented(body);
    g_string_append_printf(detail, "\n%s", text);
}

void worker_log_exchange(struct worker *worker, enum log_severity severity, const struct object *object,
                         const char *text, const struct request *request, const struct reply *reply)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", 2);
    g_autofree char *target = request_target(request);
    g_autoptr(GString) detail = g_string_new(NULL);
    if (lines[0] != NULL && lines[1] != NULL)
        g_string_append_printf(detail, "%s\n\n", lines[1]);
    g_string_append_printf(detail, "Asked: %s %s\nclient-request-id %s", request->method, target,
                           reply->client_request_id);
    add_body(detail, request->body);
    if (reply->outcome != REPLY_ANSWERED) {
        g_string_append_printf(detail, "\n\nAnswered: nothing%s",
                               reply->outcome == REPLY_NOT_SENT ? "; it was not sent" : "");
    } else {
        g_string_append_printf(detail, "\n\nAnswered: %d %s", reply->status, reply->error_code);
        add_body(detail, reply->body);
        if (reply->unreadable)
            g_string_append(detail, "\nwith a body that is no JSON");
    }
    log_write(worker->log, severity, object->kind->name, lines[0] != NULL ? lines[0] : "", detail->str,
              reply->request_id, reply->status, reply->duration);
}
