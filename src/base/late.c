/* SPDX-License-Identifier: MIT */
#include "base/late.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

/* The library or function is named, as the dynamic loader names it; whoever guards the terminal lets it go. */
G_NORETURN static void end_without(const char *why)
{
    fprintf(stderr, "perch: error while loading shared libraries: %s\n", why);
    abort();
}

void late_load(const char *file, const char *const *names, void *functions)
{
    char *place = functions;
    void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
    if (library == NULL)
        end_without(dlerror());
    for (; *names != NULL; names++, place += sizeof library) {
        void *function = dlsym(library, *names);
        if (function == NULL)
            end_without(dlerror());
        memcpy(place, &function, sizeof function);
    }
}
