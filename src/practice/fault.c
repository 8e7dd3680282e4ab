/* SPDX-License-Identifier: MIT */
#include "practice/fault.h"

#include <string.h>

#include "practice/tenant.h"

struct fault {
    char *method; /* NULL: any */
    char *path;
    gint64 times;
    json *effect;
};

void fault_free(gpointer data)
{
    struct fault *fault = data;
    g_free(fault->method);
    g_free(fault->path);
    json_free(fault->effect);
    g_free(fault);
}

gboolean fault_arm(struct practice *practice, const json *body)
{
    const char *path = json_get_string(body, "path");
    if (path == NULL)
        return FALSE;
    struct fault *fault = g_new0(struct fault, 1);
    fault->method = g_strdup(json_get_string(body, "method"));
    fault->path = g_strdup(path);
    fault->times = json_get_int(body, "times", 1);
    fault->effect = json_copy(body);
    g_ptr_array_add(practice->faults, fault);
    return TRUE;
}

static void answer_status(struct call *call, int status, const json *body)
{
    static const struct {
        int status;
        const char *code, *message;
    } errors[] = {
        {400, "Request_BadRequest", "Invalid value specified for property."},
        {401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid."},
        {403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."},
        {404, "Request_ResourceNotFound", "The resource was not found."},
        {409, "Conflict", "The request conflicts with the current state of the resource."},
        {429, "TooManyRequests", "Please retry again later."},
        {500, "generalException", "An internal server error occurred."},
        {503, "serviceNotAvailable", "The service is temporarily unavailable."},
    };
    answer_nothing(call, status);
    if (body != NULL) {
        if (json_is_string(body))
            answer_html(call, status, g_strdup(json_string(body)));
        else
            answer_json(call, status, json_copy(body));
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(errors); i++)
        if (errors[i].status == status) {
            service_error(call, status, errors[i].code, errors[i].message);
            return;
        }
    answer_html(call, status, g_strdup("<html><head><title>Gateway</title></head><body></body></html>"));
}

static void set_flaw(struct call *call, const json *effect)
{
    static const char *const members[] = {"contentType", "padBytes", "cutBytes", "dripMs"};
    gboolean any = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        any = any || json_get(effect, members[i]) != NULL;
    if (!any)
        return;
    call->flaw = g_new0(struct flaw, 1);
    call->flaw->content_type = g_strdup(json_get_string(effect, "contentType"));
    call->flaw->pad = json_get_int(effect, "padBytes", 0);
    call->flaw->cut = json_get_int(effect, "cutBytes", 0);
    call->flaw->drip = json_get_int(effect, "dripMs", 0);
}

static void change_answer(struct call *call, const json *effect)
{
    int status = (int)json_get_int(effect, "status", 0);
    const char *text = json_get_string(effect, "text");
    const char *location = json_get_string(effect, "location");
    if (status != 0) {
        call->retry_after = (int)json_get_int(effect, "retryAfter", 0);
        answer_status(call, status, json_get(effect, "body"));
    }
    if (text != NULL) {
        answer_nothing(call, call->status);
        answer_html(call, call->status, g_strdup(text));
    }
    if (location != NULL) {
        g_free(call->location);
        call->location = g_strdup(location);
    }
    if (json_get_string(effect, "claims") != NULL) {
        const char *claims = json_get_string(effect, "claims");
        g_autofree char *encoded = g_base64_encode((const guchar *)claims, strlen(claims));
        g_free(call->challenge);
        call->challenge = g_strdup_printf("Bearer realm=\"\", authorization_uri=\"%s/common/oauth2/authorize\", "
                                          "error=\"insufficient_claims\", claims=\"%s\"",
                                          call->practice->origins[SERVICE_LOGIN], encoded);
    }
    set_flaw(call, effect);
}

/* TRUE if the call is not to be carried out. */
static gboolean apply(struct call *call, const json *effect)
{
    const char *drop = json_get_string(effect, "drop");
    call->delay = json_get_int(effect, "delayMs", 0);
    if (g_strcmp0(drop, "after") == 0) {
        call->drop = DROP_AFTER;
        return FALSE;
    }
    if (drop != NULL) {
        call->drop = DROP_BEFORE;
        return TRUE;
    }
    int status = (int)json_get_int(effect, "status", 0);
    if (status == 0 || json_get_bool(effect, "done", FALSE)) {
        call->disguise = json_copy(effect);
        return FALSE;
    }
    change_answer(call, effect);
    return TRUE;
}

void fault_disguise(struct call *call)
{
    if (call->disguise != NULL)
        change_answer(call, call->disguise);
}

static gboolean strike_armed(struct call *call, gboolean *struck)
{
    GPtrArray *faults = call->practice->faults;
    for (guint i = 0; i < faults->len; i++) {
        struct fault *fault = g_ptr_array_index(faults, i);
        const char *claims = json_get_string(fault->effect, "claims");
        gboolean is_met = claims != NULL && g_strcmp0(call->practice->proved, claims) == 0;
        if ((fault->method != NULL && g_ascii_strcasecmp(fault->method, call->method) != 0) ||
            !g_str_has_prefix(call->path, fault->path) || is_met)
            continue;
        *struck = apply(call, fault->effect);
        if (--fault->times <= 0)
            g_ptr_array_remove_index(faults, i);
        return TRUE;
    }
    return FALSE;
}

/* Of the sign-in only what a fault names by its path. */
static gboolean is_for(const struct call *call, const json *fault)
{
    const char *methods = json_get_string(fault, "methods");
    const char *path = json_get_string(fault, "path");
    if (path == NULL && call->service == SERVICE_LOGIN)
        return FALSE;
    return (methods == NULL || strstr(methods, call->method) != NULL) &&
           (path == NULL || g_pattern_match_simple(path, call->path));
}

/* A throttled request stays so until its time has passed, whether that was told or not. */
struct hold {
    gint64 until; /* monotonic */
    gboolean told;
};

static void hold(struct practice *practice, const char *key, const json *fault)
{
    gint64 told = json_get_int(fault, "retryAfter", 0);
    struct hold *held = g_new(struct hold, 1);
    held->told = told > 0;
    held->until = g_get_monotonic_time() + json_get_int(fault, "holdSeconds", MAX(told, 1)) * G_TIME_SPAN_SECOND;
    g_hash_table_replace(practice->held, g_strdup(key), held);
}

static gboolean strike_drawn(struct call *call, const char *key)
{
    struct practice *practice = call->practice;
    guint attempt = GPOINTER_TO_UINT(g_hash_table_lookup(practice->attempts, key));
    int index = 0;
    json_for_each (fault, tenant_behaviour(practice, "faults")) {
        g_autofree char *label = g_strdup_printf("fault %d %s %u", index++, key, attempt);
        g_autofree char *id = tenant_fixed_id(practice, label);
        guint64 one_in = (guint64)MAX(json_get_int(fault, "oneIn", 1), 1);
        if (is_for(call, fault) && g_ascii_strtoull(id, NULL, 16) % one_in == 0) {
            /* An odd number marks that the next try passes. */
            g_hash_table_insert(practice->attempts, g_strdup(key), GUINT_TO_POINTER(attempt | 1));
            if (json_get_int(fault, "status", 0) == 429)
                hold(practice, key, fault);
            return apply(call, fault);
        }
    }
    g_hash_table_insert(practice->attempts, g_strdup(key), GUINT_TO_POINTER(attempt + 2));
    return FALSE;
}

gboolean fault_strike(struct call *call)
{
    gboolean struck = FALSE;
    if (strike_armed(call, &struck))
        return struck;
    /* What challenges again and again, whatever the sign-in proved. */
    json_for_each (fault, tenant_behaviour(call->practice, "endless")) {
        if (is_for(call, fault))
            return apply(call, fault);
    }
    if (tenant_behaviour(call->practice, "faults") == NULL)
        return FALSE;
    g_autofree char *key = g_strconcat(call->method, " ", call->path, NULL);
    const struct hold *held = g_hash_table_lookup(call->practice->held, key);
    gint64 left = held != NULL ? held->until - g_get_monotonic_time() : 0;
    if (left > 0) {
        if (held->told)
            call->retry_after = (int)((left + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);
        answer_status(call, 429, NULL);
        return TRUE;
    }
    guint attempt = GPOINTER_TO_UINT(g_hash_table_lookup(call->practice->attempts, key));
    if (attempt % 2 == 1) {
        g_hash_table_insert(call->practice->attempts, g_strdup(key), GUINT_TO_POINTER(attempt + 1));
        return FALSE;
    }
    return strike_drawn(call, key);
}
