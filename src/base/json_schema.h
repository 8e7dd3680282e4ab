/* SPDX-License-Identifier: MIT */
/*
 * What a JSON document may hold, as a table, and the one check of a document against such a table.
 *
 * Profile, answers, hand-over and whatever else comes from a file are refused here for the first thing that is wrong,
 * always in the same words and with its JSON path ("$.steps[2].fields[0].kind"). A table whose rows say where also
 * reads: each member's value is put into a struct, so that its name stands once. Pure; tables are const and may be
 * shared between threads.
 */
#ifndef PERCH_BASE_JSON_SCHEMA_H
#define PERCH_BASE_JSON_SCHEMA_H

#include <glib.h>
#include <stddef.h>

#include "base/json_type.h"

/* What a value may be (several with |), and what is asked of it beyond. */
enum {
    JSON_TEXT = 1 << 0,
    JSON_WORD = 1 << 1, /* a text, one of the row's words; or "", which is no answer */
    JSON_NUMBER = 1 << 2,
    JSON_WHOLE = 1 << 3, /* a whole number, from least to most where most is not 0 */
    JSON_YES_NO = 1 << 4,
    JSON_LIST = 1 << 5,   /* inner: what every entry is */
    JSON_OBJECT = 1 << 6, /* inner: its members, ended by one without a name; NULL: any */
    JSON_MAP = 1 << 7,    /* an object with any names; inner: what every member is */
    JSON_NULL = 1 << 8,

    JSON_REQUIRED = 1 << 16, /* the member has to be there */
    JSON_FILLED = 1 << 17,   /* no empty text, list or object */
};

struct json_schema {
    const char *name; /* of the member; ignored where the row stands for an entry or the whole */
    unsigned is;
    const struct json_schema *inner;
    const char *const *words; /* NULL-terminated */
    gint64 least, most;       /* of a whole number; of a list: how many entries; both 0: any */

    /* Why VALUE, which is of the right type, cannot be taken: a sentence that the caller frees; NULL if it can.
     * DATA is the row's, CONTEXT the check's. */
    char *(*problem)(const json *value, gconstpointer data, gconstpointer context);
    gconstpointer data;

    gsize place; /* JSON_AT(struct, member); 0: the value is checked and not read */
    gsize size;  /* of the struct that an inner object is read into */
};

/* Where json_schema_read() puts the value, by the row's type: const char * (TEXT), int (WORD: which of the words),
 * gint64 (WHOLE), gboolean (YES_NO), const char *const * (LIST of texts, NULL-terminated), GPtrArray * (LIST of
 * objects: of pointers to structs of the inner size), const struct * (OBJECT with an inner table), GPtrArray * of
 * struct json_pair (MAP of texts), const json * (all others). */
#define JSON_AT(type, member) (offsetof(type, member) + 1)

struct json_pair {
    const char *name;
    const char *text;
};

/* FALSE and PERCH_ERROR_INPUT, with the path below ROOT ("$"), for the first thing in VALUE that SCHEMA does not let
 * through. CONTEXT goes to the rows' problem functions. */
gboolean json_schema_check(const struct json_schema *schema, const json *value, const char *root, gconstpointer context,
                           GError **error);

/* Take out of VALUE, an object, each member that SCHEMA does not let through, and of one that is an object itself no
 * more than has to go; to FAULTS goes a sentence (char *) of each, with its path. */
void json_schema_prune(const struct json_schema *schema, json *value, const char *root, gconstpointer context,
                       GPtrArray *faults);

/* The error of json_schema_check() for what no table can say: at PATH, for the reason WHY. Always FALSE. */
gboolean json_schema_refuse(GError **error, const char *path, const char *why);

/* What reading allocates; freed as one. */
struct json_arena;
typedef struct json_arena JsonArena;
struct json_arena *json_arena_new(void);
void json_arena_free(struct json_arena *arena);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JsonArena, json_arena_free)

/* Put the members of VALUE, which passed the check by SCHEMA (of JSON_OBJECT), into TARGET, zeroed by the caller.
 * Texts are borrowed from VALUE; all else belongs to ARENA. What is missing reads as NULL, 0, FALSE or an empty list.
 */
void json_schema_read(const struct json_schema *schema, const json *value, void *target, struct json_arena *arena);

#endif
