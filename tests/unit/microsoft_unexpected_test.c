/* SPDX-License-Identifier: MIT */
/* What of an answer is told to differ from what Microsoft documents. */
#include "microsoft/unexpected.h"

#include <string.h>

#include "base/json.h"
#include "support/support.h"

#define CA "/v1.0/identity/conditionalAccess/policies"
#define ID "11111111-2222-4333-8444-555555555555"

struct row {
    const char *name;
    const char *path;   /* of a GET, or "POST /path" */
    const char *select; /* NULL: nothing is selected */
    int status;
    const char *body;
    const char *told; /* all sentences, one a line; "" for none */
};

static const struct row rows[] = {
    {"as documented", "/v1.0/groups", NULL, 200, "{\"value\":[{\"id\":\"1\",\"displayName\":\"Red Canary\"}]}", ""},
    {"nothing there", "/v1.0/groups", NULL, 200, "{\"value\":[]}", ""},
    {"more than documented", "/v1.0/groups", NULL, 200, "{\"value\":[{\"id\":\"1\",\"displayName\":\"x\",\"new\":1}]}",
     ""},
    {"a missing member", "/v1.0/groups", NULL, 200, "{\"value\":[{\"id\":\"1\",\"displayName\":\"x\"},{\"id\":\"2\"}]}",
     "GET /v1.0/groups: “displayName” is missing (request r-1)\n"},
    {"not selected", "/v1.0/groups", "id", 200, "{\"value\":[{\"id\":\"1\"}]}", ""},
    {"selected and missing", "/v1.0/groups", "id,displayName", 200, "{\"value\":[{\"id\":\"1\"}]}",
     "GET /v1.0/groups: “displayName” is missing (request r-1)\n"},
    {"another value", "/v1.0/users/" ID, NULL, 200, "{\"id\":\"1\",\"userType\":\"Robot7\"}",
     "GET /v1.0/users/*: “userType” has a value that is not documented (request r-1)\n"},
    {"the same in capitals", "/v1.0/users/ada@contoso.com", NULL, 200, "{\"id\":\"1\",\"userType\":\"GUEST\"}", ""},
    {"no value", "/v1.0/users/" ID, NULL, 200, "{\"id\":\"1\",\"userType\":null}", ""},
    {"a number for a value", "/v1.0/users/" ID, NULL, 200, "{\"id\":\"1\",\"userType\":3}",
     "GET /v1.0/users/*: “userType” has a value that is not documented (request r-1)\n"},
    {"a number for a text", "/v1.0/groups", NULL, 200, "{\"value\":[{\"id\":\"1\",\"displayName\":5}]}",
     "GET /v1.0/groups: “displayName” has a value that is not documented (request r-1)\n"},
    {"an object for an id", "/v1.0/me", NULL, 200, "{\"id\":{}}",
     "GET /v1.0/me: “id” has a value that is not documented (request r-1)\n"},
    {"no list", "/v1.0/groups", NULL, 200, "{\"value\":{\"id\":\"1\"}}",
     "GET /v1.0/groups: “value” has a value that is not documented (request r-1)\n"},
    {"deeper", "/v1.0/policies/crossTenantAccessPolicy/default", NULL, 200,
     "{\"inbound\":{\"users\":{\"accessType\":\"perhaps\"}}}",
     "GET /v1.0/policies/crossTenantAccessPolicy/default: “accessType” has a value that is not documented (request "
     "r-1)\n"},
    {"refused", "/v1.0/groups", NULL, 403, "{\"error\":{\"code\":\"x\"}}", ""},
    {"another status", "/v1.0/groups/" ID "/owners", NULL, 418, "{}",
     "GET /v1.0/groups/*/owners: the status 418 is not documented (request r-1)\n"},
    {"made where something is read", "/v1.0/groups", NULL, 201, "{\"value\":[]}",
     "GET /v1.0/groups: the status 201 is not documented (request r-1)\n"},
    {"sent on", "/v1.0/groups", NULL, 302, NULL, "GET /v1.0/groups: the status 302 is not documented (request r-1)\n"},
    {"made without an id", "POST /v1.0/groups", NULL, 201, "{\"displayName\":\"x\",\"id\":null}",
     "POST /v1.0/groups: “id” is missing (request r-1)\n"},
    {"no JSON", "/v1.0/groups", NULL, 200, "",
     "GET /v1.0/groups: the answer 200 is of no use (no JSON, or a link that leads away) (request r-1)\n"},
    {"flags", CA, NULL, 200,
     "{\"value\":[{\"id\":\"1\",\"state\":\"enabled\",\"guestOrExternalUserTypes\":"
     "\"b2bCollaborationGuest, serviceProvider\"}]}",
     ""},
    {"another flag", CA, NULL, 200,
     "{\"value\":[{\"id\":\"1\",\"state\":\"enabled\",\"guestOrExternalUserTypes\":"
     "\"b2bCollaborationGuest,robot\"}]}",
     "GET " CA ": “guestOrExternalUserTypes” has a value that is not documented (request r-1)\n"},
    {"another one in a list", CA, NULL, 200,
     "{\"value\":[{\"id\":\"1\",\"state\":\"enabled\",\"grantControls\":{\"builtInControls\":[\"mfa\",\"iris\"]}}]}",
     "GET " CA ": “builtInControls” has a value that is not documented (request r-1)\n"},
    {"a company's name in the path", "/api/dataExportSettings/Contoso", NULL, 200, "{\"id\":\"Contoso\"}",
     "GET /api/dataExportSettings/*: “logs” is missing (request r-1)\n"},
    {"a domain in brackets", "/v1.0/tenantRelationships/findTenantInformationByDomainName(domainName='a.example')",
     NULL, 200, "{\"tenantId\":\"1\"}",
     "GET /v1.0/tenantRelationships/findTenantInformationByDomainName(*): “displayName” is missing (request r-1)\n"},
    {"a path that is not known", "/v1.0/planets", NULL, 200, "{\"value\":[{}]}", ""},
};

static void test_what_differs_is_told_without_its_value(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct row *row = &rows[i];
        const char *blank = strchr(row->path, ' ');
        g_autoptr(Request) request = blank != NULL ? request_write("POST", SERVICE_GRAPH, NULL, "%s", blank + 1)
                                                   : request_get(SERVICE_GRAPH, "%s", row->path);
        if (row->select != NULL)
            request_query(request, "$select", "%s", row->select);
        g_autoptr(Reply) reply = g_new0(struct reply, 1);
        reply->outcome = REPLY_ANSWERED;
        reply->status = row->status;
        reply->body = row->body != NULL && row->body[0] != '\0' ? json_parse(row->body, -1, NULL) : NULL;
        reply->unreadable = row->body != NULL && reply->body == NULL;
        reply->request_id = g_strdup("r-1");
        reply->client_request_id = g_strdup("c-1");
        g_autoptr(GPtrArray) found = unexpected_in(request, reply);
        GString *told = g_string_new(NULL);
        for (guint k = 0; k < found->len; k++) {
            g_autofree char *sentence = unexpected_sentence(found->pdata[k]);
            g_string_append_printf(told, "%s\n", sentence);
        }
        if (strcmp(told->str, row->told) != 0)
            fail_msg("%s:\n%s", row->name, told->str);
        g_string_free(told, TRUE);
    }
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_differs_is_told_without_its_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
