/*
 * Between the sign-in's tokens and the keyring: where refresh tokens go between runs. Worker thread.
 */
#ifndef PERCH_ENGINE_TOKEN_KEEPER_H
#define PERCH_ENGINE_TOKEN_KEEPER_H

#include "microsoft/sign_in.h"
#include "secrets/keyring.h"

/* A store over KEYRING (borrowed). */
struct token_store token_keeper(struct keyring *keyring);

#endif
