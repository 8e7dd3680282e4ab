/* SPDX-License-Identifier: MIT */
/*
 * audit.jsonl: who did what when, one line a deed, for whoever looks into it later. Each line ends with the chain, the
 * SHA-256 of the line before's chain and of its own text: a line that was changed, put in or taken out shows. That the
 * end was cut off shows by the seal (store/chain.h). Owned by the worker thread.
 */
#ifndef PERCH_STORE_AUDIT_H
#define PERCH_STORE_AUDIT_H

#include <glib.h>

#include "store/chain.h"
#include "store/state_dir.h"

#define AUDIT_FILE "audit.jsonl"

struct audit;

/* Open the file of DIR, 0600, made if it is not there. NULL and ERROR if that cannot be. Caller closes. */
struct audit *audit_open(const struct state_dir *dir, GError **error);
void audit_close(struct audit *audit); /* NULL is fine */

/* Append TEXT, an object in JSON on one line. That it cannot be written is no reason to stop: the journal counts. */
void audit_append(struct audit *audit, const char *text);

/* How far it goes; borrowed until the next append. */
struct chain_end audit_end(const struct audit *audit);

/* How many lines of BYTES follow one another; -1 and PERCH_ERROR_STATE with the first that does not. The lines of a
 * perch that chained none may stand before the first that has one: their number is put into *UNCHAINED. */
int audit_verify(const char *bytes, gsize length, int *unchained, GError **error);

#endif
