/* SPDX-License-Identifier: MIT */
#include "input/phrases.h"

#include <string.h>

char *words_between(const GArray *text, int from, int to)
{
    GString *words = g_string_new(" ");
    for (int i = from; i < to; i++) {
        gunichar character = source_at(text, i);
        if (character < BAD_BYTE && g_unichar_isalnum(character))
            g_string_append_unichar(words, g_unichar_tolower(character));
        else if (words->str[words->len - 1] != ' ')
            g_string_append_c(words, ' ');
    }
    if (words->str[words->len - 1] != ' ')
        g_string_append_c(words, ' ');
    return g_string_free(words, FALSE);
}

int words_count(const char *words)
{
    int n = 0;
    for (const char *at = words; *at != '\0'; at++)
        n += *at == ' ' ? 1 : 0;
    return n - 1;
}

gboolean words_have(const char *words, const char *const *phrases)
{
    for (int i = 0; phrases[i] != NULL; i++)
        if (strstr(words, phrases[i]) != NULL)
            return TRUE;
    return FALSE;
}

static gpointer build_table(gpointer data)
{
    const struct phrase_lists *lists = data;
    GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < lists->n; i++)
        for (const char *const *phrase = lists->lists[i]; *phrase != NULL; phrase++) {
            guint known = GPOINTER_TO_UINT(g_hash_table_lookup(table, *phrase));
            g_hash_table_insert(table, (gpointer)*phrase, GUINT_TO_POINTER(known | 1U << i));
        }
    return table;
}

guint phrases_in(const char *words, struct phrase_lists *lists)
{
    enum { PHRASE_WORDS = 4 };
    GHashTable *table = g_once(&lists->once, build_table, lists);
    guint found = 0;
    g_autofree char *phrase = g_strdup(words);
    for (char *from = phrase + 1; *from != '\0'; from = strchr(from, ' ') + 1) {
        char *to = from;
        for (int n = 0; n < PHRASE_WORDS && *to != '\0'; n++) {
            to = strchr(to, ' ');
            *to = '\0';
            found |= GPOINTER_TO_UINT(g_hash_table_lookup(table, from));
            *to++ = ' ';
        }
    }
    return found;
}
