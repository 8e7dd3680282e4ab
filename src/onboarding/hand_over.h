/* SPDX-License-Identifier: MIT */
/*
 * The hand-over: what one person leaves to a colleague who goes on in the same tenant, as a JSON document. Here is what
 * such a document may hold; it is checked as strictly as answers are, since it comes from somebody else. No secret
 * stands in it. Pure functions.
 */
#ifndef PERCH_ONBOARDING_HAND_OVER_H
#define PERCH_ONBOARDING_HAND_OVER_H

#include <glib.h>

#include "base/json_type.h"
#include "onboarding/profile.h"

/* The member that tells a hand-over from answers, and the only value that this program knows. */
#define HAND_OVER_MARK "handOver"
#define HAND_OVER_VERSION 1

/* TRUE if TEXT is JSON that says of itself to be a hand-over. */
gboolean hand_over_is_one(const char *text, gssize length);

/* The JSON text of a hand-over, checked against PROFILE. FILE is for the error message. PERCH_ERROR_INPUT, naming the
 * path, for the first thing that is wrong. Caller frees. */
json *hand_over_parse(const char *text, gssize length, const char *file, const struct profile *profile, GError **error);

#endif
