/* SPDX-License-Identifier: MIT */
#include "microsoft/late_crypto.h"

#include <glib.h>

const struct late_crypto *late_crypto(void)
{
    static const char *const names[] = {LATE_CRYPTO(LATE_NAME) NULL};
    static struct late_crypto functions;
    static gsize loaded;
    if (g_once_init_enter(&loaded)) {
        late_load(LATE_FILE, names, &functions);
        g_once_init_leave(&loaded, 1);
    }
    return &functions;
}
