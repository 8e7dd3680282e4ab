/* SPDX-License-Identifier: MIT */
/*
 * What is asked before something is sent, lost, replaced or taken back, once for the console and plain mode: the
 * console shows the words as a button, plain mode has the first of them typed. No fixed letter means yes anywhere.
 */
#ifndef PERCH_UI_AGREEMENT_H
#define PERCH_UI_AGREEMENT_H

#include "engine/session.h"

enum agreement {
    AGREE_SIGN_OUT,
    AGREE_UNLOCK,
    AGREE_TAKE_IN,
    AGREE_TAKE_OVER,
    AGREE_LEAVE_WRITING,
    AGREE_LEAVE_UNUSED,
    AGREE_REPLACE,
    AGREE_TELL,
    AGREE_UNTELL,
    AGREE_UNDECIDE,
    AGREE_DECIDE,
    AGREE_SIT_OUT,
    AGREE_POST_AGAIN,
};

struct agreement_words {
    const char *said;   /* stands before the button; "": whoever asks says it */
    const char *button; /* begins with what is done */
    gboolean careful;   /* something is lost by it, or it comes up by itself: the way back is marked to begin with */
};

extern const struct agreement_words agreements[];

/* The button that sends PLAN to DOMAIN. Caller frees. */
char *agreement_send_button(const struct plan *plan, const char *domain);

/* What is said before DOMAIN is typed to send PLAN, once a session. Caller frees. */
char *agreement_domain_text(const struct plan *plan, const char *domain);

#endif
