/* SPDX-License-Identifier: MIT */
/*
 * The seal of this installation on its evidence. The key is made once a tenant and lives in the keyring. Worker thread.
 */
#ifndef PERCH_ENGINE_SEALING_H
#define PERCH_ENGINE_SEALING_H

#include "engine/worker.h"

/* The seal on TEXT, for the tenant signed in to; without a key where no keyring keeps one. Caller frees. */
struct seal *seal_text(struct worker *worker, const char *text);

#endif
