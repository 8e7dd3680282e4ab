/* SPDX-License-Identifier: MIT */
/*
 * The clock that the simulated perches and their tenant share. It stands still while anybody works and is moved to the
 * next thing that is due once everybody waits, so that a window of three minutes costs nothing and is never skipped.
 *
 * Takes the place of g_get_monotonic_time() and g_get_real_time() in the program that links this (ld --wrap); GLib's
 * own waits keep the machine's clock.
 */
#ifndef PERCH_TESTS_SIMULATION_VIRTUAL_TIME_H
#define PERCH_TESTS_SIMULATION_VIRTUAL_TIME_H

#include <glib.h>

/* The clock's first moment, as microseconds since 1970. */
#define VIRTUAL_EPOCH (G_GINT64_CONSTANT(1795510800) * G_USEC_PER_SEC)

void virtual_time_set(gint64 now);
gint64 virtual_time_now(void);

/* By how many microseconds this machine's clock is wrong; its intervals are right. */
void virtual_time_skew(gint64 skew);

#endif
