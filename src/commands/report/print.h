/* SPDX-License-Identifier: MIT */
/*
 * A report in its forms, one file each. Pure functions but for the names of the local time zone; callers free what they
 * get, which ends with a line end.
 */
#ifndef PERCH_COMMANDS_REPORT_PRINT_H
#define PERCH_COMMANDS_REPORT_PRINT_H

#include "commands/report/blocks.h"
#include "commands/report/facts.h"

/* DOCUMENT (of struct block) in one of the forms for people. */
char *print_text(const GPtrArray *document);
char *print_markdown(const GPtrArray *document);

/* One file that needs nothing else: no script, no font, no picture from elsewhere. */
char *print_html(const GPtrArray *document);

/* The report for programs, straight from its facts. */
char *report_as_json(const struct report *report);

/* A row an object, and one more for each of its differences (RFC 4180). A cell that a spreadsheet would take for a
 * formula begins with an apostrophe. */
char *report_as_csv(const struct report *report);

/* OSCAL assessment results (version 1.1.3 of NIST's model): an observation an object, a finding a step. The same object
 * of the same tenant keeps its identifier from report to report. */
char *report_as_oscal(const struct report *report);

/* The time line of the HTML form: an <svg> element, or "" if nothing happened yet. Borrowed from REPORT. */
const char *report_time_line(const struct report *report);

#endif
