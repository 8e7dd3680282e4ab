#include "engine/exchange.h"

#include "engine/tenant.h"

/* TRUE if the person met the claims, so that what was refused may be sent again. */
static gboolean meet(struct worker *worker, const char *step, enum service service, const char *claims)
{
    g_autoptr(GError) error = NULL;
    if (!g_hash_table_add(worker->challenged, g_strdup(step)))
        return FALSE;
    worker_log(worker, LOG_NOTICE, "sign-in", "Microsoft wants a new sign-in before it goes on with %s", step);
    if (tenant_meet_claims(worker, service, claims, &error))
        return TRUE;
    worker_log(worker, LOG_WARNING, "sign-in", "%s", error->message);
    return FALSE;
}

static const struct reply *challenged(GPtrArray *replies, guint *index)
{
    for (*index = 0; *index < replies->len; (*index)++) {
        const struct reply *reply = g_ptr_array_index(replies, *index);
        if (reply->claims != NULL)
            return reply;
    }
    return NULL;
}

/* REFUSED: what was challenged again; NULL: nothing. */
static void say_if_never_content(struct worker *worker, const struct reply *refused)
{
    if (refused != NULL)
        worker_log(worker, LOG_WARNING, "sign-in", "Microsoft is not content with the new sign-in; perch stops asking");
}

static void send_again(struct worker *worker, GPtrArray *requests, GPtrArray *replies)
{
    g_autoptr(GPtrArray) refused = g_ptr_array_new();
    for (guint i = 0; i < replies->len; i++)
        if (((const struct reply *)g_ptr_array_index(replies, i))->claims != NULL)
            g_ptr_array_add(refused, g_ptr_array_index(requests, i));
    g_autoptr(GPtrArray) again = client_read(worker->client, (struct request *const *)refused->pdata, refused->len);
    for (guint i = 0, taken = 0; i < replies->len; i++) {
        struct reply *old = g_ptr_array_index(replies, i);
        if (old->claims == NULL)
            continue;
        replies->pdata[i] = g_steal_pointer(&again->pdata[taken++]);
        reply_free(old);
    }
}

GPtrArray *exchange_read(struct worker *worker, const char *step, GPtrArray *requests)
{
    guint index = 0;
    GPtrArray *replies = client_read(worker->client, (struct request *const *)requests->pdata, requests->len);
    const struct reply *reply = challenged(replies, &index);
    const struct request *request = reply != NULL ? g_ptr_array_index(requests, index) : NULL;
    if (request != NULL && meet(worker, step, request->service, reply->claims))
        send_again(worker, requests, replies);
    say_if_never_content(worker, challenged(replies, &index));
    return replies;
}

static void add_body(GString *detail, const json *body)
{
    if (body == NULL)
        return;
    g_autofree char *text = json_text_indented(body);
    g_string_append_printf(detail, "\n%s", text);
}

static void add_answer(GString *detail, const struct reply *reply)
{
    if (reply->outcome != REPLY_ANSWERED) {
        g_string_append_printf(detail, "\n\nAnswered: nothing%s",
                               reply->outcome == REPLY_NOT_SENT ? "; it was not sent" : "");
        return;
    }
    g_string_append_printf(detail, "\n\nAnswered: %d %s", reply->status, reply->error_code);
    add_body(detail, reply->body);
    if (reply->unreadable)
        g_string_append(detail, "\nwith a body that is no JSON");
}

void exchange_log(struct worker *worker, enum log_severity severity, const struct object *object, const char *text,
                  const struct request *request, const struct reply *reply)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", 2);
    g_autofree char *target = request_target(request);
    g_autoptr(GString) detail = g_string_new(NULL);
    if (lines[0] != NULL && lines[1] != NULL)
        g_string_append_printf(detail, "%s\n\n", lines[1]);
    g_string_append_printf(detail, "Asked: %s %s\nclient-request-id %s", request->method, target,
                           reply->client_request_id);
    add_body(detail, request->body);
    add_answer(detail, reply);
    log_write(worker->log, severity, object->kind->name, lines[0] != NULL ? lines[0] : "", detail->str,
              reply->request_id, reply->status, reply->duration);
}

struct reply *exchange_write(struct worker *worker, const char *step, const struct request *request)
{
    struct reply *reply = client_write(worker->client, request);
    if (reply->claims == NULL || !meet(worker, step, request->service, reply->claims))
        return reply;
    reply_free(reply);
    reply = client_write(worker->client, request);
    say_if_never_content(worker, reply->claims != NULL ? reply : NULL);
    return reply;
}
