/* SPDX-License-Identifier: MIT */
/*
 * Single answers: between what a person types and JSON, and whether a field would take it. Pure functions.
 */
#ifndef PERCH_ONBOARDING_ANSWER_VALUE_H
#define PERCH_ONBOARDING_ANSWER_VALUE_H

#include <glib.h>

#include "base/json_type.h"

/* Why the field VALIDATOR (NULL: any text will do) does not take TEXT, as a sentence; NULL if it does. Caller frees. */
char *answer_value_problem(const char *validator, const char *text);

/* What VALIDATOR (may be NULL) remarks on TEXT, which it takes: the first sentence; NULL if nothing. Caller frees. */
char *answer_value_remark(const char *validator, const char *text);

/* What is remarked on TEXT, an id that VALIDATOR (may be NULL) takes, if it is that of TENANT (may be NULL); NULL if it
 * is not. Caller frees. */
char *answer_tenant_remark(const char *validator, const char *text, const char *tenant);

/* Entries separated by commas, semicolons or white space. Caller frees. */
json *answer_list_from_text(const char *typed);

/* Entries separated by semicolons or line ends, without the blanks round them. Caller frees. */
json *answer_names_from_text(const char *typed);

/* "yes"/"y"/"true", "no"/"n"/"false"; else NULL. Caller frees. */
json *answer_yes_no_from_text(const char *typed);

/* NULL unless a whole number. Caller frees. */
json *answer_number_from_text(const char *typed);

/* Why LIST (of texts) is none of an answer: an entry stands there twice, upper and lower case being the same; NULL if
 * none does. Caller frees. */
char *answer_list_problem(const json *list);

/* VALUE as a person would type it, a list's entries with SEPARATOR between; "" for NULL. Caller frees. */
char *answer_to_text(const json *value, const char *separator);

#endif
