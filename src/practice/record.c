/* SPDX-License-Identifier: MIT */
#include "practice/record.h"

#include <string.h>

static gboolean is_sign_in(const struct call *call)
{
    return call->service == SERVICE_LOGIN && !g_str_has_prefix(call->path, "/portal/");
}

static json *shown_body(const struct call *call)
{
    if (is_sign_in(call))
        return NULL;
    if (call->form != NULL) {
        json *form = json_new_object();
        GHashTableIter iter;
        gpointer name = NULL;
        gpointer value = NULL;
        g_hash_table_iter_init(&iter, call->form);
        while (g_hash_table_iter_next(&iter, &name, &value))
            json_set_string(form, name, value);
        return form;
    }
    if (call->body != NULL || call->body_text->len == 0)
        return json_copy(call->body);
    return g_utf8_validate(call->body_text->str, (gssize)call->body_text->len, NULL)
               ? json_new_string(call->body_text->str)
               : NULL;
}

void record_call(struct call *call)
{
    struct practice *practice = call->practice;
    if (practice->record == NULL || g_str_has_prefix(call->path, "/practice/"))
        return;
    g_autofree char *at = practice_time(practice);
    g_autofree char *path = g_utf8_make_valid(call->path, -1);
    g_autofree char *query = g_utf8_make_valid(is_sign_in(call) ? "" : call->raw_query, -1);
    g_autoptr(json) body = shown_body(call);
    g_autoptr(json) line = json_from("{'at':%s,'method':%s,'host':%s,'path':%s,'query':%s,'requestBody':%j,"
                                     "'status':%d,'responseBody':%j}",
                                     at, call->method, loopback_addresses[call->service], path, query, body,
                                     (gint64)call->status, is_sign_in(call) ? NULL : call->answer);
    /* Those of the request's headers that change what is asked. */
    json *headers = json_new_object();
    if (call->consistency != NULL)
        json_set_string(headers, "ConsistencyLevel", call->consistency);
    if (call->content_type != NULL)
        json_set_string(headers, "Content-Type", call->content_type);
    json_set(line, "requestHeaders", headers);
    if (call->token != NULL)
        json_set(line, "scopes", json_copy(json_get(call->token, "scopes")));
    g_autofree char *text = json_text(line);
    fprintf(practice->record, "%s\n", text);
    fflush(practice->record);
}
