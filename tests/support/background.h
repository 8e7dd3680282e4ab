/* SPDX-License-Identifier: MIT */
/*
 * perch run in the background against a practice tenant, so that a test can do something to it meanwhile; and its
 * journal as it stands on disk.
 */
#ifndef PERCH_TESTS_BACKGROUND_H
#define PERCH_TESTS_BACKGROUND_H

#include <glib.h>
#include <sys/types.h>

#include "support/practice.h"

struct background;

struct background_limits {
    gint64 file_bytes;              /* a write that takes a file beyond it fails like on a full disk; -1: no limit */
    const char *const *environment; /* NAME=VALUE, NULL-terminated: in force besides; NULL: none */
};

/* Start perch with ARGUMENTS (NULL-terminated) as perch_run() does. LIMITS may be NULL. */
struct background *background_start(const struct practice_tenant *tenant, const char *const *arguments,
                                    const struct background_limits *limits);

/* Its process id. */
int background_process(const struct background *background);

/* SIGKILL. */
void background_kill(struct background *background);

/* Wait for its end (for no longer than PATIENCE) and free BACKGROUND. Caller frees the run. */
struct run *background_end(struct background *background);

/* TRUE once CONDITION(DATA) holds; FALSE after PATIENCE. */
gboolean wait_until(gboolean (*condition)(gconstpointer data), gconstpointer data);

/* The folder of the only tenant in TENANT's state directory, or NULL. Caller frees. */
char *state_folder(const struct practice_tenant *tenant);

/* The journal's text; "" if there is none yet. Caller frees. */
char *journal_text(const struct practice_tenant *tenant);

/* How many requests with METHOD and exactly PATH were recorded so far. */
int count_requests(const struct practice_tenant *tenant, const char *method, const char *path);

/* Fail the test if the tenant was made to hold something twice: two writes to Graph or Defender that succeeded with the
 * same method, path and body. */
void assert_nothing_twice(const struct practice_tenant *tenant);

/* Arm a fault: FAULT in JSON with single quotes for double ones, see practice/fault.h. */
void arm_fault(const struct practice_tenant *tenant, const char *fault);

/* How many groups, role assignments ... (a list under "objects" of the practice tenant's state) bear NAME (NULL: any)
 * in MEMBER. */
int count_held(const struct practice_tenant *tenant, const char *list, const char *member, const char *name);

#endif
