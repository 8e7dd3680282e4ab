/* SPDX-License-Identifier: MIT */
/*
 * Live look-ups of people for the picker, served while other work goes on. Worker thread.
 */
#ifndef PERCH_ENGINE_PEOPLE_SEARCH_H
#define PERCH_ENGINE_PEOPLE_SEARCH_H

#include <glib.h>

struct worker;

/* Ask for people whose name, user name or mail begins with TEXT; the answer is an EVENT_PEOPLE with SERIAL. */
void people_search(struct worker *worker, const char *text, guint serial);

/* The same after a sign-in that proves CLAIMS, which the look-up was refused for the lack of; only while no other
 * command runs. */
void people_search_after_sign_in(struct worker *worker, const char *text, guint serial, const char *claims);

#endif
