/* SPDX-License-Identifier: MIT */
/*
 * Linked with --wrap into tests of what waits for seconds: the monotonic clock runs faster, and HTTP's waits end sooner
 * by as much, so that each is as long as it says by the clock that the program sees.
 */
#include <glib.h>

#include "microsoft/late_curl.h"

#undef curl_multi_poll
#define RATE 20

gint64 __real_g_get_monotonic_time(void);
gint64 __wrap_g_get_monotonic_time(void);
const struct late_curl *__real_late_curl(void);
const struct late_curl *__wrap_late_curl(void);

gint64 __wrap_g_get_monotonic_time(void)
{
    return __real_g_get_monotonic_time() * RATE;
}

static CURLMcode poll_faster(CURLM *multi, struct curl_waitfd more[], unsigned int count, int timeout, int *ready)
{
    return __real_late_curl()->curl_multi_poll(multi, more, count, (timeout + RATE - 1) / RATE, ready);
}

const struct late_curl *__wrap_late_curl(void)
{
    static struct late_curl faster;
    static gsize made;
    if (g_once_init_enter(&made)) {
        faster = *__real_late_curl();
        faster.curl_multi_poll = poll_faster;
        g_once_init_leave(&made, 1);
    }
    return &faster;
}
