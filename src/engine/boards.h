/*
 * Making boards: from the worker's state to what a front end shows. Worker thread.
 */
#ifndef PERCH_ENGINE_BOARDS_H
#define PERCH_ENGINE_BOARDS_H

#include "engine/worker.h"

/* A board of this moment, with one reference for the caller. */
struct board *boards_make(struct worker *worker);

/* Send one to the front end. */
void boards_emit(struct worker *worker);

#endif
