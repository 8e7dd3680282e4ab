/* SPDX-License-Identifier: MIT */
/*
 * The onboarding of one tenant: the profile's steps, their objects, the answers, and every value that is known so far.
 *
 * Owned by the worker thread. Values are what placeholders stand for ("group.id", "tenant.domain"); objects teach them
 * when they are read. The list of objects follows the answers: onboarding_rebuild() after each change of an answer.
 */
#ifndef PERCH_ONBOARDING_ONBOARDING_H
#define PERCH_ONBOARDING_ONBOARDING_H

#include <glib.h>

#include "onboarding/list_numbers.h"
#include "onboarding/object.h"
#include "onboarding/profile.h"

/* The secret that stands as {secret.accountPassword} in the request for a new account: its first password. */
#define ACCOUNT_PASSWORD "accountPassword"

/* What stands as {now} in a request: the step time of its sending. */
#define MOMENT "now"

struct step {
    int number;
    const char *id; /* of the profile, as the next ones */
    const struct step_definition *definition;
    GPtrArray *objects; /* of struct object, borrowed from the onboarding */
};

struct onboarding {
    struct profile *profile;
    json *answers;
    GHashTable *values;  /* char * -> char * */
    GHashTable *renamed; /* object key -> the name decided for it */
    GHashTable
        *changed;       /* set of what values begin with ("group" of "group.id") that the objects are not filled with */
    GPtrArray *steps;   /* of struct step */
    GPtrArray *objects; /* of struct object, in the profile's order */
    GHashTable *by_key; /* the same by their keys, which are theirs */
    struct list_numbers *numbers; /* of the entries of lists; counts from the next rebuild on */
    gboolean leaving; /* the partner is being left: what is only wanted to begin is not needed to find what goes */
};

/* PROFILE and ANSWERS are taken. Caller frees. */
struct onboarding *onboarding_new(struct profile *profile, json *answers);
void onboarding_free(struct onboarding *onboarding);

/* Make the objects anew from profile and answers. An observation stays with its object where what is wanted is the
 * same. */
void onboarding_rebuild(struct onboarding *onboarding);

/* NULL forgets it. */
void onboarding_set_value(struct onboarding *onboarding, const char *name, const char *value);

/* Fill the objects that refer to a value that was set since with what it is now. */
void onboarding_refill(struct onboarding *onboarding);

/* Let OBJECT be called NAME from now on, also after a rebuild; "": as the profile has it. */
void onboarding_rename(struct onboarding *onboarding, struct object *object, const char *name);

/* Take what OBJECT's observation learnt, its known id and origin into the values, and refill every object that refers
 * to a value that changed. */
void onboarding_learn(struct onboarding *onboarding, const struct object *object);

/* Forget every value that OBJECTS (of struct object) taught, and refill what refers to one. */
void onboarding_forget(struct onboarding *onboarding, const GPtrArray *objects);

struct object *onboarding_object(const struct onboarding *onboarding, const char *key); /* or NULL */
struct step *onboarding_step(const struct onboarding *onboarding, const char *id);      /* or NULL */

/* Why STEP falls away in this tenant, in the profile's words; NULL if it does not. Borrowed. */
const char *onboarding_falls_away(const struct onboarding *onboarding, const struct step *step);

/* Why an answer alone settles STEP; NULL if none does. Borrowed. */
const char *onboarding_told_by_answer(const struct onboarding *onboarding, const struct step *step);

/* The guide of STEP that goes with the answers, or NULL. Borrowed. */
const struct guide *onboarding_guide(const struct onboarding *onboarding, const struct step *step);

/* The first thing that OBJECT's look-up or creation needs and is not known ("group.id", "answers.sponsor"); NULL if
 * there is none. Caller frees. */
char *onboarding_missing(const struct onboarding *onboarding, const struct object *object);

/* TEXT of the profile (NULL: none) with answers and values filled in; "" if something in it is not known. Caller frees.
 */
char *onboarding_text(const struct onboarding *onboarding, const char *text);

/* REQUEST with every known value filled in. Changes it. */
void onboarding_fill(const struct onboarding *onboarding, struct request *request);

#endif
