/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/activation.h"
#include "onboarding/directory_role.h"

/*
 * A directory role that the account is eligible for, activated for some hours where a step lacks it. Asked for only on
 * a person's word. Source: Microsoft, "rbacapplication-post-roleassignmentschedulerequests".
 */

#define REQUESTS PIM_OF_ROLES "roleAssignmentScheduleRequests"
#define READ_SCOPE "RoleAssignmentSchedule.Read.Directory"
#define POLICY_SCOPE "RoleManagementPolicy.Read.Directory"

enum read { READ_INSTANCES, READ_POLICY, READ_REQUESTS, READS };

static gboolean is_offered(const struct object *object)
{
    g_auto(GStrv) offers = g_strsplit(object_text(object, "offers"), " ", -1);
    return g_strv_contains((const char *const *)offers, object_text(object, "role"));
}

/* Nobody's time is taken where there is nothing to activate. */
static void look_up(const struct object *object, GPtrArray *requests)
{
    const char *role = object_text(object, "role");
    if (!is_offered(object) && !object->created && !object->in_doubt)
        return;
    struct request *instances = request_get(SERVICE_GRAPH, PIM_OF_ROLES "roleAssignmentScheduleInstances" PIM_MINE);
    request_query(instances, "$filter", "roleDefinitionId eq '%s'", role);
    instances->scope = READ_SCOPE;
    struct request *policy = request_get(SERVICE_GRAPH, "/v1.0/policies/roleManagementPolicyAssignments");
    request_query(policy, "$filter", "scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '%s'",
                  role);
    request_query(policy, "$expand", "policy($expand=rules)");
    policy->scope = POLICY_SCOPE;
    policy->if_decided = TRUE;
    struct request *asked = request_get(SERVICE_GRAPH, REQUESTS PIM_MINE);
    request_query(asked, "$filter", "roleDefinitionId eq '%s'", role);
    asked->scope = ACTIVATION_OF_ROLES_SCOPE;
    asked->if_granted = TRUE;
    struct request *const all[READS] = {instances, policy, asked};
    for (gsize i = 0; i < READS; i++) {
        all[i]->all_pages = TRUE;
        g_ptr_array_add(requests, all[i]);
    }
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const char *role = object_text(object, "role");
    if (replies->len == 0) {
        observation->state = OBJECT_MATCHES;
        observation->nothing_here = TRUE;
        return;
    }
    const struct reply *instances = g_ptr_array_index(replies, READ_INSTANCES);
    const struct reply *policies = g_ptr_array_index(replies, READ_POLICY);
    const struct reply *asked = g_ptr_array_index(replies, READ_REQUESTS);
    struct activation_found found = {
        .what = object_text(object, "name"),
        .is_offered = is_offered(object),
        .requests = reply_rows(asked),
        .policy = reply_is_success(policies) ? json_at(json_get(policies->body, "value"), 0) : NULL,
    };
    json_for_each (instance, json_get(instances->body, "value")) {
        if (g_strcmp0(json_get_string(instance, "roleDefinitionId"), role) == 0 &&
            directory_role_is_everywhere(instance))
            found.instance = instance;
    }
    found.is_active = found.instance != NULL;
    observation_learn(observation, "id", json_get_string(found.instance, "id"));
    activation_judge(object, &found, observation);
}

static json *target_of(const struct object *object)
{
    return json_from("{'roleDefinitionId':%s,'directoryScopeId':'/'}", object_text(object, "role"));
}

static struct request *create(const struct object *object)
{
    return activation_begin(object, REQUESTS, ACTIVATION_OF_ROLES_SCOPE, target_of(object));
}

static struct request *give_back(const struct object *object)
{
    return activation_end(object, REQUESTS, ACTIVATION_OF_ROLES_SCOPE, target_of(object));
}

static gboolean opens(const struct object *object, const char *step)
{
    return activation_opens(object, object_text(object, "role"), step);
}

static char *misnamed(const json *value, gconstpointer data, gconstpointer profile)
{
    (void)data;
    (void)profile;
    return directory_role_contradiction(json_get_string(value, "role"), json_get_string(value, "name"));
}

static const struct json_schema with[] = {
    ACTIVATION_MEMBERS,
    {.name = "role", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "name", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "offers", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};

const struct object_kind role_activation_kind = {
    .name = "role-activation",
    .with = with,
    .with_problem = misnamed,
    .title_shows = "name",
    .risk = "you hold this role until it ends or is given back",
    .verb = "activate",
    .action = "activated",
    .is_companys = TRUE,
    .ends_by_itself = TRUE,
    .stays_at_least = ACTIVATION_LEAST_SECONDS,
    .reply_has_no_id = TRUE,
    .optional_reads = 2,
    .look_up = look_up,
    .compare = compare,
    .opens = opens,
    .create = create,
    .remove = give_back,
};
