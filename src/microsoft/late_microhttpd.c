/* SPDX-License-Identifier: MIT */
#include "microsoft/late_microhttpd.h"

#include <glib.h>

const struct late_microhttpd *late_microhttpd(void)
{
    static const char *const names[] = {LATE_MICROHTTPD(LATE_NAME) NULL};
    static struct late_microhttpd functions;
    static gsize loaded;
    if (g_once_init_enter(&loaded)) {
        late_load(LATE_FILE, names, &functions);
        g_once_init_leave(&loaded, 1);
    }
    return &functions;
}
