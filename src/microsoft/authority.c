#include "microsoft/authority.h"

#include <string.h>

#include <sodium.h>

#include "base/error.h"
#include "base/json.h"
#include "microsoft/reply_read.h"
#include "microsoft/url.h"

#define GUID_LENGTH 36
#define MOST_REPEATS 2
#define FIRST_WAIT ((gint64)G_USEC_PER_SEC / 2)

struct waiting {
    int pending;
    struct http_reply *reply;
};

static void reply_arrived(struct http_reply *reply, gpointer data)
{
    struct waiting *waiting = data;
    waiting->reply = reply;
    waiting->pending = 0;
}

static struct http_reply *exchange_once(struct http *http, const struct http_call *call)
{
    struct waiting waiting = {.pending = 1};
    http_start(http, call, reply_arrived, &waiting);
    http_run(http, &waiting.pending, -1);
    return waiting.reply;
}

/* A status that says something about the service and nothing about what was asked. */
static gboolean is_passing_status(int status)
{
    return status == 429 || status >= 500;
}

static gboolean may_pass(const struct http_reply *reply, gboolean repeatable)
{
    if (reply->outcome == REPLY_ANSWERED)
        return repeatable && is_passing_status(reply->status);
    return http_failure_may_pass(reply) && (repeatable || reply->outcome == REPLY_NOT_SENT);
}

/* NULL and error if there was no answer. */
static struct http_reply *exchange(struct http *http, const struct http_call *call, gboolean repeatable, GError **error)
{
    struct http_reply *reply = exchange_once(http, call);
    for (int repeats = 0; repeats < MOST_REPEATS && may_pass(reply, repeatable); repeats++) {
        gint64 wait = MAX(reply->retry_after, FIRST_WAIT << repeats);
        if (!http_run(http, NULL, g_get_monotonic_time() + wait))
            break;
        http_reply_free(reply);
        reply = exchange_once(http, call);
    }
    if (reply->outcome == REPLY_ANSWERED)
        return reply;
    GError *cause = g_steal_pointer(&reply->error);
    explain_transfer(cause, reply->problem);
    g_propagate_error(error, cause);
    http_reply_free(reply);
    return NULL;
}

struct http_reply *authority_post(struct http *http, const char *url, char *form, gboolean repeatable, GError **error)
{
    const struct http_call call = {
        .method = "POST",
        .url = url,
        .content_type = "application/x-www-form-urlencoded",
        .body = form,
        .body_length = strlen(form),
    };
    struct http_reply *reply = exchange(http, &call, repeatable, error);
    sodium_memzero(form, strlen(form));
    g_free(form);
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

static struct authority *authority_read(const json *document, const struct cloud *cloud, const char *tenant,
                                        GError **error)
{
    g_autoptr(Authority) authority = g_new0(struct authority, 1);
    authority->tenant = g_strdup(tenant);
    authority->issuer = g_strdup(json_get_string(document, "issuer"));
    if (authority->issuer == NULL)
        authority->issuer = g_strdup("");
    if (!read_endpoint(document, "authorization_endpoint", cloud, TRUE, &authority->authorize, error) ||
        !read_endpoint(document, "token_endpoint", cloud, TRUE, &authority->token, error) ||
        !read_endpoint(document, "device_authorization_endpoint", cloud, FALSE, &authority->device, error))
        return NULL;
    return g_steal_pointer(&authority);
}

/* Discovery was answered with another STATUS than 200. */
static GError *not_discovered(const char *tenant, const struct cloud *cloud, int status)
{
    if (is_passing_status(status))
        return g_error_new(PERCH_ERROR, PERCH_ERROR_NETWORK,
                           "The sign-in service of the %s cloud cannot answer at present (status %d).\n"
                           "Try again in a few minutes; nothing was changed.",
                           cloud->title, status);
    return g_error_new(PERCH_ERROR, PERCH_ERROR_SIGN_IN,
                       "The sign-in service of the %s cloud does not know the tenant %s (status %d).\n"
                       "Check the tenant's id or domain, and whether it is in another cloud (--cloud).",
                       cloud->title, tenant, status);
}

struct authority *authority_discover(struct http *http, const struct cloud *cloud, const char *tenant, GError **error)
{
    g_autofree char *segment = g_uri_escape_string(tenant, NULL, FALSE);
    g_autofree char *url = g_strconcat(cloud->login, "/", segment, "/v2.0/.well-known/openid-configuration", NULL);
    const struct http_call call = {.method = "GET", .url = url};
    struct http_reply *reply = exchange(http, &call, TRUE, error);
    if (reply == NULL)
        return NULL;
    struct authority *authority = NULL;
    g_autoptr(json) document =
        reply->status == 200 ? json_parse(reply->body->str, (gssize)reply->body->len, error) : NULL;
    if (document != NULL)
        authority = authority_read(document, cloud, tenant, error);
    else if (reply->status != 200)
        g_propagate_error(error, not_discovered(tenant, cloud, reply->status));
    http_reply_free(reply);
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
