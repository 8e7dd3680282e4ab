/* SPDX-License-Identifier: MIT */
#include "microsoft/request.h"

#include <stdarg.h>
#include <string.h>

#include "base/json.h"
#include "microsoft/url.h"

/* What RFC 3986 lets stand in a path (pchar and the slash), and escapes that path_segment() made. */
#define PATH_KEPT "!$&'()*+,;=:@/%"
#define QUERY_KEPT "!$'()*,;:@/"

static struct query_parameter *query_parameter_new(const char *name, char *value)
{
    struct query_parameter *parameter = g_new0(struct query_parameter, 1);
    parameter->name = g_strdup(name);
    parameter->value = value;
    return parameter;
}

static void query_parameter_free(gpointer data)
{
    struct query_parameter *parameter = data;
    g_free(parameter->name);
    g_free(parameter->value);
    g_free(parameter);
}

static struct request *request_new(enum service service, const char *method, char *path, json *body)
{
    struct request *request = g_new0(struct request, 1);
    request->service = service;
    request->method = g_strdup(method);
    request->path = path;
    request->query = g_ptr_array_new_with_free_func(query_parameter_free);
    request->body = body;
    return request;
}

struct request *request_get(enum service service, const char *path_format, ...)
{
    va_list list;
    va_start(list, path_format);
    struct request *request = request_new(service, "GET", g_strdup_vprintf(path_format, list), NULL);
    va_end(list);
    return request;
}

struct request *request_write(const char *method, enum service service, json *body, const char *path_format, ...)
{
    va_list list;
    va_start(list, path_format);
    struct request *request = request_new(service, method, g_strdup_vprintf(path_format, list), body);
    va_end(list);
    return request;
}

void request_query(struct request *request, const char *name, const char *value_format, ...)
{
    va_list list;
    va_start(list, value_format);
    g_ptr_array_add(request->query, query_parameter_new(name, g_strdup_vprintf(value_format, list)));
    va_end(list);
}

struct request *request_copy(const struct request *request)
{
    struct request *copy =
        request_new(request->service, request->method, g_strdup(request->path), json_copy(request->body));
    for (guint i = 0; i < request->query->len; i++) {
        const struct query_parameter *parameter = g_ptr_array_index(request->query, i);
        g_ptr_array_add(copy->query, query_parameter_new(parameter->name, g_strdup(parameter->value)));
    }
    copy->scope = request->scope;
    copy->if_granted = request->if_granted;
    copy->if_decided = request->if_decided;
    copy->all_pages = request->all_pages;
    copy->eventual = request->eventual;
    copy->asks = request->asks;
    return copy;
}

void request_free(struct request *request)
{
    if (request == NULL)
        return;
    g_free(request->method);
    g_free(request->path);
    g_ptr_array_unref(request->query);
    json_free(request->body);
    g_free(request);
}

gboolean request_is_write(const struct request *request)
{
    return strcmp(request->method, "GET") != 0 && !request->asks;
}

typedef char *(*value_form)(const char *value);

static char *plain_value(const char *value)
{
    return g_strdup(value);
}

static char *literal_content(const char *value)
{
    GString *doubled = g_string_new(value);
    g_string_replace(doubled, "'", "''", 0);
    return g_string_free(doubled, FALSE);
}

static char *fill(const char *text, GHashTable *values, value_form form)
{
    GString *filled = g_string_new(NULL);
    while (*text != '\0') {
        gsize length = placeholder_length(text);
        g_autofree char *name = length > 0 ? g_strndup(text + 1, length - 2) : NULL;
        const char *value = name != NULL ? g_hash_table_lookup(values, name) : NULL;
        if (value != NULL) {
            g_autofree char *formed = form(value);
            g_string_append(filled, formed);
            text += length;
        } else {
            g_string_append_c(filled, *text++);
        }
    }
    return g_string_free(filled, FALSE);
}

char *request_digest(const struct request *request)
{
    g_autofree char *target = request_target(request);
    g_autofree char *body = request->body != NULL ? json_text(request->body) : g_strdup("");
    g_autofree char *text = g_strconcat(request->method, " ", target, "\n", body, NULL);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

static json *json_filled(const json *value, GHashTable *values)
{
    const char *text = json_string(value);
    if (text != NULL) {
        /* TEXT with {name} replaced by what VALUES knows. */
        g_autofree char *filled = fill(text, values, plain_value);
        return json_new_string(filled);
    }
    if (!json_is_object(value) && !json_is_array(value))
        return json_copy(value);
    json *copy = json_is_object(value) ? json_new_object() : json_new_array();
    json_for_each (member, value) {
        if (json_is_object(value))
            json_set(copy, json_name(member), json_filled(member, values));
        else
            json_append(copy, json_filled(member, values));
    }
    return copy;
}

void request_fill(struct request *request, GHashTable *values)
{
    char *path = fill(request->path, values, path_segment);
    g_free(request->path);
    request->path = path;
    for (guint i = 0; i < request->query->len; i++) {
        struct query_parameter *parameter = g_ptr_array_index(request->query, i);
        char *value = fill(parameter->value, values, literal_content);
        g_free(parameter->value);
        parameter->value = value;
    }
    if (request->body == NULL)
        return;
    json *body = json_filled(request->body, values);
    json_free(request->body);
    request->body = body;
}

static char *first_placeholder(const char *text)
{
    for (const char *at = strchr(text, '{'); at != NULL; at = strchr(at + 1, '{')) {
        gsize length = placeholder_length(at);
        if (length > 0)
            return g_strndup(at + 1, length - 2);
    }
    return NULL;
}

static char *json_placeholder(const json *value)
{
    const char *text = json_string(value);
    if (text != NULL)
        return first_placeholder(text);
    json_for_each (member, value) {
        char *name = json_placeholder(member);
        if (name != NULL)
            return name;
    }
    return NULL;
}

char *request_missing(const struct request *request)
{
    char *name = first_placeholder(request->path);
    for (guint i = 0; name == NULL && i < request->query->len; i++) {
        const struct query_parameter *parameter = g_ptr_array_index(request->query, i);
        name = first_placeholder(parameter->value);
    }
    return name != NULL ? name : json_placeholder(request->body);
}

char *request_target(const struct request *request)
{
    g_autofree char *path = url_encode(request->path, PATH_KEPT);
    GString *target = g_string_new(path);
    for (guint i = 0; i < request->query->len; i++) {
        const struct query_parameter *parameter = g_ptr_array_index(request->query, i);
        g_autofree char *name = url_encode(parameter->name, QUERY_KEPT);
        g_autofree char *value = url_encode(parameter->value, QUERY_KEPT);
        g_string_append_printf(target, "%c%s=%s", i == 0 ? '?' : '&', name, value);
    }
    return g_string_free(target, FALSE);
}

char *odata_literal(const char *text)
{
    g_autofree char *content = literal_content(text);
    return g_strconcat("'", content, "'", NULL);
}

char *path_segment(const char *segment)
{
    return url_encode(segment, "");
}

/* ---- replies ---- */

/* Texts and codes with which a status of 400 says that the object is there already (facts seen in public threads). */
static const char *const exists_signs[] = {
    "ObjectConflict", "RoleAssignmentExists", "DuplicateKey",
    "already exist",  "already onboarded",    "conflicting object with one or more of the specified property values",
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
    g_free(reply->location_id);
    g_clear_error(&reply->error);
    g_free(reply);
}

gboolean reply_is_success(const struct reply *reply)
{
    return reply->outcome == REPLY_ANSWERED && reply->status >= 200 && reply->status < 300 && !reply->unreadable;
}

const json *reply_rows(const struct reply *reply)
{
    return reply_is_success(reply) ? json_get(reply->body, "value") : NULL;
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

gboolean reply_says_collided(const struct reply *reply)
{
    return reply->outcome == REPLY_ANSWERED && reply->status == 409 &&
           g_strcmp0(reply->error_code, "Directory_ConcurrencyViolation") == 0;
}

gboolean reply_says_exists(const struct reply *reply)
{
    if (reply->outcome != REPLY_ANSWERED)
        return FALSE;
    if (reply->status == 409)
        return !reply_says_collided(reply);
    return reply->status == 400 && says_one_of(reply, exists_signs, G_N_ELEMENTS(exists_signs));
}

gboolean reply_says_missing(const struct reply *reply)
{
    if (reply->outcome != REPLY_ANSWERED)
        return FALSE;
    return reply->status == 404 ||
           (reply->status == 400 && says_one_of(reply, missing_signs, G_N_ELEMENTS(missing_signs)));
}
