/*
 * The practice tenant's state: one JSON document.
 *
 *     {"format", "scenario", "seed", "time", "ids", "tenantId",
 *      "objects": {"users": [...], "groups": [...], ...}, "signIn": {...}}
 *
 * Members of an object whose name begins with "_" are the practice tenant's own and are never answered; those that
 * begin with "+" are navigation properties, answered without the sign when they are expanded; {"_ref": COLLECTION,
 * "id"} in one stands for that object. "_readable" and "_listed" are the practice times from which a new object answers
 * by id and in lists: Microsoft's directory is eventually consistent. All with the practice lock held.
 */
#ifndef PERCH_PRACTICE_TENANT_H
#define PERCH_PRACTICE_TENANT_H

#include "practice/practice.h"

/* Load the store, or make the company of the scenario. */
gboolean tenant_open(struct practice *practice, GError **error);

/* Write the store, if there is one and the state has changed or its time is old. */
void tenant_keep(struct practice *practice);
void tenant_changed(struct practice *practice);

/* The scenario's value at a dotted PATH below "behaviour". */
const json *tenant_behaviour(const struct practice *practice, const char *path);
gint64 tenant_behaviour_int(const struct practice *practice, const char *path, gint64 fallback);

const char *tenant_id(const struct practice *practice);
const char *tenant_domain(const struct practice *practice); /* the initial one */
gboolean tenant_has_domain(const struct practice *practice, const char *domain);

/* A GUID that depends on scenario, seed and how many were made before. Caller frees. */
char *tenant_new_id(struct practice *practice);

/* The same for LABEL, whatever was made before. Caller frees. */
char *tenant_fixed_id(const struct practice *practice, const char *label);

/* The array of that name; made if it is missing. Borrowed. */
json *tenant_collection(const struct practice *practice, const char *name);

/* The object by id, without regard to replication; NULL if there is none. Borrowed. */
json *tenant_find(const struct practice *practice, const char *collection, const char *id);

/* The same, or NULL while its replication lasts. */
json *tenant_read(const struct practice *practice, const char *collection, const char *id);

gboolean tenant_is_listed(const struct practice *practice, const json *object);

/* The first object of COLLECTION whose NAME is TEXT, case ignored. Borrowed. */
json *tenant_find_by(const struct practice *practice, const char *collection, const char *name, const char *text);

/* Put OBJECT (taken) into the collection, with an id if it has none and the times of its replication. Borrowed. */
json *tenant_add(struct practice *practice, const char *collection, json *object);

/* Take the object out; caller frees what is returned, NULL if there was none. */
json *tenant_take(struct practice *practice, const char *collection, const char *id);
void tenant_remove(struct practice *practice, const char *collection, const char *id);

/* TRUE if the user or group holds the directory role of that NAME, itself or through a group. */
gboolean tenant_has_role(const struct practice *practice, const char *principal_id, const char *role_name);

/* TRUE if an enabled plan of that id is among the tenant's licences. */
gboolean tenant_has_plan(const struct practice *practice, const char *service_plan_id);

/* How A and B compare without case; NULL differs from everything. */
gboolean same_text(const char *a, const char *b);

#endif
