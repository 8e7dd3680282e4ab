/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "onboarding/activation.h"
#include "onboarding/directory_role.h"

/*
 * What the account that is signed in may do. The profile's table says which role is enough for which step; what a step
 * is refused for is learnt under the step's id, "" if nothing is in the way; and for whoever may activate a role, what
 * each would open, and which one is the least that is enough. The profile's roles stand from the widest to the
 * narrowest.
 */

#define EVERY_STEP "*"

enum read { READ_ACTIVE, READ_ELIGIBLE, READ_GROUPS, READ_ENDS, READS };

static void look_up(const struct object *object, GPtrArray *requests)
{
    (void)object;
    struct request *const reads[READS] = {
        [READ_ACTIVE] = directory_role_active("me"),
        [READ_ELIGIBLE] = request_get(SERVICE_GRAPH, PIM_OF_ROLES "roleEligibilityScheduleInstances" PIM_MINE),
        [READ_GROUPS] = request_get(SERVICE_GRAPH, PIM_OF_GROUPS "eligibilityScheduleInstances" PIM_MINE),
        [READ_ENDS] = request_get(SERVICE_GRAPH, PIM_OF_ROLES "roleAssignmentScheduleInstances" PIM_MINE),
    };
    static const char *const scopes[READS] = {"User.Read", "RoleEligibilitySchedule.Read.Directory",
                                              "PrivilegedEligibilitySchedule.Read.AzureADGroup",
                                              "RoleAssignmentSchedule.Read.Directory"};
    for (gsize i = 0; i < READS; i++) {
        reads[i]->scope = scopes[i];
        reads[i]->all_pages = TRUE;
        g_ptr_array_add(requests, reads[i]);
    }
}

static gboolean is_enough(const json *role, const char *step)
{
    const json *steps = json_get(role, "steps");
    return step == NULL || json_has_text(steps, EVERY_STEP) || json_has_text(steps, step);
}

/* One in a part of the directory only (an administrative unit) does not help here. */
static gboolean holds(const struct reply *reply, const char *member, const char *role)
{
    json_for_each (held, reply_rows(reply)) {
        const char *where = json_get_string(held, "directoryScopeId");
        if (g_strcmp0(json_get_string(held, member), role) == 0 && (where == NULL || strcmp(where, "/") == 0))
            return TRUE;
    }
    return FALSE;
}

/* The names of the profile's roles that are enough for STEP (NULL: for any) and that REPLY (NULL: any) holds. */
static GPtrArray *roles_for(const struct object *object, const char *step, const struct reply *reply,
                            const char *member)
{
    GPtrArray *names = g_ptr_array_new();
    json_for_each (role, json_get(object->with, "roles")) {
        if (is_enough(role, step) && (reply == NULL || holds(reply, member, json_get_string(role, "id"))))
            g_ptr_array_add(names, (gpointer)json_get_string(role, "name"));
    }
    return names;
}

static GPtrArray *active_for(const struct object *object, const char *step, GPtrArray *replies)
{
    return roles_for(object, step, g_ptr_array_index(replies, READ_ACTIVE), "roleTemplateId");
}

static gboolean lacks(const struct object *object, const char *step, GPtrArray *replies)
{
    g_autoptr(GPtrArray) active = active_for(object, step, replies);
    return active->len == 0;
}

/* The groups that the account may become a member of, with blanks between. Caller frees. */
static char *eligible_groups(GPtrArray *replies)
{
    const struct reply *reply = g_ptr_array_index(replies, READ_GROUPS);
    GString *groups = g_string_new(NULL);
    json_for_each (eligible, reply_rows(reply)) {
        const char *group = json_get_string(eligible, "groupId");
        if (group != NULL && g_strcmp0(json_get_string(eligible, "accessId"), "member") == 0 &&
            strstr(groups->str, group) == NULL)
            g_string_append_printf(groups, "%s%s", groups->len > 0 ? " " : "", group);
    }
    return g_string_free(groups, FALSE);
}

/* What to do if a role that is enough for STEP only waits to be activated; "" if there is none. Caller frees. */
static char *activation_hint(const struct object *object, const char *step, GPtrArray *replies)
{
    g_autoptr(GPtrArray) eligible =
        roles_for(object, step, g_ptr_array_index(replies, READ_ELIGIBLE), "roleDefinitionId");
    g_autofree char *groups = eligible_groups(replies);
    if (eligible->len > 0) {
        const char *least = g_ptr_array_index(eligible, eligible->len - 1);
        g_autofree char *names = step == NULL ? text_join(eligible, " and ") : g_strdup(least);
        return g_strdup_printf(" You are eligible for %s: the first step offers to activate it here; or do it in "
                               "Privileged Identity Management, then check again.",
                               names);
    }
    return g_strdup(groups[0] == '\0' ? ""
                                      : " You are eligible for membership of a group: where that helps, the first step "
                                        "offers to activate it.");
}

/* What may be activated, for the objects that are about that: see onboarding/activation.h. */
static void learn_what_may_be_activated(const struct object *object, GPtrArray *replies,
                                        struct observation *observation)
{
    g_autoptr(GString) offers = g_string_new(NULL);
    g_autoptr(GString) opens = g_string_new(NULL);
    g_autofree char *groups = eligible_groups(replies);
    const struct reply *eligible = g_ptr_array_index(replies, READ_ELIGIBLE);
    json_for_each (role, json_get(object->with, "roles")) {
        const char *id = json_get_string(role, "id");
        g_autoptr(GString) steps = g_string_new(NULL);
        gboolean is_least = FALSE;
        json_for_each (step, json_get(object->with, "steps")) {
            if (!lacks(object, json_string(step), replies))
                continue;
            if (is_enough(role, json_string(step)))
                g_string_append_printf(steps, "%s%s", steps->len > 0 ? " " : "", json_string(step));
            /* The last is the narrowest of those that may be activated and are enough for the step. */
            g_autoptr(GPtrArray) names = roles_for(object, json_string(step), eligible, "roleDefinitionId");
            const char *last = names->len > 0 ? g_ptr_array_index(names, names->len - 1) : NULL;
            is_least = is_least || g_strcmp0(last, json_get_string(role, "name")) == 0;
        }
        if (steps->len > 0)
            g_string_append_printf(opens, "%s%s %s", opens->len > 0 ? "\n" : "", id, steps->str);
        if (is_least)
            g_string_append_printf(offers, "%s%s", offers->len > 0 ? " " : "", id);
    }
    gboolean may_ask = offers->len > 0 || (groups[0] != '\0' && opens->len > 0);
    observation_learn(observation, "offers", offers->str);
    observation_learn(observation, "opens", opens->str);
    observation_learn(observation, "groups", opens->len > 0 ? groups : "");
    observation_learn(observation, "mayActivate", may_ask ? "yes" : "no");
}

/* The roles of the profile that the account holds until a day, and not for good besides; and which ends first. */
static void note_ends(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, READ_ENDS);
    const char *first = NULL;
    json_for_each (role, json_get(object->with, "roles")) {
        const char *latest = "";
        gboolean for_good = FALSE;
        json_for_each (instance, reply_rows(reply)) {
            const char *end = json_get_string(instance, "endDateTime");
            const char *where = json_get_string(instance, "directoryScopeId");
            if (g_strcmp0(json_get_string(instance, "roleDefinitionId"), json_get_string(role, "id")) != 0 ||
                (where != NULL && strcmp(where, "/") != 0))
                continue;
            for_good = for_good || end == NULL;
            latest = end != NULL && strcmp(end, latest) > 0 ? end : latest;
        }
        if (latest[0] == '\0' || for_good)
            continue;
        g_autofree char *day = clock_format_day(clock_parse(latest));
        observation_note(observation, "You hold %s until %s; what is not done by then needs it again.",
                         json_get_shown(role, "name"), day);
        if (first != NULL && strcmp(latest, first) >= 0)
            continue;
        first = latest;
        observation_learn(observation, ADMIN_ROLE_END, latest);
        observation_learn(observation, ADMIN_ROLE_ENDING, json_get_string(role, "name"));
    }
}

/* A role that is held in an administrative unit only looks like one in the portal, and is none here. */
static void note_parts(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, READ_ENDS);
    json_for_each (role, json_get(object->with, "roles")) {
        gboolean in_a_part = FALSE;
        json_for_each (instance, reply_rows(reply)) {
            const char *where = json_get_string(instance, "directoryScopeId");
            in_a_part = in_a_part ||
                        (g_strcmp0(json_get_string(instance, "roleDefinitionId"), json_get_string(role, "id")) == 0 &&
                         where != NULL && strcmp(where, "/") != 0);
        }
        if (in_a_part && !holds(g_ptr_array_index(replies, READ_ACTIVE), "roleTemplateId", json_get_string(role, "id")))
            observation_note(observation,
                             "You hold %s for a part of the directory only (an administrative unit), which does not "
                             "help here.",
                             json_get_shown(role, "name"));
    }
}

/* A tenant without Privileged Identity Management has nothing to activate; any other refusal leaves it open. */
static void note_unread(GPtrArray *replies, struct observation *observation)
{
    static const enum read reads[] = {READ_ELIGIBLE, READ_GROUPS};
    static const char *const what[] = {"roles", "groups with a role"};
    for (gsize i = 0; i < G_N_ELEMENTS(reads); i++) {
        const struct reply *reply = g_ptr_array_index(replies, reads[i]);
        if (reply_is_success(reply) || g_strcmp0(reply->error_code, "AadPremiumLicenseRequired") == 0)
            continue;
        observation_note(observation,
                         "Not told (%d%s%s): which %s the account could activate. Look in Entra > Privileged Identity "
                         "Management > My roles.",
                         reply->status, reply->error_code != NULL && reply->error_code[0] != '\0' ? ", " : "",
                         reply->error_code != NULL ? reply->error_code : "", what[i]);
    }
}

/* A refusal of this reading is no refusal of the work: each request then says itself whether it may be done. An
 * application has no account of its own to ask about ("BadRequest"). */
static void let_every_step_try(const struct object *object, const struct reply *active, struct observation *observation)
{
    json_for_each (step, json_get(object->with, "steps")) {
        observation_learn(observation, json_string(step), "");
    }
    /* Nothing is known of what may be activated. */
    static const char *const names[] = {"offers", "opens", "groups"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        observation_learn(observation, names[i], "");
    observation_learn(observation, "mayActivate", "no");
    observation->unasked = TRUE;
    if (strcmp(active->error_code, "BadRequest") == 0) {
        observation_set(observation, OBJECT_MATCHES,
                        "An application is signed in, which only reads: roles are those of a person.");
        return;
    }
    if (active->status == 404) {
        observation_set(observation, OBJECT_MATCHES,
                        "This account is not one of the tenant's own: a partner administrator (delegated "
                        "administration, GDAP). Which roles it has here, Microsoft does not tell.");
        observation_note(
            observation,
            "You are signed in as a partner administrator (delegated administration, GDAP): users and groups "
            "can be worked on within the delegated roles. Access packages, reviewers, sponsors and Defender's "
            "roles want a member account of this tenant.");
        return;
    }
    observation_set(observation, OBJECT_MATCHES, "Microsoft does not tell which roles are active.");
    observation_note(observation,
                     "The reading was refused (%d%s%s): whether a step may be done shows when it is tried.",
                     active->status, active->error_code[0] != '\0' ? ", " : "", active->error_code);
}

/* Only active assignments are listed by Microsoft: an eligible role shows after its activation. */
static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *active = g_ptr_array_index(replies, READ_ACTIVE);
    if (!reply_is_success(active)) {
        let_every_step_try(object, active, observation);
        return;
    }
    const char *main_role = json_get_string(json_at(json_get(object->with, "roles"), 0), "name");
    g_autoptr(GPtrArray) useful = active_for(object, NULL, replies);
    g_autofree char *held = directory_role_names(active);
    g_autofree char *hint = activation_hint(object, NULL, replies);
    json_for_each (step, json_get(object->with, "steps")) {
        g_autoptr(GPtrArray) enough = roles_for(object, json_string(step), NULL, NULL);
        g_autofree char *names = text_join(enough, " or ");
        g_autofree char *step_hint = activation_hint(object, json_string(step), replies);
        g_autofree char *sentence = g_strdup_printf("This needs %s; active: %s.%s", names, held, step_hint);
        observation_learn(observation, json_string(step), lacks(object, json_string(step), replies) ? sentence : "");
    }
    learn_what_may_be_activated(object, replies, observation);
    note_ends(object, replies, observation);
    note_parts(object, replies, observation);
    if (strcmp(useful->len > 0 ? g_ptr_array_index(useful, 0) : "", main_role) != 0)
        note_unread(replies, observation);
    if (useful->len == 0) {
        observation_difference(observation, "active roles", main_role, held, TRUE);
        observation_set(observation, OBJECT_DIFFERS, "%s is not active for this account (active: %s).%s", main_role,
                        held,
                        hint[0] != '\0' ? hint
                                        : " Sign in with an account that has it, or have it assigned to this one, then "
                                          "check again.");
        return;
    }
    if (strcmp(g_ptr_array_index(useful, 0), main_role) == 0)
        observation_set(observation, OBJECT_MATCHES, "Active roles: %s.", held);
    else
        observation_set(observation, OBJECT_MATCHES,
                        "Active roles: %s. %s is not active for this account: each step that needs it says so.%s", held,
                        main_role, hint);
}

void admin_role_add_enough(const struct object *object, const char *step, json *roles)
{
    /* Not where the profile says only of every step that a role is needed. */
    gboolean asks = json_has_text(json_get(object->with, "steps"), step);
    json_for_each (role, json_get(object->with, "roles")) {
        asks = asks || json_has_text(json_get(role, "steps"), step);
    }
    if (!asks)
        return;
    g_autoptr(GPtrArray) names = roles_for(object, step, NULL, NULL);
    for (guint i = 0; i < names->len; i++)
        json_append_string(roles, g_ptr_array_index(names, i));
}

static char *unknown_step(const json *value, gconstpointer data, gconstpointer profile)
{
    (void)data;
    gboolean known = strcmp(json_string(value), EVERY_STEP) == 0 || profile_step(profile, json_string(value)) != NULL;
    return known ? NULL : g_strdup("no step has this id.");
}

static const struct json_schema step_entry = {.is = JSON_TEXT, .problem = unknown_step};

static const struct json_schema step_role_members[] = {
    {.name = "id", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "name", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "steps", .is = JSON_LIST | JSON_FILLED | JSON_REQUIRED, .inner = &step_entry},
    {.name = NULL},
};
static const struct json_schema step_role_entry = {
    .is = JSON_OBJECT, .inner = step_role_members, .problem = directory_role_misnamed};

static const struct json_schema with[] = {
    {.name = "me", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "steps", .is = JSON_LIST | JSON_REQUIRED, .inner = &step_entry},
    {.name = "roles", .is = JSON_LIST | JSON_FILLED | JSON_REQUIRED, .inner = &step_role_entry},
    {.name = NULL},
};

static const char *const learns[] = {"offers",       "opens",           "groups", "mayActivate",
                                     ADMIN_ROLE_END, ADMIN_ROLE_ENDING, NULL};

const struct object_kind admin_role_kind = {
    .name = "admin-role",
    .with = with,
    .learns = learns,
    .learns_steps = TRUE,
    .optional_reads = READS,
    .look_up = look_up,
    .compare = compare,
};
