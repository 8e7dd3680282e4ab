/* SPDX-License-Identifier: MIT */
/*
 * From a command to what is done about it, and its end as an event. Worker thread.
 */
#ifndef PERCH_ENGINE_SESSION_COMMANDS_H
#define PERCH_ENGINE_SESSION_COMMANDS_H

#include "engine/worker.h"

/* Do COMMAND, emit what came of it and one EVENT_DONE. */
void session_commands_run(struct worker *worker, const struct command *command);

/* Serve COMMAND of the urgent queue; nothing is emitted but its answer. */
void session_commands_serve_urgent(struct worker *worker, const struct command *command);

#endif
