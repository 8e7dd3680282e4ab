/* SPDX-License-Identifier: MIT */
/*
 * Whether what a test started has come to rest: on a busy machine a program that is silent may only be waiting for its
 * turn.
 */
#ifndef PERCH_TESTS_AT_REST_H
#define PERCH_TESTS_AT_REST_H

#include <glib.h>

/* TRUE if no thread of any program that this one started, directly or not, wants the processor or the disk right now;
 * also where the kernel does not tell. */
gboolean all_is_at_rest(void);

#endif
