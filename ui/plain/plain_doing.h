/* SPDX-License-Identifier: MIT */
/*
 * The ways in which a step can be done: by waiting, by perch, in the practice tenant, in the portal, by a colleague, or
 * by saying that it is. Owned by the thread that runs plain_run().
 */
#ifndef PERCH_UI_PLAIN_DOING_H
#define PERCH_UI_PLAIN_DOING_H

#include "ui/plain/plain_io.h"

gboolean plain_can_be_done(const struct board_step *step);

/* What doing STEP is called where it can be done in one way only, or by a person's word; NULL: no more than that. */
const char *plain_doing_words(const struct board_step *step);

/* Do STEP in the one way that is open, or in the one that the person chooses. TRUE if the board may be another one. */
gboolean plain_do(struct plain *plain, const struct board_step *step);

/* Do the portal's part of the step ID in the practice tenant. TRUE if that worked. */
gboolean plain_do_form(struct plain *plain, const char *id);

#endif
