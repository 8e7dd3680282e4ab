/* SPDX-License-Identifier: MIT */
#include "input/address_scan.h"
#include "input/vocabulary.h"

#include <string.h>

#include "input/validate.h"

enum { NAME_WORDS_MAX = 4 };

static gboolean is_local_character(gunichar character)
{
    if (character <= 0x7F || character >= BAD_BYTE || is_visible_space(character) || is_lookalike(character))
        return is_ascii_alnum(character) || is_one_of(character, "!#$%&'*+-/=?^_{}~.");
    /* Letters of China, Japan and Korea stand beside addresses without a blank. */
    GUnicodeScript script = g_unichar_get_script(character);
    return script != G_UNICODE_SCRIPT_HAN && script != G_UNICODE_SCRIPT_HIRAGANA &&
           script != G_UNICODE_SCRIPT_KATAKANA && script != G_UNICODE_SCRIPT_HANGUL && character != 0x3001 &&
           character != 0xFF1A && character != 0xFF0C && character != 0xFF1B;
}

gboolean address_find_next(const GArray *text, int at, int to, struct found *found)
{
    static const char autolink[] = "mailto:";
    for (int i = at; i < to; i++) {
        if (source_at(text, i) != '@')
            continue;
        found->from = i;
        while (found->from > at && is_local_character(source_at(text, found->from - 1)))
            found->from--;
        while (found->from < i && is_one_of(source_at(text, found->from), "'/*+"))
            found->from++;
        if (source_has(text, found->from, autolink))
            found->from += (int)strlen(autolink);
        found->to = i + 1;
        while (found->to < to &&
               (is_ascii_alnum(source_at(text, found->to)) || is_one_of(source_at(text, found->to), "-.") ||
                (source_at(text, found->to) > 0x7F && is_local_character(source_at(text, found->to)))))
            found->to++;
        while (found->to > i + 1 && is_one_of(source_at(text, found->to - 1), ".-"))
            found->to--;
        return TRUE;
    }
    return FALSE;
}

gboolean address_is_same(const GArray *text, const struct found *one, const struct found *other)
{
    g_autofree char *a = source_utf8(text, one->from, one->to);
    g_autofree char *b = source_utf8(text, other->from, other->to);
    return g_ascii_strcasecmp(a, b) == 0;
}

int address_count(const GArray *text, int from, int to, gboolean *are_divided)
{
    struct found last = {from, from};
    struct found found;
    int n = 0;
    *are_divided = TRUE;
    for (int at = from; address_find_next(text, at, to, &found); at = MAX(found.to, at + 1)) {
        gboolean is_only_blank = n > 0;
        for (int i = last.to; i < found.from; i++)
            is_only_blank &= is_edge(source_at(text, i)) && source_at(text, i) != '\t';
        if (n > 0 && is_only_blank)
            *are_divided = FALSE;
        n += n == 0 || !address_is_same(text, &last, &found) ? 1 : 0;
        last = found;
    }
    return n;
}

gboolean address_is_display_name(const GArray *text, int to)
{
    int at = to;
    while (is_edge(source_at(text, at)) || is_one_of(source_at(text, at), "\"'"))
        at++;
    int next = at + 1;
    while (is_local_character(source_at(text, next)))
        next++;
    return at > to && source_at(text, at) == '<' && source_at(text, next) == '@';
}

gboolean address_are_apart(const GArray *text, int from, int to)
{
    int n = 0;
    for (int at = from; at < to;) {
        while (at < to && is_edge(source_at(text, at)))
            at++;
        int end = at;
        while (end < to && !is_edge(source_at(text, end)))
            end++;
        g_autofree char *word = source_utf8(text, at, end);
        g_autoptr(Verdict) verdict = end > at ? validate("email", word, -1) : NULL;
        if (verdict != NULL && (!verdict->valid || verdict->findings->len > 0))
            return FALSE;
        n += end > at ? 1 : 0;
        at = MAX(end, at + 1);
    }
    return n > 1;
}

/* What titles an address is nobody's name: "Mail: ana@partner.example". In small letters. */
static const char *const address_titles[] = {"mail",
                                             "e-mail",
                                             "email",
                                             "e-mail address",
                                             "email address",
                                             "e-mail-adresse",
                                             "address",
                                             "adresse",
                                             "mail address",
                                             "mailadresse",
                                             "upn",
                                             "userprincipalname",
                                             "smtp",
                                             "m",
                                             "e",
                                             "eml",
                                             "contact",
                                             "kontakt",
                                             "courriel",
                                             "correo",
                                             "user",
                                             "account",
                                             "login",
                                             "primarysmtpaddress",
                                             "sorry",
                                             "new",
                                             "neu",
                                             "nouveau",
                                             "x]",
                                             "]",
                                             "invite",
                                             "please invite",
                                             "add",
                                             "please add",
                                             "einladen",
                                             "oops",
                                             "e.g.",
                                             NULL};

/* The length of a chat's or a log's time stamp that TEXT begins with, brackets and all: "[27.11.26, 10:15] ". 0 if
 * none.
 */
static gsize time_stamp_length(const char *text)
{
    static const char stamp[] = "^[\\[(]?(?:(?:mon|tue|wed|thu|fri|sat|sun|today|yesterday)\\w*,? (?:at )?)?"
                                "(?:\\d{1,4}[./-]\\d{1,2}[./-]\\d{2,4}(?:,? |T)?)?"
                                "(?:\\d{1,2}:\\d{2}(?::\\d{2})?(?: ?[ap]\\.?m\\.?)?Z?)?[])]?(?: [-–—])?(?: |$)";
    g_autoptr(GRegex) regex = g_regex_new(stamp, G_REGEX_CASELESS, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    int to = 0;
    if (g_regex_match(regex, text, 0, &match))
        g_match_info_fetch_pos(match, 0, NULL, &to);
    return strcspn(text, "0123456789") < (gsize)to ? (gsize)to : 0;
}

char *address_trim_name(char *name)
{
    static const char *const starts[] = {
        "to:",   "cc:",     "bcc:",   "an:",     "from:", "and ",    "[x] ",           "] ",
        "x] ",   "# ",      "und ",   "et ",     "y ",    "mailto:", "please invite ", "invite ",
        "smtp:", "please ", "bitte ", "sorry, ", NULL};
    static const char *const ends[] = {"-", "–", "—", ":", ";", ",", "'", "<", "[", "(", "|", "*", "/", NULL};
    gboolean is_changed = TRUE;
    name += time_stamp_length(name);
    name += strspn(name, ",;:*-/|>[( ");
    name += g_str_has_prefix(name, "•") ? strlen("•") : 0;
    gsize digits = strspn(name, "0123456789");
    if (digits > 0 && (name[digits] == '.' || name[digits] == ')'))
        name += digits + 1;
    name += strspn(name, ",;:*-/|>[( ");
    for (int i = 0; starts[i] != NULL; i++)
        if (g_ascii_strncasecmp(name, starts[i], strlen(starts[i])) == 0)
            name += strlen(starts[i]);
    while (is_changed) {
        is_changed = FALSE;
        g_strchomp(name);
        for (int i = 0; ends[i] != NULL && !is_changed; i++)
            if ((is_changed = g_str_has_suffix(name, ends[i])))
                name[strlen(name) - strlen(ends[i])] = '\0';
    }
    name += strspn(name, "', #+");
    digits = strspn(name, "0123456789");
    gsize blanks = strspn(name + digits, " \t");
    gboolean is_numbered =
        digits > 0 && blanks > 0 && g_unichar_isupper(g_utf8_get_char_validated(name + digits + blanks, -1));
    name += is_numbered ? digits + blanks : 0;
    if (strcmp(name, ".") == 0)
        name++;
    static const char *const joints[] = {"and", "und", "et", "y", "e", "en", "og", "och", "or", "oder", NULL};
    g_autofree char *typed = g_utf8_strdown(name, -1);
    gboolean is_title = g_strv_contains(address_titles, g_strstrip(typed));
    return is_title || g_strv_contains(joints, name) || strchr(name, '=') != NULL ? name + strlen(name) : name;
}

/* A name that a sentence runs into: "please invite Ana Roe". It begins behind the last word in small letters that is
 * no part of names. */
static const char *behind_sentence(const char *name, char **words)
{
    static const char *const particles[] = {"van", "von", "de",  "der", "den", "da",  "di",  "du", "la", "le", "el",
                                            "al",  "bin", "ten", "ter", "zu",  "zur", "dos", "y",  "e",  NULL};
    const char *behind = name;
    for (const char *at = name; *words != NULL; at += strlen(*words) + 1, words++)
        if (words[1] != NULL && g_unichar_islower(g_utf8_get_char_validated(*words, -1)) &&
            !g_strv_contains(particles, *words) && g_unichar_isupper(g_utf8_get_char_validated(words[1], -1)))
            behind = at + strlen(*words) + 1;
    return behind;
}

gboolean address_is_bare_name(const GArray *text, int from, int to)
{
    int words = 0;
    for (int i = from; i < to; i++) {
        gunichar character = source_at(text, i);
        gboolean begins = i == from || is_edge(source_at(text, i - 1));
        if (is_edge(character))
            continue;
        if (character >= BAD_BYTE || (!g_unichar_isalpha(character) && !is_one_of(character, "-'")) ||
            (begins && !g_unichar_isupper(character)))
            return FALSE;
        words += begins;
    }
    return words > 1 && words <= NAME_WORDS_MAX;
}

char *address_name_between(const GArray *text, int from, int to)
{
    static const char *const autolinks[] = {"mailto:", "smtp:"};
    for (gsize i = 0; i < G_N_ELEMENTS(autolinks); i++)
        if (source_has(text, to - (int)strlen(autolinks[i]), autolinks[i]))
            to -= (int)strlen(autolinks[i]);
    int last = to;
    while (last > from && is_edge(source_at(text, last - 1)) && source_at(text, last - 1) != '\t')
        last--;
    if (last == from || (!is_one_of(source_at(text, last - 1), "<[(\",\t;") && !address_is_bare_name(text, from, last)))
        return NULL; /* the words of a sentence */
    g_autoptr(SourceText) shown = source_new();
    for (int i = from; i < to; i++)
        if (!is_unseen(source_at(text, i)))
            source_append(shown, source_at(text, i), i);
    g_autofree char *typed = source_utf8(shown, 0, source_length(shown));
    g_strdelimit(typed, "<>()[]{}\"|\t\r\n", ' ');
    for (char *twice = strstr(typed, "  "); twice != NULL; twice = strstr(twice, "  "))
        memmove(twice, twice + 1, strlen(twice));
    const char *name = address_trim_name(g_strstrip(typed));
    g_auto(GStrv) words = g_strsplit(name, " ", -1);
    if (*name == '\0' || g_strv_length(words) > NAME_WORDS_MAX ||
        !(g_unichar_isupper(g_utf8_get_char_validated(name, -1)) || strchr(name, ' ') == NULL))
        return NULL;
    g_autoptr(Verdict) verdict = validate("display-name", behind_sentence(name, words), -1);
    return g_strdup(verdict->value);
}

gboolean address_has_wide_at(const GArray *text, int from, int to)
{
    enum { FULL_WIDTH = 0xFF20, SMALL = 0xFE6B };
    for (int i = from; i < to; i++)
        if (source_at(text, i) == FULL_WIDTH || source_at(text, i) == SMALL)
            return TRUE;
    return FALSE;
}

int address_begin(const GArray *cell)
{
    int open = source_find(cell, 0, "<");
    int end = source_length(cell);
    while (end > 0 && is_edge(source_at(cell, end - 1)))
        end--;
    while (open < 0 && end > 0 && !is_visible_space(source_at(cell, end - 1)))
        end--;
    return open >= 0 ? open : end;
}

gboolean address_is_torn(const GArray *cell, int start)
{
    int close = source_find(cell, start, ">");
    int end = close >= 0 ? close : source_length(cell);
    int from = source_at(cell, start) == '<' ? start + 1 : start;
    g_autoptr(SourceText) before = source_copy(cell, 0, start);
    while (from < end && is_edge(source_at(cell, from)))
        from++;
    while (end > from && is_edge(source_at(cell, end - 1)))
        end--;
    for (int i = from; i < end; i++)
        if (is_visible_space(source_at(cell, i)))
            return TRUE;
    return source_at(cell, from) == '@' || source_find(before, 0, "@") >= 0;
}

gboolean address_is_torn_off(const GArray *text, int from, int at)
{
    int start = at - 2;
    if (at - from < 4 || source_at(text, at - 1) != ' ' || source_at(text, at - 2) != '.')
        return FALSE;
    while (start > from && is_ascii_letter(source_at(text, start - 1)))
        start--;
    g_autofree char *word = source_utf8(text, start, at - 2);
    return start < at - 2 && g_ascii_islower(*word) &&
           (start == from || is_one_of(source_at(text, start - 1), " ,;<\t")) && word_languages(word) == 0;
}

/* The one word of the line from FROM up to TO; FALSE if it has none or several, or an address. */
static gboolean is_one_word(const GArray *text, int from, int to, int *first, int *last)
{
    while (from < to && is_edge(source_at(text, from)))
        from++;
    while (to > from && is_edge(source_at(text, to - 1)))
        to--;
    gboolean has_letter = FALSE;
    for (int i = from; i < to; i++) {
        has_letter |= is_ascii_alnum(source_at(text, i));
        if (!is_ascii_alnum(source_at(text, i)) && !is_one_of(source_at(text, i), ".-_+"))
            return FALSE;
    }
    *first = from;
    *last = to - 1;
    return has_letter;
}

gboolean address_is_broken(const GArray *text, int from, int to, int next)
{
    int above = from - 1;
    above -= source_at(text, above) == '\n' && source_at(text, above - 1) == '\r' ? 1 : 0;
    int start = line_start(text, above);
    int below = line_end(text, next);
    while (to > from && is_edge(source_at(text, to - 1)))
        to--;
    int first = 0;
    int last = 0;
    gboolean ends_torn = is_one_of(source_at(text, to - 1), ".-@_");
    if (is_one_word(text, next, below, &first, &last) &&
        (is_one_of(source_at(text, first), ".-@") || (ends_torn && !g_unichar_isupper(source_at(text, first)))))
        return TRUE;
    return above > 0 && !is_edge(source_at(text, from)) && is_one_word(text, start, above, &first, &last) &&
           is_one_of(source_at(text, last), ".-_+") && last > first;
}
