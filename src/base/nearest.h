/*
 * What a mistyped word was probably meant to be. Pure functions.
 */
#ifndef PERCH_BASE_NEAREST_H
#define PERCH_BASE_NEAREST_H

#include <glib.h>

/* The one of NAMES (NULL-terminated) that WORD is nearest to, counting letters that are wrong, missing, too many or
 * swapped, or that WORD alone begins; NULL if none is near. Borrowed from NAMES. */
const char *nearest_name(const char *word, const char *const *names);

/* " Did you mean “NAME”?" or "". Caller frees. */
char *nearest_question(const char *word, const char *const *names);

#endif
