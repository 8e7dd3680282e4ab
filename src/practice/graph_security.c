/* Alerts, hunting, guest invitations, and batches. */
#include <string.h>

#include "practice/graph.h"
#include "practice/people.h"
#include "practice/tenant.h"

#define READERS "Security Administrator|Security Reader|Global Reader"

static const char *const alert_filters[] = {"serviceSource eq ?", "severity eq ?", "status eq ?", NULL};
static const struct odata_rules alert_list = {.filters = alert_filters, .paged = TRUE};

static void answer_table(struct call *call, const char *columns, json *rows)
{
    g_autoptr(json) schema = json_from(columns);
    json *answer = json_from("{'schema':%j}", schema);
    json_set(answer, "results", rows);
    answer_json(call, 200, answer);
}

static void answer_last_seen(struct call *call)
{
    g_autofree char *now = practice_time(call->practice);
    answer_table(call, "[{'name':'max_Timestamp','type':'DateTime'}]", json_from("[{'max_Timestamp':%s}]", now));
}

static void count_group(json *rows, const char *name)
{
    json_for_each (row, rows) {
        if (g_strcmp0(json_get_string(row, "MachineGroup"), name) == 0) {
            json_set_int(row, "dcount_DeviceId", json_get_int(row, "dcount_DeviceId", 0) + 1);
            return;
        }
    }
    json_append(rows, json_from("{'MachineGroup':%s,'dcount_DeviceId':1}", name));
}

static void answer_groups(struct call *call)
{
    json *rows = json_new_array();
    json_for_each (machine, tenant_collection(call->practice, "machines")) {
        count_group(rows, json_get_string(machine, "rbacGroupName"));
    }
    answer_table(call, "[{'name':'MachineGroup','type':'String'},{'name':'dcount_DeviceId','type':'Int64'}]", rows);
}

/* The queries that the onboarding needs; the practice tenant has no query engine. */
static const struct {
    const char *query;
    void (*answer)(struct call *call);
} queries[] = {
    {"DeviceInfo | summarize max(Timestamp)", answer_last_seen},
    {"DeviceInfo | summarize dcount(DeviceId) by MachineGroup", answer_groups},
};

static void handle_hunt(struct call *call)
{
    const char *query = json_get_string(call->body, "Query");
    if (!tenant_has_plan(call->practice, PLAN_ENDPOINT_2)) {
        graph_error(call, 403, "Forbidden", "Advanced hunting needs Defender for Endpoint Plan 2.");
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(queries); i++)
        if (strcmp(queries[i].query, query) == 0) {
            queries[i].answer(call);
            return;
        }
    graph_error(call, 400, "BadRequest", "The practice tenant does not know this query.");
}

static json *guest_of(struct call *call, const char *mail)
{
    g_autofree char *local = g_strdelimit(g_strdup(mail), "@", '_');
    g_autofree char *upn = g_strdup_printf("%s#EXT#@%s", local, tenant_domain(call->practice));
    const char *name = json_get_string(call->body, "invitedUserDisplayName");
    json *there = people_find(call->practice, upn);
    if (there != NULL)
        return there;
    return tenant_add(call->practice, "users",
                      json_from("{'businessPhones':[],'displayName':%s,'givenName':null,'surname':null,'jobTitle':null,"
                                "'mail':%s,'mobilePhone':null,'officeLocation':null,'preferredLanguage':null,"
                                "'userPrincipalName':%s,'mailNickname':%s,'accountEnabled':true,'userType':'Guest',"
                                "'externalUserState':'PendingAcceptance','proxyAddresses':[]}",
                                name != NULL ? name : mail, mail, upn, local));
}

static void handle_invite(struct call *call)
{
    const char *mail = json_get_string(call->body, "invitedUserEmailAddress");
    if (!g_regex_match_simple("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", mail, 0, 0)) {
        graph_bad_request(call, "Invalid value specified for property 'invitedUserEmailAddress'.");
        return;
    }
    const char *at = strchr(mail, '@');
    if (tenant_has_domain(call->practice, at + 1)) {
        graph_bad_request(call, "The invited user already exists in the directory or is of a verified domain.");
        return;
    }
    if (!graph_domain_may_come_in(call, at + 1))
        return;
    const json *guest = guest_of(call, mail);
    g_autofree char *redeem =
        g_strdup_printf("%s/redeem?rd=%s", call->practice->origins[SERVICE_LOGIN], json_get_string(guest, "id"));
    json *invitation =
        json_from("{'invitedUserDisplayName':%s,'invitedUserEmailAddress':%s,'invitedUserType':'Guest',"
                  "'inviteRedeemUrl':%s,'inviteRedirectUrl':%s,'sendInvitationMessage':%b,"
                  "'status':'PendingAcceptance','invitedUser':{'id':%s}}",
                  json_get_string(guest, "displayName"), mail, redeem, json_get_string(call->body, "inviteRedirectUrl"),
                  json_get_bool(call->body, "sendInvitationMessage", FALSE), json_get_string(guest, "id"));
    odata_answer_object(call, 201, tenant_add(call->practice, "invitations", invitation));
}

/* A call of its own for one request of a batch. Caller frees with call_free(). */
static struct call *inner_call(const struct call *outer, const json *request)
{
    const char *url = json_get_string(request, "url");
    const char *mark = strchr(url, '?');
    const json *body = json_get(request, "body");
    struct call *call = g_new0(struct call, 1);
    call->practice = outer->practice;
    call->service = outer->service;
    call->method = g_strdup(json_get_string(request, "method"));
    g_autofree char *path = mark != NULL ? g_strndup(url, (gsize)(mark - url)) : g_strdup(url);
    call->raw_path = g_strconcat("/v1.0", *path == '/' ? "" : "/", path, NULL);
    call->path = g_uri_unescape_string(call->raw_path, NULL);
    call->raw_query = g_strdup(mark != NULL ? mark + 1 : "");
    call->query = g_uri_parse_params(call->raw_query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
    call->body = json_copy(body);
    g_autofree char *text = body != NULL ? json_text(body) : g_strdup("");
    call->body_text = g_string_new(text);
    call->authorization = g_strdup(outer->authorization);
    call->request_id = g_strdup(outer->request_id);
    call->client_request_id = g_strdup(outer->client_request_id);
    return call;
}

static int status_of(const json *responses, const char *id)
{
    json_for_each (response, responses) {
        if (g_strcmp0(json_get_string(response, "id"), id) == 0)
            return (int)json_get_int(response, "status", 0);
    }
    return 0;
}

static gboolean dependencies_failed(const json *request, const json *responses)
{
    json_for_each (id, json_get(request, "dependsOn")) {
        int status = status_of(responses, json_string(id));
        if (status < 200 || status >= 300)
            return TRUE;
    }
    return FALSE;
}

static json *answer_inner(const struct call *outer, const json *request, const json *responses)
{
    const char *id = json_get_string(request, "id");
    if (dependencies_failed(request, responses))
        return json_from("{'id':%s,'status':424,'headers':{},'body':{'error':{'code':'FailedDependency','message':"
                         "'A request that this one depends on failed.'}}}",
                         id);
    struct call *call = inner_call(outer, request);
    if (call->query == NULL || call->path == NULL || strcmp(call->path, "/v1.0/$batch") == 0)
        graph_bad_request(call, "The request of the batch cannot be read.");
    else
        route_dispatch(call);
    json *response = json_from("{'id':%s,'status':%d,'headers':{'Content-Type':'application/json'},'body':%j}", id,
                               (gint64)call->status, call->answer);
    call_free(call);
    return response;
}

static void handle_batch(struct call *call)
{
    json *responses = json_new_array();
    json_for_each (request, json_get(call->body, "requests")) {
        json_append(responses, answer_inner(call, request, responses));
    }
    json *body = json_new_object();
    json_set(body, "responses", responses);
    answer_json(call, 200, body);
}

static const struct route routes[] = {
    {.method = "GET",
     .path = "/v1.0/security/alerts_v2",
     .scopes = "SecurityAlert.Read.All",
     .roles = READERS,
     .collection = "alerts",
     .odata = &alert_list,
     .handle = handle_list},
    {.method = "GET",
     .path = "/v1.0/security/alerts_v2/{}",
     .scopes = "SecurityAlert.Read.All",
     .roles = READERS,
     .collection = "alerts",
     .odata = &plain_object,
     .handle = handle_get},
    {.method = "POST",
     .path = "/v1.0/security/runHuntingQuery",
     .scopes = "ThreatHunting.Read.All",
     .roles = READERS,
     .body = "runHuntingQuery",
     .handle = handle_hunt},
    {.method = "POST",
     .path = "/v1.0/invitations",
     .scopes = "User.Invite.All",
     .body = "createInvitation",
     .handle = handle_invite},
    {.method = "POST", .path = "/v1.0/$batch", .scopes = "", .body = "batch", .handle = handle_batch},
};
const struct route_table security_routes = ROUTE_TABLE(SERVICE_GRAPH, routes);
