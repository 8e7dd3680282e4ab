/* SPDX-License-Identifier: MIT */
#include "engine/outcome.h"

#include "base/json.h"

#define REQUEST_TIMEOUT 408

gboolean outcome_turns_away(int status)
{
    return status >= 400 && status < 500 && status != REQUEST_TIMEOUT;
}

/* A yes to the request may say that nothing came of it. */
static gboolean says_no(const struct object *object, const struct request *creation, const struct reply *reply)
{
    if (creation == NULL || object->kind->reply_says_no == NULL || !reply_is_success(reply))
        return FALSE;
    g_autofree char *no = object->kind->reply_says_no(reply);
    return no != NULL;
}

gboolean outcome_is_yes(const struct object *object, const struct request *creation, const struct reply *reply)
{
    /* An id that the request chose is known without the answer. */
    gboolean is_named = creation == NULL || object->kind->reply_has_no_id ||
                        json_get_string(creation->body, "id") != NULL || json_get_string(reply->body, "id") != NULL ||
                        reply->location_id != NULL;
    gboolean redirected = reply->outcome == REPLY_ANSWERED && reply->status >= 300 && reply->status < 400;
    gboolean is_known_so = creation != NULL && object->kind->redirect_is_yes && !reply->sent_elsewhere;
    return (reply_is_success(reply) && is_named && !says_no(object, creation, reply)) || (redirected && is_known_so);
}

enum outcome outcome_of(const struct object *object, const struct request *creation, const struct reply *reply,
                        gboolean refers_to_new)
{
    /* A token that was refused, and throttling, are told by whoever stands before the service too, and truly. */
    gboolean is_known = reply->status == 401 || reply->status == 429 || reply->error_code[0] != '\0';
    gboolean is_refusal = outcome_turns_away(reply->status) && is_known;
    if (reply->outcome == REPLY_NOT_SENT)
        return OUTCOME_NOT_SENT;
    if (outcome_is_yes(object, creation, reply))
        return OUTCOME_DONE;
    if (says_no(object, creation, reply))
        return OUTCOME_REFUSED;
    if (reply->outcome == REPLY_LOST || !is_refusal)
        return OUTCOME_DOUBT;
    if (reply_says_exists(reply))
        return OUTCOME_EXISTS;
    return reply_says_missing(reply) && refers_to_new ? OUTCOME_NOT_YET : OUTCOME_REFUSED;
}
