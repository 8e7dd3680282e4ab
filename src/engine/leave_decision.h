/* SPDX-License-Identifier: MIT */
/*
 * Whether what perch did not make goes with the partner, as the answers say ("leave": {"KEY": "remove"}): "remove",
 * "keep", or one of these with the code of what was shown ("remove#1f6a02"). Without a code it is about what was shown
 * to whoever leaves before it was said, or else about what is found first; never about another of that name. Pure.
 */
#ifndef PERCH_ENGINE_LEAVE_DECISION_H
#define PERCH_ENGINE_LEAVE_DECISION_H

#include "engine/situation.h"

/* "remove" or "keep", where that was decided about OBJECT as it is read now; NULL where nothing was. Static. */
const char *leave_decision(const struct situation *situation, const struct object *object);

/* "#" and six digits of which one OBJECT is, and of how often perch took it away. "" if that is not known. Caller
 * frees. */
char *leave_decision_code(const struct situation *situation, const struct object *object);

/* The same where a word without it would be about another; "" where the word alone is enough. Caller frees. */
char *leave_decision_needs_code(const struct situation *situation, const struct object *object);

#endif
