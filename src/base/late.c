/* SPDX-License-Identifier: MIT */
#include "base/late.h"

#include <dlfcn.h>
#include <string.h>

#include <glib.h>

void late_load(const char *file, const char *const *names, void *functions)
{
    char *place = functions;
    void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
    if (library == NULL)
        g_error("%s", dlerror());
    for (; *names != NULL; names++, place += sizeof library) {
        void *function = dlsym(library, *names);
        if (function == NULL)
            g_error("%s", dlerror());
        memcpy(place, &function, sizeof function);
    }
}
