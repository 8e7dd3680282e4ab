/* SPDX-License-Identifier: MIT */
#include "simulation/virtual_time.h"

static gint64 virtual_now = G_USEC_PER_SEC;
static gint64 virtual_skew;

gint64 __wrap_g_get_monotonic_time(void);
gint64 __wrap_g_get_real_time(void);

gint64 __wrap_g_get_monotonic_time(void)
{
    return virtual_now;
}

gint64 __wrap_g_get_real_time(void)
{
    return VIRTUAL_EPOCH + virtual_now + virtual_skew;
}

void virtual_time_set(gint64 now)
{
    virtual_now = now;
}

void virtual_time_skew(gint64 skew)
{
    virtual_skew = skew;
}

gint64 virtual_time_now(void)
{
    return virtual_now;
}
