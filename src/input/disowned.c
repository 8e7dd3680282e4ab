/* SPDX-License-Identifier: MIT */
#include "input/disowned.h"

#include <string.h>

#include "input/disowned_words.h"
#include "input/hub_labels.h"
#include "input/hub_value.h"
#include "input/phrases.h"

enum { HEADING_MAX = 100, REMARK_MAX = 100, SENTENCE_SIDE = 240, FULL_LINE = 50, REPLY_MAX = 3000 };

gboolean is_disowned_behind(const GArray *text, int at)
{
    int from = at;
    while (from < at + REMARK_MAX &&
           (is_blank(source_at(text, from)) || is_one_of(source_at(text, from), "\"'`,;.)]}>|*")))
        from++;
    int to = from;
    while (to < from + REMARK_MAX && !is_line_end(source_at(text, to)))
        to++;
    gunichar mark = source_at(text, from);
    gboolean is_remark = is_one_of(mark, "([-<#/!~") || mark == 0x2013 || mark == 0x2014 || mark == 0x2190 ||
                         mark == 0x27F5 || mark == 0x21D0 || mark == 0xFF08;
    if (!is_remark && !(from > at && source_at(text, from - 1) != '|' && is_ascii_letter(mark)))
        return FALSE;
    g_autofree char *words = words_between(text, from, to);
    guint lists = disowned_lists_in(words);
    return (lists & EXCUSES) == 0 && (lists & (AGAINST | (is_remark ? EXAMPLES : 0))) != 0;
}

static gboolean ends_sentence(const GArray *text, int at)
{
    return is_one_of(source_at(text, at), ".!?;") &&
           (is_blank(source_at(text, at + 1)) || is_line_end(source_at(text, at + 1)));
}

/* A line that a sentence runs through: it is long, and no "label: value". */
static gboolean runs_on(const GArray *text, int from, int to)
{
    return to - from >= FULL_LINE && !source_has_between(text, from, to, ": ") &&
           !source_has_between(text, from, to, "://");
}

gboolean is_disowned_in_sentence(const GArray *text, int at)
{
    int from = at;
    int line = at;
    for (; from > 0 && at - from < SENTENCE_SIDE && !ends_sentence(text, from - 1); from--) {
        if (!is_line_break(source_at(text, from - 1)))
            continue;
        line = from - 1;
        while (line > 0 && from - line < SENTENCE_SIDE && !is_line_break(source_at(text, line - 1)))
            line--;
        if (!runs_on(text, line, from - 1))
            break;
    }
    int to = at;
    for (; source_at(text, to) != NO_CHARACTER && to - at < SENTENCE_SIDE && !ends_sentence(text, to); to++)
        if (is_line_break(source_at(text, to)) && !runs_on(text, MAX(from, to - FULL_LINE), to))
            break;
    g_autofree char *words = words_between(text, from, to);
    return (disowned_lists_in(words) & (AGAINST | NOT_SURE | EXAMPLES)) != 0;
}

gboolean is_disowned_before(const GArray *text, int at)
{
    enum { LOOK = 40 };
    static const char *const ends[] = {" not", " nicht", " pas", " no", " nie", " never", " statt", " anstatt", NULL};
    int from = at;
    while (from > 0 && at - from < LOOK && !is_line_end(source_at(text, from - 1)) &&
           !is_one_of(source_at(text, from - 1), ",;:.!?)]"))
        from--;
    g_autofree char *words = words_between(text, from, at);
    g_autofree char *last = g_strchomp(g_strdup(words));
    for (gsize i = 0; ends[i] != NULL; i++)
        if (g_str_has_suffix(last, ends[i]))
            return TRUE;
    return (disowned_lists_in(words) & (AGAINST | EXCUSES | EXAMPLES)) != 0;
}

gboolean says_corrected_unparted(const GArray *text, int from, int to)
{
    static const char *const words[] = {"訂正", "正しくは", "更正", "正确的是", "정정", NULL};
    g_autofree char *line = source_utf8(text, from, to);
    for (int i = 0; words[i] != NULL; i++)
        if (strstr(line, words[i]) != NULL)
            return TRUE;
    return FALSE;
}

gboolean says_corrected(const GArray *text, int from, int to)
{
    g_autofree char *words = words_between(text, from, to);
    return says_corrected_unparted(text, from, to) || (disowned_lists_in(words) & CORRECTS) != 0;
}

/* Between blanks, in small letters, with every mark made a blank. */
static const char *const apologies[] = {" sorry ",
                                        " oops ",
                                        " whoops ",
                                        " ups ",
                                        " pardon ",
                                        " sry ",
                                        " d\xC3\xA9sol\xC3\xA9 ",
                                        " perd\xC3\xB3n ",
                                        " scusa ",
                                        " scusate ",
                                        " entschuldigung ",
                                        " meinte ",
                                        " meant ",
                                        " stimmt nicht ",
                                        " lo siento ",
                                        " ach nein ",
                                        " nein doch ",
                                        " no wait ",
                                        " nvm ",
                                        " desculpe ",
                                        " przepraszam ",
                                        " excuses ",
                                        " f\xC3\xB6rl\xC3\xA5t ",
                                        NULL};

/* "sorry, contoso-2", "*contoso-2": a short line of a chat that mends the one before. */
static gboolean is_apology(const GArray *text, int at)
{
    enum { APOLOGY_WORDS = 6 };
    int from = line_start(text, at);
    g_autofree char *line = words_between(text, from, MIN(line_end(text, at), from + HEADING_MAX));
    gboolean is_short = strpbrk(line, "0123456789") != NULL || words_count(line) <= 2 * APOLOGY_WORDS;
    if (is_short && words_have(line, apologies))
        return TRUE;
    int behind = at;
    while (is_word_character(source_at(text, behind)))
        behind++;
    if (source_at(text, behind) == '*' && is_line_end(source_at(text, behind + 1)) && skip_blanks(text, from, at) == at)
        return TRUE; /* "contoso-2*" */
    int mark = at;
    while (mark > from && is_blank(source_at(text, mark - 1)))
        mark--;
    /* ... or behind who wrote it. */
    gboolean is_first = mark > 0 && (skip_blanks(text, from, mark) == mark - 1 ||
                                     (is_blank(source_at(text, mark - 2)) && source_at(text, mark - 3) == ':'));
    return is_first && source_at(text, mark - 1) == '*' && mark == at && source_at(text, line_end(text, at) - 1) != '*';
}

gboolean is_correction(const GArray *text, int at)
{
    if (is_apology(text, at))
        return TRUE;
    int from = at;
    while (from > 0 && at - from < SENTENCE_SIDE && !ends_sentence(text, from - 1) &&
           !is_line_break(source_at(text, from - 1)))
        from--;
    int to = at;
    while (to - at < SENTENCE_SIDE && !is_line_end(source_at(text, to)) && !ends_sentence(text, to))
        to++;
    return says_corrected(text, from, to);
}

struct part {
    int from; /* a line, without its marks */
    int to;
    gboolean has_colon;   /* and nothing behind it */
    gboolean is_marked;   /* as a heading: "# ", "== x ==", "**x**", a ruler below */
    gboolean is_quoted;   /* "> " */
    gboolean follows_gap; /* an empty line is above */
};

static gboolean is_mark(gunichar character)
{
    return is_one_of(character, "#*=_-[]~>|+") || character == 0x2500 || character == 0x2550 || character == 0x2022;
}

static struct part read_part(const GArray *text, int start, int end)
{
    struct part part = {.from = start, .to = end};
    gboolean opens = FALSE;
    while (part.from < part.to && (is_blank(source_at(text, part.from)) || is_mark(source_at(text, part.from)))) {
        opens |= is_one_of(source_at(text, part.from), "#*=_[") || source_at(text, part.from) == 0x2550;
        part.is_quoted |= source_at(text, part.from) == '>';
        part.from++;
    }
    gboolean closes = FALSE;
    while (part.to > part.from && (is_blank(source_at(text, part.to - 1)) || is_mark(source_at(text, part.to - 1)))) {
        closes |= is_mark(source_at(text, part.to - 1));
        part.to--;
    }
    part.has_colon =
        part.to > part.from && (source_at(text, part.to - 1) == ':' || source_at(text, part.to - 1) == 0xFF1A);
    int next = end + (source_at(text, end) == '\r' && source_at(text, end + 1) == '\n' ? 2 : 1);
    int next_end = next;
    while (next_end < next + HEADING_MAX && !is_line_end(source_at(text, next_end)))
        next_end++;
    gboolean is_rule = TRUE;
    int signs = 0;
    for (int i = next; i < next_end && is_rule; i++) {
        gunichar character = source_at(text, i);
        is_rule = is_mark(character) || is_blank(character);
        signs += is_one_of(character, "-=~_*#") || character == 0x2500 || character == 0x2550;
    }
    part.is_marked = (opens && (closes || source_at(text, start) == '#')) || (is_rule && signs > 2);
    return part;
}

enum heading { HEADING_NONE, HEADING_OLD, HEADING_NEW };

/* What a line says of those below. */
static enum heading read_heading(const GArray *text, const struct part *part)
{
    enum { WORDS_MAX = 5 };
    if (part->to - part->from > HEADING_MAX || part->to == part->from)
        return HEADING_NONE;
    g_autofree char *words = words_between(text, part->from, part->to);
    gboolean is_short = words_count(words) <= WORDS_MAX && !ends_sentence(text, part->to - 1);
    gboolean is_heading = part->has_colon || part->is_marked;
    gboolean has_value = FALSE; /* "label: value", an address, a path */
    for (int i = part->from; i < part->to - 1; i++)
        has_value |= is_one_of(source_at(text, i), ":=/@\t;|") ||
                     (source_at(text, i) == '.' && is_ascii_alnum(source_at(text, i + 1)));
    if ((!is_heading && !is_short) || has_value)
        return HEADING_NONE;
    guint lists = disowned_lists_in(words);
    if ((lists & EXCUSES) == 0 && (lists & (AGAINST | BEFORE | (is_short ? EXAMPLES : 0))) != 0)
        return HEADING_OLD;
    g_autofree char *title = source_utf8(text, part->from, part->to);
    if ((lists & ANEW) == 0 && label_read(title).kind != LABEL_OTHER)
        return HEADING_NONE; /* the label of a value */
    return (lists & ANEW) != 0 || (is_heading && part->follows_gap) ? HEADING_NEW : HEADING_NONE;
}

gboolean line_begins_quote(const GArray *text, int from, int to)
{
    enum { START_MAX = 24 };
    static const char *const starts[] = {
        "from:",   "von:",    "de:", "de :", "da:",  "van:",   "från:",  "fra:",   "od:",       "lähettäjä:",
        "feladó:", "kimden:", "от:", "від:", "από:", "差出人", "发件人", "寄件者", "보낸 사람", NULL};
    static const char *const signs[] = {"wrote:", "schrieb:",          "schrieb am",        "crit :",
                                        "crit:",  "escribi",           "ha scritto",        "Original Message",
                                        "Urspr",  "Forwarded message", "Message d'origine", "Mensaje original",
                                        NULL};
    if (to - from > 2 * HEADING_MAX)
        return FALSE;
    g_autofree char *typed = source_utf8(text, from, MIN(to, from + START_MAX));
    g_autofree char *start = g_utf8_strdown(typed, -1);
    for (int i = 0; starts[i] != NULL; i++)
        if (g_str_has_prefix(start, starts[i]))
            return TRUE;
    for (int i = 0; signs[i] != NULL; i++)
        if (source_has_between(text, from, to, signs[i]))
            return TRUE;
    return FALSE;
}

static void mark(struct passage *passages, int from, int to, int why)
{
    for (int i = from; i < to; i++)
        passages[i].disowned |= (guint8)why;
}

/* The key of "key: value" or "key = value" in a line; NULL if it is none. *IS_COMMENT: a comment's mark stands before
 * it. Caller frees. */
static char *key_of(const GArray *text, int from, int end, gboolean *is_comment)
{
    enum { KEY_MAX = 80 };
    while (from < end && is_blank(source_at(text, from)))
        from++;
    *is_comment = source_at(text, from) == '#' || source_has(text, from, "//");
    while (from < end && (is_blank(source_at(text, from)) || is_one_of(source_at(text, from), "#/")))
        from++;
    int to = from;
    while (to < MIN(end, from + KEY_MAX) && !is_one_of(source_at(text, to), ":="))
        to++;
    char *key = to > from && is_one_of(source_at(text, to), ":=") ? source_utf8(text, from, to) : NULL;
    return key != NULL ? g_strchomp(key) : NULL;
}

/* What is commented out, as in "#NAME=old", where the same key stands in a line that is not. */
static void mark_comments(struct passage *passages, const GArray *text)
{
    int length = source_length(text);
    gboolean is_comment = FALSE;
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int pass = 0; pass < 2; pass++)
        for (int start = 0, end = 0; start < length; start = end + 1) {
            end = line_end(text, start);
            char *key = key_of(text, start, end, &is_comment);
            if (pass == 0 && key != NULL && !is_comment)
                g_hash_table_add(keys, g_steal_pointer(&key));
            else if (pass == 1 && key != NULL && is_comment && g_hash_table_contains(keys, key))
                mark(passages, start, end, DISOWNED_BY_HEADING);
            g_free(key);
        }
}

struct passage *read_passages(const GArray *text)
{
    int length = source_length(text);
    struct passage *passages = g_new0(struct passage, (gsize)length + 1);
    guint8 age = 0;
    mark_comments(passages, text);
    g_autoptr(GString) own = g_string_new(" "); /* what is not quoted with '>' */
    gboolean is_old = FALSE;
    gboolean is_taken_back = FALSE;
    gboolean follows_gap = TRUE;
    int reply = 0;
    for (int start = 0, end = 0; start < length; start = end + 1) {
        end = line_end(text, start);
        struct part part = read_part(text, start, end);
        part.follows_gap = follows_gap;
        follows_gap = part.from == part.to;
        enum heading heading = read_heading(text, &part);
        if (line_begins_quote(text, part.from, part.to)) {
            g_autofree char *words = words_between(text, MAX(reply, start - REPLY_MAX), start);
            is_taken_back |= (disowned_lists_in(words) & TAKEN_BACK) != 0;
            reply = end;
            heading = HEADING_NEW;
            age = (guint8)MIN(age + (own->len > 1), G_MAXUINT8 - 1);
        }
        if (heading != HEADING_NONE)
            is_old = heading == HEADING_OLD;
        mark(passages, start, end, (is_old ? DISOWNED_BY_HEADING : 0) | (is_taken_back ? DISOWNED_BY_REPLY : 0));
        for (int i = start; i < end; i++)
            passages[i].age = (guint8)(age + part.is_quoted);
        if (!part.is_quoted && own->len < REPLY_MAX) {
            g_autofree char *words = words_between(text, part.from, MIN(part.to, part.from + REPLY_MAX));
            g_string_append(own, words);
        }
    }
    if ((disowned_lists_in(own->str) & TAKEN_BACK) == 0)
        return passages;
    for (int start = 0, end = 0; start < length; start = end + 1) {
        end = line_end(text, start);
        if (read_part(text, start, end).is_quoted)
            mark(passages, start, end, DISOWNED_BY_REPLY);
    }
    return passages;
}
