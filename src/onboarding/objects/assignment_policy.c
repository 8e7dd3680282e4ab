#include "onboarding/kinds.h"

#include <string.h>

#include "base/text.h"
#include "onboarding/collection.h"

/* reviewSettings.schedule.startDateTime counts at creation only, and the service normalises the pattern's day of month:
 * neither is compared. */
static const struct compared_field fields[] = {
    {"displayName", FIELD_CLASS_REPAIRABLE},
    {"description", FIELD_CLASS_REPAIRABLE},
    {"allowedTargetScope", FIELD_CLASS_REPAIRABLE},
    {"expiration.type", FIELD_CLASS_REPAIRABLE},
    {"expiration.duration", FIELD_CLASS_REPAIRABLE},
    {"requestorSettings.enableTargetsToSelfAddAccess", FIELD_CLASS_REPAIRABLE},
    {"requestApprovalSettings.isApprovalRequiredForAdd", FIELD_CLASS_REPAIRABLE},
    {"reviewSettings.isEnabled", FIELD_CLASS_REPAIRABLE},
    {"reviewSettings.expirationBehavior", FIELD_CLASS_REPAIRABLE},
    {"reviewSettings.isRecommendationEnabled", FIELD_CLASS_REPAIRABLE},
    {"reviewSettings.isReviewerJustificationRequired", FIELD_CLASS_REPAIRABLE},
    {"reviewSettings.isSelfReview", FIELD_CLASS_REPAIRABLE},
    {"reviewSettings.schedule.expiration.duration", FIELD_CLASS_REPAIRABLE},
    {"reviewSettings.schedule.recurrence.pattern.type", FIELD_CLASS_REPAIRABLE},
    {"reviewSettings.schedule.recurrence.pattern.interval", FIELD_CLASS_REPAIRABLE},
    {"reviewSettings.schedule.recurrence.range.type", FIELD_CLASS_REPAIRABLE},
};

static const struct collection policies = {
    .path = "/v1.0/identityGovernance/entitlementManagement/assignmentPolicies",
    .expand = "accessPackage",
    .read_scope = "EntitlementManagement.Read.All",
    .write_scope = "EntitlementManagement.ReadWrite.All",
};

static void look_up(const struct object *object, GPtrArray *requests)
{
    collection_look_up(&policies, object, requests);
}

/* One user for each name in with.NAME: their ids are learnt by the objects KEY-1, KEY-2 ... */
static json *single_users(const struct object *object, const char *name)
{
    json *users = json_new_array();
    const char *key = json_get_string(object->definition, name);
    int count = json_length(json_get(object->with, name));
    for (int i = 1; i <= count; i++) {
        g_autofree char *id = g_strdup_printf("{%s-%d.id}", key != NULL ? key : name, i);
        json_append(users, json_from("{'@odata.type':'#microsoft.graph.singleUser','userId':%s}", id));
    }
    return users;
}

static json *requestor_settings(void)
{
    return json_from("{'enableTargetsToSelfAddAccess':true,'enableTargetsToSelfUpdateAccess':true,"
                     "'enableTargetsToSelfRemoveAccess':true,'allowCustomAssignmentSchedule':false,"
                     "'enableOnBehalfRequestorsToAddAccess':false,'enableOnBehalfRequestorsToUpdateAccess':false,"
                     "'enableOnBehalfRequestorsToRemoveAccess':false,'onBehalfRequestors':[]}");
}

static json *approval_settings(const struct object *object)
{
    g_autoptr(json) approvers = single_users(object, "approvers");
    if (json_length(approvers) == 0)
        return json_from("{'isApprovalRequiredForAdd':false,'isApprovalRequiredForUpdate':false,'stages':[]}");
    return json_from("{'isApprovalRequiredForAdd':true,'isApprovalRequiredForUpdate':false,'stages':[{"
                     "'durationBeforeAutomaticDenial':'P14D','isApproverJustificationRequired':true,"
                     "'isEscalationEnabled':false,'primaryApprovers':%j,'fallbackPrimaryApprovers':[],"
                     "'escalationApprovers':[],'fallbackEscalationApprovers':[]}]}",
                     approvers);
}

static json *expiration(const struct object *object)
{
    gint64 days = json_get_int(object->with, "expiresAfterDays", 0);
    if (days <= 0)
        return json_from("{'type':'noExpiration'}");
    g_autofree char *duration = g_strdup_printf("P%" G_GINT64_FORMAT "D", days);
    return json_from("{'type':'afterDuration','duration':%s}", duration);
}

static json *review_settings(const struct object *object, const char *start)
{
    gboolean annual = strcmp(object_text(object, "reviewFrequency"), "annual") == 0;
    g_autoptr(json) reviewers = single_users(object, "reviewers");
    return json_from("{'isEnabled':true,'expirationBehavior':'keepAccess','isRecommendationEnabled':true,"
                     "'isReviewerJustificationRequired':true,'isSelfReview':false,"
                     "'schedule':{'startDateTime':%s,'expiration':{'type':'afterDuration','duration':%s},"
                     "'recurrence':{'pattern':{'type':'absoluteMonthly','interval':%d,'month':0,'dayOfMonth':0,"
                     "'daysOfWeek':[]},'range':{'type':'noEnd','numberOfOccurrences':0}}},"
                     "'primaryReviewers':%j,'fallbackReviewers':[]}",
                     start, object_text(object, "reviewDuration"), (gint64)(annual ? 12 : 6), reviewers);
}

static json *wanted(const struct object *object, const char *start)
{
    g_autoptr(json) expires = expiration(object);
    g_autoptr(json) requestors = requestor_settings();
    g_autoptr(json) approval = approval_settings(object);
    g_autoptr(json) reviews = review_settings(object, start);
    return json_from("{'displayName':%s,'description':%s,'allowedTargetScope':'specificConnectedOrganizationUsers',"
                     "'specificAllowedTargets':[{'@odata.type':'#microsoft.graph.connectedOrganizationMembers',"
                     "'connectedOrganizationId':%s,'description':%s}],'expiration':%j,'requestorSettings':%j,"
                     "'requestApprovalSettings':%j,'reviewSettings':%j,'accessPackage':{'id':%s}}",
                     object_text(object, "displayName"), object_text(object, "description"),
                     object_text(object, "organization"), object_text(object, "organizationName"), expires, requestors,
                     approval, reviews, object_text(object, "accessPackage"));
}

static char *start_of_day(const struct object *object)
{
    const char *date = object_text(object, "reviewStart");
    return g_strconcat(date[0] != '\0' && date[0] != '{' ? date : object_text(object, "today"), "T00:00:00Z", NULL);
}

static char *describe(const json *policy)
{
    return g_strdup_printf("%s (%s)", json_get_string(policy, "displayName"), json_get_string(policy, "id"));
}

static int compare_strings(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

/* The user name behind ID, if it is one of those in with.NAME. Borrowed. */
static const char *user_name(const struct object *object, const char *name, const char *id)
{
    const char *key = json_get_string(object->definition, name);
    int number = 1;
    json_for_each (user, json_get(object->with, name)) {
        g_autofree char *value = g_strdup_printf("%s-%d.id", key != NULL ? key : name, number++);
        if (g_strcmp0(g_hash_table_lookup(object->values, value), id) == 0)
            return json_string(user);
    }
    return id;
}

/* Whom ITEM of a list stands for; the whole of it where that is no single user (a group, a manager). Caller frees. */
static char *shown_member(const struct object *object, const json *item, const char *name, const char *member)
{
    const char *id = json_get_string(item, member);
    return id != NULL ? g_strdup(user_name(object, name, id)) : json_text(item);
}

static char *sorted_members(const struct object *object, const json *list, const char *name, const char *member)
{
    g_autoptr(GPtrArray) shown = g_ptr_array_new_with_free_func(g_free);
    json_for_each (item, list) {
        g_ptr_array_add(shown, shown_member(object, item, name, member));
    }
    g_ptr_array_sort(shown, compare_strings);
    return text_join(shown, ", ");
}

/* The elements of the list at PATH, by their MEMBER, whatever their order. NAME: the list of with that they come from.
 */
static void compare_set(const struct object *object, struct observation *observation, const json *want,
                        const json *found, const char *path, const char *name, const char *member)
{
    g_autofree char *want_text = sorted_members(object, json_get_path(want, path), name, member);
    g_autofree char *found_text = sorted_members(object, json_get_path(found, path), name, member);
    if (strcmp(want_text, found_text) == 0)
        return;
    observation_difference(observation, path, want_text[0] != '\0' ? want_text : "nobody",
                           found_text[0] != '\0' ? found_text : "nobody", FALSE);
    observation->state = OBJECT_DIFFERS;
}

static void compare_approvers(const struct object *object, struct observation *observation, const json *want,
                              const json *found)
{
    const json *want_stage = json_at(json_get_path(want, "requestApprovalSettings.stages"), 0);
    const json *found_stage = json_at(json_get_path(found, "requestApprovalSettings.stages"), 0);
    compare_set(object, observation, want_stage, found_stage, "primaryApprovers", "approvers", "userId");
}

/* What a report says about the rules that hold. */
static void learn_rules(const json *policy, struct observation *observation)
{
    const json *recurrence = json_get_path(policy, "reviewSettings.schedule.recurrence.pattern");
    const char *expires = json_string(json_get_path(policy, "expiration.duration"));
    gboolean approval = json_is_true(json_get_path(policy, "requestApprovalSettings.isApprovalRequiredForAdd"));
    gboolean reviewed = json_is_true(json_get_path(policy, "reviewSettings.isEnabled"));
    g_autofree char *months = g_strdup_printf("%" G_GINT64_FORMAT, json_get_int(recurrence, "interval", 0));
    observation_learn(observation, "approval", approval ? "required" : "none");
    observation_learn(observation, "expires", expires != NULL ? expires : "never");
    observation_learn(observation, "reviewMonths", reviewed ? months : "0");
    observation_learn(observation, "reviewStart",
                      json_string(json_get_path(policy, "reviewSettings.schedule.startDateTime")));
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) hits = compare_hits(replies, collection_reads_by_id(object));
    compare_keep(hits, "accessPackage.id", object_text(object, "accessPackage"));
    const json *policy = compare_choose(object, hits, observation, describe);
    if (policy == NULL)
        return;
    g_autoptr(json) template = wanted(object, "");
    g_autoptr(json) want = object_fill_ids(object, template);
    compare_take(observation, policy);
    learn_rules(policy, observation);
    compare_fields(observation, want, policy, fields, G_N_ELEMENTS(fields));
    compare_set(object, observation, want, policy, "specificAllowedTargets", "organization", "connectedOrganizationId");
    compare_set(object, observation, want, policy, "reviewSettings.primaryReviewers", "reviewers", "userId");
    compare_approvers(object, observation, want, policy);
    compare_offer_repair(observation, "policy");
}

static struct request *create(const struct object *object)
{
    g_autofree char *start = start_of_day(object);
    return collection_write(&policies, "POST", NULL, wanted(object, start));
}

/* There is no PATCH: the whole policy is sent, with the start of the reviews as it stands. */
static struct request *repair(const struct object *object)
{
    const json *found = object->observation->found;
    const char *started = json_string(json_get_path(found, "reviewSettings.schedule.startDateTime"));
    g_autofree char *start = started != NULL ? g_strdup(started) : start_of_day(object);
    return collection_write(&policies, "PUT", object->observation->id, wanted(object, start));
}

static struct request *restore_old(const struct object *object, const json *old)
{
    static const char *const kept[] = {"displayName",        "description",
                                       "allowedTargetScope", "expiration",
                                       "requestorSettings",  "specificAllowedTargets",
                                       "reviewSettings",     "requestApprovalSettings"};
    json *body = json_new_object();
    for (gsize i = 0; i < G_N_ELEMENTS(kept); i++)
        json_set(body, kept[i], json_copy(json_get(old, kept[i])));
    json_set(body, "accessPackage", json_from("{'id':%s}", object_text(object, "accessPackage")));
    return collection_write(&policies, "PUT", json_get_string(old, "id"), body);
}

static struct request *remove_policy(const struct object *object)
{
    return collection_remove(&policies, object);
}

const struct object_kind assignment_policy_kind = {
    .name = "assignment-policy",
    .verb = "create",
    .action = "created",
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .repair = repair,
    .restore_old = restore_old,
    .remove = remove_policy,
};
