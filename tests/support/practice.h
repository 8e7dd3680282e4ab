/* SPDX-License-Identifier: MIT */
/*
 * A practice tenant for a test, and perch run against it: what a person would do, and what the tenant was really asked.
 */
#ifndef PERCH_TESTS_PRACTICE_H
#define PERCH_TESTS_PRACTICE_H

#include <glib.h>

#include "base/json.h"
#include "support/side_by_side.h"
#include "support/support.h"

struct practice_tenant;

/* Start perch-practice on a free port with SCENARIO and further OPTIONS (NULL-terminated, may be NULL), with sign-ins
 * approved by themselves and a clock 600 times as fast. Fails the test if it does not come up. */
struct practice_tenant *practice_begin(const char *scenario, const char *const *options);

/* The same, where the clocks of all programs that this one starts from now on run five times as fast, those too by
 * which Retry-After counts; the practice clock as in practice_begin(). */
struct practice_tenant *practice_begin_hurried(const char *scenario);

/* From now on whoever signs in is ACCOUNT, a user name. */
void practice_sign_in_as(struct practice_tenant *tenant, const char *account);

/* End it (by SIGKILL if HARD) and start it again on what it stored. */
void practice_restart(struct practice_tenant *tenant, gboolean hard);

/* Let its clock go on from the last request at RATE, for what is only waited for from now on. */
void practice_quicken(struct practice_tenant *tenant, const char *rate);

/* What the tenant holds, for a change that an administrator makes in the portal: the tenant stands still until
 * practice_put_store() takes it (and frees it). */
json *practice_take_store(struct practice_tenant *tenant);
void practice_put_store(struct practice_tenant *tenant, json *store);

/* The whole of such a change: MEMBER is TEXT of each that COLLECTION ("groups") has under the name NAME (NULL: of all).
 */
void practice_change_by_hand(struct practice_tenant *tenant, const char *collection, const char *name,
                             const char *member, const char *text);

/* Another: none of COLLECTION is left whose MEMBER is TEXT. Fails the test if none was. */
void practice_remove_by_hand(struct practice_tenant *tenant, const char *collection, const char *member,
                             const char *text);

/* End it and remove its folder. What perch asked of it is judged, as by assert_contract(), with all the program's other
 * records at its end, which a fault makes a failure. */
void practice_end(struct practice_tenant *tenant);

/* End it by SIGKILL; practice_restart() brings it back on the same port. */
void practice_stop_hard(struct practice_tenant *tenant);

const char *practice_address(const struct practice_tenant *tenant);
const char *
practice_folder(const struct practice_tenant *tenant); /* scratch: store, record, state directory of perch */

/* Run perch against it with ARGUMENTS (NULL-terminated), its state directory in the scratch folder. Caller frees. */
struct run *perch_run(const struct practice_tenant *tenant, const char *const *arguments);

/* The same with words in a row: perch(tenant, "apply", "--yes", NULL). */
struct run *perch(const struct practice_tenant *tenant, const char *first, ...) G_GNUC_NULL_TERMINATED;

/* Run "apply --yes --json" with the text ANSWERS as its answers. Returns the document; caller frees. */
json *perch_apply(const struct practice_tenant *tenant, const char *answers);

/* Save a plan with the answers in FILE (NULL: those that are kept) and send exactly that: what makes again what was
 * undone. Caller frees. */
struct run *perch_apply_as_planned(const struct practice_tenant *tenant, const char *file);

/* The command line of such a run. Caller frees with g_strfreev(). */
char **perch_command_line(const struct practice_tenant *tenant, const char *const *arguments);

/* Everything that was asked so far, one object a request. Caller frees. */
json *practice_record(const struct practice_tenant *tenant);

/* Take the answers of STATUS to METHOD PATH out of the record: somebody other than the service gave them, so that the
 * contract does not bind them. */
void practice_forget_forged(const struct practice_tenant *tenant, const char *method, const char *path, int status);

/* The records of the test programs that this one starts from now on are judged with its own. */
void practice_judge_with_children(void);

/* Forget what perch asked so far; it is judged as in practice_end(). */
void practice_clear_record(struct practice_tenant *tenant);

/* The writes to Graph and Defender in RECORD (METHOD NULL: any) whose path begins with PATH (NULL: any). */
int count_writes(const json *record, const char *method, const char *path);

/* Write ANSWERS into the scratch folder. Returns the file's path; caller frees. */
char *practice_answers(const struct practice_tenant *tenant, const char *answers);

/* POST BODY to PATH on the sign-in address; returns the answer's body or NULL. Caller frees. */
char *practice_post(const struct practice_tenant *tenant, const char *path, const char *content_type, const char *body);

/* Submit FORM on the page PATH, as a person does in a portal. Fails the test if there is no answer. */
void practice_form(const struct practice_tenant *tenant, const char *path, const char *form);

/* What the tenant holds, as its own store tells. Caller frees. */
json *practice_state(const struct practice_tenant *tenant);

/* The step ID in a document of --json. Borrowed. Fails the test if there is none. */
const json *find_step(const json *document, const char *id);

/* Fail the test unless the step ID is in STATE. */
void assert_step(const json *document, const char *id, const char *state);

/* The one JSON document on RUN's standard output. Caller frees. Fails the test if there is anything else. */
json *run_document(const struct run *run);

/* Fail the test, with both outputs, unless RUN ended with STATUS. */
void assert_status(const struct run *run, int status);

/* Judge the record by Microsoft's contracts. Fails the test on a fault; where the contracts cannot be had here nothing
 * is judged, and journeys_status() says so. */
void assert_contract(const struct practice_tenant *tenant);

/* The exit status of a program of journeys of which FAILED failed: "skipped" instead of 0 if a record was not judged.
 */
int journeys_status(int failed);

/* Run the array TESTS side by side (see side_by_side.h); what main() of a program of journeys returns. */
#define run_journeys(name, tests, argc, argv)                                                                          \
    journeys_status(run_tests_side_by_side(name, tests, G_N_ELEMENTS(tests), argc, argv))

#endif
