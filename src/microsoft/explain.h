/* SPDX-License-Identifier: MIT */
/*
 * What Microsoft's errors mean and what to do about them: a table of texts (assets/explanations.json), worker thread.
 */
#ifndef PERCH_MICROSOFT_EXPLAIN_H
#define PERCH_MICROSOFT_EXPLAIN_H

#include <glib.h>

/* What is known about a failure; NULL and 0 where nothing is. */
struct symptom {
    const char *service; /* "graph", "defender", "sign-in" or "network" */
    int status;
    const char *code;  /* "NoLicense", "AADSTS50076", a word of struct http_reply's problem */
    const char *text;  /* the service's own sentence */
    const char *asked; /* what was refused, "POST /v1.0/invitations" */
    const char *oauth; /* OAuth's error, "invalid_grant" */
};

/* The cause and what to do next, on one line. A row of the table fits if each thing that it names does; the one that
 * names most is taken. NULL if none fits. Caller frees. */
char *explain(const struct symptom *symptom);

#endif
