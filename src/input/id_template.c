/* SPDX-License-Identifier: MIT */
#include "input/id_template.h"

#include <string.h>

enum { GUID_LENGTH = 36 };

/* "11111111-2222-3333-4444-555555555555", "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e": at most two characters in each group,
 * as documentation has them and chance does not. */
static gboolean is_made_up_guid(const char *guid)
{
    char group[2] = {0};
    for (int i = 0; i < GUID_LENGTH && guid[i] != '\0'; i++) {
        if (guid[i] == '-')
            memset(group, 0, sizeof group);
        else if (group[0] == 0 || group[0] == guid[i])
            group[0] = guid[i];
        else if (group[1] == 0 || group[1] == guid[i])
            group[1] = guid[i];
        else
            return g_str_has_prefix(guid, "12345678-1234-1234-1234-");
    }
    return TRUE;
}

gboolean id_is_template(const char *id)
{
    static const char *const signs[] = {"00000000-0000-0000-0000-000000000000",
                                        "/resourcegroups/myresourcegroup/",
                                        "/resourcegroups/resourcegroupname/",
                                        "/resourcegroups/resource-group",
                                        "/resourcegroups/your",
                                        "/resourcegroups/my-rg/",
                                        "/resourcegroups/myrg/",
                                        "/resourcegroups/my-resource-group",
                                        "/resourcegroups/rg-name/",
                                        "/resourcegroups/rgname/",
                                        "/resourcegroups/xxx",
                                        "/namespaces/xxx",
                                        "/namespaces/ns-name",
                                        "/namespaces/mynamespace",
                                        "/namespaces/namespacename",
                                        "/namespaces/your",
                                        "/namespaces/namespace-name",
                                        "/namespaces/my-namespace",
                                        "/namespaces/example",
                                        "/namespaces/eventhubnamespace"};
    g_autofree char *lower = g_ascii_strdown(id, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        if (strstr(lower, signs[i]) != NULL)
            return TRUE;
    return is_made_up_guid(lower + strlen("/subscriptions/"));
}
