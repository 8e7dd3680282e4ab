/* SPDX-License-Identifier: MIT */
#include "practice/call.h"

#include <string.h>

#include "practice/odata.h"

void call_read_address(struct call *call)
{
    GUriParamsFlags flags = G_URI_PARAMS_WWW_FORM;
    if (call->service != SERVICE_LOGIN)
        flags |= G_URI_PARAMS_CASE_INSENSITIVE;
    call->path = g_uri_unescape_string(call->raw_path, NULL);
    call->query = g_uri_parse_params(call->raw_query, -1, "&", flags, NULL);
    /* Microsoft's addresses are UTF-8, percent-encoded or not. */
    call->malformed = call->path == NULL || call->query == NULL || !g_utf8_validate(call->path, -1, NULL) ||
                      !g_utf8_validate(call->raw_query, -1, NULL);
    if (call->path == NULL)
        call->path = g_strdup(call->raw_path);
    if (call->query == NULL)
        call->query = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

struct call *call_new(struct practice *practice, enum service service, const char *uri)
{
    struct call *call = g_new0(struct call, 1);
    call->practice = practice;
    call->service = service;
    call->body_text = g_string_new(NULL);
    call->request_id = g_uuid_string_random();
    const char *mark = strchr(uri, '?');
    call->raw_path = mark != NULL ? g_strndup(uri, (gsize)(mark - uri)) : g_strdup(uri);
    call->raw_query = g_strdup(mark != NULL ? mark + 1 : "");
    call_read_address(call);
    return call;
}

void call_read_body(struct call *call)
{
    g_autofree char *type = g_ascii_strdown(call->content_type != NULL ? call->content_type : "", -1);
    if (g_str_has_prefix(type, "application/x-www-form-urlencoded"))
        call->form =
            g_uri_parse_params(call->body_text->str, (gssize)call->body_text->len, "&", G_URI_PARAMS_WWW_FORM, NULL);
    else if (g_str_has_prefix(type, "application/json"))
        call->body = json_parse(call->body_text->str, (gssize)call->body_text->len, NULL);
}

void call_free(struct call *call)
{
    if (call == NULL)
        return;
    char *const strings[] = {call->method,       call->raw_path,      call->path,        call->raw_query,
                             call->content_type, call->authorization, call->consistency, call->client_request_id,
                             call->request_id,   call->html,          call->location,    call->challenge,
                             call->plain,        call->host};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    for (gsize i = 0; i < CALL_PARAMETERS; i++)
        g_free(call->parameters[i]);
    g_clear_pointer(&call->query, g_hash_table_unref);
    g_clear_pointer(&call->form, g_hash_table_unref);
    if (call->body_text != NULL)
        g_string_free(call->body_text, TRUE);
    json_free(call->body);
    json_free(call->answer);
    odata_free(call->odata);
    if (call->flaw != NULL)
        g_free(call->flaw->content_type);
    g_free(call->flaw);
    json_free(call->disguise);
    g_free(call);
}

const char *call_query(const struct call *call, const char *name)
{
    return g_hash_table_lookup(call->query, name);
}

const char *call_form(const struct call *call, const char *name)
{
    return call->form != NULL ? g_hash_table_lookup(call->form, name) : NULL;
}

void answer_json(struct call *call, int status, json *body)
{
    call->status = status;
    json_free(call->answer);
    call->answer = body;
}

void answer_nothing(struct call *call, int status)
{
    answer_json(call, status, NULL);
}

void answer_html(struct call *call, int status, char *html)
{
    call->status = status;
    g_free(call->html);
    call->html = html;
}

void answer_redirect(struct call *call, char *location)
{
    call->status = 302;
    g_free(call->location);
    call->location = location;
}

static gboolean graph_error_text(struct call *call, int status, const char *code, const char *message)
{
    g_autofree char *date = practice_time(call->practice);
    date[strcspn(date, ".Z")] = '\0';
    answer_json(call, status,
                json_from("{'error':{'code':%s,'message':%s,'innerError':{'date':%s,'request-id':%s,"
                          "'client-request-id':%s}}}",
                          code, message, date, call->request_id,
                          call->client_request_id != NULL ? call->client_request_id : call->request_id));
    return FALSE;
}

gboolean graph_error(struct call *call, int status, const char *code, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *message = g_strdup_vprintf(format, list);
    va_end(list);
    return graph_error_text(call, status, code, message);
}

gboolean graph_bad_request(struct call *call, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *message = g_strdup_vprintf(format, list);
    va_end(list);
    return graph_error_text(call, 400, "Request_BadRequest", message);
}

gboolean graph_not_found(struct call *call, const char *id)
{
    return graph_error(call, 404, "Request_ResourceNotFound",
                       "Resource '%s' does not exist or one of its queried reference-property objects are not present.",
                       id);
}

gboolean graph_denied(struct call *call)
{
    return graph_error(call, 403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
}

static gboolean defender_error_text(struct call *call, int status, const char *code, const char *message)
{
    answer_json(call, status,
                json_from("{'error':{'code':%s,'message':%s,'target':%s}}", code, message, call->request_id));
    return FALSE;
}

gboolean defender_error(struct call *call, int status, const char *code, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *message = g_strdup_vprintf(format, list);
    va_end(list);
    return defender_error_text(call, status, code, message);
}

gboolean service_error(struct call *call, int status, const char *code, const char *message)
{
    if (call->service == SERVICE_DEFENDER)
        return defender_error_text(call, status, code, message);
    return graph_error_text(call, status, code, message);
}
