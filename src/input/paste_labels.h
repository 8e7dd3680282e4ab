/* SPDX-License-Identifier: MIT */
/* Labels in a pasted text whose values are not taken out of it. Pure. */
#ifndef PERCH_INPUT_PASTE_LABELS_H
#define PERCH_INPUT_PASTE_LABELS_H

/* The first line of TEXT, from 1, that begins with LABEL ("Company", "Company name", whatever the case) and a colon and
 * has something behind it; 0 if there is none, or if LABEL is one of the Event Hub's values or names. */
int paste_line_labelled(const char *text, const char *label);

#endif
