/* SPDX-License-Identifier: MIT */
/*
 * An accepted Event Hub identifier, shown in its parts so that a person can compare it, or masked. Pure functions.
 */
#ifndef PERCH_INPUT_EVENT_HUB_H
#define PERCH_INPUT_EVENT_HUB_H

#include <glib.h>

/* The fields of the two values. */
#define EVENT_HUB_ID_FIELD "event-hub-id"
#define EVENT_HUB_NAME_FIELD "event-hub-name"

struct event_hub_parts {
    char *subscription;
    char *resource_group;
    char *namespace_name;
    char *hub; /* NULL if the ID is the namespace's */
};
typedef struct event_hub_parts EventHubParts;

/* The parts of RESOURCE_ID as validate() accepts it for "event-hub-id"; a hub's ID is taken too. NULL if it is neither.
 * Caller frees. */
struct event_hub_parts *event_hub_parts_new(const char *resource_id);
void event_hub_parts_free(struct event_hub_parts *hub);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EventHubParts, event_hub_parts_free)

/* IDENTIFIER as eight dots ("●", or "*" if ASCII) whatever its length, and its last 4 characters if it has 12 or more.
 * NULL and "" give "". Caller frees. */
char *mask_identifier(const char *identifier, gboolean ascii);

#endif
