/* SPDX-License-Identifier: MIT */
/*
 * Lengths of time as Microsoft writes them: durations of ISO 8601. Pure.
 */
#ifndef PERCH_BASE_DURATION_H
#define PERCH_BASE_DURATION_H

#include <glib.h>

#define DURATION_DAY (24 * G_GINT64_CONSTANT(3600))

/* The seconds of "P1Y2M3W4DT5H6M7S" or any part of it, without fractions; a month is taken for 30 days, a year for 365.
 * -1 for NULL, for anything else and for what has more than nine digits. */
gint64 duration_seconds(const char *text);

/* SECONDS in the largest unit that divides them: "365 days", "8 hours", "90 minutes". Caller frees. */
char *duration_words(gint64 seconds);

#endif
