/* SPDX-License-Identifier: MIT */
#include "engine/outcome.h"

#include "base/json.h"

#define REQUEST_TIMEOUT 408

/* An id that the request chose is known without the answer. */
static gboolean names_what_was_made(const struct object *object, const struct request *creation,
                                    const struct reply *reply)
{
    return creation == NULL || object->kind->reply_has_no_id || json_get_string(creation->body, "id") != NULL ||
           json_get_string(reply->body, "id") != NULL || reply->location_id != NULL;
}

gboolean outcome_is_yes(const struct object *object, const struct request *creation, const struct reply *reply)
{
    gboolean redirected = reply->outcome == REPLY_ANSWERED && reply->status >= 300 && reply->status < 400;
    gboolean is_known_so = creation != NULL && object->kind->redirect_is_yes && !reply->sent_elsewhere;
    return (reply_is_success(reply) && names_what_was_made(object, creation, reply)) || (redirected && is_known_so);
}

/* A token that was refused, and throttling, are told by whoever stands before the service too, and truly. */
static gboolean says_no(const struct reply *reply)
{
    gboolean is_known = reply->status == 401 || reply->status == 429 || reply->error_code[0] != '\0';
    return reply->status >= 400 && reply->status < 500 && reply->status != REQUEST_TIMEOUT && is_known;
}

enum outcome outcome_of(const struct object *object, const struct request *creation, const struct reply *reply,
                        gboolean refers_to_new)
{
    if (reply->outcome == REPLY_NOT_SENT)
        return OUTCOME_NOT_SENT;
    if (outcome_is_yes(object, creation, reply))
        return OUTCOME_DONE;
    if (reply->outcome == REPLY_LOST || !says_no(reply))
        return OUTCOME_DOUBT;
    if (reply_says_exists(reply))
        return OUTCOME_EXISTS;
    return reply_says_missing(reply) && refers_to_new ? OUTCOME_NOT_YET : OUTCOME_REFUSED;
}
