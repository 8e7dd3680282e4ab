/* SPDX-License-Identifier: MIT */
/*
 * Where a command's document goes: to standard output, or to the file of --output. UI thread.
 */
#ifndef PERCH_COMMANDS_OUTPUT_H
#define PERCH_COMMANDS_OUTPUT_H

#include "commands/options.h"

/* Before anything is asked of a tenant: TRUE if FILE (of --output; NULL: standard output) may be written. One that is
 * there is replaced with --force, or if the person says so; else PERCH_ERROR_USAGE. ENDINGS (NULL-terminated) are those
 * that its name may have; a name without an ending is fine. */
gboolean output_may_write(const struct options *options, const char *file, const char *const *endings, GError **error);

/* Write LENGTH bytes (-1: up to the NUL) to FILE, or to standard output where it is NULL. WHAT they are, "The report",
 * is for what is said about it on standard error. */
gboolean output_write(const char *file, const char *what, const char *bytes, gssize length, GError **error);

#endif
