/* SPDX-License-Identifier: MIT */
#include "ui/late_qrencode.h"

#include <glib.h>

const struct late_qrencode *late_qrencode(void)
{
    static const char *const names[] = {LATE_QRENCODE(LATE_NAME) NULL};
    static struct late_qrencode functions;
    static gsize loaded;
    if (g_once_init_enter(&loaded)) {
        late_load(LATE_FILE, names, &functions);
        g_once_init_leave(&loaded, 1);
    }
    return &functions;
}
