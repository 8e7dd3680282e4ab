/* SPDX-License-Identifier: MIT */
#include "microsoft/late_curl.h"

#include <glib.h>

const struct late_curl *late_curl(void)
{
    static const char *const names[] = {LATE_CURL(LATE_NAME) NULL};
    static struct late_curl functions;
    static gsize loaded;
    if (g_once_init_enter(&loaded)) {
        late_load(LATE_FILE, names, &functions);
        g_once_init_leave(&loaded, 1);
    }
    return &functions;
}
