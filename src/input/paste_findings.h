/* SPDX-License-Identifier: MIT */
/*
 * A paste while it is being looked at, and what is told of it: each finding with its place in the input, each once.
 * Pure.
 */
#ifndef PERCH_INPUT_PASTE_FINDINGS_H
#define PERCH_INPUT_PASTE_FINDINGS_H

#include "input/event_hub.h"
#include "input/finding.h"
#include "input/name_search.h"
#include "input/paste.h"
#include "input/paste_text.h"
#include "input/statements.h"

/* A paste while it is being looked at. */
struct search {
    struct paste_text read;
    const GArray *text; /* what a person would read */
    GPtrArray *ids;     /* of struct id_match */
    struct name_search names;
    GArray *statements; /* that are not understood; of struct statement */
    struct paste_values *values;
};

/* No more is told, so that nothing more need be looked at for it. */
gboolean search_is_full(const struct search *search);

char *search_offset_words(const struct search *search, int offset);

char *search_place_in_input(const struct search *search, int index);

/* About LENGTH code points of the input from OFFSET on. MESSAGE is taken. NULL if there are too many. */
struct finding *search_add_at(struct search *search, enum problem problem, int offset, int length, gboolean remark,
                              char *message);

/* About the units FROM up to TO of what is read. MESSAGE is taken. */
struct finding *search_add_finding(struct search *search, enum problem problem, int from, int to, gboolean remark,
                                   char *message);

/* What was changed in a value to make it plain. */
void search_tell_changes(struct search *search, const GArray *changes);

/* What a person would copy along with the value and not see: odd characters on both sides, spaces at the line's end. */
void search_tell_round(struct search *search, int from, int to);

/* VALUE as the validator of FIELD takes it without a word, in canonical form; NULL if it would not. Nothing leaves the
 * search but through here. validate() itself would ask the search again, for what is inside of the value. */
char *search_accepted(const char *field, const char *value);

/* VALUE, read from FROM up to TO, may be FIELD's. What no field takes, and what is offered already, is left out. */
void search_add_candidate(struct search *search, const char *field, const char *value, int from, int to,
                          const char *reason, const char *other_reason);

/* A finding from FROM up to TO whose message is BEFORE, the place in the input, and AFTER. */
void search_tell_place(struct search *search, enum problem problem, int from, int to, gboolean remark,
                       const char *before, const char *after);

/* Why no value is taken although one is read: WHY names what stands at TO. */
void search_tell_doubt(struct search *search, const char *what, const char *why, int to);

/* What is told of a value of the kind WHAT that is not taken. */
enum told_other {
    TOLD_SEVERAL,     /* beside another one: none is clear */
    TOLD_OUTDATED,    /* only an older message has it, and a newer one has, or announces, another */
    TOLD_PASSED_OVER, /* one value is clear; this one was left out for what the text says of it */
};

void search_tell_other(struct search *search, enum told_other told, int from, int to, const char *what);

#endif
