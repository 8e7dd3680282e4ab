/* SPDX-License-Identifier: MIT */
/* Who is in what: groups and roles of users, groups and applications, members through other groups, managers. */
#include <string.h>

#include "practice/graph.h"
#include "practice/odata.h"
#include "practice/people.h"
#include "practice/tenant.h"

/* The id of the object that the path is about: of the signed-in one, or of one of the collection "subject". NULL and
 * answered if it is not there: a partner's administrator has no user object here. */
static const char *subject(struct call *call)
{
    const char *collection = json_get_string(call->route->data, "subject");
    const char *named = collection == NULL ? json_get_string(call->user, "id") : call->parameters[0];
    const json *person =
        collection == NULL || strcmp(collection, "users") == 0 ? people_find(call->practice, named) : NULL;
    const char *id = person != NULL ? json_get_string(person, "id") : named;
    if (tenant_read(call->practice, collection != NULL ? collection : "users", id) != NULL)
        return id;
    graph_not_found(call, named);
    return NULL;
}

static void add_groups_of(const struct practice *practice, const char *id, json *found)
{
    json_for_each (group, tenant_collection(practice, "groups")) {
        if (graph_list_has(json_get(group, "_members"), id, NULL) &&
            !graph_list_has(found, json_get_string(group, "id"), NULL))
            json_append_string(found, json_get_string(group, "id"));
    }
}

static void add_members_of(const struct practice *practice, const char *id, json *found)
{
    json_for_each (member, json_get(tenant_find(practice, "groups", id), "_members")) {
        if (!graph_list_has(found, json_string(member), NULL))
            json_append_string(found, json_string(member));
    }
}

/* What ADD finds of ID, and of each that was found if THROUGH_OTHERS. Caller frees. */
static json *related(const struct practice *practice, const char *id, gboolean through_others,
                     void (*add)(const struct practice *practice, const char *id, json *found))
{
    json *found = json_new_array();
    add(practice, id, found);
    json_for_each (member, through_others ? found : NULL) {
        add(practice, json_string(member), found);
    }
    return found;
}

/* The roles that ID itself holds. Caller frees. */
static json *own_roles(const struct practice *practice, const char *id)
{
    json *roles = json_new_array();
    json_for_each (definition, tenant_collection(practice, "roleDefinitions")) {
        gboolean holds = FALSE;
        json_for_each (assignment, tenant_collection(practice, "roleAssignments")) {
            holds = holds ||
                    (same_text(json_get_string(assignment, "principalId"), id) &&
                     same_text(json_get_string(assignment, "roleDefinitionId"), json_get_string(definition, "id")) &&
                     tenant_is_active(practice, assignment));
        }
        if (holds)
            json_append(roles, graph_directory_role(practice, definition));
    }
    return roles;
}

static void handle_member_of(struct call *call)
{
    const char *id = subject(call);
    if (id == NULL)
        return;
    const gboolean is_transitive = strstr(call->route->path, "/transitive") != NULL;
    json *objects = is_transitive ? graph_roles_of(call->practice, id) : own_roles(call->practice, id);
    g_autoptr(json) groups = related(call->practice, id, is_transitive, add_groups_of);
    json_for_each (group, groups) {
        json *shown = graph_directory_object(call, json_string(group));
        if (shown != NULL)
            json_append(objects, shown);
    }
    graph_answer_objects(call, objects);
}

static void handle_members(struct call *call)
{
    const char *id = subject(call);
    if (id == NULL)
        return;
    g_autoptr(json) members = related(call->practice, id, TRUE, add_members_of);
    graph_answer_directory_objects(call, members);
}

/* Applications have no owners here. */
static void handle_no_owners(struct call *call)
{
    if (subject(call) != NULL)
        graph_answer_objects(call, json_new_array());
}

/* The groups of the subject, also through other groups: all, or those of them that the body asks for. */
static void handle_member_groups(struct call *call)
{
    const char *id = subject(call);
    if (id == NULL)
        return;
    const json *asked = json_get(call->body, "groupIds");
    g_autoptr(json) groups = related(call->practice, id, TRUE, add_groups_of);
    json *ids = json_new_array();
    json_for_each (group, groups) {
        if (asked == NULL || graph_list_has(asked, json_string(group), NULL))
            json_append_string(ids, json_string(group));
    }
    g_autofree char *context =
        g_strconcat(call->practice->origins[SERVICE_GRAPH], "/v1.0/$metadata#Collection(Edm.String)", NULL);
    json *answer = json_from("{'@odata.context':%s}", context);
    json_set(answer, "value", ids);
    answer_json(call, 200, answer);
}

static void handle_object(struct call *call)
{
    g_autoptr(json) shown = graph_directory_object(call, call->parameters[0]);
    if (shown != NULL)
        odata_answer_object(call, 200, shown);
    else
        graph_not_found(call, call->parameters[0]);
}

/* Those of the body's ids that are there; of certain types only where it names some. */
static void handle_by_ids(struct call *call)
{
    const json *types = json_get(call->body, "types");
    json *objects = json_new_array();
    json_for_each (id, json_get(call->body, "ids")) {
        json *shown = graph_directory_object(call, json_string(id));
        const char *type = json_get_string(shown, "@odata.type");
        if (shown != NULL && (types == NULL || graph_list_has(types, strrchr(type, '.') + 1, NULL)))
            json_append(objects, shown);
        else
            json_free(shown);
    }
    graph_answer_objects(call, objects);
}

/* The user whom the path is about, with its manager in "+manager". NULL and answered if it is not there. */
static json *managed(struct call *call)
{
    const char *id = subject(call);
    return id != NULL ? tenant_read(call->practice, "users", id) : NULL;
}

static void handle_manager(struct call *call)
{
    const json *user = managed(call);
    const char *id = json_get_string(json_get(user, "+manager"), "id");
    g_autoptr(json) shown = id != NULL ? graph_directory_object(call, id) : NULL;
    if (shown != NULL)
        odata_answer_object(call, 200, shown);
    else if (user != NULL)
        graph_not_found(call, "manager");
}

static void handle_set_manager(struct call *call)
{
    json *user = managed(call);
    g_autofree char *id = user != NULL ? graph_reference(call) : NULL;
    if (id == NULL)
        return;
    if (tenant_read(call->practice, "users", id) == NULL) {
        graph_not_found(call, id);
        return;
    }
    json_set(user, "+manager", json_from("{'_ref':'users','id':%s}", id));
    tenant_changed(call->practice);
    answer_nothing(call, 204);
}

static void handle_remove_manager(struct call *call)
{
    json *user = managed(call);
    if (user == NULL)
        return;
    if (json_get(user, "+manager") == NULL) {
        graph_not_found(call, "manager");
        return;
    }
    json_remove(user, "+manager");
    tenant_changed(call->practice);
    answer_nothing(call, 204);
}

static const struct hook hooks[] = {
    {.name = "member-of", .handle = handle_member_of},
    {.name = "transitive-members", .handle = handle_members},
    {.name = "no-owners", .handle = handle_no_owners},
    {.name = "member-groups", .handle = handle_member_groups},
    {.name = "directory-object", .handle = handle_object},
    {.name = "directory-objects", .handle = handle_by_ids},
    {.name = "manager", .handle = handle_manager},
    {.name = "manager-set", .handle = handle_set_manager},
    {.name = "manager-remove", .handle = handle_remove_manager},
};
const struct hook_table relation_hooks = HOOK_TABLE(hooks);
