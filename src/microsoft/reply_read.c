/* SPDX-License-Identifier: MIT */
#include "microsoft/reply_read.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "microsoft/challenge.h"
#include "microsoft/explain.h"

#define LONGEST_SENTENCE 400
#define DEEPEST_INNER_ERROR 8

struct reply *reply_unsent(GError *error)
{
    struct reply *reply = g_new0(struct reply, 1);
    reply->outcome = REPLY_NOT_SENT;
    reply->request_id = g_strdup("");
    reply->client_request_id = g_strdup("");
    reply->error_code = g_strdup("");
    reply->error = error;
    return reply;
}

void explain_transfer(GError *error, const char *problem)
{
    const struct symptom symptom = {.service = "network", .code = problem};
    g_autofree char *explanation = explain(&symptom);
    if (explanation == NULL || strchr(error->message, '\n') != NULL)
        return;
    char *message = g_strconcat(error->message, "\n", explanation, NULL);
    g_free(error->message);
    error->message = message;
}

/* The innermost code says most; a code that details give is as good. */
static const char *innermost_code(const json *error)
{
    const char *code = json_get_string(json_at(json_get(error, "details"), 0), "code");
    if (code != NULL && *code != '\0')
        return code;
    const json *at = error;
    const char *found = "";
    for (int depth = 0; at != NULL && depth < DEEPEST_INNER_ERROR; depth++) {
        code = json_get_string(at, "code");
        if (code != NULL && *code != '\0')
            found = code;
        const json *inner = json_get(at, "innerError");
        at = inner != NULL ? inner : json_get(at, "innererror");
    }
    return found;
}

static const char *status_phrase(int status)
{
    static const struct {
        int status;
        const char *phrase;
    } phrases[] = {
        {400, "Bad request"},        {401, "Not signed in"}, {403, "Forbidden"},           {404, "Not found"},
        {405, "Method not allowed"}, {409, "Conflict"},      {412, "Precondition failed"}, {423, "Locked"},
        {429, "Too many requests"},  {500, "Server error"},  {502, "Bad gateway"},         {503, "Service unavailable"},
        {504, "Gateway time-out"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(phrases); i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return status >= 300 && status < 400 ? "Redirect, not followed" : "Refused";
}

static char *headline(int status, const char *sentence, const char *code, const char *request_id)
{
    GString *line = g_string_new(NULL);
    g_autofree char *shortened = g_utf8_validate(sentence, -1, NULL) && g_utf8_strlen(sentence, -1) > LONGEST_SENTENCE
                                     ? g_utf8_substring(sentence, 0, LONGEST_SENTENCE)
                                     : g_strdup(sentence);
    g_autofree char *safe_sentence = text_safe(shortened, -1);
    g_autofree char *safe_code = text_safe(code, -1);
    g_autofree char *safe_id = text_safe(request_id, -1);
    g_string_append_printf(line, "%d %s", status, status_phrase(status));
    if (*safe_sentence != '\0')
        g_string_append_printf(line, ": %s", safe_sentence);
    else
        g_string_append_c(line, '.');
    if (*safe_code != '\0' && *safe_id != '\0')
        g_string_append_printf(line, " (%s, request %s)", safe_code, safe_id);
    else if (*safe_code != '\0' || *safe_id != '\0')
        g_string_append_printf(line, " (%s%s)", *safe_code != '\0' ? "" : "request ",
                               *safe_code != '\0' ? safe_code : safe_id);
    return g_string_free(line, FALSE);
}

/* The words of who answers otherwise than Microsoft documents: a text in place of the error, or a page's title. NULL:
 * there are none. Caller frees. */
static char *foreign_words(const struct reply *reply, const char *body)
{
    static const char *const members[] = {"error", "message", "detail", "title"};
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
        const char *text = json_get_string(reply->body, members[i]);
        if (text != NULL)
            return g_strdup(text);
    }
    if (!reply->unreadable || !g_utf8_validate(body, -1, NULL))
        return NULL;
    g_autoptr(GRegex) title = g_regex_new("<title[^>]*>([^<]*)<", G_REGEX_CASELESS, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    return g_regex_match(title, body, 0, &match) ? g_strstrip(g_match_info_fetch(match, 1)) : NULL;
}

static GError *answered_error(const struct request *request, const struct reply *reply, const char *body)
{
    int status = reply->status;
    const json *error = json_get(reply->body, "error");
    const char *sentence = json_get_string(error, "message");
    /* The older OData form. */
    if (sentence == NULL)
        sentence = json_get_string(json_get(error, "message"), "value");
    g_autofree char *foreign = sentence == NULL ? foreign_words(reply, body) : NULL;
    /* Microsoft's gateways answer with pages when they are busy or broken; that a page refuses is not their way. */
    gboolean is_page = (reply->unreadable || foreign != NULL) && status < 500 && status != 429;
    if (sentence == NULL)
        sentence = foreign != NULL ? foreign : "";
    g_autofree char *asked = g_strdup_printf("%s %s", request->method, request->path);
    const struct symptom page = {.service = "network", .code = "page"};
    const struct symptom symptom = {
        .service = request->service == SERVICE_GRAPH ? "graph" : "defender",
        .asked = asked,
        .status = reply->status,
        .code = reply->error_code,
        .text = sentence,
    };
    g_autofree char *first = headline(reply->status, sentence, reply->error_code, reply->request_id);
    g_autofree char *second = explain(is_page ? &page : &symptom);
    int code = status == 401                    ? PERCH_ERROR_SIGN_IN
               : status < 400                   ? PERCH_ERROR_PROTOCOL
               : status >= 500 || status == 429 ? PERCH_ERROR_NETWORK
                                                : PERCH_ERROR_REFUSED;
    return g_error_new(PERCH_ERROR, code, "%s\n%s", first,
                       second != NULL
                           ? second
                           : "perch has no advice for this answer. Microsoft's support can look it up by its "
                             "request id.");
}

static void read_body(struct reply *reply, const struct http_reply *http_reply)
{
    gboolean blank = strspn(http_reply->body->str, " \t\r\n") == http_reply->body->len;
    if (blank)
        return;
    g_autoptr(GError) error = NULL;
    reply->body = json_parse(http_reply->body->str, (gssize)http_reply->body->len, &error);
    reply->unreadable = reply->body == NULL;
    if (!reply->unreadable || reply->status >= 300)
        return;
    g_autofree char *type = text_safe(http_reply->content_type, -1);
    reply->error = g_error_new(PERCH_ERROR, PERCH_ERROR_PROTOCOL,
                               "%d, but the answer cannot be read (%s, %" G_GSIZE_FORMAT " bytes): %s", reply->status,
                               *type != '\0' ? type : "no content type", http_reply->body->len, error->message);
    explain_transfer(reply->error, "unreadable");
}

struct reply *reply_read(const struct request *request, struct http_reply *http_reply)
{
    struct reply *reply = reply_unsent(NULL);
    reply->outcome = http_reply->outcome;
    reply->status = http_reply->status;
    reply->duration = http_reply->duration;
    g_free(reply->request_id);
    g_free(reply->client_request_id);
    reply->request_id = g_strdup(http_reply->request_id);
    reply->client_request_id = g_strdup(http_reply->client_request_id);
    if (http_reply->outcome != REPLY_ANSWERED) {
        reply->error = g_steal_pointer(&http_reply->error);
        explain_transfer(reply->error, http_reply->problem);
        return reply;
    }
    read_body(reply, http_reply);
    /* Where no header bears the request's id, the error may: what stands between may have taken the header out. */
    const char *id = json_string(json_get_path(reply->body, "error.innerError.request-id"));
    if (reply->request_id[0] == '\0' && id != NULL) {
        g_free(reply->request_id);
        reply->request_id = g_strdup(id);
    }
    if (reply->status >= 200 && reply->status < 300)
        return reply;
    g_free(reply->error_code);
    gboolean challenged = strstr(http_reply->www_authenticate, "insufficient_claims") != NULL;
    reply->error_code = g_strdup(challenged ? "insufficient_claims" : innermost_code(json_get(reply->body, "error")));
    if (reply->status == 401)
        reply->claims = challenge_claims(http_reply->www_authenticate);
    const char *message = json_get_string(json_get(reply->body, "error"), "message");
    if (reply->claims == NULL && g_str_has_suffix(reply->error_code, "AcrsValidationFailed") && message != NULL)
        reply->claims = challenge_in_message(message);
    reply->error = answered_error(request, reply, http_reply->body->str);
    return reply;
}
