/*
 * What only a portal can do, done in the practice tenant: its plain forms are posted, so that the keyboard is enough to
 * practise with. Never against Microsoft. Worker thread.
 */
#ifndef PERCH_ENGINE_PRACTICE_FORM_H
#define PERCH_ENGINE_PRACTICE_FORM_H

#include "engine/worker.h"

/* Post the form that the profile names for STEP. */
gboolean practice_form_post(struct worker *worker, const char *step, GError **error);

/* Approve the sign-in that is under way, as the practice company's administrator. */
void practice_form_approve(struct worker *worker);

#endif
