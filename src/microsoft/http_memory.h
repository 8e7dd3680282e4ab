/* SPDX-License-Identifier: MIT */
/*
 * The allocator that libcurl gets: it keeps headers with tokens on its heap, so what it frees is wiped first.
 */
#ifndef PERCH_MICROSOFT_HTTP_MEMORY_H
#define PERCH_MICROSOFT_HTTP_MEMORY_H

#include <stddef.h>

void *wiping_malloc(size_t size);
void *wiping_calloc(size_t count, size_t size);
void *wiping_realloc(void *block, size_t size);
char *wiping_strdup(const char *text);
void wiping_free(void *block);

#endif
