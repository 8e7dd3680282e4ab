/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include "onboarding/collection.h"
#include "onboarding/door.h"
#include "onboarding/service_principal.h"

/*
 * The partner's enterprise application: there as soon as somebody consented to it. Only a person can consent, in a
 * browser.
 */

static void look_up(const struct object *object, GPtrArray *requests)
{
    struct request *request = service_principal_by_app_id(
        object_text(object, "appId"),
        "id,appId,displayName,accountEnabled,appRoleAssignmentRequired,appOwnerOrganizationId");
    request_query(request, "$expand", "owners");
    g_ptr_array_add(requests, request);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const json *principal = service_principal_found(g_ptr_array_index(replies, 0));
    if (principal == NULL) {
        observation_set(observation, OBJECT_ABSENT, "Nobody has consented to the application %s yet.",
                        object_text(object, "appId"));
        return;
    }
    const char *name = json_get_string(principal, "displayName");
    const char *owner_tenant = json_get_string(principal, "appOwnerOrganizationId");
    observation_learn(observation, "id", json_get_string(principal, "id"));
    /* Every application is some tenant's: one that is not told to be anybody's is not taken for the partner's. */
    observation_learn(observation, "owner", owner_tenant != NULL && owner_tenant[0] != '\0' ? owner_tenant : "unknown");
    g_autofree char *well =
        g_strdup_printf("The enterprise application “%s” is in this tenant.", name != NULL ? name : "");
    /* An owner may add credentials to it, and then act as the partner. */
    const struct door door = {.well = well,
                              .others = "The partner's application has owners, who could act in its name",
                              .by_hand = "Take them off in Entra > Enterprise applications > that one > Owners."};
    g_autoptr(GPtrArray) holders = door_holders_new();
    json_for_each (owner, json_get(principal, "owners")) {
        struct holder *holder = door_add(holders, json_get_string(owner, "id"), "owner", "%s", door_name_of(owner));
        if (holder != NULL)
            holder->by_hand = TRUE;
    }
    door_judge(object, holders, &door, observation);
    if (!json_get_bool(principal, "accountEnabled", TRUE)) {
        observation_difference(observation, "accountEnabled", "yes", "no", TRUE);
        observation_set(observation, OBJECT_DIFFERS,
                        "The enterprise application is disabled: the partner cannot sign in. Enable it in the portal.");
    }
    if (json_get_bool(principal, "appRoleAssignmentRequired", FALSE))
        observation_note(observation,
                         "The enterprise application requires assignment: whoever is not assigned is refused.");
}

/* With all that was granted to it; it can be restored for 30 days (serviceprincipal-delete). */
static const struct collection elements = {.path = "/v1.0/servicePrincipals",
                                           .write_scope = "Application.ReadWrite.All"};

static const struct json_schema with[] = {
    {.name = "appId", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};

static const char *const learns[] = {"owner", NULL};

const struct object_kind application_kind = {
    .name = "application",
    .with = with,
    .collection = &elements,
    .learns = learns,
    .is_door = TRUE,
    .by_person = "consented to in the browser",
    .look_up = look_up,
    .compare = compare,
    .remove = collection_remove,
};
