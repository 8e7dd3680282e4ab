/* SPDX-License-Identifier: MIT */
#include "store/state_dir.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "base/trusted_file.h"
#include "base/write_out.h"

#define FOLDER_MODE 0700
#define FILE_MODE ((mode_t)0600)
#define READ_SIZE 65536
#define LONGEST_HOLDER 200

static gboolean fail(GError **error, const char *what, const char *path)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                "%s %s: %s.\nName another folder with --state-dir, or mend this one.", what, path, g_strerror(errno));
    return FALSE;
}

static gboolean refuse(GError **error, const char *path, const char *why, const char *what_to_do)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "%s %s.\nNothing was sent. %s", path, why, what_to_do);
    return FALSE;
}

/* A file that others could only read is closed to them; one that they could write, or that has another name, may hold
 * what they put there. */
static gboolean check_file(int fd, const char *path, GError **error)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return fail(error, "Cannot use", path);
    if (!S_ISREG(status.st_mode) || status.st_uid != geteuid())
        return refuse(error, path, "is not a plain file of yours", "Move it away, or name another --state-dir.");
    if (status.st_nlink > 1)
        return refuse(error, path, "has another name too (a hard link), by which it may be changed",
                      "Put a copy in its place, or name another --state-dir.");
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return refuse(error, path, "could be written by other users, and is not believed",
                      "Look whether it is as you know it, then close it with chmod 600, or name another --state-dir.");
    if ((status.st_mode & 07777 & ~FILE_MODE) != 0 && fchmod(fd, FILE_MODE) != 0)
        return fail(error, "Cannot close to other users the file", path);
    return TRUE;
}

/* -1 and error if it cannot be opened, or may hold what another user put there. */
static int open_checked(const char *path, int flags, GError **error)
{
    /* Without waiting for the other end of a pipe. */
    int fd = open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, FILE_MODE);
    if (fd < 0 && errno == ELOOP)
        refuse(error, path, "is a link", "Put the file itself there, or name another --state-dir.");
    else if (fd < 0)
        fail(error, "Cannot open", path);
    if (fd < 0 || check_file(fd, path, error))
        return fd;
    close(fd);
    return -1;
}

/* ALLOWED: what of the mode of one that is there already may stay. */
static gboolean make_folder(const char *path, mode_t allowed, GError **error)
{
    if (g_mkdir_with_parents(path, FOLDER_MODE) != 0)
        return fail(error, "Cannot make the folder", path);
    struct stat status;
    if (lstat(path, &status) != 0)
        return fail(error, "Cannot use the folder", path);
    if (!S_ISDIR(status.st_mode))
        return refuse(error, path, "is a link or a file, where a folder is wanted",
                      "Name the folder itself with --state-dir.");
    if (status.st_uid != geteuid())
        return refuse(error, path, "belongs to another user", "Name a folder of yours with --state-dir.");
    /* One for everybody, as /tmp: to close it would keep others out of what is theirs. */
    if ((status.st_mode & S_ISVTX) != 0 && (status.st_mode & S_IWOTH) != 0)
        return refuse(error, path, "is a folder for everybody", "Name a folder of your own below it with --state-dir.");
    if ((status.st_mode & 07777 & ~allowed) != 0 && chmod(path, status.st_mode & allowed) != 0)
        return fail(error, "Cannot close to other users the folder", path);
    return access(path, W_OK | X_OK) == 0 || fail(error, "Cannot write into the folder", path);
}

gboolean state_dir_prepare(const char *base, GError **error)
{
    /* It may be somebody's home: others may go on to look into it. */
    if (!make_folder(base, 07777 & ~(mode_t)(S_IWGRP | S_IWOTH), error))
        return FALSE;
    g_autofree char *open_folder = trusted_file_open_folder(base);
    return open_folder == NULL ||
           refuse(error, open_folder,
                  "is a folder that others may write to, and so could put another in the place of "
                  "what perch keeps below it",
                  "Take that from them with chmod go-w, or name another --state-dir.");
}

static gboolean take_lock(struct state_dir *dir, GError **error)
{
    g_autofree char *path = state_dir_file(dir, "lock");
    dir->lock = open_checked(path, O_RDWR | O_CREAT, error);
    if (dir->lock < 0)
        return FALSE;
    if (flock(dir->lock, LOCK_EX | LOCK_NB) == 0) {
        /* For whoever finds it held. That it cannot be written is no reason to fail. */
        g_autofree char *since = clock_format(g_get_real_time());
        g_autofree char *who = g_strdup_printf("process %d on %s since %s\n", (int)getpid(), g_get_host_name(), since);
        if (ftruncate(dir->lock, 0) != 0 || write(dir->lock, who, strlen(who)) < 0)
            g_debug("The lock does not name who holds it.");
        return TRUE;
    }
    if (errno != EWOULDBLOCK)
        return fail(error, "Cannot lock", path);
    dir->read_only = TRUE;
    char text[LONGEST_HOLDER];
    ssize_t length = pread(dir->lock, text, sizeof(text), 0);
    const char *end = length > 0 ? memchr(text, '\n', (gsize)length) : NULL;
    g_free(dir->holder);
    dir->holder = end != NULL ? text_safe(text, end - text) : g_strdup("");
    return TRUE;
}

struct state_dir *state_dir_open(const char *base, const char *tenant_id, GError **error)
{
    struct state_dir *dir = g_new0(struct state_dir, 1);
    dir->path = g_build_filename(base, tenant_id, NULL);
    dir->holder = g_strdup("");
    dir->lock = -1;
    if (state_dir_prepare(base, error) && make_folder(dir->path, FOLDER_MODE, error) && take_lock(dir, error))
        return dir;
    state_dir_close(dir);
    return NULL;
}

void state_dir_close(struct state_dir *dir)
{
    if (dir == NULL)
        return;
    if (dir->lock >= 0)
        close(dir->lock);
    g_free(dir->holder);
    g_free(dir->path);
    g_free(dir);
}

char *state_dir_why_read_only(const struct state_dir *dir)
{
    gboolean named = dir->holder[0] != '\0';
    return g_strdup_printf("Another perch%s%s%s works on this tenant, so this one only reads and keeps nothing.",
                           named ? " (" : "", dir->holder, named ? ")" : "");
}

char *state_dir_file(const struct state_dir *dir, const char *name)
{
    return g_build_filename(dir->path, name, NULL);
}

gboolean state_dir_write(const struct state_dir *dir, const char *name, const char *text, GError **error)
{
    g_autofree char *path = state_dir_file(dir, name);
    g_autoptr(GError) cause = NULL;
    if (write_out_replace(path, text, -1, &cause))
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "Cannot write %s: %s.\nThe old content is kept.", path,
                cause->message);
    return FALSE;
}

int state_dir_append_fd(const struct state_dir *dir, const char *name, gboolean writable, GError **error)
{
    g_autofree char *path = state_dir_file(dir, name);
    return open_checked(path, writable ? O_RDWR | O_APPEND | O_CREAT : O_RDONLY, error);
}

GString *state_dir_read_all(int fd, const char *name, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *buffer = g_malloc(READ_SIZE);
    for (;;) {
        ssize_t got = read(fd, buffer, READ_SIZE);
        if (got == 0)
            return g_steal_pointer(&text);
        if (got < 0 && errno != EINTR) {
            fail(error, "Cannot read", name);
            return NULL;
        }
        if (got > 0)
            g_string_append_len(text, buffer, got);
    }
}

char *state_dir_read(const struct state_dir *dir, const char *name, GError **error)
{
    g_autofree char *path = state_dir_file(dir, name);
    struct stat status;
    if (lstat(path, &status) != 0 && errno == ENOENT)
        return NULL;
    int fd = open_checked(path, O_RDONLY, error);
    if (fd < 0)
        return NULL;
    GString *text = state_dir_read_all(fd, path, error);
    close(fd);
    return text != NULL ? g_string_free(text, FALSE) : NULL;
}
