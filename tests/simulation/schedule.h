/* SPDX-License-Identifier: MIT */
/*
 * What happens in one simulation, as a JSON document made from a seed:
 *
 *     {"seed", "scenario", "lags": [{"seconds": behind}, one a replica], "decisions": {...}, "undo": bool,
 *      "dateOnly": true where answers tell the time as Microsoft's do, by their Date header alone,
 *      "items": [{"run": "apply" | "check" | "undo", "who": "ann" | "ben", "disk": {...} or absent,
 *                 "skew": seconds that the machine's clock is wrong, or absent,
 *                 "faults": [{"write", "read" or "wait": N from 1, "kind": WORD}]},
 *                {"both": [two runs that go on side by side]},
 *                {"hand": "remove" | "describe" | "double", "collection": NAME},
 *                {"keep": who} and {"restore": who}: the state folder, as a backup,
 *                {"pass": seconds}, {"jump": seconds, back or forth}, {"restart": true}]}
 *
 * A jump is one of the tenant's clock; where answers bear no more than a date, of all machines' but the tenant's.
 *
 * A fault strikes the run's Nth write, read, or wait for time alone; of a wait there is only "kill". "lost-..." before
 * or after it was carried out; "NNN" without carrying it out, "NNN-done" with; "429-later" says when to come again;
 * "unreadable" is cut; "no-id" is a yes that
 * names nothing; "redirect" leads to another host and "redirect-own" to a page of the service's, without carrying it
 * out; "empty" is a list with nothing in it; "slow" takes most of a minute; "tenant-dies", before or
 * after it was carried out, and is started again on what it stored; "kill-..." kills the perch.
 *
 * After the items everybody is left in peace, and what should be settled by then is judged.
 */
#ifndef PERCH_TESTS_SIMULATION_SCHEDULE_H
#define PERCH_TESTS_SIMULATION_SCHEDULE_H

#include "base/json.h"

/* Caller frees. */
json *schedule_make(guint64 seed);

/* One apply and one undo, with a fault of the disk at one place: NUMBER counts through all writes and fsyncs of an
 * apply, each time with another of what can happen there, from 1. Caller frees. */
json *schedule_make_disk(guint64 number);

/* One apply on a machine whose clock is wrong, with the answer to one write lost, and one undo: NUMBER counts through
 * all writes of an apply, each time with another error of the clock, from 1. Caller frees. */
json *schedule_make_clock(guint64 number);

/* TRUE if SCHEDULE still fails. */
typedef gboolean (*schedule_fails_func)(const json *schedule, gpointer data);

/* The smallest part of SCHEDULE found by leaving out items and faults that still FAILS. Caller frees. */
json *schedule_shorten(const json *schedule, schedule_fails_func fails, gpointer data);

#endif
