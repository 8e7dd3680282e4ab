/* SPDX-License-Identifier: MIT */
/*
 * The forms that a report can have, and writing it for a front end. UI thread.
 */
#ifndef PERCH_COMMANDS_REPORT_FORMS_H
#define PERCH_COMMANDS_REPORT_FORMS_H

#include "commands/report/facts.h"

struct report_form {
    const char *name;
    const char *endings[3]; /* what the name of such a file may end in: ".md"; NULL behind the last */
    /* One of the two: for people from the blocks (a list of struct block), for programs straight from the facts. */
    char *(*print)(const GPtrArray *document);
    char *(*tell)(const struct report *report);
    gboolean report_only; /* no form for a table of many tenants */
};

/* The forms in turn, a longer ending before a shorter one that it ends in; NULL behind the last. */
const struct report_form *report_form_at(guint i);

/* The form called NAME; PERCH_ERROR_USAGE if there is none. */
const struct report_form *report_form_named(const char *name, GError **error);

/* What FORMAT (may be NULL) says; else what the name of FILE (may be NULL) ends in; else json for AS_JSON, or text. */
const struct report_form *report_form_chosen(const char *format, const char *file, gboolean as_json, GError **error);

/* The document of what BOARD and HISTORY tell, made at MADE (microseconds since 1970, step time). Caller frees. */
char *report_text(const struct report_form *form, const struct board *board, const struct history *history,
                  gint64 made);

/* Write it to FILE (see base/write_out.h), in the form that FILE ends in; PERCH_ERROR_USAGE if it ends in none. */
gboolean report_write(const char *file, const struct board *board, const struct history *history, GError **error);

#endif
