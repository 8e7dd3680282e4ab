/* SPDX-License-Identifier: MIT */
#include "simulation/folders.h"

#include <sys/stat.h>

#include "support/support.h"

static void copy_into(const char *from, const char *to)
{
    g_autoptr(GDir) dir = g_dir_open(from, 0, NULL);
    if (dir == NULL || g_mkdir_with_parents(to, 0700) != 0)
        g_error("%s cannot be copied", from);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *source = g_build_filename(from, name, NULL);
        g_autofree char *target = g_build_filename(to, name, NULL);
        g_autofree char *bytes = NULL;
        gsize length = 0;
        struct stat status = {0};
        if (stat(source, &status) == 0 && S_ISDIR(status.st_mode))
            copy_into(source, target);
        else if (!g_file_get_contents(source, &bytes, &length, NULL) ||
                 !g_file_set_contents_full(target, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE,
                                           (int)(status.st_mode & 07777), NULL))
            g_error("%s cannot be copied", source);
    }
}

gboolean folder_copy(const char *from, const char *to)
{
    if (!g_file_test(from, G_FILE_TEST_IS_DIR))
        return FALSE;
    scratch_remove(to);
    copy_into(from, to);
    return TRUE;
}
