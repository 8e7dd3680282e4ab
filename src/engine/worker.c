#include "engine/worker.h"

#include <stdarg.h>
#include <string.h>

#include "base/error.h"

void worker_emit(struct worker *worker, enum event_kind kind, gpointer payload)
{
    queue_push(worker->events, event_new(kind, payload));
}

gint64 worker_now(const struct worker *worker)
{
    return clock_now(&worker->clock);
}

gboolean worker_pause(struct worker *worker, gint64 wall)
{
    return http_run(worker->http, NULL, g_get_monotonic_time() + wall);
}

gboolean worker_pause_until(struct worker *worker, gint64 deadline)
{
    return worker_pause(worker, clock_wall_until(&worker->clock, deadline));
}

static void sync_object(struct worker *worker, struct object *object)
{
    const struct object_entry *entry = ledger_object(worker->ledger, object->key);
    g_free(object->known_id);
    g_free(object->our_deleted);
    g_free(object->decision);
    object->known_id = g_strdup(entry->id);
    object->our_deleted = g_strdup(entry->deleted_id);
    object->decision = g_strdup(entry->decision);
    object->created = entry->created;
    object->adopted = entry->adopted;
    object->in_doubt = entry->phase == PHASE_SENT;
    onboarding_rename(worker->onboarding, object, entry->name);
}

void worker_sync_objects(struct worker *worker)
{
    for (guint i = 0; i < worker->onboarding->objects->len; i++)
        sync_object(worker, g_ptr_array_index(worker->onboarding->objects, i));
}

const char *worker_account(const struct worker *worker)
{
    const struct sign_in_account *account = sign_in_account(worker->sign_in);
    return account != NULL ? account->user_name : "";
}

gboolean worker_note(struct worker *worker, json *record, GError **error)
{
    if (!worker_require_write(worker, error)) {
        json_free(record);
        return FALSE;
    }
    if (json_get(record, "by") == NULL)
        json_set_string(record, "by", worker_account(worker));
    if (!journal_append(worker->journal, record, worker_now(worker), error))
        return FALSE;
    const GPtrArray *records = journal_records(worker->journal);
    const json *written = g_ptr_array_index(records, records->len - 1);
    ledger_add(worker->ledger, written);
    const char *key = json_get_string(written, "object");
    struct object *object = key != NULL ? onboarding_object(worker->onboarding, key) : NULL;
    if (object != NULL)
        sync_object(worker, object);
    return TRUE;
}

void worker_log(struct worker *worker, enum log_severity severity, const char *subject, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_auto(GStrv) lines = g_strsplit(text, "\n", 2);
    log_write(worker->log, severity, subject, lines[0] != NULL ? lines[0] : "", lines[0] != NULL ? lines[1] : NULL,
              NULL, 0, 0);
}

gboolean worker_require_sign_in(struct worker *worker, GError **error)
{
    if (sign_in_account(worker->sign_in) != NULL && worker->dir != NULL)
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN, "Nobody is signed in.\nSign in first: perch sign-in.");
    return FALSE;
}

gboolean worker_require_write(struct worker *worker, GError **error)
{
    if (!worker_require_sign_in(worker, error))
        return FALSE;
    if (!worker->dir->read_only)
        return TRUE;
    if (worker->certificate != NULL) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                            "perch signed in with a certificate, and so only reads.\nLet a person sign in to write.");
        return FALSE;
    }
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_LOCKED,
                        "Another perch works on this tenant, so this one only reads.\nClose the other one first.");
    return FALSE;
}
