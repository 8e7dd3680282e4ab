/* SPDX-License-Identifier: MIT */
/*
 * What happened in a tenant, told from its journal: the deeds, with who, when and which request. Worker thread.
 */
#ifndef PERCH_ENGINE_HISTORY_H
#define PERCH_ENGINE_HISTORY_H

#include <glib.h>

struct history;
struct worker;

/* Everything so far; empty before sign-in. Text is clean. Caller unrefs. */
struct history *history_make(struct worker *worker);

#endif
