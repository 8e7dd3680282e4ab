/* SPDX-License-Identifier: MIT */
/*
 * microsoft/http.h for a simulated perch: each request goes over the wire to the simulator, which decides what becomes
 * of it. Takes the place of the libcurl one at link time.
 */
#include "simulation/perch_http.h"

#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/error.h"
#include "microsoft/http.h"
#include "simulation/virtual_time.h"
#include "simulation/wire.h"

struct waiting_call {
    guint id;
    gboolean must_end;
    http_done_func done;
    gpointer data;
};

struct timer {
    gint64 due;
    http_woken_func func;
    gpointer data;
};

struct http {
    http_woken_func woken;
    gpointer woken_data;
    gboolean in_woken;
    json *unsent;     /* requests that the simulator has not heard of */
    GPtrArray *calls; /* of struct waiting_call, oldest first */
    GQueue timers;    /* of struct timer, soonest first */
    int wake;         /* eventfd */
    gint wake_pending;
    gint cancelled;
};

static int simulator = -1;
static guint last_id;

void perch_http_connect(int socket)
{
    simulator = socket;
}

struct http *http_new(http_woken_func woken, gpointer data, GError **error)
{
    (void)error;
    struct http *http = g_new0(struct http, 1);
    http->woken = woken;
    http->woken_data = data;
    http->unsent = json_new_array();
    http->calls = g_ptr_array_new();
    http->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    g_queue_init(&http->timers);
    return http;
}

void http_on_peer(struct http *http, http_peer_func peer, gpointer data)
{
    (void)http;
    (void)peer;
    (void)data;
}

void http_on_wait(struct http *http, http_wait_func wait, gpointer data)
{
    (void)http;
    (void)wait;
    (void)data;
}

void http_say_wait(const struct http *http, const char *what, int status, gint64 wait)
{
    (void)http;
    (void)what;
    (void)status;
    (void)wait;
}

void http_watch(struct http *http, int fd, http_woken_func ready, gpointer data)
{
    (void)http;
    (void)fd;
    (void)ready;
    (void)data;
}

static struct http_reply *reply_new(enum reply_outcome outcome)
{
    struct http_reply *reply = g_new0(struct http_reply, 1);
    reply->outcome = outcome;
    reply->body = g_string_new(NULL);
    reply->content_type = g_strdup("");
    reply->request_id = g_strdup("");
    reply->client_request_id = g_strdup("");
    reply->www_authenticate = g_strdup("");
    reply->location = g_strdup("");
    reply->peer_issuer = g_strdup("");
    reply->problem = "";
    reply->retry_after = -1;
    return reply;
}

static void end_call(struct http *http, struct waiting_call *call, struct http_reply *reply)
{
    struct waiting_call ended = *call;
    g_ptr_array_remove(http->calls, call);
    g_free(call);
    ended.done(reply, ended.data);
}

static void cancel_calls(struct http *http, gboolean all)
{
    for (guint i = 0; i < http->calls->len;) {
        struct waiting_call *call = g_ptr_array_index(http->calls, i);
        if (call->must_end && !all) {
            i++;
            continue;
        }
        struct http_reply *reply = reply_new(REPLY_LOST);
        reply->error = g_error_new_literal(PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped.");
        end_call(http, call, reply);
        i = 0;
    }
}

static void fire_timers(struct http *http, gboolean all)
{
    guint count = g_queue_get_length(&http->timers);
    gint64 now = virtual_time_now();
    while (count-- > 0) {
        struct timer *timer = g_queue_peek_head(&http->timers);
        if (timer == NULL || (!all && timer->due > now))
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
    cancel_calls(http, TRUE);
    while (!g_queue_is_empty(&http->timers))
        fire_timers(http, TRUE);
    json_free(http->unsent);
    g_ptr_array_unref(http->calls);
    close(http->wake);
    g_free(http);
}

void http_start(struct http *http, const struct http_call *call, http_done_func done, gpointer data)
{
    struct waiting_call *waiting = g_new0(struct waiting_call, 1);
    waiting->id = ++last_id;
    waiting->must_end = call->must_end;
    waiting->done = done;
    waiting->data = data;
    g_ptr_array_add(http->calls, waiting);
    g_autofree char *body = call->body != NULL ? g_strndup(call->body, call->body_length) : NULL;
    json_append(http->unsent, json_from("{'id':%d,'method':%s,'url':%s,'bearer':%s,'contentType':%s,'body':%s,"
                                        "'eventual':%b}",
                                        (gint64)waiting->id, call->method, call->url, call->bearer, call->content_type,
                                        body, call->eventual));
}

static int compare_due(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    return ((const struct timer *)a)->due <= ((const struct timer *)b)->due ? -1 : 1;
}

void http_after(struct http *http, gint64 delay, http_woken_func due, gpointer data)
{
    struct timer *timer = g_new0(struct timer, 1);
    timer->due = virtual_time_now() + delay;
    timer->func = due;
    timer->data = data;
    g_queue_insert_sorted(&http->timers, timer, compare_due, NULL);
}

static void take_text(char **place, const json *reply, const char *name)
{
    const char *text = json_get_string(reply, name);
    if (text == NULL)
        return;
    g_free(*place);
    *place = g_strdup(text);
}

static struct http_reply *read_reply(const json *told)
{
    const char *word = json_get_string(told, "outcome");
    enum reply_outcome outcome = g_strcmp0(word, "answered") == 0   ? REPLY_ANSWERED
                                 : g_strcmp0(word, "not-sent") == 0 ? REPLY_NOT_SENT
                                                                    : REPLY_LOST;
    struct http_reply *reply = reply_new(outcome);
    reply->status = (int)json_get_int(told, "status", 0);
    gint64 seconds = json_get_int(told, "retryAfter", -1);
    reply->retry_after = seconds < 0 ? -1 : seconds * G_USEC_PER_SEC;
    g_string_assign(reply->body, json_get_string(told, "body") != NULL ? json_get_string(told, "body") : "");
    take_text(&reply->content_type, told, "contentType");
    take_text(&reply->request_id, told, "requestId");
    take_text(&reply->www_authenticate, told, "challenge");
    take_text(&reply->location, told, "location");
    take_text(&reply->practice_time, told, "time");
    reply->practice_rate = g_strdup("1");
    reply->server_time = json_get_int(told, "date", 0);
    if (outcome == REPLY_ANSWERED)
        return reply;
    reply->problem = outcome == REPLY_LOST ? "cut" : "connect";
    reply->error = g_error_new_literal(PERCH_ERROR, PERCH_ERROR_NETWORK,
                                       outcome == REPLY_LOST ? "The connection was cut before the answer."
                                                             : "No connection could be made.");
    return reply;
}

static struct waiting_call *find_call(const struct http *http, gint64 id)
{
    for (guint i = 0; i < http->calls->len; i++) {
        struct waiting_call *call = g_ptr_array_index(http->calls, i);
        if (call->id == id)
            return call;
    }
    return NULL;
}

/* Say what is wanted, and stop until the simulator lets go on. */
static void exchange(struct http *http, gint64 deadline)
{
    const struct timer *timer = g_queue_peek_head(&http->timers);
    gint64 until = deadline;
    if (timer != NULL)
        until = until < 0 ? timer->due : MIN(until, timer->due);
    g_autoptr(json) wanted = json_from("{'requests':%j,'until':%d}", http->unsent, until);
    json_free(http->unsent);
    http->unsent = json_new_array();
    g_autoptr(json) heard = wire_send(simulator, wanted) ? wire_receive(simulator) : NULL;
    if (heard == NULL)
        _exit(1);
    virtual_time_set(json_get_int(heard, "now", 0));
    const json *reply = json_get(heard, "reply");
    struct waiting_call *call = json_is_object(reply) ? find_call(http, json_get_int(reply, "id", 0)) : NULL;
    if (call != NULL)
        end_call(http, call, read_reply(reply));
}

static void await_wake(struct http *http)
{
    struct pollfd watched = {.fd = http->wake, .events = POLLIN};
    guint64 count = 0;
    poll(&watched, 1, -1);
    if (read(http->wake, &count, sizeof count) < 0)
        return;
}

static void serve_woken(struct http *http)
{
    if (http->in_woken || http->woken == NULL || !g_atomic_int_compare_and_exchange(&http->wake_pending, 1, 0))
        return;
    http->in_woken = TRUE;
    http->woken(http->woken_data);
    http->in_woken = FALSE;
}

gboolean http_run(struct http *http, const int *pending, gint64 deadline)
{
    for (;;) {
        gboolean cancelled = http_is_cancelled(http);
        if (cancelled) {
            cancel_calls(http, FALSE);
            fire_timers(http, TRUE);
            if (http->calls->len == 0)
                return FALSE;
        } else
            serve_woken(http);
        fire_timers(http, FALSE);
        if (!cancelled && pending != NULL && *pending == 0)
            return !http_is_cancelled(http);
        if (!cancelled && deadline >= 0 && virtual_time_now() >= deadline)
            return TRUE;
        if (http->calls->len == 0 && g_queue_is_empty(&http->timers) && deadline < 0)
            await_wake(http);
        else
            exchange(http, cancelled ? -1 : deadline);
    }
}

static void wake(struct http *http)
{
    guint64 one = 1;
    if (write(http->wake, &one, sizeof one) < 0)
        return;
}

void http_wake(struct http *http)
{
    g_atomic_int_set(&http->wake_pending, 1);
    wake(http);
}

void http_cancel(struct http *http)
{
    g_atomic_int_set(&http->cancelled, 1);
    wake(http);
}

void http_cancel_reset(struct http *http)
{
    g_atomic_int_set(&http->cancelled, 0);
}

gboolean http_is_cancelled(const struct http *http)
{
    return g_atomic_int_get(&http->cancelled) != 0;
}
