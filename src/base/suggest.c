/* SPDX-License-Identifier: MIT */
#include "base/suggest.h"

#include <string.h>

#define SHORTEST_OF_A_NAME 3
#define LONGEST 64
#define LETTERS_PER_SLIP 3

/* Wrong, missing, surplus and swapped letters between two words of at most LONGEST bytes. */
static guint distance(const char *a, const char *b)
{
    guint rows[3][LONGEST + 1];
    gsize a_length = strlen(a), b_length = strlen(b);
    for (gsize k = 0; k <= b_length; k++)
        rows[0][k] = (guint)k;
    for (gsize i = 1; i <= a_length; i++) {
        guint *row = rows[i % 3];
        const guint *above = rows[(i + 2) % 3], *higher = rows[(i + 1) % 3];
        row[0] = (guint)i;
        for (gsize k = 1; k <= b_length; k++) {
            gboolean same = g_ascii_tolower(a[i - 1]) == g_ascii_tolower(b[k - 1]);
            row[k] = MIN(MIN(above[k], row[k - 1]) + 1, above[k - 1] + (same ? 0 : 1));
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                row[k] = MIN(row[k], higher[k - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

static const char *only_one_begun(const char *word, const char *const *names)
{
    const char *found = NULL;
    for (const char *const *name = names; *name != NULL; name++) {
        if (!g_str_has_prefix(*name, word))
            continue;
        if (found != NULL)
            return NULL;
        found = *name;
    }
    return found;
}

/* TRUE if WORD is NAME with letters left out between the first and the last of it: "grp" of "group". */
static gboolean shortens(const char *word, const char *name)
{
    gboolean can_be = word[0] == name[0] && !g_str_has_prefix(name, word);
    for (; *name != '\0' && *word != '\0'; name++)
        word += *word == *name ? 1 : 0;
    return can_be && *word == '\0';
}

char *suggest_question(const char *word, const char *const *names)
{
    const char *nearest = NULL;
    guint length = (guint)strlen(word);
    if (length < 2 || length > LONGEST)
        return g_strdup("");
    guint best = MAX(length / LETTERS_PER_SLIP, 1) + 1;
    for (const char *const *name = names; *name != NULL; name++) {
        guint slips = strlen(*name) <= LONGEST ? distance(word, *name) : G_MAXUINT;
        if (slips < best) {
            best = slips;
            nearest = *name;
        }
    }
    if (nearest == NULL)
        nearest = only_one_begun(word, names);
    const gboolean may_be_shortened = nearest == NULL && length >= SHORTEST_OF_A_NAME;
    for (const char *const *name = names; may_be_shortened && *name != NULL; name++)
        if (shortens(word, *name) && (nearest == NULL || strlen(*name) < strlen(nearest)))
            nearest = *name;
    return nearest != NULL ? g_strdup_printf(" Did you mean “%s”?", nearest) : g_strdup("");
}
