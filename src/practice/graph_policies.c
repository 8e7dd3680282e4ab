/* Assignment policies: what they have to say, and how the service writes them back. */
#include <string.h>

#include "practice/entitlement.h"
#include "practice/tenant.h"

#define POLICIES ENTITLEMENT "/assignmentPolicies"

static const char *const filters[] = {"displayName eq ?", "accessPackage/id eq ?",
                                      "displayName eq ? and accessPackage/id eq ?", NULL};
static const struct odata_rules policy_list = {.filters = filters, .expands = "accessPackage catalog", .paged = TRUE};
static const struct odata_rules policy_object = {.expands = "accessPackage catalog"};

/* The longest review, in days, that fits between two reviews; what the portal offers. */
static const struct {
    gint64 months;
    gint64 days;
} review_limits[] = {{1, 27}, {3, 80}, {6, 170}, {12, 360}};

static gint64 days_of(const char *duration)
{
    return duration != NULL && g_str_has_prefix(duration, "P") ? g_ascii_strtoll(duration + 1, NULL, 10) : 0;
}

static gboolean check_subject(struct call *call, const json *subject)
{
    static const struct {
        const char *member, *collection;
    } references[] = {
        {"userId", "users"},
        {"groupId", "groups"},
        {"connectedOrganizationId", "connectedOrganizations"},
        {"servicePrincipalId", "servicePrincipals"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(references); i++) {
        const char *id = json_get_string(subject, references[i].member);
        if (id != NULL && tenant_read(call->practice, references[i].collection, id) == NULL)
            return entitlement_invalid(call, "Invalid Model: %s '%s' was not found.", references[i].member, id);
    }
    return TRUE;
}

static gboolean check_subjects(struct call *call, const json *subjects)
{
    json_for_each (subject, subjects) {
        if (!check_subject(call, subject))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_targets(struct call *call, const json *policy)
{
    const char *scope = json_get_string(policy, "allowedTargetScope");
    const json *targets = json_get(policy, "specificAllowedTargets");
    if (g_str_has_prefix(scope, "specific") != (json_length(targets) > 0))
        return entitlement_invalid(call, "Invalid Model: specificAllowedTargets does not fit allowedTargetScope '%s'.",
                                   scope);
    if (strcmp(scope, "specificConnectedOrganizationUsers") == 0)
        json_for_each (target, targets) {
            if (json_get_string(target, "connectedOrganizationId") == NULL)
                return entitlement_invalid(call, "Invalid Model: a target is no connected organization.");
        }
    return check_subjects(call, targets);
}

static gboolean check_expiration(struct call *call, const json *expiration)
{
    const char *type = json_get_string(expiration, "type");
    gboolean has_duration = json_get_string(expiration, "duration") != NULL;
    gboolean has_end = json_get_string(expiration, "endDateTime") != NULL;
    if (type == NULL || strcmp(type, "notSpecified") == 0)
        return TRUE;
    if ((strcmp(type, "afterDuration") == 0) != has_duration || (strcmp(type, "afterDateTime") == 0) != has_end)
        return entitlement_invalid(call, "Invalid Model: the expiration does not fit its type '%s'.", type);
    return TRUE;
}

static gboolean check_stage(struct call *call, const json *stage)
{
    if (json_length(json_get(stage, "primaryApprovers")) == 0 ||
        json_get_string(stage, "durationBeforeAutomaticDenial") == NULL)
        return entitlement_invalid(call, "Invalid Model: an approval stage has no approver or no time limit.");
    return check_subjects(call, json_get(stage, "primaryApprovers"));
}

static gboolean check_approval(struct call *call, const json *approval)
{
    gboolean required = json_get_bool(approval, "isApprovalRequiredForAdd", FALSE) ||
                        json_get_bool(approval, "isApprovalRequiredForUpdate", FALSE);
    const json *stages = json_get(approval, "stages");
    if (required != (json_length(stages) > 0))
        return entitlement_invalid(call, "Invalid Model: the approval stages do not fit whether approval is required.");
    json_for_each (stage, stages) {
        if (!check_stage(call, stage))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_recurrence(struct call *call, const json *schedule)
{
    const json *pattern = json_get_path(schedule, "recurrence.pattern");
    const char *type = json_get_string(pattern, "type");
    gint64 months = json_get_int(pattern, "interval", 0) * (g_strcmp0(type, "absoluteYearly") == 0 ? 12 : 1);
    gint64 days = days_of(json_get_string(json_get(schedule, "expiration"), "duration"));
    if (g_strcmp0(type, "absoluteMonthly") != 0 && g_strcmp0(type, "absoluteYearly") != 0)
        return entitlement_invalid(call, "Invalid Model: the recurrence pattern is not supported for reviews.");
    for (gsize i = 0; i < G_N_ELEMENTS(review_limits); i++) {
        if (review_limits[i].months != months)
            continue;
        return (days >= 1 && days <= review_limits[i].days) ||
               entitlement_invalid(call, "The duration should be between 1 and %" G_GINT64_FORMAT,
                                   review_limits[i].days);
    }
    return entitlement_invalid(call, "Invalid Model: reviews can be monthly, quarterly, half-yearly or yearly.");
}

static gboolean check_schedule(struct call *call, const json *schedule)
{
    const char *start = json_get_string(schedule, "startDateTime");
    gint64 time = start != NULL ? clock_parse(start) : -1;
    if (time < 0)
        return entitlement_invalid(call, "Invalid Model: the review schedule has no start.");
    if (time < practice_now(call->practice) - G_TIME_SPAN_DAY)
        return entitlement_invalid(call, "Invalid Model: the review schedule starts in the past.");
    if (g_strcmp0(json_get_string(json_get(schedule, "expiration"), "type"), "afterDuration") != 0)
        return entitlement_invalid(call, "Invalid Model: the review schedule has no duration.");
    return check_expiration(call, json_get(schedule, "expiration")) && check_recurrence(call, schedule);
}

static gboolean check_reviews(struct call *call, const json *reviews)
{
    if (!json_get_bool(reviews, "isEnabled", FALSE))
        return TRUE;
    gboolean self = json_get_bool(reviews, "isSelfReview", FALSE);
    if (self != (json_length(json_get(reviews, "primaryReviewers")) == 0))
        return entitlement_invalid(call, "Invalid Model: reviews need reviewers, or to be self reviews.");
    return check_subjects(call, json_get(reviews, "primaryReviewers")) &&
           check_subjects(call, json_get(reviews, "fallbackReviewers")) &&
           check_schedule(call, json_get(reviews, "schedule"));
}

static gboolean check_policy(struct call *call)
{
    return check_targets(call, call->body) && check_expiration(call, json_get(call->body, "expiration")) &&
           check_approval(call, json_get(call->body, "requestApprovalSettings")) &&
           check_reviews(call, json_get(call->body, "reviewSettings"));
}

/* The service writes the day of the start in place of day 0, and the start of the range. */
static void normalise(json *policy)
{
    json *schedule = json_get_path(policy, "reviewSettings.schedule");
    json *recurrence = json_get(schedule, "recurrence");
    json *pattern = json_get(recurrence, "pattern");
    const char *start = json_get_string(schedule, "startDateTime");
    if (start == NULL || pattern == NULL)
        return;
    g_autofree char *date = g_strndup(start, strlen("2026-11-24"));
    if (json_get_int(pattern, "dayOfMonth", 0) == 0)
        json_set_int(pattern, "dayOfMonth", g_ascii_strtoll(date + strlen("2026-11-"), NULL, 10));
    if (json_is_object(json_get(recurrence, "range")))
        json_set_string(json_get(recurrence, "range"), "startDate", date);
}

/* What the body says, with nulls and defaults for what it does not say. */
static json *policy_of(struct call *call, const json *package)
{
    static const char *const copied[] = {"displayName",          "description",
                                         "allowedTargetScope",   "expiration",
                                         "requestorSettings",    "requestApprovalSettings",
                                         "reviewSettings",       "automaticRequestSettings",
                                         "notificationSettings", NULL};
    const char *package_id = json_get_string(package, "id");
    json *policy = json_from("{'specificAllowedTargets':[],'_package':%s}", package_id);
    graph_copy_members(policy, call->body, copied);
    if (json_get(call->body, "specificAllowedTargets") != NULL)
        json_set(policy, "specificAllowedTargets", json_copy(json_get(call->body, "specificAllowedTargets")));
    json_set(policy, "+accessPackage", entitlement_ref("accessPackages", package_id));
    json_set(policy, "+catalog", entitlement_ref("catalogs", json_get_string(package, "_catalog")));
    normalise(policy);
    return policy;
}

static const json *package_of_body(struct call *call)
{
    return entitlement_read(call, "accessPackages", json_get_string(json_get(call->body, "accessPackage"), "id"));
}

static void handle_create(struct call *call)
{
    const json *package = package_of_body(call);
    if (package == NULL || !check_policy(call))
        return;
    json *policy = policy_of(call, package);
    entitlement_stamp_new(call->practice, policy);
    odata_answer_object(call, 201, tenant_add(call->practice, "assignmentPolicies", policy));
}

/* A start that was there before may lie in the past. */
static void keep_start(struct call *call, const json *old)
{
    json *schedule = json_get_path(call->body, "reviewSettings.schedule");
    const char *new_start = json_get_string(schedule, "startDateTime");
    const char *old_start = json_get_string(json_get_path(old, "reviewSettings.schedule"), "startDateTime");
    if (new_start != NULL && old_start != NULL && clock_parse(new_start) == clock_parse(old_start)) {
        g_autofree char *now = practice_time(call->practice);
        json_set_string(schedule, "startDateTime", now);
    }
}

static void handle_replace(struct call *call)
{
    json *old = entitlement_read(call, "assignmentPolicies", call->parameters[0]);
    const json *package = old != NULL ? package_of_body(call) : NULL;
    if (package == NULL)
        return;
    const char *id = json_get_string(call->body, "id");
    if (!same_text(json_get_string(package, "id"), json_get_string(old, "_package")) ||
        (id != NULL && !same_text(id, call->parameters[0]))) {
        entitlement_invalid(call, "The id and the access package of a policy cannot be changed.");
        return;
    }
    g_autoptr(json) sent = json_copy(call->body);
    keep_start(call, old);
    gboolean fits = check_policy(call);
    json_free(call->body);
    call->body = g_steal_pointer(&sent);
    if (!fits)
        return;
    json *policy = policy_of(call, package);
    json_for_each (member, policy) {
        json_set(old, json_name(member), json_copy(member));
    }
    json_free(policy);
    entitlement_stamp(call->practice, old);
    odata_answer_object(call, 200, old);
}

static void handle_delete(struct call *call)
{
    if (entitlement_read(call, "assignmentPolicies", call->parameters[0]) == NULL)
        return;
    if (entitlement_is_assigned(call->practice, "_policy", call->parameters[0])) {
        entitlement_invalid(call, "The policy cannot be deleted: it has assignments.");
        return;
    }
    tenant_remove(call->practice, "assignmentPolicies", call->parameters[0]);
    answer_nothing(call, 204);
}

static void handle_of_package(struct call *call)
{
    if (entitlement_read(call, "accessPackages", call->parameters[0]) == NULL)
        return;
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    json_for_each (policy, tenant_collection(call->practice, "assignmentPolicies")) {
        if (same_text(json_get_string(policy, "_package"), call->parameters[0]) &&
            tenant_is_listed(call->practice, policy) && odata_matches(call, policy))
            g_ptr_array_add(found, policy);
    }
    odata_answer_list(call, found);
}

static const struct route routes[] = {
    {.method = "GET",
     .path = POLICIES,
     .scopes = ENTITLEMENT_READ,
     .collection = "assignmentPolicies",
     .odata = &policy_list,
     .handle = handle_list},
    {.method = "POST",
     .path = POLICIES,
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .body = "createPolicy",
     .handle = handle_create},
    {.method = "GET",
     .path = POLICIES "/{}",
     .scopes = ENTITLEMENT_READ,
     .collection = "assignmentPolicies",
     .odata = &policy_object,
     .handle = handle_get},
    {.method = "PUT",
     .path = POLICIES "/{}",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .body = "replacePolicy",
     .handle = handle_replace},
    {.method = "DELETE",
     .path = POLICIES "/{}",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .handle = handle_delete},
    {.method = "GET",
     .path = ENTITLEMENT "/accessPackages/{}/assignmentPolicies",
     .scopes = ENTITLEMENT_READ,
     .odata = &policy_list,
     .handle = handle_of_package},
};
const struct route_table policy_routes = ROUTE_TABLE(SERVICE_GRAPH, routes);
