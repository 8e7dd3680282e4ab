/* SPDX-License-Identifier: MIT */
#include "engine/write_intent.h"

#include "base/json.h"
#include "engine/worker.h"
#include "onboarding/door.h"

gboolean write_intent_note(struct worker *worker, const struct object *object, enum write_action action,
                           const struct request *request, const json *old, GError **error)
{
    g_autofree char *target = request_target(request);
    g_autofree char *body = request->body != NULL ? json_text(request->body) : g_strdup("");
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, body, -1);
    g_autofree char *digest = request_digest(request);
    g_autofree char *about = action == WRITE_REPAIR ? door_differences(object) : NULL;
    g_autofree char *goes = action == WRITE_REPAIR ? door_first_to_go(object) : g_strdup(object->known_id);
    gboolean names_one = (action == WRITE_REPAIR || action == WRITE_REMOVE) && goes[0] != '\0';
    const struct journal_record record = {
        .type = RECORD_INTENT,
        .object = object->key,
        .kind = object->kind->name,
        .action = action,
        .method = request->method,
        .target = target,
        .name = action == WRITE_CREATE ? json_get_string(request->body, "displayName") : NULL,
        .body = hash,
        .as = digest,
        .old = old,
        .about = about,
        .absent_at = object->observation->state == OBJECT_ABSENT ? object->observation->checked : 0,
        .id = names_one ? goes : NULL,
    };
    return worker_note(worker, &record, error);
}
