/* SPDX-License-Identifier: MIT */
/*
 * Who has an access package: assignments, and the requests that bring them and end them. Both take their time: a
 * request is submitted, delivering, delivered; an assignment is delivering, delivered, and expired when it was removed.
 */
#include <string.h>

#include "practice/entitlement.h"
#include "practice/odata.h"
#include "practice/resource.h"
#include "practice/tenant.h"

static json *subject_of(const json *user)
{
    return json_from("{'id':%s,'objectId':%s,'displayName':%s,'email':%s,'principalName':%s,'subjectType':'user',"
                     "'subjectLifecycle':%s}",
                     json_get_string(user, "id"), json_get_string(user, "id"), json_get_string(user, "displayName"),
                     json_get_string(user, "mail"), json_get_string(user, "userPrincipalName"),
                     same_text(json_get_string(user, "userType"), "Guest") ? "notGoverned" : "notDefined");
}

static void answer_request(struct call *call, const char *package_id, const json *assignment)
{
    g_autofree char *now = practice_time(call->practice);
    g_autoptr(json) requestor = subject_of(call->user);
    json *request =
        json_from("{'requestType':%s,'state':'submitted','status':'Accepted','createdDateTime':%s,"
                  "'completedDateTime':null,'justification':%s,'answers':[],'_package':%s,'_assignment':%s,"
                  "'+requestor':%j}",
                  json_get_string(call->body, "requestType"), now, json_get_string(call->body, "justification"),
                  package_id, json_get_string(assignment, "id"), requestor);
    json_set(request, "+accessPackage", entitlement_ref("accessPackages", package_id));
    json_set(request, "+assignment", entitlement_ref("assignments", json_get_string(assignment, "id")));
    tenant_add(call->practice, "assignmentRequests", request);
    json_set_int(request, "_due", entitlement_after(call->practice, "lag.deliver"));
    odata_answer_object(call, 201, request);
}

static void assign(struct call *call, const json *wanted)
{
    const json *package = entitlement_read(call, "accessPackages", json_get_string(wanted, "accessPackageId"));
    const json *policy =
        package != NULL ? entitlement_read(call, "assignmentPolicies", json_get_string(wanted, "assignmentPolicyId"))
                        : NULL;
    const json *user = policy != NULL ? entitlement_read(call, "users", json_get_string(wanted, "targetId")) : NULL;
    if (user == NULL)
        return;
    const char *package_id = json_get_string(package, "id");
    if (!same_text(json_get_string(policy, "_package"), package_id)) {
        entitlement_invalid(call, "The policy does not belong to the access package.");
        return;
    }
    json_for_each (held, tenant_collection(call->practice, "assignments")) {
        if (same_text(json_get_string(held, "_package"), package_id) &&
            same_text(json_get_string(json_get(held, "+target"), "objectId"), json_get_string(user, "id")) &&
            strcmp(json_get_string(held, "state"), "expired") != 0) {
            graph_error(call, 400, "ExistingGrant", "The subject already has an assignment of the access package.");
            return;
        }
    }
    g_autoptr(json) target = subject_of(user);
    json *assignment = json_from("{'state':'delivering','status':'Delivering','expiredDateTime':null,'schedule':{"
                                 "'startDateTime':null,'recurrence':null,'expiration':{'type':'noExpiration'}},"
                                 "'_package':%s,'_policy':%s,'+target':%j}",
                                 package_id, json_get_string(policy, "id"), target);
    json_set(assignment, "+accessPackage", entitlement_ref("accessPackages", package_id));
    json_set(assignment, "+assignmentPolicy", entitlement_ref("assignmentPolicies", json_get_string(policy, "id")));
    tenant_add(call->practice, "assignments", assignment);
    json_set_int(assignment, "_due", entitlement_after(call->practice, "lag.deliver"));
    answer_request(call, package_id, assignment);
}

static void unassign(struct call *call, const json *wanted)
{
    json *assignment = entitlement_read(call, "assignments", json_get_string(wanted, "id"));
    if (assignment == NULL)
        return;
    if (strcmp(json_get_string(assignment, "state"), "delivered") != 0) {
        entitlement_invalid(call, "The assignment is %s and cannot be removed.", json_get_string(assignment, "state"));
        return;
    }
    json_set_bool(assignment, "_ends", TRUE);
    json_set_int(assignment, "_due", entitlement_after(call->practice, "lag.deliver"));
    answer_request(call, json_get_string(assignment, "_package"), assignment);
}

static void handle_request(struct call *call)
{
    const char *type = json_get_string(call->body, "requestType");
    const json *wanted = json_get(call->body, "assignment");
    if (strcmp(type, "adminAdd") == 0)
        assign(call, wanted);
    else if (strcmp(type, "adminRemove") == 0)
        unassign(call, wanted);
    else
        entitlement_invalid(call, "The request type '%s' is not supported here.", type);
}

/* Microsoft: accesspackageassignmentrequest-cancel. */
static void handle_cancel(struct call *call)
{
    json *request = entitlement_read(call, "assignmentRequests", call->parameters[0]);
    if (request == NULL)
        return;
    if (!graph_has_word("submitted pendingApproval scheduled", json_get_string(request, "state"))) {
        entitlement_invalid(call, "A request that is %s cannot be cancelled.", json_get_string(request, "state"));
        return;
    }
    json *assignment = tenant_find(call->practice, "assignments", json_get_string(request, "_assignment"));
    json_remove(request, "_due");
    json_set_string(request, "state", "canceled");
    json_set_string(request, "status", "Canceled");
    if (json_get_bool(assignment, "_ends", FALSE)) {
        json_remove(assignment, "_ends");
        json_remove(assignment, "_due");
    } else {
        tenant_remove(call->practice, "assignments", json_get_string(request, "_assignment"));
    }
    tenant_changed(call->practice);
    answer_nothing(call, 204);
}

static gboolean check_delete(struct call *call, const json *request)
{
    return graph_has_word("delivered denied canceled deliveryFailed", json_get_string(request, "state")) ||
           entitlement_invalid(call, "A request that is %s cannot be deleted.", json_get_string(request, "state"));
}

static const struct hook hooks[] = {
    {.name = "assignment-request", .handle = handle_request},
    {.name = "assignment-request-cancel", .handle = handle_cancel},
    {.name = "assignment-request-delete", .check = check_delete},
};
const struct hook_table assignment_hooks = HOOK_TABLE(hooks);
