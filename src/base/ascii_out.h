/* SPDX-License-Identifier: MIT */
/*
 * Standard output and standard error for places that know ASCII only: another locale, a mail of cron's, --ascii.
 * Quotes, dashes, dots and marks become what is nearest in ASCII; any other character becomes \u00fc, as JSON writes
 * it, so that a body stays what it is. UI thread; to be installed once, before anything is printed.
 */
#ifndef PERCH_BASE_ASCII_OUT_H
#define PERCH_BASE_ASCII_OUT_H

#include <glib.h>

/* TEXT (valid UTF-8, LENGTH bytes, -1: up to the NUL) in ASCII. Caller frees. */
char *ascii_text(const char *text, gssize length);

/* Let whatever is printed from now on go through ascii_text(): errors, and where WITH_OUTPUT says so standard output.
 */
void ascii_out_install(gboolean with_output);

#endif
