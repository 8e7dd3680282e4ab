/* SPDX-License-Identifier: MIT */
/*
 * What every level of test needs: a scratch folder, running a program to its end, skipping with a reason.
 */
#ifndef PERCH_TESTS_SUPPORT_H
#define PERCH_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

#include "base/json_type.h"

/* A new folder, removed by scratch_remove(). Caller frees the name. */
char *scratch_new(void);
void scratch_remove(const char *folder);

/* A new folder with what SCRIPT, which gets it as $0, makes there by openssl; the program is skipped without that.
 * Caller frees the name. */
char *scratch_by_openssl(const char *script);

struct run {
    int status; /* exit status; 128 + signal if it was killed */
    char *output;
    char *errors;
};
typedef struct run Run;

/* TEXT in one line: where a text for people breaks its sentences is no matter. Caller frees. */
char *text_unbroken(const char *text);

/* Run ARGUMENTS (NULL-terminated; the first is the program's path) to its end, with INPUT (may be NULL) on standard
 * input and ENVIRONMENT (may be NULL; "NAME=VALUE" entries added to this one's). Caller frees with run_free(). */
struct run *run_program(const char *const *arguments, const char *const *environment, const char *input);
void run_free(struct run *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Run, run_free)

/* The whole of FILE as text. Fails the test if it cannot be read. Caller frees. */
char *read_text(const char *file);

/* The SHA-256 of FILE, 64 hexadecimal digits. Caller frees. */
char *file_sha256(const char *file);

/* Each line of the JSON-lines FILE, in an array; a last one without its end is still being written and left out. Caller
 * frees. */
json *read_json_lines(const char *file);

/* What TEXT says, JSON in which ' stands for "; "null" if it is NULL. Fails the test if it is none. Caller frees. */
json *short_json(const char *text);

/* How long a test waits for what has to come, in microseconds: only a fault takes as long, however slow the machine is.
 */
#define PATIENCE G_TIME_SPAN_MINUTE

#define SKIP_STATUS 77 /* what ctest shows as skipped */

/* Print why and end the whole test program as skipped. */
G_NORETURN void skip_program(const char *reason);

/* Microseconds of processor that this thread has had: what something costs, whoever else is busy. */
gint64 processor_time(void);

#endif
