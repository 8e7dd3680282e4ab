/* SPDX-License-Identifier: MIT */
/*
 * How states, times and lengths of time are said and drawn. Pure functions.
 */
#ifndef PERCH_UI_STATE_TEXT_H
#define PERCH_UI_STATE_TEXT_H

#include "board/event.h"
#include "ui/grid.h"

struct state_look {
    const char *glyph; /* one column */
    enum style style;
    const char *word;  /* in the checklist */
    const char *words; /* in full, for the step's pane and for plain mode */
};

/* By enum step_state and enum object_state. */
extern const struct state_look step_looks[];
extern const struct state_look object_looks[];

/* Of a step that is proved and not quite as wanted: it may stay so, and asks for nobody. */
extern const struct state_look deviating_look;

/* The colour of the tenant with ID, by which it is told from others. */
enum style tenant_style(const char *id);

/* Done, and not quite as wanted. */
gboolean step_deviates(const struct board_step *step);

/* TRUE if something else comes before STEP, and a value of it is missing that may be given already. */
gboolean step_wants_value_early(const struct board *board, const struct board_step *step);

/* TRUE if nothing of STEP stands and nobody asks for it: something was taken away from BOARD's tenant. */
gboolean step_is_not_asked_for(const struct board *board, const struct board_step *step);

/* Mark and colour of STEP of BOARD, of OBJECT: what deviates has no tick, and once something was taken away nothing
 * that is not there asks to be made again. Static. */
const struct state_look *step_look(const struct board *board, const struct board_step *step);
const struct state_look *object_look(const struct board_object *object);

/* The state of STEP in full: what is proved by reading, and what was written. Static. */
const char *step_words(const struct board *board, const struct board_step *step);

/* What of STEP a portal or perch made and the tenant shows as wanted, "a, b"; NULL: nothing of it. Caller frees. */
char *read_back_text(const struct board_step *step);

/* What was read of the values of STEP that keeps them from being right, in a sentence; NULL: nothing. Borrowed. */
const char *values_trouble(const struct board_step *step);

/* The first thing of STEP that is not as it is to be, in words; NULL: all is. Borrowed. */
const char *first_unseen(const struct board_step *step);

/* TRUE if OBJECT differs and nothing but keeping it so is offered. */
gboolean object_only_keeps(const struct board_object *object);

/* What mends OBJECT of STEP by hand, which stands before the choice to keep it; NULL: it is no portal's, or perch
 * offers to mend it. Static. */
const char *mending_words(const struct board_step *step, const struct board_object *object);

/* How OBJECT, which is there, stands otherwise than wanted, in its first words. Caller frees. */
char *deviation_text(const struct board_object *object);

/* What request number INDEX of PLAN is about, as BOARD has it; NULL: it is not there. Borrowed. */
const struct board_object *request_object(const struct board *board, const struct plan *plan, guint index);

/* TRUE if what request number INDEX of PLAN is about was read back; of a removal, is read as gone. */
gboolean request_is_proved(const struct board *board, const struct plan *plan, guint index);

/* What came of sending PLAN, "5 of 5 proved", and what of it is not, sent or not. Caller frees. */
char *carried_out_text(const struct board *board, const struct plan *plan);

/* Something of PLAN is not seen to be carried out. */
gboolean carried_out_in_part(const struct board *board, const struct plan *plan);

/* The word beside the glyph: "needs you", "in 13 min"; "" where the glyph says it all. Caller frees. */
char *step_text(const struct board *board, const struct board_step *step);

/* Microseconds as "12 min 41 s", "3 h 05 min", "2 days", which nobody takes for a time of day. Caller frees. */
char *duration_text(gint64 microseconds);

/* The same where there is little room: "13 min", "4 h", "41 s"; rounded up. Caller frees. */
char *brief_duration_text(gint64 microseconds);

/* Step time left until DEADLINE, at least 0. */
gint64 time_left(const struct board *board, gint64 deadline);

/* "14:02" or "24 Nov 14:02" for another day; "never" for 0. Caller frees. */
char *time_text(const struct board *board, gint64 time);

/* How many steps are proved, told and left out; the report is none of them. Caller frees. */
char *counts_text(const struct board *board);

/* Of a tenant in which something was taken away, what is so, as the end of a sentence. Caller frees. */
char *taken_away_text(const struct board *board);

/* What PLAN makes again of what a person had undone, as a sentence; NULL if it does not. Caller frees. */
char *plan_makes_again_text(const struct board *board, const struct plan *plan);

/* What a command line of perch needs besides to be about what BOARD shows: " --practice" or "". */
const char *command_for_practice(const struct board *board);

/* What is due when, or what is so after an undo, in a line for somebody who leaves; NULL where there is nothing to say.
 * WAS_SIGNED_IN: somebody was, though nobody may be any more. Caller frees. */
char *farewell_text(const struct board *board, gboolean was_signed_in);

/* The wait that ends first, or NULL. Borrowed. */
const struct board_step *first_wait(const struct board *board);

/* TRUE if LINE is about STEP or one of its objects, by id, key or kind. */
gboolean log_line_is_about(const struct log_line *line, const struct board_step *step);

/* The request of LINE went wrong; that a read found nothing is an answer. */
gboolean log_line_went_wrong(const struct log_line *line);

/* The first field of STEP that has to be filled in and is not, or NULL. Borrowed. */
const struct board_field *missing_field(const struct board_step *step);

/* FIELD's value comes with the partner's e-mail. */
gboolean mail_brings(const struct board_field *field);

/* FIELD has to be filled in, or filled in otherwise: it names somebody who cannot be had. */
gboolean field_is_open(const struct board_field *field);

/* The first such field of STEP, or NULL. Borrowed. */
const struct board_field *open_field(const struct board_step *step);

/* Of a STEP that is told: what of it was read as not there, in a sentence; NULL where nothing was. Caller frees. */
char *told_against_text(const struct board_step *step);

/* TRUE if a portal's part of STEP, once it is done, is looked for in the tenant: nobody's word is asked for it. */
gboolean step_is_looked_for(const struct board_step *step);

/* The first object of STEP that something was decided about which can be taken back, or NULL. Borrowed. */
const struct board_object *decided_object(const struct board_step *step);

#endif
