/* SPDX-License-Identifier: MIT */
#include "input/hub_value.h"

#include <string.h>

#include "base/code_points.h"
#include "input/fields_event_hub.h"
#include "input/foreign_values.h"
#include "input/hub_labels.h"
#include "input/hub_words.h"
#include "input/next_line.h"

enum { VALUE_MAX = 400, WORDS_MAX = 80, SOFT_HYPHEN = 0x00AD };

gboolean is_blank(gunichar character)
{
    return is_edge(character) && !is_line_end(character);
}

int skip_blanks(const GArray *text, int at, int end)
{
    while (at < end &&
           (is_blank(source_at(text, at)) ||
            (is_dangerous(source_at(text, at)) && source_at(text, at) != 0xFFFD && !is_line_end(source_at(text, at)))))
        at++;
    return at;
}

/* The quote that closes the one given; 0 if it is none. */
static gunichar closing_quote(gunichar character)
{
    static const gunichar pairs[][2] = {{'"', '"'},       {'\'', '\''},     {'`', '`'},       {0x201C, 0x201D},
                                        {0x2018, 0x2019}, {0x201E, 0x201C}, {0x201A, 0x2018}, {0x00AB, 0x00BB},
                                        {0x2039, 0x203A}, {0x300C, 0x300D}, {0x300E, 0x300F}, {0x201D, 0x201D},
                                        {0x2019, 0x2019}, {0x00B4, 0x00B4}, {0xFF02, 0xFF02}};
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (pairs[i][0] == character)
            return pairs[i][1];
    return 0;
}

/* Any quote closes: mail programs mix them. */
static gboolean closes(gunichar opening, gunichar character)
{
    return character == closing_quote(opening) || (opening > 0x7F && character == '"') ||
           (opening == 0x201E && character == 0x201D) ||
           (opening == '"' && (character == 0x201D || character == 0x201C)) || (opening == '`' && character == '\'');
}

static gboolean is_left_out(gunichar character)
{
    return is_unseen(character) || character == 0x200B || character == 0xFEFF;
}

/* The plain character of a name that CHARACTER is or passes for; 0 if it is none. */
static gunichar plain_character(gunichar character)
{
    if (is_ascii_alnum(character) || is_one_of(character, "-_."))
        return character;
    if (character <= 0x7F || character >= BAD_BYTE)
        return 0;
    char twin = code_point_ascii_twin(character);
    return g_ascii_isalnum(twin) || (twin != '\0' && strchr("-_.", twin) != NULL) ? (gunichar)twin : 0;
}

static gboolean is_other_letter(gunichar character)
{
    return character > 0x7F && character < BAD_BYTE && g_unichar_isalpha(character) &&
           g_unichar_get_script(character) != G_UNICODE_SCRIPT_HAN &&
           g_unichar_get_script(character) != G_UNICODE_SCRIPT_HIRAGANA &&
           g_unichar_get_script(character) != G_UNICODE_SCRIPT_KATAKANA &&
           g_unichar_get_script(character) != G_UNICODE_SCRIPT_HANGUL;
}

static void note_change(struct hub_value *value, int index, gunichar plain)
{
    if (value->changes->len > 0 && plain == 0) {
        struct text_change *last = &g_array_index(value->changes, struct text_change, value->changes->len - 1);
        if (last->plain == 0 && last->to == index) {
            last->to++;
            return;
        }
    }
    struct text_change change = {.from = index, .to = index + 1, .plain = plain};
    g_array_append_val(value->changes, change);
}

/* The space at AT, which is no plain one, was put into a name by accident: one more word follows and nothing else. */
static gboolean is_stray_space(const GArray *text, int at, int end)
{
    int to = at + 1;
    if (!is_visible_space(source_at(text, at)) || is_one_of(source_at(text, at), " \t\r\n"))
        return FALSE;
    while (to < end && plain_character(source_at(text, to)) != 0)
        to++;
    g_autofree char *word = source_utf8(text, at + 1, to);
    return skip_blanks(text, to, end) >= end && word_read(word, TRUE) == WORD_NAME;
}

/* Take the characters of a name from FROM on; value->to becomes the place behind them. */
static void take_characters(struct hub_value *value, const GArray *text, int end, GString *name)
{
    int at = value->from;
    for (; at < end && at - value->from < VALUE_MAX; at++) {
        gunichar character = source_at(text, at);
        gunichar plain = plain_character(character);
        gboolean goes_on = plain_character(source_at(text, at + 1)) != 0 || is_left_out(source_at(text, at + 1));
        if (plain == '.' && source_at(text, at + 1) == '.')
            break; /* "contoso..." */
        if (plain != 0) {
            if (plain != character)
                note_change(value, at, plain);
            g_string_append_unichar(name, plain);
        } else if (goes_on && at + 1 < end && (is_left_out(character) || is_stray_space(text, at, end)))
            note_change(value, at, 0);
        else
            break;
    }
    value->to = at;
    while (value->to > value->from && is_left_out(source_at(text, value->to - 1)))
        value->to--;
    while (value->changes->len > 0 &&
           g_array_index(value->changes, struct text_change, value->changes->len - 1).from >= value->to)
        g_array_set_size(value->changes, value->changes->len - 1);
}

static void doubt(struct hub_value *value, char *other, const char *why)
{
    value->state = VALUE_DOUBTFUL;
    g_free(value->other);
    value->other = other;
    value->why = why;
}

gboolean ends_in_title(const char *name)
{
    const char *capital = name + strcspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (const char *at = capital; *at != '\0'; at++)
        capital = g_ascii_isupper(*at) ? at : capital;
    return capital > name + 2 && *capital != '\0' && g_ascii_isalnum(capital[-1]) && capital[1] != '\0' &&
           capital[1 + strspn(capital + 1, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

/* What follows the value in its line or cell. */
static void read_tail(struct hub_value *value, const GArray *text, int end)
{
    int at = skip_blanks(text, value->next, end);
    gunichar character = source_at(text, at);
    gboolean is_point_of_word = /* "contoso .mde" */
        is_one_of(character, ".") && at > value->next && is_ascii_alnum(source_at(text, at + 1));
    gboolean is_sign = character < BAD_BYTE && (g_unichar_isalnum(character) || is_one_of(character, "-_"));
    /* A dash with a blank behind it, or two of them, part sentences. */
    gboolean is_parting =
        (is_one_of(character, "-") && is_blank(source_at(text, at + 1))) || source_has(text, at, "--");
    if (at >= end || is_line_end(character) || (is_one_of(character, ".!?") && skip_blanks(text, at + 1, end) >= end))
        value->tail = TAIL_END;
    else if (is_one_of(character, "/>\\") && is_ascii_alnum(source_at(text, skip_blanks(text, at + 1, end))))
        value->tail = TAIL_SLASH;
    else if (is_point_of_word || (is_sign && !is_parting))
        value->tail = TAIL_WORDS;
    else
        value->tail = TAIL_MARK;
}

/* One more word and nothing else: the value may go on with it. */
static void consider_next_word(struct hub_value *value, const GArray *text, int end)
{
    int from = skip_blanks(text, value->next, end);
    int to = from;
    while (to < end && plain_character(source_at(text, to)) != 0)
        to++;
    int behind = skip_blanks(text, to, end);
    gboolean is_alone =
        behind >= end || is_line_end(source_at(text, behind)) || is_one_of(source_at(text, behind), ".,;)([#|<\"");
    g_autofree char *word = source_utf8(text, from, to);
    gboolean is_torn = g_str_has_suffix(value->name, "-") || is_one_of((guchar)*word, "-_.");
    gboolean is_stray = from == value->next + 1 && is_visible_space(source_at(text, value->next)) &&
                        !is_one_of(source_at(text, value->next), " \t") && !g_ascii_isupper(*word) &&
                        word_read(word, TRUE) == WORD_NAME;
    gboolean is_next_shaped = is_stray || (from == value->next + 1 && word_has_name_shape(word));
    if (value->is_quoted || (!is_torn && !is_next_shaped && (!is_alone || to == from)))
        return;
    if (from == value->next)
        doubt(value, NULL, "a character that no name has stands right behind it");
    else
        doubt(value, g_strconcat(value->name, word, NULL), "a space follows it, then another word");
}

/* A label's divider stands before FROM: no sentence runs into the value. */
static gboolean is_labelled(const GArray *text, int from)
{
    while (is_blank(source_at(text, from - 1)) && source_at(text, from - 1) != '\t')
        from--;
    return is_one_of(source_at(text, from - 1), ":=|\t") || is_line_end(source_at(text, from - 1));
}

/* "wingtip - mde - raw": a scan puts blanks round hyphens. Words between hyphens and nothing else up to the end. */
static void consider_spaced_hyphens(struct hub_value *value, const GArray *text, int end)
{
    g_autoptr(GString) joined = g_string_new(value->name);
    int at = value->next;
    int words = 0;
    gboolean are_names = TRUE;
    for (int from = skip_blanks(text, at, end); from > at && is_one_of(source_at(text, from), "-\xAD"); words++) {
        int word = skip_blanks(text, from + 1, end);
        int to = word;
        while (to < end && plain_character(source_at(text, to)) != 0)
            to++;
        if (to == word || word == from + 1)
            return;
        g_autofree char *part = source_utf8(text, word, to);
        are_names &= !g_ascii_isupper(*part) && word_read(part, TRUE) == WORD_NAME;
        g_string_append_printf(joined, "-%s", part);
        at = to;
        from = skip_blanks(text, at, end);
        if (from == at && from < end)
            return;
    }
    int behind = skip_blanks(text, at, end);
    gboolean is_in_sentence = are_names && !is_labelled(text, value->from);
    if (words > 0 && (behind >= end || is_line_end(source_at(text, behind)) ||
                      is_one_of(source_at(text, behind), "(<[/,;|\"'#]") || is_in_sentence))
        doubt(value, g_strdup(joined->str), "a hyphen follows it, with blanks round it, then another word");
}

/* "contoso-m | de-raw", "contoso-m > de-raw": a quote's mark within a line, as a page runs lines together, then one
 * word. */
static void consider_mark(struct hub_value *value, const GArray *text, int end)
{
    int mark = skip_blanks(text, value->next, end);
    int from = skip_blanks(text, mark + 1, end);
    int to = from;
    if (mark == value->next || !is_one_of(source_at(text, mark), "|>") || mark >= end || from == mark + 1)
        return;
    while (to < end && plain_character(source_at(text, to)) != 0)
        to++;
    g_autofree char *word = source_utf8(text, from, to);
    if (to > from && skip_blanks(text, to, end) >= end && !g_ascii_isupper(*word) &&
        (is_one_of((guchar)*word, "-_.") ||
         (word_read(word, TRUE) == WORD_NAME && label_read(word).kind == LABEL_OTHER)))
        doubt(value, g_strconcat(value->name, word, NULL), "a mark follows it, then another word");
}

static gboolean is_plain(gunichar character)
{
    return plain_character(character) != 0;
}

/* Behind the line end at AT and an empty line one word stands alone that is built as names are, or is a scrap of one.
 */
static struct next_word behind_empty_line(const GArray *text, int at)
{
    struct next_word next = next_word_behind_gap(text, at, is_plain);
    g_autofree char *word = source_utf8(text, next.from, next.to);
    gboolean is_part = next.kind == NEXT_ALONE && !g_ascii_isupper(*word) &&
                       (word_has_name_shape(word) || word_is_scrap(word) || is_one_of((guchar)*word, "-_") ||
                        word_read(word, TRUE) == WORD_NAME || (g_ascii_isdigit(*word) && strchr(word, '-') != NULL));
    return is_part ? next : (struct next_word){.kind = NEXT_NONE};
}

/* A name broken at a line's end. Behind a soft hyphen among real ones it is joined; else it is in doubt. */
static void consider_line_break(struct hub_value *value, const GArray *text, int end, GString *name)
{
    gboolean is_soft = source_at(text, value->to - 1) == SOFT_HYPHEN || source_at(text, value->to) == SOFT_HYPHEN;
    gboolean is_hard = name->len > 0 && name->str[name->len - 1] == '-';
    int at = value->next;
    while (at < source_length(text) && (is_left_out(source_at(text, at)) || is_blank(source_at(text, at))) &&
           !is_line_break(source_at(text, at)))
        at++;
    if (!is_line_break(source_at(text, at)) || at > end)
        return;
    struct next_word next = next_word_read(text, at, is_plain);
    if (next.kind == NEXT_NONE)
        next = behind_empty_line(text, at);
    gboolean is_alone = next.kind == NEXT_ALONE;
    gboolean begins_torn = next.kind == NEXT_TORN || (is_alone && source_at(text, next.from) == '-' &&
                                                      is_ascii_alnum(source_at(text, next.from + 1)));
    g_autofree char *rest = next.kind != NEXT_NONE ? source_utf8(text, next.from, next.to) : NULL;
    gboolean is_prose = next.kind == NEXT_PROSE &&
                        (word_read(rest, TRUE) == WORD_NAME || !is_labelled(text, value->from) ||
                         (g_ascii_isdigit(*rest) && name->len > 0 && g_ascii_isdigit(name->str[name->len - 1])));
    gboolean is_inside = at < end; /* of a string, or a cell */
    if (!is_soft && !is_hard && !begins_torn && !is_inside && (value->is_quoted || (!is_alone && !is_prose)))
        return;
    if (is_soft && is_alone && strchr(name->str, '-') != NULL) {
        note_change(value, value->to, 0);
        g_array_index(value->changes, struct text_change, value->changes->len - 1).to = next.from;
        g_string_append(name, rest);
        value->to = value->next = next.to;
        return;
    }
    doubt(value, rest != NULL ? g_strconcat(name->str, value->next > value->to ? "." : "", rest, NULL) : NULL,
          is_soft || is_hard ? "it is broken at the end of its line"
          : is_alone         ? "the next line is one word alone, which may belong to it"
                             : "the next line begins with a word that may belong to it");
}

/* Up to AT in its line, as far as is looked, everything is shown from the right to the left. */
static gboolean is_turned(const GArray *text, int at)
{
    enum { OVERRIDE = 0x202E, END = 0x202C, LOOK = 2000 };
    for (int i = at; i >= 0 && i > at - LOOK && !is_line_end(source_at(text, i)); i--)
        if (source_at(text, i) == OVERRIDE || source_at(text, i) == END)
            return source_at(text, i) == OVERRIDE;
    return FALSE;
}

/* A good value, read as NAME, with something odd inside or right behind it. */
static void doubt_by_edges(struct hub_value *value, const GArray *text, int end, const char *name)
{
    int at = value->to;
    while (at < end && source_at(text, at) == '.') /* "contoso.=" */
        at++;
    gunichar behind = source_at(text, at);
    gunichar next = source_at(text, at + 1);
    gboolean is_soft = source_find_character(text, value->from, value->to, SOFT_HYPHEN) >= 0;
    gboolean is_stuck = is_other_letter(behind) || (behind > 0x7F && behind < BAD_BYTE && g_unichar_ismark(behind)) ||
                        behind == 0xFFFD || is_one_of(behind, "@%#~+=*$^!") ||
                        (behind >= BAD_BYTE && behind != NO_CHARACTER);
    char *decoded = value_from_base64(name);
    value->is_encoded = decoded != NULL;
    if (value->is_encoded)
        doubt(value, decoded, "it looks like base64, in which a secret's values are written");
    else if (value_is_spelt(name))
        doubt(value, NULL, "it is spelt letter by letter");
    else if (is_turned(text, value->to - 1))
        doubt(value, NULL, "a mark before it turns its letters round: it is shown backwards");
    else if (is_soft && strchr(name, '-') == NULL)
        doubt(value, NULL, "it has a soft hyphen inside, which may stand for a hyphen or for nothing");
    else if (strcmp(value->name, name) != 0 && name[strlen(name) - 1] != '.')
        doubt(value, NULL, "it begins or ends with a mark that no name begins or ends with");
    else if (source_at(text, value->from - 1) == '=' && source_at(text, value->from - 2) == ':' &&
             is_hex_digit(source_at(text, value->from)) && is_hex_digit(source_at(text, value->from + 1)))
        doubt(value, NULL, "it looks like quoted-printable, as a mail's source is written");
    else if (behind == '?' && end > value->to)
        doubt(value, NULL, "a question mark stands behind it");
    else if (is_stuck && !(is_one_of(behind, "*~^#!") && !is_ascii_alnum(next)))
        doubt(value, NULL, "a character that no name has stands right behind it");
}

static void read_plain(struct hub_value *value, const GArray *text, int end)
{
    g_autoptr(GString) name = g_string_new(NULL);
    take_characters(value, text, end, name);
    value->next = value->to;
    while (name->len > 0 && name->str[name->len - 1] == '.') { /* a sentence's end */
        g_string_truncate(name, name->len - 1);
        value->to--;
    }
    int behind = skip_blanks(text, value->next, end);
    gboolean is_cut = behind < end && (source_at(text, behind) == 0x2026 || source_has(text, behind, "..."));
    for (int i = 0; i < 2; i++) {
        int at = i == 0 ? value->to : value->next;
        is_cut |= source_at(text, at) == 0x2026 || source_has(text, at, "..");
    }
    if (is_cut) {
        value->state = VALUE_CUT;
        return;
    }
    if (source_has(text, value->to, "://"))
        return;
    gboolean is_call = source_at(text, value->to) == '(' && source_at(text, value->from - 1) != '(';
    gboolean is_member = source_at(text, value->to) == '[' && is_one_of(source_at(text, value->to + 1), "\"'");
    if (name->len > 0 && (is_call || is_member)) {
        value->state = VALUE_REFERENCE; /* a function's result, what a table has */
        return;
    }
    consider_line_break(value, text, end, name);
    /* The name as the field takes it; NULL if it is none. */
    g_autoptr(Verdict) verdict = validate_by_rules(&event_hub_name_rules, name->str, -1);
    value->name = g_strdup(verdict->value);
    if (value->name == NULL)
        value->state = VALUE_NONE;
    else if (value->state != VALUE_DOUBTFUL) {
        value->state = VALUE_GOOD;
        doubt_by_edges(value, text, end, name->str);
    }
}

/* What is no name although it has the form of one. */
static void sort_out(struct hub_value *value)
{
    enum word_kind kind = word_read(value->name, FALSE);
    if (kind == WORD_OPEN)
        value->state = VALUE_OPEN;
    else if (kind == WORD_PLACEHOLDER)
        value->state = VALUE_PLACEHOLDER;
    else if (value_is_reference(value->name) && !value->is_quoted)
        value->state = VALUE_REFERENCE;
    else if (kind == WORD_SENTENCE || value_is_something_else(value->name))
        value->state = VALUE_NONE;
}

/* "a or b", "a, b": another name stands right behind it. */
static gboolean is_list_of_names(const struct hub_value *value, const GArray *text, int end)
{
    enum { ALTERNATIVES = 6 };
    static const char *const joins[] = {"or ", "oder ", "ou ", "o ", "of ", "vs ", "and ", "und ", "et ",
                                        "y ",  "& ",    "+ ",  ", ", ",",   "; ",  "-> ",  "=> ",  "> "};
    int at = skip_blanks(text, value->next, end);
    if (is_one_of(source_at(text, at), "([")) { /* a remark on the first */
        gunichar closing = source_at(text, at) == '(' ? ')' : ']';
        int close = at;
        while (close < end && source_at(text, close) != closing)
            close++;
        at = close < end ? skip_blanks(text, close + 1, end) : at;
    }
    gboolean is_arrow = source_at(text, at) == 0x2192 || source_at(text, at) == 0x21D2;
    for (gsize i = 0; i < G_N_ELEMENTS(joins); i++) {
        if (!is_arrow && !source_has(text, at, joins[i]))
            continue;
        int from = skip_blanks(text, at + (is_arrow ? 1 : (int)strlen(joins[i])), end);
        while (from < end && closing_quote(source_at(text, from)) != 0)
            from++;
        int to = from;
        while (to < end && (plain_character(source_at(text, to)) != 0 || source_at(text, to) == SOFT_HYPHEN))
            to++;
        int behind = to;
        while (behind < end && (is_blank(source_at(text, behind)) || closing_quote(source_at(text, behind)) != 0))
            behind++;
        g_autofree char *word = source_utf8(text, from, to);
        gunichar next = source_at(text, behind);
        return (word_has_name_shape(word) || (i < ALTERNATIVES && !is_arrow)) && word_read(word, TRUE) == WORD_NAME &&
               (is_arrow || source_has(text, at, "->") || source_has(text, at, "=>") || behind >= end ||
                is_line_end(next) || is_one_of(next, ",.;:?!)]([")) &&
               !value_is_something_else(word);
    }
    return FALSE;
}

/* Behind "~~old~~", which chat programs show struck out. */
static int skip_struck(const GArray *text, int at, int end)
{
    int from = at;
    while (from < end && source_at(text, from) == '~')
        from++;
    if (from == at)
        return at;
    int to = from;
    while (to < MIN(end, from + VALUE_MAX) && source_at(text, to) != '~')
        to++;
    if (source_at(text, to) != '~')
        return at;
    while (to < end && source_at(text, to) == '~')
        to++;
    return skip_blanks(text, to, end);
}

/* Behind what is struck out and the quotes that open; *OPENING becomes the quote. */
static int skip_opening(const GArray *text, int from, int end, gunichar *opening)
{
    int at = skip_struck(text, from, end);
    if (source_at(text, at) == 0x00C2 && is_blank(source_at(text, at + 1)))
        at = skip_blanks(text, at + 1, end); /* a no-break space that was decoded twice */
    if (closing_quote(source_at(text, at)) == 0)
        return at;
    *opening = source_at(text, at++);
    while (*opening == '`' && source_at(text, at) == '`')
        at++;
    return at;
}

/* What follows the value may make it doubtful, or say that it is no value yet. WORDS: where it begins. */
static void judge_by_tail(struct hub_value *value, const GArray *text, int end, const char *words)
{
    value->is_listed = is_list_of_names(value, text, end);
    while (value->next < end && is_one_of(source_at(text, value->next), ">)]}*_`\"'"))
        value->next++;
    read_tail(value, text, end);
    if (value->state == VALUE_GOOD && value_is_added_to(text, skip_blanks(text, value->next, end)))
        doubt(value, NULL, "the text adds something to it");
    if (value->state == VALUE_GOOD && value->tail == TAIL_WORDS)
        consider_next_word(value, text, end);
    else if (value->state == VALUE_GOOD && !value->is_quoted)
        consider_spaced_hyphens(value, text, end);
    if (value->state == VALUE_GOOD && !value->is_quoted)
        consider_mark(value, text, end);
    if (value->state == VALUE_GOOD && value->tail != TAIL_END && !value->is_quoted && ends_in_title(value->name))
        doubt(value, NULL, "its end looks like the first word of what follows");
    if (value->state != VALUE_GOOD && value->state != VALUE_PLACEHOLDER && !value->is_quoted && words_leave_open(words))
        value->state = value->state == VALUE_CUT ? VALUE_CUT : VALUE_OPEN;
    else if (value->state == VALUE_GOOD && value->tail == TAIL_WORDS && words_leave_open(words) &&
             !word_has_name_shape(value->name))
        value->state = VALUE_OPEN;
}

/* Behind AT one more word stands, and then the quote closes that was opened by OPENING. */
static gboolean is_quoted_pair(const GArray *text, int at, int end, gunichar opening)
{
    int word = skip_blanks(text, at, end);
    if (word > at && plain_character(source_at(text, word)) == '-' && is_blank(source_at(text, word + 1)))
        word = skip_blanks(text, word + 1, end);
    int to = word;
    while (to < end && plain_character(source_at(text, to)) != 0)
        to++;
    return word > at && to > word && closes(opening, source_at(text, to));
}

/* The name and the one word that follows, as one. Caller frees. */
static char *joined_pair(const struct hub_value *value, const GArray *text, int end)
{
    int word = skip_blanks(text, value->to, end);
    int to = word;
    while (to < end && (plain_character(source_at(text, to)) != 0 || is_blank(source_at(text, to))))
        to++;
    g_autofree char *rest = source_utf8(text, word, to);
    g_auto(GStrv) parts = g_strsplit(rest, " ", -1);
    g_autofree char *plain = g_strjoinv("", parts);
    return g_strconcat(value->name, plain, NULL);
}

struct hub_value hub_value_read(const GArray *text, int from, int end)
{
    struct hub_value value = {.changes = g_array_new(FALSE, FALSE, sizeof(struct text_change))};
    int at = skip_blanks(text, from, end);
    while (at < end && (is_one_of(source_at(text, at), "*_=") || source_at(text, at) == 0x2022) &&
           !value_is_template(text, at, end))
        at = skip_blanks(text, at + 1, end);
    g_autofree char *words = source_utf8(text, at, MIN(end, at + WORDS_MAX));
    if (source_has(text, at, "n/a") && !is_ascii_alnum(source_at(text, at + (int)strlen("n/a")))) {
        value.from = value.to = value.next = at;
        value.state = VALUE_OPEN;
        return value;
    }
    gunichar opening = 0;
    at = skip_opening(text, at, end, &opening);
    value.from = value.to = value.next = at;
    if (value_is_template(text, at, end)) {
        value.state = VALUE_PLACEHOLDER;
        return value;
    }
    gboolean is_bracketed = FALSE;
    for (; at < end && is_one_of(source_at(text, at), "<([{*"); at = skip_blanks(text, at + 1, end))
        is_bracketed |= source_at(text, at) != '*';
    at = skip_blanks(text, at, end);
    if (opening == 0 && closing_quote(source_at(text, at)) != 0)
        opening = source_at(text, at++);
    value.from = value.to = value.next = at;
    read_plain(&value, text, end);
    if (opening != 0 && closes(opening, source_at(text, skip_blanks(text, value.to, end)))) {
        value.is_quoted = TRUE;
        value.next = skip_blanks(text, value.to, end) + 1;
    } else if (opening != 0 && value.state == VALUE_GOOD &&
               ((opening != '\'' && opening != 0x2019) || is_quoted_pair(text, value.to, end, opening)))
        doubt(&value, is_quoted_pair(text, value.to, end, opening) ? joined_pair(&value, text, end) : NULL,
              "it stands in quotes together with other words");
    else if ((is_bracketed || opening != 0) && value.state == VALUE_GOOD &&
             is_line_end(source_at(text, skip_blanks(text, value.to, end))))
        doubt(&value, NULL, "a bracket or a quote opens before it and is not closed in its line");
    if (value.state == VALUE_GOOD || value.state == VALUE_DOUBTFUL)
        sort_out(&value);
    judge_by_tail(&value, text, end, words);
    return value;
}

void hub_value_clear(struct hub_value *value)
{
    g_free(value->name);
    g_free(value->other);
    g_array_unref(value->changes);
}
