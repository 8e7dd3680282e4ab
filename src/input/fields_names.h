/* SPDX-License-Identifier: MIT */
/*
 * Values that people read, and passwords: what they may look like. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_FIELDS_NAMES_H
#define PERCH_INPUT_FIELDS_NAMES_H

#include "input/validator.h"

extern const struct field_rules company_rules;
extern const struct field_rules display_name_rules;
extern const struct field_rules mail_nickname_rules;
extern const struct field_rules resource_group_rules;
extern const struct field_rules password_rules;

/* Look at that part of validator->clean. Returns where it ends after mending. */
int check_resource_group_part(struct validator *validator, int from, int to);

#endif
