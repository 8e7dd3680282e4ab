/* SPDX-License-Identifier: MIT */
/* $search, and $orderby. */
#include <string.h>

#include "practice/graph.h"
#include "practice/odata_filter.h"

struct search_term {
    char *property;
    char *text;   /* case folded */
    gboolean all; /* AND joins it to the term before it; else OR */
    gboolean not ;
};

struct search {
    GPtrArray *terms; /* of struct search_term */
};

struct order {
    char **properties;
    gboolean *descending;
};

static void search_term_free(gpointer data)
{
    struct search_term *term = data;
    g_free(term->property);
    g_free(term->text);
    g_free(term);
}

void search_free(struct search *search)
{
    if (search == NULL)
        return;
    g_ptr_array_unref(search->terms);
    g_free(search);
}

/* "displayName:text" in double quotes. */
static void read_term(struct reading *reading, struct search *search, GMatchInfo *match)
{
    g_autofree char *joined = g_match_info_fetch_named(match, "join");
    g_autofree char *not = g_match_info_fetch_named(match, "not");
    g_autofree char *property = g_match_info_fetch_named(match, "property");
    g_autofree char *text = g_match_info_fetch_named(match, "text");
    if (!graph_has_word(json_get_string(reading->rules, "search"), property))
        reading_fault(reading, "The property '%s' cannot be searched.", property);
    struct search_term *term = g_new0(struct search_term, 1);
    term->property = g_steal_pointer(&property);
    term->text = g_utf8_casefold(text, -1);
    term->all = strstr(joined, "AND") != NULL;
    term->not = *not != '\0';
    g_ptr_array_add(search->terms, term);
}

struct search *search_read(struct reading *reading, const char *text)
{
    static const char form[] =
        "\\G(?<join>^|\\s+AND\\s+|\\s+OR\\s+)(?<not>NOT\\s+)?\"(?<property>[A-Za-z]+):(?<text>[^\"]+)\"";
    g_autoptr(GRegex) pattern = g_regex_new(form, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    struct search *search = g_new0(struct search, 1);
    int end = 0;
    search->terms = g_ptr_array_new_with_free_func(search_term_free);
    for (g_regex_match(pattern, text, 0, &match); g_match_info_matches(match); g_match_info_next(match, NULL)) {
        read_term(reading, search, match);
        g_match_info_fetch_pos(match, 0, NULL, &end);
    }
    if (end == 0 || text[end] != '\0')
        reading_fault(reading, "Syntax error: the search term %s is not of the form \"property:text\".", text);
    if (reading->fault == NULL)
        return search;
    search_free(search);
    return NULL;
}

/* $search finds words by their beginning. */
static gboolean term_matches(const struct search_term *term, const json *object)
{
    const char *value = json_get_string(object, term->property);
    g_autofree char *folded = g_utf8_casefold(value != NULL ? value : "", -1);
    gboolean found = FALSE;
    for (const char *at = folded; !found && (at = strstr(at, term->text)) != NULL; at++)
        found = at == folded || strchr(" .-_@'", at[-1]) != NULL;
    return found != term->not ;
}

gboolean search_matches(const struct search *search, const json *object)
{
    gboolean matches = FALSE;
    for (guint i = 0; i < search->terms->len; i++) {
        const struct search_term *term = g_ptr_array_index(search->terms, i);
        matches = term->all ? matches && term_matches(term, object) : matches || term_matches(term, object);
    }
    return matches;
}

void order_free(struct order *order)
{
    if (order == NULL)
        return;
    g_strfreev(order->properties);
    g_free(order->descending);
    g_free(order);
}

struct order *order_read(struct reading *reading, const char *text)
{
    struct order *order = g_new0(struct order, 1);
    order->properties = g_strsplit(text, ",", -1);
    order->descending = g_new0(gboolean, g_strv_length(order->properties) + 1);
    for (guint i = 0; order->properties[i] != NULL; i++) {
        g_auto(GStrv) words = g_strsplit(g_strstrip(order->properties[i]), " ", -1);
        guint count = g_strv_length(words);
        order->descending[i] = count == 2 && g_ascii_strcasecmp(words[1], "desc") == 0;
        if (count == 0 || count > 2 ||
            (count == 2 && !order->descending[i] && g_ascii_strcasecmp(words[1], "asc") != 0))
            reading_fault(reading, "Invalid orderby clause: '%s'.", text);
        else if (!graph_has_word(json_get_string(reading->rules, "orderby"), words[0]))
            reading_fault(reading, "Invalid orderby clause: '%s' cannot be sorted by.", words[0]);
        else {
            g_free(order->properties[i]);
            order->properties[i] = g_strdup(words[0]);
            g_autofree char *reason = g_strconcat("orderby:", words[0], NULL);
            g_ptr_array_add(reading->reasons, (gpointer)g_intern_string(reason));
        }
    }
    if (order->properties[0] == NULL)
        reading_fault(reading, "Invalid orderby clause: it is empty.");
    if (reading->fault == NULL)
        return order;
    order_free(order);
    return NULL;
}

static int compare_objects(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct order *order = data;
    for (guint i = 0; order->properties[i] != NULL; i++) {
        const char *texts[] = {json_get_string((*(const json *const *)a), order->properties[i]),
                               json_get_string((*(const json *const *)b), order->properties[i])};
        g_autofree char *first = g_utf8_casefold(texts[0] != NULL ? texts[0] : "", -1);
        g_autofree char *second = g_utf8_casefold(texts[1] != NULL ? texts[1] : "", -1);
        int result = strcmp(first, second);
        if (result != 0)
            return order->descending[i] ? -result : result;
    }
    return 0;
}

void order_sort(const struct order *order, GPtrArray *objects)
{
    g_ptr_array_sort_with_data(objects, compare_objects, (gpointer)order);
}
