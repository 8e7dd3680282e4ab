/* SPDX-License-Identifier: MIT */
#include "input/id_place.h"

#include "input/hub_value.h"

struct id_place id_place_of(const GArray *text, int from)
{
    enum { LINK_MAX = 2000 };
    struct id_place place = {0};
    gunichar quote = source_at(text, from - 1);
    gboolean is_quote = is_one_of(quote, "\"'`<") || quote == 0x201C || quote == 0x2018;
    if (is_quote && !(quote == '`' && source_at(text, from - 2) == '`'))
        place.quote = quote;
    for (int i = from - 1; !is_line_end(source_at(text, i)) && !place.has_letters_before; i--)
        place.has_letters_before = is_ascii_letter(source_at(text, i));
    int start = from;
    while (from - start < LINK_MAX && !is_blank(source_at(text, start - 1)) && !is_line_end(source_at(text, start - 1)))
        start--;
    place.is_in_link = source_has_between(text, start, from, "://");
    return place;
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
