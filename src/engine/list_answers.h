/* SPDX-License-Identifier: MIT */
/*
 * What answers decide about an entry of a list, under the entry's own name: "guest-2" of a file is whoever the journal
 * says, since the same number is another's on another machine, or in another list. Worker thread.
 */
#ifndef PERCH_ENGINE_LIST_ANSWERS_H
#define PERCH_ENGINE_LIST_ANSWERS_H

#include "base/json_type.h"

#include <glib.h>

struct worker;

/* After list_entries_recall(): put the entry's name in the place of each number in what ANSWERS, which were given,
 * decide; the list is theirs, or that of KEPT (NULL: none). PERCH_ERROR_INPUT for a number that the journal knows
 * nobody by; one whose place another has in the list counts nothing, which is logged. */
gboolean list_answers_name(struct worker *worker, json *answers, const json *kept, GError **error);

/* The same of what was KEPT: a number that is nobody's counts nothing. */
void list_answers_name_kept(struct worker *worker, json *kept);

#endif
