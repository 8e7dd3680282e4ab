/* SPDX-License-Identifier: MIT */
/*
 * What both ways of asking a person to sign in (browser_flow.h, device_code_flow.h) need to know. Worker thread.
 */
#ifndef PERCH_MICROSOFT_SIGN_IN_FLOW_H
#define PERCH_MICROSOFT_SIGN_IN_FLOW_H

#include "microsoft/authority.h"
#include "microsoft/sign_in.h"
#include "microsoft/token_answer.h"

struct sign_in_flow {
    struct http *http;
    const struct authority *authority;
    const char *client_id;
    const char *scopes;         /* space separated */
    const char *claims;         /* JSON text that the sign-in has to prove; NULL: nothing more than usual */
    const char *login_hint;     /* NULL: let the person choose the account */
    sign_in_notice_func notice; /* NULL: nobody is told */
    gpointer notice_data;
    sign_in_prompt_func prompt;
    gpointer prompt_data;
};

#endif
