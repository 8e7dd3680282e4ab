/* SPDX-License-Identifier: MIT */
/*
 * Roles of Microsoft Entra and who holds them: the requests and readings that several kinds have in common. Pure
 * functions; each request belongs to the caller.
 */
#ifndef PERCH_ONBOARDING_DIRECTORY_ROLE_H
#define PERCH_ONBOARDING_DIRECTORY_ROLE_H

#include "onboarding/object.h"

/*
 * The groups and roles that who is at PATH ("me", "users/ID", "groups/ID") is in, directly or through a group; the
 * roles among them are in effect. Without a cast to roles: that is an advanced query, answered from an index that lags
 * behind a role just given (Microsoft: user-list-transitivememberof).
 */
struct request *directory_role_active(const char *user_path);

/* The assignments for which FILTER (OData) holds. EXPAND may be NULL. */
struct request *directory_role_assignments(const char *expand, const char *filter_format, ...) G_GNUC_PRINTF(2, 3);

/* What PRINCIPAL_ID may become by Privileged Identity Management, with the roles' definitions; and how long what it is
 * holds (assigned there or not). Without a licence for it Microsoft answers 400. */
struct request *directory_role_eligibilities(const char *principal_id);
struct request *directory_role_instances(const char *principal_id);

/* The name of the role of an assignment that was read with its definition; else its id. Borrowed. */
const char *directory_role_name(const json *assignment);

/* The name that Microsoft gave the built-in role ID, everywhere the same; NULL for an id that is not known here.
 * Static. Source: the list of built-in roles (entra: role-based-access-control/permissions-reference). */
const char *directory_role_known(const char *id);

/* TRUE if the built-in role ID lets its holders read only: what a partner's group may be given without being asked. */
gboolean directory_role_only_reads(const char *id);

/* Why a role with ID cannot be called NAME, as a sentence; NULL if it can, or nothing is known. Caller frees. */
char *directory_role_contradiction(const char *id, const char *name);

/* For a kind's table: the same of an object with the members id and name. */
char *directory_role_misnamed(const json *value, gconstpointer data, gconstpointer profile);

/* The definition of the role ID in the tenant. */
struct request *directory_role_definition(const char *id);

/* Give the role ROLE_ID to PRINCIPAL_ID, in the whole directory. */
struct request *directory_role_assign(const char *role_id, const char *principal_id);

/* Take the assignment ID away. */
struct request *directory_role_unassign(const char *assignment_id);

/* For a kind's table: the same of an object that is one. */
struct request *directory_role_remove(const struct object *object);

/* TRUE if ASSIGNMENT is of the "roleDefinitionId" of OBJECT, and holds for the whole directory. */
gboolean directory_role_is_wanted(const struct object *object, const json *assignment);

/* TRUE if ASSIGNMENT holds for the whole directory. */
gboolean directory_role_is_everywhere(const json *assignment);

/* TRUE if OBJECT, of a reply to directory_role_active(), is a role. */
gboolean directory_role_is_one(const json *object);

/* The names of the roles in REPLY to directory_role_active(), separated by commas; "none" without any. Caller frees. */
char *directory_role_names(const struct reply *reply);

#endif
