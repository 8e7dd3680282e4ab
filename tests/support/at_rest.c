/* SPDX-License-Identifier: MIT */
#include "support/at_rest.h"

#include <string.h>
#include <unistd.h>

/* The text of /proc/PID/task/THREAD/NAME; "" if it is gone. Caller frees. */
static char *about_thread(const char *pid, const char *thread, const char *name)
{
    g_autofree char *path = g_build_filename("/proc", pid, "task", thread, name, NULL);
    char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) ? text : g_strdup("");
}

/* Running, ready to run, or waiting for the disk. */
static gboolean is_working(const char *pid, const char *thread)
{
    g_autofree char *status = about_thread(pid, thread, "stat");
    const char *name_end = strrchr(status, ')');
    return name_end != NULL && (strncmp(name_end, ") R", 3) == 0 || strncmp(name_end, ") D", 3) == 0);
}

static gboolean is_at_rest(const char *pid, gboolean counts)
{
    g_autofree char *folder = g_build_filename("/proc", pid, "task", NULL);
    g_autoptr(GDir) threads = g_dir_open(folder, 0, NULL);
    for (const char *name = threads != NULL ? g_dir_read_name(threads) : NULL; name != NULL;
         name = g_dir_read_name(threads)) {
        if (counts && is_working(pid, name))
            return FALSE;
        g_autofree char *list = about_thread(pid, name, "children");
        g_auto(GStrv) children = g_strsplit(g_strstrip(list), " ", -1);
        for (char **child = children; *child != NULL; child++)
            if (**child != '\0' && !is_at_rest(*child, TRUE))
                return FALSE;
    }
    return TRUE;
}

gboolean all_is_at_rest(void)
{
    g_autofree char *own = g_strdup_printf("%d", (int)getpid());
    return is_at_rest(own, FALSE);
}
