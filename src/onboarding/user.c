/* SPDX-License-Identifier: MIT */
#include "onboarding/user.h"

#include <string.h>

#include "base/json.h"

void user_look_up(const struct object *object, GPtrArray *requests)
{
    const char *user_name = object_text(object, "userName");
    g_autofree char *mail = odata_literal(user_name);
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/users");
    request_query(request, "$filter", "mail eq %s", mail);
    request_query(request, "$select", USER_MEMBERS);
    request->scope = "User.Read.All";
    request->all_pages = TRUE;
    struct request *by_name = request_get(SERVICE_GRAPH, "/v1.0/users/%s", user_name);
    request_query(by_name, "$select", USER_MEMBERS);
    by_name->scope = "User.Read.All";
    g_ptr_array_add(requests, by_name);
    g_ptr_array_add(requests, request);
}

const json *user_found(GPtrArray *replies, struct observation *observation)
{
    const struct reply *by_name = g_ptr_array_index(replies, 0);
    const struct reply *by_mail = g_ptr_array_index(replies, 1);
    const json *hits = reply_rows(by_mail);
    const json *user = json_at(hits, 0);
    if (by_name->status != 404)
        return by_name->body;
    if (json_length(hits) > 1)
        observation_note(observation,
                         "%d accounts have this mail address: enter the user name of the one that is meant.",
                         json_length(hits));
    if (json_length(hits) != 1)
        return NULL;
    observation_note(observation, "Found by its mail address: the user name is %s.",
                     json_get_shown(user, "userPrincipalName"));
    return user;
}

gboolean user_is_of_domains(const char *address, const char *domains)
{
    const char *at = strrchr(address, '@');
    g_autofree char *domain = g_ascii_strdown(at != NULL ? at + 1 : "", -1);
    g_auto(GStrv) verified = g_strsplit(domains, " ", -1);
    return domain[0] != '\0' && g_strv_contains((const char *const *)verified, domain);
}

gboolean user_is_to_be_made(const struct object *object)
{
    return strcmp(object_text(object, "mode"), "create") == 0;
}
