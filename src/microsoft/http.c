/* SPDX-License-Identifier: MIT */
#include "microsoft/http.h"

#include "base/error.h"
#include "microsoft/environment.h"
#include "microsoft/http_memory.h"
#include "microsoft/transfer.h"
#include "microsoft/url.h"
#include "secrets/late_sodium.h"

#define LONGEST_POLL ((gint64)G_USEC_PER_SEC)
#define HOST_CONNECTIONS 32L /* where there is no HTTP/2: a wave of reads has about thirty */

struct timer {
    gint64 due; /* monotonic */
    http_woken_func func;
    gpointer data;
};

struct http {
    CURLM *multi;     /* atomic; NULL until the worker first needs it */
    char *ca_file;    /* NULL: the system's */
    GList *transfers; /* of struct transfer, running */
    GQueue timers;    /* of struct timer, soonest first */
    http_woken_func woken;
    gpointer woken_data;
    gboolean in_woken;
    int watched;
    http_woken_func ready;
    gpointer ready_data;
    http_peer_func peer;
    gpointer peer_data;
    http_wait_func wait;
    gpointer wait_data;
    GHashTable *issuers; /* host -> who vouched for it last */
    gint wake_pending;   /* atomic */
    gint cancelled;      /* atomic */
};

/* The worker's alone, made when it first needs it: to load libcurl takes longer than to paint a screen. */
static CURLM *multi_of(struct http *http)
{
    CURLM *multi = g_atomic_pointer_get(&http->multi);
    if (multi != NULL)
        return multi;
    static gsize started = 0;
    if (g_once_init_enter(&started)) {
        if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, wiping_free, wiping_realloc, strdup, calloc) != CURLE_OK)
            g_error("libcurl cannot be started. Reinstall the program and its libraries.");
        late_give_back(0);
        g_once_init_leave(&started, 1);
    }
    multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
    curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, HOST_CONNECTIONS);
    g_atomic_pointer_set(&http->multi, multi);
    return multi;
}

struct http *http_new(http_woken_func woken, gpointer data, GError **error)
{
    if (sodium_init() < 0) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_INTERNAL,
                            "libsodium cannot be started.\nReinstall the program and its libraries.");
        return NULL;
    }
    struct http *http = g_new0(struct http, 1);
    http->woken = woken;
    http->woken_data = data;
    http->watched = -1;
    http->issuers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_queue_init(&http->timers);
    http->ca_file = g_strdup(environment_ca_file(NULL));
    return http;
}

void http_on_peer(struct http *http, http_peer_func peer, gpointer data)
{
    http->peer = peer;
    http->peer_data = data;
}

void http_on_wait(struct http *http, http_wait_func wait, gpointer data)
{
    http->wait = wait;
    http->wait_data = data;
}

void http_say_wait(const struct http *http, const char *what, int status, gint64 wait)
{
    if (http->wait != NULL)
        http->wait(what, status, wait, http->wait_data);
}

/* Hand the reply over; the transfer itself is gone before anybody hears of it. */
static void hand_over(struct http *http, struct transfer *transfer)
{
    http_done_func done = transfer->done;
    gpointer data = transfer->data;
    struct http_reply *reply = g_steal_pointer(&transfer->reply);
    transfer->reply = http_reply_unsent("", NULL);
    curl_multi_remove_handle(multi_of(http), transfer->easy);
    http->transfers = g_list_remove(http->transfers, transfer);
    transfer_free(transfer);
    done(reply, data);
}

/* End what runs, but (unless ALL) what has to end by itself. Ending one may end or begin others. */
static void end_transfers(struct http *http, gboolean all)
{
    GList *link = http->transfers;
    while (link != NULL) {
        struct transfer *transfer = link->data;
        link = link->next;
        if (transfer->must_end && !all)
            continue;
        transfer_cancelled(transfer);
        hand_over(http, transfer);
        link = http->transfers;
    }
}

static void fire_timers(struct http *http, gboolean all)
{
    /* What is armed meanwhile waits for the next turn, or a timer that arms itself again would never let go. */
    gint64 now = g_get_monotonic_time();
    guint count = g_queue_get_length(&http->timers);
    while (count-- > 0 && !g_queue_is_empty(&http->timers)) {
        struct timer *timer = g_queue_peek_head(&http->timers);
        if (!all && timer->due > now)
            return;
        g_queue_pop_head(&http->timers);
        struct timer fired = *timer;
        g_free(timer);
        fired.func(fired.data);
    }
}

void http_free(struct http *http)
{
    if (http == NULL)
        return;
    http_cancel(http);
    end_transfers(http, TRUE);
    while (!g_queue_is_empty(&http->timers))
        fire_timers(http, TRUE);
    if (http->multi != NULL)
        curl_multi_cleanup(http->multi);
    g_hash_table_unref(http->issuers);
    g_free(http->ca_file);
    g_free(http);
}

struct refused_call {
    const char *problem;
    GError *error;
    http_done_func done;
    gpointer data;
};

static void refuse_call(gpointer data)
{
    struct refused_call *refused = data;
    refused->done(http_reply_unsent(refused->problem, refused->error), refused->data);
    g_free(refused);
}

void http_start(struct http *http, const struct http_call *call, http_done_func done, gpointer data)
{
    GError *error = NULL;
    g_autofree char *host = url_host(call->url);
    CURLM *multi = multi_of(http);
    gboolean is_reachable = url_is_loopback(call->url) || environment_check_proxy(host, &error);
    struct transfer *transfer = is_reachable ? transfer_new(call, http->ca_file, done, data) : NULL;
    if (transfer == NULL) {
        struct refused_call *refused = g_new0(struct refused_call, 1);
        refused->problem = is_reachable ? "address" : "proxy-address";
        refused->error = is_reachable
                             ? g_error_new_literal(PERCH_ERROR, PERCH_ERROR_PROTOCOL,
                                                   "An address that is not https was refused; nothing was sent.")
                             : error;
        refused->done = done;
        refused->data = data;
        http_after(http, 0, refuse_call, refused);
        return;
    }
    http->transfers = g_list_append(http->transfers, transfer);
    curl_multi_add_handle(multi, transfer->easy);
}

static int compare_due(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    const struct timer *first = a;
    const struct timer *second = b;
    return first->due <= second->due ? -1 : 1;
}

void http_after(struct http *http, gint64 delay, http_woken_func due, gpointer data)
{
    struct timer *timer = g_new0(struct timer, 1);
    timer->due = g_get_monotonic_time() + delay;
    timer->func = due;
    timer->data = data;
    g_queue_insert_sorted(&http->timers, timer, compare_due, NULL);
}

static void collect(struct http *http)
{
    int left = 0;
    CURLMsg *message = NULL;
    while ((message = curl_multi_info_read(multi_of(http), &left)) != NULL) {
        if (message->msg != CURLMSG_DONE)
            continue;
        struct transfer *transfer = NULL;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
        transfer_ended(transfer, code);
        const char *issuer = transfer->reply->peer_issuer;
        g_autoptr(GUri) uri = *issuer != '\0' ? g_uri_parse(transfer->url, G_URI_FLAGS_ENCODED, NULL) : NULL;
        const char *host = uri != NULL ? g_uri_get_host(uri) : NULL;
        if (host != NULL && g_strcmp0(g_hash_table_lookup(http->issuers, host), issuer) != 0) {
            g_hash_table_replace(http->issuers, g_strdup(host), g_strdup(issuer));
            if (http->peer != NULL)
                http->peer(host, issuer, http->peer_data);
        }
        hand_over(http, transfer);
    }
}

/* Wait until there is something to do, at most until the monotonic time DEADLINE (-1: none). */
static void wait_for_something(struct http *http, gint64 deadline)
{
    struct curl_waitfd watched = {.fd = http->watched, .events = CURL_WAIT_POLLIN};
    guint count = http->watched >= 0 ? 1 : 0;
    gint64 now = g_get_monotonic_time();
    gint64 until = deadline >= 0 ? MIN(deadline, now + LONGEST_POLL) : now + LONGEST_POLL;
    const struct timer *timer = g_queue_peek_head(&http->timers);
    if (timer != NULL)
        until = MIN(until, timer->due);
    int milliseconds = until <= now ? 0 : (int)((until - now + 999) / 1000);
    curl_multi_poll(multi_of(http), count > 0 ? &watched : NULL, count, milliseconds, NULL);
    if (count > 0 && watched.revents != 0 && http->watched == watched.fd)
        http->ready(http->ready_data);
}

gboolean http_run(struct http *http, const int *pending, gint64 deadline)
{
    CURLM *multi = multi_of(http);
    for (;;) {
        int running = 0;
        gboolean cancelled = http_is_cancelled(http);
        if (cancelled) {
            end_transfers(http, FALSE);
            fire_timers(http, TRUE);
            if (http->transfers == NULL && g_queue_is_empty(&http->timers))
                return FALSE;
        } else if (!http->in_woken && http->woken != NULL &&
                   g_atomic_int_compare_and_exchange(&http->wake_pending, 1, 0)) {
            http->in_woken = TRUE;
            http->woken(http->woken_data);
            http->in_woken = FALSE;
        }
        fire_timers(http, FALSE);
        curl_multi_perform(multi, &running);
        collect(http);
        if (!cancelled && pending != NULL && *pending == 0)
            return !http_is_cancelled(http);
        if (!cancelled && deadline >= 0 && g_get_monotonic_time() >= deadline)
            return TRUE;
        if (!http_is_cancelled(http) || http->transfers != NULL)
            wait_for_something(http, cancelled ? -1 : deadline);
    }
}

void http_watch(struct http *http, int fd, http_woken_func ready, gpointer data)
{
    http->watched = fd;
    http->ready = ready;
    http->ready_data = data;
}

/* Where nothing runs yet, http_run() looks at what was set before it waits. */
static void interrupt(struct http *http)
{
    CURLM *multi = g_atomic_pointer_get(&http->multi);
    if (multi != NULL)
        curl_multi_wakeup(multi);
}

void http_wake(struct http *http)
{
    g_atomic_int_set(&http->wake_pending, 1);
    interrupt(http);
}

void http_cancel(struct http *http)
{
    g_atomic_int_set(&http->cancelled, 1);
    interrupt(http);
}

void http_cancel_reset(struct http *http)
{
    g_atomic_int_set(&http->cancelled, 0);
}

gboolean http_is_cancelled(const struct http *http)
{
    return g_atomic_int_get(&http->cancelled) != 0;
}
