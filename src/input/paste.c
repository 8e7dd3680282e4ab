#include "input/paste.h"

#include <string.h>

#include "input/finding.h"
#include "input/hub_match.h"
#include "input/judge.h"
#include "input/transfer_text.h"

enum { FINDINGS_MAX = 24 };

/* A paste while it is being looked at. */
struct search {
    GArray *input;    /* as it came */
    GArray *text;     /* what a person would read */
    gboolean is_html; /* spaces at the ends of its lines are the source's */
    GPtrArray *ids;
    GPtrArray *names;
    struct paste_values *values;
};

/* The line and column of an offset, both from 1. */
static char *line_words(const GArray *input, int offset)
{
    int line = 1;
    int start = 0;
    for (int i = 0; i < offset; i++)
        if (mapped_at(input, i) == '\n') {
            line++;
            start = i + 1;
        }
    return g_strdup_printf("line %d, column %d", line, offset - start + 1);
}

/* MESSAGE is taken. */
static void add_finding(struct search *search, enum problem problem, int from, int to, gboolean remark, char *message)
{
    if (search->values->findings->len >= FINDINGS_MAX) {
        g_free(message);
        return;
    }
    int offset = mapped_offset(search->text, from);
    int length = to > from ? MAX(mapped_offset(search->text, to - 1) + 1 - offset, 0) : 0;
    struct finding *finding = finding_new(problem, offset, length, message, NULL, NULL);
    finding->remark = remark;
    if (length > 0 && mapped_at(search->text, from) < BAD_BYTE)
        finding->code_point = mapped_at(search->text, from);
    g_ptr_array_add(search->values->findings, finding);
}

static char *place_in_input(const struct search *search, int index)
{
    return line_words(search->input, mapped_offset(search->text, index));
}

static gboolean has_line_break(const GArray *text, int from, int to)
{
    for (int i = from; i < to; i++)
        if (is_line_break(mapped_at(text, i)))
            return TRUE;
    return FALSE;
}

static enum problem left_out_problem(const GArray *text, int from, int to)
{
    if (has_line_break(text, from, to))
        return PROBLEM_LINE_BREAK;
    return is_dangerous(mapped_at(text, from)) ? PROBLEM_INVISIBLE : PROBLEM_INNER_SPACE;
}

/* White space beside a value in its line that is not plainly layout, or anything else unseen. */
static gboolean is_odd(gunichar character)
{
    return !is_line_break(character) && !is_one_of(character, " \t") && (is_edge(character) || is_dangerous(character));
}

static gboolean is_unseen_in_line(gunichar character)
{
    return is_odd(character) || is_one_of(character, " \t");
}

static void tell_outside(struct search *search, int from, int to, const char *side)
{
    gunichar character = mapped_at(search->text, from);
    g_autofree char *place = place_in_input(search, from);
    g_autofree char *words = character_words(character);
    char *message = g_strdup_printf("There is %s %s the value at %s; it was left out.", words, side, place);
    add_finding(search, is_edge(character) ? PROBLEM_OUTER_SPACE : PROBLEM_INVISIBLE, from, to, TRUE, message);
}

/* What a person would copy along with the value and not see: odd characters on both sides, spaces at the line's end. */
static void tell_round(struct search *search, const struct hub_match *match)
{
    int start = match->from;
    while (is_odd(mapped_at(search->text, start - 1)))
        start--;
    if (start < match->from)
        tell_outside(search, start, match->from, "before");
    int end = match->to;
    gboolean has_odd = FALSE;
    for (; is_unseen_in_line(mapped_at(search->text, end)); end++)
        has_odd |= is_odd(mapped_at(search->text, end));
    gunichar behind = mapped_at(search->text, end);
    gboolean ends_line = is_line_break(behind) || behind == NO_CHARACTER;
    if (end > match->to && (has_odd || (ends_line && !search->is_html)))
        tell_outside(search, match->to, end, "behind");
}

static void tell_left_out(struct search *search, const struct hub_match *match)
{
    for (guint i = 0; i < match->left_out->len; i++) {
        const struct left_out *span = &g_array_index(match->left_out, struct left_out, i);
        g_autofree char *place = place_in_input(search, span->from);
        g_autofree char *words = character_words(mapped_at(search->text, span->from));
        enum problem problem = left_out_problem(search->text, span->from, span->to);
        char *message =
            problem == PROBLEM_LINE_BREAK
                ? g_strdup_printf("The value goes on after the line break at %s; the lines were joined.", place)
                : g_strdup_printf("There is %s at %s; it was left out.", words, place);
        add_finding(search, problem, span->from, span->to, TRUE, message);
    }
    tell_round(search, match);
}

static gboolean is_event_hub_broken(const GArray *text, const struct hub_match *match)
{
    return match->id == NULL && mapped_has_between(text, match->from, match->to, "EventHub");
}

static void tell_broken_id(struct search *search, const struct hub_match *match)
{
    g_autofree char *start = place_in_input(search, match->from);
    g_autofree char *end = place_in_input(search, match->to);
    add_finding(search, PROBLEM_FORM, match->from, match->to, FALSE,
                g_strdup_printf("The resource ID that begins at %s cannot be read beyond %s.", start, end));
}

/* The canonical form of a match; NULL if the field would not take it. */
static char *accepted_id(const struct hub_match *match)
{
    if (match->id == NULL)
        return NULL;
    g_autoptr(Verdict) verdict = validate_plain("event-hub-id", match->id, -1);
    return verdict->valid ? g_strdup(verdict->value) : NULL;
}

static void tell_several(struct search *search, const struct hub_match *match, const char *what)
{
    g_autofree char *place = place_in_input(search, match->from);
    add_finding(search, PROBLEM_AMBIGUOUS, match->from, match->to, FALSE,
                g_strdup_printf("There is another %s at %s, so it is not clear which one is meant.", what, place));
}

static void tell_unsure(struct search *search, const struct hub_match *match, const char *what)
{
    g_autofree char *place = place_in_input(search, match->to);
    add_finding(search, PROBLEM_INNER_SPACE, match->to, match->to + 1, FALSE,
                g_strdup_printf("There is a space at %s, and it is not clear whether %s ends there.", place, what));
}

static void take_id(struct search *search)
{
    gboolean is_clear = TRUE;
    for (guint i = 0; i < search->ids->len; i++) {
        const struct hub_match *match = search->ids->pdata[i];
        g_autofree char *id = accepted_id(match);
        if (match->unsure) {
            tell_unsure(search, match, "the resource ID");
            is_clear = FALSE;
        } else if (id == NULL) {
            continue;
        } else if (search->values->event_hub_id == NULL) {
            search->values->event_hub_id = g_steal_pointer(&id);
            tell_left_out(search, match);
        } else if (g_ascii_strcasecmp(search->values->event_hub_id, id) != 0) {
            tell_several(search, match, "resource ID");
            is_clear = FALSE;
        }
    }
    if (!is_clear)
        g_clear_pointer(&search->values->event_hub_id, g_free);
}

static void tell_broken_ids(struct search *search)
{
    if (search->values->event_hub_id != NULL)
        return;
    for (guint i = 0; i < search->ids->len; i++) {
        const struct hub_match *match = search->ids->pdata[i];
        g_autofree char *id = accepted_id(match);
        if (id == NULL && !match->unsure &&
            (match->id != NULL || is_event_hub_broken(search->text, match) || search->ids->len == 1))
            tell_broken_id(search, match);
    }
}

/* FALSE if it is not clear which name is meant. */
static gboolean take_name(struct search *search, const struct hub_match *match)
{
    if (match->name == NULL)
        return TRUE;
    if (match->id == NULL ? match->unsure : match->unsure_name) {
        tell_unsure(search, match, "the Event Hub's name");
        return FALSE;
    }
    /* No label fits into a name, so that this does not lead back here. */
    g_autoptr(Verdict) verdict = validate("event-hub-name", match->name, -1);
    if (!verdict->valid)
        return TRUE;
    if (search->values->event_hub_name == NULL) {
        search->values->event_hub_name = g_strdup(verdict->value);
        if (match->id == NULL)
            tell_left_out(search, match);
        return TRUE;
    }
    if (g_ascii_strcasecmp(search->values->event_hub_name, match->name) == 0)
        return TRUE;
    tell_several(search, match, "Event Hub name");
    return FALSE;
}

static void take_names(struct search *search)
{
    gboolean is_clear = TRUE;
    for (guint i = 0; i < search->names->len; i++)
        is_clear &= take_name(search, search->names->pdata[i]);
    for (guint i = 0; i < search->ids->len; i++)
        is_clear &= take_name(search, search->ids->pdata[i]);
    if (!is_clear)
        g_clear_pointer(&search->values->event_hub_name, g_free);
}

/* Beside one resource ID there is one word and nothing else, or a line that says "Name:". */
static void take_bare_name(struct search *search)
{
    if (search->ids->len != 1 || search->names->len > 0 || search->values->has_secret)
        return;
    const struct hub_match *id = search->ids->pdata[0];
    struct hub_match *before = match_bare_name(search->text, 0, id->from);
    struct hub_match *behind = match_bare_name(search->text, id->to, mapped_length(search->text));
    struct hub_match *found = before != NULL ? before : behind;
    struct hub_match *beside = found == NULL ? match_name_beside(search->text, id->from, id->to) : NULL;
    if (found != NULL && (before == NULL || behind == NULL) && id->name == NULL && !id->unsure)
        take_name(search, found);
    else if (beside != NULL && id->name == NULL && !id->unsure)
        take_name(search, beside);
    g_clear_pointer(&beside, hub_match_free);
    g_clear_pointer(&before, hub_match_free);
    g_clear_pointer(&behind, hub_match_free);
}

/* The words that only a credential has. */
static int find_secret(const GArray *text)
{
    static const char *const signs[] = {"Endpoint=sb://", "SharedAccessKey=", "SharedAccessSignature", "AccountKey="};
    int first = -1;
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
        int at = mapped_find(text, 0, signs[i]);
        if (at >= 0 && (first < 0 || at < first))
            first = at;
    }
    return first;
}

static int secret_end(const GArray *text, int from)
{
    int end = from;
    while (mapped_at(text, end) != NO_CHARACTER && !is_edge(mapped_at(text, end)))
        end++;
    return end;
}

static void tell_secret(struct search *search)
{
    int at = find_secret(search->text);
    if (at < 0)
        return;
    g_autofree char *place = place_in_input(search, at);
    search->values->has_secret = TRUE;
    add_finding(
        search, PROBLEM_CONNECTION_STRING, at, secret_end(search->text, at), FALSE,
        g_strdup_printf("At %s there is a connection string. It is a secret that is not needed here; it was not kept.",
                        place));
}

static void tell_missing(struct search *search)
{
    const struct paste_values *values = search->values;
    int end = mapped_length(search->text);
    if (values->event_hub_id == NULL && mapped_find(search->text, 0, ".servicebus.") >= 0)
        add_finding(search, PROBLEM_HOST_NAME, end, end, FALSE,
                    g_strdup("There is the namespace's host name, but not its resource ID, which begins with "
                             "'/subscriptions/'."));
    else if (values->event_hub_id == NULL && search->ids->len == 0)
        add_finding(search, PROBLEM_EMPTY, end, end, FALSE,
                    g_strdup("There is no resource ID; it begins with '/subscriptions/'."));
    if (values->event_hub_name == NULL && values->findings->len < FINDINGS_MAX)
        add_finding(search, PROBLEM_EMPTY, end, end, FALSE, g_strdup("No Event Hub name was found."));
}

static void set_text(struct search *search, GArray *text)
{
    g_clear_pointer(&search->text, g_array_unref);
    g_clear_pointer(&search->ids, g_ptr_array_unref);
    search->text = text;
    search->ids = match_ids(text);
}

/* What a person would read of the input. Link targets are looked at only if there is no ID without them. */
static void read_text(struct search *search)
{
    g_autoptr(MappedText) source = mail_source_text(search->input);
    g_autoptr(MappedText) shown = html_text(source, FALSE);
    search->is_html = shown != source;
    set_text(search, percent_text(shown));
    if (search->ids->len > 0)
        return;
    g_autoptr(MappedText) with_links = html_text(source, TRUE);
    set_text(search, percent_text(with_links));
}

struct paste_values *paste_find(const char *text, gssize length)
{
    gsize size = length < 0 ? strlen(text) : (gsize)length;
    g_autoptr(MappedText) input = mapped_from_bytes(text, (gssize)MIN(size, PASTE_LIMIT));
    struct search search = {.input = input, .values = g_new0(struct paste_values, 1)};
    search.values->findings = findings_new();
    read_text(&search);
    search.names = match_names(search.text);
    tell_secret(&search);
    take_id(&search);
    take_names(&search);
    take_bare_name(&search);
    tell_broken_ids(&search);
    tell_missing(&search);
    g_ptr_array_unref(search.ids);
    g_ptr_array_unref(search.names);
    g_array_unref(search.text);
    return search.values;
}

void paste_values_free(struct paste_values *values)
{
    g_free(values->event_hub_id);
    g_free(values->event_hub_name);
    g_ptr_array_unref(values->findings);
    g_free(values);
}

const char *paste_value(const struct paste_values *values, const char *field)
{
    if (strcmp(field, "event-hub-id") == 0)
        return values->event_hub_id;
    return strcmp(field, "event-hub-name") == 0 ? values->event_hub_name : NULL;
}
