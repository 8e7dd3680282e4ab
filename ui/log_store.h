/* SPDX-License-Identifier: MIT */
/*
 * The log as the console keeps it: all lines of the run, numbered from 0, in bounded memory. The newest are held in
 * memory, older ones in a file that has no name any more, so nothing is left behind. Owned by the UI thread.
 */
#ifndef PERCH_UI_LOG_STORE_H
#define PERCH_UI_LOG_STORE_H

#include "board/event.h"

#define LOG_STORE_RECENT 4096

struct log_store;
typedef struct log_store LogStore;

/* Which lines to look at. Empty texts match everything; text is looked for without case in subject, text, detail and
 * request id. */
struct log_filter {
    enum log_severity least;
    char *subject;
    char *text;
};

/* FOLDER: where the file goes (NULL: the folder for temporary files). Caller frees with log_store_free(). */
struct log_store *log_store_new(const char *folder);
void log_store_free(struct log_store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LogStore, log_store_free)

/* Keep older lines in FOLDER, if none had to be moved out yet and a file can be made there. */
void log_store_set_folder(struct log_store *store, const char *folder);

/* Takes LINE. */
void log_store_add(struct log_store *store, struct log_line *line);

guint log_store_count(const struct log_store *store);

/* The line NUMBER, or NULL if it is out of range or lost: its file could not be written or read. Borrowed until the
 * next call. */
const struct log_line *log_store_line(struct log_store *store, guint number);

gboolean log_filter_is_empty(const struct log_filter *filter);
gboolean log_filter_matches(const struct log_filter *filter, const struct log_line *line);

/* TEXT is in LINE, without case. */
gboolean log_line_contains(const struct log_line *line, const char *text);

/* Every line to FILE, which must not exist, one text line each, private to this account; where lines were lost, their
 * number. FALSE with a PERCH_ERROR if FILE cannot be made or written; what was written of it stays. */
gboolean log_store_save(struct log_store *store, const char *file, GError **error);

/* LINE as one line of text, as saved. Caller frees. */
char *log_line_format(const struct log_line *line);

#endif
