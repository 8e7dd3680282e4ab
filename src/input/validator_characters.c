/* SPDX-License-Identifier: MIT */
/* The part of judging that is the same for all fields: code points and what stands round a value. */
#include <string.h>

#include "base/code_points.h"
#include "input/finding.h"
#include "input/validator.h"

/* The end of the run of the character at FROM. */
static int uniform_end(const GArray *text, int from)
{
    int end = from + 1;
    while (source_at(text, end) == source_at(text, from))
        end++;
    return end;
}

/* "There is a space", "There are 3 spaces", "There is white space, first a no-break space,". */
static char *there_is(const GArray *text, int from, int to)
{
    g_autofree char *words = character_words(source_at(text, from));
    if (to - from == 1)
        return g_strdup_printf("There is %s", words);
    if (uniform_end(text, from) < to)
        return g_strdup_printf("There is white space, first %s,", words);
    g_autofree char *name = code_point_name(source_at(text, from));
    return g_strdup_printf("There are %d %ss", to - from, name);
}

/* " after 'namespaces/'" where the run stands behind a fixed part of a resource ID, else "". */
static char *after_words(const struct validator *validator, int from)
{
    static const char *const parts[] = {"subscriptions/", "resourceGroups/", "providers/", "Microsoft.EventHub/",
                                        "namespaces/"};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (source_has(validator->clean, from - (int)strlen(parts[i]), parts[i]))
            return g_strdup_printf(" after '%s'", parts[i]);
    return g_strdup("");
}

static char *run_place(const struct validator *validator, int from, int to)
{
    int offset = source_offset(validator->clean, from);
    return place_words(offset, source_offset(validator->clean, to - 1) + 1 - offset);
}

static void mend_inner_space(struct validator *validator, int from, int to)
{
    gboolean is_seen = source_has_kind(validator->clean, from, to, is_visible_space);
    gboolean has_space_beside = source_at(validator->clean, from - 1) == ' ' || source_at(validator->clean, to) == ' ';
    gboolean is_break = source_has_kind(validator->clean, from, to, is_line_break);
    gboolean is_divider = validator->rules->is_name && is_seen && !has_space_beside;
    g_autofree char *subject = there_is(validator->clean, from, to);
    g_autofree char *after = after_words(validator, from);
    g_autofree char *place = run_place(validator, from, to);
    char *message = g_strdup_printf("%s%s at %s.", subject, after, place);
    validator_mend(validator,
                   is_break  ? PROBLEM_LINE_BREAK
                   : is_seen ? PROBLEM_INNER_SPACE
                             : PROBLEM_INVISIBLE,
                   from, to - from, is_divider ? " " : "", message,
                   is_divider       ? "Put a plain space there"
                   : is_break       ? "Join the lines"
                   : to - from == 1 ? "Remove it"
                                    : "Remove them");
}

static void mend_invisible(struct validator *validator, int from, int to)
{
    gunichar character = source_at(validator->clean, from);
    g_autofree char *words = character_words(character);
    g_autofree char *after = after_words(validator, from);
    g_autofree char *place = run_place(validator, from, to);
    char *message = to - from == 1 ? g_strdup_printf("There is %s%s at %s.", words, after, place)
                                   : g_strdup_printf("There is %s%s, %d times, at %s.", words, after, to - from, place);
    /* A replacement character stands for something that was lost: leaving it out does not bring that back. */
    if (character == 0xFFFD)
        validator_report(validator, PROBLEM_INVISIBLE, from, to - from, message, NULL, NULL);
    else
        validator_mend(validator, PROBLEM_INVISIBLE, from, to - from, "", message,
                       to - from == 1 ? "Remove it" : "Remove them");
}

static void mend_bad_bytes(struct validator *validator, int from, int to)
{
    g_autofree char *place = run_place(validator, from, to);
    const char *subject = to - from == 1 ? "is a byte that is" : "are bytes that are";
    char *message = g_strdup_printf("There %s no UTF-8 at %s.", subject, place);
    validator_mend(validator, PROBLEM_NOT_UTF8, from, to - from, "", message,
                   to - from == 1 ? "Remove it" : "Remove them");
}

static gboolean is_bad_byte(gunichar character)
{
    return character >= BAD_BYTE && character != NO_CHARACTER;
}

static gboolean is_outer(gunichar character)
{
    return is_bad_byte(character) || (character != 0xFFFD && (is_edge(character) || is_dangerous(character)));
}

static const char opening_marks[] = "\"'`<([{*,;:=|";
static const char closing_marks[] = "\"'`>)]}*,;:.|";

static gboolean is_wrapping(const struct validator *validator, gunichar character, const char *set)
{
    return is_one_of(character, set) && !validator_allows(validator, character);
}

/* Nothing but what is put round a value stands before INDEX, or behind it. */
static gboolean is_at_end(const struct validator *validator, int index)
{
    int before = index;
    while (before > 0 && is_wrapping(validator, source_at(validator->clean, before - 1), opening_marks))
        before--;
    int last = source_length(validator->clean) - validator->tail - 1;
    int behind = index;
    while (behind < last && is_wrapping(validator, source_at(validator->clean, behind + 1), closing_marks))
        behind++;
    return before == 0 || behind == last;
}

/* What passes for a quote at an end was put round the value; elsewhere its twin was meant. */
static void mend_lookalike(struct validator *validator, int index)
{
    gunichar character = source_at(validator->clean, index);
    char twin = code_point_ascii_twin(character);
    gboolean is_quote = twin == '\'' && is_at_end(validator, index);
    g_autofree char *words = character_words(character);
    int column = source_offset(validator->clean, index) + 1;
    if (twin != 0 && !is_quote && validator_allows(validator, (gunichar)twin)) {
        char *message =
            g_strdup_printf("There is %s at column %d where only the plain '%c' can be.", words, column, twin);
        g_autofree char *label = g_strdup_printf("Put '%c' there", twin);
        validator_mend(validator, PROBLEM_LOOKALIKE, index, 1, (char[]){twin, '\0'}, message, label);
        return;
    }
    char *message = g_strdup_printf("There is %s at column %d.", words, column);
    validator_mend(validator, PROBLEM_LOOKALIKE, index, 1, "", message, "Remove it");
}

static int run_end(const GArray *text, int from, gboolean (*is)(gunichar))
{
    int end = from + 1;
    while (is(source_at(text, end)))
        end++;
    return end;
}

static gboolean is_odd_space(gunichar character)
{
    return is_edge(character) && character != ' ';
}

/* Deal with the code point at INDEX. FALSE if it may stand there. */
static gboolean mend_inner(struct validator *validator, int index)
{
    gunichar character = source_at(validator->clean, index);
    gboolean (*is_no_part)(gunichar) = validator->rules->is_name ? is_odd_space : is_edge;
    if (is_no_part(character))
        mend_inner_space(validator, index, run_end(validator->clean, index, is_no_part));
    else if (is_bad_byte(character))
        mend_bad_bytes(validator, index, run_end(validator->clean, index, is_bad_byte));
    else if (is_dangerous(character)) {
        mend_invisible(validator, index, character == 0xFFFD ? index + 1 : uniform_end(validator->clean, index));
        return character != 0xFFFD;
    } else if (is_lookalike(character) && !validator->rules->is_name && !validator_allows(validator, character))
        mend_lookalike(validator, index);
    else
        return FALSE;
    return TRUE;
}

/* Take away all that is not seen from FROM up to TO, run by run. */
static void mend_outer(struct validator *validator, int from, int to, gboolean at_start)
{
    while (from < to && !validator_is_full(validator)) {
        gunichar character = source_at(validator->clean, from);
        int end;
        if (is_edge(character)) {
            end = MIN(run_end(validator->clean, from, is_edge), to);
            g_autofree char *subject = there_is(validator->clean, from, end);
            g_autofree char *place = run_place(validator, from, end);
            char *message = g_strdup_printf("%s at the %s, %s.", subject, at_start ? "start" : "end", place);
            validator_mend(validator, PROBLEM_OUTER_SPACE, from, end - from, "", message,
                           end - from == 1 ? "Remove it" : "Remove them");
        } else if (is_bad_byte(character)) {
            end = MIN(run_end(validator->clean, from, is_bad_byte), to);
            mend_bad_bytes(validator, from, end);
        } else {
            end = MIN(uniform_end(validator->clean, from), to);
            mend_invisible(validator, from, end);
        }
        to -= end - from;
    }
}

void validator_code_points(struct validator *validator)
{
    int start = 0;
    while (is_outer(source_at(validator->clean, start)))
        start++;
    mend_outer(validator, 0, start, TRUE);
    while (is_outer(source_at(validator->clean, source_length(validator->clean) - validator->tail - 1)))
        validator->tail++;
    for (int i = 0; i < source_length(validator->clean) - validator->tail && !validator_is_full(validator);)
        if (!mend_inner(validator, i))
            i++;
    mend_outer(validator, source_length(validator->clean) - validator->tail, source_length(validator->clean), FALSE);
}

static void mend_punctuation(struct validator *validator, int from, int to)
{
    g_autofree char *words = character_words(source_at(validator->clean, from));
    g_autofree char *place = run_place(validator, from, to);
    char *message = g_strdup_printf("There is %s round the value, at %s.",
                                    uniform_end(validator->clean, from) >= to ? words : "punctuation", place);
    validator_mend(validator, PROBLEM_PUNCTUATION, from, to - from, "", message,
                   to - from == 1 ? "Remove it" : "Remove them");
}

/* Plain quotes that the value may have elsewhere are taken off together: one alone would be left inside. */
static void mend_quotes(struct validator *validator)
{
    int last = source_length(validator->clean) - 1;
    for (int i = 0; i < 2; i++) {
        int index = i == 0 ? 0 : last;
        int column = source_offset(validator->clean, index) + 1;
        validator_report(validator, PROBLEM_PUNCTUATION, index, 1,
                         g_strdup_printf("There is a quote round the value, at column %d.", column),
                         source_utf8(validator->clean, 1, last), "Remove both quotes");
    }
    source_splice(validator->clean, last, 1, "");
    source_splice(validator->clean, 0, 1, "");
}

static void mend_wrapping(struct validator *validator)
{
    int start = 0;
    while (is_wrapping(validator, source_at(validator->clean, start), opening_marks))
        start++;
    if (start > 0)
        mend_punctuation(validator, 0, start);
    int length = source_length(validator->clean);
    int end = length;
    while (end > 0 && is_wrapping(validator, source_at(validator->clean, end - 1), closing_marks))
        end--;
    if (end < length)
        mend_punctuation(validator, end, length);
}

void validator_punctuation(struct validator *validator)
{
    int before;
    do {
        before = source_length(validator->clean);
        /* A plain quote that the value may have, but here stands at both ends. */
        if (before > 2 && validator_allows(validator, '\'') && source_at(validator->clean, 0) == '\'' &&
            source_at(validator->clean, before - 1) == '\'')
            mend_quotes(validator);
        mend_wrapping(validator);
    } while (source_length(validator->clean) < before && !validator_is_full(validator));
}
