/* SPDX-License-Identifier: MIT */
/*
 * The files that plain mode writes on a person's word. Owned by the thread that runs plain_run().
 */
#ifndef PERCH_UI_PLAIN_FILES_H
#define PERCH_UI_PLAIN_FILES_H

#include "ui/plain/plain_io.h"

/* Ask for a file and write there what a colleague needs to go on. FALSE: nothing on the board is changed by it. */
gboolean plain_hand_over(struct plain *plain);

/* Ask for a file and write the report there; a file that is there is replaced on a word only. */
void plain_report(struct plain *plain);

#endif
