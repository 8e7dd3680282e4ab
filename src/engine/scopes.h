/* SPDX-License-Identifier: MIT */
/*
 * Why perch asks for a scope, in words for the person who is to grant it (assets/scopes.json), which scope makes
 * another one needless (by Microsoft's permission list, for the requests that perch sends), and which were not granted.
 */
#ifndef PERCH_ENGINE_SCOPES_H
#define PERCH_ENGINE_SCOPES_H

#include <glib.h>

#include "microsoft/sign_in.h"

/* SCOPES (blank-separated, as they are asked for) one a line, each with why: "User.Read: to ..."; where UNDOES, why to
 * take away what was made. Caller frees. */
char *scopes_explain(const char *scopes, gboolean undoes);

/* Add to SCOPES (of char *, owned) those of TEXT (blank-separated; NULL: none) that are not among them. */
void scopes_add(GPtrArray *scopes, const char *text);

/* TRUE if SCOPE was granted, or one that assets/scopes.json says covers it. */
gboolean scopes_has(const struct sign_in *sign_in, const char *scope);

/* Take from SCOPES (of char *, owned) what another of them covers, but for one that is WITHHELD (NULL-terminated):
 * what that would have covered is asked for by its own name. */
void scopes_drop_covered(GPtrArray *scopes, const char *const *withheld);

/* The scopes that were granted beyond what was asked for and beyond what that covers, safe to show. Caller frees with
 * g_strfreev(). */
char **scopes_excess(const struct sign_in *sign_in);

/* "Microsoft Graph Command Line Tools (14d8...)"; CLIENT_ID alone where it is none of Microsoft's. Caller frees. */
char *scopes_application(const char *client_id);

/* What is to be said of what was granted: a sentence for each scope that was asked for and withheld, with what it would
 * have been for, and one that names what is in excess. Safe to show. Caller frees with g_strfreev(). */
char **scopes_notes(const struct sign_in *sign_in);

#endif
