/* SPDX-License-Identifier: MIT */
/*
 * Requests to the practice tenant's services that a data file lists: {"service" (Graph, or "defender"), "method",
 * "path", "body", "eventual" (ask in the way of an advanced query), "keep": {name: dotted path in the answer}, "until":
 * dotted path}. What was kept stands in for {name} in later ones.
 */
#ifndef PERCH_TESTS_PRACTICE_STEPS_H
#define PERCH_TESTS_PRACTICE_STEPS_H

#include "support/practice.h"
#include "support/practice_client.h"

struct practice_steps {
    char *graph;
    char *token;
    char *defender; /* Defender's own API, for steps with "service": "defender" */
    char *defender_token;
    GHashTable *kept; /* name -> what stands in its place: "graph", "now" (in an hour), "tenant" from the start */
};

struct practice_steps *practice_steps_new(const struct practice_tenant *tenant);
void practice_steps_free(struct practice_steps *steps);

/* Send STEP once, with HEADER (NULL: none) beside it. Caller frees. */
struct client_answer *practice_steps_send(const struct practice_steps *steps, const json *step, const char *header);

/* Send STEP, again and again until what it waits for is in the answer, and keep what it says. Caller frees. */
struct client_answer *practice_steps_take(struct practice_steps *steps, const json *step, const char *header);

#endif
