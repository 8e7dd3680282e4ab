#include "onboarding/kinds.h"

#include "onboarding/service_principal.h"

/*
 * The partner's enterprise application: there as soon as somebody consented to it. Only a person can consent, in a
 * browser.
 */

static void look_up(const struct object *object, GPtrArray *requests)
{
    g_ptr_array_add(requests,
                    service_principal_by_app_id(
                        object_text(object, "appId"),
                        "id,appId,displayName,accountEnabled,appRoleAssignmentRequired,appOwnerOrganizationId"));
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
    observation_learn(observation, "id", json_get_string(principal, "id"));
    observation_set(observation, OBJECT_MATCHES, "The enterprise application “%s” is in this tenant.",
                    name != NULL ? name : "");
    if (!json_get_bool(principal, "accountEnabled", TRUE)) {
        observation_difference(observation, "accountEnabled", "yes", "no", TRUE);
        observation_set(observation, OBJECT_DIFFERS,
                        "The enterprise application is disabled: the partner cannot sign in. Enable it in the portal.");
    }
    if (json_get_bool(principal, "appRoleAssignmentRequired", FALSE))
        observation_note(observation,
                         "The enterprise application requires assignment: whoever is not assigned is refused.");
}

const struct object_kind application_kind = {
    .name = "application",
    .by_person = "consented to in the browser",
    .look_up = look_up,
    .compare = compare,
};
