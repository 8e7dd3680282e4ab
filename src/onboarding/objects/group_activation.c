/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/activation.h"
#include "onboarding/directory_role.h"

/*
 * Membership of a group that the account is eligible for and that holds a role which a step lacks, activated for some
 * hours. Of several groups the one with the fewest roles; one at a time. Source: Microsoft,
 * "privilegedaccessgroup-post-assignmentschedulerequests".
 */

#define REQUESTS PIM_OF_GROUPS "assignmentScheduleRequests"
#define READ_SCOPE "PrivilegedAssignmentSchedule.Read.AzureADGroup"
#define NAME_SCOPE "Group.Read.All"
#define POLICY_SCOPE "RoleManagementPolicy.Read.AzureADGroup"
#define MOST_GROUPS 5
#define EVERY_READ 1000

/* Those about the account come first, then those of each group. */
enum read { READ_MEMBER_OF, READ_INSTANCES, READ_REQUESTS, READS };
enum group_read { READ_ROLES, READ_NAME, READ_POLICY, GROUP_READS };

/* The groups to look at: what the account is eligible for, and what perch activated. Caller frees. */
static char **groups_of(const struct object *object)
{
    g_autoptr(GStrvBuilder) groups = g_strv_builder_new();
    g_auto(GStrv) eligible = g_strsplit(object_text(object, "groups"), " ", -1);
    guint known = 0;
    for (guint i = 0; i < MOST_GROUPS && eligible[i] != NULL; i++) {
        g_strv_builder_add(groups, eligible[i]);
        known += strcmp(eligible[i], object->known_id) == 0;
    }
    if (object->known_id[0] != '\0' && known == 0)
        g_strv_builder_add(groups, object->known_id);
    return g_strv_builder_end(groups);
}

static void add(GPtrArray *requests, struct request *request, const char *scope)
{
    request->scope = scope;
    request->if_decided = strcmp(scope, NAME_SCOPE) != 0;
    request->all_pages = request->if_decided;
    g_ptr_array_add(requests, request);
}

static void look_up(const struct object *object, GPtrArray *requests)
{
    g_auto(GStrv) groups = groups_of(object);
    if (groups[0] == NULL)
        return;
    g_ptr_array_add(requests, directory_role_active("me"));
    add(requests, request_get(SERVICE_GRAPH, PIM_OF_GROUPS "assignmentScheduleInstances" PIM_MINE), READ_SCOPE);
    struct request *asked = request_get(SERVICE_GRAPH, REQUESTS);
    request_query(asked, "$filter", "principalId eq '%s'", object_text(object, "me"));
    add(requests, asked, READ_SCOPE);
    for (char **group = groups; *group != NULL; group++) {
        g_autofree char *id = path_segment(*group);
        g_ptr_array_add(requests, directory_role_assignments(NULL, "principalId eq '%s'", *group));
        struct request *name = request_get(SERVICE_GRAPH, "/v1.0/groups/%s", id);
        request_query(name, "$select", "id,displayName");
        add(requests, name, NAME_SCOPE);
        struct request *policy = request_get(SERVICE_GRAPH, "/v1.0/policies/roleManagementPolicyAssignments");
        request_query(policy, "$filter", "scopeId eq '%s' and scopeType eq 'Group'", *group);
        request_query(policy, "$expand", "policy($expand=rules)");
        add(requests, policy, POLICY_SCOPE);
    }
}

static const struct reply *of_group(GPtrArray *replies, guint group, enum group_read read)
{
    return g_ptr_array_index(replies, READS + group * GROUP_READS + read);
}

/* The roles that a group holds in the whole directory, with blanks between. Caller frees. */
static char *roles_of(GPtrArray *replies, guint group)
{
    GString *roles = g_string_new(NULL);
    json_for_each (assignment, reply_rows(of_group(replies, group, READ_ROLES))) {
        const char *role = json_get_string(assignment, "roleDefinitionId");
        if (role != NULL && directory_role_is_everywhere(assignment))
            g_string_append_printf(roles, "%s%s", roles->len > 0 ? " " : "", role);
    }
    return g_string_free(roles, FALSE);
}

/* How many roles are among ROLES; 0 where none of them is one that a step lacks. */
static guint worth_of(const struct object *object, const char *roles)
{
    g_auto(GStrv) each = g_strsplit(roles, " ", -1);
    g_auto(GStrv) lines = g_strsplit(object_text(object, "opens"), "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        g_auto(GStrv) words = g_strsplit(*line, " ", 2);
        if (words[0] != NULL && words[1] != NULL && g_strv_contains((const char *const *)each, words[0]))
            return g_strv_length(each);
    }
    return 0;
}

/* The group that it is about: what perch activated, else the least that helps; their number if there is none. */
static guint choose(const struct object *object, char **groups, GPtrArray *replies, guint *helpful)
{
    guint count = g_strv_length(groups);
    guint best = count;
    guint fewest = G_MAXUINT;
    *helpful = 0;
    for (guint i = 0; i < count; i++) {
        g_autofree char *roles = roles_of(replies, i);
        gboolean is_known = strcmp(groups[i], object->known_id) == 0;
        guint worth = worth_of(object, roles);
        *helpful += worth > 0 || is_known ? 1 : 0;
        if (!is_known && (worth == 0 || worth >= fewest))
            continue;
        best = i;
        fewest = is_known ? 0 : worth;
    }
    return best;
}

static json *about_group(const struct reply *reply, const char *group)
{
    json *about = json_new_array();
    json_for_each (row, reply_rows(reply)) {
        if (g_strcmp0(json_get_string(row, "groupId"), group) == 0)
            json_append(about, json_copy(row));
    }
    return about;
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_auto(GStrv) groups = groups_of(object);
    guint helpful = 0;
    guint chosen = replies->len > 0 ? choose(object, groups, replies, &helpful) : 0;
    if (replies->len == 0 || groups[chosen] == NULL) {
        observation->state = OBJECT_MATCHES;
        observation->nothing_here = TRUE;
        return;
    }
    const char *group = groups[chosen];
    const char *name = json_get_string(of_group(replies, chosen, READ_NAME)->body, "displayName");
    g_autofree char *what = g_strdup_printf("membership of “%s”", name != NULL ? name : group);
    g_autofree char *roles = roles_of(replies, chosen);
    g_autoptr(json) instances = about_group(g_ptr_array_index(replies, READ_INSTANCES), group);
    g_autoptr(json) requests = about_group(g_ptr_array_index(replies, READ_REQUESTS), group);
    const struct activation_found found = {
        .what = what,
        .is_offered = TRUE,
        .is_active = json_find(reply_rows(g_ptr_array_index(replies, READ_MEMBER_OF)), "id", group) != NULL,
        .instance = json_at(instances, 0),
        .requests = requests,
        .policy = json_find(reply_rows(of_group(replies, chosen, READ_POLICY)), "roleDefinitionId", "member"),
    };
    observation_learn(observation, "group", group);
    observation_learn(observation, "roles", roles);
    if (found.is_active)
        observation_learn(observation, "id", group);
    activation_judge(object, &found, observation);
    if (helpful > 1 && !observation->nothing_here && !object->created)
        observation_note(observation, "You are eligible for %u groups that would help; this one has the fewest roles.",
                         helpful);
}

static json *target_of(const struct object *object)
{
    const char *group = g_hash_table_lookup(object->observation->learnt, "group");
    return json_from("{'groupId':%s,'accessId':'member'}", group != NULL ? group : object->known_id);
}

static struct request *create(const struct object *object)
{
    return activation_begin(object, REQUESTS, ACTIVATION_OF_GROUPS_SCOPE, target_of(object));
}

static struct request *give_back(const struct object *object)
{
    return activation_end(object, REQUESTS, ACTIVATION_OF_GROUPS_SCOPE, target_of(object));
}

static gboolean opens(const struct object *object, const char *step)
{
    const char *roles = g_hash_table_lookup(object->observation->learnt, "roles");
    g_auto(GStrv) each = g_strsplit(roles != NULL ? roles : "", " ", -1);
    for (char **role = each; *role != NULL; role++)
        if (activation_opens(object, *role, step))
            return TRUE;
    return FALSE;
}

static const struct json_schema with[] = {
    ACTIVATION_MEMBERS,
    {.name = "groups", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};

const struct object_kind group_activation_kind = {
    .name = "group-activation",
    .with = with,
    .risk = "you hold this group's roles until it ends or is given back",
    .verb = "activate",
    .action = "activated",
    .is_companys = TRUE,
    .ends_by_itself = TRUE,
    .stays_at_least = ACTIVATION_LEAST_SECONDS,
    .reply_has_no_id = TRUE,
    .optional_reads = EVERY_READ,
    .look_up = look_up,
    .compare = compare,
    .opens = opens,
    .create = create,
    .remove = give_back,
};
