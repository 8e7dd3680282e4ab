/*
 * One step for the board. Worker thread.
 */
#ifndef PERCH_ENGINE_BOARD_STEP_H
#define PERCH_ENGINE_BOARD_STEP_H

#include "engine/worker.h"

/* STEP as it stands now. Caller frees it with its board. */
struct board_step *board_step_make(struct worker *worker, const struct step *step);

/* A profile's TEXT (NULL: none) with answers and values filled in; "" if something in it is not known. Caller frees. */
char *board_step_fill(const struct worker *worker, const char *text);

#endif
