/* SPDX-License-Identifier: MIT */
/*
 * --record: one JSON line a request, its keys always in the same order, flushed.
 */
#ifndef PERCH_PRACTICE_RECORD_H
#define PERCH_PRACTICE_RECORD_H

#include "practice/call.h"

/* Append CALL with its answer. Bodies of sign-in requests hold secrets and are left out. */
void record_call(struct call *call);

#endif
