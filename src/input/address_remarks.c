/* SPDX-License-Identifier: MIT */
#include "input/address_remarks.h"

#include <string.h>

#include "input/address_scan.h"
#include "input/phrases.h"
#include "input/plain_words.h"

enum { WORDS_MAX = 200, QUOTE_MAX = 60 };

static gboolean is_letter(gunichar character)
{
    return character < BAD_BYTE && (g_unichar_isalpha(character) || is_one_of(character, "-'"));
}

/* The next letter at or behind AT that is in no address; *FOUND is the one that follows. */
static int next_word(const GArray *text, int at, int to, struct found *found)
{
    while (at < to) {
        if (found->to <= at && !address_find_next(text, at, to, found))
            *found = (struct found){to, G_MAXINT};
        if (at >= found->from && at < found->to)
            at = found->to;
        else if (g_unichar_isalpha(MIN(source_at(text, at), 0x10FFFF)) && is_letter(source_at(text, at)))
            return at;
        else
            at++;
    }
    return to;
}

/* "Quitar:" before "cy.day@...": no part of the address begins as the word does, and a colon follows it. */
static gboolean is_strange_label(const GArray *text, int from, int to, int end)
{
    struct found found;
    int colon = to;
    while (is_edge(source_at(text, colon)) && colon < end)
        colon++;
    if (source_at(text, colon) != ':' || !address_find_next(text, colon, end, &found))
        return FALSE;
    gunichar first = g_unichar_tolower(source_at(text, from));
    for (int i = found.from; i < found.to && source_at(text, i) != '@'; i++)
        if ((i == found.from || is_one_of(source_at(text, i - 1), ".-_")) && source_at(text, i) == first)
            return FALSE;
    return TRUE;
}

/* WORD stands in an address of the line, as names in small letters do. */
static gboolean is_in_address(const GArray *text, int from, int to, const char *word)
{
    struct found found;
    for (int at = from; address_find_next(text, at, to, &found); at = MAX(found.to, at + 1))
        if (source_has_between(text, found.from, found.to, word))
            return TRUE;
    return FALSE;
}

char *address_remark(const GArray *text, int from, int to)
{
    struct found found = {from, from};
    for (int i = from; i < to; i++) /* a sentence of the line ends in a question mark */
        if (source_at(text, i) == '?' && (i + 1 == to || is_edge(source_at(text, i + 1))))
            return source_utf8(text, MAX(from, i - QUOTE_MAX), i + 1);
    int n = 0;
    for (int at = next_word(text, from, to, &found); at < to && n++ < WORDS_MAX;) {
        int end = at;
        while (end < to && is_letter(source_at(text, end)))
            end++;
        int next = next_word(text, end, to, &found);
        g_autofree char *typed = source_utf8(text, at, end);
        g_autofree char *word = g_utf8_strdown(typed, -1);
        gunichar first = source_at(text, at);
        gboolean is_latin = first < 0x250;
        gboolean begins_words = n == 1 && next < to && next == end + 1 && g_unichar_islower(source_at(text, next));
        gboolean is_judged =
            g_unichar_islower(first) || begins_words || (n == 1 && is_strange_label(text, at, end, to));
        if (is_latin && is_judged && g_utf8_strlen(word, -1) > 2 && !word_is_of_guests(word) &&
            !is_in_address(text, from, to, word))
            return source_utf8(text, at, MIN(MIN(found.from > at ? found.from : to, to), at + QUOTE_MAX));
        at = next;
    }
    return NULL;
}

gboolean line_says(const GArray *text, int from, int to, enum line_remark remark)
{
    static const char *const excepts[] = {" except ", " excluding ", " but not ", " without ", " außer ",  " ohne ",
                                          " sauf ",   " hormis ",    " excepto ", " salvo ",   " tranne ", " behalve ",
                                          " exceto ", " utom ",      " unless ",  NULL};
    static const char *const limits[] = {
        " only ",      " just ",         " all but ", " the first ",    " the last ",     " the second ",
        " nobody ",    " none of ",      " nur ",     " die ersten ",   " alle bis auf ", " der letzte ",
        " seulement ", " les premiers ", " solo ",    " los primeros ", " soltanto ",     " alleen ",
        NULL};
    static const char *const drops[] = {
        " drop ",    " remove ",    " delete ", " not ",      " don t ",   " leave out ", " skip ",    " leaving ",
        " left ",    " no longer ", " leaves ", " except ",   " without ", " instead ",   " nicht ",   " kein ",
        " entferne", " ohne ",      " außer ",  " verlässt ", " geht ",    " weg ",       " statt ",   " pas ",
        " sauf ",    " sans ",      " quitte ", " retire",    " supprim",  " sin ",       " salvo ",   " ya no ",
        " quit",     " elimin",     " senza ",  " tranne ",   " niet ",    " zonder ",    " behalve ", NULL};
    static const char *const *const phrases[] = {
        [LINE_EXCEPTS] = excepts, [LINE_LIMITS] = limits, [LINE_DROPS] = drops};
    g_autofree char *line = words_between(text, from, to);
    return words_have(line, phrases[remark]);
}

gboolean address_is_template(const GArray *text, int from, int to)
{
    struct found found;
    for (int at = from; address_find_next(text, at, to, &found); at = MAX(found.to, at + 1)) {
        int end = source_find_character(text, found.from, found.to, '@');
        g_autofree char *typed = source_utf8(text, found.from, MAX(end, found.from));
        g_autofree char *lower = g_ascii_strdown(typed, -1);
        if (word_is_of_template(lower))
            return TRUE;
    }
    return FALSE;
}
