#include "microsoft/client.h"

#include <string.h>

#include <sodium.h>

#include "base/error.h"
#include "microsoft/reply_read.h"
#include "microsoft/url.h"

#define SERVICES 2
#define MOST_PAGES 1000
#define MOST_TOLD_WAITS 8
#define MOST_BACKOFFS 3
#define MOST_REPEATS 2
#define FIRST_BACKOFF ((gint64)G_USEC_PER_SEC)
#define FIRST_REPEAT ((gint64)G_USEC_PER_SEC / 2)

struct client {
    int references; /* one for the owner, one for each exchange */
    gboolean closed;
    struct http *http;
    const struct cloud *cloud;
    struct sign_in *sign_in;
    struct clock *clock;
    client_report_func report;
    gpointer report_data;
    guint round_trips;
    gboolean renewing;        /* a token is being fetched further up the stack */
    GQueue held;              /* of struct exchange: they wait for that token */
    gint64 renewed[SERVICES]; /* monotonic time of the last forced renewal */
};

/* One request on its way through waits, repetitions and pages. */
struct exchange {
    struct client *client;
    struct request *request;
    client_done_func done;
    gpointer data;
    json *pages;    /* the first page's body, with the elements of all so far */
    char *next_url; /* of the next page; NULL for the first */
    guint page_count;
    guint told_waits;
    guint backoffs;
    guint repeats;
    gint64 sent; /* monotonic */
    gboolean renew_token;
    gboolean token_renewed;
    gboolean fresh;
    guint trips;
    guint *most_trips; /* shared by what is sent side by side */
    guint own_most_trips;
};

static void client_unref(struct client *client)
{
    if (--client->references == 0)
        g_free(client);
}

struct client *client_new(struct http *http, const struct cloud *cloud, struct sign_in *sign_in, struct clock *clock,
                          client_report_func report, gpointer data)
{
    struct client *client = g_new0(struct client, 1);
    client->references = 1;
    client->http = http;
    client->cloud = cloud;
    client->sign_in = sign_in;
    client->clock = clock;
    client->report = report;
    client->report_data = data;
    g_queue_init(&client->held);
    return client;
}

void client_free(struct client *client)
{
    if (client == NULL)
        return;
    client->closed = TRUE;
    client_unref(client);
}

guint client_round_trips(const struct client *client)
{
    return client->round_trips;
}

static const char *service_base(const struct cloud *cloud, enum service service)
{
    return service == SERVICE_GRAPH ? cloud->graph : cloud->defender;
}

char *client_url(const struct cloud *cloud, const struct request *request)
{
    g_autofree char *target = request_target(request);
    const char *base = service_base(cloud, request->service);
    return g_strconcat(base != NULL ? base : "", target, NULL);
}

static struct exchange *exchange_new(struct client *client, const struct request *request, client_done_func done,
                                     gpointer data)
{
    struct exchange *exchange = g_new0(struct exchange, 1);
    exchange->client = client;
    exchange->request = request_copy(request);
    exchange->done = done;
    exchange->data = data;
    exchange->most_trips = &exchange->own_most_trips;
    client->references++;
    return exchange;
}

static void exchange_free(struct exchange *exchange)
{
    json_wipe(exchange->request->body);
    request_free(exchange->request);
    json_free(exchange->pages);
    g_free(exchange->next_url);
    client_unref(exchange->client);
    g_free(exchange);
}

/* REPLY is taken. */
static void finish(struct exchange *exchange, struct reply *reply)
{
    if (exchange->client->closed)
        reply_free(reply);
    else
        exchange->done(reply, exchange->data);
    exchange_free(exchange);
}

static void report(const struct exchange *exchange, const struct reply *reply, gint64 wait)
{
    const struct client *client = exchange->client;
    if (client->report != NULL && !client->closed)
        client->report(exchange->request, reply, wait, client->report_data);
}

static void fail(struct exchange *exchange, GError *error)
{
    struct reply *reply = reply_unsent(error);
    report(exchange, reply, 0);
    finish(exchange, reply);
}

/* Where the refresh of the token was refused until a sign-in proves more, that is what a 401 would have asked for. */
static void fail_without_token(struct exchange *exchange, GError *error)
{
    struct reply *reply = reply_unsent(error);
    if (g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN))
        reply->claims = g_strdup(sign_in_claims(exchange->client->sign_in));
    report(exchange, reply, 0);
    finish(exchange, reply);
}

static GError *obstacle(const struct exchange *exchange)
{
    const struct client *client = exchange->client;
    g_autofree char *missing = request_missing(exchange->request);
    if (http_is_cancelled(client->http))
        return g_error_new_literal(PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped.");
    if (missing != NULL)
        return g_error_new(PERCH_ERROR, PERCH_ERROR_INTERNAL, "A request still needs {%s}; it was not sent.", missing);
    if (service_base(client->cloud, exchange->request->service) == NULL)
        return g_error_new(PERCH_ERROR, PERCH_ERROR_REFUSED,
                           "The %s cloud has no Defender API.\nDo this step in the portal.", client->cloud->title);
    return NULL;
}

static void send_now(gpointer data);

static void release_held(struct client *client)
{
    struct exchange *exchange = NULL;
    while ((exchange = g_queue_pop_head(&client->held)) != NULL)
        http_after(client->http, 0, send_now, exchange);
}

static const char *fetch_token(struct exchange *exchange, GError **error)
{
    struct client *client = exchange->client;
    enum service service = exchange->request->service;
    /* Another exchange may have renewed it since this one was refused. */
    gboolean force = exchange->renew_token && client->renewed[service] <= exchange->sent;
    exchange->renew_token = FALSE;
    client->renewing = TRUE;
    const char *token = sign_in_token(client->sign_in, service, force, error);
    client->renewing = FALSE;
    if (force)
        client->renewed[service] = g_get_monotonic_time();
    release_held(client);
    return token;
}

static void count_trip(struct exchange *exchange)
{
    if (++exchange->trips <= *exchange->most_trips)
        return;
    *exchange->most_trips = exchange->trips;
    exchange->client->round_trips++;
}

static void answered(struct http_reply *http_reply, gpointer data);

static void start(struct exchange *exchange, const char *token)
{
    const struct request *request = exchange->request;
    g_autofree char *url =
        exchange->next_url != NULL ? g_strdup(exchange->next_url) : client_url(exchange->client->cloud, request);
    g_autofree char *body = request->body != NULL ? json_text(request->body) : NULL;
    const struct http_call call = {
        .method = request->method,
        .url = url,
        .bearer = token,
        .content_type = "application/json",
        .body = body,
        .body_length = body != NULL ? strlen(body) : 0,
        .eventual = request->eventual,
        .fresh = exchange->fresh,
        .must_end = request_is_write(request),
    };
    exchange->sent = g_get_monotonic_time();
    count_trip(exchange);
    http_start(exchange->client->http, &call, answered, exchange);
    if (body != NULL)
        sodium_memzero(body, strlen(body));
}

static void send_now(gpointer data)
{
    struct exchange *exchange = data;
    if (exchange->client->closed) {
        exchange_free(exchange);
        return;
    }
    GError *error = obstacle(exchange);
    if (error == NULL && exchange->client->renewing) {
        g_queue_push_tail(&exchange->client->held, exchange);
        return;
    }
    if (error != NULL) {
        fail(exchange, error);
        return;
    }
    const char *token = fetch_token(exchange, &error);
    if (token == NULL)
        fail_without_token(exchange, error);
    else
        start(exchange, token);
}

static gboolean is_passing_status(int status)
{
    return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

/* Wall microseconds to wait before another try; -1: this is final. */
static gint64 wait_before_retry(struct exchange *exchange, const struct http_reply *reply)
{
    gboolean write = request_is_write(exchange->request);
    if (reply->outcome != REPLY_ANSWERED) {
        gboolean harmless = reply->outcome == REPLY_NOT_SENT || !write;
        if (!harmless || !http_failure_may_pass(reply) || exchange->repeats >= MOST_REPEATS)
            return -1;
        return FIRST_REPEAT << exchange->repeats++;
    }
    if ((reply->status == 429 || reply->status == 503) && reply->retry_after >= 0)
        return exchange->told_waits++ < MOST_TOLD_WAITS ? reply->retry_after : -1;
    if (write || !is_passing_status(reply->status) || exchange->backoffs >= MOST_BACKOFFS)
        return -1;
    return FIRST_BACKOFF << exchange->backoffs++;
}

/* A 401 without a claims challenge: the token ended early. The request was refused, so a write may go again too. */
static gboolean wants_new_token(const struct exchange *exchange, const struct reply *reply)
{
    return reply->outcome == REPLY_ANSWERED && reply->status == 401 && !exchange->token_renewed &&
           g_strcmp0(reply->error_code, "insufficient_claims") != 0;
}

static void send_again(struct exchange *exchange, gint64 wait)
{
    http_after(exchange->client->http, wait, send_now, exchange);
}

static const char *next_link(const struct reply *reply)
{
    return json_get_string(reply->body, "@odata.nextLink");
}

static gboolean is_page_address(const struct exchange *exchange, const char *link)
{
    static const char *const roots[] = {"/v1.0/", "/beta/", "/api/"};
    const char *base = service_base(exchange->client->cloud, exchange->request->service);
    g_autoptr(GUri) uri = g_uri_parse(link, G_URI_FLAGS_ENCODED, NULL);
    if (uri == NULL || !url_same_origin(link, base))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(roots); i++)
        if (g_str_has_prefix(g_uri_get_path(uri), roots[i]))
            return TRUE;
    return FALSE;
}

/* Why LINK, to the page behind the one that was just read, is not followed; NULL if it is. */
static const char *flaw_of_link(struct exchange *exchange, const char *link)
{
    if (!is_page_address(exchange, link))
        return "The answer points to its next page on another host; perch did not go there.\n"
               "Somebody may be tampering with the connection: tell whoever looks after the network.";
    if (g_strcmp0(link, exchange->next_url) == 0)
        return "The list's next page is the same page again; perch stopped reading.\n"
               "Read again; if it stays, Microsoft's support can look the answer up by its request id.";
    if (++exchange->page_count >= MOST_PAGES)
        return "The list has more than " G_STRINGIFY(MOST_PAGES) " pages; perch stopped reading.";
    return NULL;
}

static void add_page(struct exchange *exchange, struct reply *reply)
{
    if (exchange->pages == NULL) {
        exchange->pages = g_steal_pointer(&reply->body);
        json_remove(exchange->pages, "@odata.nextLink");
        return;
    }
    json *all = json_get(exchange->pages, "value");
    json *page = json_get(reply->body, "value");
    json *element = NULL;
    while ((element = json_detach_at(page, 0)) != NULL)
        json_append(all, element);
}

static void spoil(struct reply *reply, const char *message)
{
    g_clear_pointer(&reply->body, json_free);
    g_clear_error(&reply->error);
    reply->unreadable = TRUE;
    reply->error = g_error_new_literal(PERCH_ERROR, PERCH_ERROR_PROTOCOL, message);
}

/* TRUE if there is another page and it was asked for; otherwise REPLY is what to finish with. */
static gboolean turn_page(struct exchange *exchange, struct reply *reply)
{
    g_autofree char *link = g_strdup(next_link(reply));
    if (!json_is_array(json_get(reply->body, "value"))) {
        spoil(reply, "A list was asked for, and the answer holds none.");
        return FALSE;
    }
    const char *flaw = link != NULL ? flaw_of_link(exchange, link) : NULL;
    if (flaw != NULL) {
        spoil(reply, flaw);
        return FALSE;
    }
    add_page(exchange, reply);
    g_free(exchange->next_url);
    exchange->next_url = g_steal_pointer(&link);
    if (exchange->next_url != NULL)
        return TRUE;
    json_free(reply->body);
    reply->body = g_steal_pointer(&exchange->pages);
    return FALSE;
}

static void follow_clock(struct client *client, const struct http_reply *http_reply)
{
    if (client->cloud->practice && client->clock != NULL && http_reply->practice_time != NULL)
        clock_follow(client->clock, http_reply->practice_time, http_reply->practice_rate);
}

static void conclude(struct exchange *exchange, struct reply *reply)
{
    gboolean more = exchange->request->all_pages && reply_is_success(reply) && turn_page(exchange, reply);
    report(exchange, reply, 0);
    if (!more) {
        finish(exchange, reply);
        return;
    }
    reply_free(reply);
    exchange->told_waits = exchange->backoffs = exchange->repeats = 0;
    send_again(exchange, 0);
}

static void answered(struct http_reply *http_reply, gpointer data)
{
    struct exchange *exchange = data;
    struct reply *reply = reply_read(exchange->request, http_reply);
    gint64 wait = -1;
    if (!exchange->client->closed) {
        follow_clock(exchange->client, http_reply);
        wait = wait_before_retry(exchange, http_reply);
        exchange->fresh = http_reply->status == 503;
        if (wait < 0 && wants_new_token(exchange, reply)) {
            exchange->renew_token = exchange->token_renewed = TRUE;
            wait = 0;
        }
    }
    http_reply_free(http_reply);
    if (wait < 0) {
        conclude(exchange, reply);
        return;
    }
    report(exchange, reply, MAX(wait, 1));
    reply_free(reply);
    send_again(exchange, wait);
}

struct batch {
    GPtrArray *replies;
    int pending;
    guint most_trips;
};

struct batch_slot {
    struct batch *batch;
    guint index;
};

static void batch_answered(struct reply *reply, gpointer data)
{
    struct batch_slot *slot = data;
    slot->batch->replies->pdata[slot->index] = reply;
    slot->batch->pending--;
}

static void free_reply(gpointer data)
{
    reply_free(data);
}

GPtrArray *client_read(struct client *client, struct request *const *requests, guint count)
{
    struct batch batch = {.replies = g_ptr_array_new_with_free_func(free_reply), .pending = (int)count};
    g_autofree struct batch_slot *slots = g_new0(struct batch_slot, count);
    g_ptr_array_set_size(batch.replies, (int)count);
    for (guint i = 0; i < count; i++) {
        slots[i].batch = &batch;
        slots[i].index = i;
        struct exchange *exchange = exchange_new(client, requests[i], batch_answered, &slots[i]);
        exchange->most_trips = &batch.most_trips;
        send_again(exchange, 0);
    }
    if (count > 0)
        http_run(client->http, &batch.pending, -1);
    return batch.replies;
}

struct reply *client_write(struct client *client, const struct request *request)
{
    struct request *const requests[] = {(struct request *)request};
    GPtrArray *replies = client_read(client, requests, 1);
    struct reply *reply = g_steal_pointer(&replies->pdata[0]);
    g_ptr_array_unref(replies);
    return reply;
}

void client_start_read(struct client *client, const struct request *request, client_done_func done, gpointer data)
{
    send_again(exchange_new(client, request, done, data), 0);
}
