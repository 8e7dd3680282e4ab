/* SPDX-License-Identifier: MIT */
/*
 * Filling the profile's texts: {answers.company}, {item}, {displayName}, {group.id}. Pure functions.
 */
#ifndef PERCH_ONBOARDING_FILL_H
#define PERCH_ONBOARDING_FILL_H

#include <glib.h>

#include "base/json_type.h"

/* A copy of WITH (NULL: an empty object) in which {answers.PATH} is replaced by the answer (a string that is nothing
 * but the placeholder becomes the answer itself, array or number too), {item} by ITEM and {name} by VALUES. What is not
 * known stays; with a question mark, as in {answers.reviewStart?}, it becomes null or nothing. Caller frees. */
json *fill_with(const json *with, const json *answers, GHashTable *values, const char *item);

/* TEXT (NULL: "") with everything that is known filled in, a number, yes or no, or list as a person would type it.
 * Caller frees. */
char *fill_text(const char *text, const json *answers, GHashTable *values);

/* TEXT with {NAME} replaced by the string member NAME of WITH, and {item} by ITEM. Caller frees. */
char *fill_from_members(const char *text, const json *with, const char *item);

/* Add to KEYS (of char *) each KEY that stands in TEXT as {KEY.name}, once. */
void fill_references(const char *text, GPtrArray *keys);

/* TEXT with an ellipsis for each placeholder that is left: for people. Caller frees. */
char *fill_ellipsis(const char *text);

/* The first placeholder that is left in TEXT, without braces, or NULL. Caller frees. */
char *fill_first_left(const char *text);

/* The same of the texts in VALUE, in their order. Caller frees. */
char *fill_first_left_in(const json *value);

#endif
