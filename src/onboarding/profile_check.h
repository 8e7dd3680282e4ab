/*
 * The rules of the partner profile's format. Pure.
 */
#ifndef PERCH_ONBOARDING_PROFILE_CHECK_H
#define PERCH_ONBOARDING_PROFILE_CHECK_H

#include <glib.h>

#include "base/json.h"

/* FALSE and PERCH_ERROR_INPUT, naming the JSON path, for the first thing in DOCUMENT that no profile may hold: an
 * unknown or missing member, a wrong type, an unknown kind, a step or object that is named twice or needed and not
 * there. */
gboolean profile_check(const json *document, GError **error);

#endif
