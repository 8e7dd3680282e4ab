/* SPDX-License-Identifier: MIT */
/*
 * An application that signs in by itself with a certificate: its client assertion is checked as Microsoft does, and it
 * gets what the application may read.
 */
#ifndef PERCH_PRACTICE_ASSERTION_H
#define PERCH_PRACTICE_ASSERTION_H

#include "practice/oauth.h"

/* Answer a client_credentials request of CLIENT. */
void assertion_redeem(struct call *call, const json *client);

#endif
