/* SPDX-License-Identifier: MIT */
/*
 * Signing in: who the person is, in which tenant, and the tokens for Graph and Defender.
 *
 * Owned by the worker thread. Endpoints come from the authority's OpenID discovery document, or are the documented ones
 * that it names in the same moment (authority_discover()). Tokens live in locked
 * memory; refresh tokens go to the keyring through the two store functions and nowhere else. The tenant is fixed at the
 * first sign-in: a token whose tid differs is refused (PERCH_ERROR_TENANT). So is the account, until it signs out: a
 * token whose oid differs, for either service, is refused (PERCH_ERROR_SIGN_IN) with both names.
 */
#ifndef PERCH_MICROSOFT_SIGN_IN_H
#define PERCH_MICROSOFT_SIGN_IN_H

#include <glib.h>

#include "microsoft/certificate.h"
#include "microsoft/cloud.h"
#include "microsoft/http.h"
#include "microsoft/token_cache.h"
#include "secrets/redact.h"

struct sign_in;
typedef struct sign_in SignIn;

enum sign_in_method {
    SIGN_IN_BROWSER,
    SIGN_IN_DEVICE_CODE,
};

/* What to put before the person; called in the worker thread, strings borrowed for the call. */
struct sign_in_prompt {
    enum sign_in_method method;
    const char *url;       /* to open */
    const char *start;     /* a short address on this machine that leads to it, once; NULL: none */
    const char *user_code; /* device code only, else NULL */
    const char *client_id;
    const char *scopes; /* space separated */
    gint64 expires;     /* wall time, microseconds since 1970 */
    guint port;         /* loopback port of the browser way, else 0 */
};
typedef void (*sign_in_prompt_func)(const struct sign_in_prompt *prompt, gpointer data);

struct sign_in_account {
    char *tenant_id;
    char *object_id;
    char *user_name; /* preferred_username */
    char *name;
};

/* TENANT: id or domain to sign in to, NULL for "organizations". CLIENT_ID NULL: the well-known ones. */
struct sign_in *sign_in_new(struct http *http, const struct cloud *cloud, const char *tenant, const char *client_id,
                            const struct token_backend *store);
void sign_in_free(struct sign_in *sign_in);

/* Called in the worker thread with a sentence when somebody seems to interfere with a sign-in. */
typedef void (*sign_in_notice_func)(const char *what, gpointer data);
void sign_in_on_notice(struct sign_in *sign_in, sign_in_notice_func notice, gpointer data);

/* Let REDACTOR (borrowed, outlives SIGN_IN) know every token until the sign-out, those too that were replaced. */
void sign_in_set_redactor(struct sign_in *sign_in, struct redactor *redactor);

/* Sign in as the application itself, with CERTIFICATE (borrowed, outlives SIGN_IN): nobody is asked, nothing is stored,
 * and what may be done is what the application was given. Needs a client id and a tenant. */
void sign_in_use_certificate(struct sign_in *sign_in, const struct certificate *certificate);

/* Tokens for SCOPES (NULL-terminated Graph scopes) from what is stored, as far as they were granted before (see
 * sign_in_withheld()); FALSE without error set if a person has to sign in. DEFENDER: and, in the same round trip, one
 * for Defender if it can be had so; that it cannot is no error. */
gboolean sign_in_silently(struct sign_in *sign_in, const char *const *scopes, gboolean defender, GError **error);

/* The next time that the person is asked, the sign-in has to prove CLAIMS (JSON text, see microsoft/challenge.h). */
void sign_in_require_claims(struct sign_in *sign_in, const char *claims);

/* What that is; a refused refresh asks for claims too. NULL: nothing. Borrowed. */
const char *sign_in_claims(const struct sign_in *sign_in);

/* Ask the person. Ends with tokens, or PERCH_ERROR_SIGN_IN / CANCELLED. */
gboolean sign_in_ask(struct sign_in *sign_in, enum sign_in_method method, const char *const *scopes,
                     sign_in_prompt_func prompt, gpointer data, GError **error);

/* The same for one SERVICE. SCOPES is for Graph and ignored for Defender, whose sign-in asks for what the application
 * has there. Needed for Defender if sign_in_needs_asking() says so. */
gboolean sign_in_ask_service(struct sign_in *sign_in, enum service service, enum sign_in_method method,
                             const char *const *scopes, sign_in_prompt_func prompt, gpointer data, GError **error);

/* TRUE if no token for SERVICE can be had without asking the person: the well-known applications are two, so Defender
 * needs a sign-in of its own; with a --client-id one sign-in serves both. May ask the authority. */
gboolean sign_in_needs_asking(struct sign_in *sign_in, enum service service);

/* The cloud's Defender is another one now: no token and no audience of the one before counts. */
void sign_in_defender_moved(struct sign_in *sign_in);

/* The failed http://localhost:PORT/?code=... address pasted back, for a browser on another machine. Worker only,
 * from the woken callback while sign_in_ask() runs. */
gboolean sign_in_paste_back(struct sign_in *sign_in, const char *address, GError **error);

/* The tenant's id, asking the authority for it where only a domain is known; NULL if none is. Borrowed. */
const char *sign_in_tenant_id(struct sign_in *sign_in);

/* Try the tenant TENANT_ID with sign_in_silently() where none was named and nobody is signed in; NULL: any again. */
void sign_in_try_tenant(struct sign_in *sign_in, const char *tenant_id);

/* The application that signs in to SERVICE. Borrowed. */
const char *sign_in_client_of(const struct sign_in *sign_in, enum service service);

/* Give the store what is held, for one that could not be used when it was got. */
void sign_in_store(struct sign_in *sign_in);

/* Forget tokens here and in the store. */
void sign_in_forget(struct sign_in *sign_in);

/* The cloud that the tenant says it is in, by its name for --cloud; "" where it was not asked. Static. */
const char *sign_in_home(const struct sign_in *sign_in);

/* NULL before the first sign-in. Borrowed. */
const struct sign_in_account *sign_in_account(const struct sign_in *sign_in);

/* TRUE if SCOPE was granted for Graph. */
gboolean sign_in_has_scope(const struct sign_in *sign_in, const char *scope);

/* The Graph scopes that were asked for and not granted; empty before the first sign-in. Caller frees with
 * g_strfreev(). */
char **sign_in_withheld(const struct sign_in *sign_in);

/* The Graph scopes that were granted and not asked for, but for those that are about the account alone. Caller frees
 * with g_strfreev(). */
char **sign_in_unasked(const struct sign_in *sign_in);

/* TRUE if SCOPE was asked for, for Graph. */
gboolean sign_in_asked_for(const struct sign_in *sign_in, const char *scope);

/* A bearer token for SERVICE, fresh for at least 60 s more, refreshed where needed (FORCE: in any case, after a 401).
 * Borrowed until the next call. NULL and error if a person has to sign in again. */
const char *sign_in_token(struct sign_in *sign_in, enum service service, gboolean force, GError **error);

#endif
