/* SPDX-License-Identifier: MIT */
/*
 * What a mistyped word was probably meant to be. Pure functions.
 */
#ifndef PERCH_BASE_SUGGEST_H
#define PERCH_BASE_SUGGEST_H

#include <glib.h>

/* " Did you mean “NAME”?" with the one of NAMES (NULL-terminated) that WORD is nearest to, counting letters that are
 * wrong, missing, too many or swapped, or that WORD alone begins, or the shortest that WORD shortens ("grp"); "" if
 * none is near. Caller frees. */
char *suggest_question(const char *word, const char *const *names);

#endif
