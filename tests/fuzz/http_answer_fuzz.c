/* SPDX-License-Identifier: MIT */
/* What a service answers: any bytes behind its name on a connection, as an API's answer and as the token endpoint's.
 * The first byte chooses, and the fuzzer's own thread is the service. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "microsoft/http.h"
#include "microsoft/reply_read.h"
#include "microsoft/token_answer.h"
#include "tests/fuzz/fuzz.h"

struct peer {
    int listener;
    int connection; /* -1: none */
    const uint8_t *bytes;
    size_t size;
    int pending;
    struct http_reply *reply;
};

/* The whole answer is in the socket's buffer before anything is asked, so that one thread can be both. */
static void serve(gpointer data)
{
    struct peer *peer = data;
    int connection = accept4(peer->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (connection < 0)
        return;
    if (peer->connection >= 0)
        close(peer->connection);
    peer->connection = connection;
    ssize_t sent = send(connection, peer->bytes, peer->size, MSG_NOSIGNAL);
    /* A connection that the call before had opened beside its own, and has closed since, takes nothing any more. */
    must(sent == (ssize_t)peer->size || errno == EPIPE || errno == ECONNRESET);
    shutdown(connection, SHUT_WR);
}

static void answered(struct http_reply *reply, gpointer data)
{
    struct peer *peer = data;
    peer->reply = reply;
    peer->pending--;
}

static int listen_anywhere(char **url)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(listener >= 0 && bind(listener, (struct sockaddr *)&address, length) == 0 && listen(listener, 8) == 0);
    must(getsockname(listener, (struct sockaddr *)&address, &length) == 0);
    *url = g_strdup_printf("http://127.0.0.1:%d/v1.0/organization", ntohs(address.sin_port));
    return listener;
}

static void read_as_api(struct http_reply *answer)
{
    g_autoptr(Request) request = request_get(SERVICE_GRAPH, "/v1.0/organization");
    g_autoptr(Reply) reply = reply_read(request, answer);
    must((reply->outcome == REPLY_ANSWERED) == (reply->status != 0));
    must(reply_is_success(reply) == (reply->error == NULL));
    if (reply->error != NULL)
        must_be_said(reply->error);
    http_reply_free(answer);
}

static void read_as_tokens(struct http_reply *answer)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(TokenAnswer) tokens = token_answer_read(answer, &error);
    if (tokens == NULL) {
        must_be_said(error);
        return;
    }
    must((tokens->access == NULL) == (*tokens->oauth_error != '\0'));
    if (tokens->access != NULL)
        return;
    must_be_safe(tokens->sentence);
    must_be_safe(tokens->ids);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct http *http;
    static struct peer peer;
    static char *url;
    if (http == NULL) {
        peer.connection = -1;
        peer.listener = listen_anywhere(&url);
        http = http_new(NULL, NULL, NULL);
        must(http != NULL);
        http_watch(http, peer.listener, serve, &peer);
    }
    if (size == 0)
        return 0;
    peer.bytes = data + 1;
    peer.size = size - 1;
    peer.pending = 1;
    const struct http_call call = {.method = "GET", .url = url, .fresh = TRUE};
    http_start(http, &call, answered, &peer);
    must(http_run(http, &peer.pending, g_get_monotonic_time() + 30 * G_USEC_PER_SEC) && peer.pending == 0);
    if (data[0] % 2 == 0)
        read_as_api(peer.reply);
    else
        read_as_tokens(peer.reply);
    return 0;
}
