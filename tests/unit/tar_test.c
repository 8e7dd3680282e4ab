/* SPDX-License-Identifier: MIT */
#include "base/tar.h"

#include <string.h>

#include "base/error.h"
#include "support/support.h"

#define BLOCK 512

/* An archive of files a, b, c ... of these SIZES, ended by -1. Caller unrefs. */
static GByteArray *archive_of(const int *sizes)
{
    GByteArray *archive = g_byte_array_new();
    for (int i = 0; sizes[i] >= 0; i++) {
        g_autofree char *name = g_strdup_printf("folder/%c", 'a' + i);
        g_autofree char *bytes = g_strnfill((gsize)sizes[i], (char)('A' + i));
        tar_add(archive, name, bytes, (gsize)sizes[i], 1000);
    }
    tar_end(archive);
    return archive;
}

static void test_what_was_packed_is_there_again(void **state)
{
    static const struct {
        int sizes[4];
        guint blocks; /* without those at the end */
    } rows[] = {{{-1}, 0},      {{0, -1}, 1},   {{1, -1}, 2},          {{511, -1}, 2},
                {{512, -1}, 2}, {{513, -1}, 3}, {{1024, 0, 1, -1}, 6}, {{0, 0, 0, -1}, 3}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GByteArray) archive = archive_of(rows[i].sizes);
        assert_int_equal(archive->len % BLOCK, 0);
        assert_true(archive->len >= (rows[i].blocks + 2) * BLOCK);
        g_autoptr(GPtrArray) files = tar_list((const char *)archive->data, archive->len, NULL);
        assert_non_null(files);
        guint count = 0;
        for (; rows[i].sizes[count] >= 0; count++) {
            const struct tar_file *file = g_ptr_array_index(files, count);
            assert_int_equal(file->length, rows[i].sizes[count]);
            assert_int_equal(file->name[strlen("folder/")], 'a' + (int)count);
            for (gsize k = 0; k < file->length; k++)
                assert_int_equal(file->bytes[k], 'A' + (int)count);
        }
        assert_int_equal(files->len, count);
        if (count > 0)
            assert_true(tar_is_one((const char *)archive->data, archive->len));
    }
}

static void refused(const GByteArray *archive, gsize length)
{
    g_autoptr(GError) error = NULL;
    assert_null(tar_list((const char *)archive->data, length, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
}

/* Any archive's reader takes the same bytes: the header is POSIX' own. */
static void test_what_is_damaged_is_refused(void **state)
{
    (void)state;
    g_autoptr(GByteArray) archive = archive_of((const int[]){600, 3, -1});
    refused(archive, 300);
    refused(archive, BLOCK + 100);
    refused(archive, 3 * BLOCK + 7);
    for (gsize at = 0; at < BLOCK; at++) {
        /* What stands behind the checksum's digits counts for nothing. */
        if (at == 154 || at == 155)
            continue;
        g_autoptr(GByteArray) changed = archive_of((const int[]){600, 3, -1});
        changed->data[at] ^= 1;
        refused(changed, changed->len);
    }
    assert_string_equal((const char *)archive->data + 257, "ustar");
    assert_false(tar_is_one("{}", 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_packed_is_there_again),
        cmocka_unit_test(test_what_is_damaged_is_refused),
    };
    return cmocka_run_group_tests_name("tar", tests, NULL, NULL);
}
