/* SPDX-License-Identifier: MIT */
/*
 * What stands behind a value in its line and may change the value: "(without the dash)",
 * "but with a capital D", "for Europe, the other one for the US". Internal to input/; pure. Every look is bounded.
 */
#ifndef PERCH_INPUT_VALUE_REMARKS_H
#define PERCH_INPUT_VALUE_REMARKS_H

#include "input/source_text.h"

/* The words behind NAME, from AT up to END at most and within its line, are none of those that leave a value as it is:
 * "(copy exactly)", "in West Europe". */
gboolean remark_may_change(const GArray *text, int at, int end, const char *name);

/* Where another label of the line begins between FROM and TO, outside of brackets: "; region: eastus". The place of the
 * mark before it, or of its divider; TO if there is none. */
int remark_end(const GArray *text, int from, int to);

#endif
