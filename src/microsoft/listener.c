#include "microsoft/listener.h"

#include <arpa/inet.h>
#include <string.h>

#include <microhttpd.h>
#include <sodium.h>

#include "base/error.h"

#define CONNECTIONS 16u
#define CONNECTION_SECONDS 10u
#define REQUEST_BYTES ((size_t)16 * 1024)

struct listener {
    struct MHD_Daemon *daemon;
    guint port;
    char *state;
    int pending;
    gboolean delivered;
    struct MHD_Connection *winner; /* whose answer was taken; only compared */
    struct listener_result result;
};

static const char page_done[] = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>perch</title>"
                                "<p>Signed in. You may close this window and go back to perch.</p></html>";
static const char page_refused[] = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>perch</title>"
                                   "<p>Signing in did not succeed. Go back to perch to see why.</p></html>";
static const char page_other[] = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>perch</title>"
                                 "<p>This is not the answer that perch waits for.</p></html>";

static enum MHD_Result answer(struct MHD_Connection *connection, guint status, const char *page)
{
    static const struct {
        const char *name;
        const char *value;
    } headers[] = {
        {"Content-Type", "text/html; charset=utf-8"},
        {"Cache-Control", "no-store"},
        {"Referrer-Policy", "no-referrer"},
        {"Content-Security-Policy", "default-src 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Connection", "close"},
    };
    struct MHD_Response *response = MHD_create_response_from_buffer(strlen(page), (void *)page, MHD_RESPMEM_PERSISTENT);
    for (gsize i = 0; i < G_N_ELEMENTS(headers); i++)
        MHD_add_response_header(response, headers[i].name, headers[i].value);
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, "Allow", "GET");
    enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

static gboolean is_state(const struct listener *listener, const char *state)
{
    gsize length = strlen(listener->state);
    return state != NULL && strlen(state) == length && sodium_memcmp(state, listener->state, length) == 0;
}

static void take_result(struct listener *listener, const char *code, const char *oauth_error, const char *description)
{
    if (oauth_error == NULL && code != NULL)
        listener->result.code = secret_new(code, -1);
    listener->result.oauth_error = g_strdup(oauth_error != NULL ? oauth_error : "");
    listener->result.description = g_strdup(description != NULL ? description : "");
    listener->pending = 0;
}

static gboolean is_own_host(const struct listener *listener, const char *host)
{
    g_autofree char *by_name = g_strdup_printf("localhost:%u", listener->port);
    g_autofree char *by_number = g_strdup_printf("127.0.0.1:%u", listener->port);
    return host != NULL && (g_ascii_strcasecmp(host, by_name) == 0 || strcmp(host, by_number) == 0);
}

static const char *argument(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, name);
}

static enum MHD_Result request_arrived(void *data, struct MHD_Connection *connection, const char *url,
                                       const char *method, const char *version, const char *upload, size_t *upload_size,
                                       void **memory)
{
    (void)version;
    (void)upload;
    (void)upload_size;
    (void)memory;
    struct listener *listener = data;
    const char *code = argument(connection, "code");
    const char *oauth_error = argument(connection, "error");
    if (strcmp(method, MHD_HTTP_METHOD_GET) != 0)
        return answer(connection, MHD_HTTP_METHOD_NOT_ALLOWED, page_other);
    if (!is_own_host(listener, MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host")))
        return answer(connection, MHD_HTTP_BAD_REQUEST, page_other);
    if (strcmp(url, "/") != 0)
        return answer(connection, MHD_HTTP_NOT_FOUND, page_other);
    if (listener->pending == 0)
        return answer(connection, MHD_HTTP_GONE, page_other);
    if (!is_state(listener, argument(connection, "state")) || (code == NULL && oauth_error == NULL))
        return answer(connection, MHD_HTTP_BAD_REQUEST, page_other);
    take_result(listener, code, oauth_error, argument(connection, "error_description"));
    listener->winner = connection;
    return answer(connection, MHD_HTTP_OK, oauth_error == NULL ? page_done : page_refused);
}

static void request_completed(void *data, struct MHD_Connection *connection, void **memory,
                              enum MHD_RequestTerminationCode code)
{
    (void)memory;
    (void)code;
    struct listener *listener = data;
    if (connection == listener->winner)
        listener->delivered = TRUE;
}

struct listener *listener_new(const char *state, GError **error)
{
    struct listener *listener = g_new0(struct listener, 1);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    listener->pending = 1;
    listener->state = g_strdup(state);
    listener->daemon =
        MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, request_arrived, listener, MHD_OPTION_SOCK_ADDR, &address,
                         MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, CONNECTION_SECONDS,
                         MHD_OPTION_CONNECTION_MEMORY_LIMIT, REQUEST_BYTES, MHD_OPTION_NOTIFY_COMPLETED,
                         request_completed, listener, MHD_OPTION_END);
    if (listener->daemon != NULL) {
        listener->port = MHD_get_daemon_info(listener->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
        return listener;
    }
    listener_free(listener);
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_NETWORK,
                        "perch cannot listen on 127.0.0.1 for the browser's answer.\n"
                        "Sign in with a device code instead.");
    return NULL;
}

void listener_close(struct listener *listener)
{
    if (listener->daemon != NULL)
        MHD_stop_daemon(listener->daemon);
    listener->daemon = NULL;
}

void listener_free(struct listener *listener)
{
    if (listener == NULL)
        return;
    listener_close(listener);
    secret_free(listener->result.code);
    g_free(listener->result.oauth_error);
    g_free(listener->result.description);
    g_free(listener->state);
    g_free(listener);
}

guint listener_port(const struct listener *listener)
{
    return listener->port;
}

int listener_fd(const struct listener *listener)
{
    return MHD_get_daemon_info(listener->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

void listener_run(struct listener *listener)
{
    MHD_run(listener->daemon);
}

const int *listener_pending(const struct listener *listener)
{
    return &listener->pending;
}

gboolean listener_is_delivered(const struct listener *listener)
{
    return listener->delivered || listener->winner == NULL;
}

static gboolean is_own_address(const struct listener *listener, GUri *uri)
{
    const char *host = g_uri_get_host(uri);
    return g_strcmp0(g_uri_get_scheme(uri), "http") == 0 && g_uri_get_port(uri) == (int)listener->port &&
           (g_strcmp0(host, "localhost") == 0 || g_strcmp0(host, "127.0.0.1") == 0);
}

static gboolean refuse_address(GError **error, const char *why)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "%s\nCopy the whole address from the browser's address line; it begins with http://localhost:.", why);
    return FALSE;
}

gboolean listener_take_address(struct listener *listener, const char *address, GError **error)
{
    g_autofree char *trimmed = g_strstrip(g_strdup(address));
    g_autoptr(GUri) uri = g_uri_parse(trimmed, G_URI_FLAGS_ENCODED_QUERY, NULL);
    if (uri == NULL || !is_own_address(listener, uri))
        return refuse_address(error, "This is not the address that the browser was sent to.");
    const char *query = g_uri_get_query(uri);
    g_autoptr(GHashTable) arguments =
        query != NULL ? g_uri_parse_params(query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL) : NULL;
    if (arguments == NULL || !is_state(listener, g_hash_table_lookup(arguments, "state")))
        return refuse_address(error, "This address does not belong to the sign-in that is under way.");
    const char *code = g_hash_table_lookup(arguments, "code");
    const char *oauth_error = g_hash_table_lookup(arguments, "error");
    if (code == NULL && oauth_error == NULL)
        return refuse_address(error, "This address brings neither a code nor an error.");
    if (listener->pending != 0)
        take_result(listener, code, oauth_error, g_hash_table_lookup(arguments, "error_description"));
    return TRUE;
}

const struct listener_result *listener_result(const struct listener *listener)
{
    return listener->pending == 0 ? &listener->result : NULL;
}
