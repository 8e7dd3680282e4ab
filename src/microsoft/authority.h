/* SPDX-License-Identifier: MIT */
/*
 * The sign-in endpoints of a tenant, from its OpenID discovery document, and POSTs to them. Worker thread.
 */
#ifndef PERCH_MICROSOFT_AUTHORITY_H
#define PERCH_MICROSOFT_AUTHORITY_H

#include "microsoft/cloud.h"
#include "microsoft/http.h"

struct authority {
    char *tenant; /* what was asked for: id, domain or "organizations" */
    char *issuer; /* may hold {tenantid} */
    char *authorize;
    char *token;
    char *device; /* NULL if there is no device code here */
};
typedef struct authority Authority;

/* The endpoints of TENANT. Each has to be on the cloud's sign-in host. Caller frees. */
struct authority *authority_discover(struct http *http, const struct cloud *cloud, const char *tenant, GError **error);
void authority_free(struct authority *authority);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Authority, authority_free)

/* The tenant id in the issuer; NULL if it stands for any tenant. Caller frees. */
char *authority_tenant_id(const struct authority *authority);

enum authority_repeat {
    AUTHORITY_POLL,    /* once: the caller asks again in any case */
    AUTHORITY_ONCE,    /* only where nothing was carried out: a code is good for one redemption */
    AUTHORITY_REPEATS, /* doing it twice is harmless */
};

/* POST FORM (wiped and freed) to URL and wait; it goes again as retry.h says. NULL and error unless there was an
 * answer. Caller frees with http_reply_free(). */
struct http_reply *authority_post(struct http *http, const char *url, char *form, enum authority_repeat repeat,
                                  GError **error);

/* TRUE for 8-4-4-4-12 hexadecimal digits. */
gboolean is_guid(const char *text);

#endif
