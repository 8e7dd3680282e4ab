/* SPDX-License-Identifier: MIT */
/*
 * What may happen to a simulated perch's files: it dies at a chosen write or fsync, or the disk is full for a while.
 * Takes the place of write(), fsync() and fdatasync() in the program that links this (ld --wrap), for regular files
 * only.
 */
#ifndef PERCH_TESTS_SIMULATION_DISK_H
#define PERCH_TESTS_SIMULATION_DISK_H

#include <glib.h>

#include "base/json.h"

/* EVENT is of the schedule: {"disk": "die-before" | "die-torn" | "die-after" | "full", "at": N (from 1, counting writes
 * and fsyncs together), "times": how many fail}. NULL: nothing happens. DYING (may be NULL) is called right before this
 * process dies of it, with "write" or "fsync". */
void disk_arm(const json *event, void (*dying)(const char *where));

#endif
