/* SPDX-License-Identifier: MIT */
/*
 * Carries a schedule out: a tenant, the perches that work on it, and what goes wrong on the way; then lets everything
 * come to rest and judges it.
 */
#ifndef PERCH_TESTS_SIMULATION_WORLD_H
#define PERCH_TESTS_SIMULATION_WORLD_H

#include "base/json.h"
#include "simulation/counts.h"

struct world_options {
    int perches;        /* socket to simulated_perch */
    const char *folder; /* scratch, for state folders */
    const char *record; /* append the tenant's record to this file, or NULL */
    gboolean verbose;   /* tell on standard error what happens */
};

/* Carry SCHEDULE out and add to COUNTS. Returns one sentence a broken promise; caller frees with g_ptr_array_unref().
 */
GPtrArray *world_run(const struct world_options *options, const json *schedule, struct counts *counts);

#endif
