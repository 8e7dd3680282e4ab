/* SPDX-License-Identifier: MIT */
/* The practice tenant's own hooks for tests: POST /practice/fault, GET /practice/state. */
#include "practice/fault.h"
#include "practice/route.h"

static void handle_fault(struct call *call)
{
    if (fault_arm(call->practice, call->body))
        answer_nothing(call, 204);
    else
        service_error(call, 400, "InvalidFault", "A fault is a JSON object with a path.");
}

static void handle_state(struct call *call)
{
    answer_json(call, 200, json_copy(call->practice->state));
}

static const struct route routes[] = {
    {.method = "POST", .path = "/practice/fault", .handle = handle_fault},
    {.method = "GET", .path = "/practice/state", .handle = handle_state},
};
const struct route_table hook_routes = ROUTE_TABLE(SERVICE_LOGIN, routes);
