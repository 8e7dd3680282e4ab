#include "secrets/harden.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/error.h"

static const char *const leaking_variables[] = {"SSLKEYLOGFILE", "G_DBUS_DEBUG", "SECRET_BACKEND"};
static const char leaking_prefix[] = "SECRET_FILE_TEST_";

static void unset_leaking_variables(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(leaking_variables); i++)
        g_unsetenv(leaking_variables[i]);
    g_auto(GStrv) names = g_listenv();
    for (char **name = names; *name != NULL; name++)
        if (g_str_has_prefix(*name, leaking_prefix))
            g_unsetenv(*name);
}

static gboolean forbid_core_dumps(GError **error)
{
    const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) == 0)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INTERNAL,
                "Core dumps cannot be switched off: %s\nRun perch where setrlimit is allowed.", g_strerror(errno));
    return FALSE;
}

static gboolean forbid_memory_access(GError **error)
{
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INTERNAL,
                "The process cannot be closed to debuggers: %s\nRun perch where prctl is allowed.", g_strerror(errno));
    return FALSE;
}

static void raise_memlock_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_MEMLOCK, &limit);
}

gboolean harden_process(GError **error)
{
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    unset_leaking_variables();
    raise_memlock_limit();
    return forbid_core_dumps(error) && forbid_memory_access(error);
}
