/* SPDX-License-Identifier: MIT */
/*
 * What the areas of Graph share: words and links, references to other objects, and the parts of answers.
 */
#ifndef PERCH_PRACTICE_GRAPH_H
#define PERCH_PRACTICE_GRAPH_H

#include "practice/route.h"

/* TRUE if WORD is one of the blank-separated WORDS (NULL: none), case ignored. */
gboolean graph_has_word(const char *words, const char *word);

/* TRUE if TEXT begins with YYYY-MM-DD, which there is in the calendar. */
gboolean graph_is_date(const char *text);

/* The id at the end of LINK, an address of a directory object on this Graph; NULL if it is none. Caller frees. */
char *graph_id_in_link(const struct practice *practice, const char *link);

/* The id at the end of the body's "@odata.id"; NULL and 400 answered if it is none. Caller frees. */
char *graph_reference(struct call *call);

/* A user, group or service principal by id, with "@odata.type" for a list of directory objects; NULL if there is none.
 * Caller frees. */
json *graph_directory_object(const struct call *call, const char *id);

/* The "@odata.type" of what is in COLLECTION (may be NULL); NULL if that is not of the directory. Static. */
const char *graph_type_of(const char *collection);

/* The collection that the directory object ID is in and can be read from, NULL if there is none. Static. */
const char *graph_collection_of(const struct practice *practice, const char *id);

/* Answer those of the array OBJECTS (taken) that the call's filter, search and cast let through as a list, or how many
 * they are. */
void graph_answer_objects(struct call *call, json *objects);

/* The same; or where the path has an id, answer the object of that id. */
void graph_answer_all_or_one(struct call *call, json *objects);

/* Answer the objects whose ids are in the array IDS as a list of directory objects. */
void graph_answer_directory_objects(struct call *call, const json *ids);

/* Copy those members of FROM whose names are in the NULL-terminated NAMES; what is missing becomes null. */
void graph_copy_members(json *to, const json *from, const char *const *names);

/* FALSE, and refused, if the company's list for B2B collaboration keeps DOMAIN out. Microsoft documents the list and
 * not the words of the refusal: those are the scenario's, behaviour.guestDomains.refusal. */
gboolean graph_domain_may_come_in(struct call *call, const char *domain);

/* TRUE if the array of strings has TEXT, case ignored; its place in *INDEX if not NULL. */
gboolean graph_list_has(const json *array, const char *text, int *index);

/* The activated directory roles that the principal holds, itself or through a group: of directoryRole objects. Caller
 * frees. */
json *graph_roles_of(const struct practice *practice, const char *principal_id);

/* The directoryRole of a role definition. Caller frees. */
json *graph_directory_role(const struct practice *practice, const json *definition);

/* TRUE if the scope that the body names is the whole directory, or all that the application knows; else it is refused:
 * the practice tenant has no administrative units. */
gboolean graph_check_scope(struct call *call);

/* TRUE if ROLE is there, and PRINCIPAL is and may hold one; else it is refused. */
gboolean graph_check_holder(struct call *call, const char *principal, const char *role);

#endif
