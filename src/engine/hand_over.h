/* SPDX-License-Identifier: MIT */
/*
 * Handing over: what one person leaves to a colleague who goes on in the same tenant, and taking that in.
 *
 * The document holds the answers, what was told and skipped by whom, decisions, waits, and what is left with the roles
 * that it needs. It holds no secret. What perch made stays for the maker to undo: the colleague's perch finds it in the
 * tenant like anything else that is there. Worker thread.
 */
#ifndef PERCH_ENGINE_HAND_OVER_H
#define PERCH_ENGINE_HAND_OVER_H

#include <glib.h>

struct worker;

/* Make the document of what was read last: into FILE, 0600, or as an event where FILE is NULL. */
gboolean hand_over_give(struct worker *worker, const char *file, GError **error);

/* Fails with PERCH_ERROR_TENANT if what was handed over at the start is about another tenant than TENANT_ID. */
gboolean hand_over_belongs(const struct worker *worker, const char *tenant_id, GError **error);

/* The journal is open: what it says to have been taken over before is not taken a second time. */
void hand_over_receive(struct worker *worker);

/* Note what a colleague told, skipped, decided and waited for, where the journal says nothing about it. The tenant was
 * read, so that its time is known: fails with PERCH_ERROR_INPUT, and nothing noted, if something of it is yet to come
 * by more than a day. */
gboolean hand_over_take(struct worker *worker, GError **error);

#endif
