/* SPDX-License-Identifier: MIT */
#include "microsoft/unexpected.h"

#include <string.h>

#include "base/assets.h"
#include "base/json.h"

#define TABLE "expected.json"
#define DEEPEST 12

/* What stands between the slashes of the table's paths. Read at the first call. */
static GHashTable *known_segments(void)
{
    static GHashTable *known;
    static gsize ready = 0;
    if (!g_once_init_enter(&ready))
        return known;
    known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    json_for_each (row, asset_table(TABLE)) {
        g_auto(GStrv) segments = g_strsplit(json_get_string(row, "path"), "/", -1);
        for (char **segment = segments; *segment != NULL; segment++)
            g_hash_table_add(known, g_strdup(*segment));
    }
    g_once_init_leave(&ready, 1);
    return known;
}

/* PATH with "*" for what names one object, and for whatever else Microsoft's paths do not have: it may be a company's
 * own name. Caller frees. */
static char *general_path(const char *path)
{
    g_auto(GStrv) segments = g_strsplit(path, "/", -1);
    for (char **segment = segments; *segment != NULL; segment++) {
        const char *bracket = strchr(*segment, '(');
        char *general =
            bracket != NULL ? g_strdup_printf("%.*s(*)", (int)(bracket - *segment), *segment) : g_strdup(*segment);
        /* In the table's paths "*" stands for what is in brackets. */
        if (!g_hash_table_contains(known_segments(), general)) {
            g_free(general);
            general = g_strdup("*");
        }
        g_free(*segment);
        *segment = general;
    }
    return g_strjoinv("/", segments);
}

/* The success that Microsoft's pages name for each method; what it refuses with is the same for all. */
static gboolean is_documented(const char *method, int status)
{
    static const int refusals[] = {400, 401, 403, 404, 409, 410, 412, 422, 423, 429, 500, 502, 503, 504, 507, 509};
    static const struct {
        const char *method;
        int statuses[4];
    } successes[] = {
        {"GET", {200}},      {"POST", {200, 201, 202, 204}}, {"PATCH", {200, 204}},
        {"PUT", {200, 204}}, {"DELETE", {200, 202, 204}},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++)
        if (refusals[i] == status)
            return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(successes); i++)
        for (gsize k = 0; g_str_equal(successes[i].method, method) && k < G_N_ELEMENTS(successes[i].statuses); k++)
            if (successes[i].statuses[k] == status)
                return TRUE;
    return FALSE;
}

/* The answer that is looked at, and what is found in it. */
struct look {
    const struct request *request;
    const struct reply *reply;
    const char *path;
    GPtrArray *found;
};

static void add(const struct look *look, enum unexpected_kind kind, const char *member)
{
    struct unexpected *unexpected = g_new0(struct unexpected, 1);
    const struct reply *reply = look->reply;
    unexpected->kind = kind;
    unexpected->method = g_strdup(look->request->method);
    unexpected->path = g_strdup(look->path);
    unexpected->member = g_strdup(member);
    unexpected->request_id = g_strdup(reply->request_id[0] != '\0' ? reply->request_id : reply->client_request_id);
    unexpected->status = reply->status;
    unexpected->times = 1;
    g_ptr_array_add(look->found, unexpected);
}

/* TRUE if LIST (NULL: anything) has TEXT, or each of the flags in it. */
static gboolean is_listed(const json *list, const char *text)
{
    g_auto(GStrv) flags = g_strsplit(text, ",", -1);
    for (char **flag = flags; list != NULL && *flag != NULL; flag++) {
        gboolean found = FALSE;
        json_for_each (one, list) {
            found = found || g_ascii_strcasecmp(json_string(one), g_strstrip(*flag)) == 0;
        }
        if (!found)
            return FALSE;
    }
    return TRUE;
}

/* The members below VALUE, which NAME holds, that KNOWN (name -> list of values) lists and that hold another value, or
 * what is no text, once each in NAMES. */
static void find_values(const json *value, const char *name, const json *known, GHashTable *names, int depth)
{
    const char *text = json_string(value);
    gboolean is_other = json_is_number(value) || json_is_bool(value);
    const json *list = name != NULL ? json_get(known, name) : NULL;
    if (list != NULL && (is_other || (text != NULL && !is_listed(list, text))))
        g_hash_table_add(names, g_strdup(name));
    json_for_each (member, depth > 0 && (json_is_object(value) || json_is_array(value)) ? value : NULL) {
        find_values(member, json_name(member) != NULL ? json_name(member) : name, known, names, depth - 1);
    }
}

/* TRUE if NAME is in what REQUEST selects; where it selects nothing everything is. */
static gboolean is_selected(const struct request *request, const char *name)
{
    for (guint i = 0; i < request->query->len; i++) {
        const struct query_parameter *parameter = request->query->pdata[i];
        if (strcmp(parameter->name, "$select") != 0)
            continue;
        g_auto(GStrv) names = g_strsplit(parameter->value, ",", -1);
        return g_strv_contains((const char *const *)names, name);
    }
    return TRUE;
}

/* TRUE if VALUE, one object, has no member NAME, or nothing in it. */
static gboolean lacks(const json *value, const char *name)
{
    const json *member = json_get(value, name);
    return member == NULL || (json_is_null(member) && strcmp(name, "id") == 0);
}

/* TRUE if VALUE, one object, holds under NAME, which is that of a text, what is none. */
static gboolean is_no_text(const json *value, const char *name)
{
    const json *member = json_get(value, name);
    gboolean names_text = strcmp(name, "id") == 0 || g_str_has_suffix(name, "Id") || g_str_has_suffix(name, "Name") ||
                          g_str_has_suffix(name, "DateTime");
    return names_text && member != NULL && !json_is_null(member) && json_string(member) == NULL;
}

static void look_at_body(const struct look *look, const json *row)
{
    g_autoptr(GHashTable) strange = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const json *body = look->reply->body;
    const json *list = json_get(body, "value");
    find_values(body, NULL, json_get(row, "values"), strange, DEEPEST);
    if (list != NULL && !json_is_array(list))
        g_hash_table_add(strange, g_strdup("value"));
    json_for_each (name, json_get(row, "members")) {
        gboolean is_strange = is_no_text(json_is_array(list) ? NULL : body, json_string(name));
        json_for_each (element, json_is_array(list) ? list : NULL) {
            is_strange = is_strange || is_no_text(element, json_string(name));
        }
        if (is_strange)
            g_hash_table_add(strange, g_strdup(json_string(name)));
    }
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(strange), (GCompareFunc)strcmp);
    for (const GList *name = names; name != NULL; name = name->next)
        add(look, UNEXPECTED_VALUE, name->data);
    json_for_each (name, json_get(row, "members")) {
        const char *member = json_string(name);
        gboolean missing = list == NULL && lacks(body, member);
        json_for_each (element, json_is_array(list) ? list : NULL) {
            missing = missing || lacks(element, member);
        }
        if (missing && is_selected(look->request, member))
            add(look, UNEXPECTED_MISSING, member);
    }
}

GPtrArray *unexpected_in(const struct request *request, const struct reply *reply)
{
    g_autofree char *path = general_path(request->path);
    const struct look look = {request, reply, path, g_ptr_array_new_with_free_func((GDestroyNotify)unexpected_free)};
    gboolean answered = reply->outcome == REPLY_ANSWERED;
    if (answered && !is_documented(request->method, reply->status))
        add(&look, UNEXPECTED_STATUS, "");
    if (answered && reply->unreadable)
        add(&look, UNEXPECTED_UNREADABLE, "");
    json_for_each (row, reply_is_success(reply) && reply->body != NULL ? asset_table(TABLE) : NULL) {
        /* About PATH, or about one object below it. */
        const char *of = json_get_string(row, "path");
        if (g_str_has_prefix(path, of) && (strcmp(path + strlen(of), "") == 0 || strcmp(path + strlen(of), "/*") == 0))
            look_at_body(&look, row);
    }
    return look.found;
}

const char *unexpected_word(enum unexpected_kind kind)
{
    static const char *const words[] = {
        [UNEXPECTED_STATUS] = "status",
        [UNEXPECTED_UNREADABLE] = "unreadable",
        [UNEXPECTED_VALUE] = "value",
        [UNEXPECTED_MISSING] = "missing",
    };
    return words[kind];
}

char *unexpected_key(const struct unexpected *unexpected)
{
    g_autofree char *where = g_strdup_printf("%s %s", unexpected->method, unexpected->path);
    switch (unexpected->kind) {
    case UNEXPECTED_STATUS:
        return g_strdup_printf("%s: the status %d is not documented", where, unexpected->status);
    case UNEXPECTED_UNREADABLE:
        return g_strdup_printf("%s: the answer %d is of no use (no JSON, or a link that leads away)", where,
                               unexpected->status);
    case UNEXPECTED_VALUE:
        return g_strdup_printf("%s: “%s” has a value that is not documented", where, unexpected->member);
    case UNEXPECTED_MISSING:
        break;
    }
    return g_strdup_printf("%s: “%s” is missing", where, unexpected->member);
}

char *unexpected_sentence(const struct unexpected *unexpected)
{
    g_autofree char *key = unexpected_key(unexpected);
    return g_strdup_printf("%s (request %s)", key, unexpected->request_id);
}

void unexpected_free(struct unexpected *unexpected)
{
    g_free(unexpected->method);
    g_free(unexpected->path);
    g_free(unexpected->member);
    g_free(unexpected->request_id);
    g_free(unexpected);
}
