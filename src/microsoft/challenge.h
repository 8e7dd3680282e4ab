/* SPDX-License-Identifier: MIT */
/*
 * The claims challenge of a 401: what the sign-in has to prove before the service goes on (a password that was changed,
 * a policy of conditional access). Pure.
 */
#ifndef PERCH_MICROSOFT_CHALLENGE_H
#define PERCH_MICROSOFT_CHALLENGE_H

/* The claims that the header field WWW_AUTHENTICATE asks for, as the JSON text that an authorize request takes; NULL if
 * it asks for none or they cannot be read. Caller frees. */
char *challenge_claims(const char *www_authenticate);

/* The same of a refusal by Privileged Identity Management, which has the claims in its MESSAGE, as part of an address
 * ("&claims=%7B...") or plain. With it goes that perch can be asked for claims at any time ("cp1"): without that the
 * same refusal comes again, whatever the token proves. Caller frees. */
char *challenge_in_message(const char *message);

/* Why a service is not content with a sign-in that proved CLAIMS, from the claims that it still asks for and from the
 * SENTENCE of its refusal: what it checks, and what to do about it, on two lines. Caller frees. */
char *challenge_reason(const char *claims, const char *sentence);

/* TEXT if it is the JSON object that such a request takes, else NULL. Caller frees. */
char *challenge_check(const char *text);

#endif
