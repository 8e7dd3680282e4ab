/* SPDX-License-Identifier: MIT */
#include "input/value_remarks.h"

#include <string.h>

#include "input/hub_value.h"
#include "input/phrases.h"
#include "input/plain_words.h"
#include "input/value_titles.h"

enum { REMARK_MAX = 160 };

/* "in lower case" behind NAME, which has capitals, or the other way round. */
static gboolean has_other_case(const char *words, const char *name)
{
    gboolean is_lower = strstr(words, " lower case ") != NULL || strstr(words, " lowercase ") != NULL ||
                        strstr(words, " kleingeschrieben ") != NULL || strstr(words, " minuscules ") != NULL;
    gboolean is_upper = strstr(words, " upper case ") != NULL || strstr(words, " uppercase ") != NULL ||
                        strstr(words, " großgeschrieben ") != NULL || strstr(words, " majuscules ") != NULL;
    g_autofree char *lower = g_ascii_strdown(name, -1);
    g_autofree char *upper = g_ascii_strup(name, -1);
    return is_lower != is_upper && strcmp(name, is_lower ? lower : upper) != 0;
}

/* "(12 characters)" behind NAME, which has another number of them. */
static gboolean has_other_length(const char *words, const char *name)
{
    static const char *const units[] = {"characters", "chars",      "letters",   "zeichen", "buchstaben",
                                        "caractères", "caracteres", "caratteri", "tekens",  NULL};
    g_auto(GStrv) each = g_strsplit(words, " ", -1);
    for (char **word = each; *word != NULL && word[1] != NULL; word++)
        if (g_ascii_isdigit(**word) && g_strv_contains(units, word[1]))
            return g_ascii_strtoull(*word, NULL, 10) != strlen(name);
    return FALSE;
}

int remark_end(const GArray *text, int from, int to)
{
    int mark = -1;
    gboolean is_open = FALSE;
    for (int i = from; i < to; i++) {
        is_open |= is_one_of(source_at(text, i), "([");
        if (is_one_of(source_at(text, i), ",;|\t"))
            mark = i;
        else if (is_one_of(source_at(text, i), ":=") && !is_open)
            return mark >= 0 ? mark : i;
    }
    return to;
}

static gboolean is_word_mark(gunichar character)
{
    return character < BAD_BYTE && (g_unichar_isalnum(character) || is_one_of(character, "-_."));
}

static gboolean leaves_value(const char *typed, gboolean is_first, const char *before)
{
    g_autofree char *word = g_utf8_strdown(typed, -1);
    gunichar first = g_utf8_get_char(typed);
    static const char *const denied[] = {"yours",    "ours",      "final", "valid",  "ready",   "correct",  "right",
                                         "approved", "confirmed", "live",  "active", "enabled", "verified", NULL};
    if (strcmp(before, "not") == 0 && g_strv_contains(denied, word))
        return FALSE;
    gboolean is_title = !is_first && strcmp(before, "for") != 0 && g_unichar_isupper(first) &&
                        strpbrk(typed, "0123456789") == NULL && !word_is_qualifier(word);
    gboolean is_foreign = g_unichar_get_script(first) != G_UNICODE_SCRIPT_LATIN && first > 0x7F;
    gboolean is_number = typed[strspn(typed, "0123456789.")] == '\0';
    static const char *const old[] = {"formerly", "previously", "old",     "was",    "replaces", "namespace",
                                      "not",      "früher",     "vorher",  "bisher", "ehemals",  "former",
                                      "in",       "group",      "instead", NULL};
    return is_title || is_foreign || is_number || word_is_of_remarks(word) ||
           (g_strv_contains(old, before) && !word_is_qualifier(word));
}

/* Marks stand behind a name in its line, and one of them asks: "(??)". */
static gboolean is_asked(const GArray *text, int at, int to)
{
    for (; at < to && !is_word_mark(source_at(text, at)); at++)
        if (is_one_of(source_at(text, at), "?") || source_at(text, at) == 0xFF1F)
            return TRUE;
    return FALSE;
}

/* "contoso*": a mark behind the name that points to a footnote, or stands for more. Bold ones are at both ends. */
static gboolean is_starred(const GArray *text, int at)
{
    int star = source_at(text, at) == '*' ? at : at - 1;
    int line = star - 1;
    while (line >= 0 && star - line < REMARK_MAX && !is_line_end(source_at(text, line)) && source_at(text, line) != '*')
        line--;
    return source_at(text, star) == '*' && (line < 0 || source_at(text, line) != '*');
}

gboolean remark_may_change(const GArray *text, int at, int end, const char *name)
{
    int to = at;
    while (to < end && to < at + REMARK_MAX && !is_line_end(source_at(text, to)) &&
           !(is_one_of(source_at(text, to), ".!?") && is_blank(source_at(text, to + 1))))
        to++;
    int line = at;
    while (line < at + REMARK_MAX && !is_line_end(source_at(text, line)))
        line++;
    g_autofree char *all = words_between(text, at, line);
    if (has_other_length(all, name) || has_other_case(all, name) || is_asked(text, at, line) || is_starred(text, at) ||
        text_has_year(text, at, remark_end(text, at, to)))
        return TRUE;
    int arrow = skip_blanks(text, at, to);
    at = source_has(text, arrow, "=>") ? MIN(arrow + 2, to) : at;
    to = remark_end(text, at, to);
    g_autofree char *before = g_strdup("");
    gboolean is_first = TRUE;
    for (int from = at; from < to; from++) {
        if (!is_word_mark(source_at(text, from)))
            continue;
        int behind = from;
        while (behind < to && is_word_mark(source_at(text, behind)))
            behind++;
        while (behind > from && is_one_of(source_at(text, behind - 1), ".-"))
            behind--;
        g_autofree char *word = source_utf8(text, from, behind);
        if (*word != '\0' && source_at(text, behind) != '=' && g_ascii_strcasecmp(word, name) != 0 &&
            !leaves_value(word, is_first, before))
            return TRUE;
        is_first = FALSE;
        g_free(before);
        before = g_utf8_strdown(word, -1);
        from = MAX(behind, from);
    }
    return FALSE;
}
