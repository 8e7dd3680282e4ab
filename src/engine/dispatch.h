/*
 * From a command to what is done about it, and its end as an event. Worker thread.
 */
#ifndef PERCH_ENGINE_DISPATCH_H
#define PERCH_ENGINE_DISPATCH_H

#include "engine/worker.h"

/* Do COMMAND, emit what came of it and one EVENT_DONE. */
void dispatch(struct worker *worker, const struct command *command);

/* Serve COMMAND of the urgent queue; nothing is emitted but its answer. */
void dispatch_urgent(struct worker *worker, const struct command *command);

#endif
