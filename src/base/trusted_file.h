/* SPDX-License-Identifier: MIT */
/*
 * Files that decide what perch does: a cloud, a partner profile, answers, what a colleague handed over. Whoever can
 * write to one decides with it, so it has to be a plain file of this user or of root that nobody else may write to or
 * put another in the place of, as ssh holds its own. Any thread.
 */
#ifndef PERCH_BASE_TRUSTED_FILE_H
#define PERCH_BASE_TRUSTED_FILE_H

#include <glib.h>

/* The bytes of FILE, *LENGTH of them (at most LIMIT) and a NUL. A link is followed, a device or a named pipe refused
 * without being read. WHAT names the file in the error, "The answers file": PERCH_ERROR_INPUT. Caller frees. */
char *trusted_file_read(const char *file, const char *what, gsize limit, gsize *length, GError **error);

/* The first folder on the way to PATH, by its name or by what links lead to, in which others than this user and root
 * may put something else in its place, since they may write to it or it is theirs; NULL if there is none. A sticky one
 * of root's (/tmp) is none, nor one that a group may write to which is this user's alone. Caller frees. */
char *trusted_file_open_folder(const char *path);

/* PERCH_ERROR_INPUT unless WANTED (NULL: anything will do) is FOUND, the SHA-256 of FILE in hexadecimal digits. OPTION
 * is what names WANTED, "--cloud-sha256". */
gboolean trusted_file_check_sum(const char *file, const char *what, const char *found, const char *wanted,
                                const char *option, GError **error);

#endif
