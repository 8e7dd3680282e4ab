#include "onboarding/profile_kinds.h"

#include <string.h>

static const struct member_rule role_members[] = {
    {"id", MEMBER_TEXT, TRUE, NULL},
    {"name", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule answer_role_members[] = {
    {"answer", MEMBER_TEXT, TRUE, NULL},
    {"id", MEMBER_TEXT, TRUE, NULL},
    {"name", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule step_role_members[] = {
    {"id", MEMBER_TEXT, TRUE, NULL},
    {"name", MEMBER_TEXT, TRUE, NULL},
    {"steps", MEMBER_SOME_TEXTS, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule permission_members[] = {
    {"name", MEMBER_TEXT, TRUE, NULL},
    {"acts", MEMBER_YES_NO, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule action_members[] = {
    {"name", MEMBER_TEXT, TRUE, NULL},
    {"title", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule plan_members[] = {
    {"servicePlanId", MEMBER_TEXT, TRUE, NULL},
    {"name", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule table_members[] = {
    {"table", MEMBER_TEXT, TRUE, NULL},
    {"write", MEMBER_TEXT, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule no_members[] = {
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule access_link_with[] = {
    {"link", MEMBER_TEXT, TRUE, NULL},    {"package", MEMBER_TEXT, TRUE, NULL},  {"pasted", MEMBER_TEXT, FALSE, NULL},
    {"tenant", MEMBER_TEXT, FALSE, NULL}, {"domains", MEMBER_TEXT, FALSE, NULL}, {NULL, 0, FALSE, NULL},
};

static const struct member_rule access_package_with[] = {
    {"displayName", MEMBER_TEXT, TRUE, NULL},
    {"description", MEMBER_TEXT, FALSE, NULL},
    {"catalog", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule account_with[] = {
    {"userName", MEMBER_TEXT, TRUE, NULL},     {"mode", MEMBER_TEXT, FALSE, NULL},
    {"displayName", MEMBER_TEXT, FALSE, NULL}, {"email", MEMBER_TEXT, FALSE, NULL},
    {"domains", MEMBER_TEXT, FALSE, NULL},     {NULL, 0, FALSE, NULL},
};

static const struct member_rule account_role_with[] = {
    {"account", MEMBER_TEXT, TRUE, NULL},
    {"mode", MEMBER_TEXT, FALSE, NULL},
    {"role", MEMBER_TEXT, FALSE, NULL},
    {"roles", MEMBER_SOME_LIST, TRUE, answer_role_members},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule admin_role_with[] = {
    {"me", MEMBER_TEXT, TRUE, NULL},
    {"steps", MEMBER_TEXTS, TRUE, NULL},
    {"roles", MEMBER_SOME_LIST, TRUE, step_role_members},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule application_with[] = {
    {"appId", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule application_grants_with[] = {
    {"application", MEMBER_TEXT, TRUE, NULL},
    {"resourceAppId", MEMBER_TEXT, TRUE, NULL},
    {"expected", MEMBER_LIST, TRUE, permission_members},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule application_permission_with[] = {
    {"application", MEMBER_TEXT, TRUE, NULL},
    {"resourceAppId", MEMBER_TEXT, TRUE, NULL},
    {"anyOf", MEMBER_SOME_TEXTS, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule assignment_policy_with[] = {
    {"displayName", MEMBER_TEXT, TRUE, NULL},
    {"description", MEMBER_TEXT, FALSE, NULL},
    {"accessPackage", MEMBER_TEXT, TRUE, NULL},
    {"organization", MEMBER_TEXT, TRUE, NULL},
    {"organizationName", MEMBER_TEXT, FALSE, NULL},
    {"reviewDuration", MEMBER_TEXT, TRUE, NULL},
    {"reviewers", MEMBER_VALUE, TRUE, NULL},
    {"reviewStart", MEMBER_TEXT, FALSE, NULL},
    {"today", MEMBER_TEXT, TRUE, NULL},
    {"approvers", MEMBER_VALUE, FALSE, NULL},
    {"expiresAfterDays", MEMBER_VALUE, FALSE, NULL},
    {"reviewFrequency", MEMBER_TEXT, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule catalog_with[] = {
    {"displayName", MEMBER_TEXT, TRUE, NULL},
    {"description", MEMBER_TEXT, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule catalog_resource_with[] = {
    {"catalog", MEMBER_TEXT, TRUE, NULL},
    {"group", MEMBER_TEXT, TRUE, NULL},
    {"groupName", MEMBER_TEXT, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule connected_organization_with[] = {
    {"displayName", MEMBER_TEXT, TRUE, NULL},
    {"description", MEMBER_TEXT, FALSE, NULL},
    {"domainName", MEMBER_TEXT, TRUE, NULL},
    {"tenantId", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule defender_role_assignment_with[] = {
    {"displayName", MEMBER_TEXT, TRUE, NULL},
    {"role", MEMBER_TEXT, TRUE, NULL},
    {"group", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule defender_role_definition_with[] = {
    {"displayName", MEMBER_TEXT, TRUE, NULL},
    {"description", MEMBER_TEXT, FALSE, NULL},
    {"actions", MEMBER_SOME_LIST, TRUE, action_members},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule device_groups_with[] = {
    {"names", MEMBER_VALUE, FALSE, NULL},
    {"used", MEMBER_VALUE, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule external_tenant_with[] = {
    {"domainName", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule group_with[] = {
    {"displayName", MEMBER_TEXT, TRUE, NULL},
    {"description", MEMBER_TEXT, FALSE, NULL},
    {"mailNickname", MEMBER_TEXT, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule group_member_with[] = {
    {"group", MEMBER_TEXT, TRUE, NULL},
    {"user", MEMBER_TEXT, TRUE, NULL},
    {"graph", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule group_owners_with[] = {
    {"group", MEMBER_TEXT, TRUE, NULL},
    {"groupOrigin", MEMBER_TEXT, FALSE, NULL},
    {"me", MEMBER_TEXT, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule guest_with[] = {
    {"mail", MEMBER_TEXT, TRUE, NULL},
    {"domainName", MEMBER_TEXT, TRUE, NULL},
    {"redirect", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule licence_with[] = {
    {"full", MEMBER_SOME_LIST, TRUE, plan_members},
    {"basic", MEMBER_LIST, TRUE, plan_members},
    {"defender", MEMBER_LIST, TRUE, plan_members},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule read_only_principals_with[] = {
    {"exceptGroup", MEMBER_TEXT, FALSE, NULL},
    {"readers", MEMBER_LIST, TRUE, role_members},
    {"administrators", MEMBER_LIST, TRUE, role_members},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule role_assignment_with[] = {
    {"principal", MEMBER_TEXT, TRUE, NULL},
    {"roleDefinitionId", MEMBER_TEXT, TRUE, NULL},
    {"roleName", MEMBER_TEXT, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule role_scope_with[] = {
    {"accessPackage", MEMBER_TEXT, TRUE, NULL}, {"group", MEMBER_TEXT, TRUE, NULL},
    {"resource", MEMBER_TEXT, TRUE, NULL},      {"role", MEMBER_TEXT, TRUE, NULL},
    {"scope", MEMBER_TEXT, TRUE, NULL},         {NULL, 0, FALSE, NULL},
};

static const struct member_rule sponsor_with[] = {
    {"organization", MEMBER_TEXT, TRUE, NULL},
    {"user", MEMBER_TEXT, TRUE, NULL},
    {"graph", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule streaming_export_with[] = {
    {"displayName", MEMBER_TEXT, TRUE, NULL},
    {"resourceId", MEMBER_TEXT, TRUE, NULL},
    {"hub", MEMBER_TEXT, TRUE, NULL},
    {"write", MEMBER_TEXT, FALSE, NULL},
    {"account", MEMBER_TEXT, FALSE, NULL},
    {"me", MEMBER_TEXT, FALSE, NULL},
    {"tables", MEMBER_SOME_LIST, TRUE, table_members},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule user_with[] = {
    {"userName", MEMBER_TEXT, TRUE, NULL},
    {"memberOnly", MEMBER_YES_NO, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct {
    const char *kind;
    const struct member_rule *members;
} kinds[] = {
    {"access-link", access_link_with},
    {"access-package", access_package_with},
    {"account", account_with},
    {"account-role", account_role_with},
    {"admin-role", admin_role_with},
    {"alerts", no_members},
    {"application", application_with},
    {"application-grants", application_grants_with},
    {"application-permission", application_permission_with},
    {"assignment-policy", assignment_policy_with},
    {"catalog", catalog_with},
    {"catalog-resource", catalog_resource_with},
    {"connected-organization", connected_organization_with},
    {"defender-role-assignment", defender_role_assignment_with},
    {"defender-role-definition", defender_role_definition_with},
    {"defender-role-model", no_members},
    {"device-groups", device_groups_with},
    {"external-tenant", external_tenant_with},
    {"group", group_with},
    {"group-member", group_member_with},
    {"group-owners", group_owners_with},
    {"guest", guest_with},
    {"licence", licence_with},
    {"newest-event", no_members},
    {"read-only-principals", read_only_principals_with},
    {"role-assignment", role_assignment_with},
    {"role-scope", role_scope_with},
    {"sponsor", sponsor_with},
    {"streaming-export", streaming_export_with},
    {"tenant", no_members},
    {"user", user_with},
};

const struct member_rule *profile_kind_members(const char *kind)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].members;
    return no_members;
}
