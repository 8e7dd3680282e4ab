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

/* The line from FROM up to TO, which has no address, excepts somebody by name: "everybody except Bo". */
gboolean line_excepts(const GArray *text, int from, int to);

/* The line may say that not everybody of the list is meant: "just the first two". */
gboolean line_limits(const GArray *text, int from, int to);

/* The line says that somebody is not to be invited, or goes: "drop Omar", "Omar is leaving". */
gboolean line_drops(const GArray *text, int from, int to);

#endif
