/* SPDX-License-Identifier: MIT */
/*
 * What has the form of an Event Hub's name and is something else. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_FOREIGN_VALUES_H
#define PERCH_INPUT_FOREIGN_VALUES_H

#include <glib.h>

/* A variable, a function, a member of something. */
gboolean value_is_reference(const char *name);

/* A host name, an address, a file. */
gboolean value_is_something_else(const char *name);

/* What NAME says in base64, as the values of a cluster's secrets are written: text in small letters that has letters of
 * both kinds now. NULL if it is none. Caller frees. */
char *value_from_base64(const char *name);

#endif
