/* SPDX-License-Identifier: MIT */
#include "onboarding/list_numbers.h"

struct list_numbers {
    GHashTable *numbers; /* "LIST ITEM", in lower case -> number */
    GHashTable *bound;   /* set of "LIST NUMBER" */
};

struct list_numbers *list_numbers_new(void)
{
    struct list_numbers *numbers = g_new0(struct list_numbers, 1);
    numbers->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    numbers->bound = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return numbers;
}

void list_numbers_free(struct list_numbers *numbers)
{
    g_hash_table_unref(numbers->numbers);
    g_hash_table_unref(numbers->bound);
    g_free(numbers);
}

void list_numbers_clear(struct list_numbers *numbers)
{
    g_hash_table_remove_all(numbers->numbers);
    g_hash_table_remove_all(numbers->bound);
}

static char *entry_name(const char *list, const char *item)
{
    g_autofree char *lower = g_ascii_strdown(item, -1);
    return g_strdup_printf("%s %s", list, lower);
}

static gboolean is_bound(const struct list_numbers *numbers, const char *list, guint number)
{
    g_autofree char *name = g_strdup_printf("%s %u", list, number);
    return g_hash_table_contains(numbers->bound, name);
}

gboolean list_numbers_bind(struct list_numbers *numbers, const char *list, const char *item, guint number)
{
    g_autofree char *name = entry_name(list, item);
    if (is_bound(numbers, list, number) || g_hash_table_contains(numbers->numbers, name))
        return GPOINTER_TO_UINT(g_hash_table_lookup(numbers->numbers, name)) == number;
    g_hash_table_add(numbers->bound, g_strdup_printf("%s %u", list, number));
    if (item[0] != '\0')
        g_hash_table_insert(numbers->numbers, g_steal_pointer(&name), GUINT_TO_POINTER(number));
    return TRUE;
}

guint list_numbers_bound(const struct list_numbers *numbers, const char *list, const char *item)
{
    g_autofree char *name = entry_name(list, item);
    return GPOINTER_TO_UINT(g_hash_table_lookup(numbers->numbers, name));
}

guint list_numbers_of(const struct list_numbers *numbers, const char *list, const char *item, guint place,
                      GHashTable *taken)
{
    guint number = list_numbers_bound(numbers, list, item);
    /* Whoever stands there twice is bound once. */
    if (number == 0 || g_hash_table_contains(taken, GUINT_TO_POINTER(number))) {
        number = place;
        for (guint next = 1; is_bound(numbers, list, number) || g_hash_table_contains(taken, GUINT_TO_POINTER(number));)
            number = next++;
    }
    g_hash_table_add(taken, GUINT_TO_POINTER(number));
    return number;
}
