/* SPDX-License-Identifier: MIT */
/*
 * Privileged Identity Management: who could activate which role or group membership, who has, and the rules for it.
 *
 * Eligibilities and assignments are kept as they are answered; an activation has an end, "endDateTime", after which it
 * does not hold any more. A scenario's behaviour.activation tells what the policy of a role or group demands:
 * {"maximumHours", "justification", "ticket", "approval", "context" (claims have to be proved first)}; and what
 * somebody says to a request that has waited so many minutes: "approvedAfter", "deniedAfter".
 */
#include <string.h>

#include "base/duration.h"
#include "practice/graph.h"
#include "practice/odata.h"
#include "practice/resource.h"
#include "practice/tenant.h"

#define SHORTEST_MINUTES 5
#define LONGEST_HOURS 8

static gboolean is_group_call(const struct call *call)
{
    return strstr(call->route->path, "/privilegedAccess/group/") != NULL;
}

/* The member that names what is activated: a role, or a group. */
static const char *target_member(const struct call *call)
{
    return is_group_call(call) ? "groupId" : "roleDefinitionId";
}

/* Those of the resource's collection that are for the caller: its own, or through a group that it is in. */
static void handle_mine(struct call *call)
{
    const char *me = json_get_string(call->user, "id");
    json *mine = json_new_array();
    json_for_each (instance, tenant_collection(call->practice, json_get_string(call->route->rules, "collection"))) {
        const char *principal = json_get_string(instance, "principalId");
        if (!same_text(principal, me) && !tenant_is_member(call->practice, principal, me))
            continue;
        json *copy = json_copy(instance);
        if (!same_text(principal, me))
            json_set_string(copy, "memberType", "Group");
        json_append(mine, copy);
    }
    graph_answer_objects(call, mine);
}

/* Take COLLECTION's activations away whose time is over; of a group's with the membership. */
static void end_activations(struct practice *practice, const char *collection)
{
    json *list = tenant_collection(practice, collection);
    for (int i = json_length(list) - 1; i >= 0; i--) {
        json *assignment = json_at(list, i);
        int place = 0;
        if (tenant_is_active(practice, assignment))
            continue;
        json *members = json_get(tenant_find(practice, "groups", json_get_string(assignment, "groupId")), "_members");
        if (graph_list_has(members, json_get_string(assignment, "principalId"), &place))
            json_free(json_detach_at(members, place));
        json_free(json_detach_at(list, i));
        tenant_changed(practice);
    }
}

/* Assignments of roles as PIM shows them: permanent ones have no end. */
static json *instance_of(const json *assignment)
{
    gboolean activated = json_get_bool(assignment, "_activated", FALSE);
    const char *where = json_get_string(assignment, "directoryScopeId");
    json *instance = json_from(
        "{'id':%s,'principalId':%s,'roleDefinitionId':%s,'directoryScopeId':%s,'appScopeId':null,"
        "'startDateTime':%s,'endDateTime':%s,'assignmentType':%s,'memberType':'Direct',"
        "'roleAssignmentOriginId':%s,'roleAssignmentScheduleId':%s}",
        json_get_string(assignment, "id"), json_get_string(assignment, "principalId"),
        json_get_string(assignment, "roleDefinitionId"), where != NULL ? where : "/",
        json_get_string(assignment, "_start"), json_get_string(assignment, "_end"),
        activated ? "Activated" : "Assigned", json_get_string(assignment, "id"), json_get_string(assignment, "id"));
    static const char *const relationships[] = {"+principal", "+roleDefinition", NULL};
    graph_copy_members(instance, assignment, relationships);
    return instance;
}

/* All, or the signed-in one's ("mine"). */
static void handle_instances(struct call *call)
{
    const char *principal = json_get(call->route->data, "mine") != NULL ? json_get_string(call->user, "id") : NULL;
    json *instances = json_new_array();
    json_for_each (assignment, tenant_collection(call->practice, "roleAssignments")) {
        const char *holder = json_get_string(assignment, "principalId");
        gboolean direct = principal == NULL || same_text(holder, principal);
        if (!tenant_is_active(call->practice, assignment) ||
            (!direct && !tenant_is_member(call->practice, holder, principal)))
            continue;
        json *instance = instance_of(assignment);
        if (!direct)
            json_set_string(instance, "memberType", "Group");
        json_append(instances, instance);
    }
    graph_answer_objects(call, instances);
}

/* Eligibilities or assignments of roles as schedules: all, the signed-in one's ("mine"), or the one that the path
 * names. */
static void handle_schedules(struct call *call)
{
    static const char *const copied[] = {"principalId", "roleDefinitionId", "directoryScopeId", "appScopeId",
                                         "memberType",  "+principal",       "+roleDefinition",  NULL};
    gboolean eligible = strstr(call->route->path, "/roleEligibilitySchedules") != NULL;
    const char *me = json_get(call->route->data, "mine") != NULL ? json_get_string(call->user, "id") : NULL;
    const char *kept = eligible ? "roleEligibilityScheduleInstances" : "roleAssignments";
    json *schedules = json_new_array();
    json_for_each (object, tenant_collection(call->practice, kept)) {
        if (!tenant_is_active(call->practice, object) ||
            (me != NULL && !same_text(json_get_string(object, "principalId"), me)))
            continue;
        /* The schedule behind an instance has its id. */
        g_autoptr(json) instance = eligible ? json_copy(object) : instance_of(object);
        const char *id = json_get_string(instance, "id");
        const char *start = json_get_string(instance, "startDateTime");
        const char *end = json_get_string(instance, "endDateTime");
        json *schedule =
            json_from("{'id':%s,'createdUsing':%s,'createdDateTime':%s,'modifiedDateTime':null,'status':'Provisioned',"
                      "'scheduleInfo':{'startDateTime':%s,'recurrence':null,'expiration':{'type':%s,'endDateTime':%s,"
                      "'duration':null}}}",
                      id, id, start, start, end != NULL ? "afterDateTime" : "noExpiration", end);
        graph_copy_members(schedule, instance, copied);
        json_append(schedules, schedule);
    }
    graph_answer_all_or_one(call, schedules);
}

static gboolean refuse_rules(struct call *call, const char *rules)
{
    return graph_error(call, 400, "RoleAssignmentRequestPolicyValidationFailed",
                       "The following policy rules failed: [%s]", rules);
}

/* How long BODY asks for: a duration, or until a date. */
static gint64 asked_seconds(const struct practice *practice, const json *body)
{
    const json *expiration = json_get_path(body, "scheduleInfo.expiration");
    const char *end = json_get_string(expiration, "endDateTime");
    if (end != NULL)
        return (clock_parse(end) - practice_now(practice)) / G_TIME_SPAN_SECOND;
    return MAX(duration_seconds(json_get_string(expiration, "duration")), 0);
}

static gboolean is_missing(const struct call *call, const char *path)
{
    const char *text = json_string(json_get_path(call->body, path));
    return text == NULL || *text == '\0';
}

/* The policy's rules, all that fail at once. */
static gboolean check_policy(struct call *call)
{
    const json *policy = tenant_behaviour(call->practice, "activation");
    gint64 most = json_get_int(policy, "maximumHours", LONGEST_HOURS) * 60 * 60;
    gint64 asked = asked_seconds(call->practice, call->body);
    g_autoptr(GPtrArray) failed = g_ptr_array_new();
    if (json_get_bool(policy, "justification", TRUE) && is_missing(call, "justification"))
        g_ptr_array_add(failed, "\"JustificationRule\"");
    if (json_get_bool(policy, "ticket", FALSE) && is_missing(call, "ticketInfo.ticketNumber"))
        g_ptr_array_add(failed, "\"TicketingRule\"");
    if (asked <= 0 || asked > most)
        g_ptr_array_add(failed, "\"ExpirationRule\"");
    if (failed->len > 0) {
        g_ptr_array_add(failed, NULL);
        g_autofree char *rules = g_strjoinv(",", (char **)failed->pdata);
        return refuse_rules(call, rules);
    }
    const char *context = json_get_string(policy, "context");
    if (context == NULL || (call->practice->proved != NULL && strstr(call->practice->proved, context) != NULL))
        return TRUE;
    g_autofree char *claims =
        g_strdup_printf("{\"access_token\":{\"acrs\":{\"essential\":true, \"value\":\"%s\"}}}", context);
    g_autofree char *escaped = g_uri_escape_string(claims, NULL, FALSE);
    return graph_error(call, 400, "RoleAssignmentRequestAcrsValidationFailed", "&claims=%s", escaped);
}

static const json *find_eligibility(const struct call *call)
{
    const char *collection = is_group_call(call) ? "groupEligibilities" : "roleEligibilityScheduleInstances";
    const char *me = json_get_string(call->user, "id");
    const char *target = json_get_string(call->body, target_member(call));
    json_for_each (eligibility, tenant_collection(call->practice, collection)) {
        const char *principal = json_get_string(eligibility, "principalId");
        if (same_text(json_get_string(eligibility, target_member(call)), target) &&
            (same_text(principal, me) || tenant_is_member(call->practice, principal, me)))
            return eligibility;
    }
    return NULL;
}

/* The assignment that is active for the body's principal, NULL if there is none. Borrowed. */
static json *find_active(const struct call *call)
{
    const char *collection = is_group_call(call) ? "groupAssignments" : "roleAssignments";
    json_for_each (assignment, tenant_collection(call->practice, collection)) {
        if (same_text(json_get_string(assignment, target_member(call)),
                      json_get_string(call->body, target_member(call))) &&
            same_text(json_get_string(assignment, "principalId"), json_get_string(call->body, "principalId")) &&
            tenant_is_active(call->practice, assignment))
            return assignment;
    }
    return NULL;
}

/* What BODY asks for is active from now on: for good, where an administrator names no end. */
static void activate(struct practice *practice, const json *body)
{
    const char *principal = json_get_string(body, "principalId");
    const char *group_id = json_get_string(body, "groupId");
    const char *target = group_id != NULL ? group_id : json_get_string(body, "roleDefinitionId");
    g_autofree char *start = practice_time(practice);
    gint64 seconds = asked_seconds(practice, body);
    g_autofree char *end = seconds > 0 ? clock_format(practice_now(practice) + seconds * G_TIME_SPAN_SECOND) : NULL;
    gboolean activated = g_str_has_prefix(json_get_string(body, "action"), "self");
    json *made;
    if (group_id != NULL) {
        json *group = tenant_find(practice, "groups", target);
        made = json_from("{'groupId':%s,'principalId':%s,'accessId':'member','memberType':'direct','assignmentType':%s,"
                         "'startDateTime':%s,'endDateTime':%s,'_activated':%b,'_start':%s,'_end':%s}",
                         target, principal, activated ? "activated" : "assigned", start, end, activated, start, end);
        if (!graph_list_has(json_get(group, "_members"), principal, NULL))
            json_append_string(json_get(group, "_members"), principal);
    } else {
        made = json_from("{'principalId':%s,'roleDefinitionId':%s,'directoryScopeId':'/','_activated':%b,'_start':%s,"
                         "'_end':%s,'+principal':{'_ref':%s,'id':%s},'+roleDefinition':{'_ref':'roleDefinitions',"
                         "'id':%s}}",
                         principal, target, activated, start, end, graph_collection_of(practice, principal), principal,
                         target);
    }
    tenant_add(practice, group_id != NULL ? "groupAssignments" : "roleAssignments", made);
}

/* Somebody looks at the requests of COLLECTION that have waited for long enough. */
static void decide_requests(struct practice *practice, const char *collection)
{
    const json *policy = tenant_behaviour(practice, "activation");
    gint64 approved = json_get_int(policy, "approvedAfter", 0);
    gint64 minutes = approved > 0 ? approved : json_get_int(policy, "deniedAfter", 0);
    json_for_each (request, minutes > 0 ? tenant_collection(practice, collection) : NULL) {
        gint64 made = clock_parse(json_get_string(request, "createdDateTime"));
        if (!same_text(json_get_string(request, "status"), "PendingApproval") ||
            practice_now(practice) - made < minutes * G_TIME_SPAN_MINUTE)
            continue;
        g_autofree char *now = practice_time(practice);
        json_set_string(request, "status", approved > 0 ? "Provisioned" : "Denied");
        json_set_string(request, "completedDateTime", now);
        if (approved > 0)
            activate(practice, request);
        tenant_changed(practice);
    }
}

void activation_settle(struct practice *practice)
{
    decide_requests(practice, "roleAssignmentScheduleRequests");
    decide_requests(practice, "groupAssignmentScheduleRequests");
    end_activations(practice, "roleAssignments");
    end_activations(practice, "groupAssignments");
}

/* An administrator's own way: no rule of activation stands against it, and it may be for good. */
static gboolean check_by_administrator(struct call *call, const json *active)
{
    const char *action = json_get_string(call->body, "action");
    const char *principal = json_get_string(call->body, "principalId");
    const char *end = json_string(json_get_path(call->body, "scheduleInfo.expiration.endDateTime"));
    const char *start = json_string(json_get_path(call->body, "scheduleInfo.startDateTime"));
    gint64 begins = MAX(start != NULL ? clock_parse(start) : 0, practice_now(call->practice));
    if (!call_has_role(call, "Privileged Role Administrator"))
        return graph_denied(call);
    if (strcmp(action, "adminAssign") == 0 && is_group_call(call) &&
        graph_collection_of(call->practice, principal) == NULL)
        return graph_error(call, 404, "SubjectNotFound", "The subject is not found.");
    if (strcmp(action, "adminAssign") == 0 && !is_group_call(call) &&
        !graph_check_holder(call, principal, json_get_string(call->body, "roleDefinitionId")))
        return FALSE;
    if (end != NULL && clock_parse(end) <= begins)
        return graph_error(call, 400, "InvalidRoleAssignmentRequestSchedule", "The schedule ends before it begins.");
    if (strcmp(action, "adminAssign") == 0)
        return active == NULL || graph_error(call, 400, "RoleAssignmentExists", "The Role assignment already exists.");
    return active != NULL ||
           graph_error(call, 400, "RoleAssignmentDoesNotExist", "The Role assignment does not exist.");
}

static gboolean check_request(struct call *call, const json *active)
{
    const char *action = json_get_string(call->body, "action");
    const char *target = json_get_string(call->body, target_member(call));
    const char *kept_in = is_group_call(call) ? "groups" : "roleDefinitions";
    gboolean own = same_text(json_get_string(call->body, "principalId"), json_get_string(call->user, "id"));
    if (!tenant_has_plan(call->practice, PLAN_ENTRA_P2) && !tenant_has_plan(call->practice, PLAN_ENTRA_GOVERNANCE))
        return graph_error(call, 400, "AadPremiumLicenseRequired",
                           "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.");
    if (tenant_find(call->practice, kept_in, target) == NULL)
        return graph_error(call, 404, "RoleNotFound", "The role is not found.");
    if (!graph_check_scope(call))
        return FALSE;
    if (g_str_has_prefix(action, "self") && !own)
        return graph_error(call, 404, "SubjectNotFound", "The subject is not found.");
    if (strcmp(action, "selfActivate") == 0) {
        if (active != NULL)
            return graph_error(call, 400, "RoleAssignmentExists", "The Role assignment already exists.");
        if (find_eligibility(call) == NULL)
            return refuse_rules(call, "\"EligibilityRule\"");
        return check_policy(call);
    }
    if (strcmp(action, "selfDeactivate") != 0)
        return check_by_administrator(call, active);
    if (active == NULL || !json_get_bool(active, "_activated", FALSE))
        return graph_error(call, 400, "RoleAssignmentDoesNotExist", "The Role assignment does not exist.");
    gint64 start = clock_parse(json_get_string(active, "_start"));
    return practice_now(call->practice) - start >= SHORTEST_MINUTES * G_TIME_SPAN_MINUTE ||
           graph_error(call, 400, "ActiveDurationTooShort",
                       "The Active duration is too short. Miniumum Required is 5 minutes.");
}

static void handle_request(struct call *call)
{
    const char *action = json_get_string(call->body, "action");
    const json *active = find_active(call);
    gboolean begins = strcmp(action, "selfActivate") == 0 || strcmp(action, "adminAssign") == 0;
    gboolean waits = begins && json_get_bool(tenant_behaviour(call->practice, "activation"), "approval", FALSE);
    gboolean only_asks = json_get_bool(call->body, "isValidationOnly", FALSE);
    if (!check_request(call, active))
        return;
    if (!waits && !only_asks && begins)
        activate(call->practice, call->body);
    else if (!waits && !only_asks) {
        g_autofree char *id = g_strdup(json_get_string(active, "id"));
        if (is_group_call(call)) {
            json *group = tenant_find(call->practice, "groups", json_get_string(active, "groupId"));
            int index = 0;
            if (graph_list_has(json_get(group, "_members"), json_get_string(active, "principalId"), &index))
                json_free(json_detach_at(json_get(group, "_members"), index));
        }
        tenant_remove(call->practice, is_group_call(call) ? "groupAssignments" : "roleAssignments", id);
    }
    json *request = json_copy(call->body);
    g_autofree char *now = practice_time(call->practice);
    json_set_string(request, "status", waits ? "PendingApproval" : begins ? "Provisioned" : "Revoked");
    json_set_string(request, "createdDateTime", now);
    json_set_string(request, "completedDateTime", waits ? NULL : now);
    json_set_string(request, "approvalId", NULL);
    json_set_string(request, "targetScheduleId", NULL);
    json_set_bool(request, "isValidationOnly", only_asks);
    odata_answer_object(call, 201,
                        tenant_add(call->practice, json_get_string(call->route->rules, "collection"), request));
}

static void handle_cancel(struct call *call)
{
    json *request = tenant_read(call->practice, json_get_string(call->route->rules, "collection"), call->parameters[0]);
    if (request == NULL) {
        graph_not_found(call, call->parameters[0]);
    } else if (!g_str_has_prefix(json_get_string(request, "status"), "Pending")) {
        graph_error(call, 400, "InvalidRoleAssignmentRequest", "Only a request that waits can be cancelled.");
    } else {
        json_set_string(request, "status", "Canceled");
        tenant_changed(call->practice);
        answer_nothing(call, 204);
    }
}

static void append_rule(json *rules, const char *id, const char *type, json *members)
{
    g_autofree char *whole = g_strdup_printf("#microsoft.graph.unifiedRoleManagementPolicy%sRule", type);
    json_set_string(members, "@odata.type", whole);
    json_set_string(members, "id", id);
    json_append(rules, members);
}

/* The rules of activation, as the policy of whatever role or group is asked for. */
static json *policy_rules(const struct practice *practice)
{
    const json *policy = tenant_behaviour(practice, "activation");
    json *rules = json_new_array();
    json *enabled = json_new_array();
    g_autofree char *longest = g_strdup_printf("PT%dH", (int)json_get_int(policy, "maximumHours", LONGEST_HOURS));
    if (json_get_bool(policy, "justification", TRUE))
        json_append_string(enabled, "Justification");
    if (json_get_bool(policy, "ticket", FALSE))
        json_append_string(enabled, "Ticketing");
    append_rule(rules, "Expiration_EndUser_Assignment", "Expiration",
                json_from("{'isExpirationRequired':true,'maximumDuration':%s}", longest));
    append_rule(rules, "Enablement_EndUser_Assignment", "Enablement", json_from("{'enabledRules':%j}", enabled));
    append_rule(rules, "Approval_EndUser_Assignment", "Approval",
                json_from("{'setting':{'isApprovalRequired':%b,'approvalStages':[]}}",
                          json_get_bool(policy, "approval", FALSE)));
    append_rule(rules, "AuthenticationContext_EndUser_Assignment", "AuthenticationContext",
                json_from("{'isEnabled':%b,'claimValue':%s}", json_get_string(policy, "context") != NULL,
                          json_get_string(policy, "context")));
    json_free(enabled);
    return rules;
}

/* One for each role, and one for each group that somebody is eligible for. */
static void handle_policies(struct call *call)
{
    json *assignments = json_new_array();
    g_autoptr(json) rules = policy_rules(call->practice);
    json_for_each (definition, tenant_collection(call->practice, "roleDefinitions")) {
        const char *role = json_get_string(definition, "id");
        g_autofree char *id = g_strdup_printf("DirectoryRole_%s_%s", tenant_id(call->practice), role);
        json *assignment = json_from("{'id':%s,'policyId':%s,'roleDefinitionId':%s,'scopeId':'/','scopeType':"
                                     "'DirectoryRole'}",
                                     id, id, role);
        json *policy = json_from("{'id':%s,'displayName':'DirectoryRole','scopeId':'/','scopeType':'DirectoryRole',"
                                 "'isOrganizationDefault':false,'+rules':%j,'+effectiveRules':%j}",
                                 id, rules, rules);
        json_set(assignment, "+policy", policy);
        json_append(assignments, assignment);
    }
    json_for_each (eligibility, tenant_collection(call->practice, "groupEligibilities")) {
        const char *group = json_get_string(eligibility, "groupId");
        g_autofree char *id = g_strdup_printf("Group_%s_member", group);
        json *assignment = json_from("{'id':%s,'policyId':%s,'roleDefinitionId':'member','scopeId':%s,'scopeType':"
                                     "'Group'}",
                                     id, id, group);
        json_set(assignment, "+policy",
                 json_from("{'id':%s,'displayName':'Group','scopeId':%s,'scopeType':'Group','isOrganizationDefault':"
                           "false,'+rules':%j,'+effectiveRules':%j}",
                           id, group, rules, rules));
        json_append(assignments, assignment);
    }
    graph_answer_objects(call, assignments);
}

static const struct hook hooks[] = {
    {.name = "activation-mine", .handle = handle_mine},
    {.name = "activation-instances", .handle = handle_instances},
    {.name = "activation-schedules", .handle = handle_schedules},
    {.name = "activation-request", .handle = handle_request},
    {.name = "activation-cancel", .handle = handle_cancel},
    {.name = "activation-policies", .handle = handle_policies},
};
const struct hook_table activation_hooks = HOOK_TABLE(hooks);
