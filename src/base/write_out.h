/* SPDX-License-Identifier: MIT */
/*
 * Files that a person names for a result. Only a regular file is ever replaced, in one go, readable by its owner only;
 * a device or a named pipe is written to and stays what it is; a link is followed to such a one and otherwise refused,
 * like a folder. Any thread.
 */
#ifndef PERCH_BASE_WRITE_OUT_H
#define PERCH_BASE_WRITE_OUT_H

#include <glib.h>

/* Look at what stands at FILE now: *REPLACES says whether a file would be replaced. PERCH_ERROR_INPUT if FILE is not to
 * be written to, or its folder is not there. */
gboolean write_out_look(const char *file, gboolean *replaces, GError **error);

/* Write LENGTH bytes (-1: up to the NUL) to FILE. WHAT names them in the error, "The report". Waits at most two seconds
 * for somebody to open a named pipe, then as long as he reads. PERCH_ERROR_INPUT. */
gboolean write_out(const char *file, const char *bytes, gssize length, const char *what, GError **error);

/* Put LENGTH bytes (-1: up to the NUL) in FILE's place in one go and for good, readable by its owner only, whatever the
 * mode of what stood there. GLib's error; FILE is then as it was. */
gboolean write_out_replace(const char *file, const char *bytes, gssize length, GError **error);

/* All LENGTH bytes to FD, however often a signal interrupts. FALSE with errno. */
gboolean write_out_bytes(int fd, const char *bytes, gsize length);

#endif
