/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/door.h"
#include "onboarding/group_uses.h"

/*
 * Who gets in by the access package, and to what: policies beside the one of this onboarding, resource roles beside
 * membership of the group, and guests who are in the group without having come by the package. When the partner is
 * left, who holds the package or has asked for it goes as well (accesspackageassignmentrequest-cancel,
 * entitlementmanagement-post-assignmentrequests).
 */

#define ENTITLEMENT "/v1.0/identityGovernance/entitlementManagement"
#define MEMBER "member:"
#define POLICY "policy:"
#define ROLE "role:"
#define ASSIGNMENT "assignment:"
#define ASKED "request:"

enum read { READ_POLICIES, READ_ROLES, READ_ASSIGNMENTS, READ_MEMBERS, READ_REQUESTS, READ_ENDING, READS };

static void look_up(const struct object *object, GPtrArray *requests)
{
    const char *package = object_text(object, "accessPackage");
    struct request *reads[] = {
        [READ_POLICIES] = request_get(SERVICE_GRAPH, ENTITLEMENT "/assignmentPolicies"),
        [READ_ROLES] = request_get(SERVICE_GRAPH, ENTITLEMENT "/accessPackages/%s/resourceRoleScopes", package),
        [READ_ASSIGNMENTS] = request_get(SERVICE_GRAPH, ENTITLEMENT "/assignments"),
        [READ_MEMBERS] = group_members(object_text(object, "group"), "id,displayName,userPrincipalName,userType"),
        [READ_REQUESTS] = request_get(SERVICE_GRAPH, ENTITLEMENT "/assignmentRequests"),
        [READ_ENDING] = object->leaves ? request_get(SERVICE_GRAPH, ENTITLEMENT "/assignmentRequests") : NULL,
    };
    request_query(reads[READ_POLICIES], "$filter", "accessPackage/id eq '%s'", package);
    request_query(reads[READ_POLICIES], "$expand", "accessPackage");
    request_query(reads[READ_ROLES], "$expand", "role,scope");
    request_query(reads[READ_ASSIGNMENTS], "$filter", "accessPackage/id eq '%s'", package);
    request_query(reads[READ_ASSIGNMENTS], "$expand", "target");
    /* One relationship at a time can be expanded. */
    for (gsize i = READ_REQUESTS; i < G_N_ELEMENTS(reads) && reads[i] != NULL; i++) {
        request_query(reads[i], "$filter", "accessPackage/id eq '%s'", package);
        request_query(reads[i], "$expand", "%s", i == READ_REQUESTS ? "requestor" : "assignment");
    }
    for (gsize i = 0; i < G_N_ELEMENTS(reads) && reads[i] != NULL; i++) {
        if (i != READ_MEMBERS)
            reads[i]->scope = "EntitlementManagement.Read.All";
        reads[i]->all_pages = TRUE;
        g_ptr_array_add(requests, reads[i]);
    }
}

/* Whom a policy lets ask, in words. */
static const char *asks(const json *policy)
{
    static const struct {
        const char *scope, *words;
    } known[] = {
        {"allMemberUsers", "every member of the company"},
        {"allDirectoryUsers", "every user of the directory, guests too"},
        {"allDirectoryServicePrincipals", "every application of the directory"},
        {"allConfiguredConnectedOrganizationUsers", "everybody of every connected organization"},
        {"allExternalUsers", "everybody outside, whoever it is"},
        {"specificConnectedOrganizationUsers", "people of connected organizations"},
        {"specificDirectoryUsers", "named users of the directory"},
        {"notSpecified", "nobody; administrators assign"},
    };
    const char *scope = json_get_string(policy, "allowedTargetScope");
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_strcmp0(known[i].scope, scope) == 0)
            return known[i].words;
    return scope != NULL ? scope : "nobody knows whom";
}

/* The ids of those who hold the package, or are about to. */
static GHashTable *people_of_the_package(const json *assignments)
{
    static const char *const held[] = {"delivering", "delivered", "partiallyDelivered", NULL};
    GHashTable *people = g_hash_table_new(g_str_hash, g_str_equal);
    json_for_each (assignment, assignments) {
        const char *state = json_get_string(assignment, "state");
        const char *id = json_get_string(json_get(assignment, "target"), "objectId");
        if (id != NULL && state != NULL && g_strv_contains(held, state))
            g_hash_table_add(people, (gpointer)id);
    }
    return people;
}

static const char *const open_states[] = {"submitted", "pendingApproval", "scheduled", NULL};
static const char *const coming[] = {"delivering", NULL};

static gboolean is_one_of(const json *thing, const char *const *states)
{
    const char *state = json_get_string(thing, "state");
    return state != NULL && g_strv_contains(states, state);
}

static gboolean ends_something(const json *request)
{
    const char *type = json_get_string(request, "requestType");
    return type != NULL && g_str_has_suffix(type, "Remove");
}

/* The ids of the assignments that a request which is under way ends. Caller unrefs. */
static GHashTable *ending(const json *requests)
{
    GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);
    json_for_each (request, requests) {
        const char *id = json_get_string(json_get(request, "assignment"), "id");
        if (ends_something(request) && id != NULL && (is_one_of(request, open_states) || is_one_of(request, coming)))
            g_hash_table_add(ids, (gpointer)id);
    }
    return ids;
}

/* Open requests and assignments go; how many Microsoft is still delivering or ending is learnt as "moving". */
static void add_leaving(const json *const *rows, GPtrArray *holders, struct observation *observation)
{
    static const char *const held[] = {"delivered", "partiallyDelivered", NULL};
    static const char *const names[] = {"principalName", "email", "displayName"};
    g_autoptr(GHashTable) ends = ending(rows[READ_ENDING]);
    guint moving = 0;
    json_for_each (request, rows[READ_REQUESTS]) {
        const char *request_id = json_get_string(request, "id");
        const char *name = json_get_string(json_get(request, "requestor"), "displayName");
        g_autofree char *id = g_strconcat(ASKED, request_id, NULL);
        if (request_id != NULL && !ends_something(request) && is_one_of(request, open_states))
            door_add_leaving(holders, id, "open request", name != NULL ? name : request_id);
    }
    json_for_each (assignment, rows[READ_ASSIGNMENTS]) {
        const char *assignment_id = json_get_string(assignment, "id");
        g_autofree char *id = g_strconcat(ASSIGNMENT, assignment_id, NULL);
        gboolean is_ending = assignment_id != NULL && g_hash_table_contains(ends, assignment_id);
        const char *name = NULL;
        for (gsize i = 0; name == NULL && i < G_N_ELEMENTS(names); i++)
            name = json_get_string(json_get(assignment, "target"), names[i]);
        moving += is_one_of(assignment, coming) || (is_ending && is_one_of(assignment, held)) ? 1 : 0;
        if (assignment_id != NULL && !is_ending && is_one_of(assignment, held))
            door_add_leaving(holders, id, "assignment", name != NULL ? name : json_get_shown(assignment, "id"));
    }
    g_autofree char *count = g_strdup_printf("%u", moving);
    observation_learn(observation, "moving", count);
}

/* Whoever waits is not in yet, however well all else is set up. */
static void note_waiting(const json *requests, struct observation *observation)
{
    json_for_each (request, requests) {
        const char *name = json_get_string(json_get(request, "requestor"), "displayName");
        const char *asked = json_get_string(request, "createdDateTime");
        if (g_strcmp0(json_get_string(request, "state"), "pendingApproval") != 0 || ends_something(request))
            continue;
        g_autofree char *day = clock_day_of(asked != NULL ? asked : "");
        observation_note(observation,
                         "%s asked for access%s%s, and somebody has yet to approve it (Entra > Identity governance > "
                         "Entitlement management > Access packages > that one > Requests).",
                         name != NULL ? name : "Somebody", asked != NULL ? " on " : "", day);
    }
}

static void add_policies(const struct object *object, const json *policies, GPtrArray *holders)
{
    gboolean own_is_unknown = object_text(object, "policy")[0] == '{';
    json_for_each (policy, own_is_unknown ? NULL : policies) {
        const char *policy_id = json_get_string(policy, "id");
        const char *of = json_get_string(json_get(policy, "accessPackage"), "id");
        g_autofree char *id = g_strconcat(POLICY, policy_id, NULL);
        /* What belongs to another package is none of this door, whatever a filter lets through. */
        if (policy_id != NULL && g_strcmp0(of, object_text(object, "accessPackage")) == 0 &&
            g_strcmp0(policy_id, object_text(object, "policy")) != 0)
            door_add(holders, id, "policy", "“%s”, open to %s", json_get_shown(policy, "displayName"), asks(policy));
    }
}

static void add_roles(const struct object *object, const json *scopes, GPtrArray *holders)
{
    g_autofree char *wanted = g_strconcat("Member_", object_text(object, "group"), NULL);
    json_for_each (scope, scopes) {
        const json *role = json_get(scope, "role");
        const char *of = json_get_string(json_get(scope, "scope"), "displayName");
        const char *scope_id = json_get_string(scope, "id");
        g_autofree char *id = g_strconcat(ROLE, scope_id, NULL);
        if (scope_id != NULL && g_strcmp0(json_get_string(role, "originId"), wanted) != 0)
            door_add(holders, id, "resource role", "%s of %s (%s)", json_get_shown(role, "displayName"),
                     of != NULL ? of : "a resource", json_get_shown(role, "originSystem"));
    }
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const json *rows[READS] = {NULL};
    for (guint i = 0; i < replies->len; i++)
        rows[i] = json_get(((const struct reply *)g_ptr_array_index(replies, i))->body, "value");
    g_autoptr(GPtrArray) holders = door_holders_new();
    g_autoptr(GHashTable) people = people_of_the_package(rows[READ_ASSIGNMENTS]);
    add_policies(object, rows[READ_POLICIES], holders);
    add_roles(object, rows[READ_ROLES], holders);
    /* When the partner is left, all guests go by the group. */
    if (object->leaves) {
        add_leaving(rows, holders, observation);
    } else {
        json_for_each (member, rows[READ_MEMBERS]) {
            const char *member_id = json_get_string(member, "id");
            g_autofree char *id = g_strconcat(MEMBER, member_id, NULL);
            if (member_id != NULL && g_strcmp0(json_get_string(member, "userType"), "Guest") == 0 &&
                !g_hash_table_contains(people, member_id))
                door_add(holders, id, "guest without the package", "%s", door_name_of(member));
        }
        note_waiting(rows[READ_REQUESTS], observation);
    }
    g_autofree char *well = g_strdup_printf("One policy and one role; %u %s in by it.", g_hash_table_size(people),
                                            g_hash_table_size(people) == 1 ? "person is" : "people are");
    door_judge(object, holders, &(struct door){.well = well, .others = "Others get in by the package"}, observation);
    const char *moving = g_hash_table_lookup(observation->learnt, "moving");
    if (observation->state == OBJECT_MATCHES && moving != NULL && strcmp(moving, "0") != 0)
        observation_set(observation, OBJECT_UNKNOWN, "Microsoft is still ending or delivering %s of its assignments.",
                        moving);
}

static struct request *take_away(const struct object *object, const char *holder)
{
    const char *id = strchr(holder, ':');
    if (id == NULL)
        return NULL;
    id++;
    struct request *request = NULL;
    if (g_str_has_prefix(holder, ASSIGNMENT))
        request =
            request_write("POST", SERVICE_GRAPH, json_from("{'requestType':'adminRemove','assignment':{'id':%s}}", id),
                          ENTITLEMENT "/assignmentRequests");
    else if (g_str_has_prefix(holder, ASKED))
        request = request_write("POST", SERVICE_GRAPH, NULL, ENTITLEMENT "/assignmentRequests/%s/cancel", id);
    else if (g_str_has_prefix(holder, POLICY))
        request = request_write("DELETE", SERVICE_GRAPH, NULL, ENTITLEMENT "/assignmentPolicies/%s", id);
    else if (g_str_has_prefix(holder, ROLE))
        request = request_write("DELETE", SERVICE_GRAPH, NULL, ENTITLEMENT "/accessPackages/%s/resourceRoleScopes/%s",
                                object_text(object, "accessPackage"), id);
    else
        request = request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/groups/%s/members/%s/$ref",
                                object_text(object, "group"), id);
    request->scope = g_str_has_prefix(holder, MEMBER) ? "GroupMember.ReadWrite.All RoleManagement.ReadWrite.Directory"
                                                      : "EntitlementManagement.ReadWrite.All";
    return request;
}

static const char *const learns[] = {"moving", NULL};
static const char *const not_for_leaving[] = {"policy", NULL};

static const struct json_schema with[] = {
    {.name = "accessPackage", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "policy", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "group", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};

const struct object_kind package_holders_kind = {
    .name = "package-holders",
    .with = with,
    .learns = learns,
    DOOR_MEMBERS,
    .ends_people = TRUE,
    .not_for_leaving = not_for_leaving,
    .look_up = look_up,
    .compare = compare,
    .take_away = take_away,
};
