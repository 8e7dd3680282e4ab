/* SPDX-License-Identifier: MIT */
/* Structured forms with braces: JSON, HCL, Bicep, JavaScript, PowerShell's hash tables. Read with their places and with
 * what people do to them: cut off at the end, a line of a plan or of a quoted reply before each line. */
#include <string.h>

#include "input/name_search.h"

enum { DEPTH_MAX = 64, KEY_MAX = 200, PAIRS_MAX = 50000, BROKEN_MAX = 80 }; /* a longer one is a text of its own */

/* A key and its value; or what stands before a '{'. */
struct pair {
    int key_from;
    int key_to;
    int from; /* the value, without its quotes */
    int to;
    gboolean is_string;
    int object;         /* that it belongs to */
    gboolean is_listed; /* one of several in an array */
};

struct object {
    int parent; /* -1: none */
    int header_from;
    int header_to;
    gboolean is_element; /* of an array */
    gboolean is_block;   /* Terraform's: its name is the block's, not the resource's */
    enum resource_kind kind;
};

struct parser {
    struct name_search *search;
    const GArray *text;
    int at;
    GArray *pairs;   /* of struct pair */
    GArray *objects; /* of struct object */
};

static gunichar here(const struct parser *parser)
{
    return source_at(parser->text, parser->at);
}

static gboolean is_space(gunichar character)
{
    return is_edge(character) || is_line_break(character);
}

/* Blanks, line ends, commas, comments, and what a plan or a quoted reply puts before its lines. */
static void skip_between(struct parser *parser)
{
    for (;;) {
        gunichar character = here(parser);
        gboolean begins_line =
            is_line_end(source_at(parser->text, parser->at - 1)) || is_blank(source_at(parser->text, parser->at - 1));
        gboolean is_dash = character == '-' && is_blank(source_at(parser->text, parser->at + 1));
        if (is_space(character) || is_one_of(character, ",;") ||
            (begins_line && (is_dash || is_one_of(character, ">|+~"))))
            parser->at++;
        else if (character == '#' || (character == '/' && source_at(parser->text, parser->at + 1) == '/'))
            parser->at = line_end(parser->text, parser->at);
        else
            return;
    }
}

static gboolean is_quote(gunichar character)
{
    return is_one_of(character, "\"'`") || character == 0x201C || character == 0x201D || character == 0x201E ||
           character == 0x2018 || character == 0x2019;
}

/* A string from its opening quote on; over line ends, as wrapping makes them. FALSE if it never ends. */
static gboolean take_string(struct parser *parser, int *from, int *to)
{
    enum { STRING_MAX = 20000 };
    gunichar opening = here(parser);
    *from = parser->at + 1;
    for (int i = *from; source_at(parser->text, i) != NO_CHARACTER && i - *from < STRING_MAX; i++) {
        gunichar character = source_at(parser->text, i);
        if (character == '\\')
            i++;
        else if (character == opening || (opening > 0x7F && is_quote(character))) {
            *to = i;
            parser->at = i + 1;
            return TRUE;
        }
    }
    return FALSE;
}

static void parse_object(struct parser *parser, int parent, int header_from, int header_to, gboolean is_element,
                         int depth);

static void add_pair(struct parser *parser, int object, int key_from, int key_to, int from, int to, gboolean is_string)
{
    struct pair pair = {key_from, key_to, from, to, is_string, object, FALSE};
    if (parser->pairs->len < PAIRS_MAX)
        g_array_append_val(parser->pairs, pair);
}

/* What stands behind ':' or '='. */
static void parse_value(struct parser *parser, int object, int key_from, int key_to, gboolean is_element, int depth)
{
    while (is_space(here(parser)))
        parser->at++;
    if (here(parser) == '@' && source_at(parser->text, parser->at + 1) == '{')
        parser->at++;
    if (here(parser) == '{') {
        parse_object(parser, object, key_from, key_to, is_element, depth + 1);
        return;
    }
    if (here(parser) == '[' && depth < DEPTH_MAX) {
        guint first = parser->pairs->len;
        parser->at++;
        for (;;) {
            skip_between(parser);
            if (here(parser) == ']' || here(parser) == '}' || here(parser) == NO_CHARACTER)
                break;
            int before = parser->at;
            parse_value(parser, object, key_from, key_to, TRUE, depth + 1);
            parser->at = MAX(parser->at, before + 1);
        }
        parser->at += here(parser) == ']';
        for (guint i = first; i < parser->pairs->len && parser->pairs->len > first + 1; i++)
            if (g_array_index(parser->pairs, struct pair, i).object == object)
                g_array_index(parser->pairs, struct pair, i).is_listed = TRUE;
        return;
    }
    int from = parser->at;
    int to = from;
    if (is_quote(here(parser)) && take_string(parser, &from, &to)) {
        add_pair(parser, object, key_from, key_to, from, to, TRUE);
        return;
    }
    while (!is_line_end(here(parser)) && !is_one_of(here(parser), ",;}]"))
        parser->at++;
    add_pair(parser, object, key_from, key_to, from, parser->at, FALSE);
}

/* A key, a block's words before '{', or anything else up to the line's end. */
static void parse_entry(struct parser *parser, int object, int depth)
{
    int from = parser->at;
    int to = from;
    while (here(parser) != NO_CHARACTER && parser->at - from < KEY_MAX) {
        gunichar character = here(parser);
        int inside = 0;
        if (is_quote(character) && take_string(parser, &inside, &to)) {
            to = parser->at;
            continue;
        }
        if (character == '{') {
            parse_object(parser, object, from, parser->at, FALSE, depth + 1);
            return;
        }
        if (is_one_of(character, ":=")) {
            to = parser->at++;
            while (is_one_of(here(parser), ">="))
                parser->at++;
            parse_value(parser, object, from, to, FALSE, depth);
            return;
        }
        if (is_line_break(character) || is_one_of(character, ",;}]"))
            return;
        parser->at++;
    }
}

/* From '{' to its '}', or to the end of the text. */
static void parse_object(struct parser *parser, int parent, int header_from, int header_to, gboolean is_element,
                         int depth)
{
    struct object object = {
        .parent = parent, .header_from = header_from, .header_to = header_to, .is_element = is_element};
    int index = (int)parser->objects->len;
    parser->at++;
    if (depth > DEPTH_MAX)
        return;
    g_array_append_val(parser->objects, object);
    for (;;) {
        skip_between(parser);
        if (here(parser) == NO_CHARACTER)
            return;
        if (here(parser) == '}') {
            parser->at++;
            return;
        }
        int before = parser->at;
        parse_entry(parser, index, depth);
        parser->at = MAX(parser->at, before + (parser->at == before));
    }
}

static struct object *object_at(const struct parser *parser, int index)
{
    return &g_array_index(parser->objects, struct object, index);
}

static char *slice(const struct parser *parser, int from, int to)
{
    char *text = source_utf8(parser->text, from, MIN(to, from + KEY_MAX));
    return g_strstrip(g_strdelimit(text, "\"'`$", ' '));
}

/* Keys below which the kind of the object above still holds. */
static gboolean passes_kind_on(const char *header)
{
    static const char *const headers[] = {"properties", "attributes", "instances", "values", "value",
                                          "change",     "after",      "resource",  "config", "planned_values",
                                          "",           "data",       NULL};
    g_autofree char *lower = g_ascii_strdown(header, -1);
    return g_strv_contains(headers, lower);
}

/* What one pair says about its object. */
static enum resource_kind pair_kind(const struct parser *parser, const struct pair *pair)
{
    g_autofree char *key = slice(parser, pair->key_from, pair->key_to);
    g_autofree char *value = source_utf8(parser->text, pair->from, MIN(pair->to, pair->from + 2 * KEY_MAX));
    if (g_ascii_strcasecmp(key, "type") == 0 || g_ascii_strcasecmp(key, "resourceType") == 0)
        return resource_type_kind(value);
    if (g_ascii_strcasecmp(key, "id") == 0 && source_has(parser->text, pair->from, "/subscriptions/"))
        return strstr(value, "/eventhubs/") != NULL ? RESOURCE_HUB : resource_type_kind(value);
    return RESOURCE_UNKNOWN;
}

/* Decide for each object which kind of resource it describes; those above come first. */
static void find_kinds(struct parser *parser)
{
    for (int pass = 0; pass < 2; pass++)
        for (guint i = 0; i < parser->pairs->len; i++) {
            const struct pair *pair = &g_array_index(parser->pairs, struct pair, i);
            struct object *object = object_at(parser, pair->object);
            g_autofree char *key = slice(parser, pair->key_from, pair->key_to);
            enum resource_kind kind = pass == 0 ? pair_kind(parser, pair) : resource_property_kind(key);
            object->is_block |= strcmp(key, "mode") == 0;
            if (object->kind == RESOURCE_UNKNOWN)
                object->kind = kind;
        }
    for (guint i = 0; i < parser->objects->len; i++) {
        struct object *object = object_at(parser, (int)i);
        g_autofree char *header =
            source_utf8(parser->text, object->header_from, MIN(object->header_to, object->header_from + KEY_MAX));
        g_autofree char *key = slice(parser, object->header_from, object->header_to);
        enum resource_kind by_header = resource_type_kind(header);
        enum label_kind label = label_read(key).kind;
        if (by_header != RESOURCE_UNKNOWN)
            object->kind = by_header;
        else if (label == LABEL_HUB || label == LABEL_HUB_NAME ||
                 (label == LABEL_HUB_LOOSE && strstr(key, " ") == NULL))
            object->kind =
                object->kind == RESOURCE_UNKNOWN || object->kind == RESOURCE_NAMESPACE ? RESOURCE_HUB : object->kind;
        else if (label == LABEL_NAMESPACE && object->kind == RESOURCE_UNKNOWN)
            object->kind = RESOURCE_NAMESPACE;
        else if (object->kind == RESOURCE_UNKNOWN && object->parent >= 0 && passes_kind_on(key))
            object->kind = object_at(parser, object->parent)->kind;
        else if (object->kind == RESOURCE_NAMESPACE && object->parent >= 0 && !passes_kind_on(key) &&
                 resource_property_kind(key) != RESOURCE_UNKNOWN)
            object->kind = RESOURCE_OTHER;
        /* What an inner "properties" tells counts for the object round it. */
        if (object->parent >= 0 && object_at(parser, object->parent)->kind == RESOURCE_UNKNOWN && !object->is_element &&
            g_ascii_strcasecmp(key, "properties") == 0)
            object_at(parser, object->parent)->kind = object->kind;
    }
}

static gboolean is_plain_key(const char *key, const char *const *set)
{
    g_autofree char *lower = g_ascii_strdown(key, -1);
    return g_strv_contains(set, lower);
}

/* {"name": "EventHubName", "value": "telemetry"}: what the name beside a value announces. */
static struct label sibling_label(const struct parser *parser, const struct pair *pair)
{
    enum { NEAR = 3 };
    static const char *const name_keys[] = {"name", "key", "variable", NULL};
    const struct pair *first = (const struct pair *)(gconstpointer)parser->pairs->data;
    const struct pair *end = first + parser->pairs->len;
    for (const struct pair *near = MAX(first, pair - NEAR); near < MIN(end, pair + NEAR + 1); near++) {
        if (near->object != pair->object)
            continue;
        g_autofree char *key = slice(parser, near->key_from, near->key_to);
        g_autofree char *name = slice(parser, near->from, near->to);
        if (near != pair && is_plain_key(key, name_keys))
            return label_read(name);
    }
    return (struct label){.kind = LABEL_OTHER};
}

static void take_pair(struct parser *parser, const struct pair *pair)
{
    static const char *const value_keys[] = {"value", "default", "defaultvalue", NULL};
    const struct object *object = object_at(parser, pair->object);
    g_autofree char *key = slice(parser, pair->key_from, pair->key_to);
    struct label label = label_read(key);
    if (is_plain_key(key, value_keys)) {
        g_autofree char *header = slice(parser, object->header_from, object->header_to);
        label = label_read(header);
        if (label.kind == LABEL_OTHER)
            label = sibling_label(parser, pair);
    }
    if (label.kind == LABEL_NAMESPACE && pair->is_string) {
        g_autofree char *name = source_utf8(parser->text, pair->from, pair->to);
        g_hash_table_add(parser->search->namespaces, g_ascii_strdown(name, -1));
    }
    int from = pair->from;
    if (label.kind == LABEL_NAME && object->kind == RESOURCE_HUB && !object->is_block) {
        label.kind = LABEL_HUB_NAME;
        for (int i = from + 1; i < pair->to; i++) /* "namespace/hub", as a template names a nested resource */
            from = source_at(parser->text, i) == '/' ? i + 1 : from;
    }
    if (label.kind != LABEL_HUB_NAME && label.kind != LABEL_HUB)
        return;
    int behind = skip_blanks(parser->text, pair->to + 1, line_end(parser->text, pair->to));
    label.is_old |= source_has(parser->text, behind, "->");
    if (pair->is_listed)
        label.kind = LABEL_PAIR;
    gboolean is_text = FALSE;
    for (int i = pair->from; i < pair->to; i++)
        is_text |= is_line_break(source_at(parser->text, i)) && pair->to - pair->from > BROKEN_MAX;
    if (!is_text && (pair->is_string || !is_one_of(source_at(parser->text, pair->key_to), "=") ||
                     is_one_of(source_at(parser->text, pair->from), "<(")))
        name_search_take(parser->search, label, FORM_KEY, from, pair->to);
}

/* A string that holds a text of its own, as chat programs send it. */
static void read_inner_text(struct parser *parser, const struct pair *pair)
{
    gboolean has_blank = FALSE;
    for (int i = pair->from; i < pair->to; i++)
        has_blank |= is_space(source_at(parser->text, i));
    if (!pair->is_string || !has_blank)
        return;
    for (int i = pair->from; i < pair->to; i++)
        parser->search->is_taken[i] = NOT_READ;
    read_lines_between(parser->search, pair->from, pair->to);
    for (int i = pair->from; i < pair->to; i++)
        parser->search->is_taken[i] = READ_AS_FORM;
}

/* Names in quotes or braces only; a sentence with a "{" in it is none. */
static void read_object(struct name_search *search, int brace, int *end)
{
    struct parser parser = {.search = search, .text = search->text, .at = brace};
    parser.pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
    parser.objects = g_array_new(FALSE, FALSE, sizeof(struct object));
    /* The words before the brace begin in its line, behind a quoted reply's or a plan's marks. */
    int header = line_start(search->text, brace);
    while (header < brace &&
           (is_blank(source_at(search->text, header)) || is_one_of(source_at(search->text, header), ">|+~-")))
        header++;
    parse_object(&parser, -1, header, brace, FALSE, 0);
    *end = parser.at;
    if (parser.pairs->len > 0) {
        find_kinds(&parser);
        for (int i = header; i < *end && i < source_length(search->text); i++)
            search->is_taken[i] = READ_AS_FORM;
        for (guint i = 0; i < parser.pairs->len; i++) {
            take_pair(&parser, &g_array_index(parser.pairs, struct pair, i));
            read_inner_text(&parser, &g_array_index(parser.pairs, struct pair, i));
        }
    }
    g_array_unref(parser.pairs);
    g_array_unref(parser.objects);
}

void read_objects(struct name_search *search)
{
    for (int i = 0; i < source_length(search->text); i++) {
        gunichar before = source_at(search->text, i - 1);
        gunichar behind = source_at(search->text, i + 1);
        int end = i;
        if (source_at(search->text, i) != '{' || search->is_taken[i] || is_one_of(before, "${%#") || behind == '{' ||
            is_one_of(behind, "}|"))
            continue;
        read_object(search, i, &end); /* if nothing is in it, nothing is in a '{' inside of it */
        i = MAX(i, end - 1);
    }
}
