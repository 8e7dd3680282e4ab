/* SPDX-License-Identifier: MIT */
/*
 * What readings come to: what is to be read, what one reading of an object means beside what the journal says, and what
 * can be said of one that cannot be read. Pure but for the object that it is about; check.h does the reading.
 */
#ifndef PERCH_ENGINE_READING_H
#define PERCH_ENGINE_READING_H

#include "engine/situation.h"

/* What keeps an object from being asked for. */
enum reading_lack {
    LACKS_NOTHING,
    LACKS_A_RIGHT,  /* that perch does not ask for, and was not given */
    LACKS_DEFENDER, /* Defender's API wants a sign-in of its own */
};

/* OBSERVATION (taken) is what OBJECT was just compared as: the next of its row, believed as the journal lets it, and as
 * it was decided about. */
void reading_take(const struct situation *situation, struct object *object, struct observation *observation);

/* What perch made for a while may go once the thing that it was for is there. */
void reading_offer_removal(const struct onboarding *onboarding, struct object *object);

/* Those of OBJECTS that have to be read again: the TOUCHED (keys; NULL: none), those that could not be asked for before
 * and now can or the other way round, and what needs one of these. ASKABLE: keys of those that can be asked for. What
 * was never read and cannot be asked for changes nothing for what needs it. Borrowed elements; caller unrefs. */
GPtrArray *reading_pending(const GPtrArray *objects, GHashTable *touched, GHashTable *askable);

/* The keys of what was there before and is not shown, and until when it is to be looked for (step time; 0: nothing is).
 * Keys are borrowed; caller unrefs. */
GHashTable *reading_not_seen(const struct situation *situation, gint64 *until);

/* What is said of OBJECT, which was not read. DEFENDER_REFUSAL: why its sign-in was refused; NULL: it was not. */
void reading_infer(const struct onboarding *onboarding, struct object *object, enum reading_lack lack,
                   const char *defender_refusal);

#endif
