/* SPDX-License-Identifier: MIT */
/*
 * The strict check of a request's body against a table of fields (assets/practice/schemas.json): unknown names, wrong
 * kinds, values out of an enumeration, a format or a range, references that lead nowhere, members that contradict one
 * another, missing required fields and fields that cannot be changed any more are refused.
 *
 * A field is "name" or "name!" (required), its value a kind; a ? in it allows null:
 *     string  boolean  any         text:MIN-MAX         a string of that many characters, of blanks alone if MIN is 0
 *     integer  integer:MIN-MAX     NAME  NAME:MIN-MAX   a string of the format "formats".NAME, of that length
 *     enum:NAME                    one of "enums".NAME
 *     flags:NAME                   some of "enums".NAME, separated by commas
 *     [KIND]  [KIND]:MIN-MAX       an array of KIND, of that length; [~KIND] one in which nothing is there twice
 *     @NAME                        an object of the schema NAME
 *     <NAME>                       an object of one of the schemas in "unions".NAME, chosen by its @odata.type
 *     ref:COLLECTION               the id of an object that is there
 *     link:COLLECTION COLLECTION   the address of such an object on this service
 *     immutable                    known and never accepted
 * Every object may have an "@odata.type" but those whose schema has the member "-bare"; it has to be one of "-type",
 * separated by blanks, and that is the schema's name where it is missing. "-rules" in a schema is a list of
 * {"if": "member=value" or "member", "needs": "members", "lacks": "members"}: what has to be there, not empty, or not;
 * or of {"one": "members"}: of which one has to be there.
 */
#ifndef PERCH_PRACTICE_SCHEMA_H
#define PERCH_PRACTICE_SCHEMA_H

#include "practice/call.h"

/* FALSE, with the error answered, unless the call's body fits the schema NAME. */
gboolean schema_check(struct call *call, const char *name);

#endif
