/* SPDX-License-Identifier: MIT */
/*
 * The company's people: those whom contoso.json names, and members and guests drawn from its lists of names.
 */
#ifndef PERCH_PRACTICE_PEOPLE_H
#define PERCH_PRACTICE_PEOPLE_H

#include "practice/practice.h"

/* Fill the collection "users". */
void people_populate(struct practice *practice);

/* The user by id or user name, NULL if there is none. Borrowed. */
json *people_find(const struct practice *practice, const char *id_or_name);

/* The same, or one of the company's "partnerAdministrators": those have no user object, and "_roles" instead. Borrowed.
 */
const json *people_who_signs_in(const struct practice *practice, const char *id_or_name);

#endif
