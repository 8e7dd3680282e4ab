/* SPDX-License-Identifier: MIT */
/*
 * Another word of the text that may be the Event Hub's name instead of the one that is clear: what a later message
 * corrects it to, a twin of it but for a letter or two, the whole of what is only its beginning. Internal to input/;
 * pure.
 */
#ifndef PERCH_INPUT_RIVALS_H
#define PERCH_INPUT_RIVALS_H

#include "input/name_search.h"

struct rival {
    int from;
    int to; /* 0: there is none */
    const char *reason;
};

/* The first that speaks against WINNER. Words of structured forms, of resource IDs and of addresses are none, nor what
 * the text itself says is old. */
struct rival find_rival(const struct name_search *search, const struct name_candidate *winner);

#endif
