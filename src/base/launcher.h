/* SPDX-License-Identifier: MIT */
/*
 * A process that opens web addresses in the browser of this machine. It is made before perch gives anything up, so a
 * browser gets the umask, limits, signals and environment of whoever started perch and none of perch's restrictions,
 * in a session of its own, with nothing of it on this terminal. It ends with perch; the browsers stay.
 *
 * Owned by the UI thread.
 */
#ifndef PERCH_BASE_LAUNCHER_H
#define PERCH_BASE_LAUNCHER_H

#include <glib.h>

struct launcher;

/* Call before any thread starts. NULL if no process can be made. */
struct launcher *launcher_new(void);
void launcher_free(struct launcher *launcher);

/* Give URL (http or https, nothing else) to xdg-open. Returns at once the process to give to launcher_status(), or 0
 * and PERCH_ERROR_USAGE if it cannot be started. LAUNCHER may be NULL: then it never can. */
GPid launcher_open(struct launcher *launcher, const char *url, GError **error);

enum launcher_status { LAUNCHER_UNDER_WAY, LAUNCHER_OPENED, LAUNCHER_FAILED };

/* How PROCESS went; waits for that at most TIMEOUT milliseconds. */
enum launcher_status launcher_status(struct launcher *launcher, GPid process, int timeout);

#endif
