/*
 * A report in its formats, one file each. Every function prints the same facts. Pure functions.
 */
#ifndef PERCH_COMMANDS_REPORT_RENDER_H
#define PERCH_COMMANDS_REPORT_RENDER_H

#include "commands/report_model.h"

/* The whole document, ending with a line end. Caller frees. */
char *report_as_text(const struct report *report);
char *report_as_json(const struct report *report);
char *report_as_markdown(const struct report *report);

/* One file that needs nothing else: no script, no font, no picture from elsewhere. */
char *report_as_html(const struct report *report);

/* The time line of the HTML report: an <svg> element, or "" if nothing happened yet. Caller frees. */
char *report_time_line_svg(const struct report *report);

/* TEXT for an HTML text or attribute. Caller frees. */
char *report_escape_html(const char *text);

#endif
