/* SPDX-License-Identifier: MIT */
/*
 * What others put into an object, or use it for, that perch did not make: for the kinds' "surplus" in struct
 * object_kind. Pure functions, on the worker thread.
 */
#ifndef PERCH_ONBOARDING_SURPLUS_H
#define PERCH_ONBOARDING_SURPLUS_H

#include <glib.h>

#include "base/json_type.h"

/* TRUE if ROW has an id, and it is none of OWN. */
gboolean surplus_is_foreign(const json *row, GHashTable *own);

/* Add “NAME” after WHAT to FOUND, a list of char *, once. */
void surplus_add(GPtrArray *found, const char *what, const char *name);

/* The same of each group or unit of ROWS, of what somebody is in (directory_role_active()), that is none of OWN. Roles
 * among them are passed over: they may come by a group. */
void surplus_add_groups(GPtrArray *found, const char *what, const json *rows, GHashTable *own);

/* "SENTENCE: a, b." and in a second line NEXT; NULL if nothing was FOUND. Caller frees. */
char *surplus_say(const GPtrArray *found, const char *sentence, const char *next);

#endif
