#include "practice/streaming.h"

#include <string.h>

#include "practice/graph.h"
#include "practice/tenant.h"

#define NAMESPACE_PATTERN                                                                                              \
    "^/subscriptions/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/resourceGroups/[^/]{1,90}/providers/"          \
    "Microsoft\\.EventHub/namespaces/[A-Za-z][A-Za-z0-9-]{4,48}[A-Za-z0-9]$"

const char *streaming_why_not(const struct practice *practice, const json *user)
{
    const char *id = json_get_string(user, "id");
    const json *invitation = json_get(practice->state, "invitation");
    if (!tenant_has_role(practice, id, "Global Administrator") &&
        !tenant_has_role(practice, id, "Security Administrator"))
        return "the account is neither Global Administrator nor Security Administrator";
    if (!json_get_bool(invitation, "accepted", FALSE) ||
        !same_text(json_get_string(invitation, "account"), json_get_string(user, "userPrincipalName")))
        return "the account has not accepted the partner's invitation";
    return NULL;
}

gboolean streaming_is_namespace(const char *resource_id)
{
    return resource_id != NULL && g_regex_match_simple(NAMESPACE_PATTERN, resource_id, G_REGEX_CASELESS, 0);
}

gboolean streaming_is_full(const struct practice *practice, const char *id)
{
    const json *exports = tenant_collection(practice, "dataExports");
    return tenant_find(practice, "dataExports", id) == NULL &&
           json_length(exports) >= json_get_int(json_get(practice->company, "streaming"), "limit", 0);
}

json *streaming_logs(const struct practice *practice, const json *enabled)
{
    json *logs = json_new_array();
    json_for_each (table, json_get_path(practice->company, "streaming.tables")) {
        g_autofree char *category = g_strconcat("AdvancedHunting-", json_string(table), NULL);
        json_append(logs, json_from("{'category':%s,'enabled':%b}", category,
                                    graph_list_has(enabled, json_string(table), NULL)));
    }
    return logs;
}

json *streaming_put(struct practice *practice, json *export)
{
    json *exports = tenant_collection(practice, "dataExports");
    tenant_remove(practice, "dataExports", json_get_string(export, "id"));
    json_append(exports, export);
    tenant_changed(practice);
    return export;
}
