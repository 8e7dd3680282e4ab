/* SPDX-License-Identifier: MIT */
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

/* Note that the state has changed, for the next tenant_keep. */
void tenant_changed(struct practice *practice);

/* The scenario's value at a dotted PATH below "behaviour". */
const json *tenant_behaviour(const struct practice *practice, const char *path);
gint64 tenant_behaviour_int(const struct practice *practice, const char *path, gint64 fallback);

const char *tenant_id(const struct practice *practice);
const char *tenant_domain(const struct practice *practice); /* the initial one */
gboolean tenant_has_domain(const struct practice *practice, const char *domain);

/* The other company's tenant whose MEMBER ("domain", "tenantId") is TEXT, case ignored; NULL if there is none.
 * Borrowed.
 */
const json *tenant_other(const struct practice *practice, const char *member, const char *text);

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
gboolean tenant_is_readable(const struct practice *practice, const json *object);

/* Let the next call be answered by whichever of the directory's replicas the seed says (behaviour.replicas: by what
 * factor each lags more than usual). */
void tenant_choose_replica(struct practice *practice);

/* Keep what OBJECT is like, before it is changed, for replicas that have not heard of the change. */
void tenant_remember(struct practice *practice, json *object);

/* OBJECT as the replica that answers knows it. Borrowed. */
const json *tenant_seen(const struct practice *practice, const json *object);

/* TRUE if an assignment (of a role or a membership) holds now: it has begun, and has no end or one to come. */
gboolean tenant_is_active(const struct practice *practice, const json *assignment);

/* TRUE if the principal is in the group. */
gboolean tenant_is_member(const struct practice *practice, const char *group_id, const char *principal_id);

/* The first object of LIST whose NAME is TEXT, case ignored; NULL if there is none. Borrowed. */
json *tenant_in(const json *list, const char *name, const char *text);

/* The first object of COLLECTION whose NAME is TEXT, case ignored. Borrowed. */
json *tenant_find_by(const struct practice *practice, const char *collection, const char *name, const char *text);

/* Put OBJECT (taken) into the collection, with an id if it has none and the times of its replication. Borrowed. */
json *tenant_add(struct practice *practice, const char *collection, json *object);

/* Take the object out; caller frees what is returned, NULL if there was none. */
json *tenant_take(struct practice *practice, const char *collection, const char *id);
void tenant_remove(struct practice *practice, const char *collection, const char *id);

/* Remove every object of COLLECTION whose NAME is TEXT, case ignored. */
void tenant_remove_by(struct practice *practice, const char *collection, const char *name, const char *text);

/* TRUE if the user or group holds the directory role of that NAME, itself or through a group. */
gboolean tenant_has_role(const struct practice *practice, const char *principal_id, const char *role_name);

/* The service plans that an answer depends on. */
#define PLAN_ENTRA_P1 "41781fb2-bc02-4b7c-bd55-b576c07bb09d"
#define PLAN_ENTRA_P2 "eec0eb4f-6444-4f95-aba0-50c24d67f998"
#define PLAN_ENTRA_GOVERNANCE "e866a266-3cff-43a3-acca-0c90a7e00c8b"
#define PLAN_ENDPOINT_1 "292cc034-7b7c-4950-aaf5-943befd3f1d4"
#define PLAN_ENDPOINT_2 "871d91ec-ec1a-452b-a83f-bd76c7d770ef"
#define PLAN_DEFENDER_BUSINESS "bfc1bbd9-981b-4f71-9b82-17c35fd0e2a4"

/* TRUE if an enabled plan of that id is among the tenant's licences. */
gboolean tenant_has_plan(const struct practice *practice, const char *service_plan_id);

/* How A and B compare without case; NULL differs from everything. */
gboolean same_text(const char *a, const char *b);

#endif
