/* SPDX-License-Identifier: MIT */
#include "onboarding/user.h"

#include <string.h>

struct request *user_by_name(const char *user_name)
{
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/users/%s", user_name);
    request_query(request, "$select", USER_MEMBERS);
    request->scope = "User.Read.All";
    return request;
}

gboolean user_is_to_be_made(const struct object *object)
{
    return strcmp(object_text(object, "mode"), "create") == 0;
}
