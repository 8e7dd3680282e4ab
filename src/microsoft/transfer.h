/* SPDX-License-Identifier: MIT */
/*
 * One HTTP exchange: how libcurl is set up for it, and what is made of its end. Part of http.h, worker thread.
 */
#ifndef PERCH_MICROSOFT_TRANSFER_H
#define PERCH_MICROSOFT_TRANSFER_H

#include "microsoft/http.h"
#include "microsoft/late_curl.h"

struct transfer {
    CURL *easy;
    struct curl_slist *headers;
    char *method;
    char *url;
    GString *request_body;
    struct http_reply *reply;
    http_done_func done;
    gpointer data;
    gsize header_bytes;
    gint64 started;
    gboolean begun; /* the connection stood and the request was about to be written */
    gboolean must_end;
    const char *excess; /* what grew too large, or NULL */
    char curl_text[CURL_ERROR_SIZE];
};

/* CA_FILE: the certificates to trust, NULL for the system's. NULL if CALL's address is not allowed. */
struct transfer *transfer_new(const struct http_call *call, const char *ca_file, http_done_func done, gpointer data);
void transfer_free(struct transfer *transfer);

/* Fill the reply from how libcurl ended, or from its being stopped. */
void transfer_ended(struct transfer *transfer, CURLcode code);
void transfer_cancelled(struct transfer *transfer);

/* The reply of a call for which nothing was done. PROBLEM: its word, static. ERROR is taken. Caller frees. */
struct http_reply *http_reply_unsent(const char *problem, GError *error);

#endif
