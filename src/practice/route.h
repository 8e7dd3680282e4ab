/* SPDX-License-Identifier: MIT */
/*
 * Which handler answers which request, and what has to be in order before it is asked: the access token, its scopes,
 * the roles of the signed-in user, the licence, the fields of the body and the query options.
 *
 * The pages and the Defender API have const tables in the files of their areas. Graph's routes are data,
 * assets/practice/routes.json: "routes" maps "METHOD /path/{}" to {"do", "on", "scopes", "roles", "body", ...} and "on"
 * names one of "resources", whose rules OData and resource.h read. What "do", "check", "finish" and "answer" name is a
 * hook of some area's file, or one of resource.h. An entry with "casts" (names of types) stands for a list of directory
 * objects, for each PATH/microsoft.graph.TYPE of it, and for the number of each: PATH/$count.
 */
#ifndef PERCH_PRACTICE_ROUTE_H
#define PERCH_PRACTICE_ROUTE_H

#include "practice/call.h"

struct route {
    const char *method;
    const char *path; /* segments or parts that vary are {} */
    const char
        *scopes; /* one of these is needed, blank-separated; "": none in particular; NULL: no token is asked for */
    const char *roles; /* one of these role names, "|"-separated, or Global Administrator; NULL: any */
    const char *body;  /* the schema of the body in assets/practice/schemas.json; NULL: none is allowed */
    const json *data;  /* of Graph: its entry in routes.json; NULL otherwise */
    const json *rules; /* of Graph: its resource there; NULL without one */
    const char *cast;  /* of Graph: the one type that is listed of several; NULL: all of them */
    gboolean counts;   /* of Graph: how many there are is answered, as plain text */
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
extern const struct route_table discovery_routes;
extern const struct route_table portal_routes;
extern const struct route_table portal_streaming_routes;
extern const struct route_table hook_routes;
extern const struct route_table defender_routes;

/* What routes.json calls by name; one of the functions is there. */
struct hook {
    const char *name;
    void (*handle)(struct call *call);
    /* OBJECT: the one that the path names; NULL where something new is made. FALSE and refused if it may not be. */
    gboolean (*check)(struct call *call, const json *object);
    /* Complete OBJECT, made from the body. */
    void (*finish)(struct call *call, json *object);
};

struct hook_table {
    const struct hook *hooks;
    gsize count;
};

#define HOOK_TABLE(hooks_)                                                                                             \
    {                                                                                                                  \
        hooks_, G_N_ELEMENTS(hooks_)                                                                                   \
    }

extern const struct hook_table resource_hooks;
extern const struct hook_table directory_hooks;
extern const struct hook_table group_hooks;
extern const struct hook_table role_hooks;
extern const struct hook_table activation_hooks;
extern const struct hook_table application_hooks;
extern const struct hook_table organization_hooks;
extern const struct hook_table catalog_hooks;
extern const struct hook_table package_hooks;
extern const struct hook_table assignment_hooks;
extern const struct hook_table policy_hooks;
extern const struct hook_table defender_role_hooks;
extern const struct hook_table security_hooks;
extern const struct hook_table relation_hooks;

/* Read routes.json into practice->routes. A name in it that no hook has ends the program. */
void route_load(struct practice *practice);

/* The hook NAME. */
const struct hook *hook_named(const char *name);

/* Bring activated roles and memberships up to the practice time: what is over ends. */
void activation_settle(struct practice *practice);

/* Run the check hook that ENTRY (a route or a resource) names for WHEN ("create", "update", "delete"); TRUE without. */
gboolean hook_check(struct call *call, const char *when, const json *object);

/* Find CALL's route and let it answer; 404 if there is none. */
void route_dispatch(struct call *call);

/* TRUE if the token has SCOPE. */
gboolean call_has_scope(const struct call *call, const char *scope);

/* TRUE if the signed-in user has one of the "|"-separated ROLES, or is Global Administrator. */
gboolean call_has_role(const struct call *call, const char *roles);

/* TRUE for the entitlement management, access packages and what belongs to them. */
gboolean call_is_governance(const struct call *call);

#endif
