/* SPDX-License-Identifier: MIT */
#include "microsoft/client.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/limits.h"
#include "microsoft/reply_read.h"
#include "microsoft/retry.h"
#include "microsoft/url.h"
#include "secrets/late_sodium.h"

#define SERVICES 2
#define LIST_BYTES ((gsize)LIMIT_LIST_MIB * 1024 * 1024)
#define LIST_TIME ((gint64)LIMIT_LIST_TIME * G_USEC_PER_SEC)

struct client {
    int references; /* one for the owner, one for each exchange */
    gboolean closed;
    struct http *http;
    const struct cloud *cloud;
    struct sign_in *sign_in;
    struct clock *clock;
    client_report_func report;
    gpointer report_data;
    client_clock_func corrected;
    gpointer corrected_data;
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
    json *pages;       /* the first page's body, with the elements of all so far */
    char *next_url;    /* of the next page; NULL for the first */
    GHashTable *links; /* set of the pages' addresses so far; NULL: none */
    gsize page_bytes;  /* of all pages so far */
    gint64 begun;      /* monotonic, and that of the list's first page */
    gint64 sent;       /* monotonic */
    struct retry_past past;
    struct retry_past *told_past; /* of who repeats it; NULL: the client does */
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

void client_on_clock(struct client *client, client_clock_func corrected, gpointer data)
{
    client->corrected = corrected;
    client->corrected_data = data;
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
    exchange->begun = g_get_monotonic_time();
    client->references++;
    return exchange;
}

static void exchange_free(struct exchange *exchange)
{
    json_wipe(exchange->request->body);
    request_free(exchange->request);
    json_free(exchange->pages);
    g_free(exchange->next_url);
    g_clear_pointer(&exchange->links, g_hash_table_unref);
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

/* ERROR is taken. */
static void fail(struct exchange *exchange, GError *error)
{
    struct reply *reply = reply_unsent(error);
    /* Where the refresh of the token was refused until a sign-in proves more, that is what a 401 would have asked for.
     */
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
    struct exchange *held = NULL;
    while ((held = g_queue_pop_head(&client->held)) != NULL)
        http_after(client->http, 0, send_now, held);
    return token;
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
    if (++exchange->trips > *exchange->most_trips) {
        *exchange->most_trips = exchange->trips;
        exchange->client->round_trips++;
    }
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
        fail(exchange, error);
    else
        start(exchange, token);
}

/* A service that was still throttling when perch gave up: when it may be asked again, where it says so. */
static void say_when_to_return(struct reply *reply, gint64 told)
{
    if (reply->status != 429 || told <= 0 || reply->error == NULL)
        return;
    g_auto(GStrv) lines = g_strsplit(reply->error->message, "\n", 2);
    g_autofree char *until = clock_format_day(g_get_real_time() + told);
    g_free(reply->error->message);
    reply->error->message = g_strdup_printf(
        "%s\nMicrosoft wants nothing more of this before %s, and perch waits %d seconds at most. Nothing "
        "was carried out; start again then.",
        lines[0], until, LIMIT_THROTTLED_TOLD);
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
    if (exchange->links == NULL)
        exchange->links = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!g_hash_table_add(exchange->links, g_strdup(link)))
        return "The list's next page is one that was read already; perch stopped reading.\n"
               "Read again; if it stays, Microsoft's support can look the answer up by its request id.";
    if (g_hash_table_size(exchange->links) >= LIMIT_LIST_PAGES)
        return "The list has more than 1000 pages; perch stopped reading.\nLIMITS in perch(1) tells what perch reads.";
    if (exchange->page_bytes > LIST_BYTES)
        return "The list is larger than 64 MiB; perch stopped reading.\nLIMITS in perch(1) tells what perch reads.";
    if (exchange->sent - exchange->begun > LIST_TIME)
        return "The list was still not whole after 600 seconds; perch stopped reading.\n"
               "Try again when the service is less busy.";
    return NULL;
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
    g_autofree char *link = g_strdup(json_get_string(reply->body, "@odata.nextLink"));
    if (!json_is_array(json_get(reply->body, "value"))) {
        spoil(reply, "A list was asked for, and the answer holds none.");
        return FALSE;
    }
    const char *flaw = link != NULL ? flaw_of_link(exchange, link) : NULL;
    if (flaw != NULL) {
        spoil(reply, flaw);
        return FALSE;
    }
    if (exchange->pages == NULL) {
        exchange->pages = g_steal_pointer(&reply->body);
        json_remove(exchange->pages, "@odata.nextLink");
    } else {
        json *all = json_get(exchange->pages, "value");
        json *element = NULL;
        while ((element = json_detach_at(json_get(reply->body, "value"), 0)) != NULL)
            json_append(all, element);
    }
    g_free(exchange->next_url);
    exchange->next_url = g_steal_pointer(&link);
    if (exchange->next_url != NULL)
        return TRUE;
    json_free(reply->body);
    reply->body = g_steal_pointer(&exchange->pages);
    return FALSE;
}

/* A portal that wants a sign-in before it lets anything through points to itself. The service points to its own host,
 * and to what was made by the path that was asked with the id behind it. */
static void take_location(const struct exchange *exchange, const char *location, struct reply *reply)
{
    const char *base = service_base(exchange->client->cloud, exchange->request->service);
    const char *path = exchange->request->path;
    g_autoptr(GUri) own = g_uri_parse(base, G_URI_FLAGS_ENCODED, NULL);
    g_autoptr(GUri) told = g_uri_parse_relative(own, location, G_URI_FLAGS_ENCODED, NULL);
    reply->sent_elsewhere = told == NULL || g_uri_get_host(told) == NULL ||
                            g_ascii_strcasecmp(g_uri_get_host(told), g_uri_get_host(own)) != 0;
    if (reply->sent_elsewhere || !g_str_has_prefix(g_uri_get_path(told), path))
        return;
    const char *id = g_uri_get_path(told) + strlen(path);
    if (id[0] == '/' && g_uuid_string_is_valid(id + 1))
        reply->location_id = g_strdup(id + 1);
}

/* Wall microseconds to wait before another try; -1: this is final. */
static gint64 wait_before_retry(struct exchange *exchange, const struct http_reply *http_reply, struct reply *reply)
{
    const struct retry_answer answer = {
        .harmless = !request_is_write(exchange->request),
        .outcome = http_reply->outcome,
        .may_pass = http_failure_may_pass(http_reply),
        .is_quota = exchange->request->asks,
        .collided = reply_says_collided(reply),
        .status = http_reply->status,
        .told = http_reply->retry_after,
        .window = retry_window(json_get_string(json_get(reply->body, "error"), "message")),
    };
    struct retry_past *past = exchange->told_past != NULL ? exchange->told_past : &exchange->past;
    gint64 wait = retry_wait(past, &answer);
    if (wait >= 0) {
        past->repeats++;
        past->waited += wait;
        reply->goes_again = exchange->told_past != NULL ? MAX(wait, 1) : 0;
        return exchange->told_past != NULL ? -1 : wait;
    }
    say_when_to_return(reply, http_reply->retry_after);
    /* A 401 without a claims challenge: the token ended early. It was refused, so a write may go again too. */
    gboolean ended = reply->outcome == REPLY_ANSWERED && reply->status == 401 &&
                     g_strcmp0(reply->error_code, "insufficient_claims") != 0;
    if (!ended || exchange->token_renewed)
        return -1;
    exchange->renew_token = exchange->token_renewed = TRUE;
    return 0;
}

/* Only an answer that is the service's own tells its time. */
static void keep_time(struct client *client, const struct request *request, const struct http_reply *http_reply,
                      const struct reply *reply)
{
    if (client->clock == NULL)
        return;
    if (client->cloud->practice && http_reply->practice_time != NULL) {
        clock_follow(client->clock, http_reply->practice_time, http_reply->practice_rate);
        return;
    }
    if (request->service != SERVICE_GRAPH || http_reply->server_time <= 0 || !reply_is_success(reply))
        return;
    gint64 shift = clock_compare(client->clock, http_reply->server_time, http_reply->duration);
    if (shift != 0 && client->corrected != NULL)
        client->corrected(shift, client->corrected_data);
}

static void answered(struct http_reply *http_reply, gpointer data)
{
    struct exchange *exchange = data;
    struct client *client = exchange->client;
    struct reply *reply = reply_read(exchange->request, http_reply);
    gint64 wait = -1;
    if (http_reply->location[0] != '\0')
        take_location(exchange, http_reply->location, reply);
    if (!client->closed) {
        keep_time(client, exchange->request, http_reply, reply);
        wait = wait_before_retry(exchange, http_reply, reply);
        exchange->page_bytes += http_reply->body->len;
        exchange->fresh = http_reply->status == 503;
    }
    http_reply_free(http_reply);
    gboolean is_final = wait < 0;
    gboolean more = is_final && exchange->request->all_pages && reply_is_success(reply) && turn_page(exchange, reply);
    report(exchange, reply, is_final ? reply->goes_again : MAX(wait, 1));
    if (is_final && !more) {
        finish(exchange, reply);
        return;
    }
    if (more)
        exchange->past = (struct retry_past){0};
    reply_free(reply);
    http_after(client->http, MAX(wait, 0), send_now, exchange);
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

static GPtrArray *send_all(struct client *client, struct request *const *requests, guint count, struct retry_past *past)
{
    struct batch batch = {.replies = g_ptr_array_new_with_free_func((GDestroyNotify)reply_free), .pending = (int)count};
    g_autofree struct batch_slot *slots = g_new0(struct batch_slot, count);
    g_ptr_array_set_size(batch.replies, (int)count);
    for (guint i = 0; i < count; i++) {
        slots[i].batch = &batch;
        slots[i].index = i;
        struct exchange *exchange = exchange_new(client, requests[i], batch_answered, &slots[i]);
        exchange->most_trips = &batch.most_trips;
        exchange->told_past = past;
        http_after(client->http, 0, send_now, exchange);
    }
    if (count > 0)
        http_run(client->http, &batch.pending, -1);
    return batch.replies;
}

GPtrArray *client_read(struct client *client, struct request *const *requests, guint count)
{
    return send_all(client, requests, count, NULL);
}

struct reply *client_write_once(struct client *client, const struct request *request, struct retry_past *past)
{
    struct request *const requests[] = {(struct request *)request};
    GPtrArray *replies = send_all(client, requests, 1, past);
    struct reply *reply = g_steal_pointer(&replies->pdata[0]);
    g_ptr_array_unref(replies);
    return reply;
}

struct reply *client_write(struct client *client, const struct request *request)
{
    return client_write_once(client, request, NULL);
}

void client_start_read(struct client *client, const struct request *request, client_done_func done, gpointer data)
{
    http_after(client->http, 0, send_now, exchange_new(client, request, done, data));
}
