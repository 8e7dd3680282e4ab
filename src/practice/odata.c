/* SPDX-License-Identifier: MIT */
#include "practice/odata.h"

#include <string.h>

#include <sodium.h>

#include "practice/graph.h"
#include "practice/tenant.h"

#define PAGE 100
#define PAGE_MOST 999
#define TOKEN_BYTES 16

void odata_free(struct odata *odata)
{
    if (odata == NULL)
        return;
    g_strfreev(odata->select);
    json_free(odata->expand);
    filter_free(odata->filter);
    search_free(odata->search);
    order_free(odata->order);
    g_free(odata);
}

static gboolean is_eventual(const struct call *call)
{
    return call->consistency != NULL && g_ascii_strcasecmp(call->consistency, "eventual") == 0;
}

/* TRUE for an advanced query: $count=true and the header ConsistencyLevel: eventual. */
static gboolean odata_is_advanced(const struct call *call)
{
    return is_eventual(call) &&
           ((call->route != NULL && call->route->counts) || g_strcmp0(call_query(call, "$count"), "true") == 0);
}

/* What the route, or else its resource, says of NAME; NULL if neither does. */
static const char *rule(const struct call *call, const char *name)
{
    const char *own = call->route != NULL ? json_get_string(call->route->data, name) : NULL;
    return own != NULL ? own : json_get_string(call->route != NULL ? call->route->rules : NULL, name);
}

/* The end of the item that starts at TEXT: SEPARATOR or the end, outside parentheses. */
static const char *item_end(const char *text, char separator)
{
    int depth = 0;
    for (; *text != '\0' && (*text != separator || depth > 0); text++)
        depth += *text == '(' ? 1 : *text == ')' ? -1 : 0;
    return text;
}

/* The names of a $select, in which none is empty, unknown (PROPERTIES NULL: whatever it is) or there twice. */
static char **read_names(struct reading *reading, const char *text, const char *properties)
{
    char **names = g_strsplit(text, ",", -1);
    for (guint i = 0; names[i] != NULL; i++) {
        g_strstrip(names[i]);
        if (properties != NULL && !graph_has_word(properties, names[i]))
            reading_fault(reading, "Parsing OData Select and Expand failed: Could not find a property named '%s'.",
                          names[i]);
        for (guint k = 0; k < i; k++)
            if (g_ascii_strcasecmp(names[i], names[k]) == 0)
                reading_fault(reading, "Parsing OData Select and Expand failed: '%s' is selected twice.", names[i]);
    }
    if (names[0] == NULL || *names[0] == '\0')
        reading_fault(reading, "Parsing OData Select and Expand failed: $select is empty.");
    return names;
}

static void read_expand(struct reading *reading, const char *text, const json *allowed, json *tree);

/* Of which resource a relationship's members are, no table says: NAME is a property of one of them at least. */
static gboolean is_some_property(const struct reading *reading, const char *name)
{
    gboolean found = FALSE;
    json_for_each (resource, reading->resources) {
        found = found || graph_has_word(json_get_string(resource, "properties"), name);
    }
    return found;
}

/* What stands in the parentheses behind a relationship: $select and $expand, separated by semicolons. */
static void read_expand_options(struct reading *reading, const char *text, const json *allowed, json *tree)
{
    while (*text != '\0' && reading->fault == NULL) {
        const char *end = item_end(text, ';');
        g_autofree char *option = g_strstrip(g_strndup(text, (gsize)(end - text)));
        if (g_str_has_prefix(option, "$select=")) {
            g_auto(GStrv) names = read_names(reading, option + strlen("$select="), NULL);
            json *list = json_new_array();
            for (char **name = names; *name != NULL; name++) {
                json_append_string(list, *name);
                if (**name != '\0' && !is_some_property(reading, *name))
                    reading_fault(reading,
                                  "Parsing OData Select and Expand failed: Could not find a property named '%s'.",
                                  *name);
            }
            json_set(tree, "$select", list);
        } else if (g_regex_match_simple("^[$]levels=(max|[1-9][0-9]{0,2})$", option, 0, 0) &&
                   json_get(allowed, "$levels") != NULL) {
            g_ptr_array_add(reading->reasons, (gpointer) "levels");
        } else if (g_str_has_prefix(option, "$expand=")) {
            read_expand(reading, option + strlen("$expand="), allowed, tree);
        } else {
            reading_fault(reading, "The option '%s' in $expand is not supported.", option);
        }
        text = *end != '\0' ? end + 1 : end;
    }
}

/* One relationship of ALLOWED; a text there names those that may be expanded in it. */
static void read_expand_item(struct reading *reading, const char *item, const json *allowed, json *tree)
{
    gsize length = strcspn(item, "(");
    g_autofree char *name = g_strstrip(g_strndup(item, length));
    const json *inner = json_get(allowed, name);
    if (inner == NULL) {
        reading_fault(reading,
                      "Parsing OData Select and Expand failed: Could not find a property named '%s' to expand.", name);
        return;
    }
    g_autoptr(json) words = json_new_object();
    g_auto(GStrv) list = g_strsplit(json_string(inner) != NULL ? json_string(inner) : "", " ", -1);
    for (char **word = list; *word != NULL; word++)
        if (**word != '\0')
            json_set_string(words, *word, "");
    json_set(tree, name, json_new_object());
    if (item[length] == '\0')
        return;
    if (!g_str_has_suffix(item, ")") || item[length + 1] == ')') {
        reading_fault(reading, "Parsing OData Select and Expand failed: the options of '%s' do not end.", name);
        return;
    }
    g_autofree char *options = g_strndup(item + length + 1, strlen(item + length + 1) - 1);
    read_expand_options(reading, options, json_is_object(inner) ? inner : words, json_get(tree, name));
}

static void read_expand(struct reading *reading, const char *text, const json *allowed, json *tree)
{
    if (*text == '\0')
        reading_fault(reading, "Parsing OData Select and Expand failed: $expand is empty.");
    while (*text != '\0' && reading->fault == NULL) {
        const char *end = item_end(text, ',');
        g_autofree char *item = g_strndup(text, (gsize)(end - text));
        read_expand_item(reading, item, allowed, tree);
        text = *end != '\0' ? end + 1 : end;
    }
}

static void read_number(struct call *call, struct reading *reading, const char *name, guint64 least, guint64 most,
                        gint64 *number)
{
    const char *text = call_query(call, name);
    guint64 read = 0;
    if (text == NULL)
        return;
    if (!g_ascii_string_to_unsigned(text, 10, least, most, &read, NULL))
        reading_fault(reading, "Invalid page size or count: '%s' for the query option %s.", text, name);
    *number = (gint64)read;
}

/* Every option is one that the resource takes, and there once. */
static void check_names(struct call *call, struct reading *reading)
{
    const char *of_list = reading->rules != NULL ? rule(call, "options") : NULL;
    const char *options = of_list != NULL && call->route->counts ? "filter search count" : of_list;
    g_auto(GStrv) pairs = g_strsplit(call->raw_query, "&", -1);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (char **pair = pairs; *pair != NULL; pair++) {
        g_autofree char *raw = g_strndup(*pair, strcspn(*pair, "="));
        g_autofree char *said = g_uri_unescape_string(raw, NULL);
        if (said == NULL || said[0] != '$')
            continue;
        g_autofree char *name = g_ascii_strdown(said, -1);
        /* JSON is all there is, and may be asked for (query-parameters). */
        if (reading->rules != NULL && strcmp(name, "$format") == 0 && strcmp(*pair + strlen(raw), "=json") == 0)
            continue;
        if (strcmp(name, "$skiptoken") != 0 && !graph_has_word(options, name + 1))
            reading_fault(reading, "The query option '%s' is not supported here.", name);
        else if (!g_hash_table_add(seen, g_steal_pointer(&name)))
            reading_fault(reading,
                          "Query option '%s' was specified more than once, but it must be specified at most "
                          "once.",
                          *pair);
    }
}

/* What a page's token proves: that this tenant made it, for this query. Caller frees. */
static char *token_for(const struct call *call, gint64 skip)
{
    g_autoptr(GString) text = g_string_new(tenant_id(call->practice));
    g_auto(GStrv) options = g_strsplit(call->raw_query, "&", -1);
    g_string_append(text, call->path);
    for (char **option = options; *option != NULL; option++)
        if (strstr(*option, "skiptoken") == NULL)
            g_string_append_printf(text, "&%s", *option);
    g_string_append_printf(text, "&%" G_GINT64_FORMAT, skip);
    guchar bytes[TOKEN_BYTES + sizeof skip];
    char encoded[2 * sizeof bytes];
    crypto_generichash(bytes, TOKEN_BYTES, (const guchar *)text->str, text->len, NULL, 0);
    memcpy(bytes + TOKEN_BYTES, &skip, sizeof skip);
    sodium_bin2base64(encoded, sizeof encoded, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return g_strdup(encoded);
}

static void read_token(struct call *call, struct reading *reading)
{
    const char *token = call_query(call, "$skiptoken");
    guchar bytes[TOKEN_BYTES + sizeof(gint64)] = {0};
    gsize length = 0;
    if (token == NULL)
        return;
    gboolean decoded = sodium_base642bin(bytes, sizeof bytes, token, strlen(token), NULL, &length, NULL,
                                         sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0;
    memcpy(&call->odata->skip, bytes + TOKEN_BYTES, sizeof call->odata->skip);
    g_autofree char *real = token_for(call, call->odata->skip);
    if (!decoded || length != sizeof bytes || strcmp(real, token) != 0)
        reading_fault(reading, "The skip token is not valid.");
}

static void read_paging(struct call *call, struct reading *reading)
{
    const json *rules = reading->rules;
    const char *count = call_query(call, "$count");
    gint64 most = json_get_int(rules, "top", PAGE_MOST);
    call->odata->top = MIN(PAGE, most);
    if (count != NULL && strcmp(count, "true") != 0 && strcmp(count, "false") != 0)
        reading_fault(reading, "Invalid value '%s' for $count query option.", count);
    read_number(call, reading, "$top", 1, (guint64)most, &call->odata->top);
    read_number(call, reading, "$skip", 0, G_MAXINT, &call->odata->skip);
    read_token(call, reading);
    if (call->page_size > 0 && call_query(call, "$top") == NULL)
        call->odata->top = MIN(call->odata->top, call->page_size);
    /* A count of directory objects is an advanced query; where the header is missing, Graph gives none. */
    call->odata->count =
        g_strcmp0(count, "true") == 0 && (!graph_has_word(rule(call, "advanced"), "count") || odata_is_advanced(call));
}

static void read_select_and_expand(struct call *call, struct reading *reading)
{
    const char *select = call_query(call, "$select");
    const char *expand = call_query(call, "$expand");
    const char *defaults = json_get_string(reading->rules, "defaults");
    gint64 of_resource = json_get_int(reading->rules, "expandMost", G_MAXINT);
    gint64 most = call->route != NULL ? json_get_int(call->route->data, "expandMost", of_resource) : of_resource;
    call->odata->expand = json_new_object();
    if (select != NULL)
        call->odata->select = read_names(reading, select, json_get_string(reading->rules, "properties"));
    else if (defaults != NULL)
        call->odata->select = g_strsplit(defaults, " ", -1);
    if (expand != NULL)
        read_expand(reading, expand, json_get(reading->rules, "expand"), call->odata->expand);
    if (json_length(call->odata->expand) > most)
        reading_fault(reading, "At most %d relationship can be expanded in one request.", (int)most);
}

static gboolean check_advanced(struct call *call, struct reading *reading)
{
    if (call->route->counts && !is_eventual(call))
        return graph_bad_request(call, "$count is not currently supported without the header 'ConsistencyLevel: "
                                       "eventual'.");
    if (call->odata->search != NULL && !is_eventual(call))
        return graph_error(call, 400, "Request_UnsupportedQuery",
                           "Request with $search query parameter only works through MSGraph with a special request "
                           "header: 'ConsistencyLevel: eventual'");
    if (call->odata->filter != NULL)
        g_ptr_array_add(reading->reasons, (gpointer) "filter");
    if (call->odata->filter != NULL && call->odata->order != NULL)
        g_ptr_array_add(reading->reasons, (gpointer) "filter+orderby");
    if (call->odata->order != NULL)
        g_ptr_array_add(reading->reasons, (gpointer) "orderby");
    /* A cast, or the first of the query's reasons to be an advanced one that the rules name. */
    const char *reason = call->route->cast != NULL ? "cast" : NULL;
    for (guint i = 0; reason == NULL && i < reading->reasons->len; i++)
        if (graph_has_word(rule(call, "advanced"), g_ptr_array_index(reading->reasons, i)))
            reason = g_ptr_array_index(reading->reasons, i);
    if (reason == NULL || odata_is_advanced(call))
        return TRUE;
    return graph_error(call, 400, "Request_UnsupportedQuery",
                       "'%s' is not supported because the required parameters might be missing. Try adding $count=true "
                       "query parameter and ConsistencyLevel:eventual header. Refer to "
                       "https://aka.ms/graph-docs/advanced-queries for more information",
                       strcmp(reason, "endswith") == 0 ? "Operator 'endsWith'" : reason);
}

/* What the route wants compared in the filter is there, and no more values than the directory takes. */
static void check_filter(struct call *call, struct reading *reading)
{
    const char *wanted = reading->rules != NULL ? json_get_string(call->route->data, "filters") : NULL;
    gint64 most = json_get_int(reading->rules, "clauses", G_MAXINT64);
    g_auto(GStrv) names = g_strsplit(wanted != NULL ? wanted : "", " ", -1);
    for (char **name = names; *name != NULL; name++)
        if (!filter_names(call->odata->filter, *name))
            reading_fault(reading, "The filter has to compare '%s'.", *name);
    if (reading->clauses > most)
        reading_fault(reading,
                      "Too many child clauses specified in search filter expression containing 'OR' operators: "
                      "%" G_GINT64_FORMAT ". Max allowed: %" G_GINT64_FORMAT ".",
                      reading->clauses, most);
}

gboolean odata_read(struct call *call, const json *rules)
{
    g_autoptr(GPtrArray) reasons = g_ptr_array_new();
    struct reading reading = {.rules = rules,
                              .enums = json_get(call->practice->schemas, "enums"),
                              .reasons = reasons,
                              .resources = json_get(call->practice->graph, "resources")};
    const char *wanted = rules != NULL ? json_get_string(call->route->data, "wants") : NULL;
    g_autofree char *option = g_strconcat("$", wanted, NULL);
    call->odata = g_new0(struct odata, 1);
    if (wanted != NULL && call_query(call, option) == NULL)
        reading_fault(&reading, "The query option '%s' is required here.", option);
    check_names(call, &reading);
    read_paging(call, &reading);
    read_select_and_expand(call, &reading);
    const char *filter = call_query(call, "$filter");
    const char *search = call_query(call, "$search");
    const char *order = call_query(call, "$orderby");
    if (filter != NULL && reading.fault == NULL)
        call->odata->filter = filter_read(&reading, filter);
    check_filter(call, &reading);
    if (search != NULL && reading.fault == NULL)
        call->odata->search = search_read(&reading, search);
    if (order != NULL && reading.fault == NULL)
        call->odata->order = order_read(&reading, order);
    if (reading.fault == NULL)
        return check_advanced(call, &reading);
    graph_bad_request(call, "%s", reading.fault);
    g_free(reading.fault);
    return FALSE;
}

static json *present(const struct call *call, const json *object, char **select, const json *expand);

static json *present_value(const struct call *call, const json *value, const json *expand)
{
    if (json_is_array(value)) {
        json *array = json_new_array();
        json_for_each (item, value) {
            json *shown = present_value(call, item, expand);
            if (shown != NULL)
                json_append(array, shown);
        }
        return array;
    }
    const char *collection = json_get_string(value, "_ref");
    if (collection != NULL)
        value = tenant_find(call->practice, collection, json_get_string(value, "id"));
    if (!json_is_object(value))
        return json_copy(value);
    const json *names = json_get(expand, "$select");
    g_autoptr(GPtrArray) select = g_ptr_array_new();
    json_for_each (name, names) {
        g_ptr_array_add(select, (gpointer)json_string(name));
    }
    g_ptr_array_add(select, NULL);
    json *shown = present(call, value, names != NULL ? (char **)select->pdata : NULL, expand);
    if (graph_type_of(collection) != NULL && !call->no_metadata)
        json_set_string(shown, "@odata.type", graph_type_of(collection));
    return shown;
}

/* Graph answers what is selected, and always the type of an object. */
static gboolean is_selected(const struct call *call, char **select, const char *name)
{
    const char *keys = rule(call, "keys");
    if (g_str_has_prefix(name, "@odata."))
        return !call->no_metadata;
    /* What is found by another member has no id. */
    if (strcmp(name, "id") == 0 && keys != NULL && !graph_has_word(keys, "id"))
        return FALSE;
    for (char **selected = select; selected != NULL && *selected != NULL; selected++)
        if (g_ascii_strcasecmp(*selected, name) == 0)
            return TRUE;
    return select == NULL;
}

/* What stands in another collection and names OBJECT by the member that the route's "children" say. */
static void present_children(const struct call *call, const json *object, const json *expand, json *shown)
{
    const json *rules = call->route != NULL ? json_get(call->route->rules, "children") : NULL;
    json_for_each (child, rules) {
        const json *inner = json_get(expand, json_name(child));
        const char *collection = json_get_string(child, "collection");
        if (inner == NULL)
            continue;
        json *rows = json_new_array();
        json_for_each (row, tenant_collection(call->practice, collection)) {
            if (same_text(json_get_string(row, json_get_string(child, "member")), json_get_string(object, "id")) &&
                tenant_is_listed(call->practice, row))
                json_append(rows, present(call, row, NULL, inner));
        }
        json_set(shown, json_name(child), rows);
    }
}

static json *present(const struct call *call, const json *object, char **select, const json *expand)
{
    json *shown = json_new_object();
    if (expand != NULL)
        present_children(call, object, expand, shown);
    json_for_each (member, object) {
        const char *name = json_name(member);
        const json *inner = name[0] == '+' ? json_get(expand, name + 1) : NULL;
        if (inner != NULL)
            json_set(shown, name + 1, present_value(call, member, inner));
        else if (name[0] != '+' && name[0] != '_' && is_selected(call, select, name))
            json_set(shown, name, present_value(call, member, NULL));
    }
    return shown;
}

/* "groups('ID')/owners" for the path "/v1.0/groups/ID/owners", whose ids stand where the route has {}. */
static char *metadata_path(const struct call *call)
{
    g_auto(GStrv) names = g_strsplit(call->route->path, "/", -1);
    g_autoptr(GString) path = g_string_new(NULL);
    guint parameter = 0;
    for (guint i = 2; names[i] != NULL; i++) {
        if (strcmp(names[i], "{}") == 0)
            g_string_append_printf(path, "('%s')", call->parameters[parameter++]);
        else if (!g_str_has_prefix(names[i], "microsoft.graph."))
            g_string_append_printf(path, "%s%s", path->len > 0 ? "/" : "", names[i]);
    }
    return g_string_free(g_steal_pointer(&path), FALSE);
}

/* "(id,displayName,principal())": what was selected and expanded. */
static char *context_list(const struct call *call)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_free);
    if (call->odata != NULL && call_query(call, "$select") != NULL)
        for (char **name = call->odata->select; *name != NULL; name++)
            g_ptr_array_add(items, g_strdup(*name));
    json_for_each (expanded, call->odata != NULL ? call->odata->expand : NULL) {
        g_ptr_array_add(items, g_strconcat(json_name(expanded), "()", NULL));
    }
    if (items->len == 0)
        return g_strdup("");
    g_ptr_array_add(items, NULL);
    g_autofree char *joined = g_strjoinv(",", (char **)items->pdata);
    return g_strdup_printf("(%s)", joined);
}

/* The context of an object (SUFFIX "/$entity") or a list. Where a resource has another name for it, "context" says so;
 * one that begins with # is no set, and has no entity either. */
static char *context_of(const struct call *call, const char *suffix)
{
    const char *named = rule(call, "context");
    g_autofree char *path = call->route->cast != NULL ? g_strconcat(call->route->cast, "s", NULL)
                            : named != NULL           ? g_strdup(named)
                                                      : metadata_path(call);
    g_autofree char *list = context_list(call);
    gboolean by_id = g_str_has_suffix(call->route->path, "/{}") && named == NULL;
    if (by_id)
        *strrchr(path, '(') = '\0';
    g_autofree char *version = g_strndup(call->route->path + 1, strcspn(call->route->path + 1, "/"));
    gboolean is_type = g_str_has_prefix(path, "microsoft.graph.");
    return g_strdup_printf("%s/%s/$metadata#%s%s%s", call->practice->origins[SERVICE_GRAPH], version, path, list,
                           is_type ? "" : suffix);
}

static GPtrArray *let_through(const struct call *call, GPtrArray *objects)
{
    const struct odata *odata = call->odata;
    GPtrArray *found = g_ptr_array_new();
    for (guint i = 0; i < objects->len; i++) {
        const json *object = g_ptr_array_index(objects, i);
        if ((odata->filter == NULL || filter_matches(call, odata->filter, object)) &&
            (odata->search == NULL || search_matches(odata->search, object)))
            g_ptr_array_add(found, (gpointer)object);
    }
    if (odata->order != NULL)
        order_sort(odata->order, found);
    return found;
}

void odata_answer_list(struct call *call, GPtrArray *objects)
{
    const struct odata *odata = call->odata;
    g_autoptr(GPtrArray) found = let_through(call, objects);
    if (call->route->counts) {
        call->status = 200;
        call->plain = g_strdup_printf("%u", found->len);
        return;
    }
    gint64 end = MIN((gint64)found->len, odata->skip + odata->top);
    g_autofree char *context = context_of(call, "");
    json *list = call->no_metadata ? json_new_object() : json_from("{'@odata.context':%s}", context);
    if (odata->count && call_query(call, "$skiptoken") == NULL)
        json_set_int(list, "@odata.count", found->len);
    if (end < (gint64)found->len) {
        /* The next page's address: this request's, with another $skiptoken. */
        g_autoptr(GString) link = g_string_new(call->practice->origins[SERVICE_GRAPH]);
        g_auto(GStrv) options = g_strsplit(call->raw_query, "&", -1);
        g_autofree char *token = token_for(call, end);
        g_string_append_printf(link, "%s?", call->raw_path);
        for (char **option = options; *option != NULL; option++)
            if (**option != '\0' && strstr(*option, "skip") == NULL)
                g_string_append_printf(link, "%s&", *option);
        g_string_append_printf(link, "$skiptoken=%s", token);
        json_set_string(list, "@odata.nextLink", link->str);
    }
    json *value = json_new_array();
    for (gint64 i = odata->skip; i < end; i++)
        json_append(value, present(call, g_ptr_array_index(found, i), odata->select, odata->expand));
    json_set(list, "value", value);
    answer_json(call, 200, list);
}

void odata_answer_object(struct call *call, int status, const json *object)
{
    g_autofree char *context = context_of(call, "/$entity");
    json *shown = call->no_metadata ? json_new_object() : json_from("{'@odata.context':%s}", context);
    g_autoptr(json) copy = present(call, object, call->odata != NULL ? call->odata->select : NULL,
                                   call->odata != NULL ? call->odata->expand : NULL);
    json_for_each (member, copy) {
        json_set(shown, json_name(member), json_copy(member));
    }
    if (status == 201 && json_get_string(object, "id") != NULL) {
        g_free(call->location);
        call->location = g_strdup_printf("%s%s/%s", call->practice->origins[SERVICE_GRAPH], call->raw_path,
                                         json_get_string(object, "id"));
    }
    answer_json(call, status, shown);
}
