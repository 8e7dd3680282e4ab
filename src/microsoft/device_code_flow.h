/* SPDX-License-Identifier: MIT */
/*
 * Signing in with a code that is typed in on another device (RFC 8628). Worker thread; waits as long as the code lives,
 * half an hour at most.
 */
#ifndef PERCH_MICROSOFT_DEVICE_CODE_FLOW_H
#define PERCH_MICROSOFT_DEVICE_CODE_FLOW_H

#include "microsoft/sign_in_flow.h"

/* Let the person type the code that QUESTION, which was asked, brought (its reply and error are taken). Tokens, or NULL
 * and PERCH_ERROR_SIGN_IN, CANCELLED, NETWORK or PROTOCOL. Caller frees. */
struct token_answer *device_code_flow(const struct sign_in_flow *flow, struct authority_question *question,
                                      GError **error);

#endif
