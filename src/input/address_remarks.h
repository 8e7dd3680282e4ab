/* SPDX-License-Identifier: MIT */
/*
 * Words beside addresses that no rule understands: not a name's, not an invitation's, not a role's. Internal to input/;
 * pure. Every look is bounded.
 */
#ifndef PERCH_INPUT_ADDRESS_REMARKS_H
#define PERCH_INPUT_ADDRESS_REMARKS_H

#include "input/source_text.h"

/* The first such words of the line from FROM up to TO, which has addresses; NULL if it has none. Caller frees. */
char *address_remark(const GArray *text, int from, int to);

/* What a line without an address may say of the people of the list. */
enum line_remark {
    LINE_EXCEPTS, /* somebody by name: "everybody except Bo" */
    LINE_LIMITS,  /* not everybody is meant: "just the first two" */
    LINE_DROPS,   /* somebody is not to be invited, or goes: "drop Omar", "Omar is leaving" */
};

/* The line from FROM up to TO says so. */
gboolean line_says(const GArray *text, int from, int to, enum line_remark remark);

/* An address from FROM up to TO stands for one: "first.last@...", "your.name@...". */
gboolean address_is_template(const GArray *text, int from, int to);

#endif
