/* SPDX-License-Identifier: MIT */
#include "input/id_place.h"

#include "input/hub_value.h"

gunichar id_quote_before(const GArray *text, int from)
{
    gunichar quote = source_at(text, from - 1);
    if (quote == '`' && source_at(text, from - 2) == '`')
        return 0;
    return is_one_of(quote, "\"'`<") || quote == 0x201C || quote == 0x2018 ? quote : 0;
}

gboolean id_has_words_before(const GArray *text, int from)
{
    for (int i = from - 1; !is_line_end(source_at(text, i)); i--)
        if (is_ascii_letter(source_at(text, i)))
            return TRUE;
    return FALSE;
}

gboolean id_is_in_link(const GArray *text, int from)
{
    enum { LINK_MAX = 2000 };
    int start = from;
    while (from - start < LINK_MAX && !is_blank(source_at(text, start - 1)) && !is_line_end(source_at(text, start - 1)))
        start--;
    return source_has_between(text, start, from, "://");
}

gboolean id_is_letter_of_words(gunichar character)
{
    if (character > 0x7F && character < BAD_BYTE && g_unichar_ismark(character))
        return TRUE;
    if (character <= 0x7F || character >= BAD_BYTE || !g_unichar_isalpha(character))
        return FALSE;
    GUnicodeScript script = g_unichar_get_script(character);
    return script == G_UNICODE_SCRIPT_LATIN || script == G_UNICODE_SCRIPT_CYRILLIC || script == G_UNICODE_SCRIPT_GREEK;
}
