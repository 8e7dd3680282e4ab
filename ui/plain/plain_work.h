/* SPDX-License-Identifier: MIT */
/*
 * What plain mode lets the session do, waiting for its end and telling what happens meanwhile. Owned by the thread that
 * runs plain_run().
 */
#ifndef PERCH_UI_PLAIN_WORK_H
#define PERCH_UI_PLAIN_WORK_H

#include "ui/plain/plain_io.h"

/* Wait until the command of KIND, just sent, is done. TRUE if it worked; else the error was told. */
gboolean plain_await(struct plain *plain, enum command_kind kind);

/* Look TEXT up; the people found are in plain->people afterwards. FALSE if it failed, which was told. */
gboolean plain_find_people(struct plain *plain, const char *text);

/* What of PLAN is not in it, and why. */
void plain_tell_obstacles(struct plain *plain, const struct plan *plan);

/* Show what would be sent and, when the person agrees and types the tenant's domain, send it. FALSE if nothing was
 * sent. */
gboolean plain_apply(struct plain *plain, gboolean undo);

/* The same of leaving the partner; what is left is told at the end. */
gboolean plain_leave(struct plain *plain);

/* What was done in a portal for the step ID is looked for until it is seen, for two minutes at most; a line ends that.
 */
void plain_look_again(struct plain *plain, const char *id);

/* Ask this machine's browser to open ADDRESS, and say what came of it. */
void plain_open(struct plain *plain, const char *address);

/* Wait for the end of STEP's wait, or for a line: the word that ends it, - or q. FALSE: it goes on without it. */
gboolean plain_sit_out(struct plain *plain, const struct board_step *step);

#endif
