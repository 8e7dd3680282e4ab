/* SPDX-License-Identifier: MIT */
#include "input/line_forms.h"

#include "input/hub_value.h"
#include "input/plain_words.h"

enum { ASSIGNMENT_MAX = 60 };

gboolean letter_is_at(const GArray *text, int at)
{
    gunichar character = source_at(text, at);
    return character < BAD_BYTE && g_unichar_isalpha(character);
}

int words_in(const GArray *text, int from, int to)
{
    int n = 0;
    for (int i = from; i < to; i++)
        n += letter_is_at(text, i) &&
             (i == from || !letter_is_at(text, i - 1) || (is_unparted(source_at(text, i)) && i % 2 == 0));
    return n;
}

int behind_line_marks(const GArray *text, int from, int to)
{
    int at = from;
    while (at < to && (is_blank(source_at(text, at)) || is_one_of(source_at(text, at), ">|*#+-") ||
                       (source_at(text, at) >= 0x2010 && source_at(text, at) < 0x3000)))
        at++;
    int digits = at;
    while (digits < to && is_ascii_digit(source_at(text, digits)))
        digits++;
    if (digits == at && is_ascii_letter(source_at(text, at)))
        digits++;
    if (digits > at && is_one_of(source_at(text, digits), ".)") && is_blank(source_at(text, digits + 1)))
        at = skip_blanks(text, digits + 1, to);
    return at;
}

int comment_start(const GArray *text, int from, int to)
{
    for (int at = from; at < to; at++)
        if ((at == from || is_blank(source_at(text, at - 1))) &&
            (source_at(text, at) == '#' || source_has(text, at, "//") || source_has(text, at, "/*") ||
             source_has(text, at, "<!--")))
            return at;
    return to;
}

gboolean line_is_code(const GArray *text, int from, int to)
{
    static const char *const starts[] = {
        "az ",       "PS ",     "Get-",   "New-", "Set-",    "terraform ", "export ", "curl ", "kubectl ",  "resource ",
        "variable ", "output ", "param ", "var ", "module ", "data ",      "$",       "@",     "provider ", "let ",
        "locals ",   "ssh ",    "echo ",  "cat ", "setx ",   "set ",       "~ ",      NULL};
    gunichar first = source_at(text, from);
    gunichar last = source_at(text, to - 1);
    if (code_speaks_up(text, from, comment_start(text, from, to)))
        return FALSE;
    if (is_one_of(first, "{}[<") || is_one_of(last, "{}[(") || source_has_between(text, from, to, " --") ||
        ((first == '"' || first == '\'') && (source_has_between(text, from, to, "\":") || last == ',')))
        return TRUE;
    gboolean has_sign = FALSE;
    for (int i = from; i < to; i++)
        has_sign |= is_one_of(source_at(text, i), "=\"{($") ||
                    (source_at(text, i) == '\'' && !(letter_is_at(text, i - 1) && letter_is_at(text, i + 1))) ||
                    (source_has(text, i, " -") && !is_blank(source_at(text, i + 2)));
    for (int i = 0; starts[i] != NULL && has_sign; i++)
        if (source_has(text, from, starts[i]))
            return TRUE;
    int equals = source_find_character(text, from, MIN(to, from + ASSIGNMENT_MAX), '=');
    return equals > from && !words_are(PHRASE_REMARK, text, from, equals) && words_in(text, from, equals) <= 6;
}

gboolean part_is_key(const GArray *text, int from, int to)
{
    gboolean is_built = FALSE;
    while (to > from && is_blank(source_at(text, to - 1)))
        to--;
    for (int i = from; i < to; i++) {
        gunichar character = source_at(text, i);
        if (!is_word_character(character) && !is_one_of(character, "\"'"))
            return FALSE;
        is_built |= i > from && (is_one_of(character, "_.") || (character >= 'A' && character <= 'Z' &&
                                                                g_ascii_islower((char)source_at(text, i - 1))));
    }
    return is_built;
}

gboolean line_is_row(const GArray *text, int from, int to)
{
    int dividers = 0;
    for (int i = from; i < to - 1; i++)
        dividers += is_one_of(source_at(text, i), ",;") && !is_blank(source_at(text, i + 1));
    return dividers > 1 || (dividers == 1 && words_in(text, from, to) < 4);
}
