/* SPDX-License-Identifier: MIT */
#include "base/embedded.h"

#include <string.h>

GBytes *embedded_bytes(const struct embedded *files, const char *name)
{
    while (files->name != NULL && strcmp(files->name, name) != 0)
        files++;
    return files->name != NULL ? g_bytes_new_static(files->bytes, files->length) : NULL;
}
