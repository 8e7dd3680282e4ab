/* SPDX-License-Identifier: MIT */
/*
 * How a front end gets its report written, or read out: by functions that whoever starts it gives it.
 */
#ifndef PERCH_UI_REPORT_WRITER_H
#define PERCH_UI_REPORT_WRITER_H

#include "board/event.h"

/* Write the report of what BOARD and HISTORY tell into FILE, whose name's end says the form: .html, .md, .txt, .csv,
 * .oscal.json or .json. */
typedef gboolean (*report_writer)(const char *file, const struct board *board, const struct history *history,
                                  GError **error);

/* Who can now do what in the tenant, and who gets in by what, by BOARD and HISTORY. Caller frees. */
typedef char *(*access_teller)(const struct board *board, const struct history *history);

#endif
