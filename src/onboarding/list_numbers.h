/* SPDX-License-Identifier: MIT */
/*
 * Which number the objects of each entry of a list bear: the 2 of "guest-2". What was decided about a person, or made
 * for one, stands under that key, so it stays that person's wherever he stands in the list, and is nobody else's when
 * he is taken off it. Owned by the worker thread.
 */
#ifndef PERCH_ONBOARDING_LIST_NUMBERS_H
#define PERCH_ONBOARDING_LIST_NUMBERS_H

#include <glib.h>

struct list_numbers;

struct list_numbers *list_numbers_new(void);
void list_numbers_free(struct list_numbers *numbers);
void list_numbers_clear(struct list_numbers *numbers);

/* NUMBER of LIST (a path of answers) is that of the entry ITEM from now on, case aside; "": of nobody who may be
 * listed. What was said first counts: nothing is changed where the one or the other is bound already. TRUE if it is
 * ITEM's now. */
gboolean list_numbers_bind(struct list_numbers *numbers, const char *list, const char *item, guint number);

/* The number that ITEM is bound to; 0 if it is to none. */
guint list_numbers_bound(const struct list_numbers *numbers, const char *list, const char *item);

/* The number of ITEM, which stands at PLACE (from 1): its own, else its place, else the first that is nobody's. TAKEN:
 * a set of what the entries before it bear, as pointers; the number is added to it. */
guint list_numbers_of(const struct list_numbers *numbers, const char *list, const char *item, guint place,
                      GHashTable *taken);

#endif
