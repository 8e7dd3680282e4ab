/* SPDX-License-Identifier: MIT */
/*
 * Whom of a list of answers each key of the journal stands for: "guest-2" stays bob@partner.com's when he is taken off
 * the list, or stands elsewhere in it. Worker thread.
 */
#ifndef PERCH_ENGINE_LIST_ENTRIES_H
#define PERCH_ENGINE_LIST_ENTRIES_H

#include "base/json_type.h"

#include <glib.h>

struct object_definition;
struct worker;

/* Bind the keys that the journal names, or a decision in ANSWERS where these were KEPT. A journal that does not say
 * whom one stands for is of an earlier perch, which went by the place in ANSWERS as they were kept beside it: that is
 * noted, where this perch may write. FALSE: it cannot be. Counts from the next onboarding_rebuild() on. */
gboolean list_entries_recall(struct worker *worker, const json *answers, gboolean kept, GError **error);

/* Which of the profile's objects, each made for an entry of a list, KEY is the number of one of ("guest-2"); NULL if of
 * none. Borrowed. */
const struct object_definition *list_entries_definition(const struct worker *worker, const char *key);

/* The number in KEY, of such a DEFINITION; 0 if there is none. */
guint list_entries_number(const struct object_definition *definition, const char *key);

/* Whom of a list KEY stands for; NULL if it stands for none, or nobody knows. Borrowed. */
const char *list_entries_item(const struct worker *worker, const char *key);

/* The key of the object that answers call NAME; NAME itself where they call none so. Borrowed. */
const char *list_entries_named(const struct worker *worker, const char *name);

/* The key under which the entry ITEM of a list (NULL: none) stands here, of the objects that KEY is one of on another
 * machine; NULL if it is not on the list. Borrowed. */
const char *list_entries_key(const struct worker *worker, const char *key, const char *item);

#endif
