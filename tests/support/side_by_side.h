/* SPDX-License-Identifier: MIT */
/*
 * Cases that mostly wait, run side by side: the test program starts itself once for each, with the case's name as its
 * argument.
 */
#ifndef PERCH_TESTS_SIDE_BY_SIDE_H
#define PERCH_TESTS_SIDE_BY_SIDE_H

#include <glib.h>

#include "support/support.h"

/* Set where a test is to try everything: ctest -C Long. */
#define TEST_ALL "PERCH_TEST_ALL"

/* Unless everything is to be tried, leave only MOST of CASES, evenly spread. */
void keep_some(GPtrArray *cases, guint most);

/* Run this program once for each of NAMES (of char *), some at a time. Fails the test with the output of each case that
 * failed. */
void run_side_by_side(const GPtrArray *names);

/* Run the COUNT TESTS of GROUP so, a few at a time: for main(), which gives its own ARGC and ARGV and returns this. A
 * test that ends as skipped makes all of it end so, unless one fails. */
int run_tests_side_by_side(const char *group, const struct CMUnitTest *tests, gsize count, int argc, char **argv);

/* Run TEST, a single cmocka test that reads its case from *STATE (a string), for NAME. For main(). */
int run_case(const char *name, void (*test)(void **state));

#endif
