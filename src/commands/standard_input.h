/* SPDX-License-Identifier: MIT */
/*
 * What is piped or pasted into a command. UI thread.
 */
#ifndef PERCH_COMMANDS_STANDARD_INPUT_H
#define PERCH_COMMANDS_STANDARD_INPUT_H

#include <glib.h>

/* Standard input to its end, or to where it is longer than any paste (PASTE_LIMIT); WHAT is asked for where a person
 * sits there: "Paste the text". NULL and PERCH_ERROR_STATE if it cannot be read. Caller wipes, if it may be secret, and
 * unrefs. */
GByteArray *standard_input_read(const char *what, GError **error);

#endif
