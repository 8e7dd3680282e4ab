/* SPDX-License-Identifier: MIT */
#include "practice/schema.h"

#include <string.h>

#include "practice/graph.h"
#include "practice/tenant.h"

#define GRAPH_TYPE "microsoft.graph."

/* Where in the body the check stands, for the message. */
struct place {
    const struct practice *practice;
    const json *schemas;
    const char *field;
    char *fault; /* the first fault found */
};

static gboolean check_kind(struct place *place, const char *kind, const json *value);

static gboolean refuse(struct place *place, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean refuse(struct place *place, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (place->fault == NULL)
        place->fault = g_strdup_vprintf(format, list);
    va_end(list);
    return FALSE;
}

static gboolean wrong_kind(struct place *place)
{
    return refuse(place, "Invalid value specified for property '%s' of the resource.", place->field);
}

/* The kind of the field NAME in SCHEMA; NULL if it is unknown. */
static const char *kind_of(const json *schema, const char *name)
{
    const char *kind = name[0] != '-' ? json_get_string(schema, name) : NULL;
    if (kind != NULL)
        return kind;
    if (strcmp(name, "@odata.type") == 0 && json_get(schema, "-bare") == NULL)
        return "string";
    g_autofree char *required = g_strconcat(name, "!", NULL);
    return json_get_string(schema, required);
}

static gboolean is_empty(const json *value)
{
    g_autofree char *number = json_is_number(value) ? json_text(value) : NULL;
    return value == NULL || json_is_null(value) || g_strcmp0(number, "0") == 0 ||
           g_strcmp0(json_string(value), "") == 0 ||
           ((json_is_array(value) || json_is_object(value)) && json_length(value) == 0);
}

static gboolean check_required(struct place *place, const json *schema, const json *value)
{
    json_for_each (field, schema) {
        const char *name = json_name(field);
        if (!g_str_has_suffix(name, "!"))
            continue;
        g_autofree char *bare = g_strndup(name, strlen(name) - 1);
        const json *member = json_get(value, bare);
        if (member == NULL || json_is_null(member))
            return refuse(place, "A value must be specified for the required property '%s'.", bare);
    }
    return TRUE;
}

/* Each of the blank-separated NAMES is there in VALUE, or is not. */
static gboolean check_presence(struct place *place, const json *value, const char *names, gboolean wanted,
                               const char *condition)
{
    g_auto(GStrv) list = g_strsplit(names != NULL ? names : "", " ", -1);
    for (char **name = list; *name != NULL; name++)
        if (**name != '\0' && is_empty(json_get(value, *name)) == wanted)
            return refuse(place, "The property '%s' %s where %s.", *name,
                          wanted ? "needs a value" : "cannot have a value", condition);
    return TRUE;
}

static gboolean check_rules(struct place *place, const json *schema, const json *value)
{
    json_for_each (rule, json_get(schema, "-rules")) {
        /* One of these blank-separated names is there, and no other. */
        const char *one = json_get_string(rule, "one");
        g_auto(GStrv) names = g_strsplit(one != NULL ? one : "", " ", -1);
        guint count = 0;
        for (char **name = names; *name != NULL; name++)
            count += is_empty(json_get(value, *name)) ? 0 : 1;
        if (one != NULL && count != 1)
            return refuse(place, "Exactly one of these properties is needed: %s.", one);
        if (json_get(rule, "if") == NULL)
            continue;
        const char *condition = json_get_string(rule, "if");
        g_auto(GStrv) sides = g_strsplit(condition, "=", 2);
        const json *member = json_get(value, sides[0]);
        g_autofree char *text = json_is_bool(member) ? json_text(member) : g_strdup(json_string(member));
        if (sides[1] == NULL ? is_empty(member) : !same_text(text != NULL ? text : "", sides[1]))
            continue;
        if (!check_presence(place, value, json_get_string(rule, "needs"), TRUE, condition) ||
            !check_presence(place, value, json_get_string(rule, "lacks"), FALSE, condition))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_object(struct place *place, const char *schema_name, const json *value)
{
    const json *schema = json_get(json_get(place->schemas, "schemas"), schema_name);
    if (schema == NULL)
        g_error("assets/practice/schemas.json has no schema %s", schema_name);
    if (!json_is_object(value))
        return wrong_kind(place);
    /* Names first: what is not in the model at all is not read any further. */
    json_for_each (member, value) {
        if (kind_of(schema, json_name(member)) == NULL)
            return refuse(place, "The property '%s' does not exist on type '%s' or cannot be written.",
                          json_name(member), schema_name);
    }
    /* What it says to be is what is asked for here: a type that the schema names, else one of the schema's name. */
    const char *said = json_get_string(value, "@odata.type");
    const char *types = json_get_string(schema, "-type") != NULL ? json_get_string(schema, "-type") : schema_name;
    const char *name = said != NULL && said[0] == '#' ? said + 1 : said;
    if (name != NULL && (!g_str_has_prefix(name, GRAPH_TYPE) || !graph_has_word(types, name + strlen(GRAPH_TYPE))))
        return refuse(place, "An entry with type '%s' was found, but it is not assignable to the expected type '%s%s'.",
                      said, GRAPH_TYPE, types);
    json_for_each (member, value) {
        place->field = json_name(member);
        if (!check_kind(place, kind_of(schema, json_name(member)), member))
            return FALSE;
    }
    return check_required(place, schema, value) && check_rules(place, schema, value);
}

/* "MIN-MAX" at the end of KIND, behind a colon; TRUE if there is no such end. */
static gboolean is_within(const char *kind, gint64 number)
{
    const char *bounds = strrchr(kind, ':');
    const char *hyphen = bounds != NULL ? strchr(bounds, '-') : NULL;
    return hyphen == NULL ||
           (number >= g_ascii_strtoll(bounds + 1, NULL, 10) && number <= g_ascii_strtoll(hyphen + 1, NULL, 10));
}

static gboolean check_array(struct place *place, const char *kind, const json *value)
{
    const char *end = strrchr(kind, ']');
    gboolean distinct = kind[1] == '~';
    const char *begin = kind + (distinct ? 2 : 1);
    g_autofree char *element = g_strndup(begin, (gsize)(end - begin));
    const char *field = place->field;
    if (!json_is_array(value))
        return wrong_kind(place);
    if (end[1] == ':' && !is_within(end, json_length(value)))
        return refuse(place, "The property '%s' has too few or too many elements.", field);
    json_for_each (item, value) {
        place->field = field;
        for (const json *other = json_next(item); distinct && other != NULL; other = json_next(other))
            if (json_equal(other, item) || same_text(json_string(other), json_string(item)))
                return refuse(place, "The property '%s' holds the same value twice.", field);
        if (!check_kind(place, element, item))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_enum(struct place *place, const char *kind, const json *value)
{
    const char *name = strchr(kind, ':') + 1;
    g_auto(GStrv) words =
        g_strsplit(json_string(value) != NULL ? json_string(value) : "", ",", g_str_has_prefix(kind, "flags") ? -1 : 1);
    if (words[0] == NULL)
        return wrong_kind(place);
    for (char **word = words; *word != NULL; word++) {
        const char *text = g_str_has_prefix(kind, "flags") ? g_strstrip(*word) : *word;
        gboolean known = FALSE;
        json_for_each (member, json_get(json_get(place->schemas, "enums"), name)) {
            known = known || g_strcmp0(json_string(member), text) == 0;
        }
        if (!known)
            return wrong_kind(place);
    }
    return TRUE;
}

static gboolean is_there(const struct place *place, const char *collections, const char *id)
{
    g_auto(GStrv) names = g_strsplit(collections, " ", -1);
    for (char **name = names; *name != NULL; name++)
        if (tenant_read(place->practice, *name, id) != NULL)
            return TRUE;
    return FALSE;
}

static gboolean check_reference(struct place *place, const char *kind, const char *text)
{
    g_autofree char *collections = g_strdup(strchr(kind, ':') + 1);
    g_strdelimit(collections, "?", ' ');
    if (g_str_has_prefix(kind, "ref"))
        return is_there(place, g_strchomp(collections), text) ||
               refuse(place, "Invalid Model: %s '%s' was not found.", place->field, text);
    g_autofree char *id = graph_id_in_link(place->practice, text);
    if (id == NULL)
        return refuse(place, "Invalid URL format specified in %s or it is not of this service.", place->field);
    return is_there(place, g_strchomp(collections), id) ||
           refuse(place,
                  "Resource '%s' does not exist or one of its queried reference-property objects are not "
                  "present.",
                  id);
}

static gboolean check_string(struct place *place, const char *kind, const json *value)
{
    const char *text = json_string(value);
    if (text == NULL)
        return wrong_kind(place);
    if (g_str_has_prefix(kind, "ref") || g_str_has_prefix(kind, "link"))
        return check_reference(place, kind, text);
    g_autofree char *name = g_strndup(kind, strcspn(kind, "?:"));
    const char *pattern = json_get_string(json_get(place->schemas, "formats"), name);
    if (pattern == NULL && strcmp(name, "string") != 0 && strcmp(name, "text") != 0)
        g_error("assets/practice/schemas.json has no format %s", name);
    if (g_str_has_prefix(name, "date") && !graph_is_date(text))
        return wrong_kind(place);
    /* What may not be empty is not made of blanks either. */
    if (strcmp(name, "text") == 0 && !is_within(kind, 0) && text[strspn(text, " \t\r\n")] == '\0')
        return wrong_kind(place);
    return (is_within(kind, g_utf8_strlen(text, -1)) &&
            (pattern == NULL || g_regex_match_simple(pattern, text, G_REGEX_DOLLAR_ENDONLY, 0))) ||
           wrong_kind(place);
}

static gboolean check_kind(struct place *place, const char *kind, const json *value)
{
    if (json_is_null(value))
        return (kind[0] != '[' && strchr(kind, '?') != NULL) || g_str_has_suffix(kind, "]?") || wrong_kind(place);
    if (strcmp(kind, "any") == 0)
        return TRUE;
    if (strcmp(kind, "immutable") == 0)
        return refuse(place, "Property '%s' is read-only and cannot be set.", place->field);
    if (kind[0] == '[')
        return check_array(place, kind, value);
    if (kind[0] == '@')
        return check_object(place, kind + (kind[1] == '?' ? 2 : 1), value);
    if (kind[0] == '<') {
        g_autofree char *name = g_strndup(kind + 1, strcspn(kind, ">") - 1);
        const char *type = json_get_string(value, "@odata.type");
        json_for_each (member, json_get(json_get(place->schemas, "unions"), name)) {
            const char *schema = json_string(member);
            g_autofree char *wanted = g_strconcat("#microsoft.graph.", schema, NULL);
            if (g_strcmp0(type, wanted) == 0)
                return check_object(place, schema, value);
        }
        return refuse(place, "The @odata.type of an element of '%s' is missing or is none of %s.", place->field, name);
    }
    if (g_str_has_prefix(kind, "enum") || g_str_has_prefix(kind, "flags"))
        return check_enum(place, kind, value);
    if (g_str_has_prefix(kind, "boolean"))
        return json_is_bool(value) || wrong_kind(place);
    if (!g_str_has_prefix(kind, "integer"))
        return check_string(place, kind, value);
    g_autofree char *text = json_is_number(value) ? json_text(value) : NULL;
    return (text != NULL && strpbrk(text, ".eE") == NULL && is_within(kind, g_ascii_strtoll(text, NULL, 10))) ||
           wrong_kind(place);
}

gboolean schema_check(struct call *call, const char *name)
{
    struct place place = {.practice = call->practice, .schemas = call->practice->schemas, .field = ""};
    if (call->body == NULL)
        place.fault = g_strdup("Unable to read JSON request payload. Please ensure Content-Type header is set and "
                               "payload is of valid JSON format.");
    else
        check_object(&place, name, call->body);
    g_autofree char *fault = place.fault;
    if (fault == NULL)
        return TRUE;
    return service_error(call, 400, call->service == SERVICE_DEFENDER ? "InvalidRequestBody" : "Request_BadRequest",
                         fault);
}
