/* SPDX-License-Identifier: MIT */
/*
 * Signing in with a browser on this machine: authorization code with PKCE (RFC 7636), the answer comes to a listener on
 * loopback (RFC 8252). Worker thread; waits five minutes at most.
 */
#ifndef PERCH_MICROSOFT_BROWSER_FLOW_H
#define PERCH_MICROSOFT_BROWSER_FLOW_H

#include "microsoft/listener.h"
#include "microsoft/sign_in_flow.h"

/* Tokens, or NULL and PERCH_ERROR_SIGN_IN, CANCELLED, NETWORK or PROTOCOL. *LISTENER is set while the browser is waited
 * for, for an address that is pasted back. Caller frees. */
struct token_answer *browser_flow(const struct sign_in_flow *flow, struct listener **listener, GError **error);

#endif
