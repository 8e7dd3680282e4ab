#include "practice/schema.h"

#include <string.h>

/* Where in the body the check stands, for the message. */
struct place {
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
    const char *kind = json_get_string(schema, name);
    if (kind != NULL)
        return kind;
    g_autofree char *required = g_strconcat(name, "!", NULL);
    return json_get_string(schema, required);
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

static gboolean check_object(struct place *place, const char *schema_name, const json *value)
{
    const json *schema = json_get(json_get(place->schemas, "schemas"), schema_name);
    if (schema == NULL)
        g_error("assets/practice/schemas.json has no schema %s", schema_name);
    if (!json_is_object(value))
        return wrong_kind(place);
    json_for_each (member, value) {
        const char *name = json_name(member);
        const char *kind = kind_of(schema, name);
        if (kind == NULL && strcmp(name, "@odata.type") == 0 && json_get(schema, "-bare") == NULL)
            kind = "string";
        if (kind == NULL)
            return refuse(place, "The property '%s' does not exist on type '%s' or cannot be written.", name,
                          schema_name);
        place->field = name;
        if (!check_kind(place, kind, member))
            return FALSE;
    }
    return check_required(place, schema, value);
}

static gboolean check_union(struct place *place, const char *kind, const json *value)
{
    g_autofree char *name = g_strndup(kind + 1, strlen(kind) - 2);
    const char *type = json_get_string(value, "@odata.type");
    json_for_each (member, json_get(json_get(place->schemas, "unions"), name)) {
        const char *schema = json_string(member);
        g_autofree char *wanted = g_strconcat("#microsoft.graph.", schema, NULL);
        if (g_strcmp0(type, wanted) == 0)
            return check_object(place, schema, value);
    }
    return refuse(place, "The @odata.type of an element of '%s' is missing or is none of %s.", place->field, name);
}

/* "MIN-MAX" behind a colon. */
static gboolean is_within(const char *bounds, gint64 number)
{
    const char *hyphen = strchr(bounds, '-');
    return number >= g_ascii_strtoll(bounds, NULL, 10) && number <= g_ascii_strtoll(hyphen + 1, NULL, 10);
}

static gboolean check_array(struct place *place, const char *kind, const json *value)
{
    const char *end = strrchr(kind, ']');
    g_autofree char *element = g_strndup(kind + 1, (gsize)(end - kind - 1));
    const char *field = place->field;
    if (!json_is_array(value))
        return wrong_kind(place);
    if (end[1] == ':' && !is_within(end + 2, json_length(value)))
        return refuse(place, "The property '%s' has too few or too many elements.", field);
    json_for_each (item, value) {
        place->field = field;
        if (!check_kind(place, element, item))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_enum(struct place *place, const char *kind, const json *value)
{
    const char *text = json_string(value);
    json_for_each (member, json_get(json_get(place->schemas, "enums"), strchr(kind, ':') + 1)) {
        if (g_strcmp0(json_string(member), text) == 0)
            return TRUE;
    }
    return wrong_kind(place);
}

static gboolean fits_pattern(const char *kind, const char *text)
{
    static const struct {
        const char *kind, *pattern;
    } patterns[] = {
        {"duration", "^-?P([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+([.][0-9]+)?S)?)?$"},
        {"dateTime", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$"},
        {"date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        {"nickname", "^[^\\x{0}-\\x{20}\\x{7f}-\\x{10ffff}@()\\\\\\[\\]\";:.<>,]{1,64}$"},
        {"url", "^https?://.+"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++)
        if (g_str_has_prefix(kind, patterns[i].kind))
            return g_regex_match_simple(patterns[i].pattern, text, 0, 0);
    return TRUE;
}

static gboolean is_integer(const json *value)
{
    g_autofree char *text = json_is_number(value) ? json_text(value) : NULL;
    return text != NULL && strpbrk(text, ".eE") == NULL;
}

static gboolean check_scalar(struct place *place, const char *kind, const json *value)
{
    if (g_str_has_prefix(kind, "boolean"))
        return json_is_bool(value) || wrong_kind(place);
    if (g_str_has_prefix(kind, "integer"))
        return is_integer(value) || wrong_kind(place);
    if (!json_is_string(value))
        return wrong_kind(place);
    const char *text = json_string(value);
    if (g_str_has_prefix(kind, "text:"))
        return is_within(kind + 5, g_utf8_strlen(text, -1)) || wrong_kind(place);
    return fits_pattern(kind, text) || wrong_kind(place);
}

static gboolean check_kind(struct place *place, const char *kind, const json *value)
{
    gboolean nullable = strchr(kind, '?') != NULL;
    if (json_is_null(value))
        return nullable || wrong_kind(place);
    if (strcmp(kind, "any") == 0)
        return TRUE;
    if (strcmp(kind, "immutable") == 0)
        return refuse(place, "Property '%s' is read-only and cannot be set.", place->field);
    if (kind[0] == '[')
        return check_array(place, kind, value);
    if (kind[0] == '@')
        return check_object(place, kind + (kind[1] == '?' ? 2 : 1), value);
    if (kind[0] == '<')
        return check_union(place, kind, value);
    if (g_str_has_prefix(kind, "enum"))
        return check_enum(place, kind, value);
    return check_scalar(place, kind, value);
}

gboolean schema_check(struct call *call, const char *name)
{
    struct place place = {.schemas = call->practice->schemas, .field = ""};
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
