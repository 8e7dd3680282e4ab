/* SPDX-License-Identifier: MIT */
#include "input/event_hub.h"

enum { DOTS = 8, TAIL = 4, TAIL_FROM = 12 };

/* "", subscriptions, id, resourceGroups, name, providers, Microsoft.EventHub, namespaces, name [, eventhubs, name] */
enum { SUBSCRIPTION = 2, GROUP = 4, NAMESPACE = 8, HUB = 10 };

struct event_hub_parts *event_hub_parts_new(const char *resource_id)
{
    g_auto(GStrv) parts = g_strsplit(resource_id, "/", -1);
    guint n = g_strv_length(parts);
    if ((n != NAMESPACE + 1 && n != HUB + 1) || g_ascii_strcasecmp(parts[1], "subscriptions") != 0 ||
        g_ascii_strcasecmp(parts[NAMESPACE - 1], "namespaces") != 0)
        return NULL;
    struct event_hub_parts *hub = g_new0(struct event_hub_parts, 1);
    hub->subscription = g_strdup(parts[SUBSCRIPTION]);
    hub->resource_group = g_strdup(parts[GROUP]);
    hub->namespace_name = g_strdup(parts[NAMESPACE]);
    hub->hub = n == HUB + 1 ? g_strdup(parts[HUB]) : NULL;
    return hub;
}

void event_hub_parts_free(struct event_hub_parts *hub)
{
    g_free(hub->subscription);
    g_free(hub->resource_group);
    g_free(hub->namespace_name);
    g_free(hub->hub);
    g_free(hub);
}

char *mask_identifier(const char *identifier, gboolean ascii)
{
    if (identifier == NULL || *identifier == '\0')
        return g_strdup("");
    GString *mask = g_string_new(NULL);
    for (int i = 0; i < DOTS; i++)
        g_string_append(mask, ascii ? "*" : "●");
    glong length = g_utf8_strlen(identifier, -1);
    if (length >= TAIL_FROM)
        g_string_append(mask, g_utf8_offset_to_pointer(identifier, length - TAIL));
    return g_string_free(mask, FALSE);
}
