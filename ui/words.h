/*
 * How states, times and lengths of time are said and drawn. Pure functions.
 */
#ifndef PERCH_UI_WORDS_H
#define PERCH_UI_WORDS_H

#include "engine/board.h"
#include "ui/grid.h"

/* One column. Static. */
const char *step_glyph(enum step_state state);
enum style step_style(enum step_state state);
const char *object_glyph(enum object_state state);
enum style object_style(enum object_state state);

/* The word beside the glyph: "needs you", "in 12:41"; "" where the glyph says it all. Caller frees. */
char *step_words(const struct board *board, const struct board_step *step);

/* The state in full words, for the step's pane and for plain mode. Static. */
const char *step_state_words(enum step_state state);
const char *object_state_words(enum object_state state);

/* Microseconds as "12:41", "3:05:00", "2 days". Caller frees. */
char *duration_words(gint64 microseconds);

/* Step time left until DEADLINE, at least 0. */
gint64 time_left(const struct board *board, gint64 deadline);

/* "14:02" or "24 Nov 14:02" for another day; "never" for 0. Caller frees. */
char *time_words(const struct board *board, gint64 time);

/* A bar of COLUMNS cells, PART from 0 to 1 of it full. Caller frees. */
char *bar_words(int columns, double part);

/* How far the wait of STEP has come, 0 to 1. */
double wait_part(const struct board *board, const struct board_step *step);

#endif
