/* SPDX-License-Identifier: MIT */
/*
 * What stands in a report and in which order: page one for whoever decides, then the created objects, what the partner
 * is to be given, and everything behind it. Pure functions.
 */
#ifndef PERCH_COMMANDS_REPORT_DOCUMENT_H
#define PERCH_COMMANDS_REPORT_DOCUMENT_H

#include "commands/report/blocks.h"
#include "commands/report/facts.h"

/* The blocks of REPORT, which owns their strings. Caller unrefs. */
GPtrArray *report_document(const struct report *report);

#endif
