/* SPDX-License-Identifier: MIT */
#include "practice/company.h"

#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "practice/people.h"
#include "practice/scenarios.h"
#include "practice/tenant.h"

static json *scenario_asset(const char *name)
{
    g_autofree char *path = g_strdup_printf("scenarios/%s.json", name);
    return practice_asset(path);
}

static void lay_over(json *target, const json *source, gboolean append)
{
    json_for_each (member, source) {
        const char *name = json_name(member);
        json *old = json_get(target, name);
        if (json_is_object(member) && json_is_object(old)) {
            lay_over(old, member, append || strcmp(name, "objects") == 0);
        } else if (append && json_is_array(member) && json_is_array(old)) {
            json_for_each (item, member) {
                json_append(old, json_copy(item));
            }
        } else {
            json_set(target, name, json_copy(member));
        }
    }
}

static void lay_scenario_over(json *company, const json *scenario)
{
    json_for_each (part, json_get(scenario, "includes")) {
        g_autoptr(json) included = scenario_asset(json_string(part));
        if (included == NULL)
            g_error("assets/practice/scenarios has no %s.json", json_string(part));
        lay_scenario_over(company, included);
    }
    lay_over(company, scenario, FALSE);
    json_for_each (replaced, json_get(scenario, "replace")) {
        json_set(json_get(company, "objects"), json_name(replaced), json_copy(replaced));
    }
}

/* What a scenario's file may say: anything else is a mistake that would show nothing. */
static const char *const scenario_members[] = {"about",
                                               "includes",
                                               "behaviour",
                                               "objects",
                                               "patches",
                                               "replace",
                                               "portal",
                                               "invitation",
                                               "displayName",
                                               "defenderModel",
                                               "defenderActions",
                                               "streaming",
                                               "crossTenantAccess",
                                               "crossTenantAccessPolicy",
                                               "entitlementSettings",
                                               "partnerAdministrators",
                                               "otherTenants",
                                               "knownApplications",
                                               "people",
                                               "members",
                                               "guests",
                                               "verifiedDomains",
                                               "clients",
                                               "administrator",
                                               NULL};

static json *scenario_file(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &text, &length, error))
        return NULL;
    json *scenario = json_parse(text, (gssize)length, error);
    json_for_each (member, scenario) {
        if (g_strv_contains(scenario_members, json_name(member)))
            continue;
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "%s: a scenario has no “%s”.", path, json_name(member));
        json_free(scenario);
        return NULL;
    }
    json_for_each (part, json_get(scenario, "includes")) {
        g_autoptr(json) included = scenario_asset(json_string(part) != NULL ? json_string(part) : "");
        if (included != NULL)
            continue;
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "%s: there is no “%s” to include.", path, json_string(part));
        json_free(scenario);
        return NULL;
    }
    return scenario;
}

json *company_load(const char *name, GError **error)
{
    gboolean is_file = strchr(name, G_DIR_SEPARATOR) != NULL;
    g_autoptr(json) scenario = is_file                           ? scenario_file(name, error)
                               : g_str_has_prefix(name, "part-") ? NULL
                                                                 : scenario_asset(name);
    if (scenario == NULL) {
        if (!is_file) {
            g_auto(GStrv) names = scenario_names();
            g_autofree char *question = suggest_question(name, (const char *const *)names);
            g_autofree char *list = g_strjoinv(", ", names);
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "There is no practice scenario “%s”.%s\nThere are: %s.",
                        name, question, list);
        }
        return NULL;
    }
    json *company = practice_asset("contoso.json");
    lay_scenario_over(company, scenario);
    return company;
}

/* TEXT with each {label} replaced; one with a quotation mark in it is JSON and no label. Caller frees. */
static char *fill_text(const struct practice *practice, const char *text)
{
    GString *filled = g_string_new(NULL);
    while (*text != '\0') {
        const char *end = *text == '{' ? strchr(text, '}') : NULL;
        if (end == NULL) {
            g_string_append_c(filled, *text++);
            continue;
        }
        g_autofree char *label = g_strndup(text + 1, (gsize)(end - text - 1));
        if (strchr(label, '"') != NULL) {
            g_string_append_c(filled, *text++);
            continue;
        }
        g_autofree char *value = strcmp(label, "now") == 0      ? practice_time(practice)
                                 : strcmp(label, "tenant") == 0 ? g_strdup(tenant_id(practice))
                                                                : tenant_fixed_id(practice, label);
        g_string_append(filled, value);
        text = end + 1;
    }
    return g_string_free(filled, FALSE);
}

static json *fill(const struct practice *practice, const json *value)
{
    if (json_is_string(value)) {
        g_autofree char *text = fill_text(practice, json_string(value));
        return json_new_string(text);
    }
    if (!json_is_object(value) && !json_is_array(value))
        return json_copy(value);
    json *filled = json_is_array(value) ? json_new_array() : json_new_object();
    json_for_each (member, value) {
        json *inner = fill(practice, member);
        if (json_is_array(value))
            json_append(filled, inner);
        else
            json_set(filled, json_name(member), inner);
    }
    return filled;
}

/* "patches": [{"collection", "id", "set": {"dotted.path": value}}] change objects that parts brought in. */
static void apply_patches(struct practice *practice)
{
    g_autoptr(json) patches = fill(practice, json_get(practice->company, "patches"));
    json_for_each (patch, patches) {
        const char *id = json_get_string(patch, "id");
        json *object = tenant_find(practice, json_get_string(patch, "collection"), id);
        if (object == NULL)
            g_error("the scenario %s patches an object that is not there", practice->options.scenario);
        json_for_each (value, json_get(patch, "set")) {
            const char *path = json_name(value);
            const char *dot = strrchr(path, '.');
            g_autofree char *parent = dot != NULL ? g_strndup(path, (gsize)(dot - path)) : NULL;
            json *target = parent != NULL ? json_get_path(object, parent) : object;
            json_set(target, dot != NULL ? dot + 1 : path, json_copy(value));
        }
    }
}

void company_populate(struct practice *practice)
{
    people_populate(practice);
    json_set(practice->state, "invitation", json_copy(json_get(practice->company, "invitation")));
    json_set(practice->state, "portal", json_copy(json_get(practice->company, "portal")));
    json_for_each (collection, json_get(practice->company, "objects")) {
        json *target = tenant_collection(practice, json_name(collection));
        json_for_each (object, collection) {
            json *filled = fill(practice, object);
            if (json_get_string(filled, "id") == NULL) {
                g_autofree char *id = tenant_new_id(practice);
                json_set_string(filled, "id", id);
            }
            json_append(target, filled);
        }
    }
    apply_patches(practice);
}
