/* SPDX-License-Identifier: MIT */
#include "input/paste_findings.h"

#include <string.h>

#include "input/fields_event_hub.h"
#include "input/recognition.h"

enum { FINDINGS_MAX = 24, CANDIDATES_MAX = 40 };

static void search_line_and_column(const GArray *input, int offset, int *line, int *column)
{
    int start = 0;
    *line = 1;
    for (int i = 0; i < offset; i++)
        if (source_at(input, i) == '\n') {
            (*line)++;
            start = i + 1;
        }
    *column = offset - start + 1;
}

gboolean search_is_full(const struct search *search)
{
    return search->values->findings->len >= FINDINGS_MAX;
}

char *search_offset_words(const struct search *search, int offset)
{
    if (search_is_full(search))
        return g_strdup(""); /* nobody will read it, and counting lines takes time */
    int line = 0;
    int column = 0;
    search_line_and_column(search->read.input, offset, &line, &column);
    return g_strdup_printf("line %d, column %d", line, column);
}

char *search_place_in_input(const struct search *search, int index)
{
    return search_offset_words(search, source_offset(search->text, index));
}

struct finding *search_add_at(struct search *search, enum problem problem, int offset, int length, gboolean remark,
                              char *message)
{
    for (guint i = 0; i < search->values->findings->len; i++)
        if (message != NULL &&
            strcmp(((const struct finding *)search->values->findings->pdata[i])->message, message) == 0)
            g_clear_pointer(&message, g_free);
    if (message == NULL || search->values->findings->len >= FINDINGS_MAX) { /* nothing is told twice */
        g_free(message);
        return NULL;
    }
    struct finding *finding = finding_new(problem, offset, length, message, NULL, NULL);
    finding->remark = remark;
    g_ptr_array_add(search->values->findings, finding);
    return finding;
}

struct finding *search_add_finding(struct search *search, enum problem problem, int from, int to, gboolean remark,
                                   char *message)
{
    int offset = source_offset(search->text, from);
    int last = MIN(to, source_length(search->text)) - 1; /* what stands at the text's end is no character */
    int length = last >= from ? MAX(source_offset(search->text, last) + 1 - offset, 0) : 0;
    struct finding *finding = search_add_at(search, problem, offset, length, remark, message);
    if (finding != NULL && length > 0 && source_at(search->text, from) < BAD_BYTE)
        finding->code_point = source_at(search->text, from);
    return finding;
}

static void tell_swapped(struct search *search, const struct text_change *change)
{
    gunichar character = source_at(search->text, change->from);
    gboolean is_letter = character < BAD_BYTE && g_unichar_isalpha(character);
    g_autofree char *place = search_place_in_input(search, change->from);
    g_autofree char *words = character_words(character);
    char *message = g_strdup_printf("There is %s at %s; it was taken for '%c'.%s", words, place, (char)change->plain,
                                    is_letter ? " It is a letter of another script: compare the value." : "");
    struct finding *finding = search_add_finding(search, PROBLEM_LOOKALIKE, change->from, change->to, TRUE, message);
    if (finding != NULL)
        finding->is_warning = is_letter;
}

void search_tell_changes(struct search *search, const GArray *changes)
{
    for (guint i = 0; i < changes->len; i++) {
        const struct text_change *change = &g_array_index(changes, struct text_change, i);
        if (change->plain != 0) {
            tell_swapped(search, change);
            continue;
        }
        gunichar character = source_at(search->text, change->from);
        g_autofree char *place = search_place_in_input(search, change->from);
        g_autofree char *words = character_words(character);
        gboolean is_break = source_has_kind(search->text, change->from, change->to, is_line_break);
        enum problem problem = is_break                  ? PROBLEM_LINE_BREAK
                               : is_dangerous(character) ? PROBLEM_INVISIBLE
                                                         : PROBLEM_INNER_SPACE;
        char *message =
            is_break ? g_strdup_printf("The value goes on after the line break at %s; the lines were joined.", place)
                     : g_strdup_printf("There is %s at %s; it was left out.", words, place);
        search_add_finding(search, problem, change->from, change->to, TRUE, message);
    }
}

/* White space beside a value in its line that is not plainly layout, or anything else unseen. */
static gboolean is_odd(gunichar character)
{
    return !is_line_break(character) && !is_one_of(character, " \t") && (is_edge(character) || is_dangerous(character));
}

static void tell_outside(struct search *search, int from, int to, const char *side)
{
    gunichar character = source_at(search->text, from);
    g_autofree char *place = search_place_in_input(search, from);
    g_autofree char *words = character_words(character);
    char *message = g_strdup_printf("There is %s %s the value at %s; it was left out.", words, side, place);
    search_add_finding(search, is_edge(character) ? PROBLEM_OUTER_SPACE : PROBLEM_INVISIBLE, from, to, TRUE, message);
}

void search_tell_round(struct search *search, int from, int to)
{
    int start = from;
    while (is_odd(source_at(search->text, start - 1)))
        start--;
    if (start < from)
        tell_outside(search, start, from, "before");
    while (is_blank(source_at(search->text, start - 1)) || is_one_of(source_at(search->text, start - 1), "`*_\"'"))
        start--;
    if (start > 1 && source_at(search->text, start - 1) == '~') /* "~~old~~ new", as chat programs strike out */
        search_tell_place(search, PROBLEM_HIDDEN, start - 1, start, TRUE, "The text that ends at ",
                          " is struck out; it was left out.");
    int end = to;
    gboolean has_odd = FALSE;
    for (; is_odd(source_at(search->text, end)) || is_one_of(source_at(search->text, end), " \t"); end++)
        has_odd |= is_odd(source_at(search->text, end));
    gboolean ends_line = is_line_end(source_at(search->text, end));
    if (end > to && (has_odd || (ends_line && !search->read.is_html)))
        tell_outside(search, to, end, "behind");
}

char *search_accepted(const char *field, const char *value)
{
    if (value == NULL)
        return NULL;
    gboolean is_id = strcmp(field, EVENT_HUB_ID_FIELD) == 0;
    g_autoptr(Verdict) verdict = validate_by_rules(is_id ? &event_hub_id_rules : &event_hub_name_rules, value, -1);
    g_autoptr(SourceText) text = source_from_bytes(value, -1);
    return verdict->valid && !has_credential(text) && (is_id || !has_host_name(text)) ? g_strdup(verdict->value) : NULL;
}

void search_add_candidate(struct search *search, const char *field, const char *value, int from, int to,
                          const char *reason, const char *other_reason)
{
    if (search->values->candidates->len >= CANDIDATES_MAX)
        return;
    for (guint i = 0; i < search->values->candidates->len; i++) {
        const struct paste_candidate *known = search->values->candidates->pdata[i];
        if (strcmp(known->field, field) == 0 && g_ascii_strcasecmp(known->value, value) == 0)
            return;
    }
    g_autofree char *taken = search_accepted(field, value);
    if (taken == NULL)
        return;
    struct paste_candidate *candidate = g_new0(struct paste_candidate, 1);
    candidate->field = field;
    candidate->value = g_steal_pointer(&taken);
    candidate->offset = source_offset(search->text, from);
    candidate->length = MAX(source_offset(search->text, MAX(to - 1, from)) + 1 - candidate->offset, 0);
    search_line_and_column(search->read.input, candidate->offset, &candidate->line, &candidate->column);
    candidate->reasons = g_new0(char *, 3);
    candidate->reasons[0] = g_strdup(reason);
    candidate->reasons[1] = g_strdup(other_reason);
    g_ptr_array_add(search->values->candidates, candidate);
}

void search_tell_doubt(struct search *search, const char *what, const char *why, int to)
{
    gboolean is_space = strstr(why, "space follows") != NULL;
    gboolean is_cut = strstr(why, "only a part") != NULL;
    gboolean is_of_whole = g_str_has_prefix(why, "it looks like") || g_str_has_prefix(why, "a mark before it");
    g_autofree char *place = search_place_in_input(search, to);
    char *message =
        is_of_whole ? g_strdup_printf("It is not clear what %s is that ends at %s: %s.", what, place, why)
        : is_space  ? g_strdup_printf("There is a space at %s, and it is not clear whether %s ends there.", place, what)
                    : g_strdup_printf("It is not clear whether %s ends at %s: %s.", what, place, why);
    search_add_finding(search,
                       is_space ? PROBLEM_INNER_SPACE
                       : is_cut ? PROBLEM_CUT
                                : PROBLEM_AMBIGUOUS,
                       to, to + 1, FALSE, message);
}

void search_tell_place(struct search *search, enum problem problem, int from, int to, gboolean remark,
                       const char *before, const char *after)
{
    g_autofree char *place = search_place_in_input(search, from);
    search_add_finding(search, problem, from, to, remark, g_strconcat(before, place, after, NULL));
}

void search_tell_other(struct search *search, enum told_other told, int from, int to, const char *what)
{
    static const struct {
        const char *before;
        const char *after;
    } sentences[] = {
        [TOLD_SEVERAL] = {"There is another ", ", so it is not clear which one is meant."},
        [TOLD_OUTDATED] = {"The ", " stands in an older message, and a newer one speaks of another."},
        [TOLD_PASSED_OVER] = {"There is another ",
                              "; the text does not say that it is the one to use, so it was left out."},
    };
    g_autofree char *place = search_place_in_input(search, from);
    search_add_finding(search, PROBLEM_AMBIGUOUS, from, to, told == TOLD_PASSED_OVER,
                       g_strconcat(sentences[told].before, what, " at ", place, sentences[told].after, NULL));
}
