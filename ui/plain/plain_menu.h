/* SPDX-License-Identifier: MIT */
/*
 * The menu after each step of plain mode, with the same numbers everywhere. Owned by the thread that runs plain_run().
 */
#ifndef PERCH_UI_PLAIN_MENU_H
#define PERCH_UI_PLAIN_MENU_H

#include "ui/plain/plain_io.h"

/* What is offered for the step ID when no value and no decision is missing. TRUE if something was done or another step
 * was asked for; FALSE: this step is put off. */
gboolean plain_step_menu(struct plain *plain, const char *id);

/* When nothing is asked any more. TRUE to go on leading; FALSE when the person has had enough. */
gboolean plain_last_menu(struct plain *plain);

/* The same, unless they are what was read out last. */
void plain_tell_new_lines(struct plain *plain, const struct board_step *step);

#endif
