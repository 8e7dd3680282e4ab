/* SPDX-License-Identifier: MIT */
/*
 * The evidence of one tenant as one archive: the report in all its forms, the plan, what the state folder holds of
 * journal and audit trail, what they were made with, and the SHA-256 of each, as sha256sum -c reads it.
 */
#ifndef PERCH_COMMANDS_REPORT_BUNDLE_H
#define PERCH_COMMANDS_REPORT_BUNDLE_H

#include "board/event.h"

struct bundle;

/* Begin the archive; reads the state folder of BOARD. Caller ends it with bundle_end(). */
struct bundle *bundle_begin(const struct board *board, const struct plan *plan, const struct history *history);

/* The sums so far: what a seal is put on. Borrowed. */
const char *bundle_sums(const struct bundle *bundle);

/* The finished tar archive; SEAL is put in unless its key is "". BUNDLE is freed. Caller unrefs. */
GByteArray *bundle_end(struct bundle *bundle, const struct seal *seal);

#endif
