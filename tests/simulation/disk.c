/* SPDX-License-Identifier: MIT */
#include "simulation/disk.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
    const char *what; /* NULL: nothing is to happen */
    gint64 at;
    gint64 times;
    gint64 count;
    void (*dying)(const char *where);
} plan;

ssize_t __real_write(int file, const void *bytes, size_t length);
ssize_t __wrap_write(int file, const void *bytes, size_t length);
int __wrap_fsync(int file);
int __wrap_fdatasync(int file);

void disk_arm(const json *event, void (*dying)(const char *where))
{
    plan.dying = dying;
    plan.what = g_strdup(json_get_string(event, "disk"));
    plan.at = json_get_int(event, "at", 1);
    plan.times = json_get_int(event, "times", 1);
    plan.count = 0;
}

static gboolean is_file(int file)
{
    struct stat status;
    return fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

/* TRUE if it is this call's turn. */
static gboolean strikes(int file)
{
    if (plan.what == NULL || !is_file(file))
        return FALSE;
    plan.count++;
    return plan.count >= plan.at && plan.count < plan.at + plan.times;
}

static void die(const char *where)
{
    plan.what = NULL;
    if (plan.dying != NULL)
        plan.dying(where);
    kill(getpid(), SIGKILL);
}

ssize_t __wrap_write(int file, const void *bytes, size_t length)
{
    if (!strikes(file))
        return __real_write(file, bytes, length);
    if (strcmp(plan.what, "full") == 0) {
        errno = ENOSPC;
        return -1;
    }
    if (strcmp(plan.what, "die-before") == 0)
        die("write");
    ssize_t written = __real_write(file, bytes, strcmp(plan.what, "die-torn") == 0 ? length / 2 : length);
    die("write");
    return written;
}

/* The files stand in memory, so there is nothing to wait for. */
int __wrap_fsync(int file)
{
    if (!strikes(file))
        return 0;
    if (strcmp(plan.what, "full") != 0)
        die("fsync");
    errno = EIO;
    return -1;
}

int __wrap_fdatasync(int file)
{
    return __wrap_fsync(file);
}
