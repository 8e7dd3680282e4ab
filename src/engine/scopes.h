/*
 * Why perch asks for a scope, in words for the person who is to grant it (assets/scopes.json), and which of them were
 * not granted. Worker thread.
 */
#ifndef PERCH_ENGINE_SCOPES_H
#define PERCH_ENGINE_SCOPES_H

#include "engine/worker.h"

/* SCOPES (blank-separated, as they are asked for) one a line, each with why: "User.Read: to ...". Caller frees. */
char *scopes_explain(const char *scopes);

/* Add to SCOPES (of char *, owned) those of TEXT (blank-separated; NULL: none) that are not among them. */
void scopes_add(GPtrArray *scopes, const char *text);

/* Name in the log what was asked for and not granted, and what it would have been for. */
void scopes_say_withheld(struct worker *worker);

/* The same as sentences for the board, added to NOTES (of char *). */
void scopes_note_withheld(const struct worker *worker, GPtrArray *notes);

#endif
