/* SPDX-License-Identifier: MIT */
/*
 * A tar archive (POSIX ustar) in memory, the same bytes for the same files: no owner, no time but the one given. Pure
 * functions.
 */
#ifndef PERCH_BASE_TAR_H
#define PERCH_BASE_TAR_H

#include <glib.h>

/* Add a file with mode 0600: NAME has at most 99 bytes, TIME is in seconds since 1970. */
void tar_add(GByteArray *archive, const char *name, const char *bytes, gsize length, gint64 time);

/* Nothing comes behind it. */
void tar_end(GByteArray *archive);

struct tar_file {
    char *name;
    const char *bytes; /* in the archive, without a NUL behind them */
    gsize length;
};

/* TRUE if BYTES begin as such an archive does. */
gboolean tar_is_one(const char *bytes, gsize length);

/* The files (struct tar_file) of the archive BYTES, which outlives them. PERCH_ERROR_INPUT if it is cut off, if a
 * header's checksum does not fit, or if it holds anything but plain files. Caller unrefs. */
GPtrArray *tar_list(const char *bytes, gsize length, GError **error);

#endif
