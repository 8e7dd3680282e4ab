#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/compare.h"

#define SELECTED                                                                                                       \
    "id,displayName,description,securityEnabled,mailEnabled,groupTypes,isAssignableToRole,membershipRule,"             \
    "onPremisesSyncEnabled"
#define READ_SCOPE "Group.Read.All"
#define WRITE_SCOPE "Group.ReadWrite.All RoleManagement.ReadWrite.Directory"

/* isAssignableToRole can only be set at creation (Microsoft: role-assignable groups). */
static const struct compared_field fields[] = {
    {"displayName", FIELD_CLASS_REPAIRABLE}, {"description", FIELD_CLASS_REPAIRABLE},
    {"securityEnabled", FIELD_CLASS_FIXED},  {"mailEnabled", FIELD_CLASS_FIXED},
    {"groupTypes", FIELD_CLASS_FIXED},       {"isAssignableToRole", FIELD_CLASS_FIXED},
};

static struct request *select_group(struct request *request)
{
    request_query(request, "$select", SELECTED);
    request->scope = READ_SCOPE;
    return request;
}

static void look_up(const struct object *object, GPtrArray *requests)
{
    if (object->known_id[0] != '\0')
        g_ptr_array_add(requests, select_group(request_get(SERVICE_GRAPH, "/v1.0/groups/%s", object->known_id)));
    g_autofree char *name = odata_literal(object_text(object, "displayName"));
    struct request *by_name = request_get(SERVICE_GRAPH, "/v1.0/groups");
    request_query(by_name, "$filter", "displayName eq %s", name);
    by_name->all_pages = TRUE;
    g_ptr_array_add(requests, select_group(by_name));
    struct request *deleted = request_get(SERVICE_GRAPH, "/v1.0/directory/deletedItems/microsoft.graph.group");
    request_query(deleted, "$filter", "displayName eq %s", name);
    deleted->all_pages = TRUE;
    g_ptr_array_add(requests, select_group(deleted));
}

static json *wanted(const struct object *object)
{
    return json_from("{'displayName':%s,'description':%s,'mailEnabled':false,'mailNickname':%s,"
                     "'securityEnabled':true,'groupTypes':[],'isAssignableToRole':true}",
                     object_text(object, "displayName"), object_text(object, "description"),
                     object_text(object, "mailNickname"));
}

static char *describe(const json *group)
{
    return g_strdup_printf("%s, %s (%s)", json_get_string(group, "displayName"),
                           json_get_bool(group, "isAssignableToRole", FALSE) ? "role-assignable"
                                                                             : "not role-assignable",
                           json_get_string(group, "id"));
}

static const json *find_deleted(const struct object *object, const struct reply *deleted)
{
    const json *best = NULL;
    json_for_each (group, json_get(deleted->body, "value")) {
        if (g_strcmp0(json_get_string(group, "id"), object->our_deleted) == 0)
            return group;
        if (json_get_bool(group, "isAssignableToRole", FALSE))
            best = group;
    }
    return best;
}

static void offer_restore(const struct object *object, const struct reply *deleted, struct observation *observation)
{
    const json *group = find_deleted(object, deleted);
    if (group == NULL)
        return;
    g_free(observation->deleted_id);
    observation->deleted_id = g_strdup(json_get_string(group, "id"));
    if (strcmp(observation->deleted_id, object->our_deleted) == 0)
        return;
    observation_set(observation, OBJECT_ABSENT, "A deleted group “%s” (%s) is in the recycle bin.",
                    object_text(object, "displayName"), observation->deleted_id);
    observation_candidate(observation, "restore", "Restore the deleted group", FALSE);
    observation_candidate(observation, "create", "Leave it there and create a new one", FALSE);
}

static void explain_difference(const json *group, struct observation *observation)
{
    if (observation->state != OBJECT_DIFFERS)
        return;
    if (!observation_is_fixed(observation)) {
        observation_set(observation, OBJECT_DIFFERS, "The group is there and its texts differ.");
        observation_candidate(observation, "repair", "Change it as wanted", FALSE);
        observation_candidate(observation, "keep", "Keep it as it is", FALSE);
        return;
    }
    if (!json_get_bool(group, "isAssignableToRole", FALSE))
        observation_set(
            observation, OBJECT_DIFFERS,
            "The group “%s” is not role-assignable, and Microsoft never lets that be changed. Choose another "
            "name, or delete the group yourself and check again.",
            json_get_string(group, "displayName"));
    else
        observation_set(observation, OBJECT_DIFFERS, "The group “%s” is of another type, which cannot be changed.",
                        json_get_string(group, "displayName"));
    observation_candidate(observation, "name:", "Create one under another name", TRUE);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    guint first = object->known_id[0] != '\0' ? 1 : 0;
    const struct reply *deleted = g_ptr_array_index(replies, first + 1);
    g_autoptr(GPtrArray) live = g_ptr_array_new();
    for (guint i = 0; i <= first; i++)
        g_ptr_array_add(live, g_ptr_array_index(replies, i));
    g_autoptr(GPtrArray) hits = compare_hits(live, first);
    const json *group = compare_choose(object, hits, observation, describe);
    if (group == NULL) {
        if (observation->state == OBJECT_ABSENT)
            offer_restore(object, deleted, observation);
        return;
    }
    g_autoptr(json) want = wanted(object);
    compare_take(observation, group);
    compare_fields(observation, want, group, fields, G_N_ELEMENTS(fields));
    explain_difference(group, observation);
}

static struct request *create(const struct object *object)
{
    struct request *request = request_write("POST", SERVICE_GRAPH, wanted(object), "/v1.0/groups");
    request->scope = WRITE_SCOPE;
    return request;
}

static struct request *repair(const struct object *object)
{
    if (observation_is_fixed(object->observation))
        return NULL;
    g_autoptr(json) want = wanted(object);
    struct request *request = request_write("PATCH", SERVICE_GRAPH, compare_repair_body(object->observation, want),
                                            "/v1.0/groups/%s", object->observation->id);
    request->scope = "Group.ReadWrite.All";
    return request;
}

static struct request *restore_old(const struct object *object, const json *old)
{
    struct request *request = request_write("PATCH", SERVICE_GRAPH, compare_old_body(old, fields, G_N_ELEMENTS(fields)),
                                            "/v1.0/groups/%s", json_get_string(old, "id"));
    (void)object;
    request->scope = "Group.ReadWrite.All";
    return request;
}

static struct request *remove_group(const struct object *object)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/groups/%s", object->known_id);
    request->scope = WRITE_SCOPE;
    return request;
}

static struct request *restore(const struct object *object)
{
    struct request *request = request_write("POST", SERVICE_GRAPH, NULL, "/v1.0/directory/deletedItems/%s/restore",
                                            object->observation->deleted_id);
    request->scope = WRITE_SCOPE;
    return request;
}

const struct object_kind group_kind = {
    .name = "group",
    .verb = "create",
    .action = "created",
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .repair = repair,
    .restore_old = restore_old,
    .remove = remove_group,
    .restore = restore,
};
