#include "practice/odata.h"

#include <string.h>

#include "practice/odata_filter.h"
#include "practice/route.h"
#include "practice/tenant.h"

#define PAGE 100
#define PAGE_MOST 999

void odata_free(struct odata *odata)
{
    if (odata == NULL)
        return;
    g_strfreev(odata->select);
    json_free(odata->expand);
    g_free(odata->filter_shape);
    g_clear_pointer(&odata->literals, g_ptr_array_unref);
    g_clear_pointer(&odata->search, g_ptr_array_unref);
    g_free(odata);
}

/* One of the blank-separated WORDS. */
static gboolean has_word(const char *words, const char *word)
{
    g_auto(GStrv) list = g_strsplit(words != NULL ? words : "", " ", -1);
    return g_strv_contains((const char *const *)list, word);
}

/* The end of the item that starts at TEXT: a comma or the end, outside parentheses. */
static const char *item_end(const char *text)
{
    int depth = 0;
    for (; *text != '\0' && (*text != ',' || depth > 0); text++)
        depth += *text == '(' ? 1 : *text == ')' ? -1 : 0;
    return text;
}

static gboolean read_expand(struct call *call, const char *allowed, const char *prefix, const char *text, json *tree);

static gboolean read_expand_item(struct call *call, const char *allowed, const char *prefix, const char *item,
                                 json *tree)
{
    gsize length = strcspn(item, "(");
    g_autofree char *name = g_strstrip(g_strndup(item, length));
    g_autofree char *path = *prefix != '\0' ? g_strconcat(prefix, ".", name, NULL) : g_strdup(name);
    if (!has_word(allowed, path))
        return graph_bad_request(call, "Could not find a property named '%s' to expand here.", name);
    json_set(tree, name, json_new_object());
    if (item[length] == '\0')
        return TRUE;
    const char *options = item + length + 1;
    if (!g_str_has_suffix(options, ")"))
        return graph_bad_request(call, "The options '%s' in $expand do not end.", options);
    g_autofree char *inner = g_strndup(options, strlen(options) - 1);
    if (g_str_has_prefix(inner, "$select="))
        return TRUE;
    if (!g_str_has_prefix(inner, "$expand="))
        return graph_bad_request(call, "The options '%s' in $expand are not supported.", inner);
    return read_expand(call, allowed, path, inner + strlen("$expand="), json_get(tree, name));
}

static gboolean read_expand(struct call *call, const char *allowed, const char *prefix, const char *text, json *tree)
{
    while (*text != '\0') {
        const char *end = item_end(text);
        g_autofree char *item = g_strndup(text, (gsize)(end - text));
        if (!read_expand_item(call, allowed, prefix, item, tree))
            return FALSE;
        text = *end == ',' ? end + 1 : end;
    }
    return TRUE;
}

static gboolean read_number(struct call *call, const char *name, gint64 least, gint64 most, gint64 *number)
{
    const char *text = call_query(call, name);
    if (text == NULL)
        return TRUE;
    guint64 read = 0;
    if (!g_ascii_string_to_unsigned(text, 10, (guint64)least, (guint64)most, &read, NULL))
        return graph_bad_request(call, "Invalid value '%s' for the query option %s.", text, name);
    *number = (gint64)read;
    return TRUE;
}

static gboolean check_names(struct call *call, const struct odata_rules *rules)
{
    GHashTableIter iter;
    gpointer key = NULL;
    g_hash_table_iter_init(&iter, call->query);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        const char *name = key;
        gboolean known = (strcmp(name, "$select") == 0) || (rules->filters != NULL && strcmp(name, "$filter") == 0) ||
                         (rules->expands != NULL && strcmp(name, "$expand") == 0) ||
                         (rules->searches != NULL && strcmp(name, "$search") == 0) ||
                         (rules->paged && has_word("$top $skip $skiptoken $count", name));
        if (!known)
            return graph_bad_request(call, "The query option '%s' is not supported here.", name);
    }
    return TRUE;
}

static gboolean read_paging(struct call *call)
{
    struct odata *odata = call->odata;
    odata->top = PAGE;
    odata->count = g_strcmp0(call_query(call, "$count"), "true") == 0;
    return read_number(call, "$top", 1, PAGE_MOST, &odata->top) &&
           read_number(call, "$skip", 0, G_MAXINT, &odata->skip) &&
           read_number(call, "$skiptoken", 0, G_MAXINT, &odata->skip);
}

static const struct odata_rules no_rules = {0};

gboolean odata_read(struct call *call, const struct odata_rules *rules)
{
    if (rules == NULL)
        rules = &no_rules;
    call->odata = g_new0(struct odata, 1);
    struct odata *odata = call->odata;
    odata->expand = json_new_object();
    if (!check_names(call, rules) || !read_paging(call))
        return FALSE;
    const char *select = call_query(call, "$select");
    if (select != NULL || rules->defaults != NULL)
        odata->select = g_strsplit(select != NULL ? select : rules->defaults, ",", -1);
    for (char **name = odata->select; name != NULL && *name != NULL; name++)
        g_strstrip(*name);
    const char *expand = call_query(call, "$expand");
    if (expand != NULL && !read_expand(call, rules->expands, "", expand, odata->expand))
        return FALSE;
    return odata_read_filter(call, rules) && odata_read_search(call, rules);
}

gboolean odata_matches(const struct call *call, const json *object)
{
    return odata_filter_matches(call, object) && odata_search_matches(call, object);
}

static json *present(const struct call *call, const json *object, char **select, const json *expand);

static json *present_value(const struct call *call, const json *value, const json *expand)
{
    if (json_is_array(value)) {
        json *array = json_new_array();
        json_for_each (item, value) {
            json_append(array, present_value(call, item, expand));
        }
        return array;
    }
    const char *collection = json_get_string(value, "_ref");
    if (collection != NULL)
        value = tenant_find(call->practice, collection, json_get_string(value, "id"));
    return json_is_object(value) ? present(call, value, NULL, expand) : json_copy(value);
}

/* Graph answers what is selected, and always the type of an object. */
static gboolean is_selected(char **select, const char *name)
{
    return select == NULL || g_str_has_prefix(name, "@odata.") || g_strv_contains((const char *const *)select, name);
}

static json *present(const struct call *call, const json *object, char **select, const json *expand)
{
    json *shown = json_new_object();
    json_for_each (member, object) {
        const char *name = json_name(member);
        if (name[0] == '_')
            continue;
        const json *inner = name[0] == '+' ? json_get(expand, name + 1) : NULL;
        if (name[0] == '+' && inner != NULL)
            json_set(shown, name + 1, present_value(call, member, inner));
        else if (name[0] != '+' && is_selected(select, name))
            json_set(shown, name, present_value(call, member, NULL));
    }
    return shown;
}

json *odata_present(const struct call *call, const json *object)
{
    const struct odata *odata = call->odata;
    return present(call, object, odata != NULL ? odata->select : NULL, odata != NULL ? odata->expand : NULL);
}

static char *context_of(const struct call *call, const char *suffix)
{
    g_auto(GStrv) parts = g_strsplit(call->path, "/", 3);
    return g_strdup_printf("%s/%s/$metadata#%s%s", call->practice->origins[SERVICE_GRAPH], parts[1],
                           parts[1] != NULL && parts[2] != NULL ? parts[2] : "", suffix);
}

/* The next page's address: this request's, with another $skiptoken. */
static char *next_link(const struct call *call, gint64 skip)
{
    GString *link = g_string_new(call->practice->origins[SERVICE_GRAPH]);
    g_string_append_printf(link, "%s?", call->raw_path);
    g_auto(GStrv) options = g_strsplit(call->raw_query, "&", -1);
    for (char **option = options; *option != NULL; option++)
        if (**option != '\0' && strstr(*option, "skip") == NULL)
            g_string_append_printf(link, "%s&", *option);
    g_string_append_printf(link, "$skiptoken=%" G_GINT64_FORMAT, skip);
    return g_string_free(link, FALSE);
}

void odata_answer_list(struct call *call, GPtrArray *objects)
{
    const struct odata *odata = call->odata;
    gint64 end = MIN((gint64)objects->len, odata->skip + odata->top);
    json *value = json_new_array();
    for (gint64 i = odata->skip; i < end; i++)
        json_append(value, odata_present(call, g_ptr_array_index(objects, i)));
    g_autofree char *context = context_of(call, "");
    json *list = json_from("{'@odata.context':%s}", context);
    if (odata->count && odata->skip == 0)
        json_set_int(list, "@odata.count", objects->len);
    if (end < (gint64)objects->len) {
        g_autofree char *link = next_link(call, end);
        json_set_string(list, "@odata.nextLink", link);
    }
    json_set(list, "value", value);
    answer_json(call, 200, list);
}

void odata_answer_object(struct call *call, int status, const json *object)
{
    g_autofree char *context = context_of(call, "/$entity");
    json *shown = json_from("{'@odata.context':%s}", context);
    g_autoptr(json) copy = odata_present(call, object);
    json_for_each (member, copy) {
        json_set(shown, json_name(member), json_copy(member));
    }
    answer_json(call, status, shown);
}
