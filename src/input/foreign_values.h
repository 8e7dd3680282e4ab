/* SPDX-License-Identifier: MIT */
/*
 * What has the form of an Event Hub's name and is something else. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_FOREIGN_VALUES_H
#define PERCH_INPUT_FOREIGN_VALUES_H

#include "input/source_text.h"

/* A variable, a function, a member of something. */
gboolean value_is_reference(const char *name);

/* A host name, an address, a file. */
gboolean value_is_something_else(const char *name);

/* What NAME says in base64, as the values of a cluster's secrets are written: text in small letters that has letters of
 * both kinds now. NULL if it is none. Caller frees. */
char *value_from_base64(const char *name);

/* "<hub name>", "${hub}", "{{hub}}", "[Event Hub name]", "%HUB%": a template's word. */
gboolean value_is_template(const GArray *text, int from, int end);

/* What stands at AT, behind a name, says that more belongs to it. */
gboolean value_is_added_to(const GArray *text, int at);

/* "w-t-p": as a name is spelt on the phone. */
gboolean value_is_spelt(const char *name);

#endif
