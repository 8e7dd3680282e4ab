/* SPDX-License-Identifier: MIT */
#include "microsoft/http_memory.h"

#include <fcntl.h>
#include <malloc.h>
#include <string.h>
#include <unistd.h>

#include "support/support.h"

#define SECRET "a token that must not stay"

/* Read as a debugger reads it, since it is free memory, and to where no new memory is taken for it. */
static gboolean stands_in(const void *block, gsize size)
{
    static char bytes[512 * 1024];
    assert_true(size <= sizeof bytes);
    int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    assert_true(memory >= 0);
    gssize length = pread(memory, bytes, size, (off_t)(gsize)block);
    close(memory);
    assert_int_equal(length, size);
    return memmem(bytes, (gsize)length, SECRET, strlen(SECRET)) != NULL;
}

static void nothing_of_what_is_freed_can_be_read(void **state)
{
    (void)state;
    static const gsize sizes[] = {100, 4096, 65535, 65536, 100000, 131073, 300000};
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        gsize size = sizes[i];
        char *block = malloc(size);
        for (gsize at = 0; at + strlen(SECRET) <= size; at += strlen(SECRET))
            memcpy(block + at, SECRET, strlen(SECRET));
        memcpy(block + size - strlen(SECRET), SECRET, strlen(SECRET));
        assert_true(stands_in(block, size));
        wiping_free(block);
        assert_false(stands_in(block, size));
    }
}

static void what_grows_keeps_its_bytes_and_leaves_none_behind(void **state)
{
    (void)state;
    char *block = malloc(70000);
    memset(block, 'x', 70000);
    memcpy(block + 35000, SECRET, strlen(SECRET));
    char *larger = wiping_realloc(block, 400000);
    assert_memory_equal(larger + 35000, SECRET, strlen(SECRET));
    assert_true(larger == block || !stands_in(block, 70000));
    wiping_free(larger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_of_what_is_freed_can_be_read),
        cmocka_unit_test(what_grows_keeps_its_bytes_and_leaves_none_behind),
    };
    /* In one heap, where what is freed stays. */
    mallopt(M_MMAP_THRESHOLD, 4 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
    return cmocka_run_group_tests_name("http memory", tests, NULL, NULL);
}
