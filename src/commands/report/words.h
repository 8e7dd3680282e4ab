/* SPDX-License-Identifier: MIT */
/*
 * The words that a report has for times, deeds and states. Strings live as long as the report; texts from outside are
 * masked. Times are told in the zone of this machine, with its name. Pure functions but for that zone.
 */
#ifndef PERCH_COMMANDS_REPORT_WORDS_H
#define PERCH_COMMANDS_REPORT_WORDS_H

#include "commands/report/facts.h"

/* "2026-11-24 15:02 CET", or with seconds; "never" for 0. */
const char *report_time(const struct report *report, gint64 time);
const char *report_exact_time(const struct report *report, gint64 time);

/* "created", "took over": what a deed called WHAT was. Static, or WHAT. */
const char *report_past(const char *what);

/* "created group “Red Canary”". */
const char *report_deed(const struct report *report, const struct deed *deed);

/* "created 2026-11-24 15:02 CET by ann@contoso.com, request 8f3c..., read back ...". */
const char *report_deed_proof(const struct report *report, const struct deed *deed);

/* "2027-05-24, then every 6 months; the first one began on 2026-11-24", or why there is none. */
const char *report_review(const struct report *report);

/* "from ... until ...", and who cut it short. */
const char *report_wait(const struct report *report, const struct step_said *said);

/* What of STEP, which was told, is read in the tenant; NULL: nothing, or it was not told. */
const char *report_read_back(const struct report *report, const struct board_step *step);

/* Who told that STEP is done, when and with which note; who left it out, when and why; or what settles it. */
const char *report_told(const struct report *report, const struct board_step *step, const struct step_said *said);
const char *report_left_out(const struct report *report, const struct board_step *step, const struct step_said *said);

/* Why STEP is in its state, never empty. */
const char *report_why(const struct report *report, const struct board_step *step, const struct step_said *said);

/* What an object's line says of its state: "as wanted, created by perch". */
const char *report_object_line(const struct report *report, const struct board_object *object);

/* "3 objects were created", with the right end; NULL for none, so that a list of them ends there. */
const char *report_count(const struct report *report, int count, const char *one, const char *many);

#endif
