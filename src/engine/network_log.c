/* SPDX-License-Identifier: MIT */
#include "engine/network_log.h"

#include "engine/surprises.h"
#include "engine/worker.h"
#include "microsoft/environment.h"

/* What lasts longer is told to whoever watches. */
#define LONG_WAIT ((gint64)2 * G_USEC_PER_SEC)

void network_log_reply(const struct request *request, const struct reply *reply, gint64 wait, gpointer data)
{
    struct worker *worker = data;
    if (wait == 0)
        surprises_note(worker, request, reply);
    g_autofree char *target = request_target(request);
    g_autoptr(GString) text = g_string_new(NULL);
    enum log_severity severity = request_is_write(request) ? LOG_INFO : LOG_DEBUG;
    g_string_append_printf(text, "%s %s", request->method, request->path);
    if (reply->status == 0)
        g_string_append(text, reply->outcome == REPLY_NOT_SENT ? ": not sent" : ": no answer");
    gint64 until = g_get_real_time() + wait;
    if (wait > 0) {
        g_autofree char *shown = clock_format_near(until);
        g_string_append_printf(
            text, reply->status == 429 ? ": Microsoft asks perch to wait; it goes on at %s" : "; it goes again at %s",
            shown);
        severity = LOG_INFO;
    }
    const char *subject = request_is_write(request) ? "write" : "read";
    g_autofree char *detail =
        g_strdup_printf("%s %s\nclient-request-id %s%s%s", request->method, target, reply->client_request_id,
                        reply->error != NULL ? "\n" : "", reply->error != NULL ? reply->error->message : "");
    if (wait >= LONG_WAIT)
        log_wait(worker->log, subject, text->str, detail, reply->request_id, reply->status, until);
    else
        log_write(worker->log, severity, subject, text->str, detail, reply->request_id, reply->status, reply->duration);
}

void network_log_wait(const char *what, int status, gint64 wait, gpointer data)
{
    struct worker *worker = data;
    gint64 until = g_get_real_time() + wait;
    g_autofree char *shown = clock_format_near(until);
    g_autofree char *text = g_strdup_printf("%s %s; it is asked again at %s", what,
                                            status == 429   ? "asks perch to wait"
                                            : status >= 400 ? "cannot answer at present"
                                                            : "did not answer",
                                            shown);
    if (wait >= LONG_WAIT)
        log_wait(worker->log, "sign-in", text, NULL, NULL, status, until);
    else
        worker_log(worker, LOG_INFO, "sign-in", "%s", text);
}

void network_log_interference(const char *what, gpointer data)
{
    worker_log(data, LOG_WARNING, "sign-in", "%s", what);
}

/* "C = US, O = DigiCert Inc, CN = DigiCert Global Root G2": a company's own name here means that it reads along. */
void network_log_issuer(const char *host, const char *issuer, gpointer data)
{
    struct worker *worker = data;
    if (http_issuer_is_usual(issuer)) {
        worker_log(worker, LOG_INFO, "network", "TLS of %s is vouched for by %s", host, issuer);
        return;
    }
    worker_log(worker, LOG_NOTICE, "network",
               "TLS of %s is vouched for by %s, who is none of Microsoft's: whoever that is may read along", host,
               issuer);
    g_autofree char *sentence =
        g_strdup_printf("The connection to %s is vouched for by “%s”, who is none of Microsoft's "
                        "authorities: a proxy of the company may read it, tokens included.",
                        host, issuer);
    g_free(worker->operator.inspector);
    worker->operator.inspector = log_clean(worker->log, sentence);
}

void network_log_authorities(struct worker *worker)
{
    const char *variable = NULL;
    const char *file = environment_ca_file(&variable);
    if (file != NULL && !worker->cloud->practice)
        worker_log(worker, LOG_WARNING, "network", "the authorities to trust come from %s (%s), not from the system",
                   file, variable);
}
