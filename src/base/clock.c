/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <math.h>
#include <time.h>

#define DAY_FORMAT "%-d %b %Y"

struct clock clock_wall(void)
{
    struct clock clock = {
        .anchor_monotonic = g_get_monotonic_time(),
        .anchor_time = g_get_real_time(),
        .rate = 1.0,
    };
    return clock;
}

void clock_follow(struct clock *clock, const char *time, const char *rate)
{
    gint64 told_time = time != NULL ? clock_parse(time) : -1;
    double told_rate = rate != NULL ? g_ascii_strtod(rate, NULL) : 0;
    if (told_time < 0 || !isfinite(told_rate) || told_rate <= 0)
        return;
    clock->anchor_monotonic = g_get_monotonic_time();
    clock->anchor_time = told_time;
    clock->rate = told_rate;
}

gint64 clock_compare(struct clock *clock, gint64 told, gint64 elapsed)
{
    /* It was dated at some moment of that second, while it was under way. */
    gint64 least = told - clock_now(clock);
    gint64 most = least + G_USEC_PER_SEC + elapsed;
    gint64 apart = least > CLOCK_SLACK ? least : most < -CLOCK_SLACK ? most : 0;
    gboolean agrees = apart != 0 && ABS(apart - clock->apart) <= CLOCK_SLACK;
    clock->agreeing = agrees ? clock->agreeing + 1 : apart != 0;
    clock->apart = apart;
    if (clock->agreeing < CLOCK_ANSWERS)
        return 0;
    clock->anchor_time += apart;
    clock->apart = 0;
    clock->agreeing = 0;
    return apart;
}

gint64 clock_now(const struct clock *clock)
{
    gint64 passed = g_get_monotonic_time() - clock->anchor_monotonic;
    return clock->anchor_time + (gint64)((double)passed * clock->rate);
}

gint64 clock_wall_until(const struct clock *clock, gint64 deadline)
{
    gint64 left = deadline - clock_now(clock);
    gint64 whole = left <= 0 ? 0 : (gint64)((double)left / clock->rate);
    return left <= 0 || (double)whole * clock->rate >= (double)left ? whole : whole + 1;
}

char *clock_format(gint64 time)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(time / G_USEC_PER_SEC);
    return g_date_time_format(utc, "%Y-%m-%dT%H:%M:%SZ");
}

gint64 clock_parse(const char *text)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601(text, utc);
    if (moment == NULL)
        return -1;
    return g_date_time_to_unix(moment) * G_USEC_PER_SEC + g_date_time_get_microsecond(moment);
}

/* For each line of a log: GDateTime would look three times on disk for the zone, this once whether it changed. */
static struct tm local_time(gint64 time)
{
    time_t seconds = (time_t)(time / G_USEC_PER_SEC);
    struct tm local = {0};
    tzset();
    localtime_r(&seconds, &local);
    return local;
}

gboolean clock_same_day(gint64 time, gint64 other)
{
    struct tm a = local_time(time), b = local_time(other);
    return a.tm_year == b.tm_year && a.tm_yday == b.tm_yday;
}

char *clock_format_local(gint64 time)
{
    struct tm local = local_time(time);
    return g_strdup_printf("%02d:%02d:%02d", local.tm_hour, local.tm_min, local.tm_sec);
}

char *clock_format_day(gint64 time)
{
    g_autoptr(GDateTime) local = g_date_time_new_from_unix_local(time / G_USEC_PER_SEC);
    return g_date_time_format(local, DAY_FORMAT ", %H:%M %Z");
}

char *clock_format_near(gint64 time)
{
    g_autoptr(GDateTime) local = g_date_time_new_from_unix_local(time / G_USEC_PER_SEC);
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    gboolean today = g_date_time_get_year(local) == g_date_time_get_year(now) &&
                     g_date_time_get_day_of_year(local) == g_date_time_get_day_of_year(now);
    return today ? g_date_time_format(local, "%H:%M:%S %Z") : clock_format_day(time);
}

char *clock_moment_of(const char *text)
{
    gint64 time = clock_parse(text);
    return time > 0 ? clock_format_day(time) : g_strdup(text);
}

char *clock_day_of(const char *text)
{
    gint64 time = clock_parse(text);
    g_autoptr(GDateTime) local = time > 0 ? g_date_time_new_from_unix_local(time / G_USEC_PER_SEC) : NULL;
    return local != NULL ? g_date_time_format(local, DAY_FORMAT) : g_strdup(text);
}
