/* SPDX-License-Identifier: MIT */
/*
 * The HTTP side: four loopback addresses with one port, a thread for each connection.
 */
#ifndef PERCH_PRACTICE_SERVER_H
#define PERCH_PRACTICE_SERVER_H

#include "practice/practice.h"

struct server;

/* Listen on the port of the options (0: a free one) and fill practice->origins. NULL and error if that fails. */
struct server *server_start(struct practice *practice, GError **error);

/* Close all connections and free. */
void server_stop(struct server *server);

#endif
