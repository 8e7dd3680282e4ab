/* SPDX-License-Identifier: MIT */
/*
 * The board of a situation: from what is known to what a front end shows. Pure.
 */
#ifndef PERCH_ENGINE_BOARD_BUILD_H
#define PERCH_ENGINE_BOARD_BUILD_H

#include "board/board.h"
#include "engine/situation.h"

/* What stands above the checklist and does not follow from the situation. All borrowed. */
struct board_head {
    const char *account;   /* user name of who is signed in; NULL: nobody */
    const char *tenant_id; /* NULL before sign-in, like the next */
    const char *state_dir;
    const char *keyring; /* one sentence on how credentials are kept; NULL: none */
    char *const *notes;  /* clean sentences about the sign-in, NULL-terminated; NULL: none */
    char *const *excess; /* clean names of rights beyond what was asked for, NULL-terminated */
    struct clock clock;
    gint64 checked; /* step time of the last whole check, 0: never */
    gboolean keyring_locked;
    gboolean confirmed;
    gboolean lacks_defender;   /* see struct board */
    const char *why_read_only; /* another perch holds the tenant: a sentence that says so; NULL: none does */
};

/* With one reference for the caller. */
struct board *board_build(const struct situation *situation, const struct board_head *head);

#endif
