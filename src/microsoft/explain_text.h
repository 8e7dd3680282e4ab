/* SPDX-License-Identifier: MIT */
/*
 * What an error means that somebody pasted: a code, or a whole answer, page or log line around it. Pure; any thread.
 */
#ifndef PERCH_MICROSOFT_EXPLAIN_TEXT_H
#define PERCH_MICROSOFT_EXPLAIN_TEXT_H

#include <glib.h>

/* What a row of assets/explanations.json says. All static. */
struct explanation {
    const char *code;    /* "AADSTS50011", or the text that it is known by */
    const char *service; /* "" for any */
    const char *cause;
    const char *next;
    int weight;
};

/* What TEXT, valid UTF-8 - a code, a status, or a whole answer or page that somebody pasted - may be about, the surest
 * first, one a code and service, at most five. Caller unrefs. */
GPtrArray *explain_text(const char *text);

/* The digits of the first AADSTS code in TEXT, which the table need not know; NULL if there is none. Caller frees. */
char *sign_in_code_in(const char *text);

#endif
