/* SPDX-License-Identifier: MIT */
/*
 * The seal of this installation on its evidence. The key is made once a tenant and lives in the keyring. Worker thread.
 */
#ifndef PERCH_ENGINE_SEALING_H
#define PERCH_ENGINE_SEALING_H

#include <glib.h>

struct seal;
struct state_dir;
struct worker;

/* The seal on TEXT, for the tenant signed in to; without a key where no keyring keeps one. Caller frees. */
struct seal *seal_text(struct worker *worker, const char *text);

/* Put the seal on the ends of journal and audit, into the state folder, where something was done since the last one and
 * a keyring is in use. That it cannot be is no reason to fail. */
void seal_chain(struct worker *worker);

/* FALSE, and PERCH_ERROR_STATE, where the audit in DIR names a line of the journal that is not there, or another: the
 * journal was emptied, cut or replaced, and perch would not know what it made. A damaged journal is journal_open()'s.
 */
gboolean seal_check_links(const struct state_dir *dir, GError **error);

/* Say so, in the log and in the audit, where the journal or the audit that was just opened is not the one that was
 * sealed, or its end was cut off; by the seal beside them, by what the keyring, where one is in use, remembers of it,
 * and by how far the last run says that it went. */
void seal_check_chain(struct worker *worker);

#endif
