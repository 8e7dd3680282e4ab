/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/door.h"

/*
 * Who the partner is, told in several ways: the tenant that a profile pins, the one behind its domain, the owner of
 * each of its applications. They are one and the same, or somebody else stands for the partner.
 * Everything is known already by the time it is asked.
 */

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    (void)replies;
    g_autoptr(GPtrArray) others = door_holders_new();
    const char *first = NULL;
    const char *first_told_by = NULL;
    guint told = 0;
    json_for_each (way, json_get(object->with, "tenants")) {
        const char *tenant = json_get_string(way, "tenant");
        const char *told_by = json_get_string(way, "toldBy");
        if (tenant == NULL || tenant[0] == '\0' || tenant[0] == '{')
            continue;
        told++;
        if (first == NULL) {
            first = tenant;
            first_told_by = told_by;
        } else if (g_ascii_strcasecmp(first, tenant) != 0) {
            struct holder *other = door_add(others, tenant, told_by, "is %s", tenant);
            if (other != NULL)
                other->by_hand = TRUE;
        }
    }
    g_autofree char *well = told > 1 ? g_strdup_printf("One tenant, told in %u ways: %s.", told, first)
                                     : g_strdup("Told in one way only so far.");
    g_autofree char *is_not = g_strdup_printf("The partner is not one tenant: %s is %s, and",
                                              first_told_by != NULL ? first_told_by : "nobody", first);
    const struct door door = {
        .well = well,
        .others = is_not,
        .by_hand = "Ask the partner, by a way that you know, before anything more is given.",
    };
    door_judge(object, others, &door, observation);
    /* With itself alone it is compared with nothing. */
    observation->unasked = told == 1;
    if (told == 0)
        observation_set(observation, OBJECT_UNKNOWN, "Who the partner is was not told in any way yet.");
}

static const struct json_schema way_members[] = {
    {.name = "toldBy", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "tenant", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};
static const struct json_schema way_entry = {.is = JSON_OBJECT, .inner = way_members};

static const struct json_schema with[] = {
    {.name = "tenants", .is = JSON_LIST | JSON_FILLED | JSON_REQUIRED, .inner = &way_entry},
    {.name = NULL},
};

const struct object_kind one_tenant_kind = {
    .name = "one-tenant",
    .with = with,
    .reads_last = TRUE,
    .by_hand_only = TRUE,
    .compare = compare,
};
