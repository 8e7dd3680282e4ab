/* SPDX-License-Identifier: MIT */
#include "base/duration.h"

#include "base/text.h"

#define HOUR G_GINT64_CONSTANT(3600)
#define MINUTE G_GINT64_CONSTANT(60)

#define PART(unit) "(?:([0-9]{1,9})" unit ")?"
#define FORM                                                                                                           \
    "^P(?=.)" PART("Y") PART("M") PART("W") PART("D") "(?:T(?=.)" PART("H") PART("M") "(?:([0-9]{1,9})(?:\\.[0-9]+)?"  \
                                                                                      "S)?)?$"

gint64 duration_seconds(const char *text)
{
    static const gint64 units[] = {
        365 * DURATION_DAY, 30 * DURATION_DAY, 7 * DURATION_DAY, DURATION_DAY, HOUR, MINUTE, 1};
    g_autoptr(GRegex) form = g_regex_new(FORM, G_REGEX_DOLLAR_ENDONLY, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    gint64 seconds = 0;
    if (text == NULL || !g_regex_match(form, text, 0, &match))
        return -1;
    for (int i = 0; i < (int)G_N_ELEMENTS(units); i++) {
        g_autofree char *number = g_match_info_fetch(match, i + 1);
        seconds += units[i] * g_ascii_strtoll(number != NULL ? number : "", NULL, 10);
    }
    return seconds;
}

char *duration_words(gint64 seconds)
{
    static const struct {
        gint64 unit;
        const char *one, *many;
    } words[] = {{DURATION_DAY, "day", "days"},
                 {HOUR, "hour", "hours"},
                 {MINUTE, "minute", "minutes"},
                 {1, "second", "seconds"}};
    gsize i = 0;
    while (i + 1 < G_N_ELEMENTS(words) && (seconds == 0 || seconds % words[i].unit != 0))
        i++;
    return text_count(seconds / words[i].unit, words[i].one, words[i].many);
}
