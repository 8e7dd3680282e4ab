/* SPDX-License-Identifier: MIT */
#include "practice/server.h"

#include <string.h>
#include <sys/resource.h>

#include <microhttpd.h>

#include "base/error.h"
#include "practice/call.h"
#include "practice/fault.h"
#include "practice/record.h"
#include "practice/route.h"
#include "practice/tenant.h"

#define BODY_MOST ((gsize)1024 * 1024)
#define CONNECTIONS_MOST 100000U
#define GRAPH_TYPE(level_)                                                                                             \
    "application/json;odata.metadata=" level_ ";odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
#define PAGE_SIZE "odata.maxpagesize="

struct listener {
    struct practice *practice;
    enum service service;
    struct MHD_Daemon *daemon;
};

struct server {
    struct listener listeners[SERVICE_COUNT];
    char *key;
    char *cert;
};

/* microhttpd's first callback for a request: the raw address, before it is unescaped. */
static void *begin_call(void *data, const char *uri, struct MHD_Connection *connection)
{
    (void)connection;
    const struct listener *listener = data;
    return call_new(listener->practice, listener->service, uri);
}

static void end_call(void *data, struct MHD_Connection *connection, void **request,
                     enum MHD_RequestTerminationCode code)
{
    (void)data;
    (void)connection;
    (void)code;
    call_free(*request);
    *request = NULL;
}

static char *header_of(struct MHD_Connection *connection, const char *name)
{
    return g_strdup(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

/* Any of these in Accept lets a service answer as it does. */
static const char *const answered_forms[] = {"*/*", "application/*", "application/json", "text/plain"};

static void read_headers(struct call *call, struct MHD_Connection *connection, const char *method)
{
    call->method = g_strdup(method);
    call->content_type = header_of(connection, "Content-Type");
    call->host = header_of(connection, "Host");
    call->authorization = header_of(connection, "Authorization");
    call->consistency = header_of(connection, "ConsistencyLevel");
    call->client_request_id = header_of(connection, "client-request-id");
    g_autofree char *site = header_of(connection, "Sec-Fetch-Site");
    call->from_elsewhere = site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
    g_autofree char *prefer = header_of(connection, "Prefer");
    g_autofree char *accept = header_of(connection, "Accept");
    const char *size = prefer != NULL ? strstr(prefer, PAGE_SIZE) : NULL;
    call->page_size = size != NULL ? g_ascii_strtoll(size + strlen(PAGE_SIZE), NULL, 10) : 0;
    call->wants_other = accept != NULL && *accept != '\0';
    for (gsize i = 0; call->wants_other && i < G_N_ELEMENTS(answered_forms); i++)
        call->wants_other = strstr(accept, answered_forms[i]) == NULL;
    call->no_metadata = accept != NULL && strstr(accept, "odata.metadata=none") != NULL;
}

/* TRUE, and 404, if CALL is for a Defender that is not the tenant's: scenario behaviour.cloud.defender says "gcc" where
 * it is that of GCC. */
static gboolean is_other_defender(struct call *call)
{
    const char *own = json_string(tenant_behaviour(call->practice, "cloud.defender"));
    enum service place = g_strcmp0(own, "gcc") == 0 ? SERVICE_GCC_DEFENDER : SERVICE_DEFENDER;
    if (call->service != SERVICE_DEFENDER && call->service != SERVICE_GCC_DEFENDER)
        return FALSE;
    gboolean other = call->service != place;
    call->service = SERVICE_DEFENDER;
    return other && !defender_error(call, 404, "ResourceNotFound", "The tenant is not known here.");
}

static void work(struct call *call)
{
    struct practice *practice = call->practice;
    const char *origin = strstr(practice->origins[call->service], "://") + strlen("://");
    gint64 begun = g_get_monotonic_time();
    pthread_mutex_lock(&practice->lock);
    tenant_choose_replica(practice);
    /* A page of another name that leads to this address is not let in: its Host says so. */
    if (g_strcmp0(call->host, origin) != 0) {
        answer_html(call, 421, g_strdup("<!DOCTYPE html><title>Misdirected request</title><p>Another host is meant."));
    } else if (call->from_elsewhere && g_strcmp0(call->method, "GET") != 0) {
        answer_html(call, 403, g_strdup("<!DOCTYPE html><title>Another site</title><p>Send it from this page."));
    } else if (!fault_strike(call) && !is_other_defender(call)) {
        route_dispatch(call);
        fault_disguise(call);
    }
    tenant_keep(practice);
    record_call(call);
    pthread_mutex_unlock(&practice->lock);
    /* What is computed, and waits for others to be, is on its way meanwhile. */
    gint64 spent = (g_get_monotonic_time() - begun) / G_TIME_SPAN_MILLISECOND;
    practice_sleep(practice, MAX(practice->options.latency - spent, 0) + call->delay);
}

static void add_headers(const struct call *call, struct MHD_Response *response)
{
    struct practice *practice = call->practice;
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(practice_now(practice) / G_TIME_SPAN_SECOND);
    g_autofree char *seconds = g_date_time_format(time, "%Y-%m-%dT%H:%M:%S");
    g_autofree char *now = g_strdup_printf("%s.%06dZ", seconds, (int)(practice_now(practice) % G_TIME_SPAN_SECOND));
    char rate[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_dtostr(rate, sizeof rate, practice->options.clock_rate);
    MHD_add_response_header(response, "X-Practice-Time", now);
    MHD_add_response_header(response, "X-Practice-Rate", rate);
    MHD_add_response_header(response, "request-id", call->request_id);
    MHD_add_response_header(response, "Cache-Control", "no-store");
    if (call->service == SERVICE_GRAPH)
        MHD_add_response_header(response, "OData-Version", "4.0");
    if (call->page_size > 0)
        MHD_add_response_header(response, "Preference-Applied", "odata.maxpagesize");
    if (call->client_request_id != NULL)
        MHD_add_response_header(response, "client-request-id", call->client_request_id);
    if (call->location != NULL)
        MHD_add_response_header(response, "Location", call->location);
    if (call->challenge != NULL)
        MHD_add_response_header(response, "WWW-Authenticate", call->challenge);
    if (call->retry_after > 0) {
        g_autofree char *wait = g_strdup_printf("%d", call->retry_after);
        MHD_add_response_header(response, "Retry-After", wait);
    }
}

/* The body of an answer that is spoilt on its way. */
struct spoilt_body {
    struct practice *practice;
    GString *text;
    gsize cut;
    gint64 drip;
};

static void spoilt_body_free(void *data)
{
    struct spoilt_body *body = data;
    g_string_free(body->text, TRUE);
    g_free(body);
}

static ssize_t next_bytes(void *data, uint64_t position, char *buffer, size_t most)
{
    struct spoilt_body *body = data;
    gsize end = body->cut > 0 ? MIN(body->cut, body->text->len) : body->text->len;
    if (position >= end)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    practice_sleep(body->practice, body->drip);
    gsize length = MIN(body->drip > 0 ? 1 : most, end - position);
    memcpy(buffer, body->text->str + position, length);
    return (ssize_t)length;
}

static struct MHD_Response *make_response(const struct call *call, const char *text)
{
    if (call->flaw == NULL)
        return MHD_create_response_from_buffer(strlen(text), (void *)(gsize)text, MHD_RESPMEM_MUST_COPY);
    struct spoilt_body *body = g_new0(struct spoilt_body, 1);
    body->practice = call->practice;
    body->text = g_string_new(text);
    body->cut = (gsize)call->flaw->cut;
    body->drip = call->flaw->drip;
    gsize length = body->text->len;
    g_string_set_size(body->text, length + (gsize)call->flaw->pad);
    memset(body->text->str + length, ' ', (gsize)call->flaw->pad);
    return MHD_create_response_from_callback(body->text->len, 4096, next_bytes, body, spoilt_body_free);
}

static const char *content_type(const struct call *call)
{
    if (call->flaw != NULL && call->flaw->content_type != NULL)
        return call->flaw->content_type;
    if (call->answer != NULL && call->service == SERVICE_GRAPH)
        return call->no_metadata ? GRAPH_TYPE("none") : GRAPH_TYPE("minimal");
    if (call->answer != NULL)
        return "application/json; charset=utf-8";
    if (call->plain != NULL)
        return "text/plain";
    return call->html != NULL ? "text/html; charset=utf-8" : NULL;
}

static enum MHD_Result send_answer(const struct call *call, struct MHD_Connection *connection)
{
    g_autofree char *text = call->answer != NULL ? json_text(call->answer) : NULL;
    const char *other = call->plain != NULL ? call->plain : call->html;
    const char *body = text != NULL ? text : other != NULL ? other : "";
    struct MHD_Response *response = make_response(call, body);
    add_headers(call, response);
    if (content_type(call) != NULL)
        MHD_add_response_header(response, "Content-Type", content_type(call));
    enum MHD_Result result = MHD_queue_response(connection, (unsigned int)call->status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result answer(void *data, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *upload, size_t *upload_size, void **request)
{
    (void)data;
    (void)url;
    (void)version;
    struct call *call = *request;
    if (call->method == NULL) {
        read_headers(call, connection, method);
        return MHD_YES;
    }
    if (*upload_size > 0) {
        if (call->body_text->len + *upload_size > BODY_MOST)
            return MHD_NO;
        g_string_append_len(call->body_text, upload, (gssize)*upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    call_read_body(call);
    work(call);
    return call->drop != DROP_NOTHING ? MHD_NO : send_answer(call, connection);
}

/* Sockets that listen already, or new ones. */
static gboolean take_sockets(const struct practice *practice, int handles[SERVICE_COUNT], GError **error)
{
    int first = practice->options.sockets;
    if (first < 0)
        return loopback_listen(practice->options.port, handles, error);
    for (int i = 0; i < SERVICE_COUNT; i++)
        handles[i] = first + i;
    int port = loopback_port(handles[0]);
    for (int i = 0; i < SERVICE_COUNT; i++)
        if (port < 0 || loopback_port(handles[i]) != port) {
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                        "The descriptors %d to %d are not four sockets that listen on one port.", first,
                        first + SERVICE_COUNT - 1);
            return FALSE;
        }
    return TRUE;
}

/* A service does not run out of connections. Without poll() one whose descriptor is 1024 or more is closed unanswered.
 */
static struct MHD_Daemon *start_daemon(const struct server *server, struct listener *listener, int handle)
{
    unsigned int flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, server->cert},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, server->key},
        {MHD_OPTION_END, 0, NULL},
    };
    if (server->cert == NULL)
        tls[0] = tls[2];
    else
        flags |= MHD_USE_TLS;
    return MHD_start_daemon(flags, 0, NULL, NULL, answer, listener, MHD_OPTION_LISTEN_SOCKET, handle,
                            MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS_MOST, MHD_OPTION_URI_LOG_CALLBACK, begin_call,
                            listener, MHD_OPTION_NOTIFY_COMPLETED, end_call, NULL, MHD_OPTION_ARRAY, tls,
                            MHD_OPTION_END);
}

static gboolean start_listener(struct server *server, struct practice *practice, int service, int handle,
                               GError **error)
{
    struct listener *listener = &server->listeners[service];
    listener->practice = practice;
    listener->service = (enum service)service;
    listener->daemon = start_daemon(server, listener, handle);
    if (listener->daemon != NULL)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_NETWORK,
                "The server on %s did not start.\nCheck the certificate and key.", loopback_addresses[service]);
    return FALSE;
}

struct server *server_start(struct practice *practice, GError **error)
{
    int handles[SERVICE_COUNT];
    /* As many connections as this machine allows: fifty companies that are checked at once have 1,600. */
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    struct server *server = g_new0(struct server, 1);
    const struct practice_options *options = &practice->options;
    gboolean ok = (options->tls_cert == NULL || (g_file_get_contents(options->tls_cert, &server->cert, NULL, error) &&
                                                 g_file_get_contents(options->tls_key, &server->key, NULL, error))) &&
                  take_sockets(practice, handles, error);
    /* Whoever comes as soon as one of them listens is told of all. */
    for (int i = 0; ok && i < SERVICE_COUNT; i++)
        practice->origins[i] = g_strdup_printf("%s://%s:%d", server->cert != NULL ? "https" : "http",
                                               loopback_addresses[i], loopback_port(handles[i]));
    for (int i = 0; i < SERVICE_COUNT; i++)
        ok = ok && start_listener(server, practice, i, handles[i], error);
    if (ok)
        return server;
    server_stop(server);
    return NULL;
}

void server_stop(struct server *server)
{
    for (int i = 0; i < SERVICE_COUNT; i++)
        if (server->listeners[i].daemon != NULL)
            MHD_stop_daemon(server->listeners[i].daemon);
    g_free(server->key);
    g_free(server->cert);
    g_free(server);
}
