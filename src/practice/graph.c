/* SPDX-License-Identifier: MIT */
#include "practice/graph.h"

#include <string.h>

#include "practice/odata.h"
#include "practice/people.h"
#include "practice/tenant.h"

gboolean graph_is_date(const char *text)
{
    guint64 parts[3] = {0};
    g_auto(GStrv) words = g_strsplit(text, "-", 3);
    if (g_strv_length(words) < 3)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        parts[i] = g_ascii_strtoull(words[i], NULL, 10);
    return parts[0] >= 1 && parts[0] <= 9999 && parts[1] <= 12 && parts[2] <= 31 &&
           g_date_valid_dmy((GDateDay)parts[2], (GDateMonth)parts[1], (GDateYear)parts[0]);
}

gboolean graph_has_word(const char *words, const char *word)
{
    g_auto(GStrv) list = g_strsplit(words != NULL ? words : "", " ", -1);
    for (char **item = list; *item != NULL; item++)
        if (**item != '\0' && g_ascii_strcasecmp(*item, word) == 0)
            return TRUE;
    return FALSE;
}

char *graph_id_in_link(const struct practice *practice, const char *link)
{
    const char *origin = practice->origins[SERVICE_GRAPH];
    if (link == NULL || !g_str_has_prefix(link, origin))
        return NULL;
    /* The key behind a slash, or in parentheses. */
    g_autoptr(GRegex) form = g_regex_new(
        "^/(v1[.]0|beta)/(users|groups|directoryObjects|servicePrincipals)(/([^/?#()]+)|\\('([^/?#']+)'\\))$",
        G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(form, link + strlen(origin), 0, &match))
        return NULL;
    g_autofree char *kind = g_match_info_fetch(match, 2);
    g_autofree char *behind = g_match_info_fetch(match, 4);
    g_autofree char *within = g_match_info_fetch(match, 5);
    char *id = g_uri_unescape_string(behind != NULL && *behind != '\0' ? behind : within, NULL);
    /* A group is not found among the users. */
    const char *collection = graph_collection_of(practice, id);
    if (collection != NULL && strcmp(kind, "directoryObjects") != 0 && strcmp(kind, collection) != 0)
        g_clear_pointer(&id, g_free);
    return id;
}

char *graph_reference(struct call *call)
{
    char *id = graph_id_in_link(call->practice, json_get_string(call->body, "@odata.id"));
    if (id == NULL)
        graph_bad_request(call, "Invalid URL format specified in @odata.id or it is not of this service.");
    return id;
}

static const struct {
    const char *collection, *type;
} directory_kinds[] = {
    {"users", "#microsoft.graph.user"},
    {"groups", "#microsoft.graph.group"},
    {"servicePrincipals", "#microsoft.graph.servicePrincipal"},
};

const char *graph_type_of(const char *collection)
{
    for (gsize i = 0; collection != NULL && i < G_N_ELEMENTS(directory_kinds); i++)
        if (strcmp(directory_kinds[i].collection, collection) == 0)
            return directory_kinds[i].type;
    return NULL;
}

json *graph_directory_object(const struct call *call, const char *id)
{
    for (gsize i = 0; i < G_N_ELEMENTS(directory_kinds); i++) {
        const json *object = tenant_read(call->practice, directory_kinds[i].collection, id);
        if (object == NULL)
            continue;
        json *copy = json_copy(object);
        json_set_string(copy, "@odata.type", directory_kinds[i].type);
        return copy;
    }
    return NULL;
}

const char *graph_collection_of(const struct practice *practice, const char *id)
{
    for (gsize i = 0; i < G_N_ELEMENTS(directory_kinds); i++)
        if (tenant_read(practice, directory_kinds[i].collection, id) != NULL)
            return directory_kinds[i].collection;
    return NULL;
}

void graph_answer_objects(struct call *call, json *objects)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    g_autofree char *type = g_strconcat("#microsoft.graph.", call->route->cast, NULL);
    json_for_each (object, objects) {
        if (call->route->cast == NULL || g_strcmp0(json_get_string(object, "@odata.type"), type) == 0)
            g_ptr_array_add(list, object);
    }
    odata_answer_list(call, list);
    json_free(objects);
}

void graph_answer_all_or_one(struct call *call, json *objects)
{
    const json *one = call->parameters[0] != NULL ? tenant_in(objects, "id", call->parameters[0]) : NULL;
    if (call->parameters[0] == NULL) {
        graph_answer_objects(call, objects);
        return;
    }
    if (one != NULL)
        odata_answer_object(call, 200, one);
    else
        graph_not_found(call, call->parameters[0]);
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
