/*
 * The journal of a tenant: what perch intended, sent, got back, proved, and what a person decided, told or waited for.
 *
 * Append-only JSON lines, each with a number and a checksum over itself and the line before, so that a changed, missing
 * or swapped line is noticed. Every append is one write() followed by fdatasync(): what a journal says was on disk
 * before the network call that it speaks of. A torn last line (no line end) is dropped at loading; anything else odd is
 * refused. Owned by the worker thread. No secret stands in it.
 */
#ifndef PERCH_ENGINE_JOURNAL_H
#define PERCH_ENGINE_JOURNAL_H

#include <glib.h>

#include "base/json.h"
#include "engine/state_dir.h"

struct journal;

/* Read the journal in DIR, or begin one for TENANT_ID and PARTNER. PERCH_ERROR_TENANT if it is another tenant's,
 * PERCH_ERROR_STATE with the line number if it is damaged. Caller frees. */
struct journal *journal_open(const struct state_dir *dir, const char *tenant_id, const char *partner, GError **error);
void journal_close(struct journal *journal);

/* The records so far, oldest first: an array of json objects, borrowed. */
const GPtrArray *journal_records(const struct journal *journal);

/* Write RECORD (taken; its members seq, at and check are set here) at step time AT. On failure nothing of it stays and
 * what it was to precede must not happen: PERCH_ERROR_STATE. */
gboolean journal_append(struct journal *journal, json *record, gint64 at, GError **error);

#endif
