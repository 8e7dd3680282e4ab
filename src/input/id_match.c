/* SPDX-License-Identifier: MIT */
#include "input/id_match.h"

#include <string.h>

#include "base/code_points.h"
#include "input/hub_labels.h"
#include "input/hub_value.h"
#include "input/hub_words.h"
#include "input/id_place.h"
#include "input/id_template.h"
#include "input/next_line.h"

enum {
    NAMESPACE_MIN = 6,
    GUID_LENGTH = 36,
    PART_MAX = 256,
};

struct cursor {
    const GArray *text;
    int at;
    GArray *changes;
    int wrap_width;       /* of the line that the value was broken at before; 0 if it was not */
    gboolean is_hard;     /* that was within a word, as terminals break lines, not behind a hyphen or a slash */
    gboolean is_in_words; /* other words stand before it in its line */
    gunichar quote;       /* it stands in these quotes; 0 if in none */
    gboolean is_link;     /* it is part of an address */
    gboolean is_marked;   /* "_" is put round it */
    int hyphen;           /* a hyphen of the name that a line ended behind; -1 if none */
    const char *doubt;
};

static gunichar here(const struct cursor *cursor)
{
    return source_at(cursor->text, cursor->at);
}

static void note(struct cursor *cursor, int from, gunichar plain)
{
    if (cursor->at == from)
        return;
    struct text_change change = {.from = from, .to = cursor->at, .plain = plain};
    g_array_append_val(cursor->changes, change);
}

static void skip_unseen(struct cursor *cursor)
{
    int from = cursor->at;
    while (is_unseen(here(cursor)))
        cursor->at++;
    note(cursor, from, 0);
}

static int line_width(const struct cursor *cursor, int end)
{
    enum { WIDTH_MAX = 2000 }; /* a longer line was broken by nothing */
    return end - line_start_within(cursor->text, end, WIDTH_MAX);
}

/* A line end, and the spaces and quote marks ("> ", "| ") that begin the next line. FALSE if there is none. */
static gboolean skip_line_break(struct cursor *cursor)
{
    int from = cursor->at;
    while (is_blank(here(cursor)))
        cursor->at++;
    if (here(cursor) == '\\' && is_line_break(source_at(cursor->text, cursor->at + 1)))
        cursor->at++;
    if (!is_line_break(here(cursor))) {
        cursor->at = from;
        return FALSE;
    }
    cursor->wrap_width = line_width(cursor, from);
    if (here(cursor) == '\r' && source_at(cursor->text, cursor->at + 1) == '\n')
        cursor->at++;
    cursor->at++;
    while (is_blank(here(cursor)) || is_one_of(here(cursor), ">|") || here(cursor) == 0x2502)
        cursor->at++;
    cursor->is_hard = is_ascii_alnum(source_at(cursor->text, from - 1)) && is_ascii_alnum(here(cursor));
    note(cursor, from, 0);
    return TRUE;
}

/* Blanks beside a slash. */
static void skip_blanks_here(struct cursor *cursor)
{
    int from = cursor->at;
    while (is_blank(here(cursor)) || is_unseen(here(cursor)))
        cursor->at++;
    note(cursor, from, 0);
    skip_line_break(cursor);
}

/* The character as the value has it: a typographic one becomes the plain one that it passes for. */
static gunichar plain_of(gunichar character)
{
    char twin = character > 0x7F && character < BAD_BYTE ? code_point_ascii_twin(character) : 0;
    return twin != 0 ? (gunichar)twin : character;
}

static void step(struct cursor *cursor, gunichar plain)
{
    int from = cursor->at++;
    if (source_at(cursor->text, from) != plain)
        note(cursor, from, plain);
}

static gboolean take_word(struct cursor *cursor, const char *word)
{
    for (int i = 0; word[i] != '\0'; i++) {
        /* A mail program or a scan may have put anything between two characters of a word that is known. */
        if (i > 0)
            skip_unseen(cursor);
        if (i > 0 && (is_line_break(here(cursor)) || is_blank(here(cursor)))) {
            skip_blanks_here(cursor);
            skip_unseen(cursor);
        }
        gunichar character = plain_of(here(cursor));
        if (character > 0x7F || g_ascii_tolower((char)character) != g_ascii_tolower(word[i]))
            return FALSE;
        step(cursor, character);
    }
    return TRUE;
}

/* Line breaks on both sides of a slash are taken as wrapping. */
static gboolean take_slash(struct cursor *cursor)
{
    skip_blanks_here(cursor);
    if (plain_of(here(cursor)) != '/')
        return FALSE;
    step(cursor, '/');
    skip_blanks_here(cursor);
    return TRUE;
}

static gboolean is_guid_character(gunichar character)
{
    return is_hex_digit(plain_of(character)) || plain_of(character) == '-';
}

static gboolean is_group_character(gunichar character)
{
    return character < BAD_BYTE && (g_unichar_isalnum(character) || is_one_of(plain_of(character), "_-.()"));
}

static gboolean is_namespace_character(gunichar character)
{
    return is_ascii_alnum(plain_of(character)) || plain_of(character) == '-';
}

static gboolean is_hub_character(gunichar character)
{
    return is_namespace_character(character) || is_one_of(character, "._");
}

/* Append a run of characters for which IS holds, over line breaks if THROUGH_BREAKS. */
static void take_run(struct cursor *cursor, GString *value, gboolean (*is)(gunichar), int max, gboolean through_breaks)
{
    for (int n = 0; n < max; n++) {
        int before = cursor->at;
        guint changes = cursor->changes->len;
        skip_unseen(cursor);
        gboolean is_torn = is == is_group_character && n > 0 && plain_of(source_at(cursor->text, before - 1)) == '-';
        if (through_breaks && is_line_break(here(cursor)) && skip_line_break(cursor) && is_torn && is(here(cursor)))
            cursor->doubt = "a line ends behind a hyphen of its resource group";
        if (is == is_guid_character && is_blank(here(cursor)))
            skip_blanks_here(cursor);
        if (!is(here(cursor))) {
            cursor->at = before;
            g_array_set_size(cursor->changes, changes);
            return;
        }
        gunichar character = here(cursor);
        gunichar plain = is == is_group_character && g_unichar_isalnum(character) ? character : plain_of(character);
        g_string_append_unichar(value, plain);
        step(cursor, plain);
    }
}

/* What stands at INDEX is one word of a namespace's characters, alone on its line; *END becomes its end. */
static gboolean is_alone_on_line(const struct cursor *cursor, int index, int *end)
{
    gboolean has_word = FALSE;
    int at = index;
    for (; is_hub_character(source_at(cursor->text, at)) || is_unseen(source_at(cursor->text, at)); at++)
        has_word |= is_ascii_alnum(plain_of(source_at(cursor->text, at)));
    *end = at;
    while (is_blank(source_at(cursor->text, at)) || is_one_of(source_at(cursor->text, at), "\"'`,;.)>]}|"))
        at++;
    return has_word && (is_line_end(source_at(cursor->text, at)) ||
                        ((source_at(cursor->text, at) == 0x3002 || source_at(cursor->text, at) == 0xFF0C) &&
                         is_line_end(source_at(cursor->text, at + 1))));
}

static gunichar closing_of(gunichar quote)
{
    return quote == 0x201C ? 0x201D : quote == 0x2018 ? 0x2019 : quote == '<' ? '>' : quote;
}

/* Whether a name that was read as far as a line's end surely goes on in the next line. */
static gboolean goes_on(const struct cursor *cursor, const GString *name, int next, gboolean is_namespace)
{
    int end = next;
    while (is_hub_character(source_at(cursor->text, end)))
        end++;
    gunichar behind = source_at(cursor->text, end);
    gboolean closes_quote = cursor->quote != 0 && (behind == closing_of(cursor->quote) || behind == '/');
    gboolean begins_torn = source_at(cursor->text, next) == '-' && is_ascii_alnum(source_at(cursor->text, next + 1));
    gboolean is_torn = name->len > 0 && (name->str[name->len - 1] == '-' || begins_torn);
    gboolean is_cut = is_namespace && (is_torn || name->len < NAMESPACE_MIN);
    gboolean is_full_line =
        cursor->wrap_width > 0 && cursor->is_hard && line_width(cursor, cursor->at) == cursor->wrap_width;
    struct next_word word =
        next_word_read(cursor->text, cursor->at, is_namespace ? is_namespace_character : is_hub_character);
    if (word.kind == NEXT_PATH && is_namespace && (cursor->is_link || source_has(cursor->text, word.to, "/eventhubs/")))
        return !source_has(cursor->text, word.from, name->str);
    return closes_quote ||
           ((is_cut || is_full_line) && is_alone_on_line(cursor, next, &end) && source_at(cursor->text, next) != '/');
}

/* A namespace's or a hub's name, over the line ends where it surely goes on. */
static void take_name(struct cursor *cursor, GString *name, gboolean is_namespace)
{
    gboolean (*is)(gunichar) = is_namespace ? is_namespace_character : is_hub_character;
    for (;;) {
        take_run(cursor, name, is, PART_MAX, FALSE);
        struct cursor ahead = *cursor;
        guint changes = cursor->changes->len;
        int from = ahead.at;
        if (source_at(ahead.text, ahead.at) == 0x00AD)
            ahead.at++;
        if (!skip_line_break(&ahead)) {
            g_array_set_size(cursor->changes, changes);
            return;
        }
        if (from == ahead.at || !goes_on(cursor, name, ahead.at, is_namespace)) {
            g_array_set_size(cursor->changes, changes);
            return;
        }
        gboolean is_full_line = cursor->is_hard && line_width(cursor, from) == cursor->wrap_width;
        *cursor = ahead;
        if (is_full_line)
            continue; /* a terminal breaks anywhere, and adds nothing */
        cursor->hyphen = g_str_has_suffix(name->str, "-") ? (int)name->len - 1 : cursor->hyphen;
    }
}

static gboolean take_parts(struct cursor *cursor, GString *value)
{
    g_string_append(value, "/subscriptions/");
    if (!take_word(cursor, "subscriptions") || !take_slash(cursor))
        return FALSE;
    take_run(cursor, value, is_guid_character, GUID_LENGTH, TRUE);
    g_string_append(value, "/resourceGroups/");
    if (!take_slash(cursor) || !take_word(cursor, "resourceGroups") || !take_slash(cursor))
        return FALSE;
    take_run(cursor, value, is_group_character, PART_MAX, TRUE);
    if (value->str[value->len - 1] == '/')
        return FALSE;
    if (value->str[value->len - 1] == '-' && is_line_end(here(cursor)))
        cursor->doubt = "a line ends behind a hyphen of its resource group";
    static const char *const words[] = {"providers", "Microsoft.EventHub", "namespaces"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_string_append_printf(value, "/%s", words[i]);
        if (!take_slash(cursor) || !take_word(cursor, words[i]))
            return FALSE;
    }
    g_string_append_c(value, '/');
    return take_slash(cursor);
}

/* A blank that is no plain one, then one more word in small letters: it was put into the name. */
static gboolean is_torn_by_blank(const struct cursor *cursor)
{
    int to = cursor->at + 1;
    if (!is_visible_space(here(cursor)) || is_one_of(here(cursor), " \t") || is_line_break(here(cursor)))
        return FALSE;
    while (is_hub_character(source_at(cursor->text, to)))
        to++;
    g_autofree char *word = source_utf8(cursor->text, cursor->at + 1, to);
    return *word != '\0' && !g_ascii_isupper(*word) && word_read(word, TRUE) == WORD_NAME &&
           (label_read(word).kind == LABEL_OTHER || strpbrk(word, "-_") != NULL);
}

/* Why what stands right behind a name makes it doubtful that the name ends there; NULL if it does not. */
static const char *tail_doubt(const struct cursor *cursor, gboolean is_namespace)
{
    gunichar character = here(cursor);
    gunichar next = source_at(cursor->text, cursor->at + 1);
    int behind = skip_blanks(cursor->text, cursor->at, source_length(cursor->text));
    if (source_at(cursor->text, behind) == 0x2026 || source_has(cursor->text, cursor->at, "..") ||
        source_has(cursor->text, behind, "..."))
        return "the text shows only a part of it";
    if (character == '_' && is_namespace && is_line_end(next) && !cursor->is_marked)
        return "a character that no namespace has stands right behind it";
    if (character == 0x00AD)
        return "it has a soft hyphen at its end";
    if (is_torn_by_blank(cursor))
        return "a space of another kind follows it, then another word";
    if (id_is_letter_of_words(character) || character == 0xFFFD || (character >= BAD_BYTE && character != NO_CHARACTER))
        return "a character that no such name has stands right behind it";
    if (is_namespace && character == ':' && is_blank(next))
        return "a colon stands right behind it, so that its end may be the next label";
    if (is_namespace && is_one_of(character, "_.") && is_ascii_alnum(next))
        return "a character that no namespace has stands right behind it";
    if (is_one_of(character, "=%$~@") && !(character == '~' && source_at(cursor->text, cursor->at - 1) == '~'))
        return "a character that no such name has stands right behind it";
    return NULL;
}

/* "contoso-pr od. Thanks", "contoso-we u-001 as": a blank was put into a name within a sentence. */
static gboolean may_be_end(const struct cursor *cursor, int from, int to)
{
    g_autofree char *word = source_utf8(cursor->text, from, to);
    gunichar behind = source_at(cursor->text, to);
    gboolean ends_clause = is_one_of(behind, ".,;)") &&
                           (is_blank(source_at(cursor->text, to + 1)) || is_line_end(source_at(cursor->text, to + 1)));
    if (from != cursor->at + 1 || g_ascii_isupper(*word) || label_read(word).kind != LABEL_OTHER)
        return FALSE;
    gboolean ends_cell = is_one_of(behind, "\t|<\"&") || (is_one_of(behind, ",;") && !ends_clause);
    gboolean is_number = word[strspn(word, "0123456789")] == '\0';
    if (is_number)
        return ends_clause || ends_cell ||
               is_one_of(source_at(cursor->text, skip_blanks(cursor->text, to, to + 2)), "([");
    if (ends_cell)
        return word_read(word, TRUE) == WORD_NAME;
    return word_read(word, TRUE) == WORD_NAME &&
           (ends_clause || (is_blank(behind) && !is_blank(source_at(cursor->text, to + 1)) &&
                            (word_has_name_shape(word) || word_is_scrap(word))));
}

/* "- ns", " ns": a blank, then one more word that the name which ends here could go on with. Its end, or -1. */
static int spaced_word_end(const struct cursor *cursor, const GString *name, gboolean is_namespace, int *from)
{
    int next = cursor->at;
    int end = 0;
    while (is_blank(source_at(cursor->text, next)) && source_at(cursor->text, next) != '\t')
        next++;
    *from = next;
    if (next == cursor->at || !is_hub_character(source_at(cursor->text, next)))
        return -1;
    gboolean is_torn = name->str[name->len - 1] == '-' || source_at(cursor->text, next) == '-';
    end = next;
    while (is_hub_character(source_at(cursor->text, end)))
        end++;
    while (source_at(cursor->text, end - 1) == '.')
        end--;
    if ((is_namespace || cursor->is_link) && is_one_of(source_at(cursor->text, end), "/?") &&
        !is_blank(source_at(cursor->text, end + 1)))
        return end;
    if (cursor->quote != 0)
        return source_at(cursor->text, end) == closing_of(cursor->quote) ? end : -1;
    if (may_be_end(cursor, next, end))
        return end;
    if (is_alone_on_line(cursor, next, &end) &&
        !(source_at(cursor->text, next) == '-' && is_blank(source_at(cursor->text, next + 1))))
        return end;
    gboolean is_dash = source_at(cursor->text, next) == '-' && !is_ascii_alnum(source_at(cursor->text, next + 1));
    return is_torn && !is_dash ? end : -1;
}

/* "contoso - mdr": a hyphen with blanks round it, then one more word that NAME may go on with. Caller frees; NULL if
 * none.
 */
static char *behind_spaced_hyphen(const struct cursor *cursor, const GString *name)
{
    /* A quote's mark is none in the middle of a line, but for the one that a page runs together. */
    int hyphen = skip_blanks(cursor->text, cursor->at, source_length(cursor->text));
    gboolean is_mark = source_at(cursor->text, hyphen) == '>';
    int from = skip_blanks(cursor->text, hyphen + 1, source_length(cursor->text));
    int to = from;
    if ((plain_of(source_at(cursor->text, hyphen)) != '-' && !is_mark) || from - cursor->at < (is_mark ? 3 : 2))
        return NULL;
    while (is_hub_character(source_at(cursor->text, to)))
        to++;
    g_autofree char *word = source_utf8(cursor->text, from, to);
    int end = to;
    gboolean is_alone = is_alone_on_line(cursor, from, &end);
    gboolean is_number = word[strspn(word, "0123456789")] == '\0' && is_alone;
    gboolean is_whole = is_alone || is_one_of(source_at(cursor->text, to), "/\"'") || word_has_name_shape(word) ||
                        (word_is_scrap(word) && word_read(word, TRUE) == WORD_NAME);
    gboolean is_label = label_read(word).kind != LABEL_OTHER && (!is_alone || strpbrk(word, "-_0123456789") == NULL);
    is_whole |= is_one_of(source_at(cursor->text, to), ".,;)") && is_blank(source_at(cursor->text, to + 1));
    gboolean is_title = g_ascii_isupper(*word) && (!is_alone || strpbrk(word, "-_0123456789") == NULL);
    return is_whole && *word != '\0' && !is_title && (is_number || word_read(word, TRUE) == WORD_NAME) && !is_label
               ? g_strconcat(name->str, is_mark ? "" : "-", word, NULL)
               : NULL;
}

/* What makes NAME, which ends at the cursor, doubtful. *OTHER becomes how it would read otherwise. */
static const char *name_doubt(const struct cursor *cursor, const GString *name, gboolean is_namespace, char **other)
{
    int from = 0;
    const char *doubt = tail_doubt(cursor, is_namespace);
    if (cursor->hyphen >= 0) {
        *other = g_strdup_printf("%.*s%s", cursor->hyphen, name->str, name->str + cursor->hyphen + 1);
        return "a line ends behind a hyphen, which may belong to it or only part the word";
    }
    int next = cursor->at;
    while (is_blank(source_at(cursor->text, next)))
        next++;
    if (doubt == NULL && ends_in_title(name->str) &&
        (here(cursor) == ':' || (next > cursor->at && is_ascii_alnum(source_at(cursor->text, next)))))
        doubt = "its end looks like the first word of what follows";
    struct next_word next_word =
        next_word_read(cursor->text, cursor->at, is_namespace ? is_namespace_character : is_hub_character);
    if (next_word.kind == NEXT_NONE) {
        next_word =
            next_word_behind_gap(cursor->text, cursor->at, is_namespace ? is_namespace_character : is_hub_character);
        if (next_word.kind != NEXT_ALONE && next_word.kind != NEXT_PATH)
            next_word = (struct next_word){.kind = NEXT_NONE};
    }
    g_autofree char *typed = source_utf8(cursor->text, next_word.from, next_word.to);
    gboolean is_shaped = word_has_name_shape(typed) || *typed == '-';
    gboolean is_full = is_line_end(here(cursor)) && cursor->wrap_width > 0 && next_word.to > next_word.from &&
                       line_width(cursor, cursor->at) == cursor->wrap_width;
    if (doubt == NULL &&
        (next_word.kind == NEXT_PATH || next_word.kind == NEXT_TORN ||
         (next_word.kind == NEXT_PROSE && (cursor->is_in_words || is_shaped)) || is_full ||
         (next_word.kind == NEXT_ALONE && !is_alone_on_line(cursor, next_word.from, &next))) &&
        !source_has(cursor->text, next_word.from, name->str)) {
        g_autofree char *rest = source_utf8(cursor->text, next_word.from, next_word.to);
        *other = g_strconcat(name->str, rest, NULL);
        return "the next line begins with a word that may belong to it";
    }
    char *joined = doubt == NULL ? behind_spaced_hyphen(cursor, name) : NULL;
    if (joined != NULL) {
        *other = joined;
        return "a hyphen follows it, with blanks round it, then another word";
    }
    int end = doubt == NULL ? spaced_word_end(cursor, name, is_namespace, &from) : -1;
    if (end >= 0) {
        g_autofree char *word = source_utf8(cursor->text, from, end);
        *other = g_strconcat(name->str, word, NULL);
        doubt = "a space follows it, then another word";
    }
    return doubt;
}

/* The word that the next line with something on it consists of; NULL if there is none. Caller frees. */
static char *find_lone_word(const struct cursor *cursor)
{
    int at = cursor->at;
    while (is_blank(source_at(cursor->text, at)) || is_one_of(source_at(cursor->text, at), "\"'`.") ||
           is_unseen(source_at(cursor->text, at)))
        at++;
    if (!is_line_break(source_at(cursor->text, at)))
        return NULL;
    while (is_edge(source_at(cursor->text, at)) || is_line_break(source_at(cursor->text, at)) ||
           is_one_of(source_at(cursor->text, at), ">|"))
        at++;
    int end = at;
    gboolean is_alone = is_alone_on_line(cursor, at, &end);
    while (end > at && source_at(cursor->text, end - 1) == '.')
        end--;
    return is_alone ? source_utf8(cursor->text, at, end) : NULL;
}

/* "/eventhubs/<name>" behind the namespace; the cursor stays if there is none. */
static void take_hub(struct cursor *cursor, struct id_match *match)
{
    struct cursor start = *cursor;
    guint changes = cursor->changes->len;
    g_autoptr(GString) name = g_string_new(NULL);
    int end = 0;
    cursor->hyphen = -1;
    if (plain_of(here(cursor)) == '/' && take_slash(cursor) && take_word(cursor, "eventhubs") && here(cursor) == '/' &&
        take_slash(cursor) &&
        (!is_line_break(source_at(cursor->text, cursor->at - 1)) || is_alone_on_line(cursor, cursor->at, &end))) {
        match->name_from = cursor->at;
        take_name(cursor, name, FALSE);
    }
    while (name->len > 0 && name->str[name->len - 1] == '.' && !source_has(cursor->text, cursor->at - 1, "..")) {
        g_string_truncate(name, name->len - 1);
        cursor->at--;
    }
    if (name->len == 0) {
        *cursor = start;
        g_array_set_size(cursor->changes, changes);
        return;
    }
    match->name_to = cursor->at;
    match->name = g_strdup(name->str);
    match->name_doubt = name_doubt(cursor, name, FALSE, &match->other_name);
    if (match->name_doubt == NULL &&
        (g_str_has_suffix(name->str, "-") || source_has(cursor->text, cursor->at - 1, "..")))
        match->name_doubt = "it ends with a mark that no name ends with";
}

/* The hub's name ends at a line's end, and one word follows that may belong to it. */
static void doubt_name_by_next_line(const struct cursor *cursor, struct id_match *match)
{
    g_autofree char *word = match->name_doubt == NULL ? find_lone_word(cursor) : NULL;
    if (word == NULL || word_is_titled(word) || g_ascii_strcasecmp(word, match->name) == 0 ||
        (!is_one_of((guchar)*word, "-_.") && word_read(word, FALSE) == WORD_SENTENCE && !word_is_scrap(word)))
        return;
    match->name_doubt = "the next line is one word alone, which may belong to it";
    match->other_name = g_strconcat(match->name, word, NULL);
}

static struct id_match *match_id(const GArray *text, int from)
{
    struct id_match *match = g_new0(struct id_match, 1);
    match->changes = g_array_new(FALSE, FALSE, sizeof(struct text_change));
    match->from = plain_of(source_at(text, from - 1)) == '/' ? from - 1 : from;
    struct text_change slash = {match->from, from, '/'};
    if (match->from < from && source_at(text, match->from) != '/')
        g_array_append_val(match->changes, slash);
    struct id_place place = id_place_of(text, match->from);
    struct cursor cursor = {.text = text,
                            .at = from,
                            .changes = match->changes,
                            .hyphen = -1,
                            .quote = place.quote,
                            .is_marked = source_at(text, match->from - 1) == '_',
                            .is_in_words = place.has_letters_before,
                            .is_link = place.is_in_link};
    g_autoptr(GString) value = g_string_new(NULL);
    if (take_parts(&cursor, value)) {
        g_autoptr(GString) namespace = g_string_new(NULL);
        take_name(&cursor, namespace, TRUE);
        char *other = NULL;
        match->doubt = namespace->len > 0 ? name_doubt(&cursor, namespace, TRUE, &other) : NULL;
        match->doubt = match->doubt != NULL ? match->doubt : cursor.doubt;
        match->id = namespace->len > 0 ? g_strconcat(value->str, namespace->str, NULL) : NULL;
        match->other = other != NULL ? g_strconcat(value->str, other, NULL) : NULL;
        g_free(other);
        match->is_template = match->id != NULL && id_is_template(match->id);
        take_hub(&cursor, match);
        if (match->name != NULL)
            doubt_name_by_next_line(&cursor, match);
        else if (match->doubt == NULL)
            match->lone_word = find_lone_word(&cursor);
        if (match->lone_word != NULL && match->other == NULL)
            match->other = g_strconcat(match->id, match->lone_word, NULL);
    } else
        match->is_template = is_one_of(here(&cursor), "<{[$") || source_has(text, cursor.at, "xxxx");
    match->to = cursor.at;
    return match;
}

static void free_match(gpointer data)
{
    struct id_match *match = data;
    g_free(match->id);
    g_free(match->name);
    g_free(match->other);
    g_free(match->other_name);
    g_free(match->lone_word);
    g_array_unref(match->changes);
    g_free(match);
}

GPtrArray *match_ids(const GArray *text)
{
    GPtrArray *matches = g_ptr_array_new_with_free_func(free_match);
    for (int i = 0; i < source_length(text);) {
        /* "subscriptions", perhaps broken up, and a slash behind it. */
        gboolean may_begin = (plain_of(source_at(text, i)) | 0x20) == 's' && !is_ascii_alnum(source_at(text, i - 1));
        g_autoptr(GArray) changes = may_begin ? g_array_new(FALSE, FALSE, sizeof(struct text_change)) : NULL;
        struct cursor cursor = {.text = text, .at = i, .changes = changes};
        if (!may_begin || !take_word(&cursor, "subscriptions") || !take_slash(&cursor)) {
            i++;
            continue;
        }
        struct id_match *match = match_id(text, i);
        g_ptr_array_add(matches, match);
        i = MAX(match->to, i + 1);
    }
    return matches;
}

gboolean id_match_is_cut(const GArray *text, const struct id_match *match)
{
    return source_at(text, match->to) == 0x2026 || source_has(text, match->to, "..");
}

gboolean id_match_is_broken_hub_id(const GArray *text, const struct id_match *match)
{
    return match->id == NULL && source_has_between(text, match->from, match->to, "EventHub");
}
