/* SPDX-License-Identifier: MIT */
/*
 * Step time: the clock for waits, replication and in-doubt windows, and for whatever a journal dates.
 *
 * It is the service's time: the wall clock, corrected where Microsoft's answers say that it is wrong, so that what a
 * journal dates can be held against what the service dates, on whichever machine it was written. A practice tenant on
 * this machine, whose time may run faster, tells its own in every answer. HTTP time-outs, Retry-After, sign-in
 * lifetimes and the screen's own timers use g_get_monotonic_time() and g_get_real_time() instead. A struct clock is a
 * small value: copy it to hand it to another thread.
 */
#ifndef PERCH_BASE_CLOCK_H
#define PERCH_BASE_CLOCK_H

#include <glib.h>

/* Step time may be off by so much: answers are dated to the second. */
#define CLOCK_SLACK (5 * (gint64)G_USEC_PER_SEC)

/* So many answers in a row have to say the same of the clock: one may have been kept by somebody on the way. */
#define CLOCK_ANSWERS 3

struct clock {
    gint64 anchor_monotonic; /* microseconds of g_get_monotonic_time() at the anchor */
    gint64 anchor_time;      /* microseconds since 1970 of step time at the anchor */
    double rate;             /* step seconds in a wall second */
    gint64 apart;            /* microseconds that the last answer was ahead of step time, 0 if within the slack */
    guint agreeing;          /* answers in a row that say so */
};

/* The wall clock, rate 1. */
struct clock clock_wall(void);

/* Follow the time (ISO 8601) and rate that a practice tenant told; what is not valid changes nothing. */
void clock_follow(struct clock *clock, const char *time, const char *rate);

/* An answer that took ELAPSED microseconds bears the date TOLD (microseconds since 1970, a whole second). Corrects the
 * clock once CLOCK_ANSWERS in a row agree on an error. Returns by how many microseconds, 0: not. */
gint64 clock_compare(struct clock *clock, gint64 told, gint64 elapsed);

/* Step time now, in microseconds since 1970. */
gint64 clock_now(const struct clock *clock);

/* The wall microseconds until step time reaches DEADLINE; 0 if it has. */
gint64 clock_wall_until(const struct clock *clock, gint64 deadline);

/* TIME as "2026-11-24T14:02:11Z". Caller frees. */
char *clock_format(gint64 time);

/* Microseconds since 1970 of an ISO 8601 text; -1 if it is none. */
gint64 clock_parse(const char *text);

/* TRUE if TIME and OTHER are of one day in the local zone. */
gboolean clock_same_day(gint64 time, gint64 other);

/* TIME in the local zone as "14:02:11". Caller frees. */
char *clock_format_local(gint64 time);

/* The same with its day and zone: "27 Nov 2026, 20:56 CET". Caller frees. */
char *clock_format_day(gint64 time);

/* TIME for whoever reads it now: "14:02:11 CET" if it is on this day, else as clock_format_day(). Caller frees. */
char *clock_format_near(gint64 time);

/* The moment, or the day alone ("27 Nov 2026"), that an ISO 8601 TEXT of Microsoft's names, as clock_format_day()
 * writes it; TEXT where it is none. Caller frees. */
char *clock_moment_of(const char *text);
char *clock_day_of(const char *text);

#endif
