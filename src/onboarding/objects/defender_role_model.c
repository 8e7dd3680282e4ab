/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

/*
 * A hint at which role model Defender has. No API tells which workloads are activated, so this never decides anything:
 * roles of the tenant's own that are assigned to somebody speak for the unified model, a refusal says nothing. What
 * perch made itself is no hint.
 */

#define PATH "/beta/roleManagement/defender"

static void add_list(GPtrArray *requests, const char *path)
{
    struct request *request = request_get(SERVICE_GRAPH, "%s", path);
    request->scope = "RoleManagement.Read.Defender";
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

static void look_up(const struct object *object, GPtrArray *requests)
{
    (void)object;
    add_list(requests, PATH "/roleDefinitions");
    add_list(requests, PATH "/roleAssignments");
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const char *except = object_text(object, "except");
    const struct reply *definitions = g_ptr_array_index(replies, 0);
    const struct reply *assignments = g_ptr_array_index(replies, 1);
    /* Whatever the tenant shows, the model follows from the answer. */
    observation->unasked = TRUE;
    int roles = 0;
    json_for_each (definition, reply_rows(definitions)) {
        roles +=
            !json_get_bool(definition, "isBuiltIn", FALSE) && g_strcmp0(json_get_string(definition, "id"), except) != 0;
    }
    int assigned = 0;
    json_for_each (assignment, reply_rows(assignments)) {
        assigned += g_strcmp0(json_get_string(assignment, "roleDefinitionId"), except) != 0;
    }
    if (!reply_is_success(definitions)) {
        observation_set(observation, OBJECT_MATCHES,
                        "Defender has unified or classic roles, and no API tells which: perch goes by the answer. "
                        "Graph does not show the unified ones here (%d).",
                        definitions->status);
        return;
    }
    if (roles == 0 || assigned == 0) {
        observation_set(observation, OBJECT_MATCHES,
                        "Defender has unified or classic roles, and no API tells which: perch goes by the answer. No "
                        "unified role of the tenant's own is assigned, which proves neither.");
        return;
    }
    observation_learn(observation, "hint", "unified");
    observation_set(observation, OBJECT_MATCHES,
                    "Defender has unified or classic roles, and no API tells which: perch goes by the answer. The "
                    "tenant has %d unified role%s of its own with %d assignment%s, which speaks for unified.",
                    roles, roles == 1 ? "" : "s", assigned, assigned == 1 ? "" : "s");
}

static const struct json_schema with[] = {
    {.name = "except", .is = WITH_TEXT},
    {.name = NULL},
};

static const char *const learns[] = {"hint", NULL};

const struct object_kind defender_role_model_kind = {
    .name = "defender-role-model",
    .with = with,
    .learns = learns,
    .optional_reads = 2,
    .look_up = look_up,
    .compare = compare,
};
