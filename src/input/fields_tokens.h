/* SPDX-License-Identifier: MIT */
/*
 * GUIDs, tenants, dates, numbers of days: what they may look like. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_FIELDS_TOKENS_H
#define PERCH_INPUT_FIELDS_TOKENS_H

#include "input/validator.h"

extern const struct field_rules guid_rules;
extern const struct field_rules tenant_rules;
extern const struct field_rules date_rules;
extern const struct field_rules days_rules;

/* 8-4-4-4-12 hexadecimal digits in that part of validator->clean. Returns where it ends after mending. */
int check_guid_part(struct validator *validator, int from, int to, const char *what);

#endif
