/* The part of judging that is the same for all fields: code points and what stands round a value. */
#include <string.h>

#include "base/code_points.h"
#include "input/finding.h"
#include "input/judge.h"

static gboolean run_has(const GArray *text, int from, int to, gboolean (*is)(gunichar))
{
    for (int i = from; i < to; i++)
        if (is(mapped_at(text, i)))
            return TRUE;
    return FALSE;
}

static gboolean run_is_uniform(const GArray *text, int from, int to)
{
    for (int i = from + 1; i < to; i++)
        if (mapped_at(text, i) != mapped_at(text, from))
            return FALSE;
    return TRUE;
}

/* "There is a space", "There are 3 spaces", "There is white space, first a no-break space,". */
static char *there_is(const GArray *text, int from, int to)
{
    g_autofree char *words = character_words(mapped_at(text, from));
    if (to - from == 1)
        return g_strdup_printf("There is %s", words);
    if (!run_is_uniform(text, from, to))
        return g_strdup_printf("There is white space, first %s,", words);
    g_autofree char *name = code_point_name(mapped_at(text, from));
    return g_strdup_printf("There are %d %ss", to - from, name);
}

/* " after 'namespaces/'" where the run stands behind a fixed part of a resource ID, else "". */
static char *after_words(const struct judge *judge, int from)
{
    static const char *const parts[] = {"subscriptions/", "resourceGroups/", "providers/", "Microsoft.EventHub/",
                                        "namespaces/"};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (mapped_has(judge->clean, from - (int)strlen(parts[i]), parts[i]))
            return g_strdup_printf(" after '%s'", parts[i]);
    return g_strdup("");
}

static char *run_place(const struct judge *judge, int from, int to)
{
    int offset = mapped_offset(judge->clean, from);
    return place_words(offset, mapped_offset(judge->clean, to - 1) + 1 - offset);
}

static void mend_outer_space(struct judge *judge, int from, int to, gboolean at_start)
{
    g_autofree char *subject = there_is(judge->clean, from, to);
    g_autofree char *place = run_place(judge, from, to);
    char *message = g_strdup_printf("%s at the %s, %s.", subject, at_start ? "start" : "end", place);
    judge_mend(judge, PROBLEM_OUTER_SPACE, from, to - from, "", message, to - from == 1 ? "Remove it" : "Remove them");
}

static enum problem inner_problem(const GArray *text, int from, int to)
{
    if (run_has(text, from, to, is_line_break))
        return PROBLEM_LINE_BREAK;
    return run_has(text, from, to, is_visible_space) ? PROBLEM_INNER_SPACE : PROBLEM_INVISIBLE;
}

static const char *inner_replacement(const struct judge *judge, int from, int to)
{
    gboolean has_space_beside = mapped_at(judge->clean, from - 1) == ' ' || mapped_at(judge->clean, to) == ' ';
    gboolean is_seen = run_has(judge->clean, from, to, is_visible_space);
    return judge->grammar->is_name && is_seen && !has_space_beside ? " " : "";
}

static void mend_inner_space(struct judge *judge, int from, int to)
{
    g_autofree char *subject = there_is(judge->clean, from, to);
    g_autofree char *after = after_words(judge, from);
    g_autofree char *place = run_place(judge, from, to);
    char *message = g_strdup_printf("%s%s at %s.", subject, after, place);
    enum problem problem = inner_problem(judge->clean, from, to);
    const char *replacement = inner_replacement(judge, from, to);
    const char *label = problem == PROBLEM_LINE_BREAK ? "Join the lines" : to - from == 1 ? "Remove it" : "Remove them";
    judge_mend(judge, problem, from, to - from, replacement, message,
               replacement[0] == ' ' ? "Put a plain space there" : label);
}

static void mend_invisible(struct judge *judge, int from, int to)
{
    gunichar character = mapped_at(judge->clean, from);
    g_autofree char *words = character_words(character);
    g_autofree char *after = after_words(judge, from);
    g_autofree char *place = run_place(judge, from, to);
    char *message = to - from == 1 ? g_strdup_printf("There is %s%s at %s.", words, after, place)
                                   : g_strdup_printf("There is %s%s, %d times, at %s.", words, after, to - from, place);
    /* A replacement character stands for something that was lost: leaving it out does not bring that back. */
    if (character == 0xFFFD)
        judge_report(judge, PROBLEM_INVISIBLE, from, to - from, message, NULL, NULL);
    else
        judge_mend(judge, PROBLEM_INVISIBLE, from, to - from, "", message,
                   to - from == 1 ? "Remove it" : "Remove them");
}

static void mend_bad_bytes(struct judge *judge, int from, int to)
{
    g_autofree char *place = run_place(judge, from, to);
    const char *subject = to - from == 1 ? "is a byte that is" : "are bytes that are";
    char *message = g_strdup_printf("There %s no UTF-8 at %s.", subject, place);
    judge_mend(judge, PROBLEM_NOT_UTF8, from, to - from, "", message, to - from == 1 ? "Remove it" : "Remove them");
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

static gboolean is_wrapping(const struct judge *judge, gunichar character, const char *set)
{
    return is_one_of(character, set) && !judge_allows(judge, character);
}

/* Nothing but what is put round a value stands before INDEX, or behind it. */
static gboolean is_at_end(const struct judge *judge, int index)
{
    int before = index;
    while (before > 0 && is_wrapping(judge, mapped_at(judge->clean, before - 1), opening_marks))
        before--;
    int last = mapped_length(judge->clean) - judge->tail - 1;
    int behind = index;
    while (behind < last && is_wrapping(judge, mapped_at(judge->clean, behind + 1), closing_marks))
        behind++;
    return before == 0 || behind == last;
}

/* What passes for a quote at an end was put round the value; elsewhere its twin was meant. */
static void mend_lookalike(struct judge *judge, int index)
{
    gunichar character = mapped_at(judge->clean, index);
    char twin = code_point_ascii_twin(character);
    gboolean is_quote = twin == '\'' && is_at_end(judge, index);
    g_autofree char *words = character_words(character);
    int column = mapped_offset(judge->clean, index) + 1;
    if (twin != 0 && !is_quote && judge_allows(judge, (gunichar)twin)) {
        char *message =
            g_strdup_printf("There is %s at column %d where only the plain '%c' can be.", words, column, twin);
        g_autofree char *label = g_strdup_printf("Put '%c' there", twin);
        judge_mend(judge, PROBLEM_LOOKALIKE, index, 1, (char[]){twin, '\0'}, message, label);
        return;
    }
    char *message = g_strdup_printf("There is %s at column %d.", words, column);
    judge_mend(judge, PROBLEM_LOOKALIKE, index, 1, "", message, "Remove it");
}

static int run_end(const GArray *text, int from, gboolean (*is)(gunichar))
{
    int end = from + 1;
    while (is(mapped_at(text, end)))
        end++;
    return end;
}

static int uniform_end(const GArray *text, int from)
{
    int end = from + 1;
    while (mapped_at(text, end) == mapped_at(text, from))
        end++;
    return end;
}

static gboolean is_odd_space(gunichar character)
{
    return is_edge(character) && character != ' ';
}

/* The end of the run of white space at FROM that is no part of a value; FROM if there is none. */
static int space_end(const struct judge *judge, int from)
{
    gunichar character = mapped_at(judge->clean, from);
    if (!judge->grammar->is_name)
        return is_edge(character) ? run_end(judge->clean, from, is_edge) : from;
    return is_odd_space(character) ? run_end(judge->clean, from, is_odd_space) : from;
}

/* Deal with the code point at INDEX. FALSE if it may stand there. */
static gboolean mend_inner(struct judge *judge, int index)
{
    gunichar character = mapped_at(judge->clean, index);
    int end = space_end(judge, index);
    if (end > index)
        mend_inner_space(judge, index, end);
    else if (is_bad_byte(character))
        mend_bad_bytes(judge, index, run_end(judge->clean, index, is_bad_byte));
    else if (is_dangerous(character)) {
        mend_invisible(judge, index, character == 0xFFFD ? index + 1 : uniform_end(judge->clean, index));
        return character != 0xFFFD;
    } else if (is_lookalike(character) && !judge->grammar->is_name && !judge_allows(judge, character))
        mend_lookalike(judge, index);
    else
        return FALSE;
    return TRUE;
}

/* Deal with the run at FROM, which ends at TO at most. Returns how many units it took away. */
static int mend_outer_run(struct judge *judge, int from, int to, gboolean at_start)
{
    gunichar character = mapped_at(judge->clean, from);
    int end;
    if (is_edge(character)) {
        end = MIN(run_end(judge->clean, from, is_edge), to);
        mend_outer_space(judge, from, end, at_start);
    } else if (is_bad_byte(character)) {
        end = MIN(run_end(judge->clean, from, is_bad_byte), to);
        mend_bad_bytes(judge, from, end);
    } else {
        end = MIN(uniform_end(judge->clean, from), to);
        mend_invisible(judge, from, end);
    }
    return end - from;
}

/* Take away all that is not seen from FROM up to TO. */
static void mend_outer(struct judge *judge, int from, int to, gboolean at_start)
{
    while (from < to && !judge_is_full(judge))
        to -= mend_outer_run(judge, from, to, at_start);
}

void judge_code_points(struct judge *judge)
{
    int start = 0;
    while (is_outer(mapped_at(judge->clean, start)))
        start++;
    mend_outer(judge, 0, start, TRUE);
    while (is_outer(mapped_at(judge->clean, mapped_length(judge->clean) - judge->tail - 1)))
        judge->tail++;
    for (int i = 0; i < mapped_length(judge->clean) - judge->tail && !judge_is_full(judge);)
        if (!mend_inner(judge, i))
            i++;
    mend_outer(judge, mapped_length(judge->clean) - judge->tail, mapped_length(judge->clean), FALSE);
}

/* A plain quote that the value may have, but here stands at both ends. */
static gboolean is_quoted(const struct judge *judge)
{
    int length = mapped_length(judge->clean);
    return length > 2 && judge_allows(judge, '\'') && mapped_at(judge->clean, 0) == '\'' &&
           mapped_at(judge->clean, length - 1) == '\'';
}

static void mend_punctuation(struct judge *judge, int from, int to)
{
    g_autofree char *words = character_words(mapped_at(judge->clean, from));
    g_autofree char *place = run_place(judge, from, to);
    char *message = g_strdup_printf("There is %s round the value, at %s.",
                                    run_is_uniform(judge->clean, from, to) ? words : "punctuation", place);
    judge_mend(judge, PROBLEM_PUNCTUATION, from, to - from, "", message, to - from == 1 ? "Remove it" : "Remove them");
}

/* Plain quotes that the value may have elsewhere are taken off together: one alone would be left inside. */
static void mend_quotes(struct judge *judge)
{
    int last = mapped_length(judge->clean) - 1;
    for (int i = 0; i < 2; i++) {
        int index = i == 0 ? 0 : last;
        int column = mapped_offset(judge->clean, index) + 1;
        judge_report(judge, PROBLEM_PUNCTUATION, index, 1,
                     g_strdup_printf("There is a quote round the value, at column %d.", column),
                     mapped_text(judge->clean, 1, last), "Remove both quotes");
    }
    mapped_splice(judge->clean, last, 1, "");
    mapped_splice(judge->clean, 0, 1, "");
}

static void mend_wrapping(struct judge *judge)
{
    int start = 0;
    while (is_wrapping(judge, mapped_at(judge->clean, start), opening_marks))
        start++;
    if (start > 0)
        mend_punctuation(judge, 0, start);
    int length = mapped_length(judge->clean);
    int end = length;
    while (end > 0 && is_wrapping(judge, mapped_at(judge->clean, end - 1), closing_marks))
        end--;
    if (end < length)
        mend_punctuation(judge, end, length);
}

void judge_punctuation(struct judge *judge)
{
    int before;
    do {
        before = mapped_length(judge->clean);
        if (is_quoted(judge))
            mend_quotes(judge);
        mend_wrapping(judge);
    } while (mapped_length(judge->clean) < before && !judge_is_full(judge));
}
