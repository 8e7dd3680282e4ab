/* SPDX-License-Identifier: MIT */
#include "support/loopback_server.h"

#include <gio/gio.h>
#include <string.h>

#define PACKED "X-Body: packed\r\n"
#define HOSTS 3
#define MOST_CONNECTIONS 64
#define LARGEST_REQUEST (1024 * 1024)

struct seen {
    int host;
    char *line;
    char *text;
};

struct server {
    GSocketService *service;
    guint port;
    server_handler handler;
    gpointer data;
    GMutex mutex;
    GCond changed; /* a connection was taken or has ended */
    GPtrArray *seen;
    GPtrArray *connections; /* of GSocketConnection, so that stopping can shut them */
    gint accepted;
    guint open; /* under the mutex */
    GMainContext *context;
    GMainLoop *loop;
    GThread *thread;
};

static void seen_free(gpointer data)
{
    struct seen *seen = data;
    g_free(seen->line);
    g_free(seen->text);
    g_free(seen);
}

char *server_json(int status, const char *extra, const char *body)
{
    return g_strdup_printf("HTTP/1.1 %d Status\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n%s\r\n%s",
                           status, strlen(body), extra != NULL ? extra : "", body);
}

char *form_value(const char *body, const char *name)
{
    g_autoptr(GHashTable) values = g_uri_parse_params(body, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
    return values != NULL ? g_strdup(g_hash_table_lookup(values, name)) : NULL;
}

static gsize body_length(const char *headers)
{
    const char *header = strcasestr(headers, "\ncontent-length:");
    return header != NULL ? (gsize)g_ascii_strtoull(header + strlen("\ncontent-length:"), NULL, 10) : 0;
}

/* FALSE at the end of the connection. */
static gboolean read_more(GInputStream *input, GString *buffer)
{
    char bytes[4096];
    gssize count = g_input_stream_read(input, bytes, sizeof bytes, NULL, NULL);
    if (count <= 0 || buffer->len > LARGEST_REQUEST)
        return FALSE;
    g_string_append_len(buffer, bytes, count);
    return TRUE;
}

/* One whole request at the front of BUFFER, NUL-terminated; NULL at the end. Caller frees. */
static char *read_request(GInputStream *input, GString *buffer)
{
    const char *end = NULL;
    while ((end = strstr(buffer->str, "\r\n\r\n")) == NULL)
        if (!read_more(input, buffer))
            return NULL;
    gsize head = (gsize)(end + 4 - buffer->str);
    g_autofree char *headers = g_strndup(buffer->str, head);
    gsize whole = head + body_length(headers);
    while (buffer->len < whole)
        if (!read_more(input, buffer))
            return NULL;
    char *request = g_strndup(buffer->str, whole);
    g_string_erase(buffer, 0, (gssize)whole);
    return request;
}

static int local_host(GSocketConnection *connection)
{
    g_autoptr(GSocketAddress) address = g_socket_connection_get_local_address(connection, NULL);
    GInetAddress *inet = g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address));
    return g_inet_address_to_bytes(inet)[3];
}

static char *handle(struct server *server, struct server_request *request, char *text)
{
    char *body = strstr(text, "\r\n\r\n") + 4;
    g_autofree char *head = g_strndup(text, (gsize)(body - text));
    g_auto(GStrv) line = g_strsplit(head, " ", 3);
    request->method = line[0];
    request->target = line[1];
    request->headers = head;
    request->body = body;
    struct seen *seen = g_new0(struct seen, 1);
    seen->host = request->host;
    seen->line = g_strconcat(line[0], " ", line[1], NULL);
    seen->text = g_strdup(text);
    g_mutex_lock(&server->mutex);
    g_ptr_array_add(server->seen, seen);
    char *answer = server->handler(request, server->data);
    g_mutex_unlock(&server->mutex);
    return answer;
}

/* How many bytes ANSWER (may be NULL) has. A packed body, which has zeros in it, comes as base64 and is put in place.
 */
static void find_bytes(char *answer, gsize *length)
{
    char *body = answer != NULL ? strstr(answer, PACKED) : NULL;
    *length = answer != NULL ? strlen(answer) : 0;
    if (body == NULL)
        return;
    gsize head = (gsize)(strstr(body, "\r\n\r\n") + 4 - answer);
    gsize unpacked = 0;
    g_autofree guchar *bytes = g_base64_decode(answer + head, &unpacked);
    memcpy(answer + head, bytes, unpacked);
    *length = head + unpacked;
}

char *server_gzip(const char *text, gsize cut)
{
    g_autoptr(GConverter) gzip = G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
    g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
    g_autoptr(GOutputStream) packer = g_converter_output_stream_new(memory, gzip);
    g_output_stream_write_all(packer, text, strlen(text), NULL, NULL, NULL);
    g_output_stream_close(packer, NULL, NULL);
    gsize whole = g_memory_output_stream_get_data_size(G_MEMORY_OUTPUT_STREAM(memory));
    gsize size = cut > 0 ? MIN(cut, whole) : whole;
    g_autofree char *body = g_base64_encode(g_memory_output_stream_get_data(G_MEMORY_OUTPUT_STREAM(memory)), size);
    return g_strdup_printf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n" PACKED
                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                           size, body);
}

static gboolean serve(GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
    (void)service;
    (void)source;
    struct server *server = data;
    struct server_request request = {.connection = g_atomic_int_add(&server->accepted, 1),
                                     .host = local_host(connection)};
    g_mutex_lock(&server->mutex);
    g_ptr_array_add(server->connections, g_object_ref(connection));
    g_cond_signal(&server->changed);
    g_mutex_unlock(&server->mutex);
    GInputStream *input = g_io_stream_get_input_stream(G_IO_STREAM(connection));
    GOutputStream *output = g_io_stream_get_output_stream(G_IO_STREAM(connection));
    g_autoptr(GString) buffer = g_string_new(NULL);
    g_autofree char *text = NULL;
    while ((text = read_request(input, buffer)) != NULL) {
        g_autofree char *answer = handle(server, &request, text);
        g_clear_pointer(&text, g_free);
        gsize length = 0;
        find_bytes(answer, &length);
        if (answer == NULL || !g_output_stream_write_all(output, answer, length, NULL, NULL, NULL))
            break;
        if (strcasestr(answer, "\r\nConnection: close") != NULL)
            break;
        request.index++;
    }
    g_io_stream_close(G_IO_STREAM(connection), NULL, NULL);
    g_mutex_lock(&server->mutex);
    server->open--;
    g_cond_signal(&server->changed);
    g_mutex_unlock(&server->mutex);
    return TRUE;
}

static gboolean count_open(GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
    (void)service;
    (void)connection;
    (void)source;
    struct server *server = data;
    g_mutex_lock(&server->mutex);
    server->open++;
    g_mutex_unlock(&server->mutex);
    return FALSE;
}

static gboolean listen_on(struct server *server, int host)
{
    g_autofree char *text = g_strdup_printf("127.0.0.%d", host);
    g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new_from_string(text, server->port);
    g_autoptr(GSocketAddress) bound = NULL;
    if (!g_socket_listener_add_address(G_SOCKET_LISTENER(server->service), wanted, G_SOCKET_TYPE_STREAM,
                                       G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL))
        return FALSE;
    server->port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));
    return TRUE;
}

static gboolean listen_on_all(struct server *server)
{
    for (int host = 1; host <= HOSTS; host++)
        if (!listen_on(server, host))
            return FALSE;
    return TRUE;
}

static gpointer run(gpointer data)
{
    struct server *server = data;
    g_main_context_push_thread_default(server->context);
    g_main_loop_run(server->loop);
    g_main_context_pop_thread_default(server->context);
    return NULL;
}

struct server *server_start(server_handler handler, gpointer data)
{
    struct server *server = g_new0(struct server, 1);
    server->handler = handler;
    server->data = data;
    server->seen = g_ptr_array_new_with_free_func(seen_free);
    server->connections = g_ptr_array_new_with_free_func(g_object_unref);
    server->context = g_main_context_new();
    server->loop = g_main_loop_new(server->context, FALSE);
    g_main_context_push_thread_default(server->context);
    do {
        g_clear_object(&server->service);
        server->port = 0;
        server->service = g_threaded_socket_service_new(MOST_CONNECTIONS);
    } while (!listen_on_all(server));
    g_signal_connect(server->service, "incoming", G_CALLBACK(count_open), server);
    g_signal_connect(server->service, "run", G_CALLBACK(serve), server);
    /* Adding an address restarts the accepting, and a connection that comes in between would be reset. */
    while (g_main_context_iteration(server->context, FALSE))
        continue;
    g_main_context_pop_thread_default(server->context);
    server->thread = g_thread_new("server", run, server);
    return server;
}

static gboolean close_all(gpointer data)
{
    struct server *server = data;
    g_socket_service_stop(server->service);
    g_socket_listener_close(G_SOCKET_LISTENER(server->service));
    g_main_loop_quit(server->loop);
    return G_SOURCE_REMOVE;
}

static void shut_connections(struct server *server)
{
    for (guint i = 0; i < server->connections->len; i++)
        g_socket_shutdown(g_socket_connection_get_socket(g_ptr_array_index(server->connections, i)), TRUE, TRUE, NULL);
}

void server_stop(struct server *server)
{
    g_autoptr(GSource) source = g_idle_source_new();
    g_source_set_callback(source, close_all, server, NULL);
    g_source_attach(source, server->context);
    g_thread_join(server->thread);
    g_mutex_lock(&server->mutex);
    while (server->open > 0) {
        shut_connections(server);
        g_cond_wait(&server->changed, &server->mutex);
    }
    g_mutex_unlock(&server->mutex);
    g_object_unref(server->service);
    g_main_loop_unref(server->loop);
    g_main_context_unref(server->context);
    g_ptr_array_unref(server->seen);
    g_ptr_array_unref(server->connections);
    g_free(server);
}

guint server_port(const struct server *server)
{
    return server->port;
}

guint server_count(struct server *server, int host, const char *prefix)
{
    guint count = 0;
    g_mutex_lock(&server->mutex);
    for (guint i = 0; i < server->seen->len; i++) {
        const struct seen *seen = g_ptr_array_index(server->seen, i);
        if ((host == 0 || seen->host == host) && g_str_has_prefix(seen->line, prefix))
            count++;
    }
    g_mutex_unlock(&server->mutex);
    return count;
}

char *server_seen(struct server *server, guint back)
{
    g_mutex_lock(&server->mutex);
    const struct seen *seen = g_ptr_array_index(server->seen, server->seen->len - 1 - back);
    char *text = g_strdup(seen->text);
    g_mutex_unlock(&server->mutex);
    return text;
}
