/* SPDX-License-Identifier: MIT */
#include "base/trusted_file.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

/* A group that is one user's own, as many systems give each. */
static gboolean is_own_group(gid_t id)
{
    const struct passwd *user = getpwuid(geteuid());
    g_autofree char *name = user != NULL ? g_strdup(user->pw_name) : NULL;
    const struct group *group = id == getegid() ? getgrgid(id) : NULL;
    return group != NULL && g_strcmp0(group->gr_name, name) == 0 && group->gr_mem[0] == NULL;
}

/* Others may put another file into the folder of STATUS: whose it is may in any case. In a sticky one they cannot take
 * away what is not theirs. */
static gboolean is_open_to_others(const struct stat *status)
{
    if (status->st_uid != geteuid() && status->st_uid != 0)
        return TRUE;
    if ((status->st_mode & S_ISVTX) != 0)
        return FALSE;
    return (status->st_mode & S_IWOTH) != 0 || ((status->st_mode & S_IWGRP) != 0 && !is_own_group(status->st_gid));
}

static char *first_open_folder(const char *path)
{
    struct stat status;
    g_autofree char *folder = g_path_get_dirname(path);
    while (stat(folder, &status) != 0 || !is_open_to_others(&status)) {
        char *above = g_path_get_dirname(folder);
        gboolean ended = g_strcmp0(above, folder) == 0;
        g_free(folder);
        folder = above;
        if (ended)
            return NULL;
    }
    return g_steal_pointer(&folder);
}

char *trusted_file_open_folder(const char *path)
{
    g_autofree char *named = g_canonicalize_filename(path, NULL);
    char *real = realpath(path, NULL);
    char *folder = first_open_folder(named);
    if (folder == NULL && real != NULL)
        folder = first_open_folder(real);
    free(real);
    return folder;
}

/* Why a file of STATUS is not taken, and what to do; NULL if it is. */
static const char *flaw_of(const struct stat *status, gsize limit)
{
    if (!S_ISREG(status->st_mode))
        return "it is no plain file.\nName a plain file";
    if (status->st_uid != geteuid() && status->st_uid != 0)
        return "it belongs to somebody else, who could change it.\nLook at it, and make a copy of your own";
    if ((status->st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return "others may change it.\nLook at it, then take that from them: chmod go-w";
    if ((guint64)status->st_size > limit)
        return "it is too large";
    return NULL;
}

/* What was read, ended by a NUL; NULL if reading failed or there was more than LIMIT. */
static GString *read_all(int descriptor, gsize limit)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char bytes[8192];
    gssize got = 0;
    while ((got = read(descriptor, bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR)) {
        g_string_append_len(text, bytes, MAX(got, 0));
        if (text->len > limit)
            return NULL;
    }
    return got == 0 ? g_steal_pointer(&text) : NULL;
}

char *trusted_file_read(const char *file, const char *what, gsize limit, gsize *length, GError **error)
{
    struct stat status;
    GString *text = NULL;
    /* A named pipe would be waited for. */
    int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    const char *flaw = descriptor < 0 || fstat(descriptor, &status) != 0 ? g_strerror(errno) : flaw_of(&status, limit);
    if (flaw == NULL) {
        text = read_all(descriptor, limit);
        flaw = "reading it failed";
    }
    if (descriptor >= 0)
        close(descriptor);
    if (text == NULL) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "%s %s cannot be read: %s.", what, file, flaw);
        return NULL;
    }
    g_autofree char *open_folder = trusted_file_open_folder(file);
    if (open_folder != NULL) {
        g_string_free(text, TRUE);
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                    "%s %s cannot be read: others may put another file in its place, since they may write to the "
                    "folder %s.\nTake that from them (chmod go-w), or look at it and put a copy elsewhere.",
                    what, file, open_folder);
        return NULL;
    }
    *length = text->len;
    return g_string_free(text, FALSE);
}

gboolean trusted_file_check_sum(const char *file, const char *what, const char *found, const char *wanted,
                                const char *option, GError **error)
{
    if (wanted == NULL || g_ascii_strcasecmp(found, wanted) == 0)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "%s %s has not the SHA-256 that %s names, but %s.\n"
                "Somebody changed it. Read it before you name that value.",
                what, file, option, found);
    return FALSE;
}
