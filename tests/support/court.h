/* SPDX-License-Identifier: MIT */
/*
 * Microsoft's contracts as the judge of what a practice tenant recorded. The judge is a script that takes longer to
 * start than most records take to be judged, and most tests ask the same: a request that was judged well with its
 * answer is remembered in the build folder, for these contracts, and not judged again. With PERCH_TEST_ALL everything
 * is. Any thread.
 */
#ifndef PERCH_TESTS_SUPPORT_COURT_H
#define PERCH_TESTS_SUPPORT_COURT_H

#include <glib.h>

/* TRUE if the contracts are here. */
gboolean court_sits(void);

/* What breaks the contracts in RECORDS, paths of records of practice tenants, one line a fault; NULL if nothing does.
 * Caller frees. */
char *court_judge(const GPtrArray *records);

#endif
