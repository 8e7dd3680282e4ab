/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "onboarding/kinds.h"

#include <string.h>

/*
 * How old Defender's newest event of a device is, by Graph's hunting. Telemetry of this tenant is what that proves;
 * that the partner receives it only the partner sees. Read only where the right to hunt was given anyhow, and in
 * nobody's way.
 */

#define QUERY "DeviceInfo | summarize max(Timestamp)"
#define COLUMN "max_Timestamp"

static void look_up(const struct object *object, GPtrArray *requests)
{
    (void)object;
    struct request *request =
        request_write("POST", SERVICE_GRAPH, json_from("{'Query':'" QUERY "'}"), "/v1.0/security/runHuntingQuery");
    request->scope = "ThreatHunting.Read.All";
    request->asks = TRUE;
    request->if_granted = TRUE;
    g_ptr_array_add(requests, request);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    (void)object;
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const json *row = json_at(json_get(reply->body, "results"), 0);
    const char *newest = json_get_string(row, COLUMN);
    g_autofree char *moment = clock_moment_of(newest != NULL ? newest : "");
    observation->unasked = newest == NULL || newest[0] == '\0';
    if (!reply_is_success(reply))
        observation_set(observation, OBJECT_MATCHES, "Hunting was refused (%d); nothing here depends on it.",
                        reply->status);
    else if (newest == NULL || newest[0] == '\0')
        observation_set(observation, OBJECT_MATCHES, "Defender holds no event of a device yet.");
    else
        observation_set(
            observation, OBJECT_MATCHES,
            "The newest event of a device in Defender is of %s; whether it reaches the partner, the partner "
            "sees.",
            moment);
}

const struct object_kind newest_event_kind = {
    .name = "newest-event",
    .in_nobodys_way = TRUE,
    .look_up = look_up,
    .compare = compare,
};
