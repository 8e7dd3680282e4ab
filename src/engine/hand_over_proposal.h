/* SPDX-License-Identifier: MIT */
/*
 * What a colleague handed over, as long as nobody has accepted it: what it would change, and what it says that others
 * said. Worker thread.
 */
#ifndef PERCH_ENGINE_HAND_OVER_PROPOSAL_H
#define PERCH_ENGINE_HAND_OVER_PROPOSAL_H

#include <glib.h>

struct board_handed;
struct worker;

/* For the board; NULL where nothing is proposed. Caller frees with board_handed_free(). */
struct board_handed *hand_over_proposal(const struct worker *worker);

/* It is accepted: what was only thought through is forgotten, and what is taken from now on is kept. */
gboolean hand_over_accept(struct worker *worker, GError **error);

#endif
