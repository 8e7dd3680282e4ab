/*
 * What the files of entitlement management share.
 */
#ifndef PERCH_PRACTICE_ENTITLEMENT_H
#define PERCH_PRACTICE_ENTITLEMENT_H

#include "practice/graph.h"

#define ENTITLEMENT "/v1.0/identityGovernance/entitlementManagement"
#define ENTITLEMENT_READ "EntitlementManagement.Read.All"
#define ENTITLEMENT_WRITE "EntitlementManagement.ReadWrite.All"
#define ENTITLEMENT_ROLE "Identity Governance Administrator"

/* Entitlement management's own 404 and 400. Both return FALSE. */
gboolean entitlement_not_found(struct call *call);
gboolean entitlement_invalid(struct call *call, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The object of COLLECTION, or NULL and 404 answered while it cannot be read. Borrowed. */
json *entitlement_read(struct call *call, const char *collection, const char *id);

/* {"_ref": COLLECTION, "id": ID}. Caller frees. */
json *entitlement_ref(const char *collection, const char *id);

/* Bring resource requests and resources up to the practice time. */
void entitlement_settle(struct practice *practice);

/* The resource of catalog CATALOG_ID by its id, NULL if it is not there (yet). Borrowed. */
json *entitlement_resource(const struct practice *practice, const char *catalog_id, const char *resource_id);

/* TRUE if an access package has a role of the resource. */
gboolean entitlement_is_used(const struct practice *practice, const char *resource_id);

/* Set createdDateTime and modifiedDateTime, or the latter alone. */
void entitlement_stamp_new(struct practice *practice, json *object);
void entitlement_stamp(struct practice *practice, json *object);

/* TRUE if some assignment's NAME is ID. */
gboolean entitlement_is_assigned(const struct practice *practice, const char *name, const char *id);

#endif
