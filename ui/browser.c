#include "ui/browser.h"

#include <gio/gio.h>

#include "base/error.h"

gboolean browser_open(const char *url, GError **error)
{
    if (!g_str_has_prefix(url, "https://") && !g_str_has_prefix(url, "http://")) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "This is no web address; it was not opened.");
        return FALSE;
    }
    g_autoptr(GError) cause = NULL;
    g_autoptr(GSubprocess) opener = g_subprocess_new(
        G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &cause, "xdg-open", url, NULL);
    if (opener != NULL)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                "No browser could be started here (%s).\nCopy the link with y "
                "and open it where your browser is.",
                cause->message);
    return FALSE;
}
