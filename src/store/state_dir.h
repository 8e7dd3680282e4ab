/* SPDX-License-Identifier: MIT */
/*
 * The folder of one tenant: <base>/<tenant id>/ with lock, journal.jsonl, answers.json and audit.jsonl. Folders are
 * 0700, files 0600. What others could only read is closed to them; what they could write, a link, and a file with a
 * second name are refused. Owned by the worker thread.
 */
#ifndef PERCH_ENGINE_STATE_DIR_H
#define PERCH_ENGINE_STATE_DIR_H

#include <glib.h>

struct state_dir {
    char *path;
    int lock;           /* descriptor, kept open while this perch lives */
    gboolean read_only; /* another perch holds the lock */
    char *holder;       /* who that is: "process 4711 on build-7 since ..."; "" if it did not say so, or none does */
};

/* Make what is missing and take the lock; without it the folder is for reading only. PERCH_ERROR_STATE if it cannot be
 * used. Caller frees with state_dir_close(). */
struct state_dir *state_dir_open(const char *base, const char *tenant_id, GError **error);
void state_dir_close(struct state_dir *dir);

/* That DIR is for reading only and who holds it, a sentence. Caller frees. */
char *state_dir_why_read_only(const struct state_dir *dir);

/* Make BASE and whatever is above it, for the owner only, and see that it can be used. Others must not write there. */
gboolean state_dir_prepare(const char *base, GError **error);

/* NAME in the folder. Caller frees. */
char *state_dir_file(const struct state_dir *dir, const char *name);

/* Replace NAME by TEXT, durably: old or new content after any crash. */
gboolean state_dir_write(const struct state_dir *dir, const char *name, const char *text, GError **error);

/* The text of NAME; NULL without error if there is none. Caller frees. */
char *state_dir_read(const struct state_dir *dir, const char *name, GError **error);

/* All that is left to read of FD, which NAME stands for in the error. Caller frees. */
GString *state_dir_read_all(int fd, const char *name, GError **error);

/* Open NAME for appending, 0600, no links. -1 and error if that cannot be. */
int state_dir_append_fd(const struct state_dir *dir, const char *name, gboolean writable, GError **error);

#endif
