/* SPDX-License-Identifier: MIT */
#include "input/statements.h"

#include <string.h>

#include "input/disowned.h"
#include "input/disowned_words.h"
#include "input/hub_labels.h"
#include "input/hub_value.h"
#include "input/id_match.h"
#include "input/line_forms.h"
#include "input/phrases.h"
#include "input/plain_words.h"
#include "input/value_marks.h"
#include "input/value_remarks.h"
#include "input/value_titles.h"

enum {
    TITLE_MAX = 60,
    LABEL_MAX = 400, /* characters; what is longer is no label, and is not folded to be looked up */
    WRAPPED_MIN = 45,
    NAME_LINE_MAX = 80,
    SENTENCE_MAX = 2000,
    FEW_WORDS = 3,
    TITLE_WORDS = 4,
    FRAGMENTS_MAX = 2,
    TIME_WORDS = 6
};

struct reader {
    const GArray *text; /* what prose is read of: resource IDs are line's marks in it */
    GHashTable *known;  /* words of names that the text gives otherwise */
    GArray *statements; /* of struct statement */
    GArray *fragments;  /* the same, of a few words in a text without prose */
    int end;            /* of the text, without what is not seen */
    int from;           /* the sentence that is being read; -1: none */
    int to;
    gboolean is_signed;      /* the letter has ended; names and addresses of the sender follow */
    gboolean is_small_print; /* until an empty line */
    gboolean has_prose;      /* there are sentences in the text, so that a few words may be one too */
    gboolean is_announced;   /* the line before is a title */
    gboolean is_beginning;   /* nothing was read yet */
    int head;                /* of the table that is read; -1: none */
    gboolean is_in_comment;  /* of several lines, of a program */
};

static int behind_greeting(struct reader *reader, int from, int to, enum phrase_kind kind);

static struct label read_label(const GArray *text, int from, int to)
{
    if (to - from > LABEL_MAX)
        return (struct label){.kind = LABEL_OTHER};
    g_autofree char *label = source_utf8(text, from, to);
    return label_read(label);
}

static void add_statement(struct reader *reader, int from, int to, enum statement_subject subject)
{
    struct statement statement = {from, to, subject, sentence_weight(reader->text, from, to)};
    g_array_append_val(reader->statements, statement);
}

/* A judgement on what stands from FROM up to TO by itself. */
static void judge(struct reader *reader, int from, int to)
{
    gboolean is_heading = source_at(reader->text, to) == ':' || source_at(reader->text, to - 1) == ':';
    enum statement_subject subject = is_heading                                      ? SUBJECT_ALL
                                     : sentence_is_of(reader->text, from, to, TRUE)  ? SUBJECT_NAME
                                     : sentence_is_of(reader->text, from, to, FALSE) ? SUBJECT_HUB
                                                                                     : SUBJECT_ALL;
    reader->is_small_print |= words_are_small_print(reader->text, from, to);
    gboolean is_set_apart = reader->is_small_print && !small_print_speaks_up(reader->text, from, to);
    int start = skip_blanks(reader->text, from, to);
    int leave = behind_greeting(reader, start, to, PHRASE_LEAVE); /* "They are below. Thanks, Jo" */
    is_set_apart |= leave > start && words_in(reader->text, leave, to) == 0;
    if (from < to && !is_set_apart &&
        ((words_in(reader->text, from, to) <= FEW_WORDS && text_has_year(reader->text, from, to) &&
          source_at(reader->text, to - 1) == '.') ||
         (is_heading && read_label(reader->text, from, to).kind == LABEL_OTHER &&
          (text_has_year(reader->text, from, to) || heading_counts(reader->text, start, to))) ||
         !sentence_is_plain(reader->text, from, to, reader->known)))
        add_statement(reader, start, to, subject);
}

static void end_sentence(struct reader *reader)
{
    if (reader->from >= 0)
        judge(reader, reader->from, reader->to);
    reader->from = -1;
}

/* A few words in a text without prose: a copy of a page has many. */
static void keep_fragment(struct reader *reader, int from, int to)
{
    guint known = reader->statements->len;
    judge(reader, from, to);
    if (reader->statements->len == known)
        return;
    g_array_append_vals(reader->fragments, &g_array_index(reader->statements, struct statement, known), 1);
    g_array_set_size(reader->statements, known);
}

/* Prose goes on from FROM up to TO, the end of its line. */
static void add_prose(struct reader *reader, int from, int to)
{
    const GArray *text = reader->text;
    if (reader->from >= 0 && from - reader->from > SENTENCE_MAX)
        end_sentence(reader);
    for (int at = from; at < to; at++) {
        if (reader->from < 0)
            reader->from = at;
        reader->to = at + 1;
        gunichar next = source_at(text, at + 1);
        gboolean is_end = is_one_of(source_at(text, at), ".!?") && (is_blank(next) || is_line_end(next));
        if ((is_end && !(is_blank(next) && is_abbreviation(text, reader->from, at))) || source_at(text, at) == 0x3002)
            end_sentence(reader);
    }
    if (to - from < WRAPPED_MIN || source_at(text, to - 1) == ':')
        end_sentence(reader);
}

/* "10:02": the colon at AT is no divider of a title. */
static gboolean is_time(const GArray *text, int at)
{
    return is_ascii_digit(source_at(text, at - 1)) && is_ascii_digit(source_at(text, at + 1));
}

/* The divider of "title: value" that begins at FROM; -1 if it is none. */
static int find_divider(const GArray *text, int from, int to)
{
    for (int at = from; at < to && at - from < TITLE_MAX; at++) {
        gboolean is_stop = source_at(text, at) == '.' && is_blank(source_at(text, at + 1));
        if (is_one_of(source_at(text, at), "!?;,") || (is_stop && words_in(text, from, at) > FEW_WORDS))
            return -1;
        if (source_at(text, at) == 0xFF1A || (source_at(text, at) == '=' && words_are(PHRASE_REMARK, text, from, at)) ||
            (source_at(text, at) == ':' && source_at(text, at + 1) != '/' && !is_time(text, at)))
            return at;
    }
    return -1;
}

/* A row's cells are judged each by itself. */
static gboolean read_cells(struct reader *reader, int from, int to)
{
    const GArray *text = reader->text;
    gboolean is_row = FALSE;
    for (int at = from, start = from; at <= to; at++) {
        gunichar character = at < to ? source_at(text, at) : '\t';
        gboolean is_gap =
            character == '\t' || character == '|' || character == 0x2502 || character == 0x2503 ||
            (character == ' ' && source_at(text, at + 1) == ' ' && !is_one_of(source_at(text, at - 1), ".!?"));
        if (!is_gap)
            continue;
        is_row |= at < to && at > from;
        int end = at;
        while (end > start && is_blank(source_at(text, end - 1)))
            end--;
        if (is_row && (words_in(text, start, end) > 2 || is_one_of(source_at(text, end - 1), ".!?")))
            judge(reader, start, end);
        start = at + 1;
    }
    return is_row;
}

static gboolean has_time(const GArray *text, int from, int to)
{
    for (int at = source_find_character(text, from, to, ':'); at >= 0;
         at = source_find_character(text, at + 1, to, ':'))
        if (is_time(text, at))
            return TRUE;
    return FALSE;
}

/* Behind the word that begins at FROM, if it is built as a name is; else FROM. */
static int behind_name(const GArray *text, int from, int to)
{
    int end = from;
    while (end < to && !is_blank(source_at(text, end)))
        end++;
    int last = end;
    while (last > from && is_one_of(source_at(text, last - 1), ".,:;!?"))
        last--;
    g_autofree char *word = source_utf8(text, from, last);
    return strpbrk(word, "-_.0123456789") != NULL && (end == to || last == end) ? end : from;
}

/* The dash or arrow behind a label, "Event Hub name - contoso"; -1 if there is none. */
static int find_dash(const GArray *text, int from, int to)
{
    for (int at = from + 1; at < to && at - from < TITLE_MAX; at++) {
        gunichar character = source_at(text, at);
        gboolean is_dash = character == '-' || (character >= 0x2010 && character <= 0x2015) ||
                           (character >= 0x2190 && character <= 0x21FF) || character == 0x27A1;
        if (is_dash && is_blank(source_at(text, at - 1)) && (character != '-' || is_blank(source_at(text, at + 1))))
            return read_label(text, from, at).kind != LABEL_OTHER ? at : -1;
    }
    return -1;
}

/* A few words without the mark of a sentence's end. */
static gboolean is_fragment(const GArray *text, int from, int to)
{
    return words_in(text, from, to) <= FEW_WORDS && !is_one_of(source_at(text, to - 1), ".!?");
}

/* Words beside a resource ID behind its label, from FROM up to TO: "(EMEA only)". What follows it without a mark may be
 * its rest. */
static void judge_beside_id(struct reader *reader, int from, int to)
{
    const GArray *text = reader->text;
    int id = source_find_between(text, from, to, "////////");
    if (id > from && remark_speaks_up(text, from, id, reader->known))
        add_statement(reader, from, id, SUBJECT_ALL);
    int end = MAX(id, from);
    while (end < to && source_at(text, end) == '/')
        end++;
    int mark = skip_blanks(text, end, to);
    gunichar sign = source_at(text, mark);
    gboolean is_dash = (sign == '-' || (sign >= 0x2010 && sign <= 0x2015)) && is_blank(source_at(text, mark + 1));
    gboolean is_gap = mark > end + 1 || (mark > end && source_at(text, end) == '\t');
    gboolean is_marked = is_dash || is_gap || is_one_of(sign, "([{#,|*!;=>~\"") || sign == 0xFF08 || sign == 0x201C ||
                         (sign == '/' && mark > end) || (sign >= 0x2190 && sign <= 0x21FF) ||
                         source_has(text, mark, "->") || source_has(text, mark, "<-");
    int last = remark_end(text, MIN(mark + 2, to), to); /* behind "=>" */
    if (id >= 0 && mark < last && is_marked && remark_speaks_up(text, mark, last, reader->known))
        add_statement(reader, mark, last, SUBJECT_ALL);
}

/* The title, with what stands before it in a cell or behind a colon, of the resource ID or name that follows it:
 * "| Test | Event Hub Name | x |", "Test: Event Hub Resource ID /subscriptions/...". */
static void judge_outer_title(struct reader *reader, int from, int to)
{
    const GArray *text = reader->text;
    gboolean is_row = source_find_character(text, from, MIN(to, from + 2 * TITLE_MAX), '|') >= 0;
    enum { MOJIBAKE = 0xC3 }; /* how the letters of UTF-8 begin that were read as Latin-1: no word can be told */
    int first = -1;           /* the end of what stands before the title */
    for (int start = from, at = from; at < to && at - from < 2 * TITLE_MAX; at++) {
        gboolean is_id = source_has(text, at, "////////");
        gboolean is_end = is_row ? source_at(text, at) == '|' : is_id || (first < 0 && source_at(text, at) == ':');
        if (!is_end)
            continue;
        enum label_kind kind = first >= 0 ? read_label(text, start, at).kind : LABEL_OTHER;
        gboolean is_title = kind == LABEL_ID || kind == LABEL_HUB_NAME || kind == LABEL_HUB;
        int value = skip_blanks(text, at + is_row, to);
        gboolean is_value = source_has(text, value, "////////") || behind_name(text, value, to) > value;
        if (is_title && is_value && is_ascii_letter(source_at(text, from)) &&
            label_speaks_up(text, from, at, reader->known)) {
            add_statement(reader, from, at, SUBJECT_ALL);
            return;
        }
        if (first < 0 && source_find_character(text, from, at, MOJIBAKE) >= 0)
            return;
        first = first < 0 && at > from ? at : first;
        start = at + 1;
    }
}

/* "title: value"; FALSE if it is none. */
static gboolean read_pair(struct reader *reader, int from, int to)
{
    const GArray *text = reader->text;
    int divider = find_divider(text, from, to);
    if (divider < 0)
        divider = find_dash(text, from, to);
    if (divider < 0)
        return FALSE;
    int value = skip_blanks(text, divider + 1, to);
    if (words_are(PHRASE_HEAD, text, from, divider)) {
        words_become_known(reader->known, text, value, to);
        return TRUE;
    }
    if (value < to && (words_are(PHRASE_PROPERTY, text, from, divider) || part_is_key(text, from, divider)))
        return TRUE;
    struct label label = read_label(text, from, divider);
    gboolean is_label = label.kind != LABEL_OTHER;
    int behind = behind_name(text, value, to);
    gboolean is_of_value = label.kind == LABEL_HUB_NAME || label.kind == LABEL_HUB || label.kind == LABEL_ID;
    if (is_of_value && !label.is_old && label_speaks_up(text, from, divider, reader->known))
        add_statement(reader, from, divider, SUBJECT_ALL);
    int dash = find_dash(text, from, divider); /* "Event Hub Resource ID - deleted: x" */
    if (dash >= 0 && value < to && source_at(text, divider) == ':' &&
        remark_speaks_up(text, dash + 1, divider, reader->known))
        add_statement(reader, from, divider, SUBJECT_ALL);
    reader->is_announced = value == to && is_label;
    if (value < to && word_denies(text, from, divider))
        judge(reader, from, to);
    else if (value < to && (is_label || words_in(text, from, divider) <= FEW_WORDS))
        ; /* it titles what stands behind it */
    else if (value < to || !is_fragment(text, from, divider) || reader->has_prose || !part_is_key(text, from, divider))
        judge(reader, from, divider);
    /* The first sentence then has its own rules. */
    if (is_label || (is_fragment(text, behind, to) && !words_are(PHRASE_REMARK, text, from, divider) &&
                     ((words_in(text, behind, to) < 2 && !word_is_joined(text, behind, to)) ||
                      sentence_is_of(text, from, divider, FALSE)))) {
        while (behind < to && !(is_one_of(source_at(text, behind), ".!?;") && is_blank(source_at(text, behind + 1))))
            behind++;
        behind = MIN(behind + 1, to);
    }
    add_prose(reader, behind, to);
    end_sentence(reader);
    return TRUE;
}

/* All that is in the line is one word, which may be a value. */
static gboolean is_lone_value(const struct reader *reader, int from, int to)
{
    for (int i = from; i < to; i++)
        if (is_blank(source_at(reader->text, i)))
            return FALSE;
    return reader->is_announced ||
           (behind_name(reader->text, from, to) == to && !word_is_joined(reader->text, from, to));
}

static gboolean is_capital(gunichar character)
{
    return character < BAD_BYTE && g_unichar_isupper(character);
}

/* Words from FROM up to TO begin with capitals, but for short ones: names and titles. */
static gboolean are_capitals(const GArray *text, int from, int to)
{
    enum { SHORT = 3 };
    for (int at = from, end = from; at < to; at = MAX(end, at + 1)) {
        for (end = at; end < to && letter_is_at(text, end);)
            end++;
        if (end - at > SHORT && !is_capital(source_at(text, at)))
            return FALSE;
    }
    return TRUE;
}

/* "Onboarding Engineer, Relecloud": a line of a letter's end. */
static gboolean is_of_sender(const GArray *text, int from, int to)
{
    enum { WORDS_MAX = 8 };
    return to - from <= NAME_LINE_MAX && words_in(text, from, to) <= WORDS_MAX && are_capitals(text, from, to) &&
           !name_speaks_up(text, from, to, FALSE) && !is_one_of(source_at(text, to - 1), ".!?:");
}

/* "Ines," or "Ines - ": behind a name that begins at FROM and is spoken to; FROM if there is none. */
static int behind_vocative(const struct reader *reader, int from, int to)
{
    const GArray *text = reader->text;
    int end = from;
    while (end < to && letter_is_at(text, end))
        end++;
    int mark = skip_blanks(text, end, to);
    int label = skip_blanks(text, mark + 1, to);
    int divider = find_divider(text, label, to);
    gboolean is_title =
        divider > label && read_label(text, label, divider).kind != LABEL_OTHER; /* "Backup - Hub name:" */
    gboolean is_spoken_to = source_at(text, end) == ',' || (mark > end && source_at(text, mark) == '-' && !is_title);
    if (!is_spoken_to || !is_capital(source_at(text, from)) || name_speaks_up(text, from, end, FALSE))
        return from;
    words_become_known(reader->known, text, from, end);
    return mark;
}

/* Behind the others who are greeted, from the comma at AT on. */
static int behind_others(struct reader *reader, int at, int to)
{
    int next = skip_blanks(reader->text, at + 1, to);
    if (next >= to)
        return at;
    int behind = behind_greeting(reader, next, to, PHRASE_GREETING);
    behind = behind > next ? behind : behind_vocative(reader, next, to);
    return behind > next ? behind : at;
}

/* "Hi Ines,", "Groet, Sanne": behind the words of greeting or leave there are names at most. The end of it; FROM if it
 * is none. */
static int behind_greeting(struct reader *reader, int from, int to, enum phrase_kind kind)
{
    enum { NAMES_MAX = 6, GREETING_MAX = 40 };
    const GArray *text = reader->text;
    int end = MIN(to, from + GREETING_MAX);
    for (; end > from && !words_are(kind, text, from, end); end--)
        while (end > from && letter_is_at(text, end - 1))
            end--;
    if (end <= from)
        return from;
    int behind = end;
    for (int n = 0; n < NAMES_MAX && behind < to; n++) {
        int word = behind;
        while (word < to && (is_blank(source_at(text, word)) || (n == 0 && source_at(text, word) == ',')))
            word++;
        if (!is_capital(source_at(text, word)))
            break;
        int stop = word;
        while (stop < to && (letter_is_at(text, stop) || is_one_of(source_at(text, stop), "-.'@")))
            stop++;
        if (name_speaks_up(text, word, stop, kind == PHRASE_GREETING))
            break;
        behind = stop;
        if (is_one_of(source_at(text, behind), kind == PHRASE_GREETING ? ",!:" : "!:"))
            break;
        behind +=
            behind < to && kind == PHRASE_LEAVE && source_at(text, behind) == ','; /* "Daniel Frost, Red Canary" */
    }
    if (kind == PHRASE_GREETING && source_at(text, behind) == ',') /* "Hi Tim, hi Sarah," */
        behind = behind_others(reader, behind, to);
    if (kind == PHRASE_GREETING || words_in(text, behind, to) == 0)
        words_become_known(reader->known, text, end, behind);
    return behind;
}

/* "Robin Berg (he/him)" at the text's end. */
static gboolean is_last_name(const struct reader *reader, int from, int to)
{
    const GArray *text = reader->text;
    if (to < reader->end || !is_fragment(text, from, to) || source_at(text, from) == '(' ||
        source_at(text, to - 1) == ':')
        return FALSE;
    int bracket = source_find_character(text, from, to, '(');
    g_autofree char *words = words_between(text, from, to);
    return are_capitals(text, from, bracket >= 0 ? bracket : to) && disowned_lists_in(words) == 0 &&
           !name_speaks_up(text, from, to, FALSE);
}

/* What stands behind the greeting, or the farewell, that the line begins with; TO if that is all. */
static int skip_greeting(struct reader *reader, int from, int to)
{
    const GArray *text = reader->text;
    int left = behind_greeting(reader, from, to, PHRASE_LEAVE);
    if (left > from && words_in(text, left, to) == 0) {
        reader->is_signed = TRUE;
        return to;
    }
    int greeted = behind_greeting(reader, from, to, PHRASE_GREETING);
    if (greeted == from && reader->is_beginning)
        greeted = behind_vocative(reader, from, to);
    reader->is_beginning = FALSE;
    return greeted > from ? behind_line_marks(text, greeted + is_one_of(source_at(text, greeted), ",!:"), to) : from;
}

/* A line of N words, or what is left of it behind its greeting: a title and its value, cells, a fragment, or prose. */
static void read_words(struct reader *reader, int from, int to, int n)
{
    const GArray *text = reader->text;
    if ((reader->is_signed && is_of_sender(text, from, to)) || is_last_name(reader, from, to))
        return;
    gboolean has_bracket =
        source_find_character(text, from, to, '(') >= 0 && source_find_character(text, from, to, '|') < 0;
    gboolean is_value = is_lone_value(reader, from, to);
    reader->is_announced = FALSE;
    int divider = reader->from < 0 && !is_value ? find_divider(text, from, to) : -1;
    if (reader->from < 0)
        judge_outer_title(reader, from, to);
    if (divider >= 0 && read_label(text, from, divider).kind == LABEL_ID)
        judge_beside_id(reader, skip_blanks(text, divider + 1, to), to);
    if (reader->from < 0 && (is_value || read_cells(reader, from, to) || read_pair(reader, from, to)))
        return;
    if (reader->from < 0 && !reader->has_prose && is_fragment(text, from, to) && !has_bracket &&
        source_at(text, to - 1) != ':') {
        if (n > 1 || is_capital(source_at(text, from)) || name_speaks_up(text, from, to, FALSE) ||
            word_is_joined(text, from, to))
            keep_fragment(reader, from, to);
        return;
    }
    add_prose(reader, from, to);
    if (n <= TITLE_WORDS && read_label(text, from, to).kind != LABEL_OTHER) { /* "Event Hub", and below it the name */
        end_sentence(reader);
        reader->is_announced = TRUE;
    }
}

static void read_line(struct reader *reader, int start, int end)
{
    const GArray *text = reader->text;
    int from = behind_line_marks(text, start, end);
    int to = end;
    while (to > from && is_blank(source_at(text, to - 1)))
        to--;
    int n = words_in(text, from, to);
    gboolean is_edit = /* "s/rwa/raw/" */
        source_has(text, from, "s/") && source_find_character(text, from + 2, to, '/') > from + 2;
    if (is_edit || (n == 1 && !reader->is_announced && mark_speaks_up(text, from, to))) {
        add_statement(reader, from, to, SUBJECT_ALL);
        return;
    }
    reader->is_small_print &= from < to;
    reader->is_signed |= end - start < 4 && source_has(text, start, "--") && n == 0 && from == to; /* "-- " */
    if (n == 0 || line_is_code(text, from, to) || (line_is_row(text, from, to) && !code_speaks_up(text, from, to))) {
        end_sentence(reader);
        reader->is_announced &= from == to;
        if (n > 0 && is_one_of(source_at(text, to - 1), "{[(") && key_speaks_up(text, from, to))
            add_statement(reader, from, to, SUBJECT_ALL);
        judge(reader, comment_start(text, from, to), to);
        return;
    }
    if (line_begins_quote(text, from, to)) {
        end_sentence(reader);
        reader->is_signed = FALSE;
        words_become_known(reader->known, text, from, to);
        return;
    }
    if (has_time(text, from, to) && n <= TIME_WORDS && !time_speaks_up(text, from, to))
        return;
    /* Within a sentence nobody is greeted. */
    int behind = reader->from < 0 ? skip_greeting(reader, from, to) : from;
    if (behind < to)
        read_words(reader, behind, to, n);
}

/* The line gives a value, by the key that stands in it: "eventhub_name = ", "<eventHubName>". */
static gboolean gives_value(const GArray *text, int from, int to, gboolean *is_limited)
{
    int start = from;
    while (start < to && (is_blank(source_at(text, start)) || is_one_of(source_at(text, start), "/#-*<!")))
        start++;
    int end = start;
    while (end < to && end - start <= LABEL_MAX && !is_one_of(source_at(text, end), "=:>"))
        end++;
    enum label_kind kind = read_label(text, start, end).kind;
    *is_limited = key_is_limited(text, start, end);
    return end < to && (kind == LABEL_HUB_NAME || kind == LABEL_ID) && part_is_key(text, start, end);
}

/* What stands beside values, or around them, and is no sentence; FALSE if it may be one. */
static gboolean read_marks(struct reader *reader, int from, int to)
{
    gboolean is_comment = line_is_commented(reader->text, from, to, &reader->is_in_comment);
    gboolean is_limited = FALSE;
    gboolean has_cells = line_has_cells(reader->text, from, to);
    reader->head = !has_cells ? -1 : line_is_head(reader->text, from, to) ? from : reader->head;
    gboolean is_row = reader->head >= 0 && reader->head < from;
    gboolean is_marked =
        from < to && ((is_row && row_is_unfit(reader->text, reader->head, from, to)) ||
                      line_has_property(reader->text, from, to) || line_has_sign(reader->text, from, to) ||
                      line_denies(reader->text, from, to) || line_is_struck(reader->text, from, to) ||
                      (gives_value(reader->text, from, to, &is_limited) && (is_comment || is_limited)));
    if (is_marked)
        add_statement(reader, skip_blanks(reader->text, from, to), to, SUBJECT_ALL);
    return is_marked;
}

/* The text has a line that is a sentence, or greets. */
static gboolean has_prose(const GArray *text)
{
    enum { SENTENCE_WORDS = 5 };
    for (int start = 0, end = 0; start < source_length(text); start = end + 1) {
        end = line_end(text, start);
        int from = behind_line_marks(text, start, end);
        int to = end;
        while (to > from && is_blank(source_at(text, to - 1)))
            to--;
        if (!line_is_code(text, from, to) && !line_is_row(text, from, to) && find_divider(text, from, to) < 0 &&
            (words_in(text, from, to) >= SENTENCE_WORDS || words_are(PHRASE_GREETING, text, from, to)))
            return TRUE;
    }
    return FALSE;
}

GArray *unclear_statements(const GArray *text, const GPtrArray *ids)
{
    g_autoptr(SourceText) prose = source_copy(text, 0, source_length(text));
    struct reader reader = {.text = prose,
                            .known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                            .statements = g_array_new(FALSE, FALSE, sizeof(struct statement)),
                            .fragments = g_array_new(FALSE, FALSE, sizeof(struct statement)),
                            .from = -1,
                            .head = -1,
                            .is_beginning = TRUE};
    for (guint i = 0; i < ids->len; i++) {
        const struct id_match *match = ids->pdata[i];
        words_become_known(reader.known, text, match->from, match->to);
        for (int at = match->from; at < match->to; at++)
            g_array_index(prose, struct unit, at).character = is_line_break(source_at(text, at)) ? '\n' : '/';
    }
    reader.end = source_length(prose);
    while (reader.end > 0 &&
           (is_blank(source_at(prose, reader.end - 1)) || is_line_break(source_at(prose, reader.end - 1))))
        reader.end--;
    reader.has_prose = has_prose(prose);
    for (int start = 0, end = 0; start < source_length(prose); start = end + 1) {
        end = line_end(prose, start);
        if (!read_marks(&reader, start, end))
            read_line(&reader, start, end);
    }
    end_sentence(&reader);
    if (reader.fragments->len <= FRAGMENTS_MAX)
        g_array_append_vals(reader.statements, reader.fragments->data, reader.fragments->len);
    g_array_unref(reader.fragments);
    g_hash_table_unref(reader.known);
    return reader.statements;
}
