/* SPDX-License-Identifier: MIT */
#include "practice/streaming.h"

#include <string.h>

#include "practice/graph.h"
#include "practice/tenant.h"

#define NAMESPACE_PATTERN                                                                                              \
    "^/subscriptions/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/resourceGroups/[^/\\s]{1,90}/providers/"       \
    "Microsoft\\.EventHub/namespaces/[A-Za-z][A-Za-z0-9-]{4,48}[A-Za-z0-9]$"
#define HUB_PATTERN "^([A-Za-z0-9]([A-Za-z0-9._-]{0,254}[A-Za-z0-9])?)?$"

gboolean streaming_is_administrator(const struct practice *practice, const json *user)
{
    const char *id = json_get_string(user, "id");
    return tenant_has_role(practice, id, "Global Administrator") ||
           tenant_has_role(practice, id, "Security Administrator");
}

gboolean streaming_may_write(const struct practice *practice, const json *user)
{
    const json *invitation = json_get(practice->state, "invitation");
    return streaming_is_administrator(practice, user) && json_get_bool(invitation, "accepted", FALSE) &&
           same_text(json_get_string(invitation, "account"), json_get_string(user, "userPrincipalName"));
}

gboolean streaming_is_hub(const struct practice *practice, const char *resource_id, const char *hub)
{
    const char *name = hub != NULL ? hub : "";
    const json *partner = json_get_path(practice->company, "streaming.partner");
    if (resource_id == NULL || !g_regex_match_simple(NAMESPACE_PATTERN, resource_id, G_REGEX_CASELESS, 0) ||
        !g_regex_match_simple(HUB_PATTERN, name, 0, 0))
        return FALSE;
    /* Whatever lies in another subscription than the practice partner's is taken for granted. */
    const char *namespace = strrchr(resource_id, '/') + 1;
    g_autofree char *lower = g_ascii_strdown(resource_id, -1);
    if (strstr(lower, json_get_string(partner, "subscription")) == NULL)
        return TRUE;
    json_for_each (known, json_get(partner, "hubs")) {
        if (same_text(json_get_string(known, "namespace"), namespace) &&
            (*name == '\0' || same_text(json_get_string(known, "name"), name)))
            return TRUE;
    }
    return FALSE;
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
