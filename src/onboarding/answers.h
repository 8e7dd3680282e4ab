/* SPDX-License-Identifier: MIT */
/*
 * The answers: what a person decides about the onboarding, in the form of the answers file. No secret stands in them.
 *
 * What may be answered follows from the profile's fields, and from a few questions that every partner has in common
 * (answers.c: common). Unknown names, among them those of steps and objects, wrong types and values that no field would
 * take are refused with their path.
 * Rules are made with the profile and const from then on; answers are owned by the worker thread.
 */
#ifndef PERCH_ONBOARDING_ANSWERS_H
#define PERCH_ONBOARDING_ANSWERS_H

#include <glib.h>

#include "base/json_schema.h"

struct field;
struct profile;

struct answer_rules;
typedef struct answer_rules AnswerRules;

/* The rules of what all partners have in common, with the names of PROFILE's steps and objects, which may be read
 * later than this; it has to outlive the rules. Caller frees. */
struct answer_rules *answer_rules_new(const struct profile *profile);
void answer_rules_free(struct answer_rules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AnswerRules, answer_rules_free)

/* Let FIELD (which has to outlive the rules) ask for its answer; it gets the common validator if it names none. NULL,
 * or why it cannot, with the member of the field that is at fault in *MEMBER. Both static. */
const char *answer_rules_add(struct answer_rules *rules, struct field *field, const char **member);

/* What kind of question asks for PATH (enum field_kind); -1 if none does. */
int answer_rules_kind(const struct answer_rules *rules, const char *path);

/* FALSE if the answer at PATH only has some words, and WORD is none of them. "" is no answer, which always can be. */
gboolean answer_rules_can_be(const struct answer_rules *rules, const char *path, const char *word);

/* The path in a NAME like "answers.PATH"; NULL for any other name. Borrowed. */
const char *answer_path(const char *name);

/* Check ANSWERS, whose JSON path is ROOT ("$"), as a whole. PERCH_ERROR_INPUT, naming the path, for the first thing
 * that is wrong. */
gboolean answers_check(const struct answer_rules *rules, const json *answers, const char *root, GError **error);

/* Take out of ANSWERS what answers_check() would refuse, and no more; a sentence of each to FAULTS (of char *). */
void answers_prune(const struct answer_rules *rules, json *answers, GPtrArray *faults);

/* A sentence to REMARKS (of char *) of each answer that its field takes and remarks on, as a word that stands in a
 * value's place, or an Event Hub's name that is its namespace's. FILE is where they come from. */
void answers_remark(const struct answer_rules *rules, const json *answers, const char *file, GPtrArray *remarks);

/* The JSON text of an answers file, checked. FILE is for the error message. Caller frees. */
json *answers_parse(const struct answer_rules *rules, const char *text, gssize length, const char *file,
                    GError **error);

/* Put at PATH what a person typed: entries of a list are separated by commas or white space, of names by semicolons or
 * line ends, a yes/no is "yes" or "no", "" takes the answer away. PERCH_ERROR_INPUT and no change if it is not valid.
 */
gboolean answers_set(const struct answer_rules *rules, json *answers, const char *path, const char *typed,
                     GError **error);

/* The answer at PATH as a person would type it; "" if there is none. Caller frees. */
char *answers_text(const struct answer_rules *rules, const json *answers, const char *path);

/* Put every leaf of FROM into INTO. */
void answers_merge(json *into, const json *from);

#endif
