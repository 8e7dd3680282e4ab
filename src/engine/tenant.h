/*
 * Signing in and out, and opening what is kept of the tenant: its folder, lock, journal and answers. Worker thread.
 */
#ifndef PERCH_ENGINE_TENANT_H
#define PERCH_ENGINE_TENANT_H

#include "engine/worker.h"

/* Sign in with what is stored, without asking. FALSE without an error if a person is needed. */
gboolean tenant_sign_in_silently(struct worker *worker, GError **error);

/* Ask the person to sign in, for what reading needs. */
gboolean tenant_sign_in(struct worker *worker, gboolean device_code, GError **error);

/* Make sure that SCOPES (NULL-terminated) are granted, asking the person for those that are not. */
gboolean tenant_require_scopes(struct worker *worker, char **scopes, GError **error);

/* Let the person sign in again for SERVICE, proving CLAIMS. */
gboolean tenant_meet_claims(struct worker *worker, enum service service, const char *claims, GError **error);

/* See session_sign_out(). */
gboolean tenant_sign_out(struct worker *worker, GError **error);

/* Let {today} be the day of step time, in UTC. */
void tenant_set_today(struct worker *worker);

/* Write the answers to disk, if the tenant is known and this perch may write. */
gboolean tenant_save_answers(struct worker *worker, GError **error);

#endif
