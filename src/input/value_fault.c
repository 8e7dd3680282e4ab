/* SPDX-License-Identifier: MIT */
#include "input/value_fault.h"

#include "input/fields_event_hub.h"
#include "input/finding.h"
#include "input/hub_value.h"
#include "input/validator.h"

int value_fault_stop(const GArray *text, const struct id_match *match)
{
    int stop = match->to;
    while (stop > match->from && (is_blank(source_at(text, stop - 1)) || is_line_break(source_at(text, stop - 1))))
        stop--;
    return stop;
}

/* The end of the word that the ID goes on with where it could not be read. */
static int word_end(const GArray *text, int from)
{
    static const char closing[] = "\"'`<>[]{}|,;";
    int end = from;
    while (!is_line_end(source_at(text, end)) && !is_visible_space(source_at(text, end)) &&
           !is_one_of(source_at(text, end), closing))
        end++;
    while (end > from && is_one_of(source_at(text, end - 1), ".:!?)*_"))
        end--;
    return end;
}

/* The namespace that was read may be the first word of the next line's sentence: then the ID ends before it. STOP: the
 * end of what was read. */
static int end_before_words(const GArray *text, const struct id_match *match, int stop)
{
    int next = skip_blanks(text, stop, source_length(text));
    int namespace = stop;
    while (namespace > match->from && is_word_character(source_at(text, namespace - 1)))
    namespace --;
    for (guint i = 0; i < match->changes->len && next > stop && !is_line_end(source_at(text, next)); i++) {
        const struct text_change *change = &g_array_index(match->changes, struct text_change, i);
        if (change->to == namespace && source_has_kind(text, change->from, change->to, is_line_break))
            return change->from;
    }
    return stop;
}

/* The ID as it was read, each unit with its place in the input; with the rest of its word where reading it ended. */
static SourceText *id_units(const GArray *text, const struct id_match *match)
{
    int stop = value_fault_stop(text, match);
    int end = match->id == NULL ? word_end(text, stop) : match->name != NULL ? match->name_to : stop;
    if (match->id != NULL && match->name == NULL)
        end = end_before_words(text, match, stop);
    SourceText *units = source_copy(text, match->from, end);
    for (guint i = match->changes->len; i > 0; i--) {
        const struct text_change *change = &g_array_index(match->changes, struct text_change, i - 1);
        int from = change->from - match->from;
        char plain[2] = {(char)change->plain, '\0'};
        if (change->from >= MIN(stop, end))
            continue;
        source_splice(units, from, MIN(change->to, end) - change->from, plain);
    }
    for (int i = source_length(units) - 1; i >= 0; i--)
        if (is_unseen(source_at(units, i)))
            source_splice(units, i, 1, "");
    if (!is_one_of(source_at(units, 0), "/"))
        source_splice(units, 0, 0, "/");
    return units;
}

/* What the rules say of UNITS, their columns counted from BASE of the input on. Caller frees. */
static struct verdict *judge(const GArray *units, const GArray *input, const struct field_rules *rules, int base)
{
    struct validator validator = {.rules = rules, .findings = findings_new()};
    validator.clean = source_copy(units, 0, source_length(units));
    validator.input = source_copy(input, base, MIN(source_offset(units, source_length(units)), source_length(input)));
    for (int i = 0; i < source_length(units); i++) {
        struct unit *unit = &g_array_index(validator.clean, struct unit, i);
        unit->offset = MAX(unit->offset - base, 0);
    }
    validator.rules->check(&validator);
    return validator_finish(&validator);
}

/* What stands behind the namespace is no fault here. */
static const struct finding *first_fault(const struct verdict *verdict)
{
    for (guint i = 0; i < verdict->findings->len; i++) {
        const struct finding *finding = verdict->findings->pdata[i];
        if (!finding->remark && finding->problem != PROBLEM_HUB_ID && finding->problem != PROBLEM_EXTRA_TEXT)
            return finding;
    }
    return NULL;
}

static struct value_fault find_fault(const GArray *units, const GArray *input, const struct field_rules *rules)
{
    g_autoptr(Verdict) verdict = judge(units, input, rules, 0);
    const struct finding *first = first_fault(verdict);
    if (first == NULL)
        return (struct value_fault){.message = NULL};
    /* Once more, so that its words count from the start of the line that it stands in. */
    g_autoptr(Verdict) in_line = judge(units, input, rules, line_start(input, first->offset));
    const struct finding *fault = first_fault(in_line);
    return (struct value_fault){.problem = first->problem,
                                .offset = first->offset,
                                .length = first->length,
                                .is_at_end =
                                    first->offset + first->length >= source_offset(units, source_length(units)),
                                .message = g_strdup(fault != NULL ? fault->message : first->message)};
}

struct value_fault value_fault_of_id(const GArray *text, const GArray *input, const struct id_match *match)
{
    g_autoptr(SourceText) units = id_units(text, match);
    return find_fault(units, input, &event_hub_id_rules);
}

struct value_fault value_fault_of_name(const GArray *text, const GArray *input, int from, int to)
{
    g_autoptr(SourceText) units = source_copy(text, from, to);
    return find_fault(units, input, &event_hub_name_rules);
}
