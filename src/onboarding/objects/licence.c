/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

/* The decision to go on with what is left where the full licence ended. */
#define BASIC "basic"

static void look_up(const struct object *object, GPtrArray *requests)
{
    (void)object;
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/subscribedSkus");
    request->scope = "LicenseAssignment.Read.All";
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

/* A plan of with.NAME in a subscription of the given STATUS ("Suspended"); NULL: in none. */
static const char *plan_in_status(const struct object *object, const json *skus, const char *name, const char *status)
{
    json_for_each (plan, json_get(object->with, name)) {
        json_for_each (sku, skus) {
            if (g_strcmp0(json_get_string(sku, "capabilityStatus"), status) == 0 &&
                json_find(json_get(sku, "servicePlans"), "servicePlanId", json_get_string(plan, "servicePlanId")) !=
                    NULL)
                return json_get_string(plan, "name");
        }
    }
    return NULL;
}

/* A licence that was there and is no longer in force is a change of what stands, which a person decides about: nothing
 * that was set up falls away by itself. TRUE if that is so. */
static gboolean has_ended(const struct object *object, const json *skus, const char *basic,
                          struct observation *observation)
{
    static const struct {
        const char *status;
        const char *word;
    } ended[] = {{"Suspended", "suspended"}, {"LockedOut", "locked"}, {"Deleted", "deleted"}};
    for (gsize i = 0; i < G_N_ELEMENTS(ended); i++) {
        const char *plan = plan_in_status(object, skus, "full", ended[i].status);
        if (plan == NULL)
            continue;
        if (basic != NULL && object->decision.kind == DECISION_USE && strcmp(object->decision.text, BASIC) == 0)
            return FALSE;
        observation_learn(observation, "entra", "full");
        observation_difference(observation, plan, "in force", ended[i].word, TRUE);
        observation_set(observation, OBJECT_DIFFERS,
                        "%s is there and %s: the access package does not work until it is renewed. What was set up "
                        "stays.",
                        plan, ended[i].word);
        observation_candidate(observation, DECISION_KEEP, "", "Go on; it will be renewed");
        if (basic != NULL)
            observation_candidate(observation, DECISION_USE, BASIC, "Invite the partner's people as guests instead");
        return TRUE;
    }
    return FALSE;
}

/* The name of the first plan of with.NAME that is set up in a subscription in force, or in its days of grace; NULL:
 * there is none. */
static const char *first_plan(const struct object *object, const json *skus, const char *name)
{
    json_for_each (plan, json_get(object->with, name)) {
        json_for_each (sku, skus) {
            const char *state = json_get_string(sku, "capabilityStatus");
            const json *held =
                json_find(json_get(sku, "servicePlans"), "servicePlanId", json_get_string(plan, "servicePlanId"));
            const char *status = json_get_string(held, "provisioningStatus");
            if ((g_strcmp0(state, "Enabled") == 0 || g_strcmp0(state, "Warning") == 0) && status != NULL &&
                (strcmp(status, "Success") == 0 || g_str_has_prefix(status, "Pending")))
                return json_get_string(plan, "name");
        }
    }
    return NULL;
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const json *skus = json_get(reply->body, "value");
    const char *full = first_plan(object, skus, "full");
    const char *basic = first_plan(object, skus, "basic");
    const char *defender = first_plan(object, skus, "defender");
    if (defender != NULL)
        observation_note(observation, "%s is licensed.", defender);
    else
        observation_note(observation,
                         "No Defender for Endpoint plan was found among the licences. That is a warning only: "
                         "it also comes with Defender for Servers.");
    if (full != NULL) {
        observation_learn(observation, "entra", "full");
        observation_set(observation, OBJECT_MATCHES, "%s is licensed: all steps are possible.", full);
        if (plan_in_status(object, skus, "full", "Enabled") == NULL)
            observation_note(observation,
                             "%s has run out and is in its days of grace: it works still and ends unless it is "
                             "renewed. perch cannot read until when: Microsoft 365 admin center > Billing > Your "
                             "products says it.",
                             full);
        return;
    }
    if (has_ended(object, skus, basic, observation))
        return;
    observation_learn(observation, "entra", basic != NULL ? "basic" : "none");
    if (basic != NULL) {
        observation_set(
            observation, OBJECT_MATCHES,
            "The tenant has %s only. Connected organization, catalog and access package need Microsoft Entra "
            "ID P2 or Governance (not Defender Plan 2); without it the partner's people are invited as guests.",
            basic);
        return;
    }
    observation_set(observation, OBJECT_MATCHES,
                    "The tenant has no Microsoft Entra ID P1 or P2 licence. Streaming, consent and alerts do without; "
                    "the analysts' access to the console does not: a role-assignable group needs P1, access packages "
                    "need P2 or Governance.");
}

static const struct json_schema plan_members[] = {
    {.name = "servicePlanId", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "name", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};
static const struct json_schema plan_entry = {.is = JSON_OBJECT, .inner = plan_members};

static const struct json_schema with[] = {
    {.name = "full", .is = JSON_LIST | JSON_FILLED | JSON_REQUIRED, .inner = &plan_entry},
    {.name = "basic", .is = JSON_LIST | JSON_REQUIRED, .inner = &plan_entry},
    {.name = "defender", .is = JSON_LIST | JSON_REQUIRED, .inner = &plan_entry},
    {.name = NULL},
};

static const char *const learns[] = {"entra", NULL};

const struct object_kind licence_kind = {
    .name = "licence",
    .with = with,
    .learns = learns,
    .look_up = look_up,
    .compare = compare,
};
