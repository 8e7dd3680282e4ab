/* SPDX-License-Identifier: MIT */
/*
 * What the files of entitlement management share.
 */
#ifndef PERCH_PRACTICE_ENTITLEMENT_H
#define PERCH_PRACTICE_ENTITLEMENT_H

#include "practice/graph.h"

/* States of a request for access that is not over. */
#define ENTITLEMENT_OPEN "submitted pendingApproval delivering scheduled"
#define ENTITLEMENT "/v1.0/identityGovernance/entitlementManagement"

/* Entitlement management's own 404 and 400. Both return FALSE. */
gboolean entitlement_not_found(struct call *call);
gboolean entitlement_invalid(struct call *call, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The object of COLLECTION, or NULL and 404 answered while it cannot be read. Borrowed. */
json *entitlement_read(struct call *call, const char *collection, const char *id);

/* {"_ref": COLLECTION, "id": ID}. Caller frees. */
json *entitlement_ref(const char *collection, const char *id);

/* Bring resources, requests and assignments up to the practice time. */
void entitlement_settle(struct practice *practice);

/* The practice time in so many milliseconds as the scenario's behaviour.NAME says. */
gint64 entitlement_after(const struct practice *practice, const char *name);

/* The resource of catalog CATALOG_ID by its id, NULL if it is not there (yet). Borrowed. */
json *entitlement_resource(const struct practice *practice, const char *catalog_id, const char *resource_id);

/* TRUE if an access package has a role of the resource. */
gboolean entitlement_is_used(const struct practice *practice, const char *resource_id);

/* TRUE if nobody has an assignment of the access package, and no request for it is open; else 400 is answered. */
gboolean entitlement_is_unheld(struct call *call, const char *package_id);

/* OBJECT was changed just now: its modifiedDateTime. */
void entitlement_stamp(struct practice *practice, json *object);

#endif
