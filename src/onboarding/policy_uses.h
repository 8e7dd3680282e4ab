/* SPDX-License-Identifier: MIT */
/*
 * The policies of access packages that name an object which perch made: who asks by them, approves, reviews, or is
 * asked of whom. Nothing of Microsoft's refuses the removal of such a one, and the policy is left without it. For the
 * kinds' "look_up_holders" and "surplus" of struct object_kind: pure functions, on the worker thread.
 */
#ifndef PERCH_ONBOARDING_POLICY_USES_H
#define PERCH_ONBOARDING_POLICY_USES_H

#include "onboarding/object.h"

/* All policies, since Microsoft lists none by whom they name (entitlementmanagement-list-assignmentpolicies). Caller
 * frees. */
struct request *policy_uses_read(void);

/* Add “POLICY” of the access package “PACKAGE” to FOUND, a list of char *, after WHAT and a blank (NULL: nothing), for
 * each in REPLY to that which is none of OWN and names the id in any place, or whose allowedTargetScope is SCOPE (NULL:
 * none). */
void policy_uses_add(GPtrArray *found, const char *what, const struct reply *reply, const char *id, const char *scope,
                     GHashTable *own);

#endif
