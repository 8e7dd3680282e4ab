/* SPDX-License-Identifier: MIT */
/*
 * What a text says elsewhere of the parts of a resource ID that is whole and clear by itself: another namespace, group
 * or subscription under a label of its own, a part that is taken back, a sentence that says to replace one. Internal to
 * input/; pure.
 */
#ifndef PERCH_INPUT_ID_RIVALS_H
#define PERCH_INPUT_ID_RIVALS_H

#include "input/name_search.h"

/* The first place that speaks against ID. TO is 0 if there is none; the reason is a sentence's end behind "there". */
struct id_rival {
    int from;
    int to;
    const char *reason;
};

struct id_rival find_id_rival(const struct name_search *search, const char *id);

#endif
