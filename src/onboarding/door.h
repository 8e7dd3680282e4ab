/* SPDX-License-Identifier: MIT */
/*
 * Who else gets in by a door that perch opened: the members of a group, the policies of an access package, the owners
 * of an application. A kind of object reads all who hold it and names those for whom it was not opened; a person
 * decides about each of these by its id, and the decision holds for these alone: who comes later is a difference again.
 *
 * The decision's text is "ID;ID;-ID|reason": those that stay, with a hyphen those that are to be taken away, and why.
 * Whoever was taken away so and is there again goes by "-ID#2", and so on: by what nobody said before.
 * Pure functions, on the worker thread.
 */
#ifndef PERCH_ONBOARDING_DOOR_H
#define PERCH_ONBOARDING_DOOR_H

#include "onboarding/object.h"

struct holder {
    char *id;         /* what a decision and take_away() know it by; without ';', '|' and not beginning with '-' */
    const char *what; /* "member", "directory role"; static */
    char *name;       /* for a person */
    gboolean by_hand; /* only a portal can take it away */
    gboolean is_why;  /* NAME says why, in a clause of its own: "inbound access: all are blocked" */
    gboolean lacking; /* no surplus: what ought to hold and does not */
    gboolean leaves;  /* of the partner: it goes when that is left, unless it was decided that it stays */
};

/* A list of struct holder. Caller unrefs. */
GPtrArray *door_holders_new(void);

/* One more; an ID that is there already: nothing. One whose id Microsoft does not give (NULL) is only a portal's to
 * take away, and is decided about by itself. NAME is printf-like. Returns it, NULL for nothing. */
struct holder *door_add(GPtrArray *holders, const char *id, const char *what, const char *name_format, ...)
    G_GNUC_PRINTF(4, 5);

/* The same of somebody of the partner, who goes when that is left. */
void door_add_leaving(GPtrArray *holders, const char *id, const char *what, const char *name);

/* What is said of a door. */
struct door {
    const char *well;    /* nobody else gets in by it; a sentence */
    const char *others;  /* before the list of those who do: "Others get in by it" */
    const char *wanted;  /* what ought to be there instead of one of those; NULL: nobody else */
    const char *by_hand; /* where those are taken away that perch cannot; a sentence, or NULL */
};

/* Set OBSERVATION of OBJECT by the HOLDERS for whom the door was not opened: matches, if there are none or all of them
 * are kept; else each that is not is a difference, with choices. */
void door_judge(const struct object *object, GPtrArray *holders, const struct door *door,
                struct observation *observation);

/* TRUE if SAID can be decided about OBJECT as it was read: it names those who are listed, in any order, those that were
 * decided before among them, takes away who perch can take away, and says why whoever stays stays. */
gboolean door_takes(const struct object *object, struct decision said);

/* The request that takes away the first holder that is to go, for a kind's repair; and those for the others. Caller
 * frees. */
struct request *door_repair(const struct object *object);
GPtrArray *door_repairs_after(const struct object *object);

/* For a kind's table: what all doors whose holders perch can take away have in common. */
#define DOOR_MEMBERS .verb = "take away", .action = "taken away", .is_door = TRUE, .repair = door_repair

/* The id of whom the first of those takes away; "" if it is nobody, or no door. Caller frees. */
char *door_first_to_go(const struct object *object);

/* Who was decided to go by OBJECT, a door as it was read, and is not listed: the first, as the decision knows him;
 * NULL: nobody. Caller frees. */
char *door_left_by(const struct object *object);

/* What and who the one at INDEX of those requests takes away: "guest ann@p.com". Caller frees. */
char *door_name_to_go(const struct object *object, guint index);

/* In what any OBJECT is otherwise than wanted, or whom a door's first request takes away, for a person; NULL: nothing.
 * Caller frees. */
char *door_differences(const struct object *object);

/* The display name, the user name or the id of a directory object. Borrowed. */
const char *door_name_of(const json *directory_object);

#endif
