/* SPDX-License-Identifier: MIT */
#include "onboarding/directory_role.h"

#include <stdarg.h>

#include "base/assets.h"
#include "base/json.h"

#define ASSIGNMENTS "/v1.0/roleManagement/directory/roleAssignments"
#define READ_SCOPE "RoleManagement.Read.Directory"
#define WRITE_SCOPE "RoleManagement.ReadWrite.Directory"
#define EVERYWHERE "/"
#define BUILT_IN "roles.json"

/* The row of a built-in role, by its MEMBER. */
static const json *built_in(const char *member, const char *text)
{
    return json_find(asset_table(BUILT_IN), member, text);
}

const char *directory_role_known(const char *id)
{
    return json_get_string(built_in("id", id), "name");
}

gboolean directory_role_only_reads(const char *id)
{
    return json_get_bool(built_in("id", id), "reads", FALSE);
}

char *directory_role_contradiction(const char *id, const char *name)
{
    const char *known = directory_role_known(id);
    const char *other = json_get_string(built_in("name", name), "id");
    if (known != NULL && g_ascii_strcasecmp(known, name) != 0)
        return g_strdup_printf("%s is %s, and it is called “%s” here.", id, known, name);
    if (known == NULL && other != NULL && id[0] != '{')
        return g_strdup_printf("“%s” is %s, and %s stands here.", name, other, id);
    return NULL;
}

char *directory_role_misnamed(const json *value, gconstpointer data, gconstpointer profile)
{
    (void)data;
    (void)profile;
    return directory_role_contradiction(json_get_string(value, "id"), json_get_string(value, "name"));
}

struct request *directory_role_active(const char *user_path)
{
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/%s/transitiveMemberOf", user_path);
    request_query(request, "$select", "id,displayName,roleTemplateId,groupTypes");
    request_query(request, "$top", "999");
    request->scope = READ_SCOPE;
    request->all_pages = TRUE;
    return request;
}

struct request *directory_role_assignments(const char *expand, const char *filter_format, ...)
{
    va_list arguments;
    va_start(arguments, filter_format);
    g_autofree char *filter = g_strdup_vprintf(filter_format, arguments);
    va_end(arguments);
    struct request *request = request_get(SERVICE_GRAPH, ASSIGNMENTS);
    request_query(request, "$filter", "%s", filter);
    if (expand != NULL)
        request_query(request, "$expand", "%s", expand);
    request->scope = READ_SCOPE;
    request->all_pages = TRUE;
    return request;
}

static struct request *schedules(const char *kind, const char *scope, const char *principal_id)
{
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/roleManagement/directory/%s", kind);
    request_query(request, "$filter", "principalId eq '%s'", principal_id);
    request_query(request, "$expand", "roleDefinition");
    request->scope = scope;
    request->all_pages = TRUE;
    return request;
}

struct request *directory_role_eligibilities(const char *principal_id)
{
    struct request *request =
        schedules("roleEligibilityScheduleInstances", "RoleEligibilitySchedule.Read.Directory", principal_id);
    request->unlicensed_is_none = TRUE;
    return request;
}

struct request *directory_role_instances(const char *principal_id)
{
    return schedules("roleAssignmentScheduleInstances", "RoleAssignmentSchedule.Read.Directory", principal_id);
}

const char *directory_role_name(const json *assignment)
{
    const char *name = json_get_string(json_get(assignment, "roleDefinition"), "displayName");
    const char *id = json_get_string(assignment, "roleDefinitionId");
    const char *known = id != NULL ? directory_role_known(id) : NULL;
    return name != NULL ? name : known != NULL ? known : json_get_shown(assignment, "roleDefinitionId");
}

struct request *directory_role_definition(const char *id)
{
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/roleManagement/directory/roleDefinitions");
    request_query(request, "$filter", "id eq '%s'", id);
    request_query(request, "$select", "id,displayName,isBuiltIn");
    request->scope = READ_SCOPE;
    request->all_pages = TRUE;
    return request;
}

struct request *directory_role_assign(const char *role_id, const char *principal_id)
{
    json *body = json_from("{'roleDefinitionId':%s,'principalId':%s,'directoryScopeId':'" EVERYWHERE "'}", role_id,
                           principal_id);
    struct request *request = request_write("POST", SERVICE_GRAPH, body, ASSIGNMENTS);
    request->scope = WRITE_SCOPE;
    return request;
}

struct request *directory_role_unassign(const char *assignment_id)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, ASSIGNMENTS "/%s", assignment_id);
    request->scope = WRITE_SCOPE;
    return request;
}

struct request *directory_role_remove(const struct object *object)
{
    return directory_role_unassign(object->known_id);
}

gboolean directory_role_is_wanted(const struct object *object, const json *assignment)
{
    return g_strcmp0(json_get_string(assignment, "roleDefinitionId"), object_text(object, "roleDefinitionId")) == 0 &&
           directory_role_is_everywhere(assignment);
}

gboolean directory_role_is_everywhere(const json *assignment)
{
    return g_strcmp0(json_get_string(assignment, "directoryScopeId"), EVERYWHERE) == 0;
}

gboolean directory_role_is_one(const json *object)
{
    return g_strcmp0(json_get_string(object, "@odata.type"), "#microsoft.graph.directoryRole") == 0 &&
           json_get_string(object, "roleTemplateId") != NULL;
}

char *directory_role_names(const struct reply *reply)
{
    GString *names = g_string_new(NULL);
    json_for_each (role, json_get(reply->body, "value")) {
        if (!directory_role_is_one(role))
            continue;
        const char *name = json_get_string(role, "displayName");
        const char *id = json_get_shown(role, "roleTemplateId");
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", name != NULL ? name : id);
    }
    if (names->len == 0)
        g_string_append(names, "none");
    return g_string_free(names, FALSE);
}
