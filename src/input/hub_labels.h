/* SPDX-License-Identifier: MIT */
/*
 * What words say about the text beside them: which labels announce an Event Hub's name, its namespace or something
 * else, in the languages that the portal and its users speak, and which kind of resource a type or a key names. Tables
 * and pure functions. Internal to input/.
 */
#ifndef PERCH_INPUT_HUB_LABELS_H
#define PERCH_INPUT_HUB_LABELS_H

#include <glib.h>

enum label_kind {
    LABEL_OTHER,
    LABEL_HUB_NAME,  /* "Event Hub name", "eventhub_name", "Nom de l'Event Hub", "EntityPath" */
    LABEL_HUB,       /* "Event Hub", without "name" */
    LABEL_HUB_LOOSE, /* the same among other words: "Event Hub for the pilot" */
    LABEL_NAMESPACE, /* "Event Hub namespace" */
    LABEL_PAIR,      /* "Namespace / Event Hub" */
    LABEL_NAME,      /* "Name" alone */
    LABEL_ID,        /* "Resource ID", "Event Hub resource ID" */
};

struct label {
    enum label_kind kind;
    gboolean is_misread; /* a letter of it was read wrongly, "narne": so may what stands there */
    gboolean is_old;     /* "old", "previous", "do not use": what stands there is not to be used */
};

/* What LABEL (UTF-8, perhaps with marks, numbers and a remark in brackets) announces. */
struct label label_read(const char *label);

/* WORD, in small letters, may stand in a label and says no more than what is labelled. */
gboolean label_has_word(const char *word);

/* WORD, in small letters, says of what it labels that it is not to be used: "old", "deprecated". */
gboolean label_is_old_word(const char *word);

/* What kind of resource a type, a header or a key names. */
enum resource_kind {
    RESOURCE_UNKNOWN,
    RESOURCE_HUB,
    RESOURCE_NAMESPACE,
    RESOURCE_OTHER, /* of another type: its name is no name of ours */
};

/* "Microsoft.EventHub/namespaces/eventhubs@2024-01-01", "azurerm_eventhub"; words beside it do not matter. */
enum resource_kind resource_type_kind(const char *type);

/* A property that only one kind of resource has: "partitionCount", "serviceBusEndpoint". */
enum resource_kind resource_property_kind(const char *key);

#endif
