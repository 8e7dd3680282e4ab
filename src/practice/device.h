/* SPDX-License-Identifier: MIT */
/*
 * The device code flow: the code, the page to enter it on, and the token endpoint's part of it. Wall time.
 */
#ifndef PERCH_PRACTICE_DEVICE_H
#define PERCH_PRACTICE_DEVICE_H

#include "practice/call.h"

/* Answer the token request of CLIENT with the form's device_code. */
void device_redeem(struct call *call, const char *client);

#endif
