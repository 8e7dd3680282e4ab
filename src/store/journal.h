/* SPDX-License-Identifier: MIT */
/*
 * The journal of a tenant: what perch intended, sent, got back, proved, and what a person decided, told or waited for.
 *
 * Append-only JSON lines, each with a number and a checksum over itself and the line before, so that a changed, missing
 * or swapped line is noticed. Every append is one write() followed by fdatasync(): what a journal says was on disk
 * before the network call that it speaks of. A torn last line (no line end, or NUL bytes as a file system leaves them)
 * is dropped at loading; anything else odd, another format and an unknown type of record are refused. Owned by the
 * worker thread. No secret stands in it.
 */
#ifndef PERCH_STORE_JOURNAL_H
#define PERCH_STORE_JOURNAL_H

#include <glib.h>

#include "store/chain.h"
#include "store/journal_record.h"
#include "store/state_dir.h"

#define JOURNAL_FILE "journal.jsonl"

struct journal;

/* Read the journal in DIR, or begin one for TENANT_ID and PARTNER, whose profile has that SHA-256. PERCH_ERROR_TENANT
 * if it is another tenant's, PERCH_ERROR_STATE with the line number if it is damaged. Caller frees. */
struct journal *journal_open(const struct state_dir *dir, const char *tenant_id, const char *partner,
                             const char *profile_sha256, GError **error);
void journal_close(struct journal *journal);

/* The lines of a journal that TEXT, of LENGTH bytes, is: each is judged as journal_open() does it, and a torn last one
 * is no part of it. -1 and PERCH_ERROR_STATE with the line number if it is damaged. Pure. */
int journal_verify(const char *text, gsize length, GError **error);

/* The records so far, oldest first: of struct journal_record, borrowed. */
const GPtrArray *journal_records(const struct journal *journal);

/* How far it goes; borrowed until the next append. */
struct chain_end journal_end(const struct journal *journal);

/* Write RECORD at step time AT, in place of its own. On failure nothing of it stays and what it was to precede must not
 * happen: PERCH_ERROR_STATE. Gives the record as it will be read again, borrowed; NULL on failure. */
const struct journal_record *journal_append(struct journal *journal, const struct journal_record *record, gint64 at,
                                            GError **error);

#endif
