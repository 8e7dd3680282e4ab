/* SPDX-License-Identifier: MIT */
/*
 * Loaded into a program by LD_PRELOAD: its clocks run faster, and what it waits for with poll() comes sooner by as
 * much, so that each wait is as long as it says by the clocks that the program sees.
 *
 *     PERCH_TEST_CLOCK="RATE SINCE"   RATE times as fast since SINCE, in seconds of 1970
 */
#include <dlfcn.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

#define SECOND INT64_C(1000000000)

static int rate = 1;
static int64_t since[2]; /* nanoseconds, of the calendar and of the clock that only runs */
static int (*real_clock)(clockid_t id, struct timespec *now);
static int (*real_poll)(struct pollfd *files, nfds_t count, int timeout);

static int64_t nanoseconds(struct timespec time)
{
    return time.tv_sec * SECOND + time.tv_nsec;
}

__attribute__((constructor)) static void begin(void)
{
    struct timespec now[2] = {0};
    long long second = 0;
    const char *wanted = getenv("PERCH_TEST_CLOCK");
    *(void **)&real_clock = dlsym(RTLD_NEXT, "clock_gettime");
    *(void **)&real_poll = dlsym(RTLD_NEXT, "poll");
    if (wanted == NULL || sscanf(wanted, "%d %lld", &rate, &second) != 2)
        abort();
    real_clock(CLOCK_REALTIME, &now[0]);
    real_clock(CLOCK_MONOTONIC, &now[1]);
    since[0] = second * SECOND;
    since[1] = nanoseconds(now[1]) - (nanoseconds(now[0]) - since[0]);
}

int clock_gettime(clockid_t id, struct timespec *now)
{
    /* Other libraries' constructors may come before. */
    if (real_clock == NULL)
        begin();
    int status = real_clock(id, now);
    bool is_calendar = id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE;
    bool is_running = id == CLOCK_MONOTONIC || id == CLOCK_MONOTONIC_RAW || id == CLOCK_MONOTONIC_COARSE;
    if (status != 0 || (!is_calendar && !is_running))
        return status;
    int64_t begun = since[is_calendar ? 0 : 1];
    int64_t shown = begun + (nanoseconds(*now) - begun) * rate;
    *now = (struct timespec){.tv_sec = shown / SECOND, .tv_nsec = shown % SECOND};
    return 0;
}

/* What GLib asks for the calendar's time. */
int gettimeofday(struct timeval *now, void *zone)
{
    (void)zone;
    struct timespec shown;
    int status = clock_gettime(CLOCK_REALTIME, &shown);
    *now = (struct timeval){.tv_sec = shown.tv_sec, .tv_usec = shown.tv_nsec / 1000};
    return status;
}

int poll(struct pollfd *files, nfds_t count, int timeout)
{
    return real_poll(files, count, timeout > 0 ? (timeout + rate - 1) / rate : timeout);
}
