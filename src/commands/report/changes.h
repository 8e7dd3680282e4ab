/* SPDX-License-Identifier: MIT */
/*
 * What was changed in the tenant, counted and told once for every form of the report: each thing counts in one place.
 * UI thread.
 */
#ifndef PERCH_COMMANDS_REPORT_CHANGES_H
#define PERCH_COMMANDS_REPORT_CHANGES_H

#include "commands/report/facts.h"

struct report_changes {
    int created; /* by perch, and still there */
    int changed; /* by perch, and not put back */
    int removed;
    int adopted; /* was there as wanted, and is used */
    int by_hand; /* made during this onboarding, and not by perch */
};

struct report_changes report_changes(const struct report *report);

/* TRUE if WHAT, of a deed, was sent to Microsoft and changed something. */
gboolean report_is_write(const char *what);

/* What perch changed and would put back, and what it removed that others had made and does not bring back: titles with
 * ", " between; NULL if there is none. */
const char *report_changed_titles(const struct report *report);
const char *report_lost_titles(const struct report *report);

/* PARTS (of const char *) with ", " between them; NOTHING if there are none. */
const char *report_join(const struct report *report, GPtrArray *parts, const char *nothing);

#endif
