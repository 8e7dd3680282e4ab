/* SPDX-License-Identifier: MIT */
/*
 * People in forms that machines write: cards of an address book (vCard), invitations to a meeting (iCalendar), lists
 * of users in JSON, tables of a wiki. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_GUEST_FORMS_H
#define PERCH_INPUT_GUEST_FORMS_H

#include "input/source_text.h"

/* A line "Name <address>" for each person in TEXT, whose units keep their places; who is disabled has "(disabled)"
 * behind the address, a second address of one card has "(another address of the one before)". Of a wiki's tables: a
 * line for each row, with bars between its cells. NULL if TEXT is none of these forms. *CHOICE: where a person
 * of JSON has several addresses, in lists or objects of its own too, of which that of the mail is taken; -1 if nobody
 * has. Caller unrefs. */
GArray *guest_forms_text(const GArray *text, int *choice);

#endif
