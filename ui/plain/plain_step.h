/* SPDX-License-Identifier: MIT */
/*
 * One step in plain mode: its questions, one after another. Owned by the thread that runs plain_run().
 */
#ifndef PERCH_UI_PLAIN_STEP_H
#define PERCH_UI_PLAIN_STEP_H

#include "ui/plain/plain_io.h"

/* Lead through what the step ID wants of the person; ASKED_FOR: who came here by its number gets the menu though a
 * value is left for later. FALSE if it was put off or nothing was to be done. */
gboolean plain_step(struct plain *plain, const char *id, gboolean asked_for);

/* TRUE if nothing goes on with STEP before a person does something. */
gboolean plain_step_wants_person(const struct board_step *step);

#endif
