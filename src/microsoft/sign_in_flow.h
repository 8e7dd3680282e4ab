/*
 * The two ways of asking a person to sign in. Part of sign_in.h, worker thread.
 */
#ifndef PERCH_MICROSOFT_SIGN_IN_FLOW_H
#define PERCH_MICROSOFT_SIGN_IN_FLOW_H

#include "microsoft/authority.h"
#include "microsoft/listener.h"
#include "microsoft/sign_in.h"
#include "microsoft/token_answer.h"

struct sign_in_flow {
    struct http *http;
    const struct authority *authority;
    const char *client_id;
    const char *scopes;     /* space separated */
    const char *claims;     /* JSON text that the sign-in has to prove; NULL: nothing more than usual */
    const char *login_hint; /* NULL: let the person choose the account */
    sign_in_prompt_func prompt;
    gpointer prompt_data;
};

/* Both end with tokens, or NULL and PERCH_ERROR_SIGN_IN, CANCELLED, NETWORK or PROTOCOL. Caller frees. */
struct token_answer *device_code_flow(const struct sign_in_flow *flow, GError **error);

/* *LISTENER is set while the browser is waited for, for an address that is pasted back. */
struct token_answer *browser_flow(const struct sign_in_flow *flow, struct listener **listener, GError **error);

#endif
