#include "microsoft/request.h"

#include <string.h>

/* Texts and codes with which a status of 400 says that the object is there already (facts seen in public threads). */
static const char *const exists_signs[] = {
    "ObjectConflict",
    "DuplicateKey",
    "already exist",
    "already onboarded",
    "conflicting object with one or more of the specified property values",
};

/* ... and that something which the body refers to is not there, or not there yet. */
static const char *const missing_signs[] = {
    "ResourceNotFound",
    "Not a valid reference update",
    "queried reference-property objects are not present",
    "resource was not found",
};

void reply_free(struct reply *reply)
{
    if (reply == NULL)
        return;
    json_free(reply->body);
    g_free(reply->request_id);
    g_free(reply->client_request_id);
    g_free(reply->error_code);
    g_free(reply->claims);
    g_clear_error(&reply->error);
    g_free(reply);
}

gboolean reply_is_success(const struct reply *reply)
{
    return reply->outcome == REPLY_ANSWERED && reply->status >= 200 && reply->status < 300 && !reply->unreadable;
}

static gboolean says_one_of(const struct reply *reply, const char *const *signs, gsize count)
{
    const char *text = json_get_string(json_get(reply->body, "error"), "message");
    for (gsize i = 0; i < count; i++) {
        if (reply->error_code != NULL && strstr(reply->error_code, signs[i]) != NULL)
            return TRUE;
        if (text != NULL && strstr(text, signs[i]) != NULL)
            return TRUE;
    }
    return FALSE;
}

gboolean reply_says_exists(const struct reply *reply)
{
    if (reply->outcome != REPLY_ANSWERED)
        return FALSE;
    /* Somebody else changed the directory at the same moment: nothing is said about the object. */
    if (reply->status == 409)
        return g_strcmp0(reply->error_code, "Directory_ConcurrencyViolation") != 0;
    return reply->status == 400 && says_one_of(reply, exists_signs, G_N_ELEMENTS(exists_signs));
}

gboolean reply_says_missing(const struct reply *reply)
{
    if (reply->outcome != REPLY_ANSWERED)
        return FALSE;
    return reply->status == 404 ||
           (reply->status == 400 && says_one_of(reply, missing_signs, G_N_ELEMENTS(missing_signs)));
}
