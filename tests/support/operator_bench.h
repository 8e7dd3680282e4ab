/* SPDX-License-Identifier: MIT */
/*
 * Who sits at the engine's bench: a sign-in, a keyring, a login session and hosts that do what a row says. What the
 * engine asks of them, and what it tells a front end, is written down. Whoever links it wraps what it stands in for
 * (tests/CMakeLists.txt).
 */
#ifndef PERCH_TESTS_OPERATOR_BENCH_H
#define PERCH_TESTS_OPERATOR_BENCH_H

#include "support/engine_bench.h"

/* Let be what SCRIPT says, one thing after another, separated by "; ":
 *   nobody              nobody is signed in; kept: the keyring has a sign-in; kept=WHY: it cannot be used
 *   closed              the tenant's folder is not open yet
 *   granted=SCOPES      no other; gives=SCOPES: a sign-in brings these besides; withheld=SCOPES, unasked=SCOPES of the
 *                       last sign-in
 *   leaves              the person leaves perch when a sign-in is asked for
 *   refuses=SERVICE     a sign-in for "graph" or "defender" is refused; lost=SERVICE: it cannot be reached
 *   keyring=STATE       "ready", "locked", "disabled" and so on, "none": perch has no keyring
 *   secret=PLACE=TEXT   "KIND ACCOUNT" in the keyring; session=NAME: a key of the login session
 *   form=STATUS PAGE    what the practice tenant answers to a form; prompt=URL, code=CODE of the sign-in that waits
 *   host=NAME:WHAT      its answer: seconds that its clock is ahead, "silent" or "gone"
 *   body=KEY=JSON       what a read whose path ends in KEY brings, with ' for "; status=KEY=NUMBER
 *   today=TIME          what the machine's clock says
 *   interactive, unattended, never-ask, no-excess, certificate, practice, unused, for-session, unconfirmed,
 *   no-defender, defender-ready, read-only, stops, device-code, no-sandbox, failed-keyring
 *   named=TENANT        as with --tenant; handed=JSON: what a colleague handed over; proposed: not accepted yet
 *   adopted=KEYS        these were, with the first letter of their key as id; made=KEY: perch made it, with that id
 *   folder-gone         the folder for what is kept cannot be written
 *   stored=TENANT       the only one whose sign-in the keyring has
 * What is none of these is for made_up_arrange(). */
void operator_bench_arrange(struct bench *bench, const char *script);

/* Before and after the work of a row. */
void operator_bench_begin(struct bench *bench);
void operator_bench_end(struct bench *bench);

/* What was asked of sign-in, keyring and session since it began; "" if nothing. Borrowed. */
const char *operator_bench_calls(void);

/* What a front end was told since it began, and what the audit trail says: a list of texts. Caller frees. */
json *operator_bench_told(struct bench *bench);

#endif
