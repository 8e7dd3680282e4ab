/* SPDX-License-Identifier: MIT */
/*
 * The values of all steps at once, before anything begins. Owned by the thread that runs plain_run().
 */
#ifndef PERCH_UI_PLAIN_VALUES_H
#define PERCH_UI_PLAIN_VALUES_H

#include "ui/plain/plain_io.h"

/* How many values of all steps are needed, and how many of these are filled in: "3 of 9 values are filled in". Caller
 * frees; NULL: none is missing. */
char *plain_values_count(const struct plain *plain);

/* Read all of them out, take what an e-mail holds, ask for what is missing or wanted otherwise, until the person goes
 * back. */
void plain_values(struct plain *plain);

#endif
