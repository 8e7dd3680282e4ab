/* SPDX-License-Identifier: MIT */
/*
 * The practice tenant that `perch --practice` starts on this machine, as a child that ends with this process. UI
 * thread.
 */
#ifndef PERCH_COMMANDS_PRACTICE_H
#define PERCH_COMMANDS_PRACTICE_H

#include <glib.h>

struct practice;

/* The scenarios, one a line: name and what it shows. PERCH_ERROR_INTERNAL if the practice tenant is not installed.
 * Caller frees. */
char *practice_scenarios(GError **error);

/* Start perch-practice, which is found beside this program, on a free port. STATE_DIR/practice/SCENARIO holds its
 * store; START_OVER drops that and the journals in it. AUTO_APPROVE: sign-ins need no person. PERCH_ERROR_USAGE for
 * a scenario that there is not. It may be asked at once, and answers when it is up. Caller ends it with
 * practice_stop(). */
struct practice *practice_start(const char *state_dir, const char *scenario, gboolean start_over, gboolean auto_approve,
                                GError **error);
void practice_stop(struct practice *practice); /* NULL is fine */

/* Wait until it is up; to be called once, without waiting where practice_file(), which it keeps, is readable.
 * PERCH_ERROR_INTERNAL if it ended instead. */
gboolean practice_is_up(const struct practice *practice, GError **error);
int practice_file(const struct practice *practice);

/* http://127.0.0.1:PORT, and the folder for the journals. Borrowed. */
const char *practice_url(const struct practice *practice);
const char *practice_state_dir(const struct practice *practice);

#endif
