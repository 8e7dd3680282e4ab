/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/compare.h"

#define PATH "/v1.0/identityGovernance/entitlementManagement/connectedOrganizations/%s/internalSponsors"
#define WRITE_SCOPE "EntitlementManagement.ReadWrite.All"

static void look_up(const struct object *object, GPtrArray *requests)
{
    struct request *request = request_get(SERVICE_GRAPH, PATH, object_text(object, "organization"));
    request->scope = "EntitlementManagement.Read.All";
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    int others = compare_members(object, json_get(reply->body, "value"), compare_is_user, observation);
    if (others > 0)
        observation_note(observation, "The connected organization has %d other internal sponsor%s.", others,
                         others > 1 ? "s" : "");
}

static struct request *create(const struct object *object)
{
    g_autofree char *uri =
        g_strdup_printf("%s/v1.0/users/%s", object_text(object, "graph"), object_text(object, "user"));
    struct request *request = request_write("POST", SERVICE_GRAPH, json_from("{'@odata.id':%s}", uri), PATH "/$ref",
                                            object_text(object, "organization"));
    request->scope = WRITE_SCOPE;
    return request;
}

/* The request names whom by an id only; what is known already may be another's, of an earlier answer. */
static char *who(const struct object *object)
{
    const char *person = object_text(object, "person");
    gboolean is_it = object->known_id[0] == '\0' || strcmp(object->known_id, object_text(object, "user")) == 0;
    return is_it && person[0] != '\0' ? g_strdup(person) : NULL;
}

static struct request *remove_sponsor(const struct object *object)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, PATH "/%s/$ref",
                                            object_text(object, "organization"), object->known_id);
    request->scope = WRITE_SCOPE;
    return request;
}

static const struct json_schema with[] = {
    {.name = "organization", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "user", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "graph", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "person", .is = WITH_TEXT},
    {.name = NULL},
};

const struct object_kind sponsor_kind = {
    .name = "sponsor",
    .with = with,
    .verb = "assign",
    .action = "assigned",
    .reply_has_no_id = TRUE,
    .id_is_reused = TRUE,
    .answer_chooses = TRUE,
    .is_part = TRUE,
    .is_companys = TRUE, /* a member of the company's, who opens nothing */
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .plan_adds = who,
    .remove = remove_sponsor,
};
