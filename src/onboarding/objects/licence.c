#include "onboarding/kinds.h"

#include <string.h>

static void look_up(const struct object *object, GPtrArray *requests)
{
    (void)object;
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/subscribedSkus");
    request->scope = "Organization.Read.All";
    g_ptr_array_add(requests, request);
}

static gboolean sku_is_usable(const json *sku)
{
    const char *status = json_get_string(sku, "capabilityStatus");
    return g_strcmp0(status, "Enabled") == 0 || g_strcmp0(status, "Warning") == 0;
}

static gboolean plan_is_usable(const json *plan)
{
    const char *status = json_get_string(plan, "provisioningStatus");
    return status != NULL && (strcmp(status, "Success") == 0 || g_str_has_prefix(status, "Pending"));
}

static gboolean has_plan(const json *skus, const char *service_plan_id)
{
    json_for_each (sku, skus) {
        if (!sku_is_usable(sku))
            continue;
        json_for_each (plan, json_get(sku, "servicePlans")) {
            if (g_strcmp0(json_get_string(plan, "servicePlanId"), service_plan_id) == 0 && plan_is_usable(plan))
                return TRUE;
        }
    }
    return FALSE;
}

/* The name of the first plan of with.NAME that the tenant has, or NULL. */
static const char *first_plan(const struct object *object, const json *skus, const char *name)
{
    json_for_each (plan, json_get(object->with, name)) {
        if (has_plan(skus, json_get_string(plan, "servicePlanId")))
            return json_get_string(plan, "name");
    }
    return NULL;
}

static void note_defender(const struct object *object, const json *skus, struct observation *observation)
{
    const char *defender = first_plan(object, skus, "defender");
    if (defender != NULL)
        observation_note(observation, "%s is licensed.", defender);
    else
        observation_note(observation,
                         "No Defender for Endpoint plan was found among the licences. That is a warning only: "
                         "it also comes with Defender for Servers.");
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const json *skus = json_get(reply->body, "value");
    const char *full = first_plan(object, skus, "full");
    const char *basic = first_plan(object, skus, "basic");
    note_defender(object, skus, observation);
    if (full != NULL) {
        observation_learn(observation, "entra", "full");
        observation_set(observation, OBJECT_MATCHES, "%s is licensed: all steps are possible.", full);
        return;
    }
    observation_learn(observation, "entra", basic != NULL ? "basic" : "none");
    if (basic != NULL) {
        observation_set(
            observation, OBJECT_MATCHES,
            "The tenant has %s only. Connected organization, catalog and access package need Microsoft Entra "
            "ID P2 or Governance (not Defender Plan 2); without it the partner's people are invited as guests.",
            basic);
        return;
    }
    observation_difference(observation, "licence", "Microsoft Entra ID P2 or Governance", "neither", TRUE);
    observation_set(observation, OBJECT_DIFFERS,
                    "The tenant has no Microsoft Entra ID P1 or P2 licence: a role-assignable group needs P1, access "
                    "packages need P2 or Governance. Buy one, then check again.");
}

const struct object_kind licence_kind = {
    .name = "licence",
    .look_up = look_up,
    .compare = compare,
};
