/* SPDX-License-Identifier: MIT */
/*
 * What a portal or a service said when it refused, and which rung of the step's ladder that points to. Worker thread.
 */
#ifndef PERCH_ENGINE_REFUSAL_H
#define PERCH_ENGINE_REFUSAL_H

#include <glib.h>

struct step;
struct worker;

struct refusal {
    char *said;
    char *request_id; /* "" if none is known */
    int rung;         /* from 1; 0: none */
};

void refusal_free(gpointer refusal);

/* Keep what was SAID about STEP, with the id of the request if there was one, and log the rung that it points to. A
 * step without a ladder keeps nothing. */
void refusal_note(struct worker *worker, const struct step *step, const char *said, const char *request_id);

#endif
