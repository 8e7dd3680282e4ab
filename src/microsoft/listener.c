/* SPDX-License-Identifier: MIT */
#include "microsoft/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/error.h"
#include "microsoft/late_microhttpd.h"
#include "microsoft/loopback_peer.h"
#include "secrets/late_sodium.h"

#define CONNECTIONS 64u
#define CONNECTION_SECONDS 10u
#define REQUEST_BYTES ((size_t)16 * 1024)
#define FAMILIES 2
#define PORT_TRIES 16
#define START "/go/"
#define START_BYTES 16

struct listener {
    struct MHD_Daemon *daemons[FAMILIES]; /* IPv4, then IPv6 where there is one */
    int epoll;                            /* readable when one of them has something to do; -1: none */
    guint port;
    char *state;
    char *start;  /* path that leads to the authorize address, "/go/..."; NULL: none yet */
    char *target; /* that address */
    gboolean started;
    gboolean stranger_told;
    listener_notice_func notice;
    gpointer notice_data;
    int pending;
    gboolean delivered;
    struct MHD_Connection *winner; /* whose answer was taken; only compared */
    struct listener_result result;
};

static const char page_done[] = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>perch</title>"
                                "<p>Signed in. You may close this window and go back to perch.</p></html>";
static const char page_refused[] = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>perch</title>"
                                   "<p>Signing in did not succeed. Go back to perch to see why.</p></html>";
static const char page_start[] = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>perch</title>"
                                 "<p>On to the sign-in.</p></html>";
static const char page_other[] = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>perch</title>"
                                 "<p>This is not the answer that perch waits for.</p></html>";

/* LOCATION: where to, for a redirect; else NULL. */
static enum MHD_Result answer(struct MHD_Connection *connection, guint status, const char *page, const char *location)
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
    if (location != NULL)
        MHD_add_response_header(response, "Location", location);
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

static const char *argument(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, name);
}

static void tell(const struct listener *listener, const char *what)
{
    if (listener->notice != NULL)
        listener->notice(what, listener->notice_data);
}

static enum MHD_Result lead_on(struct listener *listener, struct MHD_Connection *connection)
{
    if (!listener->started) {
        listener->started = TRUE;
        return answer(connection, MHD_HTTP_FOUND, page_start, listener->target);
    }
    tell(listener,
         "The address that starts the sign-in was opened a second time, and led nowhere. If that was not you, "
         "stop this sign-in and begin again.");
    return answer(connection, MHD_HTTP_GONE, page_other, NULL);
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
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    g_autofree char *by_name = g_strdup_printf("localhost:%u", listener->port);
    g_autofree char *by_number = g_strdup_printf("127.0.0.1:%u", listener->port);
    if (strcmp(method, MHD_HTTP_METHOD_GET) != 0)
        return answer(connection, MHD_HTTP_METHOD_NOT_ALLOWED, page_other, NULL);
    if (host == NULL || (g_ascii_strcasecmp(host, by_name) != 0 && strcmp(host, by_number) != 0))
        return answer(connection, MHD_HTTP_BAD_REQUEST, page_other, NULL);
    if (listener->start != NULL && strlen(url) == strlen(listener->start) &&
        sodium_memcmp(url, listener->start, strlen(url)) == 0)
        return lead_on(listener, connection);
    if (strcmp(url, "/") != 0)
        return answer(connection, MHD_HTTP_NOT_FOUND, page_other, NULL);
    gboolean is_right = is_state(listener, argument(connection, "state")) && (code != NULL || oauth_error != NULL);
    if (listener->pending == 0 && is_right)
        tell(listener, "A second answer to this sign-in came and was not taken. If that was not your browser's reload, "
                       "sign out and in again.");
    if (listener->pending == 0)
        return answer(connection, MHD_HTTP_GONE, page_other, NULL);
    if (!is_right)
        return answer(connection, MHD_HTTP_BAD_REQUEST, page_other, NULL);
    take_result(listener, code, oauth_error, argument(connection, "error_description"));
    listener->winner = connection;
    return answer(connection, MHD_HTTP_OK, oauth_error == NULL ? page_done : page_refused, NULL);
}

/* Another user of this machine gets no connection, so that he can neither answer nor keep the browser out. */
static enum MHD_Result peer_arrived(void *data, const struct sockaddr *peer, socklen_t length)
{
    (void)length;
    struct listener *listener = data;
    if (loopback_peer_is_own(peer, listener->port))
        return MHD_YES;
    if (!listener->stranger_told)
        tell(listener, "Another user of this machine tried to answer this sign-in and was refused.");
    listener->stranger_told = TRUE;
    return MHD_NO;
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

/* A socket of FAMILY that listens on loopback at *PORT (0: any, which *PORT then is); -1 and errno. */
static int listen_on(int family, guint *port)
{
    struct sockaddr_in old = {
        .sin_family = AF_INET, .sin_port = htons((guint16)*port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 new = {
        .sin6_family = AF_INET6, .sin6_port = htons((guint16)*port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    const int on = 1;
    gboolean is_new = family == AF_INET6;
    socklen_t length = is_new ? sizeof new : sizeof old;
    struct sockaddr *address = is_new ? (struct sockaddr *)&new : (struct sockaddr *)&old;
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && (!is_new || setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) == 0) &&
        bind(fd, address, length) == 0 && listen(fd, (int)CONNECTIONS) == 0 && getsockname(fd, address, &length) == 0) {
        *port = ntohs(is_new ? new.sin6_port : old.sin_port);
        return fd;
    }
    int failure = errno;
    if (fd >= 0)
        close(fd);
    errno = failure;
    return -1;
}

/* Sockets of both families under one port; the second stays -1 where this machine has no IPv6. FALSE if somebody holds
 * the one of each port that was tried: a browser may go there first. */
static gboolean listen_on_both(int sockets[FAMILIES], guint *port)
{
    for (int tries = 0; tries < PORT_TRIES; tries++) {
        *port = 0;
        sockets[0] = listen_on(AF_INET, port);
        sockets[1] = sockets[0] >= 0 ? listen_on(AF_INET6, port) : -1;
        if (sockets[0] < 0 || sockets[1] >= 0 || errno != EADDRINUSE)
            return sockets[0] >= 0;
        close(sockets[0]);
    }
    return FALSE;
}

static gboolean serve(struct listener *listener, int family, int fd)
{
    listener->daemons[family] =
        MHD_start_daemon(MHD_USE_EPOLL | (family == 1 ? MHD_USE_IPv6 : 0), 0, peer_arrived, listener, request_arrived,
                         listener, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS,
                         MHD_OPTION_CONNECTION_TIMEOUT, CONNECTION_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                         REQUEST_BYTES, MHD_OPTION_NOTIFY_COMPLETED, request_completed, listener, MHD_OPTION_END);
    if (listener->daemons[family] == NULL) {
        close(fd);
        return FALSE;
    }
    int events = MHD_get_daemon_info(listener->daemons[family], MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    struct epoll_event readable = {.events = EPOLLIN};
    return epoll_ctl(listener->epoll, EPOLL_CTL_ADD, events, &readable) == 0;
}

struct listener *listener_new(const char *state, listener_notice_func notice, gpointer data, GError **error)
{
    int sockets[FAMILIES] = {-1, -1};
    struct listener *listener = g_new0(struct listener, 1);
    listener->pending = 1;
    listener->state = g_strdup(state);
    listener->notice = notice;
    listener->notice_data = data;
    listener->epoll = epoll_create1(EPOLL_CLOEXEC);
    gboolean serves = listener->epoll >= 0 && listen_on_both(sockets, &listener->port);
    for (int i = 0; i < FAMILIES && serves; i++)
        serves = sockets[i] < 0 || serve(listener, i, sockets[i]);
    if (serves)
        return listener;
    listener_free(listener);
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_NETWORK,
                        "perch cannot listen on 127.0.0.1 for the browser's answer.\n"
                        "Sign in with a device code instead.");
    return NULL;
}

void listener_close(struct listener *listener)
{
    for (int i = 0; i < FAMILIES; i++)
        if (listener->daemons[i] != NULL)
            MHD_stop_daemon(g_steal_pointer(&listener->daemons[i]));
    if (listener->epoll >= 0)
        close(listener->epoll);
    listener->epoll = -1;
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
    g_free(listener->start);
    g_free(listener->target);
    g_free(listener);
}

char *listener_lead_to(struct listener *listener, const char *url)
{
    guchar bytes[START_BYTES];
    char text[START_BYTES * 2];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    g_free(listener->start);
    g_free(listener->target);
    listener->start = g_strconcat(START, text, NULL);
    listener->target = g_strdup(url);
    listener->started = FALSE;
    return g_strdup_printf("http://localhost:%u%s", listener->port, listener->start);
}

int listener_fd(const struct listener *listener)
{
    return listener->epoll;
}

void listener_run(gpointer data)
{
    const struct listener *listener = data;
    for (int i = 0; i < FAMILIES; i++)
        if (listener->daemons[i] != NULL)
            MHD_run(listener->daemons[i]);
}

guint listener_port(const struct listener *listener)
{
    return listener->port;
}

const int *listener_pending(const struct listener *listener)
{
    return &listener->pending;
}

gboolean listener_is_delivered(const struct listener *listener)
{
    return listener->delivered || listener->winner == NULL;
}

static gboolean refuse_address(GError **error, const char *why)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "%s\nCopy the whole address from the browser's address line; it begins with http://localhost:.", why);
    return FALSE;
}

/* What a person copied, without white space and what chats and mail put around an address. Caller frees. */
static char *bare_address(const char *text)
{
    GString *bare = g_string_new(NULL);
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        if (!g_unichar_isspace(character) && !g_unichar_iszerowidth(character) && character != 0xAD)
            g_string_append_unichar(bare, character);
    }
    while (bare->len > 0 && strchr("<\"'(`", bare->str[0]) != NULL)
        g_string_erase(bare, 0, 1);
    while (bare->len > 0 && strchr(">\"')`.,;", bare->str[bare->len - 1]) != NULL &&
           !g_str_has_suffix(bare->str, "..."))
        g_string_truncate(bare, bare->len - 1);
    return g_string_free(bare, FALSE);
}

gboolean listener_take_address(struct listener *listener, const char *address, GError **error)
{
    g_autofree char *bare = g_utf8_validate(address, -1, NULL) ? bare_address(address) : g_strdup("");
    g_autoptr(GUri) uri = g_uri_parse(bare, G_URI_FLAGS_ENCODED_QUERY, NULL);
    const char *host = uri != NULL ? g_uri_get_host(uri) : NULL;
    if (strstr(bare, "\xE2\x80\xA6") != NULL || strstr(bare, "...") != NULL)
        return refuse_address(error, "This address was shortened: a part of it is left out.");
    if (host == NULL || g_strcmp0(g_uri_get_scheme(uri), "http") != 0 || g_uri_get_port(uri) != (int)listener->port ||
        (strcmp(host, "localhost") != 0 && strcmp(host, "127.0.0.1") != 0 && strcmp(host, "::1") != 0))
        return refuse_address(error, "This is not the address that the browser was sent to.");
    const char *query = g_uri_get_query(uri);
    g_autoptr(GHashTable) arguments =
        query != NULL ? g_uri_parse_params(query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL) : NULL;
    if (arguments == NULL || !is_state(listener, g_hash_table_lookup(arguments, "state")))
        return refuse_address(error, "This address does not belong to the sign-in that is under way, or its end is cut "
                                     "off.");
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
