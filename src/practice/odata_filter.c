#include "practice/odata_filter.h"

#include <string.h>

#include "practice/tenant.h"

/* Take one quoted literal at *TEXT, '' standing for one quote. FALSE if it does not end. */
static gboolean take_literal(const char **text, GPtrArray *literals)
{
    GString *literal = g_string_new(NULL);
    const char *at = *text + 1;
    while (*at != '\0' && (at[0] != '\'' || at[1] == '\'')) {
        if (*at == '\'')
            at++;
        g_string_append_c(literal, *at++);
    }
    gboolean ended = *at == '\'';
    *text = ended ? at + 1 : at;
    g_ptr_array_add(literals, g_string_free(literal, FALSE));
    return ended;
}

static gboolean take_bare_literal(const char **text, GPtrArray *literals)
{
    static const char *const words[] = {"true", "false"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        gsize length = strlen(words[i]);
        if (g_str_has_prefix(*text, words[i]) && !g_ascii_isalnum((*text)[length])) {
            g_ptr_array_add(literals, g_strdup(words[i]));
            *text += length;
            return TRUE;
        }
    }
    return FALSE;
}

/* The filter's shape, NULL if a literal does not end. Caller frees. */
static char *shape_of(const char *text, GPtrArray *literals)
{
    GString *shape = g_string_new(NULL);
    while (*text != '\0') {
        gboolean at_word = shape->len == 0 || strchr(" (,", shape->str[shape->len - 1]) != NULL;
        if (*text == '\'') {
            if (!take_literal(&text, literals)) {
                g_string_free(shape, TRUE);
                return NULL;
            }
            g_string_append_c(shape, '?');
        } else if (at_word && take_bare_literal(&text, literals)) {
            g_string_append_c(shape, '?');
        } else if (*text == ' ' && at_word) {
            text++;
        } else {
            g_string_append_c(shape, *text++);
        }
    }
    return g_strchomp(g_string_free(shape, FALSE));
}

static gboolean is_advanced(const struct call *call)
{
    return g_strcmp0(call->consistency, "eventual") == 0 && call->odata->count;
}

static gboolean check_advanced(struct call *call)
{
    if (strstr(call->odata->filter_shape, "endswith(") == NULL || is_advanced(call))
        return TRUE;
    return graph_error(call, 400, "Request_UnsupportedQuery",
                       "Operator 'endsWith' is not supported because the required parameters might be missing. Try "
                       "adding $count=true query parameter and ConsistencyLevel:eventual header.");
}

gboolean odata_read_filter(struct call *call, const struct odata_rules *rules)
{
    const char *filter = call_query(call, "$filter");
    if (filter == NULL)
        return TRUE;
    struct odata *odata = call->odata;
    odata->literals = g_ptr_array_new_with_free_func(g_free);
    odata->filter_shape = shape_of(filter, odata->literals);
    if (odata->filter_shape != NULL && g_strv_contains(rules->filters, odata->filter_shape))
        return check_advanced(call);
    return graph_bad_request(call, "Invalid filter clause: '%s' is not supported here.", filter);
}

/* The member of that name, followed through a reference. */
static const json *follow(const struct call *call, const json *object, const char *name)
{
    const json *value = json_get(object, name);
    if (value != NULL)
        return value;
    g_autofree char *navigation = g_strconcat("+", name, NULL);
    value = json_get(object, navigation);
    const char *collection = json_get_string(value, "_ref");
    return collection != NULL ? tenant_find(call->practice, collection, json_get_string(value, "id")) : value;
}

static const json *follow_path(const struct call *call, const json *object, const char *path)
{
    g_auto(GStrv) names = g_strsplit(path, "/", -1);
    for (char **name = names; *name != NULL && object != NULL; name++)
        object = follow(call, object, *name);
    return object;
}

static gboolean equals(const json *value, const char *literal)
{
    if (json_is_bool(value))
        return strcmp(json_is_true(value) ? "true" : "false", literal) == 0;
    return same_text(json_string(value), literal);
}

static gboolean any_equals(const struct call *call, const json *array, const char *path, const char *literal)
{
    json_for_each (item, array) {
        if (equals(path != NULL ? follow_path(call, item, path) : item, literal))
            return TRUE;
    }
    return FALSE;
}

static gboolean affix_matches(const char *function, const char *value, const char *literal)
{
    g_autofree char *folded = g_utf8_casefold(value != NULL ? value : "", -1);
    g_autofree char *affix = g_utf8_casefold(literal, -1);
    return strcmp(function, "endswith") == 0 ? g_str_has_suffix(folded, affix) : g_str_has_prefix(folded, affix);
}

/* One condition of the shape: "path eq ?", "startswith(path,?)", "array/any(x:x eq ?)", "array/any(x:x/TYPE/path eq
 * ?)" where only elements of the type have the path. */
static gboolean condition_matches(const struct call *call, const json *object, const char *condition,
                                  const char *literal)
{
    const char *any = strstr(condition, "/any(");
    if (any != NULL) {
        g_autofree char *array = g_strndup(condition, (gsize)(any - condition));
        const char *last = strrchr(condition, '/');
        g_autofree char *path = last > any ? g_strndup(last + 1, strcspn(last + 1, " ")) : NULL;
        return any_equals(call, json_get(object, array), path, literal);
    }
    if (g_str_has_prefix(condition, "startswith(") || g_str_has_prefix(condition, "endswith(")) {
        g_autofree char *function = g_strndup(condition, strcspn(condition, "("));
        const char *argument = strchr(condition, '(') + 1;
        g_autofree char *path = g_strndup(argument, strcspn(argument, ","));
        return affix_matches(function, json_string(follow_path(call, object, path)), literal);
    }
    g_autofree char *path = g_strndup(condition, strcspn(condition, " "));
    return equals(follow_path(call, object, path), literal);
}

gboolean odata_filter_matches(const struct call *call, const json *object)
{
    const struct odata *odata = call->odata;
    if (odata == NULL || odata->filter_shape == NULL)
        return TRUE;
    gboolean either = strstr(odata->filter_shape, " or ") != NULL;
    g_auto(GStrv) conditions = g_strsplit(odata->filter_shape, either ? " or " : " and ", -1);
    guint count = g_strv_length(conditions);
    for (guint i = 0; i < count; i++)
        if (condition_matches(call, object, conditions[i], g_ptr_array_index(odata->literals, i)) == either)
            return either;
    return !either;
}

static void search_term_free(gpointer data)
{
    struct search_term *term = data;
    g_free(term->property);
    g_free(term->text);
    g_free(term);
}

/* "displayName:text" in double quotes, several joined by OR. */
static gboolean read_term(struct call *call, const struct odata_rules *rules, const char *quoted)
{
    gsize length = strlen(quoted);
    const char *colon = strchr(quoted, ':');
    if (length < 3 || quoted[0] != '"' || quoted[length - 1] != '"' || colon == NULL)
        return graph_bad_request(call, "Syntax error: the search term %s is not of the form \"property:text\".",
                                 quoted);
    g_autofree char *property = g_strndup(quoted + 1, (gsize)(colon - quoted - 1));
    g_autofree char *text = g_strndup(colon + 1, strlen(colon + 1) - 1);
    g_auto(GStrv) known = g_strsplit(rules->searches, " ", -1);
    if (!g_strv_contains((const char *const *)known, property))
        return graph_bad_request(call, "The property '%s' cannot be searched.", property);
    struct search_term *term = g_new0(struct search_term, 1);
    term->property = g_steal_pointer(&property);
    term->text = g_utf8_casefold(text, -1);
    g_ptr_array_add(call->odata->search, term);
    return TRUE;
}

gboolean odata_read_search(struct call *call, const struct odata_rules *rules)
{
    const char *search = call_query(call, "$search");
    if (search == NULL)
        return TRUE;
    if (g_strcmp0(call->consistency, "eventual") != 0)
        return graph_error(call, 400, "Request_UnsupportedQuery",
                           "Request with $search query parameter only works through MSGraph with a special request "
                           "header: 'ConsistencyLevel: eventual'");
    call->odata->search = g_ptr_array_new_with_free_func(search_term_free);
    g_auto(GStrv) terms = g_strsplit(search, " OR ", -1);
    for (char **term = terms; *term != NULL; term++)
        if (!read_term(call, rules, *term))
            return FALSE;
    return TRUE;
}

/* $search finds words by their beginning. */
static gboolean term_matches(const struct search_term *term, const json *object)
{
    const char *value = json_get_string(object, term->property);
    if (value == NULL)
        return FALSE;
    g_autofree char *folded = g_utf8_casefold(value, -1);
    for (const char *at = folded; (at = strstr(at, term->text)) != NULL; at++)
        if (at == folded || strchr(" .-_@'", at[-1]) != NULL)
            return TRUE;
    return FALSE;
}

gboolean odata_search_matches(const struct call *call, const json *object)
{
    const struct odata *odata = call->odata;
    if (odata == NULL || odata->search == NULL)
        return TRUE;
    for (guint i = 0; i < odata->search->len; i++)
        if (term_matches(g_ptr_array_index(odata->search, i), object))
            return TRUE;
    return FALSE;
}
