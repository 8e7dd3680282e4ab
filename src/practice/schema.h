/*
 * The strict check of a request's body against a table of fields (assets/practice/schemas.json): unknown names, wrong
 * kinds, values out of an enumeration, missing required fields and fields that cannot be changed any more are refused.
 *
 * A field is "name" or "name!" (required), its value a kind:
 *     string, string?, boolean, boolean?, integer, integer?   a ? allows null
 *     text:MIN-MAX        a string of that many characters
 *     duration? dateTime? date? nickname url any
 *     enum:NAME           one of "enums".NAME; enum?:NAME allows null
 *     [KIND]              an array of KIND; [KIND]:MIN-MAX bounds its length
 *     @NAME               an object of the schema NAME; @?NAME allows null
 *     <NAME>              an object of one of the schemas in "unions".NAME, chosen by its @odata.type
 *     immutable           known and never accepted
 * Every object may have an "@odata.type" but those whose schema has the member "-bare".
 */
#ifndef PERCH_PRACTICE_SCHEMA_H
#define PERCH_PRACTICE_SCHEMA_H

#include "practice/call.h"

/* FALSE, with the error answered, unless the call's body fits the schema NAME. */
gboolean schema_check(struct call *call, const char *name);

#endif
