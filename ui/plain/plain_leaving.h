/* SPDX-License-Identifier: MIT */
/*
 * What plain mode asks before the partner is left: what of others' goes too. Owned by the thread that runs plain_run().
 */
#ifndef PERCH_UI_PLAIN_LEAVING_H
#define PERCH_UI_PLAIN_LEAVING_H

#include "ui/plain/plain_io.h"

/* What was decided of CHOICE so far, here (DECIDED; NULL: nothing) or before, for a person. Static. */
const char *plain_choice_words(const struct leave_choice *choice, GHashTable *decided);

enum leave_outcome {
    LEAVE_AS_IT_IS, /* the plan that is there is gone on with */
    LEAVE_DECIDED,  /* something was decided and is kept, so that the plan is another */
    LEAVE_GONE_BACK /* the person does not go on; what was decided is kept and was said to be */
};

/* Ask about what others made, by the plan of leaving that is there: what nobody decided about, and what was and may be
 * decided anew. */
enum leave_outcome plain_decide_what_goes(struct plain *plain);

#endif
