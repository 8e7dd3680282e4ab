/*
 * Which handler answers which request, and what has to be in order before it is asked: the access token, its scopes,
 * the roles of the signed-in user, the licence, the fields of the body and the OData options. The tables of routes are
 * const; each area's file has one.
 */
#ifndef PERCH_PRACTICE_ROUTE_H
#define PERCH_PRACTICE_ROUTE_H

#include "practice/call.h"
#include "practice/odata.h"

struct route {
    const char *method;
    const char *path; /* segments or parts that vary are {} */
    const char
        *scopes; /* one of these, blank-separated, is needed; "": none in particular; NULL: no token is asked for */
    const char *roles; /* one of these role names, "|"-separated, or Global Administrator; NULL: any */
    const char *body;  /* the schema of the body in assets/practice/schemas.json; NULL: none is allowed */
    const char *collection;
    const struct odata_rules *odata; /* NULL: no query option is allowed */
    void (*handle)(struct call *call);
};

struct route_table {
    enum service service;
    const struct route *routes;
    gsize count;
};

#define ROUTE_TABLE(service_, routes_)                                                                                 \
    {                                                                                                                  \
        service_, routes_, G_N_ELEMENTS(routes_)                                                                       \
    }

extern const struct route_table sign_in_routes;
extern const struct route_table device_routes;
extern const struct route_table portal_routes;
extern const struct route_table portal_streaming_routes;
extern const struct route_table hook_routes;
extern const struct route_table directory_routes;
extern const struct route_table group_routes;
extern const struct route_table role_routes;
extern const struct route_table application_routes;
extern const struct route_table organization_routes;
extern const struct route_table catalog_routes;
extern const struct route_table package_routes;
extern const struct route_table policy_routes;
extern const struct route_table defender_routes;
extern const struct route_table defender_role_routes;
extern const struct route_table security_routes;

/* Find CALL's route and let it answer; 404 if there is none. */
void route_dispatch(struct call *call);

/* TRUE if the token has SCOPE, or a wider one. */
gboolean call_has_scope(const struct call *call, const char *scope);

/* TRUE if the signed-in user has one of the "|"-separated ROLES, or is Global Administrator. */
gboolean call_has_role(const struct call *call, const char *roles);

/* Handlers that need no more than the route's collection. */
void handle_list(struct call *call);
void handle_get(struct call *call); /* by the first parameter */

#endif
