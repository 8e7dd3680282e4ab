/* SPDX-License-Identifier: MIT */
/*
 * Passwords for new accounts. Pure but for the random numbers; any thread.
 */
#ifndef PERCH_SECRETS_PASSWORD_H
#define PERCH_SECRETS_PASSWORD_H

#include "secrets/secret.h"

/* 24 characters of all four classes, without those that are easily taken for one another. About 140 bits. Caller frees.
 */
struct secret *password_new(void);

#endif
