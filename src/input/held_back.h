/* SPDX-License-Identifier: MIT */
/*
 * Values that are clear by themselves, and are asked about because the text says something that is not understood.
 * Internal to input/; pure.
 */
#ifndef PERCH_INPUT_HELD_BACK_H
#define PERCH_INPUT_HELD_BACK_H

#include "input/paste_findings.h"

/* Offer each value that SEARCH took and that such a statement may speak of, and tell the statement. */
void hold_back_values(struct search *search);

#endif
