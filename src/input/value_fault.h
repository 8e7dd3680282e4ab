/* SPDX-License-Identifier: MIT */
/*
 * What is wrong in a resource ID or a hub's name that a text has, by the same rules as for one that is typed. Internal
 * to input/; pure.
 */
#ifndef PERCH_INPUT_VALUE_FAULT_H
#define PERCH_INPUT_VALUE_FAULT_H

#include "input/id_match.h"
#include "input/validate.h"

/* MESSAGE is NULL if the rules find nothing. */
struct value_fault {
    enum problem problem;
    int offset; /* in the input */
    int length;
    gboolean is_at_end; /* parts are missing: what follows in the text may be those */
    char *message;      /* its columns are those of the input's line; free it */
};

/* The first fault of MATCH, which TEXT has; TEXT was read from INPUT. */
struct value_fault value_fault_of_id(const GArray *text, const GArray *input, const struct id_match *match);

/* The same for the hub's name that stands in TEXT from FROM up to TO. */
struct value_fault value_fault_of_name(const GArray *text, const GArray *input, int from, int to);

/* Where reading the ID of MATCH ended, before the blanks and line breaks that end it. */
int value_fault_stop(const GArray *text, const struct id_match *match);

#endif
