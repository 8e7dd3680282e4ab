/* SPDX-License-Identifier: MIT */
/*
 * From raw HTTP to struct reply: the body as JSON, Microsoft's error in its forms, and a message that explains it.
 * Pure functions but for the table of explanations; worker thread.
 */
#ifndef PERCH_MICROSOFT_REPLY_READ_H
#define PERCH_MICROSOFT_REPLY_READ_H

#include "microsoft/http.h"
#include "microsoft/request.h"

/* The reply to REQUEST that HTTP_REPLY holds; its error is stolen. Caller frees. */
struct reply *reply_read(const struct request *request, struct http_reply *http_reply);

/* A reply that never came to be. ERROR is taken. Caller frees. */
struct reply *reply_unsent(GError *error);

/* Give ERROR of a transfer (PROBLEM: its word) the second line that explains it. */
void explain_transfer(GError *error, const char *problem);

#endif
