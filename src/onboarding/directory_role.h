/*
 * Roles of Microsoft Entra and who holds them: the requests and readings that several kinds have in common. Pure
 * functions; each request belongs to the caller.
 */
#ifndef PERCH_ONBOARDING_DIRECTORY_ROLE_H
#define PERCH_ONBOARDING_DIRECTORY_ROLE_H

#include "onboarding/object.h"

/* The roles that are in effect for the user at PATH ("me", "users/ID"), directly or through a group. */
struct request *directory_role_active(const char *user_path);

/* The assignments for which FILTER (OData) holds. EXPAND may be NULL. */
struct request *directory_role_assignments(const char *expand, const char *filter_format, ...) G_GNUC_PRINTF(2, 3);

/* Give the role ROLE_ID to PRINCIPAL_ID, in the whole directory. */
struct request *directory_role_assign(const char *role_id, const char *principal_id);

/* Take the assignment ID away. */
struct request *directory_role_unassign(const char *assignment_id);

/* TRUE if ASSIGNMENT holds for the whole directory. */
gboolean directory_role_is_everywhere(const json *assignment);

/* The names of the roles in REPLY to directory_role_active(), separated by commas; "none" without any. Caller frees. */
char *directory_role_names(const struct reply *reply);

#endif
