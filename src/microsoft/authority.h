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
    char *device;     /* NULL if there is no device code here */
    const char *home; /* the cloud that the tenant says it is in, by its name for --cloud; NULL: not told. Static */
};
typedef struct authority Authority;

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

enum authority_endpoint {
    AUTHORITY_TOKEN,
    AUTHORITY_DEVICE,
};

/* One of several POSTs that go out side by side; doing one twice is harmless. Who asks takes reply and error. */
struct authority_question {
    enum authority_endpoint endpoint;
    char *form;               /* wiped and freed once it was asked */
    struct http_reply *reply; /* NULL: no answer, see error, or the authority has no such endpoint */
    GError *error;
};

/* Ask AUTHORITY the COUNT QUESTIONS and wait for all answers. */
void authority_ask(struct http *http, const struct authority *authority, struct authority_question *questions,
                   guint count);

/* The endpoints of TENANT. Each has to be on the cloud's sign-in host. The QUESTIONS (COUNT, may be 0) are asked
 * beside, in the same round trip, where Microsoft documents the endpoints of CLOUD's tenants; an answer counts only if
 * the discovery document then names the endpoint that it came from, else the question is asked there. NULL and error:
 * no question has a reply. Caller frees. */
struct authority *authority_discover(struct http *http, const struct cloud *cloud, const char *tenant,
                                     struct authority_question *questions, guint count, GError **error);

/* TRUE for 8-4-4-4-12 hexadecimal digits. */
gboolean is_guid(const char *text);

#endif
