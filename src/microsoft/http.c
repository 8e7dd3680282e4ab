#include "microsoft/http.h"

#include <sodium.h>

#include "base/error.h"
#include "microsoft/environment.h"
#include "microsoft/http_memory.h"
#include "microsoft/transfer.h"

#define LONGEST_POLL ((gint64)G_USEC_PER_SEC)
#define HOST_CONNECTIONS 16L

struct timer {
    gint64 due; /* monotonic */
    http_woken_func func;
    gpointer data;
};

struct http {
    CURLM *multi;
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
    GHashTable *issuers; /* host -> who vouched for it last */
    gint wake_pending;   /* atomic */
    gint cancelled;      /* atomic */
};

static gboolean start_libraries(GError **error)
{
    static gsize started = 0;
    if (g_once_init_enter(&started)) {
        CURLcode code = curl_global_init_mem(CURL_GLOBAL_DEFAULT, wiping_malloc, wiping_free, wiping_realloc,
                                             wiping_strdup, wiping_calloc);
        g_once_init_leave(&started, code == CURLE_OK && sodium_init() >= 0 ? 1 : 2);
    }
    if (started == 1)
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_INTERNAL,
                        "libcurl or libsodium cannot be started.\nReinstall the program and its libraries.");
    return FALSE;
}

struct http *http_new(http_woken_func woken, gpointer data, GError **error)
{
    if (!start_libraries(error))
        return NULL;
    struct http *http = g_new0(struct http, 1);
    http->multi = curl_multi_init();
    http->woken = woken;
    http->woken_data = data;
    http->watched = -1;
    http->issuers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_queue_init(&http->timers);
    http->ca_file = g_strdup(environment_ca_file(NULL));
    curl_multi_setopt(http->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
    curl_multi_setopt(http->multi, CURLMOPT_MAX_HOST_CONNECTIONS, HOST_CONNECTIONS);
    return http;
}

void http_on_peer(struct http *http, http_peer_func peer, gpointer data)
{
    http->peer = peer;
    http->peer_data = data;
}

static void note_issuer(struct http *http, const struct transfer *transfer)
{
    const char *issuer = transfer->reply->peer_issuer;
    g_autoptr(GUri) uri = *issuer != '\0' ? g_uri_parse(transfer->url, G_URI_FLAGS_ENCODED, NULL) : NULL;
    const char *host = uri != NULL ? g_uri_get_host(uri) : NULL;
    if (host == NULL || g_strcmp0(g_hash_table_lookup(http->issuers, host), issuer) == 0)
        return;
    g_hash_table_replace(http->issuers, g_strdup(host), g_strdup(issuer));
    if (http->peer != NULL)
        http->peer(host, issuer, http->peer_data);
}

/* Hand the reply over; the transfer itself is gone before anybody hears of it. */
static void hand_over(struct http *http, struct transfer *transfer)
{
    http_done_func done = transfer->done;
    gpointer data = transfer->data;
    struct http_reply *reply = g_steal_pointer(&transfer->reply);
    transfer->reply = http_reply_unsent("", NULL);
    curl_multi_remove_handle(http->multi, transfer->easy);
    http->transfers = g_list_remove(http->transfers, transfer);
    transfer_free(transfer);
    done(reply, data);
}

static struct transfer *interruptible(struct http *http)
{
    for (GList *link = http->transfers; link != NULL; link = link->next) {
        struct transfer *transfer = link->data;
        if (!transfer->must_end)
            return transfer;
    }
    return NULL;
}

static void end_transfers(struct http *http)
{
    struct transfer *transfer = NULL;
    while ((transfer = interruptible(http)) != NULL) {
        transfer_cancelled(transfer);
        hand_over(http, transfer);
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
    while (http->transfers != NULL) {
        struct transfer *transfer = http->transfers->data;
        transfer_cancelled(transfer);
        hand_over(http, transfer);
    }
    while (!g_queue_is_empty(&http->timers))
        fire_timers(http, TRUE);
    curl_multi_cleanup(http->multi);
    g_hash_table_unref(http->issuers);
    g_free(http->ca_file);
    g_free(http);
}

struct refused_call {
    http_done_func done;
    gpointer data;
};

static void refuse_call(gpointer data)
{
    struct refused_call *refused = data;
    GError *error = g_error_new_literal(PERCH_ERROR, PERCH_ERROR_PROTOCOL,
                                        "An address that is not https was refused; nothing was sent.");
    refused->done(http_reply_unsent("address", error), refused->data);
    g_free(refused);
}

void http_start(struct http *http, const struct http_call *call, http_done_func done, gpointer data)
{
    struct transfer *transfer = transfer_new(call, http->ca_file, done, data);
    if (transfer == NULL) {
        struct refused_call *refused = g_new0(struct refused_call, 1);
        refused->done = done;
        refused->data = data;
        http_after(http, 0, refuse_call, refused);
        return;
    }
    http->transfers = g_list_append(http->transfers, transfer);
    curl_multi_add_handle(http->multi, transfer->easy);
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

static void serve_woken(struct http *http)
{
    if (http->in_woken || http->woken == NULL || !g_atomic_int_compare_and_exchange(&http->wake_pending, 1, 0))
        return;
    http->in_woken = TRUE;
    http->woken(http->woken_data);
    http->in_woken = FALSE;
}

static void collect(struct http *http)
{
    int left = 0;
    CURLMsg *message = NULL;
    while ((message = curl_multi_info_read(http->multi, &left)) != NULL) {
        if (message->msg != CURLMSG_DONE)
            continue;
        struct transfer *transfer = NULL;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
        transfer_ended(transfer, code);
        note_issuer(http, transfer);
        hand_over(http, transfer);
    }
}

static int poll_milliseconds(const struct http *http, gint64 deadline)
{
    gint64 now = g_get_monotonic_time();
    gint64 until = now + LONGEST_POLL;
    const struct timer *timer = g_queue_peek_head((GQueue *)&http->timers);
    if (timer != NULL)
        until = MIN(until, timer->due);
    if (deadline >= 0)
        until = MIN(until, deadline);
    return until <= now ? 0 : (int)((until - now + 999) / 1000);
}

static void wait_for_something(struct http *http, gint64 deadline)
{
    struct curl_waitfd watched = {.fd = http->watched, .events = CURL_WAIT_POLLIN};
    guint count = http->watched >= 0 ? 1 : 0;
    curl_multi_poll(http->multi, count > 0 ? &watched : NULL, count, poll_milliseconds(http, deadline), NULL);
    if (count > 0 && watched.revents != 0 && http->watched == watched.fd)
        http->ready(http->ready_data);
}

/* TRUE once nothing is left that has to end. */
static gboolean wind_down(struct http *http)
{
    end_transfers(http);
    fire_timers(http, TRUE);
    return http->transfers == NULL && g_queue_is_empty(&http->timers);
}

gboolean http_run(struct http *http, const int *pending, gint64 deadline)
{
    for (;;) {
        int running = 0;
        gboolean cancelled = http_is_cancelled(http);
        if (cancelled && wind_down(http))
            return FALSE;
        if (!cancelled)
            serve_woken(http);
        fire_timers(http, FALSE);
        curl_multi_perform(http->multi, &running);
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

void http_wake(struct http *http)
{
    g_atomic_int_set(&http->wake_pending, 1);
    curl_multi_wakeup(http->multi);
}

void http_cancel(struct http *http)
{
    g_atomic_int_set(&http->cancelled, 1);
    curl_multi_wakeup(http->multi);
}

void http_cancel_reset(struct http *http)
{
    g_atomic_int_set(&http->cancelled, 0);
}

gboolean http_is_cancelled(const struct http *http)
{
    return g_atomic_int_get(&http->cancelled) != 0;
}
