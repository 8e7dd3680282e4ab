/* Event Hub names in running text: behind a label, under a column's title, in a connection string. */
#include <string.h>

#include "input/hub_match.h"
#include "input/judge.h"

enum { LABEL_GAP_MAX = 3, VALUE_MAX = 400, LABELS_MAX = 200 };

static const char cell_separators[] = ",;\t|";

static gboolean is_line_end(gunichar character)
{
    return is_line_break(character) || character == NO_CHARACTER;
}

static gboolean is_blank(gunichar character)
{
    return is_edge(character) && !is_line_end(character);
}

static int skip(const GArray *text, int at, const char *set)
{
    while (is_one_of(mapped_at(text, at), set) || is_blank(mapped_at(text, at)))
        at++;
    return at;
}

static int line_end(const GArray *text, int at)
{
    while (!is_line_end(mapped_at(text, at)))
        at++;
    return at;
}

static int line_start(const GArray *text, int at)
{
    while (at > 0 && !is_line_end(mapped_at(text, at - 1)))
        at--;
    return at;
}

/* The start of the next line that has something on it. */
static int next_line(const GArray *text, int at)
{
    at = line_end(text, at);
    while (mapped_at(text, at) != NO_CHARACTER && is_edge(mapped_at(text, at)))
        at++;
    return at;
}

static int skip_word(const GArray *text, int at, const char *word)
{
    int gap = 0;
    while (gap < LABEL_GAP_MAX && (is_one_of(mapped_at(text, at + gap), "-_") || is_blank(mapped_at(text, at + gap))))
        gap++;
    return mapped_has(text, at + gap, word) ? at + gap + (int)strlen(word) : at;
}

/* The "'s" of "the Event Hub's name". */
static int skip_genitive(const GArray *text, int at)
{
    gboolean is_apostrophe = mapped_at(text, at) == '\'' || mapped_at(text, at) == 0x2019;
    return is_apostrophe && mapped_has(text, at + 1, "s") ? at + 2 : at;
}

/* "Event Hub", "event-hubs", "EventHub" and perhaps "name", "instance", or "Hub name" at AT. Returns the end; AT if it
 * is none. HAS_NAME: the label said "name". */
static int label_end(const GArray *text, int at, gboolean *has_name)
{
    gboolean has_event = mapped_has(text, at, "event");
    int start = has_event ? at + (int)strlen("event") : at;
    int hub = has_event ? skip_word(text, start, "hub") : mapped_has(text, at, "hub") ? at + (int)strlen("hub") : at;
    if (hub == start)
        return at;
    int end = skip_genitive(text, mapped_has(text, hub, "s") ? hub + 1 : hub);
    end = skip_word(text, end, "instance");
    int name = skip_word(text, end, "name");
    *has_name = name > end;
    return is_ascii_alnum(mapped_at(text, name)) || (!has_event && !*has_name) ? at : name;
}

static char *valid_name(const GArray *text, int from, int to)
{
    if (to - from > VALUE_MAX)
        return NULL;
    g_autofree char *typed = mapped_text(text, from, to);
    if (strstr(typed, ".servicebus.") != NULL)
        return NULL; /* a host name has the form of a hub's name */
    g_autoptr(Verdict) verdict = validate_plain("event-hub-name", typed, -1);
    return g_strdup(verdict->value);
}

static gboolean is_not_seen(gunichar character)
{
    return is_edge(character) || is_dangerous(character);
}

static void note_left_out(struct hub_match *match, const GArray *text)
{
    for (int i = match->from; i < match->to; i++) {
        if (!is_not_seen(mapped_at(text, i)))
            continue;
        struct left_out span = {.from = i, .to = i + 1};
        g_array_append_val(match->left_out, span);
    }
}

/* The name NAME (taken) stands from FROM up to TO, perhaps with something unseen round it. */
static struct hub_match *new_match(const GArray *text, int from, int to, char *name)
{
    struct hub_match *match = g_new0(struct hub_match, 1);
    match->left_out = g_array_new(FALSE, FALSE, sizeof(struct left_out));
    while (from < to && is_not_seen(mapped_at(text, from)))
        from++;
    while (to > from && is_not_seen(mapped_at(text, to - 1)))
        to--;
    match->from = from;
    match->to = to;
    match->name = name;
    note_left_out(match, text);
    return match;
}

static const char outer_marks[] = "\"'`<([{*,;:=|>.)]}";

static gboolean is_quote(gunichar character)
{
    return is_lookalike(character) && !is_ascii_alnum(character);
}

struct hub_match *match_bare_name(const GArray *text, int from, int to)
{
    while (from < to && (is_edge(mapped_at(text, from)) || is_one_of(mapped_at(text, from), outer_marks) ||
                         is_quote(mapped_at(text, from))))
        from++;
    while (to > from && (is_edge(mapped_at(text, to - 1)) || is_one_of(mapped_at(text, to - 1), outer_marks) ||
                         is_quote(mapped_at(text, to - 1))))
        to--;
    for (int i = from; i < to; i++)
        if (is_edge(mapped_at(text, i)) && !is_dangerous(mapped_at(text, i)))
            return NULL;
    char *name = from < to ? valid_name(text, from, to) : NULL;
    return name != NULL ? new_match(text, from, to, name) : NULL;
}

/* A word that titles a column or a line, and is no value. */
static gboolean is_title(const char *name)
{
    static const char *const titles[] = {"namespace",  "name",        "id",   "value", "subscription",
                                         "notes",      "company",     "type", "the",   "resource",
                                         "resourceid", "resource-id", "is",   "field", NULL};
    g_autofree char *lower = g_ascii_strdown(name, -1);
    return g_strv_contains(titles, lower);
}

static gboolean is_plain_space(gunichar character)
{
    return character == ' ' || character == '\t';
}

/* The end of the value that starts at FROM, at white space or what ends a cell. */
static int token_end(const GArray *text, int from)
{
    int at = from;
    while (at - from <= VALUE_MAX && !is_line_end(mapped_at(text, at)) && !is_plain_space(mapped_at(text, at)) &&
           !is_one_of(mapped_at(text, at), ",;|<>\"()"))
        at++;
    return at;
}

/* A value at FROM: one word. With a second word and nothing else behind it, it is not certain where it ends. */
static struct hub_match *match_value(const GArray *text, int from)
{
    from = skip(text, from, "\"'`*<(");
    int end = token_end(text, from);
    char *name = end > from ? valid_name(text, from, end) : NULL;
    gboolean is_label = end > from && is_one_of(mapped_at(text, end - 1), ":=");
    if (name == NULL || is_label || is_title(name)) {
        g_free(name);
        return NULL;
    }
    struct hub_match *match = new_match(text, from, end, name);
    int second = end;
    while (is_plain_space(mapped_at(text, second)) && mapped_at(text, second) != '\t')
        second++;
    int second_end = token_end(text, second);
    int behind = second_end;
    while (is_blank(mapped_at(text, behind)))
        behind++;
    match->unsure = second > end && second_end > second && is_line_end(mapped_at(text, behind));
    return match;
}

/* How many cell separators stand before AT in its line. */
static int column_of(const GArray *text, int at)
{
    int column = 0;
    for (int i = line_start(text, at); i < at; i++)
        column += is_one_of(mapped_at(text, i), cell_separators);
    return column;
}

/* The cell COLUMN of the line at FROM; -1 if the line has none. */
static int cell_start(const GArray *text, int from, int column)
{
    int at = from;
    for (; column > 0; at++) {
        if (is_line_end(mapped_at(text, at)))
            return -1;
        column -= is_one_of(mapped_at(text, at), cell_separators);
    }
    return at;
}

/* The value below a column's title, over a line of dashes. */
static struct hub_match *match_below(const GArray *text, int label, int column)
{
    int line = next_line(text, label);
    int dashes = skip(text, line, "|-:");
    if (dashes > line && is_line_end(mapped_at(text, dashes)))
        line = next_line(text, dashes);
    int cell = cell_start(text, line, column);
    return cell < 0 ? NULL : match_value(text, cell);
}

enum divider {
    DIVIDER_NONE,
    DIVIDER_COLON, /* the value stands behind it, or in the next line */
    DIVIDER_CELL,  /* the value stands behind it, or below */
    DIVIDER_LINE,  /* the line ends with the label */
};

/* ":", "=", a dash with a space before it, "is". */
static int skip_colon(const GArray *text, int at)
{
    gunichar character = mapped_at(text, at);
    gboolean is_dash = character == '-' || character == 0x2013 || character == 0x2014;
    if (is_one_of(character, ":=") || (is_dash && is_blank(mapped_at(text, at - 1))))
        return skip(text, at + 1, ":=->");
    return mapped_has(text, at, "is ") || mapped_has(text, at, "is:") ? at + 3 : at;
}

/* What comes behind the label that ends at *AT; *AT becomes the place behind that. */
static enum divider take_divider(const GArray *text, int *at)
{
    int end = *at;
    gboolean has_tab = FALSE;
    for (; is_one_of(mapped_at(text, end), "\"'`*") || is_blank(mapped_at(text, end)); end++)
        has_tab |= mapped_at(text, end) == '\t';
    gboolean is_cell = has_tab || is_one_of(mapped_at(text, end), cell_separators);
    int behind = is_cell ? end : skip_colon(text, end);
    if (!is_cell && behind == end)
        return is_line_end(mapped_at(text, end)) ? DIVIDER_LINE : DIVIDER_NONE;
    *at = is_cell ? skip(text, end, cell_separators) : behind;
    return is_cell ? DIVIDER_CELL : DIVIDER_COLON;
}

/* The value that has the next line for itself. */
static struct hub_match *match_next_line(const GArray *text, int label)
{
    struct hub_match *match = match_value(text, next_line(text, label));
    if (match == NULL || is_line_end(mapped_at(text, skip(text, match->to, "\"'`*>).,;"))))
        return match;
    hub_match_free(match);
    return NULL;
}

static struct hub_match *match_cell(const GArray *text, int start, int value)
{
    struct hub_match *match = match_value(text, value);
    if (match != NULL && !match->unsure)
        return match;
    g_clear_pointer(&match, hub_match_free);
    return match_below(text, start, column_of(text, start));
}

/* The value for the label that starts at START and ends at END. */
static struct hub_match *match_labelled(const GArray *text, int start, int end, gboolean has_name)
{
    int value = end;
    enum divider divider = take_divider(text, &value);
    gboolean ends_line = is_line_end(mapped_at(text, skip(text, value, "\"'`*")));
    int column = column_of(text, start);
    if (divider == DIVIDER_NONE)
        return NULL;
    if (divider == DIVIDER_CELL)
        return match_cell(text, start, value);
    if (!ends_line)
        return match_value(text, value);
    if (column > 0)
        return match_below(text, start, column);
    return has_name || divider == DIVIDER_COLON ? match_next_line(text, end) : NULL;
}

static struct hub_match *match_entity_path(const GArray *text, int at)
{
    static const char key[] = "EntityPath=";
    if (!mapped_has(text, at, key))
        return NULL;
    int from = at + (int)strlen(key);
    int end = token_end(text, from);
    char *name = valid_name(text, from, end);
    return name != NULL ? new_match(text, from, end, name) : NULL;
}

static void free_match(gpointer match)
{
    hub_match_free(match);
}

GPtrArray *match_names(const GArray *text)
{
    GPtrArray *matches = g_ptr_array_new_with_free_func(free_match);
    int labels = 0;
    for (int i = 0; i < mapped_length(text) && labels < LABELS_MAX; i++) {
        gboolean has_name = FALSE;
        int end = is_ascii_alnum(mapped_at(text, i - 1)) ? i : label_end(text, i, &has_name);
        struct hub_match *match = end > i ? match_labelled(text, i, end, has_name) : match_entity_path(text, i);
        labels += end > i || match != NULL;
        if (match != NULL)
            g_ptr_array_add(matches, match);
        i = MAX(i, end - 1); /* "Event Hub name" is not "Hub name" as well */
    }
    return matches;
}

/* "Name: telemetry" in the line that AT is in. */
static struct hub_match *match_name_line(const GArray *text, int at)
{
    int start = skip(text, line_start(text, at), "*->|\"'`");
    if (!mapped_has(text, start, "name"))
        return NULL;
    int end = start + (int)strlen("name");
    int value = end;
    enum divider divider = take_divider(text, &value);
    if (divider != DIVIDER_COLON && divider != DIVIDER_CELL)
        return NULL;
    return match_value(text, value);
}

struct hub_match *match_name_beside(const GArray *text, int from, int to)
{
    int next = next_line(text, to);
    struct hub_match *match = mapped_at(text, next) != NO_CHARACTER ? match_name_line(text, next) : NULL;
    int before = line_start(text, from) - 1;
    while (before > 0 && is_edge(mapped_at(text, before)))
        before--;
    return match != NULL || before <= 0 ? match : match_name_line(text, before);
}
