/* SPDX-License-Identifier: MIT */
/*
 * What has to be right on this machine before anything can be read: the ways to the cloud's hosts, who vouches for
 * them, the clock, the keyring, the state folder, the profile. Nobody is signed in and nothing is kept. Worker thread.
 */
#ifndef PERCH_ENGINE_DOCTOR_H
#define PERCH_ENGINE_DOCTOR_H

#include <glib.h>

struct worker;

/* Emit EVENT_DIAGNOSES. With TENANT, which was read before, also EVENT_SURPRISES, and a diagnosis of each. FALSE only
 * if cancelled. */
gboolean doctor_examine(struct worker *worker, gboolean tenant, GError **error);

#endif
