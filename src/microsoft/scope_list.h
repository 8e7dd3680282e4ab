/* SPDX-License-Identifier: MIT */
/*
 * Lists of scope names, each of them once; case does not count in them. Pure.
 */
#ifndef PERCH_MICROSOFT_SCOPE_LIST_H
#define PERCH_MICROSOFT_SCOPE_LIST_H

#include <glib.h>

/* Empty. Caller frees with g_ptr_array_unref(). */
GPtrArray *scope_list_new(void);

gboolean scope_list_has(const GPtrArray *list, const char *scope);

/* TRUE if LIST has every one of SCOPES (NULL-terminated). */
gboolean scope_list_has_all(const GPtrArray *list, const char *const *scopes);

/* Add SCOPES (NULL-terminated; may be NULL). */
void scope_list_add(GPtrArray *list, const char *const *scopes);

/* BEGIN and LIST's scopes, separated by spaces. Caller frees. */
char *scope_list_text(const GPtrArray *list, const char *begin);

/* What of LIST is not in OTHER. Caller frees with g_strfreev(). */
char **scope_list_less(const GPtrArray *list, const GPtrArray *other);

#endif
