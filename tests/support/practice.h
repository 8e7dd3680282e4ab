/*
 * A practice tenant for a test, and perch run against it: what a person would do, and what the tenant was really asked.
 */
#ifndef PERCH_TESTS_PRACTICE_H
#define PERCH_TESTS_PRACTICE_H

#include <glib.h>

#include "base/json.h"
#include "support/support.h"

struct practice_tenant;

/* Start perch-practice on a free port with SCENARIO and further OPTIONS (NULL-terminated, may be NULL), with sign-ins
 * approved by themselves and a clock 600 times as fast. Fails the test if it does not come up. */
struct practice_tenant *practice_begin(const char *scenario, const char *const *options);

/* From now on whoever signs in is ACCOUNT, a user name. */
void practice_sign_in_as(struct practice_tenant *tenant, const char *account);

/* End it (by SIGKILL if HARD) and start it again on what it stored. */
void practice_restart(struct practice_tenant *tenant, gboolean hard);
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

/* The command line of such a run. Caller frees with g_strfreev(). */
char **perch_command_line(const struct practice_tenant *tenant, const char *const *arguments);

/* Everything that was asked so far, one object a request. Caller frees. */
json *practice_record(const struct practice_tenant *tenant);

/* Forget what was asked so far. */
void practice_clear_record(struct practice_tenant *tenant);

/* The writes to Graph and Defender in RECORD (METHOD NULL: any) whose path begins with PATH (NULL: any). */
int count_writes(const json *record, const char *method, const char *path);

/* Write ANSWERS into the scratch folder. Returns the file's path; caller frees. */
char *practice_answers(const struct practice_tenant *tenant, const char *answers);

/* POST BODY to PATH on the sign-in address; returns the answer's body or NULL. Caller frees. */
char *practice_post(const struct practice_tenant *tenant, const char *path, const char *content_type, const char *body);

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

/* Judge the record by Microsoft's contracts, if they can be had here. Fails the test on a fault. */
void assert_contract(const struct practice_tenant *tenant);

#endif
