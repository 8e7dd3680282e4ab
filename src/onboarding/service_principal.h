/* SPDX-License-Identifier: MIT */
/*
 * Enterprise applications of the tenant and the app roles they hold: the requests and readings that several kinds have
 * in common. Pure functions; each request belongs to the caller.
 */
#ifndef PERCH_ONBOARDING_SERVICE_PRINCIPAL_H
#define PERCH_ONBOARDING_SERVICE_PRINCIPAL_H

#include "onboarding/object.h"

/* The enterprise application of the application APP_ID, with the members SELECT. */
struct request *service_principal_by_app_id(const char *app_id, const char *select);

/* What the enterprise application with the object id ID was given. */
struct request *service_principal_app_roles(const char *id);

/* The one that a reply to service_principal_by_app_id() holds, or NULL. Borrowed. */
const json *service_principal_found(const struct reply *reply);

/* The app role of RESOURCE whose MEMBER ("id", "value") is TEXT, or NULL. Borrowed. */
const json *service_principal_find_role(const json *resource, const char *member, const char *text);

#endif
