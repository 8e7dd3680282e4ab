/* SPDX-License-Identifier: MIT */
/*
 * Values in what was pasted in plain mode. Owned by the thread that runs plain_run().
 */
#ifndef PERCH_UI_PLAIN_PASTE_H
#define PERCH_UI_PLAIN_PASTE_H

#include "ui/plain/plain_io.h"

/* What the last paste of several lines holds for FIELD, or what a person chooses of what may be meant, "" if none of
 * it; NULL if it holds nothing.
 * FRESH: what was found in it is said. Caller frees. */
char *plain_value_in_paste(struct plain *plain, const struct board_field *field, gboolean fresh);

/* What LINE has for FIELD although it is more than one types for it: several lines, the made-up MAIL's word, or a value
 * of the Event Hub with other words. As of plain_value_in_paste(). */
char *plain_value_brought(struct plain *plain, const struct board_field *field, const char *line, const char *mail);

/* Whoever practises has no partner who wrote: the made-up e-mail, where it holds FIELD's value; else NULL. Caller
 * frees. */
char *plain_made_up_mail(const struct plain *plain, const struct board_field *field);

#endif
