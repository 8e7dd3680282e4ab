/* SPDX-License-Identifier: MIT */
#include "base/tar.h"

#include <string.h>

#include "base/error.h"

#define BLOCK 512

/* The header of POSIX 1003.1 (pax, ustar interchange format): all numbers in octal digits. */
struct header {
    char name[100];
    char mode[8];
    char uid[8];
    char gid[8];
    char size[12];
    char mtime[12];
    char checksum[8];
    char type;
    char linkname[100];
    char magic[6];
    char version[2];
    char uname[32];
    char gname[32];
    char devmajor[8];
    char devminor[8];
    char prefix[155];
    char padding[12];
};
G_STATIC_ASSERT(sizeof(struct header) == BLOCK);

static void set_octal(char *field, gsize size, guint64 value)
{
    g_autofree char *digits = g_strdup_printf("%0*" G_GINT64_MODIFIER "o", (int)size - 1, value);
    memcpy(field, digits, size - 1);
}

/* A header is summed up with blanks in the sum's own place. */
static guint64 sum_of(const struct header *header)
{
    struct header copy = *header;
    guint64 sum = 0;
    memset(copy.checksum, ' ', sizeof copy.checksum);
    for (gsize i = 0; i < sizeof copy; i++)
        sum += ((const guchar *)&copy)[i];
    return sum;
}

void tar_add(GByteArray *archive, const char *name, const char *bytes, gsize length, gint64 time)
{
    struct header header = {.type = '0'};
    static const guint8 zeros[BLOCK] = {0};
    g_strlcpy(header.name, name, sizeof header.name);
    set_octal(header.mode, sizeof header.mode, 0600);
    set_octal(header.uid, sizeof header.uid, 0);
    set_octal(header.gid, sizeof header.gid, 0);
    set_octal(header.size, sizeof header.size, length);
    set_octal(header.mtime, sizeof header.mtime, (guint64)MAX(time, 0));
    memcpy(header.magic, "ustar", sizeof header.magic);
    memcpy(header.version, "00", sizeof header.version);
    set_octal(header.checksum, sizeof header.checksum - 1, sum_of(&header));
    header.checksum[sizeof header.checksum - 2] = '\0';
    header.checksum[sizeof header.checksum - 1] = ' ';
    g_byte_array_append(archive, (const guint8 *)&header, sizeof header);
    g_byte_array_append(archive, (const guint8 *)bytes, (guint)length);
    if (length % BLOCK != 0)
        g_byte_array_append(archive, zeros, (guint)(BLOCK - length % BLOCK));
}

void tar_end(GByteArray *archive)
{
    static const guint8 zeros[2 * BLOCK] = {0};
    g_byte_array_append(archive, zeros, sizeof zeros);
}

static void file_free(gpointer data)
{
    struct tar_file *file = data;
    g_free(file->name);
    g_free(file);
}

gboolean tar_is_one(const char *bytes, gsize length)
{
    const struct header *header = (const void *)bytes;
    return length >= BLOCK && memcmp(header->magic, "ustar", sizeof header->magic) == 0;
}

static gboolean is_empty(const char *bytes, gsize length)
{
    gsize at = 0;
    while (at < length && bytes[at] == '\0')
        at++;
    return at == length;
}

GPtrArray *tar_list(const char *bytes, gsize length, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(file_free);
    const char *why = "it is cut off";
    gsize at = 0;
    while (length - at >= BLOCK) {
        struct header header;
        memcpy(&header, bytes + at, sizeof header);
        if (header.name[0] == '\0' && is_empty(bytes + at, length - at))
            return g_steal_pointer(&files);
        /* What stands behind an end that is none, other programs would unpack. */
        if (header.name[0] == '\0') {
            why = "something follows its end";
            break;
        }
        g_autofree char *name = g_strndup(header.name, sizeof header.name);
        g_autofree char *digits = g_strndup(header.size, sizeof header.size);
        g_autofree char *sum = g_strndup(header.checksum, sizeof header.checksum);
        guint64 size = g_ascii_strtoull(digits, NULL, 8);
        at += BLOCK;
        if (header.type != '0' || g_ascii_strtoull(sum, NULL, 8) != sum_of(&header)) {
            why = "a header in it is damaged";
            break;
        }
        if (size > length - at || (size + BLOCK - 1) / BLOCK * BLOCK > length - at)
            break;
        struct tar_file *file = g_new0(struct tar_file, 1);
        file->name = g_steal_pointer(&name);
        file->bytes = bytes + at;
        file->length = size;
        g_ptr_array_add(files, file);
        at += (size + BLOCK - 1) / BLOCK * BLOCK;
    }
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "The archive cannot be read: %s.", why);
    return NULL;
}
