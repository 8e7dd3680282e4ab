/* SPDX-License-Identifier: MIT */
/*
 * What perch --version prints. UI thread; after harden_process(), which it tells of.
 */
#ifndef PERCH_COMMANDS_VERSION_H
#define PERCH_COMMANDS_VERSION_H

#include <glib.h>

/* Print version, libraries and protections on standard output, for a person or as one JSON document. */
void version_print(gboolean as_json);

#endif
