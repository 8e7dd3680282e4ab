/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/text.h"
#include "onboarding/directory_role.h"

/*
 * What the account that is signed in may do. The profile's table says which role is enough for which step; what a step
 * is refused for is learnt under the step's id, "" if nothing is in the way.
 */

#define EVERY_STEP "*"

static void look_up(const struct object *object, GPtrArray *requests)
{
    struct request *active = directory_role_active("me");
    active->scope = "User.Read";
    g_ptr_array_add(requests, active);
    struct request *eligible =
        request_get(SERVICE_GRAPH, "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances");
    request_query(eligible, "$filter", "principalId eq '%s'", object_text(object, "me"));
    eligible->scope = "RoleEligibilitySchedule.Read.Directory";
    eligible->all_pages = TRUE;
    g_ptr_array_add(requests, eligible);
}

/* The names of the profile's roles that are enough for STEP (NULL: for any) and that REPLY (NULL: any) holds. */
static GPtrArray *roles_for(const struct object *object, const char *step, const struct reply *reply,
                            const char *member)
{
    GPtrArray *names = g_ptr_array_new();
    json_for_each (role, json_get(object->with, "roles")) {
        const json *steps = json_get(role, "steps");
        gboolean allows = step == NULL || json_has_text(steps, EVERY_STEP) || json_has_text(steps, step);
        const json *held = reply != NULL && reply_is_success(reply) ? json_get(reply->body, "value") : NULL;
        if (allows && (reply == NULL || json_find(held, member, json_get_string(role, "id")) != NULL))
            g_ptr_array_add(names, (gpointer)json_get_string(role, "name"));
    }
    return names;
}

static GPtrArray *active_for(const struct object *object, const char *step, GPtrArray *replies)
{
    return roles_for(object, step, g_ptr_array_index(replies, 0), "roleTemplateId");
}

/* What to do if a role that is enough for STEP only waits to be activated; "" if there is none. Caller frees. */
static char *activation_hint(const struct object *object, const char *step, GPtrArray *replies)
{
    g_autoptr(GPtrArray) eligible = roles_for(object, step, g_ptr_array_index(replies, 1), "roleDefinitionId");
    if (eligible->len == 0)
        return g_strdup("");
    g_autofree char *names = text_join(eligible, " or ");
    return g_strdup_printf(" You are eligible for %s: activate it in Privileged Identity Management, then check again.",
                           names);
}

/* A refusal of this reading is no refusal of the work: each request then says itself whether it may be done. An
 * application has no account of its own to ask about ("BadRequest"). */
static void let_every_step_try(const struct object *object, const struct reply *active, struct observation *observation)
{
    json_for_each (step, json_get(object->with, "steps")) {
        observation_learn(observation, json_string(step), "");
    }
    if (strcmp(active->error_code, "BadRequest") == 0) {
        observation_set(observation, OBJECT_MATCHES,
                        "An application is signed in, which only reads: roles are those of a person.");
        return;
    }
    if (active->status == 404) {
        observation_set(observation, OBJECT_MATCHES,
                        "This account is not one of the tenant's own: a partner administrator (delegated "
                        "administration, GDAP). Which roles it has here, Microsoft does not tell.");
        observation_note(observation, "Users and groups can be worked on within the delegated roles. Access packages, "
                                      "reviewers, sponsors and Defender's roles want a member account of this tenant.");
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
    const struct reply *active = g_ptr_array_index(replies, 0);
    if (!reply_is_success(active)) {
        let_every_step_try(object, active, observation);
        return;
    }
    const char *main_role = json_get_string(json_at(json_get(object->with, "roles"), 0), "name");
    g_autoptr(GPtrArray) useful = active_for(object, NULL, replies);
    g_autofree char *held = directory_role_names(g_ptr_array_index(replies, 0));
    g_autofree char *hint = activation_hint(object, NULL, replies);
    json_for_each (step, json_get(object->with, "steps")) {
        g_autoptr(GPtrArray) active_here = active_for(object, json_string(step), replies);
        g_autoptr(GPtrArray) enough = roles_for(object, json_string(step), NULL, NULL);
        g_autofree char *names = text_join(enough, " or ");
        g_autofree char *step_hint = activation_hint(object, json_string(step), replies);
        g_autofree char *sentence = g_strdup_printf("This needs %s; active: %s.%s", names, held, step_hint);
        observation_learn(observation, json_string(step), active_here->len > 0 ? "" : sentence);
    }
    if (useful->len == 0) {
        observation_difference(observation, "active roles", main_role, held, TRUE);
        observation_set(observation, OBJECT_DIFFERS, "%s is not active for this account (active: %s).%s", main_role,
                        held, hint);
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

const struct object_kind admin_role_kind = {
    .name = "admin-role",
    .with = with,
    .learns_steps = TRUE,
    .optional_reads = 2,
    .look_up = look_up,
    .compare = compare,
};
