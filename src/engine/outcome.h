/* SPDX-License-Identifier: MIT */
/*
 * What the answer to a write says of it. Pure.
 *
 * Only Microsoft's own words say no: an error with a code, as its services give it. A gateway's 5xx or 408, a redirect,
 * a page of a proxy that stands before the service, and what is cut may hide a write that was carried out. And a yes to
 * a creation names what was made: without its id it may be anybody's.
 */
#ifndef PERCH_ENGINE_OUTCOME_H
#define PERCH_ENGINE_OUTCOME_H

#include "microsoft/request.h"
#include "onboarding/object.h"

enum outcome {
    OUTCOME_DONE,
    OUTCOME_EXISTS,
    OUTCOME_NOT_YET, /* it refers to something new that is not visible there yet */
    OUTCOME_REFUSED,
    OUTCOME_NOT_SENT,
    OUTCOME_DOUBT,
};

/* Of a write of OBJECT. CREATION: the request, if it was to create; NULL for any other. REFERS_TO_NEW: something that
 * it needs was made within the last minutes. */
enum outcome outcome_of(const struct object *object, const struct request *creation, const struct reply *reply,
                        gboolean refers_to_new);

/* TRUE for a status by which somebody turns a write away: 4xx, but for 408, behind which it may have been carried out.
 */
gboolean outcome_turns_away(int status);

/* TRUE if REPLY says that the write was carried out. Some services say it by a redirect, of a creation only: nobody has
 * seen one after a removal or a change, and it may lead to a sign-in. */
gboolean outcome_is_yes(const struct object *object, const struct request *creation, const struct reply *reply);

#endif
