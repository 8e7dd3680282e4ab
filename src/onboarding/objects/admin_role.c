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

static gboolean has_role(const struct reply *reply, const char *member, const char *id)
{
    json_for_each (role, reply_is_success(reply) ? json_get(reply->body, "value") : NULL) {
        if (g_strcmp0(json_get_string(role, member), id) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean allows(const json *role, const char *step)
{
    json_for_each (name, json_get(role, "steps")) {
        if (g_strcmp0(json_string(name), EVERY_STEP) == 0 || g_strcmp0(json_string(name), step) == 0)
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
        if ((step == NULL || allows(role, step)) &&
            (reply == NULL || has_role(reply, member, json_get_string(role, "id"))))
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

static void judge_step(const struct object *object, const char *step, GPtrArray *replies,
                       struct observation *observation)
{
    g_autoptr(GPtrArray) active = active_for(object, step, replies);
    g_autoptr(GPtrArray) enough = roles_for(object, step, NULL, NULL);
    g_autofree char *names = text_join(enough, " or ");
    g_autofree char *held = directory_role_names(g_ptr_array_index(replies, 0));
    g_autofree char *hint = activation_hint(object, step, replies);
    g_autofree char *sentence = g_strdup_printf("This needs %s; active: %s.%s", names, held, hint);
    observation_learn(observation, step, active->len > 0 ? "" : sentence);
}

/* Only active assignments are listed by Microsoft: an eligible role shows after its activation. */
static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const char *main_role = json_get_string(json_at(json_get(object->with, "roles"), 0), "name");
    g_autoptr(GPtrArray) useful = active_for(object, NULL, replies);
    g_autofree char *held = directory_role_names(g_ptr_array_index(replies, 0));
    g_autofree char *hint = activation_hint(object, NULL, replies);
    json_for_each (step, json_get(object->with, "steps")) {
        judge_step(object, json_string(step), replies, observation);
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

/* TRUE if the profile says of STEP itself, and not only of every one, that a role is needed. */
static gboolean asks_for_a_role(const struct object *object, const char *step)
{
    json_for_each (name, json_get(object->with, "steps")) {
        if (g_strcmp0(json_string(name), step) == 0)
            return TRUE;
    }
    json_for_each (role, json_get(object->with, "roles")) {
        json_for_each (name, json_get(role, "steps")) {
            if (g_strcmp0(json_string(name), step) == 0)
                return TRUE;
        }
    }
    return FALSE;
}

void admin_role_add_enough(const struct object *object, const char *step, json *roles)
{
    if (!asks_for_a_role(object, step))
        return;
    g_autoptr(GPtrArray) names = roles_for(object, step, NULL, NULL);
    for (guint i = 0; i < names->len; i++)
        json_append_string(roles, g_ptr_array_index(names, i));
}

const struct object_kind admin_role_kind = {
    .name = "admin-role",
    .optional_reads = 1,
    .look_up = look_up,
    .compare = compare,
};
