/* SPDX-License-Identifier: MIT */
/*
 * What signing in left behind: the consents that the applications which perch signs in with hold in the tenant, and
 * taking back those of the account that is signed in. Worker thread.
 */
#ifndef PERCH_ENGINE_OWN_CONSENTS_H
#define PERCH_ENGINE_OWN_CONSENTS_H

#include <glib.h>

struct worker;

/* Emit EVENT_CONSENTS. TAKE_BACK: those that are this account's alone are deleted; those for everyone stay, since
 * others may need them, but for the ids in NAMED (with a blank between; may be NULL). Deleting wants a right of its
 * own, whose consent goes with the rest. */
gboolean consents_read(struct worker *worker, gboolean take_back, const char *named, GError **error);

#endif
