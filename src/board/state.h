/* SPDX-License-Identifier: MIT */
/*
 * The states of steps and objects, and their words in JSON. Plain values for every layer above the onboarding.
 */
#ifndef PERCH_BOARD_STATE_H
#define PERCH_BOARD_STATE_H

#include <glib.h>

enum step_state {
    STEP_UNKNOWN,   /* not read yet, or could not be read */
    STEP_CHECKING,  /* being read now */
    STEP_TO_DO,     /* perch or the person can begin */
    STEP_BLOCKED,   /* another step has to come first */
    STEP_WAITING,   /* until a time */
    STEP_WORKING,   /* being written now */
    STEP_NEEDS_YOU, /* a value, a portal step or a decision is missing */
    STEP_DONE,      /* proved by reading the tenant */
    STEP_TOLD,      /* somebody says so; nothing in this tenant proves it */
    STEP_DIFFERS,   /* there, and not as wanted */
    STEP_IN_DOUBT,  /* a write went out and its outcome is not known */
    STEP_FAILED,    /* the service refused; the reason says what next */
    STEP_SKIPPED,   /* left out on somebody's word */
};

enum object_state {
    OBJECT_UNKNOWN, /* not read, or not readable: never taken for absent */
    OBJECT_ABSENT,
    OBJECT_MATCHES,
    OBJECT_DIFFERS,
    OBJECT_MANY, /* more than one answers to the natural key */
    OBJECT_IN_DOUBT,
};

enum object_origin {
    ORIGIN_NONE,
    ORIGIN_FOUND,
    ORIGIN_ADOPTED,
    ORIGIN_CREATED,
    ORIGIN_PERSON, /* a person made it during this onboarding */
};

/* TRUE if nothing is left to do: done, told or skipped. */
gboolean step_state_is_settled(enum step_state state);

/* TRUE if somebody, or perch, could go on with it now. */
gboolean step_state_can_go_on(enum step_state state);

/* TRUE of one that was read and is there, as wanted or not; not of one of several. */
gboolean object_state_is_there(enum object_state state);

/* The words that --json prints. Static. */
const char *step_state_word(enum step_state state);
const char *object_state_word(enum object_state state);
const char *object_origin_word(enum object_origin origin);

/* The same of a step for a person, as the counts below it say it: "needs you", "left out". Static. */
const char *step_state_said(enum step_state state);

#endif
