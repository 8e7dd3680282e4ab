/* SPDX-License-Identifier: MIT */
/*
 * What only a portal can do, done in the practice tenant: its plain forms are posted, so that the keyboard is enough to
 * practise with. Never against Microsoft. Worker thread.
 */
#ifndef PERCH_ENGINE_PRACTICE_FORM_H
#define PERCH_ENGINE_PRACTICE_FORM_H

#include <glib.h>

struct worker;

/* Post the form that the profile names for STEP, or for RUNG (from 1) of its ladder; 0: the step's own. What the portal
 * refuses is kept for the ladder. */
gboolean practice_form_post(struct worker *worker, const char *step, int rung, GError **error);

/* Approve the sign-in that is under way, as the practice company's administrator. */
void practice_form_approve(struct worker *worker);

#endif
