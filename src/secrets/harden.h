/* SPDX-License-Identifier: MIT */
/*
 * What the process gives up before it handles a secret. Call once, before any thread starts. A child that is to
 * be as whoever started perch starts before it.
 */
#ifndef PERCH_SECRETS_HARDEN_H
#define PERCH_SECRETS_HARDEN_H

#include <glib.h>

/*
 * No core dumps, no memory access for other processes of the same user, no privileges by what is started, umask 077,
 * SIGPIPE ignored, the memlock limit raised as far as it goes. Environment variables by which libraries write secrets
 * down or take them from files are unset: SSLKEYLOGFILE (libcurl), G_DBUS_DEBUG (GLib prints messages to the keyring),
 * SECRET_BACKEND and SECRET_FILE_TEST_* (libsecret). FALSE and PERCH_ERROR_INTERNAL if the system refuses the first
 * two; the program must not go on then.
 */
gboolean harden_process(GError **error);

#endif
