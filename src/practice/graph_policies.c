/* SPDX-License-Identifier: MIT */
/* Assignment policies: what they have to say, and how the service writes them back. */
#include <string.h>

#include "base/duration.h"
#include "practice/entitlement.h"
#include "practice/odata.h"
#include "practice/resource.h"
#include "practice/tenant.h"

#define APPROVAL_DAYS_MOST 14
#define ESCALATION_DAYS 4       /* "the request time-out needs to be at least four days" */
#define LIFETIME_DAYS_MOST 3660 /* what the portal takes (entitlement-management-access-package-lifecycle-policy) */
#define KEPT "id createdDateTime modifiedDateTime"

/* The longest review, in days, that fits between two reviews; what the portal offers. */
static const struct {
    gint64 months;
    gint64 days;
} review_limits[] = {{1, 27}, {3, 80}, {6, 170}, {12, 360}};

/* What DURATION (of ISO 8601, as the schema has checked; NULL: none) comes to; what cannot be counted is longer than
 * any limit. */
static gint64 days_of(const char *duration)
{
    gint64 seconds = duration_seconds(duration);
    return duration == NULL ? 0 : seconds < 0 ? G_MAXINT64 : seconds / DURATION_DAY;
}

/* The kinds of subjects that a scope of specific targets takes. */
static const struct {
    const char *scope, *types;
} specific_scopes[] = {
    {"specificDirectoryUsers", "#microsoft.graph.singleUser #microsoft.graph.groupMembers "
                               "#microsoft.graph.attributeRuleMembers"},
    {"specificConnectedOrganizationUsers", "#microsoft.graph.connectedOrganizationMembers"},
    {"specificDirectoryServicePrincipals", "#microsoft.graph.singleServicePrincipal"},
};

static gboolean check_targets(struct call *call, const json *policy)
{
    const char *scope = json_get_string(policy, "allowedTargetScope");
    const json *targets = json_get(policy, "specificAllowedTargets");
    if (g_str_has_prefix(scope, "specific") != (json_length(targets) > 0))
        return entitlement_invalid(call, "Invalid Model: specificAllowedTargets does not fit allowedTargetScope '%s'.",
                                   scope);
    for (gsize i = 0; i < G_N_ELEMENTS(specific_scopes); i++) {
        json_for_each (target, strcmp(scope, specific_scopes[i].scope) == 0 ? targets : NULL) {
            if (!graph_has_word(specific_scopes[i].types, json_get_string(target, "@odata.type")))
                return entitlement_invalid(call, "Invalid Model: a target is none of the kinds of '%s'.", scope);
        }
    }
    return TRUE;
}

/* What fits its type is the schema's matter: here it is whether the end lies ahead, and not too far. */
static gboolean check_expiration(struct call *call, const json *expiration)
{
    const char *end = json_get_string(expiration, "endDateTime");
    if (days_of(json_get_string(expiration, "duration")) > LIFETIME_DAYS_MOST)
        return entitlement_invalid(call, "Invalid Model: access lasts %d days at most.", LIFETIME_DAYS_MOST);
    return end == NULL || clock_parse(end) > practice_now(call->practice) ||
           entitlement_invalid(call, "Invalid Model: the expiration lies in the past.");
}

/* Who may not be found: then the fallback is asked (entitlement-management-access-package-approval-policy). */
static gboolean has_manager(const json *people)
{
    return json_find(people, "@odata.type", "#microsoft.graph.requestorManager") != NULL ||
           json_find(people, "@odata.type", "#microsoft.graph.targetManager") != NULL;
}

static gboolean check_approval(struct call *call, const json *approval)
{
    gboolean required = json_get_bool(approval, "isApprovalRequiredForAdd", FALSE) ||
                        json_get_bool(approval, "isApprovalRequiredForUpdate", FALSE);
    const json *stages = json_get(approval, "stages");
    if (required != (json_length(stages) > 0))
        return entitlement_invalid(call, "Invalid Model: the approval stages do not fit whether approval is required.");
    json_for_each (stage, stages) {
        gint64 days = days_of(json_get_string(stage, "durationBeforeAutomaticDenial"));
        if (json_length(json_get(stage, "primaryApprovers")) == 0)
            return entitlement_invalid(call, "Invalid Model: an approval stage has no approver.");
        if (days < 1 || days > APPROVAL_DAYS_MOST)
            return entitlement_invalid(call, "Invalid Model: a request waits for approval between 1 and 14 days.");
        if (has_manager(json_get(stage, "primaryApprovers")) &&
            json_length(json_get(stage, "fallbackPrimaryApprovers")) == 0)
            return entitlement_invalid(call, "Invalid Model: approval by the manager needs fallback approvers.");
        gint64 escalation = days_of(json_get_string(stage, "durationBeforeEscalation"));
        if (json_get_bool(stage, "isEscalationEnabled", FALSE) &&
            (days < ESCALATION_DAYS || escalation < 1 || escalation >= days))
            return entitlement_invalid(call,
                                       "Invalid Model: a request waits %d days or more where it is escalated, which "
                                       "is a day or more after it was made, and before it is denied.",
                                       ESCALATION_DAYS);
    }
    return TRUE;
}

/* Of the pattern of a review only these are documented as supported; behaviour.strictRecurrence refuses the rest, and
 * values that stand for nothing (recurrencepattern: "an unsupported value would result in an error"). */
static gboolean check_smallest(struct call *call, const json *pattern)
{
    if (!json_is_true(tenant_behaviour(call->practice, "strictRecurrence")))
        return TRUE;
    json_for_each (member, pattern) {
        if (!graph_has_word("type interval dayOfMonth", json_name(member)))
            return entitlement_invalid(call,
                                       "Invalid Model: the property '%s' of the recurrence pattern is not "
                                       "supported.",
                                       json_name(member));
    }
    return json_get_int(pattern, "dayOfMonth", 1) >= 1 ||
           entitlement_invalid(call, "Invalid Model: the recurrence pattern has a day that is none.");
}

static gboolean check_recurrence(struct call *call, const json *schedule)
{
    const json *pattern = json_get_path(schedule, "recurrence.pattern");
    const char *type = json_get_string(pattern, "type");
    const char *end = json_string(json_get_path(schedule, "recurrence.range.endDate"));
    gint64 months = json_get_int(pattern, "interval", 0) * (g_strcmp0(type, "absoluteYearly") == 0 ? 12 : 1);
    gint64 days = days_of(json_get_string(json_get(schedule, "expiration"), "duration"));
    if (g_strcmp0(type, "absoluteMonthly") != 0 && g_strcmp0(type, "absoluteYearly") != 0)
        return entitlement_invalid(call, "Invalid Model: the recurrence pattern is not supported for reviews.");
    if (!check_smallest(call, pattern))
        return FALSE;
    if (end != NULL && strncmp(end, json_get_string(schedule, "startDateTime"), strlen(end)) <= 0)
        return entitlement_invalid(call, "Invalid Model: the reviews end before they begin.");
    for (gsize i = 0; i < G_N_ELEMENTS(review_limits); i++) {
        if (review_limits[i].months != months)
            continue;
        return (days >= 1 && days <= review_limits[i].days) ||
               entitlement_invalid(call, "The duration should be between 1 and %" G_GINT64_FORMAT,
                                   review_limits[i].days);
    }
    return entitlement_invalid(call, "Invalid Model: reviews can be monthly, quarterly, half-yearly or yearly.");
}

static gboolean check_reviews(struct call *call, const json *reviews)
{
    if (!json_get_bool(reviews, "isEnabled", FALSE))
        return TRUE;
    gboolean self = json_get_bool(reviews, "isSelfReview", FALSE);
    if (self != (json_length(json_get(reviews, "primaryReviewers")) == 0))
        return entitlement_invalid(call, "Invalid Model: reviews need reviewers, or to be self reviews.");
    /* The manager may not be found (entitlement-management-access-reviews-create). */
    if (has_manager(json_get(reviews, "primaryReviewers")) && json_length(json_get(reviews, "fallbackReviewers")) == 0)
        return entitlement_invalid(call, "Invalid Model: reviews by the manager need fallback reviewers.");
    const char *start = json_get_string(json_get(reviews, "schedule"), "startDateTime");
    gint64 time = start != NULL ? clock_parse(start) : -1;
    if (time < 0)
        return entitlement_invalid(call, "Invalid Model: the review schedule has no start.");
    /* A day for the zones, and one for who is told the wall's date while the practice clock runs on. */
    if (time < practice_now(call->practice) - 2 * G_TIME_SPAN_DAY)
        return entitlement_invalid(call, "Invalid Model: the review schedule starts in the past.");
    if (g_strcmp0(json_get_string(json_get(json_get(reviews, "schedule"), "expiration"), "type"), "afterDuration") != 0)
        return entitlement_invalid(call, "Invalid Model: the review schedule has no duration.");
    return check_expiration(call, json_get(json_get(reviews, "schedule"), "expiration")) &&
           check_recurrence(call, json_get(reviews, "schedule"));
}

static gboolean check_policy(struct call *call)
{
    /* Access that comes unasked is for those whom a rule finds
     * (entitlement-management-access-package-auto-assignment-policy).
     */
    if (json_get_bool(json_get(call->body, "automaticRequestSettings"), "requestAccessForAllowedTargets", FALSE) &&
        json_find(json_get(call->body, "specificAllowedTargets"), "@odata.type",
                  "#microsoft.graph.attributeRuleMembers") == NULL)
        return entitlement_invalid(call, "Invalid Model: automatic assignment needs a target with a membership rule.");
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

static gboolean check_new(struct call *call, const json *object)
{
    (void)object;
    return entitlement_read(call, "accessPackages", json_string(json_get_path(call->body, "accessPackage.id"))) !=
               NULL &&
           check_policy(call);
}

static void finish(struct call *call, json *policy)
{
    const json *package =
        tenant_find(call->practice, "accessPackages", json_get_string(json_get(call->body, "accessPackage"), "id"));
    const char *id = json_get_string(package, "id");
    json_set_string(policy, "_package", id);
    json_set(policy, "+accessPackage", entitlement_ref("accessPackages", id));
    json_set(policy, "+catalog", entitlement_ref("catalogs", json_get_string(package, "_catalog")));
    normalise(policy);
}

/* The id and the package stay, the rest has to be as good as new. */
static gboolean check_replacement(struct call *call, const json *old)
{
    const json *package =
        entitlement_read(call, "accessPackages", json_string(json_get_path(call->body, "accessPackage.id")));
    const char *id = json_get_string(call->body, "id");
    if (package == NULL)
        return FALSE;
    if (!same_text(json_get_string(package, "id"), json_get_string(old, "_package")) ||
        (id != NULL && !same_text(id, json_get_string(old, "id"))))
        return entitlement_invalid(call, "The id and the access package of a policy cannot be changed.");
    g_autoptr(json) sent = json_copy(call->body);
    /* A start that was there before may lie in the past. */
    json *schedule = json_get_path(call->body, "reviewSettings.schedule");
    const char *new_start = json_get_string(schedule, "startDateTime");
    const char *old_start = json_get_string(json_get_path(old, "reviewSettings.schedule"), "startDateTime");
    if (new_start != NULL && old_start != NULL && clock_parse(new_start) == clock_parse(old_start)) {
        g_autofree char *now = practice_time(call->practice);
        json_set_string(schedule, "startDateTime", now);
    }
    gboolean fits = check_policy(call);
    json_free(call->body);
    call->body = g_steal_pointer(&sent);
    return fits;
}

static void handle_replace(struct call *call)
{
    json *old = resource_read(call);
    if (old == NULL || !check_replacement(call, old))
        return;
    tenant_remember(call->practice, old);
    /* The whole object is replaced: what is not sent is empty afterwards, but for what the service keeps itself. */
    g_autoptr(json) before = json_copy(old);
    json_for_each (member, before) {
        gboolean own = strchr("_+@", json_name(member)[0]) != NULL || graph_has_word(KEPT, json_name(member));
        const json *empty = json_get(json_get(call->route->rules, "new"), json_name(member));
        if (!own)
            json_set(old, json_name(member), json_is_array(member) ? json_new_array() : json_copy(empty));
    }
    json_for_each (member, call->body) {
        if (!graph_has_word("id accessPackage @odata.type", json_name(member)))
            json_set(old, json_name(member), json_copy(member));
    }
    normalise(old);
    entitlement_stamp(call->practice, old);
    odata_answer_object(call, 200, old);
}

/* A request that waits names no policy yet: each of the package's may be the one that it is decided by. */
static gboolean check_delete(struct call *call, const json *policy)
{
    json_for_each (request, tenant_collection(call->practice, "assignmentRequests")) {
        if (same_text(json_get_string(request, "_package"), json_get_string(policy, "_package")) &&
            graph_has_word(ENTITLEMENT_OPEN, json_get_string(request, "state")))
            return graph_error(call, 400, "InvalidDeleteEntitlementHasGrants",
                               "The policy cannot be deleted: requests for its access package are open.");
    }
    return TRUE;
}

static const struct hook hooks[] = {
    {.name = "policy-new", .check = check_new, .finish = finish},
    {.name = "policy-delete", .check = check_delete},
    {.name = "policy-replace", .handle = handle_replace},
};
const struct hook_table policy_hooks = HOOK_TABLE(hooks);
