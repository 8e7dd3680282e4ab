/* SPDX-License-Identifier: MIT */
/*
 * Masking: values that are shown to nobody but the person who entered them. Pure functions.
 */
#ifndef PERCH_UI_MASK_H
#define PERCH_UI_MASK_H

#include <glib.h>

#include "board/board.h"

/* A pattern for every value of a masked field of BOARD; NULL if there is none. Caller unrefs. */
GRegex *mask_new(const struct board *board);

/* TEXT with dots for what MASK (NULL: nothing) finds. Caller frees. */
char *mask_text(const GRegex *mask, const char *text);

#endif
