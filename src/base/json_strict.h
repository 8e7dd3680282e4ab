/* SPDX-License-Identifier: MIT */
/*
 * The checks that json_parse() makes before cJSON sees a text: a recursive-descent reader of RFC 8259 that builds
 * nothing. It stands apart because cJSON accepts bad numbers, raw control characters, duplicate names and trailing
 * text.
 */
#ifndef PERCH_BASE_JSON_STRICT_H
#define PERCH_BASE_JSON_STRICT_H

#include <glib.h>

/* FALSE and PERCH_ERROR_PROTOCOL, naming line and column, unless TEXT is one strict JSON document. */
gboolean json_check_strict(const char *text, gsize length, GError **error);

#endif
