/* SPDX-License-Identifier: MIT */
#include "practice/odata_filter.h"

#include <stdlib.h>
#include <string.h>

#include "practice/graph.h"
#include "practice/tenant.h"

#define DEPTH_MOST 20
#define GUID_PATTERN "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
#define DAY_PATTERN "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
#define TIME_PATTERN "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$"

/* How a literal is written, which is its type: OData compares no text with a date or an id that has no quotes. */
enum literal_form { LITERAL_TEXT, LITERAL_TIME, LITERAL_DAY, LITERAL_GUID, LITERAL_OTHER };

struct literal {
    enum literal_form form;
    json *value; /* a string of the three forms in the middle as well */
};

enum filter_kind { FILTER_AND, FILTER_OR, FILTER_NOT, FILTER_COMPARE };

struct filter {
    enum filter_kind kind;
    struct filter *left, *right; /* of and, or; left alone of not */
    char **path;                 /* of a comparison: names, with "any" where an array stands before it */
    char *operator;
    GPtrArray *literals; /* of struct literal *: several for "in" */
};

struct scanner {
    struct reading *reading;
    const char *at;
    char *variable; /* of the any() that is being read, and the path it stands for */
    char *array;
    int depth;
};

gpointer reading_fault(struct reading *reading, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (reading->fault == NULL)
        reading->fault = g_strdup_vprintf(format, list);
    va_end(list);
    return NULL;
}

void filter_free(struct filter *filter)
{
    if (filter == NULL)
        return;
    filter_free(filter->left);
    filter_free(filter->right);
    g_strfreev(filter->path);
    g_free(filter->operator);
    if (filter->literals != NULL)
        g_ptr_array_unref(filter->literals);
    g_free(filter);
}

static struct filter *filter_new(enum filter_kind kind, struct filter *left, struct filter *right)
{
    struct filter *filter = g_new0(struct filter, 1);
    filter->kind = kind;
    filter->left = left;
    filter->right = right;
    return filter;
}

static void skip_blanks(struct scanner *scanner)
{
    while (*scanner->at == ' ')
        scanner->at++;
}

/* TRUE if WORD stands here, as a word of its own; it is taken. */
static gboolean take_word(struct scanner *scanner, const char *word)
{
    skip_blanks(scanner);
    gsize length = strlen(word);
    char after = g_ascii_strncasecmp(scanner->at, word, length) == 0 ? scanner->at[length] : 'x';
    if (after != ' ' && after != '(' && after != ')' && after != '\0')
        return FALSE;
    scanner->at += length;
    return TRUE;
}

static gboolean take_sign(struct scanner *scanner, char sign)
{
    skip_blanks(scanner);
    if (*scanner->at != sign) {
        reading_fault(scanner->reading, "Invalid filter clause: '%c' expected at '%s'.", sign, scanner->at);
        return FALSE;
    }
    scanner->at++;
    return TRUE;
}

static char *take_name(struct scanner *scanner)
{
    skip_blanks(scanner);
    gsize length = strspn(scanner->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./@$");
    char *name = g_strndup(scanner->at, length);
    scanner->at += length;
    return name;
}

/* VALUE is taken. */
static struct literal *literal_new(enum literal_form form, json *value)
{
    struct literal *literal = g_new(struct literal, 1);
    *literal = (struct literal){form, value};
    return literal;
}

static void literal_free(gpointer data)
{
    struct literal *literal = data;
    json_free(literal->value);
    g_free(literal);
}

/* One quoted literal, '' standing for one quote; NULL if it does not end. */
static struct literal *take_string(struct scanner *scanner)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const char *at = scanner->at + 1;
    while (*at != '\0' && (at[0] != '\'' || at[1] == '\'')) {
        if (*at == '\'')
            at++;
        g_string_append_c(text, *at++);
    }
    if (*at != '\'')
        return reading_fault(scanner->reading, "Invalid filter clause: there is an unterminated literal.");
    scanner->at = at + 1;
    return literal_new(LITERAL_TEXT, json_new_string(text->str));
}

static struct literal *take_literal(struct scanner *scanner)
{
    static const struct {
        const char *pattern;
        enum literal_form form;
    } forms[] = {{TIME_PATTERN, LITERAL_TIME}, {DAY_PATTERN, LITERAL_DAY}, {GUID_PATTERN, LITERAL_GUID}};
    skip_blanks(scanner);
    if (*scanner->at == '\'')
        return take_string(scanner);
    gsize length = strcspn(scanner->at, " ,)");
    g_autofree char *word = g_strndup(scanner->at, length);
    scanner->at += length;
    if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0)
        return literal_new(LITERAL_OTHER, json_new_bool(*word == 't'));
    if (strcmp(word, "null") == 0)
        return literal_new(LITERAL_OTHER, json_new_string(NULL));
    if (g_regex_match_simple("^-?[0-9]{1,15}$", word, 0, 0))
        return literal_new(LITERAL_OTHER, json_new_int(g_ascii_strtoll(word, NULL, 10)));
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++)
        if (g_regex_match_simple(forms[i].pattern, word, 0, 0))
            return literal_new(forms[i].form, json_new_string(word));
    return reading_fault(scanner->reading, "Invalid filter clause: a value is expected in place of '%s'.", word);
}

/* A member of the enumeration that RULE names, in whatever case: Microsoft's pages write some in capitals. */
static gboolean is_member(const struct reading *reading, const char *rule, const char *text)
{
    const char *mark = strstr(rule, "enum:");
    g_autofree char *name =
        mark != NULL ? g_strndup(mark + strlen("enum:"), strcspn(mark + strlen("enum:"), " ")) : NULL;
    gboolean found = name == NULL;
    json_for_each (member, name != NULL ? json_get(reading->enums, name) : NULL) {
        found = found || g_ascii_strcasecmp(json_string(member), text) == 0;
    }
    return found;
}

/* Of a date ("dateTime"; "moment" where a day alone will not do, as of directory objects: github.com/
 * microsoftgraph/microsoft-graph-docs-contrib, 1961) and of an id of its own type ("uuid"; most ids are texts) the
 * value stands without quotes. */
static gboolean fits_kind(const struct reading *reading, const char *rule, const struct literal *literal)
{
    const char *text = json_string(literal->value);
    if (json_is_null(literal->value))
        return TRUE;
    if (graph_has_word(rule, "boolean"))
        return json_is_bool(literal->value);
    if (graph_has_word(rule, "integer"))
        return json_is_number(literal->value);
    if (graph_has_word(rule, "uuid"))
        return literal->form == LITERAL_GUID;
    if (graph_has_word(rule, "dateTime") || graph_has_word(rule, "moment"))
        return (literal->form == LITERAL_TIME || (literal->form == LITERAL_DAY && graph_has_word(rule, "dateTime"))) &&
               graph_is_date(text);
    if (literal->form != LITERAL_TEXT)
        return FALSE;
    return graph_has_word(rule, "guid") ? g_regex_match_simple(GUID_PATTERN, text, 0, 0)
                                        : is_member(reading, rule, text);
}

/* A comparison of the property NAME; LITERALS (taken) may be empty if one could not be read. */
static struct filter *compare_new(struct scanner *scanner, const char *name, const char *operator, GPtrArray * literals)
{
    struct reading *reading = scanner->reading;
    /* A variable of any() stands for its array. */
    gsize head = strcspn(name, "/");
    const gboolean is_variable =
        scanner->variable != NULL && strlen(scanner->variable) == head && strncmp(scanner->variable, name, head) == 0;
    g_autofree char *path = is_variable ? g_strconcat(scanner->array, "/any", name + head, NULL) : g_strdup(name);
    const char *rule = NULL; /* operators, and the property's kind where that is not a text */
    json_for_each (known, json_get(reading->rules, "filter")) {
        rule = g_ascii_strcasecmp(json_name(known), path) == 0 ? json_string(known) : rule;
    }
    if (rule == NULL)
        reading_fault(reading, "Invalid filter clause: the property '%s' cannot be filtered here.", path);
    else if (!graph_has_word(rule, operator))
        reading_fault(reading, "Invalid filter clause: the property '%s' does not take the operator '%s'.",
                      path, operator);
    for (guint i = 0; rule != NULL && i < literals->len; i++)
        if (!fits_kind(reading, rule, g_ptr_array_index(literals, i)))
            reading_fault(reading,
                          "Invalid filter clause: A binary operator with incompatible types was detected: the value "
                          "is not of the type of '%s'.",
                          path);
    struct filter *filter = filter_new(FILTER_COMPARE, NULL, NULL);
    filter->path = g_strsplit(path, "/", -1);
    filter->operator= g_strdup(operator);
    filter->literals = literals;
    reading->clauses += literals->len;
    if (g_str_has_suffix(path, "/$count"))
        g_ptr_array_add(reading->reasons, (gpointer) "$count");
    if (strcmp(operator, "ne") == 0 || strcmp(operator, "endswith") == 0)
        g_ptr_array_add(reading->reasons, (gpointer)(strcmp(operator, "ne") == 0 ? "ne" : "endswith"));
    return filter;
}

static struct filter *read_or(struct scanner *scanner);

static void take_literals(struct scanner *scanner, GPtrArray *literals, gboolean several)
{
    do {
        struct literal *literal = take_literal(scanner);
        if (literal == NULL)
            return;
        g_ptr_array_add(literals, literal);
        skip_blanks(scanner);
    } while (several && *scanner->at == ',' && scanner->at++ != NULL);
}

/* startswith(path,'text') and the like. */
static struct filter *read_function(struct scanner *scanner, const char *function)
{
    g_autofree char *name = NULL;
    GPtrArray *literals = g_ptr_array_new_with_free_func(literal_free);
    if (take_sign(scanner, '(') && (name = take_name(scanner)) != NULL && take_sign(scanner, ','))
        take_literals(scanner, literals, FALSE);
    if (scanner->reading->fault == NULL)
        take_sign(scanner, ')');
    /* What a function says may be compared with true. */
    if (scanner->reading->fault == NULL && take_word(scanner, "eq") && !take_word(scanner, "true"))
        reading_fault(scanner->reading, "Invalid filter clause: 'true' is expected at '%s'.", scanner->at);
    return compare_new(scanner, name != NULL ? name : "", function, literals);
}

/* array/any(x:condition), of which one may not stand within another. */
static struct filter *read_any(struct scanner *scanner, const char *array)
{
    struct reading *reading = scanner->reading;
    if (scanner->variable != NULL)
        return reading_fault(reading, "Invalid filter clause: any() within any() is not supported.");
    if (!take_sign(scanner, '('))
        return NULL;
    scanner->variable = take_name(scanner);
    scanner->array = g_strdup(array);
    struct filter *inner = take_sign(scanner, ':') ? read_or(scanner) : NULL;
    if (reading->fault == NULL)
        take_sign(scanner, ')');
    g_clear_pointer(&scanner->variable, g_free);
    g_clear_pointer(&scanner->array, g_free);
    return inner;
}

static struct filter *read_comparison(struct scanner *scanner, const char *name)
{
    static const char *const operators[] = {"eq", "ne", "gt", "ge", "lt", "le", "in"};
    for (gsize i = 0; i < G_N_ELEMENTS(operators); i++) {
        if (!take_word(scanner, operators[i]))
            continue;
        GPtrArray *literals = g_ptr_array_new_with_free_func(literal_free);
        gboolean several = strcmp(operators[i], "in") == 0;
        if (!several || take_sign(scanner, '('))
            take_literals(scanner, literals, several);
        if (several && scanner->reading->fault == NULL)
            take_sign(scanner, ')');
        return compare_new(scanner, name, operators[i], literals);
    }
    return reading_fault(scanner->reading, "Invalid filter clause: an operator is expected at '%s'.", scanner->at);
}

static struct filter *read_term(struct scanner *scanner)
{
    if (++scanner->depth > DEPTH_MOST)
        return reading_fault(scanner->reading, "Invalid filter clause: it is nested too deeply.");
    if (take_word(scanner, "not")) {
        g_ptr_array_add(scanner->reading->reasons, (gpointer) "not");
        return filter_new(FILTER_NOT, read_term(scanner), NULL);
    }
    skip_blanks(scanner);
    if (*scanner->at == '(') {
        scanner->at++;
        struct filter *inner = read_or(scanner);
        if (scanner->reading->fault == NULL)
            take_sign(scanner, ')');
        return inner;
    }
    g_autofree char *name = take_name(scanner);
    if (*name == '\0')
        return reading_fault(scanner->reading, "Invalid filter clause: a property is expected at '%s'.", scanner->at);
    static const char *const functions[] = {"startswith", "endswith", "contains"};
    for (gsize i = 0; i < G_N_ELEMENTS(functions); i++)
        if (g_ascii_strcasecmp(name, functions[i]) == 0 && *scanner->at == '(')
            return read_function(scanner, functions[i]);
    if (g_str_has_suffix(name, "/any") && *scanner->at == '(') {
        g_autofree char *array = g_strndup(name, strlen(name) - strlen("/any"));
        return read_any(scanner, array);
    }
    return read_comparison(scanner, name);
}

static struct filter *read_and(struct scanner *scanner)
{
    struct filter *left = read_term(scanner);
    while (scanner->reading->fault == NULL && take_word(scanner, "and"))
        left = filter_new(FILTER_AND, left, read_term(scanner));
    return left;
}

static struct filter *read_or(struct scanner *scanner)
{
    struct filter *left = read_and(scanner);
    while (scanner->reading->fault == NULL && take_word(scanner, "or"))
        left = filter_new(FILTER_OR, left, read_and(scanner));
    return left;
}

struct filter *filter_read(struct reading *reading, const char *text)
{
    struct scanner scanner = {.reading = reading, .at = text};
    struct filter *filter = read_or(&scanner);
    skip_blanks(&scanner);
    if (reading->fault == NULL && *scanner.at != '\0')
        reading_fault(reading, "Invalid filter clause: '%s' is not expected.", scanner.at);
    if (reading->fault == NULL)
        return filter;
    filter_free(filter);
    return NULL;
}

gboolean filter_names(const struct filter *filter, const char *name)
{
    if (filter == NULL || filter->kind == FILTER_NOT)
        return FALSE;
    if (filter->kind == FILTER_OR)
        return filter_names(filter->left, name) && filter_names(filter->right, name);
    return (filter->path != NULL && g_ascii_strcasecmp(filter->path[0], name) == 0) ||
           filter_names(filter->left, name) || filter_names(filter->right, name);
}

/* The member NAME, followed through a reference; an element of another type than the one named has none. */
static const json *follow(const struct call *call, const json *object, const char *name)
{
    if (g_str_has_prefix(name, "microsoft.graph."))
        return g_strcmp0(json_get_string(object, "@odata.type") != NULL ? json_get_string(object, "@odata.type") + 1
                                                                        : NULL,
                         name) == 0
                   ? object
                   : NULL;
    g_autofree char *navigation = g_strconcat("+", name, NULL);
    g_autofree char *ids = g_strconcat("_", name, NULL);
    const json *value = json_get(object, name);
    value = value != NULL ? value : json_get(object, navigation);
    value = value != NULL ? value : json_get(object, ids);
    const char *collection = json_get_string(value, "_ref");
    return collection != NULL ? tenant_find(call->practice, collection, json_get_string(value, "id")) : value;
}

static int compare_values(const json *value, const json *literal)
{
    if (json_is_bool(literal) || json_is_number(literal)) {
        g_autofree char *a = value != NULL ? json_text(value) : g_strdup("");
        g_autofree char *b = json_text(literal);
        return json_is_number(literal) ? (int)(g_ascii_strtoll(a, NULL, 10) - g_ascii_strtoll(b, NULL, 10))
                                       : strcmp(a, b);
    }
    g_autofree char *a = g_utf8_casefold(json_string(value) != NULL ? json_string(value) : "", -1);
    g_autofree char *b = g_utf8_casefold(json_string(literal), -1);
    return strcmp(a, b);
}

static gboolean value_matches(const char *operator, const json * value, const json *literal)
{
    gboolean missing = value == NULL || json_is_null(value);
    if (g_str_has_suffix(operator, "with") || strcmp(operator, "contains") == 0) {
        g_autofree char *whole = g_utf8_casefold(json_string(value) != NULL ? json_string(value) : "", -1);
        g_autofree char *part = g_utf8_casefold(json_string(literal) != NULL ? json_string(literal) : "", -1);
        return !missing && (operator[0] == 'c' ? strstr(whole, part) != NULL :
                            operator[0] == 'e' ? g_str_has_suffix(whole, part)
                                               : g_str_has_prefix(whole, part));
    }
    if (json_is_null(literal))
        return missing == (strcmp(operator, "ne") != 0);
    if (missing)
        return strcmp(operator, "ne") == 0;
    int order = compare_values(value, literal);
    switch (operator[0] == 'i' ? 'e' : operator[0]) {
    case 'e':
        return order == 0;
    case 'n':
        return order != 0;
    case 'g':
        return operator[1] == 't' ? order > 0 : order >= 0;
    default:
        return operator[1] == 't' ? order < 0 : order <= 0;
    }
}

static gboolean some_literal_matches(const struct filter *filter, const json *value)
{
    for (guint i = 0; i < filter->literals->len; i++) {
        const struct literal *literal = g_ptr_array_index(filter->literals, i);
        if (value_matches(filter->operator, value, literal->value))
            return TRUE;
    }
    return FALSE;
}

static gboolean path_matches(const struct call *call, const struct filter *filter, char **path, const json *value)
{
    for (; *path != NULL; path++) {
        if (strcmp(*path, "any") == 0) {
            json_for_each (item, value) {
                if (path_matches(call, filter, path + 1, item))
                    return TRUE;
            }
            return FALSE;
        }
        if (strcmp(*path, "$count") == 0) {
            g_autoptr(json) count = json_new_int(json_length(value));
            return some_literal_matches(filter, count);
        }
        value = value != NULL ? follow(call, value, *path) : NULL;
    }
    return some_literal_matches(filter, value);
}

gboolean filter_matches(const struct call *call, const struct filter *filter, const json *object)
{
    switch (filter->kind) {
    case FILTER_AND:
        return filter_matches(call, filter->left, object) && filter_matches(call, filter->right, object);
    case FILTER_OR:
        return filter_matches(call, filter->left, object) || filter_matches(call, filter->right, object);
    case FILTER_NOT:
        return !filter_matches(call, filter->left, object);
    default:
        return path_matches(call, filter, filter->path, object);
    }
}
