/* SPDX-License-Identifier: MIT */
#include "onboarding/policy_uses.h"

#include "base/json.h"
#include "onboarding/surplus.h"

struct request *policy_uses_read(void)
{
    struct request *request =
        request_get(SERVICE_GRAPH, "/v1.0/identityGovernance/entitlementManagement/assignmentPolicies");
    request_query(request, "$expand", "accessPackage");
    request->scope = "EntitlementManagement.Read.All";
    request->all_pages = TRUE;
    return request;
}

/* Ids are unique: wherever in a policy one stands, it is that object which is meant. */
static gboolean names(const json *value, const char *id)
{
    const char *text = json_string(value);
    if (text != NULL)
        return g_ascii_strcasecmp(text, id) == 0;
    json_for_each (member, value) {
        if (names(member, id))
            return TRUE;
    }
    return FALSE;
}

void policy_uses_add(GPtrArray *found, const char *what, const struct reply *reply, const char *id, const char *scope,
                     GHashTable *own)
{
    json_for_each (policy, reply_rows(reply)) {
        const char *target = json_get_string(policy, "allowedTargetScope");
        if (!surplus_is_foreign(policy, own) ||
            !(names(policy, id) || (scope != NULL && g_strcmp0(target, scope) == 0)))
            continue;
        const char *package = json_get_string(json_get(policy, "accessPackage"), "displayName");
        g_autofree char *of = package != NULL ? g_strdup_printf(" of the access package “%s”", package) : g_strdup("");
        g_ptr_array_add(found, g_strdup_printf("%s%s“%s”%s", what != NULL ? what : "", what != NULL ? " " : "",
                                               json_get_shown(policy, "displayName"), of));
    }
}
