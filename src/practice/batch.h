/* SPDX-License-Identifier: MIT */
/*
 * JSON batching: several requests in one, each answered for itself (Microsoft: json-batching).
 */
#ifndef PERCH_PRACTICE_BATCH_H
#define PERCH_PRACTICE_BATCH_H

#include "practice/call.h"

/* Answer POST /$batch. A batch that is malformed is refused as a whole. */
void batch_handle(struct call *call);

#endif
