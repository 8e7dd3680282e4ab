/* SPDX-License-Identifier: MIT */
/*
 * Where a command works: the practice tenant if one is wanted, and the session with it. UI thread.
 */
#ifndef PERCH_COMMANDS_CONNECT_H
#define PERCH_COMMANDS_CONNECT_H

#include "commands/options.h"
#include "commands/practice.h"
#include "engine/session.h"

struct connection {
    struct practice *practice; /* NULL unless this program started one */
    struct session *session;
};

/* HEADLESS: no person looks on, so a practice tenant approves sign-ins by itself. */
gboolean connection_open(struct connection *connection, const struct options *options, gboolean headless,
                         GError **error);

/* The same for a console, which need not wait until a practice tenant is up: practice_is_up() is its own to ask. */
gboolean connection_begin(struct connection *connection, const struct options *options, gboolean headless,
                          GError **error);
void connection_close(struct connection *connection);

/* The folder that holds one folder a tenant. Caller frees. */
char *connection_state_dir(const struct options *options);

/* TRUE if this state directory holds nothing yet. */
gboolean connection_is_first(const struct options *options);

#endif
