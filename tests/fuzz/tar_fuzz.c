/* SPDX-License-Identifier: MIT */
/* tar_list(): any bytes. What is taken is the same once it was packed again. */
#include "base/tar.h"
#include "tests/fuzz/fuzz.h"

static void must_come_again(const GPtrArray *files)
{
    g_autoptr(GByteArray) archive = g_byte_array_new();
    for (guint i = 0; i < files->len; i++) {
        const struct tar_file *file = files->pdata[i];
        if (strlen(file->name) > 99)
            return;
        tar_add(archive, file->name, file->bytes, file->length, 0);
    }
    tar_end(archive);
    g_autoptr(GPtrArray) again = tar_list((const char *)archive->data, archive->len, NULL);
    must(again != NULL && again->len == files->len);
    for (guint i = 0; i < files->len; i++) {
        const struct tar_file *one = files->pdata[i];
        const struct tar_file *other = again->pdata[i];
        must(strcmp(one->name, other->name) == 0 && one->length == other->length);
        must(one->length == 0 || memcmp(one->bytes, other->bytes, one->length) == 0);
    }
}

/* Its checksum, which keeps nearly all that a fuzzer makes from being looked at, is put right before. */
static void mend_checksum(guint8 *header)
{
    memset(header + 148, ' ', 8);
    guint sum = 0;
    for (int i = 0; i < 512; i++)
        sum += header[i];
    g_snprintf((char *)header + 148, 8, "%06o", sum);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *bytes = g_memdup2(data, size);
    if (size >= 512)
        mend_checksum((guint8 *)bytes);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) files = tar_list(bytes, size, &error);
    if (files == NULL)
        must_be_said(error);
    else
        must_come_again(files);
    return 0;
}
