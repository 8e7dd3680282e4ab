/* SPDX-License-Identifier: MIT */
/*
 * Making findings: the words for places and characters. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_FINDING_H
#define PERCH_INPUT_FINDING_H

#include "input/validate.h"

/* MESSAGE, FIX and LABEL are taken; FIX and LABEL may be NULL. */
struct finding *finding_new(enum problem problem, int offset, int length, char *message, char *fix, char *label);
void finding_free(gpointer finding);
GPtrArray *findings_new(void);

/* "column 5" or "columns 5 to 7", for LENGTH code points from OFFSET on. Caller frees. */
char *place_words(int offset, int length);

/* "a no-break space", "an en dash". Caller frees. */
char *character_words(gunichar character);

/* Overwrite TEXT, then free it. NULL is fine. */
void wipe_text(char *text);

#endif
