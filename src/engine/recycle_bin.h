/* SPDX-License-Identifier: MIT */
/*
 * What was deleted and can be brought back, with what it opens. Pure.
 */
#ifndef PERCH_ENGINE_RECYCLE_BIN_H
#define PERCH_ENGINE_RECYCLE_BIN_H

#include "onboarding/object.h"

/* That OBJECT is in the service's recycle bin, until when, and what that means: a sentence. The bin keeps it for 30
 * days (Microsoft: directory-deleteditems). NULL: it is not, as far as was read. Caller frees. */
char *recycle_bin_text(const struct object *object);

#endif
