/* SPDX-License-Identifier: MIT */
/*
 * A list of guests as a field takes it: whole, or not before a person has seen who would be left out. Pure.
 */
#ifndef PERCH_INPUT_GUEST_VERDICT_H
#define PERCH_INPUT_GUEST_VERDICT_H

#include "input/validate.h"

/* What stands for a field's name where a list of guests is typed or pasted. */
#define GUEST_LIST_FIELD "guest-list"

/* Valid if each address of TEXT is taken: the value is then TEXT itself. Otherwise the first finding says how many are
 * clear and why others are not, and its fix is the list of the clear ones, if there are any. Caller frees. */
struct verdict *guest_verdict(const char *text);

#endif
