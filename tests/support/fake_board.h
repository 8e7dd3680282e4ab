/* SPDX-License-Identifier: MIT */
/*
 * The board of the made-up onboarding that fake_session.h plays.
 */
#ifndef PERCH_TESTS_FAKE_BOARD_H
#define PERCH_TESTS_FAKE_BOARD_H

#include "board/event.h"

/* Caller unrefs. */
struct board *fake_board_new(const char *scene);

/* A board with the same content, so that the one given out stays as it was. Caller unrefs. */
struct board *fake_board_copy(const struct board *board);

void fake_board_count(struct board *board);

struct plan *fake_plan_new(gboolean undo);

#endif
