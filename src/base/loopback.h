/* SPDX-License-Identifier: MIT */
/*
 * Where a practice tenant listens: one loopback address for each of its services, under one port. Any thread.
 */
#ifndef PERCH_BASE_LOOPBACK_H
#define PERCH_BASE_LOOPBACK_H

#include <glib.h>

#define LOOPBACK_SERVICES 4

/* Of sign-in and portals, of Graph, of Defender, of the Defender of GCC. */
extern const char *const loopback_addresses[LOOPBACK_SERVICES];

/* Listen on all of them under PORT (0: one that is free on each); HANDLES are closed by the caller, and not handed on
 * to other programs. PERCH_ERROR_NETWORK. */
gboolean loopback_listen(int port, int handles[LOOPBACK_SERVICES], GError **error);

/* The port of a HANDLE that listens; -1 if it does not. */
int loopback_port(int handle);

#endif
