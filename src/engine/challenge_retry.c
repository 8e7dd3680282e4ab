/* SPDX-License-Identifier: MIT */
#include "engine/challenge_retry.h"

#include "base/error.h"
#include "engine/operator.h"
#include "engine/worker.h"
#include "microsoft/challenge.h"

gboolean challenge_retry_is_due(struct worker *worker, const char *step, const struct reply *reply)
{
    return reply->claims != NULL && g_hash_table_add(worker->run.challenged, g_strdup(step));
}

gboolean challenge_retry_meet(struct worker *worker, const char *step, const struct request *request,
                              const struct reply *reply)
{
    g_autoptr(GError) error = NULL;
    worker_log(worker, LOG_NOTICE, "sign-in", "Microsoft wants a new sign-in before it goes on with %s", step);
    if (operator_meet_claims(worker, request->service, reply->claims, &error))
        return TRUE;
    worker_log_error(worker, LOG_WARNING, "sign-in", error);
    return FALSE;
}

static const struct reply *challenged(GPtrArray *replies, guint *index)
{
    for (*index = 0; *index < replies->len; (*index)++) {
        const struct reply *reply = g_ptr_array_index(replies, *index);
        if (reply->claims != NULL)
            return reply;
    }
    return NULL;
}

void challenge_retry_give_up(struct reply *reply)
{
    if (reply->claims == NULL)
        return;
    g_autofree char *reason = challenge_reason(reply->claims, reply->error != NULL ? reply->error->message : "");
    g_auto(GStrv) lines = g_strsplit(reason, "\n", 2);
    g_clear_error(&reply->error);
    const char *id = reply->request_id[0] != '\0' ? reply->request_id : reply->client_request_id;
    reply->error = g_error_new(PERCH_ERROR, PERCH_ERROR_REFUSED, "%s (%d %s, request %s)\n%s", lines[0], reply->status,
                               reply->error_code, id, lines[1]);
    g_clear_pointer(&reply->claims, g_free);
}

void challenge_retry_end(struct worker *worker, struct reply *reply)
{
    if (reply->claims == NULL)
        return;
    challenge_retry_give_up(reply);
    g_autofree char *headline = error_headline(reply->error);
    g_autofree char *text =
        g_strconcat("Microsoft is not content with the new sign-in; perch stops asking. ", headline, NULL);
    log_write(worker->log, LOG_WARNING, "sign-in", text, error_hint(reply->error), NULL, 0, 0);
}

GPtrArray *challenge_retry_read(struct worker *worker, const char *step, GPtrArray *requests)
{
    guint index = 0;
    GPtrArray *replies = client_read(worker->client, (struct request *const *)requests->pdata, requests->len);
    const struct reply *reply = challenged(replies, &index);
    if (reply == NULL)
        return replies;
    if (challenge_retry_is_due(worker, step, reply)) {
        if (!challenge_retry_meet(worker, step, g_ptr_array_index(requests, index), reply))
            return replies;
        g_autoptr(GPtrArray) refused = g_ptr_array_new();
        for (guint i = 0; i < replies->len; i++)
            if (((const struct reply *)g_ptr_array_index(replies, i))->claims != NULL)
                g_ptr_array_add(refused, g_ptr_array_index(requests, i));
        g_autoptr(GPtrArray) again = client_read(worker->client, (struct request *const *)refused->pdata, refused->len);
        for (guint i = 0, taken = 0; i < replies->len; i++) {
            struct reply *old = g_ptr_array_index(replies, i);
            if (old->claims == NULL)
                continue;
            replies->pdata[i] = g_steal_pointer(&again->pdata[taken++]);
            reply_free(old);
        }
    }
    for (guint i = 0; i < replies->len; i++)
        challenge_retry_end(worker, g_ptr_array_index(replies, i));
    return replies;
}

struct reply *challenge_retry_write(struct worker *worker, const char *step, const struct request *request)
{
    struct reply *reply = client_write(worker->client, request);
    if (challenge_retry_is_due(worker, step, reply)) {
        if (!challenge_retry_meet(worker, step, request, reply))
            return reply;
        reply_free(reply);
        reply = client_write(worker->client, request);
    }
    challenge_retry_end(worker, reply);
    return reply;
}
