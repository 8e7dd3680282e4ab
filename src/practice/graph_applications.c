/* SPDX-License-Identifier: MIT */
/* Service principals and what they were granted. */
#include <string.h>

#include "practice/consent.h"
#include "practice/graph.h"
#include "practice/odata.h"
#include "practice/resource.h"
#include "practice/tenant.h"

static void handle_create_application(struct call *call)
{
    const char *app_id = json_get_string(call->body, "appId");
    const json *known = consent_application(call->practice, app_id);
    if (tenant_find_by(call->practice, "servicePrincipals", "appId", app_id) != NULL) {
        graph_error(call, 409, "Request_MultipleObjectsWithSameKeyValue",
                    "The service principal cannot be created, updated, or restored because the service principal name "
                    "is already in use.");
    } else if (known == NULL) {
        graph_bad_request(
            call, "The appId '%s' of the service principal does not reference a valid application object.", app_id);
    } else {
        odata_answer_object(call, 201, consent_add_principal(call->practice, known));
    }
}

/* The grants of the resource's collection whose member "holder" is the id of what the path names: an application, by
 * its id or by "appId", or one of the collection "parent". */
static void handle_grants(struct call *call)
{
    const char *name = call->parameters[0];
    const char *by = json_get_string(call->route->data, "by");
    const char *own = json_get_string(call->route->data, "parent");
    const char *parent = own != NULL ? own : "servicePrincipals";
    const json *application =
        by != NULL ? tenant_find_by(call->practice, parent, by, name) : tenant_read(call->practice, parent, name);
    const char *holder = json_get_string(call->route->data, "holder");
    if (application == NULL) {
        graph_not_found(call, name);
        return;
    }
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    json_for_each (grant, tenant_collection(call->practice, json_get_string(call->route->rules, "collection"))) {
        if (same_text(json_get_string(grant, holder), json_get_string(application, "id")) &&
            tenant_is_listed(call->practice, grant))
            g_ptr_array_add(list, grant);
    }
    odata_answer_list(call, list);
}

static const struct hook hooks[] = {
    {.name = "application-create", .handle = handle_create_application},
    {.name = "application-grants", .handle = handle_grants},
};
const struct hook_table application_hooks = HOOK_TABLE(hooks);
