/* SPDX-License-Identifier: MIT */
#include "microsoft/http_memory.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "secrets/late_sodium.h"

/* realloc() would leave the old block behind unwiped when it moves it. */
void *wiping_realloc(void *block, size_t size)
{
    if (block == NULL)
        return malloc(size);
    size_t old_size = malloc_usable_size(block);
    if (size <= old_size)
        return block;
    void *larger = malloc(size);
    if (larger == NULL)
        return NULL;
    memcpy(larger, block, old_size);
    wiping_free(block);
    return larger;
}

void wiping_free(void *block)
{
    if (block == NULL)
        return;
    sodium_memzero(block, malloc_usable_size(block));
    free(block);
}
