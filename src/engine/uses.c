/* SPDX-License-Identifier: MIT */
#include "engine/uses.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"

gboolean uses_can_judge(const GPtrArray *requests, GPtrArray *replies, int *unread, GError **error)
{
    *unread = -1;
    for (guint i = 0; i < replies->len; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        const struct request *request = g_ptr_array_index(requests, i);
        gboolean is_none = request->unlicensed_is_none && reply->outcome == REPLY_ANSWERED && reply->status == 400;
        if (g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_CANCELLED)) {
            g_propagate_error(error, g_error_copy(reply->error));
            return FALSE;
        }
        *unread = *unread < 0 && !is_none && !reply_is_success(reply) ? (int)i : *unread;
    }
    return TRUE;
}

gboolean uses_are_refused(GPtrArray *replies)
{
    for (guint i = 0; i < replies->len; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        if (reply->outcome != REPLY_ANSWERED || reply->status < 400 || reply->status >= 500 || reply->status == 429)
            return FALSE;
    }
    return TRUE;
}

char *uses_sentence(const char *said, char **next)
{
    const char *last = strrchr(said, '\n');
    *next = g_strdup(last != NULL ? last + 1 : "");
    return text_safe(said, last != NULL ? last - said : -1);
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
