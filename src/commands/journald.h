/* SPDX-License-Identifier: MIT */
/*
 * What a run came to as one entry of systemd's journal, with fields to search by. UI thread.
 */
#ifndef PERCH_COMMANDS_JOURNALD_H
#define PERCH_COMMANDS_JOURNALD_H

#include <glib.h>

#include "base/json_type.h"

/* TRUE if what this process prints goes to the journal. */
gboolean journald_listens(void);

/* LINE: of run_line(). The fields that perch-operate(7) lists; what LINE does not have is left out. A journal that does
 * not take it is no error: the line is printed too. */
void journald_tell(const json *line);

#endif
