/* SPDX-License-Identifier: MIT */
/*
 * A state folder, kept and put back as a backup is.
 */
#ifndef PERCH_TESTS_SIMULATION_FOLDERS_H
#define PERCH_TESTS_SIMULATION_FOLDERS_H

#include <glib.h>

/* Copy all that is in FROM to TO, which takes its place; modes are kept. FALSE if there is no FROM. */
gboolean folder_copy(const char *from, const char *to);

#endif
