/* SPDX-License-Identifier: MIT */
#include "microsoft/retry.h"

#include <string.h>

#include "base/limits.h"

#define SECOND ((gint64)G_USEC_PER_SEC)
#define LONGEST_STEP (60 * SECOND)
#define LONGEST_WINDOW (300 * SECOND)
#define DOUBLINGS 10

static gint64 grown(gint64 first, guint repeats)
{
    return MIN(first << MIN(repeats, DOUBLINGS), MAX(first, LONGEST_STEP));
}

gint64 retry_wait(const struct retry_past *past, const struct retry_answer *answer)
{
    if (answer->outcome != REPLY_ANSWERED) {
        gboolean repeatable = answer->outcome == REPLY_NOT_SENT || answer->harmless;
        return repeatable && answer->may_pass && past->repeats < LIMIT_LOST_REPEATS ? grown(SECOND / 2, past->repeats)
                                                                                    : -1;
    }
    int status = answer->status;
    gboolean passes = status == 500 || status == 502 || status == 503 || status == 504;
    if (answer->collided)
        return past->repeats < LIMIT_COLLIDED_REPEATS ? grown(SECOND, past->repeats) : -1;
    if ((status == 429 && answer->is_quota) || (status != 429 && (!answer->harmless || !passes)))
        return -1;
    if (answer->told >= 0) {
        /* A service that says "1" or "0" for ever is not asked every second. */
        gint64 told_wait = MAX(answer->told, grown(SECOND, past->repeats));
        return told_wait <= LIMIT_THROTTLED_TOLD * SECOND - past->waited ? told_wait : -1;
    }
    if (status == 429) {
        gint64 wait = grown(MAX(answer->window, SECOND), past->repeats);
        /* A window that is longer than all of the time is sat out once. */
        gint64 in_all = MAX(LIMIT_THROTTLED_UNTOLD * SECOND, answer->window);
        return wait <= in_all - past->waited ? wait : -1;
    }
    return past->repeats < LIMIT_UNAVAILABLE_REPEATS ? grown(SECOND, past->repeats) : -1;
}

gint64 retry_window(const char *sentence)
{
    const char *at = sentence != NULL ? strstr(sentence, "throttle") : NULL;
    for (at = at != NULL ? strchr(at, '.') : NULL; at != NULL; at = strchr(at + 1, '.')) {
        char *end = NULL;
        guint64 count = g_ascii_isdigit(at[1]) ? g_ascii_strtoull(at + 1, &end, 10) : 0;
        gboolean minutes = end != NULL && *end == 'm';
        gboolean seconds = end != NULL && *end == 's';
        if (count > 0 && count <= 300 && (minutes || seconds) && !g_ascii_isalnum(end[1]))
            return MIN((gint64)count * (minutes ? 60 : 1) * SECOND, LONGEST_WINDOW);
    }
    return 0;
}
