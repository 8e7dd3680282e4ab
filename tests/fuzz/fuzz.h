/* SPDX-License-Identifier: MIT */
/* What the fuzz targets share. */
#ifndef PERCH_TESTS_FUZZ_H
#define PERCH_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>

#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libFuzzer keeps an input that aborts. */
static inline void must(gboolean holds)
{
    if (!holds)
        abort();
}

/* TEXT may be shown on a terminal as it is. */
static inline void must_be_safe(const char *text)
{
    g_autofree char *safe = text_safe(text, -1);
    must(strcmp(safe, text) == 0);
}

/* There is something to say about it. What it quotes is made safe where it is shown. */
static inline void must_be_said(const GError *error)
{
    must(error != NULL && *error->message != '\0');
}

/* A file that holds DATA until the next call, and that only its owner may write to. It has no name in any folder. */
static inline const char *file_of(const uint8_t *data, size_t size)
{
    static char name[32];
    static int file = -1;
    if (file < 0) {
        file = memfd_create("fuzz", MFD_CLOEXEC);
        must(file >= 0 && fchmod(file, 0600) == 0);
        g_snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    }
    must(ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == (ssize_t)size);
    return name;
}

#endif
