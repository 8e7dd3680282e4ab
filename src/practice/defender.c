/* SPDX-License-Identifier: MIT */
/* The Defender for Endpoint API: streaming exports and machines. Names in bodies are case-sensitive. */
#include <string.h>

#include "practice/graph.h"
#include "practice/odata_filter.h"
#include "practice/people.h"
#include "practice/route.h"
#include "practice/streaming.h"
#include "practice/tenant.h"

#define DEFENDER_SCOPE "user_impersonation Machine.Read"
#define PREFIX "AdvancedHunting-"
#define MACHINES_MOST 10000

static gboolean check_licence(struct call *call)
{
    static const char *const plans[] = {PLAN_ENDPOINT_2, PLAN_ENDPOINT_1, PLAN_DEFENDER_BUSINESS};
    for (gsize i = 0; i < G_N_ELEMENTS(plans); i++)
        if (tenant_has_plan(call->practice, plans[i]))
            return TRUE;
    return defender_error(call, 403, "DisabledFeature", "The tenant has no licence for Defender for Endpoint.");
}

/* FALSE and 400 if the query has an option that is none of the blank-separated KNOWN. */
static gboolean check_options(struct call *call, const char *known)
{
    GHashTableIter iter;
    gpointer name = NULL;
    g_hash_table_iter_init(&iter, call->query);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        if (!graph_has_word(known, name))
            return defender_error(call, 400, "InvalidInput", "The query option %s is not supported here.",
                                  (const char *)name);
    return TRUE;
}

static void handle_exports(struct call *call)
{
    if (!check_licence(call) || !check_options(call, ""))
        return;
    g_autofree char *context =
        g_strconcat(call->practice->origins[SERVICE_DEFENDER], "/api/$metadata#DataExportSettings", NULL);
    answer_json(
        call, 200,
        json_from("{'@odata.context':%s,'value':%j}", context, tenant_collection(call->practice, "dataExports")));
}

static json *read_export(struct call *call)
{
    json *export = check_licence(call) ? tenant_find(call->practice, "dataExports", call->parameters[0]) : NULL;
    if (export == NULL && call->answer == NULL)
        defender_error(call, 404, "ResourceNotFound", "There is no data export setting '%s'.", call->parameters[0]);
    return export;
}

static void handle_export(struct call *call)
{
    const json *export = read_export(call);
    if (export != NULL)
        answer_json(call, 200, json_copy(export));
}

static void handle_delete_export(struct call *call)
{
    if (read_export(call) == NULL)
        return;
    tenant_remove(call->practice, "dataExports", call->parameters[0]);
    answer_nothing(call, 204);
}

/* Read "logs" into the array ENABLED of tables. */
static gboolean read_logs(struct call *call, json *enabled)
{
    g_autoptr(GPtrArray) refused = g_ptr_array_new();
    json_for_each (log, json_get(call->body, "logs")) {
        const char *category = json_get_string(log, "category");
        const gboolean is_prefixed = g_str_has_prefix(category, PREFIX);
        const char *table = is_prefixed ? category + strlen(PREFIX) : category;
        const json *writable =
            json_get(json_get(call->practice->company, "streaming"), is_prefixed ? "writable" : "writableAliases");
        if (tenant_in(json_get(call->body, "logs"), "category", category) != log)
            return defender_error(call, 400, "InvalidRequestBody", "Category '%s' is there twice.", category);
        if (!graph_list_has(writable, table, NULL))
            g_ptr_array_add(refused, (gpointer)category);
        else if (json_get_bool(log, "enabled", FALSE))
            json_append_string(enabled, table);
    }
    if (refused->len > 0) {
        if (refused->len == 1)
            return defender_error(call, 400, "InvalidRequestBody", "Category '%s' is not supported.",
                                  (const char *)g_ptr_array_index(refused, 0));
        g_ptr_array_add(refused, NULL);
        g_autofree char *names = g_strjoinv(", ", (char **)refused->pdata);
        return defender_error(call, 400, "InvalidRequestBody", "Categories %s are not supported.", names);
    }
    return json_length(enabled) > 0 ||
           defender_error(call, 400, "MissingRequiredParameter", "At least one log has to be enabled.");
}

static gboolean check_target(struct call *call)
{
    static const char *const kinds[] = {"eventHubProperties", "storageAccountProperties", "workspaceProperties"};
    int count = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        count += json_is_object(json_get(call->body, kinds[i])) ? 1 : 0;
    if (count != 1)
        return defender_error(call, 400, "InvalidRequestBody", "Request Body is invalid or missing");
    const json *hub = json_get(call->body, "eventHubProperties");
    if (hub == NULL || json_is_null(hub))
        return TRUE;
    if (!streaming_is_hub(call->practice, json_get_string(hub, "eventHubResourceId"), json_get_string(hub, "name")) ||
        !streaming_may_write(call->practice, call->user))
        return defender_error(call, 400, "InvalidRequestBody", STREAMING_REFUSAL);
    return TRUE;
}

static void handle_write_export(struct call *call)
{
    static const char *const copied[] = {"eventHubProperties", "storageAccountProperties", "workspaceProperties", NULL};
    const char *id = json_get_string(call->body, "id");
    g_autoptr(json) enabled = json_new_array();
    if (!check_licence(call) || !check_target(call) || !read_logs(call, enabled))
        return;
    if (streaming_is_full(call->practice, id)) {
        defender_error(call, 400, "BadRequest", "The number of data export settings is limited to 5.");
        return;
    }
    gboolean is_new = tenant_find(call->practice, "dataExports", id) == NULL;
    json *export = json_from("{'id':%s,'designatedTenantId':%s}", id, tenant_id(call->practice));
    graph_copy_members(export, call->body, copied);
    json_set(export, "logs", streaming_logs(call->practice, enabled));
    answer_json(call, is_new ? 201 : 200, json_copy(streaming_put(call->practice, export)));
}

/* The number behind NAME in the query; FALSE and 400 if it is none of 0 to MOST. */
static gboolean read_number(struct call *call, const char *name, guint64 most, guint64 *number)
{
    const char *text = call_query(call, name);
    return text == NULL || g_ascii_string_to_unsigned(text, 10, 0, most, number, NULL) ||
           defender_error(call, 400, "InvalidInput", "The value of %s is out of range.", name);
}

static void answer_machines(struct call *call, guint64 top, guint64 skip, const struct filter *filter)
{
    json *value = json_new_array();
    guint64 place = 0;
    json_for_each (machine, tenant_collection(call->practice, "machines")) {
        if (filter != NULL && !filter_matches(call, filter, machine))
            continue;
        if (place >= skip && place < skip + top)
            json_append(value, json_copy(machine));
        place++;
    }
    g_autofree char *context = g_strconcat(call->practice->origins[SERVICE_DEFENDER], "/api/$metadata#Machines", NULL);
    json *list = json_from("{'@odata.context':%s}", context);
    json_set(list, "value", value);
    if (top > 0 && place > skip + top) {
        /* The next page's address: this request's, with another $skip. */
        const char *asked = call_query(call, "$filter");
        g_autofree char *escaped = asked != NULL ? g_uri_escape_string(asked, "/'():", FALSE) : NULL;
        g_autofree char *link =
            g_strdup_printf("%s/api/machines?%s%s%s$top=%" G_GUINT64_FORMAT "&$skip=%" G_GUINT64_FORMAT,
                            call->practice->origins[SERVICE_DEFENDER], asked != NULL ? "$filter=" : "",
                            asked != NULL ? escaped : "", asked != NULL ? "&" : "", top, skip + top);
        json_set_string(list, "@odata.nextLink", link);
    }
    answer_json(call, 200, list);
}

static void handle_machines(struct call *call)
{
    guint64 top = MACHINES_MOST;
    guint64 skip = 0;
    if (!check_licence(call) || !check_options(call, "$top $skip $filter") ||
        !read_number(call, "$top", MACHINES_MOST, &top) || !read_number(call, "$skip", G_MAXINT, &skip))
        return;
    /* By what the page says may be filtered (get-machines). */
    g_autoptr(GPtrArray) reasons = g_ptr_array_new();
    struct reading reading = {.rules = json_get(json_get(call->practice->graph, "resources"), "machines"),
                              .enums = json_get(call->practice->schemas, "enums"),
                              .reasons = reasons};
    const char *text = call_query(call, "$filter");
    struct filter *filter = text != NULL ? filter_read(&reading, text) : NULL;
    g_autofree char *fault = reading.fault;
    if (fault != NULL)
        defender_error(call, 400, "InvalidInput", "%s", fault);
    else if (json_length(tenant_collection(call->practice, "machines")) == 0)
        defender_error(call, 404, "ResourceNotFound", "No recent machines were found.");
    else
        answer_machines(call, top, skip, filter);
    filter_free(filter);
}

#define ADMINISTRATOR "Security Administrator"
#define VIEWER "Security Administrator|Security Reader|Global Reader"

/* The path is in use with both spellings. */
#define EXPORT_ROUTES(path_)                                                                                           \
    {.method = "GET", .path = path_, .scopes = DEFENDER_SCOPE, .roles = ADMINISTRATOR, .handle = handle_exports},      \
        {.method = "POST",                                                                                             \
         .path = path_,                                                                                                \
         .scopes = DEFENDER_SCOPE,                                                                                     \
         .roles = ADMINISTRATOR,                                                                                       \
         .body = "dataExport",                                                                                         \
         .handle = handle_write_export},                                                                               \
        {.method = "GET",                                                                                              \
         .path = path_ "/{}",                                                                                          \
         .scopes = DEFENDER_SCOPE,                                                                                     \
         .roles = ADMINISTRATOR,                                                                                       \
         .handle = handle_export},                                                                                     \
    {                                                                                                                  \
        .method = "DELETE", .path = path_ "/{}", .scopes = DEFENDER_SCOPE, .roles = ADMINISTRATOR,                     \
        .handle = handle_delete_export                                                                                 \
    }

static const struct route routes[] = {
    EXPORT_ROUTES("/api/dataExportSettings"),
    EXPORT_ROUTES("/api/dataexportsettings"),
    {.method = "GET", .path = "/api/machines", .scopes = DEFENDER_SCOPE, .roles = VIEWER, .handle = handle_machines},
};
const struct route_table defender_routes = ROUTE_TABLE(SERVICE_DEFENDER, routes);
