/*
 * One step for the board. Worker thread.
 */
#ifndef PERCH_ENGINE_BOARD_STEP_H
#define PERCH_ENGINE_BOARD_STEP_H

#include "engine/worker.h"

/* STEP as it stands now. Caller frees it with its board. */
struct board_step *board_step_make(struct worker *worker, const struct step *step);

#endif
