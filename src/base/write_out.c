/* SPDX-License-Identifier: MIT */
#include "base/write_out.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define OWNER_ONLY 0600
#define LOOKS_FOR_A_READER 40 /* of a named pipe: two seconds */
#define LOOK_EVERY (50 * G_TIME_SPAN_MILLISECOND)

static gboolean refuse(GError **error, const char *file, const char *why)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "“%s” %s.\nName another file.", file, why);
    return FALSE;
}

static gboolean is_stream(mode_t mode)
{
    return S_ISCHR(mode) || S_ISFIFO(mode);
}

gboolean write_out_look(const char *file, gboolean *replaces, GError **error)
{
    struct stat entry;
    struct stat target;
    *replaces = FALSE;
    if (lstat(file, &entry) != 0) {
        g_autofree char *folder = g_path_get_dirname(file);
        if (errno != ENOENT)
            return refuse(error, file, g_strerror(errno));
        return g_file_test(folder, G_FILE_TEST_IS_DIR) || refuse(error, file, "would be in a folder that is not there");
    }
    if (S_ISLNK(entry.st_mode))
        return (stat(file, &target) == 0 && is_stream(target.st_mode)) ||
               refuse(error, file, "is a link: what it points to is not replaced behind it");
    *replaces = S_ISREG(entry.st_mode);
    return *replaces || is_stream(entry.st_mode) || refuse(error, file, "is not a file that can be written");
}

gboolean write_out_bytes(int fd, const char *bytes, gsize length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return FALSE;
        bytes += written;
        length -= (gsize)written;
    }
    return TRUE;
}

gboolean write_out_replace(const char *file, const char *bytes, gssize length, GError **error)
{
    /* Later versions of GLib hand on the mode of what is replaced; a new file has the one that is asked for. */
    g_autofree char *new = g_strdup_printf("%s.%08x", file, g_random_int());
    if (!g_file_set_contents_full(new, bytes, length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                  OWNER_ONLY, error))
        return FALSE;
    if (g_rename(new, file) == 0)
        return TRUE;
    g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(errno), "%s: %s", file, g_strerror(errno));
    g_unlink(new);
    return FALSE;
}

/* FILE, a device or a named pipe, for writing, without being made or cut; -1 with errno, ENXIO for a pipe that nobody
 * opens to read: a console that waits for that would never answer again. */
static int open_stream(const char *file)
{
    int fd = -1;
    for (guint looked = 0; looked < LOOKS_FOR_A_READER; looked++) {
        fd = open(file, O_WRONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
        if (fd >= 0 || errno != ENXIO)
            break;
        g_usleep(LOOK_EVERY);
        errno = ENXIO;
    }
    /* Whoever reads it may take his time. */
    if (fd >= 0)
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    return fd;
}

gboolean write_out(const char *file, const char *bytes, gssize length, const char *what, GError **error)
{
    struct stat about;
    gboolean replaces;
    g_autoptr(GError) cause = NULL;
    if (!write_out_look(file, &replaces, error))
        return FALSE;
    if (!replaces && stat(file, &about) == 0) {
        /* It is written to only if it is still what it was taken for. */
        int fd = open_stream(file);
        gboolean written = fd >= 0 && fstat(fd, &about) == 0 && is_stream(about.st_mode) &&
                           write_out_bytes(fd, bytes, length < 0 ? strlen(bytes) : (gsize)length);
        if (!written)
            g_set_error(&cause, PERCH_ERROR, PERCH_ERROR_INPUT, "%s: %s", file,
                        fd < 0 && errno == ENXIO ? "nobody opened it to read" : g_strerror(errno));
        if (fd >= 0)
            close(fd);
        if (written)
            return TRUE;
    } else if (write_out_replace(file, bytes, length, &cause)) {
        return TRUE;
    }
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "%s cannot be written: %s.\nName another file, or mend what is said there.", what, cause->message);
    return FALSE;
}
