/* SPDX-License-Identifier: MIT */
/*
 * What the pages of the practice portals share: who is signed in to them, and how a form looks.
 */
#ifndef PERCH_PRACTICE_PORTAL_H
#define PERCH_PRACTICE_PORTAL_H

#include "practice/call.h"

/* The account that the form names, by default the company's administrator; NULL and a page if it is nobody. Borrowed.
 */
const json *portal_user(struct call *call);

/* TRUE if USER is Global or Security Administrator; else a page says so. */
gboolean portal_check_administrator(struct call *call, const json *user);

/* The beginning of a form that is posted to ACTION. Caller gives it to portal_show_form(). */
GString *portal_begin_form(const struct call *call, const char *action);

/* Answer with a page that holds FORM, which is freed. */
void portal_show_form(struct call *call, const char *title, GString *form);

#endif
