/* SPDX-License-Identifier: MIT */
/*
 * What a profile may have people led to. Pure functions.
 */
#ifndef PERCH_ONBOARDING_LINK_H
#define PERCH_ONBOARDING_LINK_H

#include <glib.h>

#include "base/json_type.h"

/* For a row of a schema: why the text VALUE is no address that somebody may be led to; NULL if it is one. It leads to
 * one of the cloud's portals, or over TLS to a host that stands there whole; what the company answered goes to
 * Microsoft's hosts alone. DATA and PROFILE are ignored. Caller frees. */
char *link_problem(const json *value, gconstpointer data, gconstpointer profile);

#endif
