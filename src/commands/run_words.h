/* SPDX-License-Identifier: MIT */
/*
 * What a run came to (board/run_line.h), in words, read from a file that anybody may have written: every text is made
 * safe for a terminal. Strings go into STRINGS. Pure functions but for the local time zone.
 */
#ifndef PERCH_COMMANDS_RUN_WORDS_H
#define PERCH_COMMANDS_RUN_WORDS_H

#include <glib.h>

#include "base/json_type.h"

/* The text at PATH; "" if there is none. */
const char *run_text(const json *run, const char *path, GStringChunk *strings);

/* How many of RUNS each of these names stands for, as GUINT_TO_POINTER(). Caller unrefs, before STRINGS goes. */
GHashTable *run_tenant_counts(const GPtrArray *runs, GStringChunk *strings);

/* The same name, with the beginning of its id where it stands for another one of COUNTS too, and the remark that it is
 * a practice tenant. */
const char *run_tenant_among(const json *run, GHashTable *counts, GStringChunk *strings);

/* "11 done, 2 left", what differs first; or the error. */
const char *run_stands(const json *run, GStringChunk *strings);

/* The time at PATH, local, with its zone; "" for none. */
const char *run_time(const json *run, const char *path, GStringChunk *strings);

#endif
