/* SPDX-License-Identifier: MIT */
#include "microsoft/authority.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "microsoft/reply_read.h"
#include "microsoft/retry.h"
#include "microsoft/url.h"
#include "secrets/late_sodium.h"

#define GUID_LENGTH 36
#define FORM_TYPE "application/x-www-form-urlencoded"

/* A call that is under way, or ended. */
struct exchange {
    const struct http_call *call;
    enum authority_repeat repeat;
    int pending;
    struct http_reply *reply;
};

static void reply_arrived(struct http_reply *reply, gpointer data)
{
    struct exchange *exchange = data;
    exchange->reply = reply;
    exchange->pending = 0;
}

/* Whatever else was begun runs meanwhile. NULL and error if there was no answer. */
static struct http_reply *end_exchange(struct http *http, struct exchange *exchange, GError **error)
{
    struct retry_past past = {0};
    for (;; past.repeats++) {
        http_run(http, &exchange->pending, -1);
        const struct http_reply *reply = exchange->reply;
        const struct retry_answer answer = {.harmless = exchange->repeat == AUTHORITY_REPEATS,
                                            .outcome = reply->outcome,
                                            .may_pass = http_failure_may_pass(reply),
                                            .status = reply->status,
                                            .told = reply->retry_after};
        gint64 wait = exchange->repeat != AUTHORITY_POLL ? retry_wait(&past, &answer) : -1;
        if (wait < 0)
            break;
        http_say_wait(http, "the sign-in service", reply->status, wait);
        past.waited += wait;
        if (!http_run(http, NULL, g_get_monotonic_time() + wait))
            break;
        g_clear_pointer(&exchange->reply, http_reply_free);
        exchange->pending = 1;
        http_start(http, exchange->call, reply_arrived, exchange);
    }
    struct http_reply *reply = exchange->reply;
    if (reply->outcome == REPLY_ANSWERED)
        return reply;
    GError *cause = g_steal_pointer(&reply->error);
    explain_transfer(cause, reply->problem);
    g_propagate_error(error, cause);
    http_reply_free(reply);
    return NULL;
}

static void wipe(char *form)
{
    sodium_memzero(form, strlen(form));
    g_free(form);
}

/* QUESTIONS to their URLS (NULL: not asked), and CALL, if not NULL, beside them, whose reply is returned. */
static struct http_reply *exchange_all(struct http *http, const struct http_call *call, enum authority_repeat repeat,
                                       struct authority_question *questions, char *const *urls, guint count,
                                       GError **error)
{
    g_autofree struct http_call *calls = g_new0(struct http_call, count + 1);
    g_autofree struct exchange *exchanges = g_new0(struct exchange, count + 1);
    for (guint i = 0; i <= count; i++) {
        if (i == count ? call == NULL : urls[i] == NULL)
            continue;
        calls[i] = i == count ? *call
                              : (struct http_call){.method = "POST",
                                                   .url = urls[i],
                                                   .content_type = FORM_TYPE,
                                                   .body = questions[i].form,
                                                   .body_length = strlen(questions[i].form)};
        exchanges[i] = (struct exchange){.call = &calls[i], .repeat = i == count ? repeat : AUTHORITY_REPEATS};
        exchanges[i].pending = 1;
        http_start(http, &calls[i], reply_arrived, &exchanges[i]);
    }
    for (guint i = 0; i < count; i++)
        if (exchanges[i].call != NULL)
            questions[i].reply = end_exchange(http, &exchanges[i], &questions[i].error);
    return call != NULL ? end_exchange(http, &exchanges[count], error) : NULL;
}

struct http_reply *authority_post(struct http *http, const char *url, char *form, enum authority_repeat repeat,
                                  GError **error)
{
    const struct http_call call = {
        .method = "POST",
        .url = url,
        .content_type = FORM_TYPE,
        .body = form,
        .body_length = strlen(form),
    };
    struct http_reply *reply = exchange_all(http, &call, repeat, NULL, NULL, 0, error);
    wipe(form);
    return reply;
}

gboolean is_guid(const char *text)
{
    if (strlen(text) != GUID_LENGTH)
        return FALSE;
    for (gsize i = 0; i < GUID_LENGTH; i++) {
        gboolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? text[i] != '-' : !g_ascii_isxdigit(text[i]))
            return FALSE;
    }
    return TRUE;
}

static gboolean read_endpoint(const json *document, const char *name, const struct cloud *cloud, gboolean required,
                              char **place, GError **error)
{
    const char *url = json_get_string(document, name);
    if (url == NULL && !required)
        return TRUE;
    if (url != NULL && url_same_origin(url, cloud->login) && strpbrk(url, " \r\n") == NULL) {
        *place = g_strdup(url);
        return TRUE;
    }
    g_autofree char *host = url_host(cloud->login);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL,
                "The sign-in service's %s is not on %s; it was not used.\n"
                "Somebody may be tampering with the connection: tell whoever looks after the network.",
                name, host);
    return FALSE;
}

/* The name (as for --cloud) of the cloud that the tenant of DOCUMENT is in: members that Microsoft adds to discovery.
 * The global sign-in host answers for government tenants too, so it is they that tell and not who answered. NULL: not
 * told, or one that perch does not know. */
static const char *tenant_cloud(const json *document)
{
    static const struct {
        const char *instance;
        const char *region; /* NULL: any other */
        const char *cloud;
    } clouds[] = {
        {"microsoftonline.us", "DOD", "dod"},          {"microsoftonline.us", NULL, "gcc-high"},
        {"microsoftonline.com", "GCC", "gcc"},         {"microsoftonline.com", NULL, "global"},
        {"partner.microsoftonline.cn", NULL, "china"},
    };
    const char *instance = json_get_string(document, "cloud_instance_name");
    const char *region = json_get_string(document, "tenant_region_sub_scope");
    if (region == NULL)
        region = json_get_string(document, "tenant_region_scope");
    for (gsize i = 0; i < G_N_ELEMENTS(clouds); i++)
        if (g_strcmp0(clouds[i].instance, instance) == 0 &&
            (clouds[i].region == NULL || g_strcmp0(clouds[i].region, region) == 0))
            return clouds[i].cloud;
    return NULL;
}

/* TRUE if the tenant's endpoints are those of another cloud: one that perch knows, and of that one alone, or one that
 * the document names and perch does not know. */
static gboolean refuse_other_cloud(const json *document, const struct cloud *cloud, const char *tenant, GError **error)
{
    const char *token = json_get_string(document, "token_endpoint");
    const char *name = tenant_cloud(document);
    const char *instance = json_get_string(document, "cloud_instance_name");
    if (token != NULL && name == NULL && instance != NULL && !url_same_origin(token, cloud->login)) {
        g_autofree char *safe = text_safe(instance, -1);
        g_set_error(
            error, PERCH_ERROR, PERCH_ERROR_TENANT,
            "The tenant %s is in a cloud that perch does not know: %s. Nothing was sent there.\nIf your company is "
            "in that cloud, describe it with --cloud-file. If it is not, tell whoever looks after the network.",
            tenant, safe);
        return TRUE;
    }
    g_autoptr(Cloud) own = name != NULL ? cloud_named(name, NULL) : NULL;
    if (token == NULL || own == NULL || url_same_origin(token, cloud->login) || !url_same_origin(token, own->login))
        return FALSE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_TENANT,
                "The tenant %s is in another cloud: %s. Nothing was sent there.\nStart again with --cloud %s.", tenant,
                own->title, own->name);
    return TRUE;
}

static struct authority *authority_read(const json *document, const struct cloud *cloud, const char *tenant,
                                        GError **error)
{
    g_autoptr(Authority) authority = g_new0(struct authority, 1);
    if (refuse_other_cloud(document, cloud, tenant, error))
        return NULL;
    authority->tenant = g_strdup(tenant);
    authority->home = tenant_cloud(document);
    authority->issuer = g_strdup(json_get_string(document, "issuer"));
    if (authority->issuer == NULL)
        authority->issuer = g_strdup("");
    if (!read_endpoint(document, "authorization_endpoint", cloud, TRUE, &authority->authorize, error) ||
        !read_endpoint(document, "token_endpoint", cloud, TRUE, &authority->token, error) ||
        !read_endpoint(document, "device_authorization_endpoint", cloud, FALSE, &authority->device, error))
        return NULL;
    return g_steal_pointer(&authority);
}

/* Discovery was answered, and not with what it is: a network's own sign-in page answers 200 too. CAUSE is taken. */
static GError *not_a_document(const struct cloud *cloud, GError *cause)
{
    g_autoptr(GError) taken = cause;
    GError *error =
        g_error_new(PERCH_ERROR, PERCH_ERROR_PROTOCOL,
                    "The answer of the %s cloud's sign-in service cannot be read: %s", cloud->title, taken->message);
    explain_transfer(error, "page");
    return error;
}

/* Discovery was answered with another STATUS than 200. */
static GError *not_discovered(const char *tenant, const struct cloud *cloud, int status)
{
    /* That says something about the service and nothing about what was asked. */
    if (status == 429 || status >= 500)
        return g_error_new(PERCH_ERROR, PERCH_ERROR_NETWORK,
                           "The sign-in service of the %s cloud cannot answer at present (status %d).\n"
                           "Try again in a few minutes; nothing was changed.",
                           cloud->title, status);
    /* What was typed is wrong, or meant for another cloud: no person's sign-in mends it. */
    return g_error_new(PERCH_ERROR, status == 400 || status == 404 ? PERCH_ERROR_INPUT : PERCH_ERROR_SIGN_IN,
                       "The sign-in service does not know the tenant %s (cloud: %s, status %d).\n"
                       "A tenant is named by its id or by a domain of its own (--tenant); one in another cloud needs "
                       "--cloud.",
                       tenant, cloud->title, status);
}

void authority_ask(struct http *http, const struct authority *authority, struct authority_question *questions,
                   guint count)
{
    g_autofree char **urls = g_new0(char *, count);
    for (guint i = 0; i < count; i++)
        if (questions[i].form != NULL)
            urls[i] = questions[i].endpoint == AUTHORITY_TOKEN ? authority->token : authority->device;
    exchange_all(http, NULL, AUTHORITY_REPEATS, questions, urls, count, NULL);
    for (guint i = 0; i < count; i++)
        g_clear_pointer(&questions[i].form, wipe);
}

struct authority *authority_discover(struct http *http, const struct cloud *cloud, const char *tenant,
                                     struct authority_question *questions, guint count, GError **error)
{
    g_autofree char *segment = g_uri_escape_string(tenant, NULL, FALSE);
    g_autofree char *url = g_strconcat(cloud->login, "/", segment, "/v2.0/.well-known/openid-configuration", NULL);
    g_autoptr(GPtrArray) urls = g_ptr_array_new_with_free_func(g_free);
    /* Where Microsoft documents a tenant's endpoints to be (its pages on refreshing tokens and on the device code);
     * those of a tenant named by its domain are under its id, and another service may have them anywhere. */
    gboolean is_known = !cloud->from_file && strchr(tenant, '.') == NULL;
    for (guint i = 0; i < count; i++) {
        const char *leaf = questions[i].endpoint == AUTHORITY_TOKEN ? "token" : "devicecode";
        g_ptr_array_add(urls, is_known ? g_strconcat(cloud->login, "/", segment, "/oauth2/v2.0/", leaf, NULL) : NULL);
    }
    const struct http_call call = {.method = "GET", .url = url};
    struct http_reply *reply =
        exchange_all(http, &call, AUTHORITY_REPEATS, questions, (char *const *)urls->pdata, count, error);
    GError *unreadable = NULL;
    g_autoptr(json) document = reply != NULL && reply->status == 200
                                   ? json_parse(reply->body->str, (gssize)reply->body->len, &unreadable)
                                   : NULL;
    if (unreadable != NULL)
        g_propagate_error(error, not_a_document(cloud, unreadable));
    struct authority *authority = document != NULL ? authority_read(document, cloud, tenant, error) : NULL;
    if (reply != NULL && reply->status != 200)
        g_propagate_error(error, not_discovered(tenant, cloud, reply->status));
    g_clear_pointer(&reply, http_reply_free);
    for (guint i = 0; i < count; i++) {
        const char *named = authority == NULL                          ? NULL
                            : questions[i].endpoint == AUTHORITY_TOKEN ? authority->token
                                                                       : authority->device;
        gboolean counts = authority != NULL && g_strcmp0(g_ptr_array_index(urls, i), named) == 0;
        if (counts || authority == NULL)
            g_clear_pointer(&questions[i].form, wipe);
        if (!counts) {
            g_clear_pointer(&questions[i].reply, http_reply_free);
            g_clear_error(&questions[i].error);
        }
    }
    if (authority != NULL)
        authority_ask(http, authority, questions, count);
    return authority;
}

void authority_free(struct authority *authority)
{
    if (authority == NULL)
        return;
    g_free(authority->tenant);
    g_free(authority->issuer);
    g_free(authority->authorize);
    g_free(authority->token);
    g_free(authority->device);
    g_free(authority);
}

char *authority_tenant_id(const struct authority *authority)
{
    g_auto(GStrv) parts = g_strsplit(authority->issuer, "/", -1);
    for (char **part = parts; *part != NULL; part++)
        if (is_guid(*part))
            return g_ascii_strdown(*part, -1);
    return NULL;
}
