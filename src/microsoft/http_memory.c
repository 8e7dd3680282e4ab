/* SPDX-License-Identifier: MIT */
#include "microsoft/http_memory.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "secrets/late_sodium.h"

/* From here on whole pages go back to the kernel, which gives them out again as zeros: libcurl has 128 KiB for each
 * answer and uses the first few of them, and to write into all would first make pages of them. */
#define LARGE ((size_t)64 * 1024)

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

static void wipe(char *block, size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t head = (page - (uintptr_t)block % page) % page;
    size_t whole = size > head ? (size - head) / page * page : 0;
    if (size < LARGE || madvise(block + head, whole, MADV_DONTNEED) != 0) {
        sodium_memzero(block, size);
        return;
    }
    sodium_memzero(block, head);
    sodium_memzero(block + head + whole, size - head - whole);
}

void wiping_free(void *block)
{
    if (block == NULL)
        return;
    wipe(block, malloc_usable_size(block));
    free(block);
}
