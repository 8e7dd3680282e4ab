/* SPDX-License-Identifier: MIT */
/*
 * What words say about the text beside them: which labels announce an Event Hub's name, its namespace or something
 * else, in the languages that the portal and its users speak; and which words are never a name. Tables and pure
 * functions. Internal to input/.
 */
#ifndef PERCH_INPUT_HUB_WORDS_H
#define PERCH_INPUT_HUB_WORDS_H

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
    gboolean is_old; /* "old", "previous", "do not use": what stands there is not to be used */
};

/* What LABEL (UTF-8, perhaps with marks, numbers and a remark in brackets) announces. */
struct label label_read(const char *label);

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

enum word_kind {
    WORD_NAME,        /* may be a name */
    WORD_SENTENCE,    /* a word that sentences, titles and states are made of */
    WORD_OPEN,        /* says that the name is still to come */
    WORD_PLACEHOLDER, /* stands for a name in a template */
};

/* What WORD (a valid name) is. IN_SENTENCE: words that look like adjectives and participles are told too. */
enum word_kind word_read(const char *word, gboolean in_sentence);

/* It has a digit, or a hyphen, underscore or point inside, and is not put together of a sentence's words. */
gboolean word_has_name_shape(const char *word);

/* WORD says whom to ask or where to look rather than what: "contact-support", "in-vault", "SIR-2231". */
gboolean word_is_instruction(const char *word);

/* A capital, then small letters only, or four capitals and more: a person's name, a title, a sentence's first word. */
gboolean word_is_titled(const char *word);

/* WORD, alone on a line, is too short to be told from the end of a name that the line end has broken, and nothing that
 * ends a mail. */
gboolean word_is_scrap(const char *word);

/* WORDS (UTF-8) say that the name is still to come: "will be sent separately", "(see attached)". */
gboolean words_leave_open(const char *words);

#endif
