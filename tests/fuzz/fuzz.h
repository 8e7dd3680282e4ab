/* SPDX-License-Identifier: MIT */
/* What the fuzz targets share. */
#ifndef PERCH_TESTS_FUZZ_H
#define PERCH_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

#endif
