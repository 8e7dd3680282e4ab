/* SPDX-License-Identifier: MIT */
/*
 * What others use an object for, read before it is removed (struct object_kind: look_up_holders): what holds of these
 * reads whatever the kind is. The worker's thread.
 */
#ifndef PERCH_ENGINE_USES_H
#define PERCH_ENGINE_USES_H

#include "engine/worker.h"

/* What one reading says. */
struct uses {
    char *held;    /* who holds it, as its kind's holders() says; NULL: nobody, or that was not asked */
    char *surplus; /* what others use it for, as its kind's surplus() says; NULL: nothing, or it is held */
    char *unread;  /* what of that could not be read, and how it was answered: "/v1.0/groups: 403"; NULL: nothing */
    gboolean may_be_read_later; /* that was not refused: another time it may tell */
    gboolean is_refused;        /* all was, so that nothing tells anything, and asking again would not change that */
};

/* One reading of who uses OBJECT, by its known_id and in its step's name; WITH_HOLDERS: and who holds it. FALSE with
 * PERCH_ERROR_CANCELLED: a person stopped. Clear it. */
gboolean uses_look(struct worker *worker, const struct object *object, gboolean with_holders, struct uses *uses,
                   GError **error);
void uses_clear(struct uses *uses);

/* The same for the last time before OBJECT goes: in *SAID why it stays, NULL if it does not. What is refused to be read
 * keeps nothing, and is said; what cannot be read now does. Caller frees. */
gboolean uses_look_a_last_time(struct worker *worker, const struct object *object, char **said, GError **error);

/* What a kind's holders() or surplus() SAID, taken apart: who uses it, on one line whatever is in a name, and what to
 * do about it in *NEXT, from the last line. Caller frees both. */
char *uses_sentence(const char *said, char **next);

/* Before OBJECT goes because that was decided: *LETS FALSE where others use it, which is told as its failure. FALSE: a
 * person stopped. */
gboolean uses_let_go(struct worker *worker, const struct object *object, gboolean *lets, GError **error);

/* Nothing refuses the removal of OBJECT, whoever else uses it: that some of that may not be read is said before it
 * goes, and on the board. */
void uses_say_unread(struct worker *worker, const struct object *object, const struct uses *uses);

/* That it cannot be read now, in words as surplus() has them. Caller frees. */
char *uses_not_now(const struct uses *uses);

#endif
