/* SPDX-License-Identifier: MIT */
/* Labels in lines, lists of keys. */
#include <string.h>

#include "input/name_search.h"

enum { GROUP_LINES = 40 };

/* A line without what mail programs and lists put before it. */
struct line {
    int from;
    int to;
    int indent;
};

static gboolean is_dash(gunichar character)
{
    return character == '-' || (character >= 0x2012 && character <= 0x2015);
}

static gboolean is_bullet(gunichar character)
{
    return is_one_of(character, ">|*#+~") || is_dash(character) || character == 0x2502 || character == 0x2022 ||
           character == 0x25CF || character == 0x25AA || character == 0x00B7 || character == 0x25E6 ||
           character == 0x2023;
}

static struct line line_at(const GArray *text, int at)
{
    struct line line = {.from = line_start(text, at)};
    line.to = line_end(text, line.from);
    int start = line.from;
    for (;;) {
        line.from = skip_blanks(text, line.from, line.to);
        if (!is_bullet(source_at(text, line.from)) || line.from >= line.to)
            break;
        line.from++;
    }
    line.indent = line.from - start;
    return line;
}

/* The next line that has something on it; from == to if there is none. */
static struct line next_line(const GArray *text, int at)
{
    struct line line = {.from = at, .to = at};
    int end = line_end(text, at);
    while (source_at(text, end) != NO_CHARACTER) {
        end += source_at(text, end) == '\r' && source_at(text, end + 1) == '\n' ? 2 : 1;
        line = line_at(text, end);
        if (line.from < line.to)
            return line;
        end = line.to;
    }
    line.from = line.to = source_length(text);
    return line;
}

enum divider {
    DIVIDER_NONE,
    DIVIDER_COLON,
    DIVIDER_CELL,
    DIVIDER_DASH,
};

/* The divider at AT; *END becomes the place behind it. */
static enum divider divider_at(const GArray *text, int at, int line_to, int *end)
{
    static const char *const arrows[] = {"=>", "->", ":=", "=="};
    gunichar character = source_at(text, at);
    gunichar next = source_at(text, at + 1);
    *end = at + 1;
    for (gsize i = 0; i < G_N_ELEMENTS(arrows); i++)
        if (source_has(text, at, arrows[i])) {
            *end = at + 2;
            return DIVIDER_COLON;
        }
    if (character == ':' && (next == '/' || (is_ascii_digit(next) && is_ascii_digit(source_at(text, at - 1)))))
        return DIVIDER_NONE;
    if (is_one_of(character, ":=") || character == 0xFF1A || character == 0xFF1D || character == 0x2192 ||
        character == 0xC740 || character == 0xB294 || character == 0x306F || character == 0x662F ||
        character == 0x4E3A || character == 0x70BA || /* "is" */
        character == 0x21D2 || character == 0x279C || character == 0x27A1 || character == 0x2794 || character == 0x25B6)
        return DIVIDER_COLON;
    if (character == ']' && is_blank(next) && source_at(text, line_start(text, at)) == '[')
        return DIVIDER_COLON;
    if (source_has(text, at, "....")) { /* a form's leaders */
        while (source_at(text, *end) == '.')
            (*end)++;
        return *end < line_to ? DIVIDER_COLON : DIVIDER_NONE;
    }
    if (character == '\t' || character == '|' || character == 0x2502)
        return DIVIDER_CELL;
    if (is_dash(character) && is_blank(source_at(text, at - 1)) &&
        (is_blank(next) || (next == '-' && is_blank(source_at(text, at + 2)))))
        return DIVIDER_DASH;
    if (character == ' ' && next == ' ' && at + 2 < line_to) {
        while (source_at(text, *end) == ' ')
            (*end)++;
        int arrow = *end;
        enum divider behind = source_at(text, arrow) != ' ' ? divider_at(text, arrow, line_to, &arrow) : DIVIDER_NONE;
        *end = behind == DIVIDER_COLON ? arrow : *end;
        return behind == DIVIDER_COLON ? DIVIDER_COLON : DIVIDER_CELL;
    }
    return DIVIDER_NONE;
}

/* Behind what else belongs to a divider: "**:** ", ": `", " :- ". */
static int skip_divider(const GArray *text, int at, int end)
{
    enum { DIVIDER_MAX = 200 };
    for (int from = at;; at++) {
        gunichar character = source_at(text, at);
        if (at >= end || at - from >= DIVIDER_MAX ||
            !(is_blank(character) || is_one_of(character, ":=*|") || character == 0xFF1A || character == 0x2502))
            return at;
    }
}

/* A line that is only a label: none of a row of cells, nor one whose text a mail's source has broken. */
static struct label line_label(const GArray *text, struct line line)
{
    int to = line.to;
    for (int i = line.from; i < line.to; i++)
        if (is_one_of(source_at(text, i), ";\t|"))
            return (struct label){.kind = LABEL_OTHER};
    while (to > line.from && (is_blank(source_at(text, to - 1)) || is_one_of(source_at(text, to - 1), ":*_#.=")))
        to--;
    return to > line.from && to - line.from < LABEL_MAX ? label_between(text, line.from, to)
                                                        : (struct label){.kind = LABEL_OTHER};
}

/* "key: value"; *KEY_TO and *VALUE become where the key ends and the value begins. */
static gboolean split_pair(const GArray *text, struct line line, int *key_to, int *value)
{
    for (int i = line.from + 1; i < line.to; i++) {
        int behind = i;
        enum divider divider = divider_at(text, i, line.to, &behind);
        if (divider == DIVIDER_NONE || divider == DIVIDER_DASH)
            continue;
        *key_to = i;
        *value = skip_divider(text, behind, line.to);
        return *value < line.to;
    }
    return FALSE;
}

/* What a line of a list says about the kind of resource that the list describes. */
static enum resource_kind line_resource(const GArray *text, struct line line)
{
    int key_to = 0;
    int value = 0;
    if (!split_pair(text, line, &key_to, &value))
        return RESOURCE_UNKNOWN;
    g_autofree char *typed = source_utf8(text, line.from, key_to);
    g_autofree char *key = g_strdup(g_strstrip(g_strdelimit(typed, "\"'*`$", ' ')));
    g_autofree char *content = source_utf8(text, value, line.to);
    if (g_ascii_strcasecmp(key, "type") == 0 || g_ascii_strcasecmp(key, "resource type") == 0)
        return resource_type_kind(content);
    if (g_ascii_strcasecmp(key, "id") == 0 && strstr(content, "/subscriptions/") != NULL)
        return strstr(content, "/eventhubs/") != NULL ? RESOURCE_HUB : resource_type_kind(content);
    return resource_property_kind(key);
}

/* The end of the line above the one that begins at START, which is not the first. */
static int end_above(const GArray *text, int start)
{
    gboolean has_two = start > 1 && source_at(text, start - 1) == '\n' && source_at(text, start - 2) == '\r';
    return start - (has_two ? 2 : 1);
}

/* What the lines of the same list below LINE tell. */
static enum resource_kind resource_below(const GArray *text, struct line line)
{
    struct line other = line;
    for (int n = 0; n < GROUP_LINES && other.from < other.to; n++) {
        int end = other.to;
        struct line after = next_line(text, end);
        int breaks = 0;
        for (int i = end; i < after.from; i++)
            breaks += source_at(text, i) == '\n';
        enum resource_kind kind = after.from < after.to && breaks < 2 ? line_resource(text, after) : RESOURCE_UNKNOWN;
        if (kind != RESOURCE_UNKNOWN)
            return kind;
        if (breaks != 1)
            break;
        other = after;
    }
    return RESOURCE_UNKNOWN;
}

/* The kind of resource that the list around LINE describes, which has a line "Name: ...". */
static enum resource_kind list_resource(const GArray *text, struct line line)
{
    int start = line_start(text, line.from);
    for (int n = 0; start > 0 && n < GROUP_LINES; n++) {
        int before = end_above(text, start);
        struct line other = line_at(text, before);
        int key_to = 0;
        int value = 0;
        start = line_start(text, before);
        if (other.from >= other.to && other.to - start > 2)
            continue; /* a ruler below a heading */
        if (other.from >= other.to) {
            struct line heading = start > 0 ? line_at(text, start - 1) : other;
            enum label_kind kind = heading.from < heading.to ? line_label(text, heading).kind : LABEL_OTHER;
            return kind == LABEL_HUB || kind == LABEL_HUB_NAME ? RESOURCE_HUB : RESOURCE_UNKNOWN;
        }
        if (split_pair(text, other, &key_to, &value)) {
            enum resource_kind kind = line_resource(text, other);
            if (kind != RESOURCE_UNKNOWN && other.indent <= line.indent)
                return kind;
            continue;
        }
        enum label_kind kind = line_label(text, other).kind;
        if (kind == LABEL_HUB || kind == LABEL_HUB_NAME)
            return RESOURCE_HUB;
        return kind == LABEL_NAMESPACE ? RESOURCE_NAMESPACE : RESOURCE_UNKNOWN;
    }
    return resource_below(text, line);
}

/* "value: telemetry" in a list of keys: what the line above it announces that it belongs to, be it the key that it is
 * indented under or the name beside it. */
static struct label owner_label(const GArray *text, struct line line)
{
    enum { ABOVE = 4 };
    int key_to = 0;
    int value = 0;
    for (int n = 0; n < ABOVE && line_start(text, line.from) > 0; n++) {
        struct line above = line_at(text, end_above(text, line_start(text, line.from)));
        if (above.to - above.from > LABEL_MAX || above.from >= above.to)
            break;
        gboolean is_pair = split_pair(text, above, &key_to, &value);
        if (is_pair && label_between(text, above.from, key_to).kind == LABEL_NAME)
            return label_between(text, value, above.to);
        if (!is_pair && above.indent < line.indent)
            return line_label(text, above);
        line = above;
    }
    return (struct label){.kind = LABEL_OTHER};
}

static void take_value_line(struct name_search *search, struct line line)
{
    static const char *const keys[] = {"value", "default", NULL};
    int key_to = 0;
    int value = 0;
    if (line.to - line.from > LABEL_MAX || !split_pair(search->text, line, &key_to, &value) ||
        search->looks++ >= LOOKS_MAX)
        return;
    g_autofree char *typed = source_utf8(search->text, line.from, key_to);
    g_autofree char *key = g_ascii_strdown(g_strstrip(typed), -1);
    struct label label =
        g_strv_contains(keys, key) ? owner_label(search->text, line) : (struct label){.kind = LABEL_OTHER};
    if (label.kind == LABEL_HUB_NAME)
        name_search_take(search, label, FORM_LINE, value, line.to);
}

static gboolean is_list_item(const GArray *text, struct line line)
{
    gunichar mark = source_at(text, skip_blanks(text, line_start(text, line.from), line.from));
    return is_bullet(mark) && !is_one_of(mark, ">|");
}

/* The value has the next line for itself; or several have, in a list. */
static void take_next_line(struct name_search *search, struct label label, enum value_form form, struct line line)
{
    enum { ITEMS_MAX = 20 };
    struct line next = next_line(search->text, line.to);
    for (int i = line.to; i < next.from; i++) /* a signature begins */
        if (is_line_break(source_at(search->text, i)) && source_has(search->text, i + 1, "--") &&
            is_line_end(source_at(search->text, skip_blanks(search->text, i + 3, line_end(search->text, i + 1)))))
            return;
    if (source_has(search->text, next.from, "```")) /* its words are what language it is */
        next = next_line(search->text, next.to);
    for (int n = 0; n < ITEMS_MAX && next.from < next.to; n++) {
        struct hub_value value = hub_value_read(search->text, next.from, next.to);
        gboolean is_alone = value.tail == TAIL_END || value.is_quoted || value.tail == TAIL_MARK;
        gboolean is_label = line_label(search->text, next).kind != LABEL_OTHER;
        int key_to = 0;
        int behind = 0;
        gboolean is_value = (is_alone || value.state == VALUE_OPEN || value.state == VALUE_DOUBTFUL) && !is_label &&
                            !split_pair(search->text, next, &key_to, &behind) &&
                            !is_one_of(source_at(search->text, next.to - 1), ":");
        hub_value_clear(&value);
        if (!is_value)
            return;
        struct line after = next_line(search->text, next.to);
        if (is_list_item(search->text, next) && after.from < after.to && is_list_item(search->text, after) &&
            !split_pair(search->text, after, &key_to, &behind))
            label.kind = LABEL_PAIR; /* one of several */
        name_search_take(search, label, form, next.from, next.to);
        if (!is_list_item(search->text, next))
            return;
        next = next_line(search->text, next.to);
    }
}

static gboolean is_joint(gunichar character)
{
    return is_one_of(character, "-_") || is_ascii_digit(character);
}

/* The values in the cells of a row whose label stands before VALUE. With several none is clear: they may be those of
 * several environments. */
static void take_cells(struct name_search *search, struct label label, int value, int to)
{
    enum { CELLS_MAX = 20 };
    const GArray *text = search->text;
    int starts[CELLS_MAX];
    int n = 0;
    gboolean has_shape = FALSE;
    for (int at = value, cells = 0; at < to && cells < CELLS_MAX && search->looks++ < LOOKS_MAX; cells++) {
        int end = at;
        while (end < to && !is_one_of(source_at(text, end), "\t|") && source_at(text, end) != 0x2502 &&
               !source_has(text, end, "  "))
            end++;
        struct hub_value cell = hub_value_read(text, at, end);
        gboolean is_name = (cell.state == VALUE_GOOD || cell.state == VALUE_DOUBTFUL) && cell.tail == TAIL_END &&
                           word_read(cell.name, TRUE) == WORD_NAME;
        if (n == 0)
            has_shape = is_name && word_has_name_shape(cell.name);
        gboolean is_part = (cell.state == VALUE_GOOD || cell.state == VALUE_DOUBTFUL) && !is_name && n > 0 &&
                           source_has_kind(text, at, end, is_joint) && word_read(cell.name, TRUE) == WORD_NAME;
        if (n == 0 || is_part ||
            (is_name && (!has_shape || cell.state == VALUE_DOUBTFUL || word_has_name_shape(cell.name))))
            starts[n++] = at;
        hub_value_clear(&cell);
        at = skip_divider(text, end, to);
        at = MAX(at, end + 1);
    }
    if (n > 1)
        label.kind = LABEL_PAIR;
    for (int i = 0; i < n; i++) {
        int end = starts[i];
        while (end < to && !is_one_of(source_at(text, end), "\t|"))
            end++;
        name_search_take(search, label, FORM_CELL, starts[i], end);
    }
}

/* The value behind a label and its divider. */
static void take_labelled(struct name_search *search, struct line line, struct label label, enum divider divider,
                          int value)
{
    gboolean is_hub = label.kind == LABEL_HUB_NAME || label.kind == LABEL_HUB || label.kind == LABEL_HUB_LOOSE ||
                      label.kind == LABEL_PAIR;
    gboolean is_broken = source_at(search->text, line.to - 1) == '=' && !is_blank(source_at(search->text, line.to - 2));
    if (value >= line.to && is_broken)
        return; /* as quoted-printable breaks lines */
    if (value >= line.to) {
        if (label.kind == LABEL_HUB_NAME || (label.kind == LABEL_HUB && divider == DIVIDER_COLON))
            take_next_line(search, label, FORM_BELOW, line);
        return;
    }
    if (is_hub && divider == DIVIDER_CELL)
        take_cells(search, label, value, line.to);
    else if (is_hub)
        name_search_take(search, label, divider == DIVIDER_DASH ? FORM_DASH : FORM_LINE, value, line.to);
    else if (label.kind == LABEL_NAME && divider != DIVIDER_DASH && search->looks < LOOKS_MAX) {
        search->looks++;
        /* "Name: ..." means what the list that it stands in describes. */
        enum resource_kind kind = list_resource(search->text, line);
        struct label meant = {.kind = kind == RESOURCE_HUB ? LABEL_HUB_NAME : LABEL_HUB_LOOSE};
        if (kind == RESOURCE_HUB || kind == RESOURCE_UNKNOWN)
            name_search_take(search, meant, FORM_LINE, value, line.to);
    }
}

/* What stands before a label in its line says that an example follows. */
static gboolean announces_example(const GArray *text, int from, int to)
{
    enum { LOOK = 12 };
    static const char *const signs[] = {"e.g.",   "eg.",   "z.b.",  "z. b.", "p.ex.",
                                        "p. ej.", "p.ej.", "bijv.", "ex.",   NULL};
    g_autofree char *before = source_utf8(text, MAX(from, to - LOOK), to);
    g_autofree char *lower = g_ascii_strdown(g_strstrip(before), -1);
    for (gsize i = 0; signs[i] != NULL; i++)
        if (g_str_has_suffix(lower, signs[i]))
            return TRUE;
    return FALSE;
}

/* Behind AT a label may begin anew, where the one before began at FROM: a clause ends there, or a link's query goes on.
 */
static gboolean begins_anew(const GArray *text, int from, int at)
{
    gunichar character = source_at(text, at);
    gboolean is_before_blank = is_blank(source_at(text, at + 1));
    if (is_one_of(character, "?&") && !is_before_blank)
        return TRUE;
    return is_one_of(character, ",;!?.") && is_before_blank && at > from + 2 &&
           !(character == '.' && is_ascii_digit(source_at(text, at - 1)));
}

/* Every label of the line that a divider follows. */
static gboolean read_labels(struct name_search *search, struct line line)
{
    int from = line.from;
    gboolean has_label = FALSE;
    for (int i = line.from; i < line.to; i++) {
        gunichar character = source_at(search->text, i);
        if (search->is_taken[i] != NOT_READ || begins_anew(search->text, from, i)) {
            from = i + 1;
            continue;
        }
        int behind = i;
        enum divider divider = divider_at(search->text, i, line.to, &behind);
        if (divider == DIVIDER_NONE || i == line.from)
            continue;
        struct label label = label_between(search->text, from, i);
        label.is_old |=
            label.kind != LABEL_OTHER && from > line.from && announces_example(search->text, line.from, from);
        gboolean is_spaced = character == ' ';
        if (is_spaced && label.kind != LABEL_HUB_NAME) {
            i = behind - 1;
            continue;
        }
        has_label |= label.kind != LABEL_OTHER;
        if (label.kind != LABEL_OTHER)
            take_labelled(search, line, label, is_spaced ? DIVIDER_CELL : divider,
                          skip_divider(search->text, behind, line.to));
        if (label.kind == LABEL_OTHER && divider == DIVIDER_DASH)
            continue;
        from = behind;
        i = behind - 1;
    }
    return has_label;
}

void read_lines_between(struct name_search *search, int from, int to)
{
    for (int at = from; at < to;) {
        struct line line = line_at(search->text, at);
        line.from = MAX(line.from, from);
        line.to = MIN(line.to, to);
        if (line.from < line.to && !read_labels(search, line) && search->is_taken[line.from] != READ_AS_FORM &&
            (line_label(search->text, line).kind == LABEL_HUB_NAME || line_label(search->text, line).kind == LABEL_HUB))
            take_next_line(search, line_label(search->text, line), FORM_TITLE, line);
        if (line.from < line.to && search->is_taken[line.from] != READ_AS_FORM) {
            if (source_has(search->text, line.from, "value") || source_has(search->text, line.from, "default"))
                take_value_line(search, line);
            read_sentences(search, line.from, line.to);
            read_flags(search, MAX(line_start(search->text, line.from), from), line.to);
        }
        at = MAX(line.to, at) + 1;
    }
}

void offer_shaped_words(struct name_search *search)
{
    enum { OFFERS_MAX = 6 };
    static const char *const reasons[] = {"It stands alone on its line.",
                                          "It has the form of a name, but what stands before it does not say of what."};
    int offers = 0;
    for (int at = 0; at < source_length(search->text) && offers < OFFERS_MAX;) {
        struct line line = line_at(search->text, at);
        int key_to = 0;
        int from = 0;
        at = line.to + 1;
        gboolean is_pair = split_pair(search->text, line, &key_to, &from);
        from = is_pair ? from : line.from;
        if (line.from >= line.to || search->is_taken[from] != NOT_READ)
            continue;
        struct hub_value value = hub_value_read(search->text, from, line.to);
        g_autofree char *key = source_utf8(search->text, line.from, is_pair ? key_to : line.from);
        enum label_kind kind = label_read(key).kind;
        gboolean is_foreign = !g_str_is_ascii(key);
        gboolean is_whole = value.tail == TAIL_END || (is_pair && value.tail == TAIL_MARK);
        if (value.state == VALUE_GOOD && is_whole && word_read(value.name, TRUE) == WORD_NAME &&
            (kind == LABEL_NAME || (kind == LABEL_OTHER && (is_foreign || word_has_name_shape(value.name))))) {
            name_search_add(search, value.name, WEIGHT_OFFERED, value.from, value.to, reasons[is_pair], value.changes);
            offers++;
        }
        hub_value_clear(&value);
    }
}

/* The line that AT is in, the one above or the one below holds a resource ID. */
static gboolean is_beside_id(const struct name_search *search, int at)
{
    int from = line_start(search->text, MAX(line_start(search->text, at) - 1, 0));
    int to = line_end(search->text, MIN(line_end(search->text, at) + 1, source_length(search->text)));
    for (int i = from; i < to; i++)
        if (search->is_taken[i] == READ_AS_ID)
            return TRUE;
    return FALSE;
}

void offer_words(struct name_search *search)
{
    enum { OFFERS_MAX = 3, WORD_MAX = 64 };
    const GArray *text = search->text;
    int offers = 0;
    for (int from = 0, to = 0; from < source_length(text) && offers < OFFERS_MAX; from = MAX(to, from + 1)) {
        gboolean is_plain = TRUE;
        for (to = from; is_ascii_alnum(source_at(text, to)) || is_one_of(source_at(text, to), "-_."); to++)
            is_plain &= !(is_ascii_letter(source_at(text, to)) && g_ascii_isupper((char)source_at(text, to)));
        int end = to;
        while (end > from && is_one_of(source_at(text, end - 1), "-_."))
            end--;
        if (end - from < 4 || end - from > WORD_MAX || !is_plain || !is_ascii_letter(source_at(text, from)) ||
            search->is_taken[from] != NOT_READ || is_one_of(source_at(text, from - 1), "/@\\:=&?#<") ||
            is_one_of(source_at(text, to), "/@\\=>"))
            continue;
        g_autofree char *word = source_utf8(text, from, end);
        gboolean is_built =
            strpbrk(word, "-_.") != NULL && (strpbrk(word, "0123456789") != NULL || is_beside_id(search, from));
        struct hub_value value = hub_value_read(text, from, end);
        gboolean is_known =
            g_hash_table_contains(search->namespaces, word) || g_hash_table_contains(search->groups, word);
        if (is_built && !is_known && value.state == VALUE_GOOD && word_read(word, TRUE) == WORD_NAME &&
            word_has_name_shape(word)) {
            name_search_add(search, word, WEIGHT_OFFERED, from, end, "It has the form of a name.", NULL);
            offers++;
        }
        hub_value_clear(&value);
    }
}
