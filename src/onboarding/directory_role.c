#include "onboarding/directory_role.h"

#include <stdarg.h>

#define ASSIGNMENTS "/v1.0/roleManagement/directory/roleAssignments"
#define READ_SCOPE "RoleManagement.Read.Directory"
#define WRITE_SCOPE "RoleManagement.ReadWrite.Directory"
#define EVERYWHERE "/"

struct request *directory_role_active(const char *user_path)
{
    struct request *request =
        request_get(SERVICE_GRAPH, "/v1.0/%s/transitiveMemberOf/microsoft.graph.directoryRole", user_path);
    request_query(request, "$select", "id,displayName,roleTemplateId");
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

gboolean directory_role_is_everywhere(const json *assignment)
{
    return g_strcmp0(json_get_string(assignment, "directoryScopeId"), EVERYWHERE) == 0;
}

char *directory_role_names(const struct reply *reply)
{
    GString *names = g_string_new(NULL);
    json_for_each (role, json_get(reply->body, "value")) {
        const char *name = json_get_string(role, "displayName");
        const char *id = json_get_string(role, "roleTemplateId");
        if (name == NULL && id == NULL)
            continue;
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", name != NULL ? name : id);
    }
    if (names->len == 0)
        g_string_append(names, "none");
    return g_string_free(names, FALSE);
}
