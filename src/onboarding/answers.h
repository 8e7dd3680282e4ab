/*
 * The answers: what a person decides about the onboarding, in the form of the answers file. A JSON object that was
 * checked against one table of known paths: unknown keys, wrong types and values that no field would take are refused
 * with their path. No secret stands in it. Owned by the worker thread.
 */
#ifndef PERCH_ONBOARDING_ANSWERS_H
#define PERCH_ONBOARDING_ANSWERS_H

#include <glib.h>

#include "base/json.h"

/* Check ANSWERS as a whole. PERCH_ERROR_INPUT, naming the path, for the first thing that is wrong. */
gboolean answers_check(const json *answers, GError **error);

/* The JSON text of an answers file, checked. FILE is for the error message. Caller frees. */
json *answers_parse(const char *text, gssize length, const char *file, GError **error);

/* Put at PATH what a person typed: a list is separated by commas or white space, one of
 * names by semicolons or line ends, a yes/no is "yes" or "no", "" takes
 * the answer away. PERCH_ERROR_INPUT and no change if it is not valid. */
gboolean answers_set(json *answers, const char *path, const char *typed, GError **error);

/* The answer at PATH as a person would type it; "" if there is none. Caller frees. */
char *answers_text(const json *answers, const char *path);

/* Put every leaf of FROM into INTO. */
void answers_merge(json *into, const json *from);

#endif
