/* SPDX-License-Identifier: MIT */
/*
 * What perch had changed, somebody changed since, and undo leaves: said while it runs, and on its board. The worker's
 * thread.
 */
#ifndef PERCH_ENGINE_CHANGED_SINCE_H
#define PERCH_ENGINE_CHANGED_SINCE_H

struct worker;

/* Before anything is put back, after which the journal tells nothing of it any more. */
void changed_since_note(struct worker *worker);

#endif
