/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing JSON: the one module that includes cJSON.h.
 *
 * Reading is strict: UTF-8, one document, no NUL escapes, no duplicate names, depth 64 at most, RFC 8259
 * numbers (cJSON alone lets all of these through). Values are trees owned by their root; whatever is put into
 * a tree belongs to it from then on. Names compare with case. cJSON allocates through g_malloc once
 * json_init() ran. No locks: a tree belongs to one thread at a time; const trees may be read by several.
 */
#ifndef PERCH_BASE_JSON_H
#define PERCH_BASE_JSON_H

#include <glib.h>

#include "base/json_type.h"

/* Has to run once, before any thread starts. */
void json_init(void);

/* LENGTH -1: TEXT ends at its NUL. NULL and PERCH_ERROR_PROTOCOL, with line and column, for anything but one
 * strict document. Caller frees with json_free(). */
json *json_parse(const char *text, gssize length, GError **error);
void json_free(json *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(json, json_free)

/* One line, or indented for people; what is dangerous to show (base/code_points.h) is escaped. Caller frees with
 * g_free(). */
char *json_text(const json *value);
char *json_text_indented(const json *value);

/*
 * A value written as its own text, with single quotes for strings and slots for what varies:
 *     json_from("{'displayName':%s,'mailEnabled':false,'owners':%j}", name, owners)
 * %s string (NULL: null, escaped as needed), %b gboolean, %d gint64, %j const json * (copied; NULL: null).
 * A literal % is %%. A text that is no JSON is a bug in the caller and ends the program. Caller frees.
 */
json *json_from(const char *format, ...);

json *json_new_object(void);
json *json_new_array(void);
json *json_new_string(const char *text); /* NULL gives null */
json *json_new_int(gint64 number);
json *json_new_bool(gboolean truth);
json *json_copy(const json *value); /* NULL gives NULL; caller frees */

/* Overwrite every string in VALUE (NULL is fine), before it is freed. */
void json_wipe(json *value);

/* Put VALUE (taken; NULL puts null) at NAME, in place of what was there. */
void json_set(json *object, const char *name, json *value);
void json_set_string(json *object, const char *name, const char *text);

/* TIME (microseconds since 1970) as clock_format() writes it; null if it is not above 0. */
void json_set_time(json *object, const char *name, gint64 time);
void json_set_int(json *object, const char *name, gint64 number);
void json_set_bool(json *object, const char *name, gboolean truth);
void json_remove(json *object, const char *name);
json *json_detach(json *object, const char *name); /* NULL if there is none of that name; caller frees */
void json_append(json *array, json *value);        /* VALUE is taken */
void json_append_string(json *array, const char *text);
json *json_detach_at(json *array, int index); /* NULL if out of range; caller frees */

/* Members and elements. All accept NULL for the container and then find nothing. Borrowed. */
json *json_get(const json *object, const char *name);
json *json_get_path(const json *object, const char *dotted_path); /* "a.b.c" */
json *json_at(const json *array, int index);
json *json_find(const json *list, const char *member, const char *text); /* the first whose MEMBER is TEXT, not NULL */
gboolean json_has_text(const json *list, const char *text);              /* TRUE if one of a list of texts is TEXT */
int json_length(const json *container);                                  /* 0 for anything but an array or object */
json *json_first(const json *container);
json *json_next(const json *member);
const char *json_name(const json *member); /* NULL for an array's element */

/* NULL or FALLBACK when there is nothing of that kind at NAME. Borrowed. */
const char *json_get_string(const json *object, const char *name);
/* The same for a person to read, for texts that Microsoft may leave out: "(not given)". Never NULL. Borrowed. */
const char *json_get_shown(const json *object, const char *name);
gboolean json_get_bool(const json *object, const char *name, gboolean fallback);

/* FALLBACK also for a number of ±2^53 or beyond: it may have been rounded. */
gint64 json_get_int(const json *object, const char *name, gint64 fallback);

const char *json_string(const json *value); /* NULL unless a string */
gboolean json_is_true(const json *value);   /* FALSE unless the value true */

gboolean json_is_object(const json *value);
gboolean json_is_array(const json *value);
gboolean json_is_string(const json *value);
gboolean json_is_number(const json *value);
gboolean json_is_bool(const json *value);
gboolean json_is_null(const json *value); /* a null in a tree; FALSE for NULL */

/* Same kind and same content; order matters in arrays and not among members. */
gboolean json_equal(const json *a, const json *b);

#define json_for_each(item, container) for (json *item = json_first(container); item != NULL; item = json_next(item))

#endif
