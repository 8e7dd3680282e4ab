/* SPDX-License-Identifier: MIT */
/*
 * How long perch waits, how often it asks and how much it takes: every limit that somebody who watches it may meet,
 * once. The manual page's LIMITS are this table. Constants only; they belong to no thread.
 */
#ifndef PERCH_BASE_LIMITS_H
#define PERCH_BASE_LIMITS_H

#include <glib.h>

/* LIMIT(NAME, VALUE, UNIT, WHAT): WHAT goes on from "10 seconds" in the manual. */
#define PERCH_LIMITS(LIMIT)                                                                                            \
    LIMIT(CONNECT, 10, "seconds", "for a connection to a service to stand.")                                           \
    LIMIT(EXCHANGE, 60, "seconds", "for a request and its answer.")                                                    \
    LIMIT(STALL, 30, "seconds", "without a byte, and the connection counts as broken.")                                \
    LIMIT(BODY_MIB, 4, "MiB", "of one answer.")                                                                        \
    LIMIT(HEADERS_KIB, 64, "KiB", "of one answer's headers.")                                                          \
    LIMIT(LIST_PAGES, 1000, "pages", "of one list.")                                                                   \
    LIMIT(LIST_MIB, 64, "MiB", "of one list, all its pages together.")                                                 \
    LIMIT(LIST_TIME, 600, "seconds", "for one list, all its pages together.")                                          \
    LIMIT(LOST_REPEATS, 2, "repeats", "of a read whose answer was lost, and of a request that never left.")            \
    LIMIT(UNAVAILABLE_REPEATS, 3, "repeats", "of a read that was answered with 500, 502, 503 or 504; a write, never.") \
    LIMIT(COLLIDED_REPEATS, 3, "repeats", "of what met another change at the same moment (409).")                      \
    LIMIT(THROTTLED_TOLD, 900, "seconds", "in all where Microsoft says how long to wait with a request (429, 503).")   \
    LIMIT(THROTTLED_UNTOLD, 180, "seconds", "in all where it answers 429 and does not say how long.")                  \
    LIMIT(DEVICE_CODE, 1800, "seconds", "for a sign-in code to be typed, or less as Microsoft says.")                  \
    LIMIT(POLL, 60, "seconds", "between two looks whether the code was typed, unless Microsoft asks for more.")        \
    LIMIT(ROLE_IN_EFFECT, 300, "seconds", "until a role that was activated is seen to be in effect.")                  \
    LIMIT(ROLE_END, 600, "seconds", "before a role of the account ends, a run that writes says so.")                   \
    LIMIT(SESSION_KEY, 28800, "seconds", "that the kernel keeps a sign-in for a login session (--for-session).")

#define PERCH_LIMIT_CONSTANT(name, value, unit, what) LIMIT_##name = (value),
enum perch_limit { PERCH_LIMITS(PERCH_LIMIT_CONSTANT) };
#undef PERCH_LIMIT_CONSTANT

#endif
