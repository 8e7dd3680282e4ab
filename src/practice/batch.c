/* SPDX-License-Identifier: MIT */
#include "practice/batch.h"

#include <string.h>

#include "practice/route.h"
#include "practice/tenant.h"

/* The value of the header NAME among a request's own; NULL if it is not there. Borrowed. */
static const char *header_of(const json *request, const char *name)
{
    json_for_each (header, json_get(request, "headers")) {
        if (g_ascii_strcasecmp(json_name(header), name) == 0)
            return json_string(header);
    }
    return NULL;
}

/* A call of its own for one request. Caller frees with call_free(). */
static struct call *inner_call(const struct call *outer, const json *request)
{
    const char *url = json_get_string(request, "url");
    const char *mark = strchr(url, '?');
    const json *body = json_get(request, "body");
    struct call *call = g_new0(struct call, 1);
    call->practice = outer->practice;
    call->service = outer->service;
    call->method = g_strdup(json_get_string(request, "method"));
    g_autofree char *path = mark != NULL ? g_strndup(url, (gsize)(mark - url)) : g_strdup(url);
    const char *version = g_str_has_prefix(outer->route->path, "/beta/") ? "/beta" : "/v1.0";
    call->raw_path = g_strconcat(version, *path == '/' ? "" : "/", path, NULL);
    call->raw_query = g_strdup(mark != NULL ? mark + 1 : "");
    call_read_address(call);
    call->body = json_copy(body);
    g_autofree char *text = body != NULL ? json_text(body) : g_strdup("");
    call->body_text = g_string_new(text);
    call->authorization = g_strdup(outer->authorization);
    call->consistency = g_strdup(header_of(request, "ConsistencyLevel"));
    call->request_id = g_strdup(outer->request_id);
    call->client_request_id = g_strdup(outer->client_request_id);
    return call;
}

static json *answer_inner(const struct call *outer, const json *request, const json *responses)
{
    const char *id = json_get_string(request, "id");
    gboolean failed = FALSE;
    json_for_each (needed, json_get(request, "dependsOn")) {
        gint64 status = json_get_int(tenant_in(responses, "id", json_string(needed)), "status", 0);
        failed = failed || status < 200 || status >= 300;
    }
    if (failed)
        return json_from("{'id':%s,'status':424,'headers':{'Content-Type':'application/json'},'body':{'error':{'code':"
                         "'FailedDependency','message':'A request that this one depends on failed.'}}}",
                         id);
    struct call *call = inner_call(outer, request);
    if (call->malformed || g_str_has_suffix(call->path, "/$batch"))
        graph_bad_request(call, "The request of the batch cannot be read.");
    else
        route_dispatch(call);
    json *response = json_from("{'id':%s,'status':%d,'headers':{'Content-Type':'application/json'},'body':%j}", id,
                               (gint64)call->status, call->answer);
    if (call->location != NULL)
        json_set_string(json_get(response, "headers"), "Location", call->location);
    call_free(call);
    return response;
}

/* TRUE if ID names a request of the batch before this one. */
static gboolean is_earlier(const json *requests, const json *before, const char *id)
{
    json_for_each (request, requests) {
        if (request == before)
            break;
        if (same_text(json_get_string(request, "id"), id))
            return TRUE;
    }
    return FALSE;
}

/* Ids are there once, what is depended on stands before, addresses are relative, and a body says what it is. */
static gboolean check_request(struct call *call, const json *requests, const json *request)
{
    const char *id = json_get_string(request, "id");
    const char *url = json_get_string(request, "url");
    gboolean reads = strcmp(json_get_string(request, "method"), "GET") == 0;
    if (json_get(request, "headers") != NULL && !json_is_object(json_get(request, "headers")))
        return graph_bad_request(call, "Invalid batch payload format: the headers of '%s' are no object.", id);
    if (is_earlier(requests, request, id))
        return graph_bad_request(call, "Invalid batch payload format: the id '%s' is there twice.", id);
    json_for_each (header, json_get(request, "headers")) {
        if (json_string(header) == NULL)
            return graph_bad_request(call, "Invalid batch payload format: a header of '%s' is no text.", id);
    }
    if (strstr(url, "://") != NULL || g_str_has_prefix(url, "//") || url[strspn(url, "/")] == '\0')
        return graph_bad_request(call, "Invalid batch payload format: the url of '%s' is not relative.", id);
    json_for_each (wanted, json_get(request, "dependsOn")) {
        if (!is_earlier(requests, request, json_string(wanted)))
            return graph_bad_request(call,
                                     "Invalid batch payload format: '%s' depends on '%s', which does not stand "
                                     "before it.",
                                     id, json_string(wanted));
    }
    if (json_get(request, "body") == NULL)
        return TRUE;
    const char *type = header_of(request, "Content-Type");
    if (reads || type == NULL || !g_str_has_prefix(type, "application/json"))
        return graph_bad_request(call,
                                 "Invalid batch payload format: the body of '%s' needs a Content-Type header and "
                                 "a method that writes.",
                                 id);
    return TRUE;
}

void batch_handle(struct call *call)
{
    const json *requests = json_get(call->body, "requests");
    json_for_each (request, requests) {
        if (!check_request(call, requests, request))
            return;
    }
    json *responses = json_new_array();
    json_for_each (request, requests) {
        json_append(responses, answer_inner(call, request, responses));
    }
    json *body = json_new_object();
    json_set(body, "responses", responses);
    answer_json(call, 200, body);
}
