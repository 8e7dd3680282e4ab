/* SPDX-License-Identifier: MIT */
/*
 * What libcurl frees and enlarges by: it keeps headers with tokens on its heap, so what it lets go is wiped first.
 */
#ifndef PERCH_MICROSOFT_HTTP_MEMORY_H
#define PERCH_MICROSOFT_HTTP_MEMORY_H

#include <stddef.h>

void *wiping_realloc(void *block, size_t size);
void wiping_free(void *block);

#endif
