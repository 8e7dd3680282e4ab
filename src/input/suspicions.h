/* SPDX-License-Identifier: MIT */
/*
 * Words of sentences that may say something against the values beside them: withdrawn, somebody else's, not yet to be
 * used. They are many, so that the values are asked about rather than taken; what is known to be harmless is let off.
 * Internal to input/; pure.
 */
#ifndef PERCH_INPUT_SUSPICIONS_H
#define PERCH_INPUT_SUSPICIONS_H

#include <glib.h>

/* WORDS of a sentence, as words_between() gives them, raise a suspicion about the values. */
gboolean words_raise_suspicion(const char *words);

#endif
