#include "practice/graph.h"

#include <string.h>

#include "practice/people.h"
#include "practice/tenant.h"

#define USER_DEFAULTS                                                                                                  \
    "id,businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,preferredLanguage,surname,"      \
    "userPrincipalName"

static const char *const user_filters[] = {
    "mail eq ?",
    "userPrincipalName eq ?",
    "displayName eq ?",
    "proxyAddresses/any(p:p eq ?)",
    "endswith(mail,?)",
    "startswith(displayName,?)",
    "startswith(displayName,?) or startswith(userPrincipalName,?)",
    "startswith(displayName,?) or startswith(userPrincipalName,?) or startswith(mail,?)",
    NULL,
};
const struct odata_rules plain_list = {.paged = TRUE};
const struct odata_rules plain_object = {0};
const struct odata_rules user_list = {
    .filters = user_filters,
    .searches = "displayName mail userPrincipalName",
    .defaults = USER_DEFAULTS,
    .paged = TRUE,
};
const struct odata_rules user_object = {.defaults = USER_DEFAULTS};

char *graph_reference(struct call *call)
{
    const char *address = json_get_string(call->body, "@odata.id");
    static const char *const kinds[] = {"users", "groups", "directoryObjects", "servicePrincipals"};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *prefix = g_strdup_printf("%s/v1.0/%s/", call->practice->origins[SERVICE_GRAPH], kinds[i]);
        if (g_str_has_prefix(address, prefix) && address[strlen(prefix)] != '\0' &&
            strchr(address + strlen(prefix), '/') == NULL)
            return g_uri_unescape_string(address + strlen(prefix), NULL);
    }
    graph_bad_request(call, "Invalid URL format specified in @odata.id or it is not of this service.");
    return NULL;
}

json *graph_directory_object(const struct call *call, const char *id)
{
    static const struct {
        const char *collection, *type;
    } kinds[] = {
        {"users", "#microsoft.graph.user"},
        {"groups", "#microsoft.graph.group"},
        {"servicePrincipals", "#microsoft.graph.servicePrincipal"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        const json *object = tenant_read(call->practice, kinds[i].collection, id);
        if (object == NULL)
            continue;
        json *copy = json_copy(object);
        json_set_string(copy, "@odata.type", kinds[i].type);
        return copy;
    }
    return NULL;
}

void graph_answer_objects(struct call *call, json *objects)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    json_for_each (object, objects) {
        if (odata_matches(call, object))
            g_ptr_array_add(list, object);
    }
    odata_answer_list(call, list);
    json_free(objects);
}

void graph_answer_directory_objects(struct call *call, const json *ids)
{
    json *objects = json_new_array();
    json_for_each (id, ids) {
        json *object = graph_directory_object(call, json_string(id));
        if (object != NULL)
            json_append(objects, object);
    }
    graph_answer_objects(call, objects);
}

void graph_copy_members(json *to, const json *from, const char *const *names)
{
    for (; *names != NULL; names++)
        json_set(to, *names, json_copy(json_get(from, *names)));
}

void graph_update(struct call *call, json *object)
{
    json_for_each (member, call->body) {
        if (strcmp(json_name(member), "@odata.type") != 0)
            json_set(object, json_name(member), json_copy(member));
    }
    tenant_changed(call->practice);
}

gboolean graph_domain_may_come_in(struct call *call, const char *domain)
{
    const json *list = tenant_behaviour(call->practice, "guestDomains");
    const json *allowed = json_get(list, "allowed");
    const json *refusal = json_get(list, "refusal");
    if (!graph_list_has(json_get(list, "blocked"), domain, NULL) &&
        (allowed == NULL || graph_list_has(allowed, domain, NULL)))
        return TRUE;
    return graph_error(call, (int)json_get_int(refusal, "status", 400), json_get_string(refusal, "code"), "%s",
                       json_get_string(refusal, "message"));
}

gboolean graph_list_has(const json *array, const char *text, int *index)
{
    int place = 0;
    json_for_each (item, array) {
        if (same_text(json_string(item), text)) {
            if (index != NULL)
                *index = place;
            return TRUE;
        }
        place++;
    }
    return FALSE;
}

json *graph_directory_role(const struct practice *practice, const json *definition)
{
    const char *template = json_get_string(definition, "id");
    g_autofree char *label = g_strconcat("directoryRole:", template, NULL);
    g_autofree char *id = tenant_fixed_id(practice, label);
    return json_from("{'@odata.type':'#microsoft.graph.directoryRole','id':%s,'deletedDateTime':null,"
                     "'description':%s,'displayName':%s,'roleTemplateId':%s}",
                     id, json_get_string(definition, "description"), json_get_string(definition, "displayName"),
                     template);
}

json *graph_roles_of(const struct practice *practice, const char *principal_id)
{
    json *roles = json_new_array();
    json_for_each (definition, tenant_collection(practice, "roleDefinitions")) {
        const char *name = json_get_string(definition, "displayName");
        if (tenant_has_role(practice, principal_id, name))
            json_append(roles, graph_directory_role(practice, definition));
    }
    return roles;
}
