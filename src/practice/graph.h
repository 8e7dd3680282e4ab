/*
 * What the areas of Graph share: the rules of their lists, references to other objects, and the parts of answers.
 */
#ifndef PERCH_PRACTICE_GRAPH_H
#define PERCH_PRACTICE_GRAPH_H

#include "practice/route.h"

extern const struct odata_rules plain_list;   /* $select, $top, $skip, $count */
extern const struct odata_rules plain_object; /* $select */
extern const struct odata_rules user_list;
extern const struct odata_rules user_object;

/* The id at the end of the body's "@odata.id", which has to be on this Graph; NULL and 400 answered if it is not.
 * Caller frees. */
char *graph_reference(struct call *call);

/* A user, group or service principal by id, with "@odata.type" for a list of directory objects; NULL if there is none.
 * Caller frees. */
json *graph_directory_object(const struct call *call, const char *id);

/* Answer those of the array OBJECTS (taken) that the call's filter and search let through as a list. */
void graph_answer_objects(struct call *call, json *objects);

/* Answer the objects whose ids are in the array IDS as a list of directory objects. */
void graph_answer_directory_objects(struct call *call, const json *ids);

/* Copy those members of FROM whose names are in the NULL-terminated NAMES; what is missing becomes null. */
void graph_copy_members(json *to, const json *from, const char *const *names);

/* Lay the members of the call's body over OBJECT, but "@odata.type". */
void graph_update(struct call *call, json *object);

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

#endif
