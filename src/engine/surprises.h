/* SPDX-License-Identifier: MIT */
/*
 * Where Microsoft answered differently from what it documents, in this session: told once each, shown on the board, and
 * collected for the maintainers, who have no tenant of their own to ask. Worker thread.
 */
#ifndef PERCH_ENGINE_SURPRISES_H
#define PERCH_ENGINE_SURPRISES_H

#include <glib.h>

struct reply;
struct request;
struct worker;

/* Look at REPLY to REQUEST, and log what differs for the first time. */
void surprises_note(struct worker *worker, const struct request *request, const struct reply *reply);

/* One sentence each, sorted, safe to show. Caller frees. */
char **surprises_sentences(const struct worker *worker);

/* All of them with how often, for a file that can be sent as it is: versions, paths, members, statuses, request ids,
 * and nothing that says whose tenant it was. JSON. Caller frees. */
char *surprises_document(const struct worker *worker);

#endif
