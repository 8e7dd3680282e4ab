/*
 * Every kind of object, one file each in objects/. A profile names them by their name.
 */
#ifndef PERCH_ONBOARDING_KINDS_H
#define PERCH_ONBOARDING_KINDS_H

#include "onboarding/object.h"

extern const struct object_kind tenant_kind;
extern const struct object_kind admin_role_kind;
extern const struct object_kind licence_kind;
extern const struct object_kind user_kind;
extern const struct object_kind external_tenant_kind;
extern const struct object_kind group_kind;
extern const struct object_kind group_owners_kind;
extern const struct object_kind role_assignment_kind;
extern const struct object_kind connected_organization_kind;
extern const struct object_kind sponsor_kind;
extern const struct object_kind catalog_kind;
extern const struct object_kind catalog_resource_kind;
extern const struct object_kind access_package_kind;
extern const struct object_kind role_scope_kind;
extern const struct object_kind assignment_policy_kind;
extern const struct object_kind streaming_export_kind;
extern const struct object_kind application_kind;
extern const struct object_kind application_grants_kind;
extern const struct object_kind defender_role_model_kind;
extern const struct object_kind read_only_principals_kind;
extern const struct object_kind defender_role_definition_kind;
extern const struct object_kind defender_role_assignment_kind;
extern const struct object_kind application_permission_kind;
extern const struct object_kind alerts_kind;
extern const struct object_kind device_groups_kind;
extern const struct object_kind account_kind;
extern const struct object_kind account_role_kind;
extern const struct object_kind guest_kind;
extern const struct object_kind group_member_kind;
extern const struct object_kind access_link_kind;
extern const struct object_kind newest_event_kind;

/* Add to ROLES the names of those roles of which one is enough for STEP; none where STEP asks for none. OBJECT is of
 * admin_role_kind. */
void admin_role_add_enough(const struct object *object, const char *step, json *roles);

#define OBJECT_KINDS                                                                                                   \
    &tenant_kind, &admin_role_kind, &licence_kind, &user_kind, &external_tenant_kind, &group_kind, &group_owners_kind, \
        &role_assignment_kind, &connected_organization_kind, &sponsor_kind, &catalog_kind, &catalog_resource_kind,     \
        &access_package_kind, &role_scope_kind, &assignment_policy_kind, &streaming_export_kind, &application_kind,    \
        &application_grants_kind, &defender_role_model_kind, &read_only_principals_kind,                               \
        &defender_role_definition_kind, &defender_role_assignment_kind, &application_permission_kind, &alerts_kind,    \
        &device_groups_kind, &account_kind, &account_role_kind, &guest_kind, &group_member_kind, &access_link_kind,    \
        &newest_event_kind

#endif
