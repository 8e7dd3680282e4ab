/* SPDX-License-Identifier: MIT */
#include "engine/uses.h"

#include "base/error.h"

gboolean uses_can_judge(GPtrArray *replies, int *unread, GError **error)
{
    *unread = -1;
    for (guint i = 0; i < replies->len; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        if (g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_CANCELLED)) {
            g_propagate_error(error, g_error_copy(reply->error));
            return FALSE;
        }
        *unread = *unread < 0 && !reply_is_success(reply) ? (int)i : *unread;
    }
    return TRUE;
}

void uses_say_unread(struct worker *worker, const struct object_kind *kind, const char *title,
                     const struct request *request, const struct reply *reply)
{
    g_autofree char *why =
        reply->outcome == REPLY_ANSWERED ? g_strdup_printf("%d", reply->status) : g_strdup("no answer");
    worker_log(worker, LOG_WARNING, kind->name,
               "%s: not all of what others may use it for could be read (%s: %s); nothing of it is known, so it goes",
               title, request->path, why);
}
