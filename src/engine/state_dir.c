#include "engine/state_dir.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define FOLDER_MODE 0700
#define FILE_MODE 0600

static gboolean fail(GError **error, const char *what, const char *path)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                "%s %s: %s.\nName another folder with --state-dir, or mend this one.", what, path, g_strerror(errno));
    return FALSE;
}

static gboolean check_folder(const char *path, GError **error)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        return fail(error, "Cannot use the folder", path);
    if (!S_ISDIR(status.st_mode)) {
        errno = ENOTDIR;
        return fail(error, "Cannot use", path);
    }
    if (status.st_uid != geteuid()) {
        errno = EPERM;
        return fail(error, "The folder belongs to somebody else:", path);
    }
    return TRUE;
}

gboolean state_dir_prepare(const char *base, GError **error)
{
    if (g_mkdir_with_parents(base, FOLDER_MODE) != 0)
        return fail(error, "Cannot make the folder", base);
    if (!check_folder(base, error))
        return FALSE;
    return access(base, W_OK | X_OK) == 0 || fail(error, "Cannot write into the folder", base);
}

static gboolean take_lock(struct state_dir *dir, GError **error)
{
    g_autofree char *path = state_dir_file(dir, "lock");
    dir->lock = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    if (dir->lock < 0)
        return fail(error, "Cannot open", path);
    if (flock(dir->lock, LOCK_EX | LOCK_NB) == 0)
        return TRUE;
    if (errno != EWOULDBLOCK)
        return fail(error, "Cannot lock", path);
    dir->read_only = TRUE;
    return TRUE;
}

struct state_dir *state_dir_open(const char *base, const char *tenant_id, GError **error)
{
    struct state_dir *dir = g_new0(struct state_dir, 1);
    dir->path = g_build_filename(base, tenant_id, NULL);
    dir->lock = -1;
    if (state_dir_prepare(base, error) && state_dir_prepare(dir->path, error) && take_lock(dir, error))
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
    g_free(dir->path);
    g_free(dir);
}

char *state_dir_file(const struct state_dir *dir, const char *name)
{
    return g_build_filename(dir->path, name, NULL);
}

gboolean state_dir_write(const struct state_dir *dir, const char *name, const char *text, GError **error)
{
    g_autofree char *path = state_dir_file(dir, name);
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 FILE_MODE, &cause))
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "Cannot write %s: %s.\nThe old content is kept.", path,
                cause->message);
    return FALSE;
}

static gboolean is_plain_file(int fd)
{
    struct stat status;
    return fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid();
}

int state_dir_append_fd(const struct state_dir *dir, const char *name, gboolean writable, GError **error)
{
    g_autofree char *path = state_dir_file(dir, name);
    int flags = writable ? O_RDWR | O_APPEND | O_CREAT : O_RDONLY;
    int fd = open(path, flags | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    if (fd < 0) {
        fail(error, "Cannot open", path);
        return -1;
    }
    if (!is_plain_file(fd)) {
        close(fd);
        errno = EPERM;
        fail(error, "Not a plain file of yours:", path);
        return -1;
    }
    return fd;
}

char *state_dir_read(const struct state_dir *dir, const char *name, GError **error)
{
    g_autofree char *path = state_dir_file(dir, name);
    char *text = NULL;
    g_autoptr(GError) cause = NULL;
    if (g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
        errno = ELOOP;
        fail(error, "A link is not accepted in place of", path);
        return NULL;
    }
    if (g_file_get_contents(path, &text, NULL, &cause))
        return text;
    if (!g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "Cannot read %s: %s.", path, cause->message);
    return NULL;
}
