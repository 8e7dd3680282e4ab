/* SPDX-License-Identifier: MIT */
/*
 * How the simulator and the perches that it runs talk: JSON documents, each behind its length, over a stream socket.
 * A perch says what it wants (requests, or time to pass) and stops until it is answered, so that only one process
 * works at any moment and a seed always gives the same run.
 *
 * perch says   {"requests": [{"id", "method", "url", "bearer", "contentType", "body", "eventual"}], "until": TIME or
 * -1}
 *              {"dies": "write" or "fsync"}, right before it does
 *              {"tells": kind of object}, when its log says that the answer to a creation had been lost
 *              {"end": EXIT_CODE, "error": TEXT or null, "board": the document of --json or null}
 * and hears    {"now": TIME, "reply": {"id", "outcome", "status", "body", ...} or null}
 * Times are microseconds of the shared virtual clock.
 */
#ifndef PERCH_TESTS_SIMULATION_WIRE_H
#define PERCH_TESTS_SIMULATION_WIRE_H

#include "base/json.h"

/* FALSE if the other end is gone. */
gboolean wire_send(int socket, const json *message);

/* The next message; NULL if the other end is gone. Caller frees. */
json *wire_receive(int socket);

/* The same with an open descriptor beside the message. */
gboolean wire_send_descriptor(int socket, const json *message, int descriptor);
json *wire_receive_descriptor(int socket, int *descriptor);

#endif
