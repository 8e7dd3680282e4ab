/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/text.h"
#include "onboarding/collection.h"
#include "onboarding/fill.h"

#define RECURRENCE "recurrence"
#define STAGES "requestApprovalSettings.stages"

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
    .expand = "accessPackage,questions,customExtensionStageSettings",
    .read_scope = "EntitlementManagement.Read.All",
    .write_scope = "EntitlementManagement.ReadWrite.All",
};

/* The key of the users whose names stand in with.NAME. */
static const char *users_key(const struct object *object, const char *name)
{
    gboolean review = strcmp(name, "reviewers") == 0;
    const char *key = review ? object->definition->reviewers : object->definition->approvers;
    return key != NULL ? key : name;
}

/* "reviewer-2.id": what the object of USER, who stands at PLACE in with.NAME, learns. Caller frees. */
static char *id_of_user(const struct object *object, const char *name, const char *user, int place)
{
    const char *key = users_key(object, name);
    g_autofree char *entry = object_entry_value(key, user);
    const char *number = object->values != NULL ? g_hash_table_lookup(object->values, entry) : NULL;
    return number != NULL ? g_strdup_printf("%s-%s.id", key, number) : g_strdup_printf("%s-%d.id", key, place);
}

/* One user for each name in with.NAME. */
static json *single_users(const struct object *object, const char *name)
{
    json *users = json_new_array();
    int place = 0;
    json_for_each (user, json_get(object->with, name)) {
        g_autofree char *value = id_of_user(object, name, json_string(user), ++place);
        g_autofree char *id = g_strconcat("{", value, "}", NULL);
        json_append(users, json_from("{'@odata.type':'#microsoft.graph.singleUser','userId':%s}", id));
    }
    return users;
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

static gint64 review_months(const struct object *object)
{
    return strcmp(object_text(object, "reviewFrequency"), "annual") == 0 ? 12 : 6;
}

static gint64 day_of_month(const char *start)
{
    const char *day = strlen(start) >= strlen("2026-11-24") ? start + strlen("2026-11-") : "1";
    return CLAMP(g_ascii_strtoll(day, NULL, 10), 1, 31);
}

static gboolean wants_least(const struct object *object)
{
    return g_ptr_array_find_with_equal_func(object->refused, RECURRENCE, g_str_equal, NULL);
}

static json *review_settings(const struct object *object, const char *start)
{
    g_autoptr(json) reviewers = single_users(object, "reviewers");
    /* The pattern of Microsoft's example (entitlementmanagement-post-assignmentpolicies), whose zeros stand for
     * nothing; or the least of what Microsoft says of reviews elsewhere (recurrencepattern): nothing that is not
     * supported. */
    g_autoptr(json) recurrence =
        wants_least(object)
            ? json_from("{'pattern':{'type':'absoluteMonthly','interval':%d,'dayOfMonth':%d},'range':{'type':'noEnd'}}",
                        review_months(object), day_of_month(start))
            : json_from("{'pattern':{'type':'absoluteMonthly','interval':%d,'month':0,'dayOfMonth':0,'daysOfWeek':[]},"
                        "'range':{'type':'noEnd','numberOfOccurrences':0}}",
                        review_months(object));
    return json_from("{'isEnabled':true,'expirationBehavior':'keepAccess','isRecommendationEnabled':true,"
                     "'isReviewerJustificationRequired':true,'isSelfReview':false,"
                     "'schedule':{'startDateTime':%s,'expiration':{'type':'afterDuration','duration':%s},"
                     "'recurrence':%j},'primaryReviewers':%j,'fallbackReviewers':[]}",
                     start, object_text(object, "reviewDuration"), recurrence, reviewers);
}

static json *wanted(const struct object *object, const char *start)
{
    g_autoptr(json) expires = expiration(object);
    g_autoptr(json) approval = approval_settings(object);
    g_autoptr(json) reviews = review_settings(object, start);
    return json_from("{'displayName':%s,'description':%s,'allowedTargetScope':'specificConnectedOrganizationUsers',"
                     "'specificAllowedTargets':[{'@odata.type':'#microsoft.graph.connectedOrganizationMembers',"
                     "'connectedOrganizationId':%s,'description':%s}],'expiration':%j,"
                     "'requestorSettings':{'enableTargetsToSelfAddAccess':true,'enableTargetsToSelfUpdateAccess':true,"
                     "'enableTargetsToSelfRemoveAccess':true,'allowCustomAssignmentSchedule':false,"
                     "'enableOnBehalfRequestorsToAddAccess':false,'enableOnBehalfRequestorsToUpdateAccess':false,"
                     "'enableOnBehalfRequestorsToRemoveAccess':false,'onBehalfRequestors':[]},"
                     "'requestApprovalSettings':%j,'reviewSettings':%j,'accessPackage':{'id':%s}}",
                     object_text(object, "displayName"), object_text(object, "description"),
                     object_text(object, "organization"), object_text(object, "organizationName"), expires, approval,
                     reviews, object_text(object, "accessPackage"));
}

static char *start_of_day(const struct object *object)
{
    const char *date = object_text(object, "reviewStart");
    return g_strconcat(date[0] != '\0' && date[0] != '{' ? date : object_text(object, "today"), "T00:00:00Z", NULL);
}

static int compare_strings(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

/* Whom the items of LIST stand for, those of with.NAME by their user names; an item that is no single user (a group, a
 * manager) as the whole of it. Caller frees. */
static char *sorted_members(const struct object *object, const json *list, const char *name, const char *member)
{
    g_autoptr(GPtrArray) shown = g_ptr_array_new_with_free_func(g_free);
    json_for_each (item, list) {
        const char *id = json_get_string(item, member);
        char *text = id != NULL ? g_strdup(id) : json_text(item);
        int place = 0;
        json_for_each (user, json_get(object->with, name)) {
            g_autofree char *value = id_of_user(object, name, json_string(user), ++place);
            if (id == NULL || g_strcmp0(g_hash_table_lookup(object->values, value), id) != 0)
                continue;
            g_free(text);
            text = g_strdup(json_string(user));
            break;
        }
        g_ptr_array_add(shown, text);
    }
    g_ptr_array_sort(shown, compare_strings);
    return text_join(shown, ", ");
}

/* The elements of the list at PATH, by their MEMBER, whatever their order. NAME: the list of with that they come from.
 */
static void compare_set(const struct object *object, struct observation *observation, const json *want,
                        const json *found, const char *path, const char *name, const char *member)
{
    /* Leaving finds a policy without them: who is not known yet is no difference. */
    g_autofree char *unknown = fill_first_left_in(json_get_path(want, path));
    if (unknown != NULL)
        return;
    g_autofree char *want_text = sorted_members(object, json_get_path(want, path), name, member);
    g_autofree char *found_text = sorted_members(object, json_get_path(found, path), name, member);
    if (strcmp(want_text, found_text) == 0)
        return;
    observation_difference(observation, path, want_text[0] != '\0' ? want_text : "nobody",
                           found_text[0] != '\0' ? found_text : "nobody", FALSE);
    observation->state = OBJECT_DIFFERS;
}

/* What a report says about the rules that hold. */
static void learn_rules(const json *policy, struct observation *observation)
{
    const json *recurrence = json_get_path(policy, "reviewSettings.schedule.recurrence.pattern");
    const char *after = json_string(json_get_path(policy, "expiration.duration"));
    const char *on = json_string(json_get_path(policy, "expiration.endDateTime"));
    const char *expires = after != NULL ? after : on;
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
    const json *policy = compare_choose(object, hits, observation, NULL);
    if (policy == NULL)
        return;
    g_autoptr(json) template = wanted(object, "");
    g_autoptr(json) want = object_fill_ids(object, template);
    compare_take(observation, policy);
    learn_rules(policy, observation);
    compare_fields(observation, want, policy, fields, G_N_ELEMENTS(fields));
    compare_set(object, observation, want, policy, "specificAllowedTargets", "organization", "connectedOrganizationId");
    compare_set(object, observation, want, policy, "reviewSettings.primaryReviewers", "reviewers", "userId");
    compare_set(object, observation, json_at(json_get_path(want, STAGES), 0), json_at(json_get_path(policy, STAGES), 0),
                "primaryApprovers", "approvers", "userId");
    compare_offer_repair(observation, "policy");
}

static struct request *create(const struct object *object)
{
    g_autofree char *start = start_of_day(object);
    return collection_write(&policies, "POST", NULL, wanted(object, start));
}

/* Two documents of Microsoft's disagree about the pattern, so one body is not enough. A 400 created nothing. */
static gboolean learn_refusal(struct object *object, const struct reply *reply)
{
    if (reply->status != 400 || wants_least(object))
        return FALSE;
    g_ptr_array_add(object->refused, g_strdup(RECURRENCE));
    return TRUE;
}

static char *second_try(const struct object *object)
{
    g_autofree char *start = start_of_day(object);
    if (wants_least(object))
        return NULL;
    return g_strdup_printf("if Microsoft refuses it (400), once more with the recurrence absoluteMonthly, interval "
                           "%" G_GINT64_FORMAT ", dayOfMonth %" G_GINT64_FORMAT ", noEnd",
                           review_months(object), day_of_month(start));
}

/* Who stands in the list with.NAME, in words. Caller frees. */
static char *people(const struct object *object, const char *name, const char *between)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    json_for_each (person, json_get(object->with, name))
        g_ptr_array_add(names, (gpointer)json_string(person));
    return text_join(names, between);
}

/* The request names them by their ids only. */
static char *terms(const struct object *object)
{
    g_autofree char *approvers = people(object, "approvers", " or ");
    g_autofree char *reviewers = people(object, "reviewers", " and ");
    g_autofree char *approval =
        approvers[0] != '\0' ? g_strconcat("each request approved by ", approvers, NULL) : g_strdup("without approval");
    gint64 days = json_get_int(object->with, "expiresAfterDays", 0);
    g_autofree char *end =
        days > 0 ? g_strdup_printf("for %" G_GINT64_FORMAT " day%s", days, days == 1 ? "" : "s") : g_strdup("for ever");
    return g_strdup_printf("%s, %s, reviewed every %" G_GINT64_FORMAT " months%s%s", approval, end,
                           review_months(object), reviewers[0] != '\0' ? " by " : "", reviewers);
}

/* There is no PATCH: a PUT replaces the whole policy, and what it leaves out is lost. So POLICY, as it was read, goes
 * back with every member that may be written, those too that this program does not know. Caller frees. */
static json *writable(const struct object *object, const json *policy)
{
    static const char *const read_only[] = {"createdDateTime", "modifiedDateTime", "catalog", NULL};
    json *body = json_new_object();
    json_for_each (member, policy) {
        const char *name = json_name(member);
        if (!g_strv_contains(read_only, name) && strchr(name, '@') == NULL)
            json_set(body, name, json_copy(member));
    }
    json_set(body, "accessPackage", json_from("{'id':%s}", object_text(object, "accessPackage")));
    return body;
}

/* Make BODY at the dotted PATH what WANT is there; where BODY has nothing on the way to it, all that WANT has there. */
static void apply(json *body, const json *want, const char *path)
{
    g_auto(GStrv) names = g_strsplit(path, ".", -1);
    for (char **name = names; *name != NULL; name++) {
        const json *wanted_part = json_get(want, *name);
        if (name[1] == NULL || !json_is_object(json_get(body, *name))) {
            json_remove(body, *name);
            if (wanted_part != NULL)
                json_set(body, *name, json_copy(wanted_part));
            return;
        }
        body = json_get(body, *name);
        want = wanted_part;
    }
}

static struct request *repair(const struct object *object)
{
    const struct observation *observation = object->observation;
    const char *started = json_string(json_get_path(observation->found, "reviewSettings.schedule.startDateTime"));
    g_autofree char *start = started != NULL ? g_strdup(started) : start_of_day(object);
    g_autoptr(json) want = wanted(object, start);
    json *body = writable(object, observation->found);
    for (guint i = 0; i < observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(observation->differences, i);
        /* The approvers are those of the first stage; what else is told of it stays. */
        gboolean approvers = strcmp(difference->field, "primaryApprovers") == 0;
        json *stage = approvers ? json_at(json_get_path(body, STAGES), 0) : NULL;
        const json *want_stage = json_at(json_get_path(want, STAGES), 0);
        if (stage != NULL && want_stage != NULL)
            apply(stage, want_stage, difference->field);
        else
            apply(body, want, approvers ? STAGES : difference->field);
    }
    return collection_write(&policies, "PUT", observation->id, body);
}

/* Sets of those that a policy names, whatever their order: as compare_set() shows them. */
static const struct compared_field sets[] = {
    {"specificAllowedTargets", FIELD_CLASS_REPAIRABLE},
    {"reviewSettings.primaryReviewers", FIELD_CLASS_REPAIRABLE},
    {"primaryApprovers", FIELD_CLASS_REPAIRABLE},
};

static char *show_set(const struct object *object, const json *policy, const char *field)
{
    static const char *const names[] = {"organization", "reviewers", "approvers"};
    static const char *const members[] = {"connectedOrganizationId", "userId", "userId"};
    gsize i = 0;
    while (i + 1 < G_N_ELEMENTS(sets) && strcmp(sets[i].path, field) != 0)
        i++;
    const json *from = strcmp(field, "primaryApprovers") == 0 ? json_at(json_get_path(policy, STAGES), 0) : policy;
    char *text = sorted_members(object, json_get_path(from, field), names[i], members[i]);
    if (text[0] != '\0')
        return text;
    g_free(text);
    return g_strdup("nobody");
}

/* What nobody compares stays as it is by now, too. */
static struct request *restore_old(const struct object *object, const json *olds, GPtrArray *left)
{
    g_autoptr(GArray) given = g_array_new(FALSE, FALSE, sizeof(struct put_back));
    put_back_judge(object, olds, fields, G_N_ELEMENTS(fields), NULL, given, left);
    put_back_judge(object, olds, sets, G_N_ELEMENTS(sets), show_set, given, left);
    if (given->len == 0)
        return NULL;
    json *body = writable(object, object->observation->found);
    for (guint i = 0; i < given->len; i++) {
        const struct put_back *back = &g_array_index(given, struct put_back, i);
        gboolean approvers = strcmp(back->field, "primaryApprovers") == 0;
        json *stage = approvers ? json_at(json_get_path(body, STAGES), 0) : NULL;
        const json *old_stage = json_at(json_get_path(back->old, STAGES), 0);
        if (stage != NULL && old_stage != NULL)
            put_back_at(stage, old_stage, back->field);
        else
            put_back_at(body, back->old, approvers ? STAGES : back->field);
    }
    return collection_write(&policies, "PUT", object->observation->id, body);
}

static const struct json_schema with[] = {
    {.name = "displayName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "description", .is = WITH_TEXT},
    {.name = "accessPackage", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "organization", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "organizationName", .is = WITH_TEXT},
    {.name = "reviewDuration", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "reviewers", .is = WITH_ANSWER | JSON_REQUIRED, .inner = &with_text},
    {.name = "reviewStart", .is = WITH_TEXT},
    {.name = "today", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "approvers", .is = WITH_ANSWER, .inner = &with_text},
    {.name = "expiresAfterDays", .is = WITH_ANSWER, .inner = &with_text},
    {.name = "reviewFrequency", .is = WITH_TEXT},
    {.name = NULL},
};

static const char *const learns[] = {"approval", "expires", "reviewMonths", "reviewStart", NULL};
static const char *const not_for_leaving[] = {"organization", "reviewers", NULL};

const struct object_kind assignment_policy_kind = {
    .name = "assignment-policy",
    .with = with,
    .learns = learns,
    .not_for_leaving = not_for_leaving,
    .risk = "opens the package to people outside",
    .verb = "create",
    .action = "created",
    .collection = &policies,
    .look_up = collection_look_up,
    .compare = compare,
    .create = create,
    .learn_refusal = learn_refusal,
    .plan_adds = second_try,
    .terms = terms,
    .repair = repair,
    .restore_old = restore_old,
    .remove = collection_remove,
};
