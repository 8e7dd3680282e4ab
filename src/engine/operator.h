/* SPDX-License-Identifier: MIT */
/*
 * The operator: who is signed in, how one signs in, and where that is kept. Signing in and out brings about all that
 * hangs on it: the tenant is opened, a second service asked for, rights added. Worker thread, but for what says so.
 */
#ifndef PERCH_ENGINE_OPERATOR_H
#define PERCH_ENGINE_OPERATOR_H

#include "engine/token_store.h"
#include "microsoft/certificate.h"
#include "microsoft/sign_in.h"
#include "secrets/keyring.h"

struct worker;

/* Which of two Defenders is the tenant's, where that cannot be told from the sign-in. */
enum defender_place {
    DEFENDER_NOT_TRIED,
    DEFENDER_FOUND,   /* the cloud's own knows it */
    DEFENDER_MOVED,   /* the other one does, and is in use */
    DEFENDER_NOWHERE, /* neither does */
};

struct operator
{
    struct sign_in *sign_in;
    struct keyring *keyring;
    struct token_store tokens;
    struct certificate *certificate; /* NULL: a person signs in */
    GHashTable *secrets;             /* "NAME OWNER" -> struct secret: made in this session */
    char *prompt_url;                /* of the sign-in that waits for a person, NULL: none */
    char *prompt_code;               /* its user code, NULL in a browser */
    char *people_claims;             /* what the last look-up of people had to prove and did; NULL: nothing */
    gint abandoned;                  /* atomic: whoever waits for the keyring to be unlocked need not */
    gboolean device_code;
    gboolean undoes;    /* the sign-in that is shown is to take away what was made */
    gboolean audit_log; /* the right to read the tenant's audit log is asked for */
    gboolean no_excess; /* a sign-in that can do more than was asked for is refused */
    char *inspector;    /* that somebody may read along, a sentence; NULL: nobody is known to */
    gboolean never_ask; /* without a kept sign-in a command fails */
    enum defender_place defender_place;
    gboolean defender_ready; /* a token for Defender can be had without asking */
    char *defender_refusal;  /* why the last sign-in for it did not succeed, on one line; NULL: none was refused */
};

/* Sign in with what is stored, without asking. FALSE without an error if a person is needed. */
gboolean operator_sign_in_silently(struct worker *worker, GError **error);

/* Ask the person to sign in, for what reading needs; once only Defender's own API is left, for that. */
gboolean operator_sign_in(struct worker *worker, gboolean device_code, GError **error);

/* TRUE where somebody is signed in, and Defender's own API still wants a sign-in of its own. */
gboolean operator_lacks_defender(const struct worker *worker);

/* Ask the person for that sign-in where it was only left out: Microsoft did not refuse it. Fails as operator_sign_in()
 * does. */
gboolean operator_sign_in_for_what_is_left_out(struct worker *worker, GError **error);

/* Make sure that SCOPES (NULL-terminated) are granted, asking the person for those that are not. */
gboolean operator_require_scopes(struct worker *worker, char **scopes, GError **error);

/* The same for what takes away what was made. */
gboolean operator_require_scopes_to_undo(struct worker *worker, char **scopes, GError **error);

/* Ask the person for the rights to read what the rules are of whatever was decided to be activated; KEYS gets the keys
 * of the objects that can be read better now. Who refuses that goes on without; what is refused then tells its rules.
 * Fails only with PERCH_ERROR_TENANT, and where the session ends. */
gboolean operator_read_what_was_decided(struct worker *worker, GHashTable *keys, GError **error);

/* Let the person sign in again for SERVICE, proving CLAIMS. */
gboolean operator_meet_claims(struct worker *worker, enum service service, const char *claims, GError **error);

/* Let Microsoft end every session of the account: no refresh token that it gave out is good any more. */
gboolean operator_revoke_sessions(struct worker *worker, GError **error);

/* See session_sign_out(). */
gboolean operator_sign_out(struct worker *worker, GError **error);

#endif
