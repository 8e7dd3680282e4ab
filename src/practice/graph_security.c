/* SPDX-License-Identifier: MIT */
/* Hunting, and guest invitations. */
#include <string.h>

#include "practice/batch.h"
#include "practice/graph.h"
#include "practice/odata.h"
#include "practice/people.h"
#include "practice/tenant.h"

#define INVITERS "User Administrator|Guest Inviter"

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

static void answer_groups(struct call *call)
{
    json *rows = json_new_array();
    json_for_each (machine, tenant_collection(call->practice, "machines")) {
        const char *name = json_get_string(machine, "rbacGroupName");
        json *row = tenant_in(rows, "MachineGroup", name);
        if (row != NULL)
            json_set_int(row, "dcount_DeviceId", json_get_int(row, "dcount_DeviceId", 0) + 1);
        else
            json_append(rows, json_from("{'MachineGroup':%s,'dcount_DeviceId':1}", name));
    }
    answer_table(call, "[{'name':'MachineGroup','type':'String'},{'name':'dcount_DeviceId','type':'Int64'}]", rows);
}

/* The tables that QUERY unites, but for those of alerts, which are empty here. Caller frees. */
static char **tables_with_events(const char *query)
{
    static const char beginning[] = "union isfuzzy=true withsource=Table_ ";
    g_autoptr(GStrvBuilder) tables = g_strv_builder_new();
    if (!g_str_has_prefix(query, beginning))
        return g_strv_builder_end(tables);
    g_autofree char *names = g_strndup(query + strlen(beginning), strcspn(query + strlen(beginning), "\n"));
    g_auto(GStrv) all = g_strsplit(names, ", ", -1);
    for (char **name = all; *name != NULL; name++)
        if (g_str_has_prefix(*name, "Device"))
            g_strv_builder_add(tables, *name);
    return g_strv_builder_end(tables);
}

/* Three events a minute of each table, and thrice as many in the busiest hours. FALSE if QUERY asks something else. */
static gboolean answer_flow(struct call *call, const char *query)
{
    g_auto(GStrv) tables = tables_with_events(query);
    g_autofree char *now = practice_time(call->practice);
    guint count = g_strv_length(tables);
    json *rows = json_new_array();
    gboolean whole = strstr(query, "by bin(Timestamp, 3h)") != NULL;
    if (whole)
        json_append(rows, json_from("{'PeakPerMinute':%d,'PerDay':%d}", (gint64)count * 9, (gint64)count * 4320));
    for (char **table = tables; !whole && *table != NULL; table++)
        json_append(rows, json_from("{'Table_':%s,'Newest':%s,'PerHour':180}", *table, now));
    if (count > 0)
        answer_table(call, "[{'name':'Table_','type':'String'},{'name':'Newest','type':'DateTime'}]", rows);
    else
        json_free(rows);
    return count > 0;
}

/* The queries that the onboarding needs; the practice tenant has no query engine. */
static const struct {
    const char *query;
    void (*answer)(struct call *call);
} queries[] = {
    {"DeviceInfo | summarize max(Timestamp)", answer_last_seen},
    {"DeviceInfo | summarize dcount(DeviceId) by MachineGroup", answer_groups},
};

/* Microsoft's page writes the parameters with capitals, its SDKs without. */
static void handle_hunt(struct call *call)
{
    const char *written = json_get_string(call->body, "Query");
    const char *query = written != NULL ? written : json_get_string(call->body, "query");
    if (!tenant_has_plan(call->practice, PLAN_ENDPOINT_2)) {
        graph_error(call, 403, "Forbidden", "Advanced hunting needs Defender for Endpoint Plan 2.");
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(queries); i++)
        if (strcmp(queries[i].query, query) == 0) {
            queries[i].answer(call);
            return;
        }
    if (!answer_flow(call, query))
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
    g_autofree char *now = practice_time(call->practice);
    return tenant_add(call->practice, "users",
                      json_from("{'businessPhones':[],'displayName':%s,'givenName':null,'surname':null,'jobTitle':null,"
                                "'mail':%s,'mobilePhone':null,'officeLocation':null,'preferredLanguage':null,"
                                "'userPrincipalName':%s,'mailNickname':%s,'accountEnabled':true,'userType':'Guest',"
                                "'externalUserState':'PendingAcceptance','createdDateTime':%s,'proxyAddresses':[]}",
                                name != NULL ? name : mail, mail, upn, local, now));
}

static void handle_invite(struct call *call)
{
    const char *mail = json_get_string(call->body, "invitedUserEmailAddress");
    const json *policy = json_at(tenant_collection(call->practice, "authorizationPolicy"), 0);
    const char *who = json_get_string(policy, "allowInvitesFrom");
    if (g_strcmp0(who, "none") == 0 ||
        (g_strcmp0(who, "adminsAndGuestInviters") == 0 && !call_has_role(call, INVITERS))) {
        graph_error(call, 403, "Authorization_RequestDenied",
                    "Guest invitations not allowed for your company. Contact "
                    "your company administrator for more details.");
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

static const struct hook hooks[] = {
    {.name = "hunt", .handle = handle_hunt},
    {.name = "invite", .handle = handle_invite},
    {.name = "batch", .handle = batch_handle},
};
const struct hook_table security_hooks = HOOK_TABLE(hooks);
