/* SPDX-License-Identifier: MIT */
/*
 * What was done to make text of a paste. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_PASTE_READING_H
#define PERCH_INPUT_PASTE_READING_H

#include "input/paste_findings.h"

/* Tell how the SIZE bytes that came were decoded, and what was left out. */
void search_tell_reading(struct search *search, gsize size);

#endif
