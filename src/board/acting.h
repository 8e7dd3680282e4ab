/* SPDX-License-Identifier: MIT */
/*
 * What permissions let somebody do, in words (assets/permissions.json): those of Defender's API that act and do not
 * only read, by Microsoft's list of them (learn.microsoft.com/defender-endpoint/api/exposed-apis-list). Any thread.
 */
#ifndef PERCH_BOARD_ACTING_H
#define PERCH_BOARD_ACTING_H

/* The permissions NAMES, separated by ", ", each in words where it is known. Caller frees. */
char *acting_words(const char *names);

#endif
