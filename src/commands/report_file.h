/*
 * A report as a file: its formats, and writing it. UI thread.
 */
#ifndef PERCH_COMMANDS_REPORT_FILE_H
#define PERCH_COMMANDS_REPORT_FILE_H

#include "commands/report_model.h"

struct report_format;

/* The format called NAME; PERCH_ERROR_USAGE if there is none. */
const struct report_format *report_format_named(const char *name, GError **error);

/* The format that FILE's name ends in; NULL if it ends in none. */
const struct report_format *report_format_of_file(const char *file);

/* The document of what BOARD and HISTORY tell. Caller frees. */
char *report_text(const struct report_format *format, const struct board *board, const struct history *history);

/* Replace FILE in one go, readable by its owner only. */
gboolean report_write_text(const char *file, const char *text, GError **error);

/* The same at once, in the format that FILE ends in; PERCH_ERROR_USAGE if it ends in none. */
gboolean report_write(const char *file, const struct board *board, const struct history *history, GError **error);

#endif
