/* SPDX-License-Identifier: MIT */
/*
 * perch validate FIELD [--json] < VALUE, and perch validate paste: input/ as a filter. No session, no state, no
 * network. command_validate() stands in commands.h: 0 valid (paste: both values found), 2 if not.
 */
#ifndef PERCH_COMMANDS_VALIDATE_H
#define PERCH_COMMANDS_VALIDATE_H

/* The field that finds values in a text, and what it does. */
extern const char validate_paste_field[];
extern const char validate_paste_hint[];

/* Print the fields and what each looks like. */
void validate_print_fields(void);

#endif
