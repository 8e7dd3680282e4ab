/* SPDX-License-Identifier: MIT */
#include "secrets/harden.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/error.h"

static const char *const leaking_variables[] = {"SSLKEYLOGFILE", "G_DBUS_DEBUG", "SECRET_BACKEND"};
static const char leaking_prefix[] = "SECRET_FILE_TEST_";

gboolean harden_process(GError **error)
{
    umask(077);
    /* Both are errors of a write, which say what could not be written. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    for (gsize i = 0; i < G_N_ELEMENTS(leaking_variables); i++)
        g_unsetenv(leaking_variables[i]);
    g_auto(GStrv) names = g_listenv();
    for (char **name = names; *name != NULL; name++)
        if (g_str_has_prefix(*name, leaking_prefix))
            g_unsetenv(*name);
    struct rlimit limit;
    if (getrlimit(RLIMIT_MEMLOCK, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_MEMLOCK, &limit);
    }
    const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INTERNAL,
                    "Core dumps cannot be switched off: %s\nRun perch where setrlimit is allowed.", g_strerror(errno));
    else if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INTERNAL,
                    "The process cannot be kept from new privileges: %s\nRun perch where prctl is allowed.",
                    g_strerror(errno));
    else if (prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_GET_DUMPABLE) != 0)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INTERNAL,
                    "The process cannot be closed to debuggers: %s\nRun perch where prctl is allowed.",
                    g_strerror(errno));
    else
        return TRUE;
    return FALSE;
}
