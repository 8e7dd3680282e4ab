/* SPDX-License-Identifier: MIT */
#include "input/late_gmime.h"

#include <glib.h>

const struct late_gmime *late_gmime(void)
{
    static const char *const names[] = {LATE_GMIME(LATE_NAME) NULL};
    static struct late_gmime functions;
    static gsize loaded;
    if (g_once_init_enter(&loaded)) {
        late_load(LATE_FILE, names, &functions);
        g_once_init_leave(&loaded, 1);
    }
    return &functions;
}
