/* SPDX-License-Identifier: MIT */
/*
 * Consent to an application for the whole tenant: its service principal, application permissions and delegated grants.
 */
#ifndef PERCH_PRACTICE_CONSENT_H
#define PERCH_PRACTICE_CONSENT_H

#include "practice/call.h"

/* What is known of the application that may ask for consent here; NULL if nothing is. Borrowed. */
const json *consent_application(const struct practice *practice, const char *app_id);

/* TRUE if USER may consent for the tenant. */
gboolean consent_is_allowed(const struct practice *practice, const json *user);

/* Give the tenant a service principal of the application, which has none yet. Borrowed. */
const json *consent_add_principal(struct practice *practice, const json *application);

/* Give the application all that it asks for, in place of what it had. */
void consent_give(struct practice *practice, const json *application);

#endif
