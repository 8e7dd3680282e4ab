/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

/*
 * Whether Graph answers with alerts at all, read with the rights of who is signed in. It proves nothing about the
 * partner, so a refusal is said and stands in nobody's way.
 */

static void look_up(const struct object *object, GPtrArray *requests)
{
    (void)object;
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/security/alerts_v2");
    request_query(request, "$top", "1");
    request->scope = "SecurityAlert.Read.All";
    g_ptr_array_add(requests, request);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    (void)object;
    const struct reply *reply = g_ptr_array_index(replies, 0);
    observation->unasked = !reply_is_success(reply);
    if (!reply_is_success(reply))
        observation_set(observation, OBJECT_MATCHES,
                        "Your account may not read the alerts (%d); whether the partner's application can is another "
                        "matter.",
                        reply->status);
    else if (json_length(json_get(reply->body, "value")) == 0)
        observation_set(observation, OBJECT_MATCHES, "Graph answers; there are no alerts yet.");
    else
        observation_set(observation, OBJECT_MATCHES, "Graph answers with alerts.");
}

const struct object_kind alerts_kind = {
    .name = "alerts",
    .optional_reads = 1,
    .look_up = look_up,
    .compare = compare,
};
