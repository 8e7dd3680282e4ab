/* SPDX-License-Identifier: MIT */
/*
 * What a person saw who decided to keep or to repair: a decision holds for the differences that stood there, and for
 * none that come later. Values themselves stand in no journal, so that each difference is a hash of eight digits. Pure
 * functions, on the worker thread.
 */
#ifndef PERCH_ONBOARDING_SEEN_H
#define PERCH_ONBOARDING_SEEN_H

#include "onboarding/object.h"

/* The hashes of what OBJECT shows, separated by blanks, for struct journal_record's "about". Caller frees. */
char *seen_about(const struct object *object);

/* TRUE if all that OBJECT shows is in ABOUT. "" stands for an older journal, which does not tell: for all. */
gboolean seen_covers(const char *about, const struct object *object);

/* What stands behind the word of a choice that was made before, about something else or already carried out: "#" and
 * six digits of what OBJECT shows (where it is gone: of which one that was), and of what is SPENT (struct
 * object_entry), so that a file of answers decides about nothing that nobody saw, and once. Caller frees. */
char *seen_code(const struct object *object, const char *spent);

/* TRUE if one of the lines of SPENT decides KIND; if one is WORDS. */
gboolean seen_is_spent(const char *spent, enum decision_kind kind);
gboolean seen_was_said(const char *spent, const char *words);

/* How many of the lines of SPENT are WORDS. */
guint seen_times_said(const char *spent, const char *words);

#endif
