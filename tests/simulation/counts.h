/* SPDX-License-Identifier: MIT */
/*
 * What happened in simulations, counted, and the table that tells it.
 */
#ifndef PERCH_TESTS_SIMULATION_COUNTS_H
#define PERCH_TESTS_SIMULATION_COUNTS_H

#include <glib.h>

/* What a request does, as the table's columns have it. */
enum call_kind { CALL_READ, CALL_CREATE, CALL_CHANGE, CALL_REMOVE, CALL_KINDS };

/* Where perch, or the tenant, was killed. */
enum kill_phase {
    KILL_BEFORE_READ,
    KILL_AFTER_READ,
    KILL_BEFORE_WRITE,
    KILL_AFTER_WRITE,
    KILL_WAITING,
    KILL_AT_FILE_WRITE,
    KILL_AT_FSYNC,
    KILL_TENANT_IDLE,
    KILL_TENANT_AT_WORK,
    KILL_PHASES
};

#define MOST_FAULT_KINDS 24

struct counts {
    guint seeds, failed, runs, undos, side_by_side, requests, writes, stale, disk_full, by_hand, jumps, skews, restored;
    guint kills[KILL_PHASES];
    guint faults[MOST_FAULT_KINDS][CALL_KINDS]; /* by the place of the kind's name in fault_kinds */
    guint duplicates, leftovers, foreign, untrue, endless, crashed, undecidable;
};

/* NULL-terminated; what each does is said in schedule.h. */
extern const char *const fault_kinds[];

enum call_kind call_kind_of(const char *method);

/* KIND is one of fault_kinds. */
void counts_fault(struct counts *counts, const char *kind, enum call_kind call);

void counts_add(struct counts *sum, const struct counts *part);

/* On standard output; a closing line "N passed, N failed". */
void counts_print(const struct counts *counts);

#endif
