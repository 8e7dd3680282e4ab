/* SPDX-License-Identifier: MIT */
/*
 * The promises, held against the tenant after everything has come to rest.
 */
#ifndef PERCH_TESTS_SIMULATION_JUDGE_H
#define PERCH_TESTS_SIMULATION_JUDGE_H

#include "simulation/world_private.h"

/* Nothing stands twice that one perch made. */
void judge_objects(struct world *world);

/* What WHO's check says of each object is so. */
void judge_board(struct world *world, const char *who);

/* Note what the board of WHO's last run admits not to know for sure, and its log, of the kinds in TOLD. */
void judge_admissions(struct world *world, const char *who, const json *told);

/* After WHO's undo nothing of its making is left but what it names. */
void judge_undo(struct world *world, const char *who);

/* No perch removed or changed what it had not made, but by decision. */
void judge_foreign(struct world *world);

#endif
