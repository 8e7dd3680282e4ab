/*
 * The words of a report that all its formats share. Pure functions.
 */
#ifndef PERCH_COMMANDS_REPORT_WORDS_H
#define PERCH_COMMANDS_REPORT_WORDS_H

#include "commands/report_model.h"

/* "2026-11-24 14:02:11 UTC"; "never" for 0. Caller frees. */
char *report_time(gint64 time);

/* "2026-11-24"; "not known" for 0. Caller frees. */
char *report_date(gint64 time);

/* "created", "took over": what DEED was. Static. */
const char *report_deed_word(const struct deed *deed);

/* "created group “Red Canary”". Caller frees. */
char *report_deed(const struct report *report, const struct deed *deed);

/* "2026-11-24 14:02:11 UTC, ann@contoso.com, request 8f3c..., read back ...". Caller frees. */
char *report_deed_proof(const struct deed *deed);

/* "9 done, 2 told and not proved, ...": what is not 0. Caller frees. */
char *report_summary(const struct report *report);

/* "2027-05-24, then every 6 months", or why there is none. Caller frees. */
char *report_review(const struct report *report);

/* "from 14:02 until 14:17", and who cut it short. Caller frees. */
char *report_wait_line(const struct report_step *step);

/* The state of STEP for a person: "needs you". Caller frees. */
char *report_state(const struct report_step *step);

/* Who told that STEP is done, when and with which note; or that an answer settles it. Caller frees. */
char *report_told(const struct report_step *step);

/* Who left STEP out, when and why; or why it falls away. Caller frees. */
char *report_left_out(const struct report_step *step);

/* What an object's line says of its state: "as wanted, created by perch". Caller frees. */
char *report_object_line(const struct report_object *object);

/* What stands for a card line without a value yet. Static. */
const char *report_card_value(const struct board_line *line);

#endif
