/* SPDX-License-Identifier: MIT */
#include "secrets/late_secret.h"

#include <glib.h>

const struct late_secret *late_secret(void)
{
    static const char *const names[] = {LATE_SECRET(LATE_NAME) NULL};
    static struct late_secret functions;
    static gsize loaded;
    if (g_once_init_enter(&loaded)) {
        late_load(LATE_FILE, names, &functions);
        g_once_init_leave(&loaded, 1);
    }
    return &functions;
}
