/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/text.h"

/*
 * The device groups that hold machines, as far as this account sees them. No API shows who may see which group, and a
 * group without machines is not seen at all: names that a person gave are added. The names are learnt, one a line.
 */

#define UNGROUPED "Ungrouped devices (default)"
#define MACHINES_A_PAGE "1000"

static void look_up(const struct object *object, GPtrArray *requests)
{
    (void)object;
    struct request *request = request_get(SERVICE_DEFENDER, "/api/machines");
    request_query(request, "$top", MACHINES_A_PAGE);
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

static void add_name(GPtrArray *names, const char *name)
{
    if (name != NULL && name[0] != '\0' && strcmp(name, "UnassignedGroup") != 0 && strcmp(name, UNGROUPED) != 0 &&
        strchr(name, '\n') == NULL && !g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
        g_ptr_array_add(names, (gpointer)name);
}

/* A 404 says that there are no recent machines. */
static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    json_for_each (machine, reply_rows(reply)) {
        add_name(found, json_get_string(machine, "rbacGroupName"));
    }
    g_autofree char *text = text_join(found, ", ");
    g_autoptr(GPtrArray) names = g_ptr_array_copy(found, NULL, NULL);
    json_for_each (name, json_get(object->with, "names")) {
        add_name(names, json_string(name));
    }
    g_ptr_array_add(names, UNGROUPED);
    g_autofree char *lines = text_join(names, "\n");
    observation_learn(observation, "names", lines);
    /* Whether the partner may see them nothing tells. */
    observation->unasked = TRUE;
    if (!reply_is_success(reply) && reply->status != 404) {
        observation_set(
            observation, OBJECT_MATCHES,
            "Defender does not show the machines (%d), so which device groups there are is the answers' word.",
            reply->status);
        return;
    }
    if (found->len == 0)
        observation_set(
            observation, OBJECT_MATCHES,
            "No machine that this account sees is in a device group. Who may see which group no API shows.");
    else
        observation_set(observation, OBJECT_MATCHES,
                        "Device groups that hold machines: %s. Who may see which group no API shows.", text);
    if (found->len > 0 && !json_get_bool(object->with, "used", TRUE))
        observation_note(observation, "You say that device groups are not used, and machines are in: %s.", text);
}

static const struct json_schema with[] = {
    {.name = "names", .is = WITH_ANSWER, .inner = &with_text},
    {.name = "used", .is = WITH_ANSWER, .inner = &with_text},
    {.name = NULL},
};

static const char *const learns[] = {"names", NULL};

const struct object_kind device_groups_kind = {
    .name = "device-groups",
    .with = with,
    .learns = learns,
    .optional_reads = 1,
    .missing_is_absent = TRUE,
    .portal_will_do = TRUE,
    .look_up = look_up,
    .compare = compare,
};
