/* SPDX-License-Identifier: MIT */
/*
 * Every kind of object, one file each in objects/. A profile names them by their name. This list is the only one.
 */
#ifndef PERCH_ONBOARDING_KINDS_H
#define PERCH_ONBOARDING_KINDS_H

#include "base/json.h"
#include "onboarding/object.h"

#define OBJECT_KINDS(KIND)                                                                                             \
    KIND(tenant_kind)                                                                                                  \
    KIND(admin_role_kind)                                                                                              \
    KIND(role_activation_kind)                                                                                         \
    KIND(group_activation_kind)                                                                                        \
    KIND(licence_kind)                                                                                                 \
    KIND(user_kind)                                                                                                    \
    KIND(external_tenant_kind)                                                                                         \
    KIND(group_kind)                                                                                                   \
    KIND(group_owners_kind)                                                                                            \
    KIND(role_assignment_kind)                                                                                         \
    KIND(connected_organization_kind)                                                                                  \
    KIND(sponsor_kind)                                                                                                 \
    KIND(catalog_kind)                                                                                                 \
    KIND(catalog_resource_kind)                                                                                        \
    KIND(access_package_kind)                                                                                          \
    KIND(role_scope_kind)                                                                                              \
    KIND(assignment_policy_kind)                                                                                       \
    KIND(streaming_export_kind)                                                                                        \
    KIND(application_kind)                                                                                             \
    KIND(application_grants_kind)                                                                                      \
    KIND(defender_role_model_kind)                                                                                     \
    KIND(read_only_principals_kind)                                                                                    \
    KIND(defender_role_definition_kind)                                                                                \
    KIND(defender_role_assignment_kind)                                                                                \
    KIND(application_permission_kind)                                                                                  \
    KIND(alerts_kind)                                                                                                  \
    KIND(device_groups_kind)                                                                                           \
    KIND(account_kind)                                                                                                 \
    KIND(account_role_kind)                                                                                            \
    KIND(guest_kind)                                                                                                   \
    KIND(group_member_kind)                                                                                            \
    KIND(access_link_kind)                                                                                             \
    KIND(newest_event_kind)                                                                                            \
    KIND(event_flow_kind)                                                                                              \
    KIND(group_holders_kind)                                                                                           \
    KIND(guest_holders_kind)                                                                                           \
    KIND(package_holders_kind)                                                                                         \
    KIND(catalog_holders_kind)                                                                                         \
    KIND(defender_role_holders_kind)                                                                                   \
    KIND(partner_entry_kind)                                                                                           \
    KIND(one_tenant_kind)                                                                                              \
    KIND(needed_licence_kind)

#define OBJECT_KIND(kind) extern const struct object_kind kind;
OBJECT_KINDS(OBJECT_KIND)
#undef OBJECT_KIND

/* What an admin-role learns of the role of the account that ends first: when (ISO 8601), and its name. */
#define ADMIN_ROLE_END "end"
#define ADMIN_ROLE_ENDING "ending"

/* Add to ROLES the names of those roles of which one is enough for STEP; none where STEP asks for none. OBJECT is of
 * admin_role_kind. */
void admin_role_add_enough(const struct object *object, const char *step, json *roles);

#endif
