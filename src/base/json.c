/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/clock.h"
#include "base/code_points.h"
#include "base/error.h"
#include "base/json_strict.h"
#include "base/late_cjson.h"

#define EXACT_INTEGER_LIMIT 9007199254740992.0

void json_init(void)
{
    cJSON_Hooks hooks = {.malloc_fn = g_malloc, .free_fn = g_free};
    cJSON_InitHooks(&hooks);
}

json *json_parse(const char *text, gssize length, GError **error)
{
    size_t size = length < 0 ? strlen(text) : (size_t)length;
    if (!json_check_strict(text, size, error))
        return NULL;
    json *value = cJSON_ParseWithLength(text, size);
    if (value == NULL)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL, "The JSON text cannot be read.");
    return value;
}

void json_free(json *value)
{
    cJSON_Delete(value);
}

/* cJSON escapes what JSON wants escaped: below U+0020. What else a terminal or a reader could stumble over stands only
 * within strings, where an escape means the same. PRINTED is taken. */
static char *escape_dangerous(char *printed)
{
    const char *special = printed;
    while (special != NULL && *special != '\0' && (guchar)*special < 0x7F)
        special++;
    if (special == NULL || *special == '\0' || !g_utf8_validate(special, -1, NULL))
        return printed;
    GString *text = g_string_sized_new(strlen(printed));
    const char *from = printed;
    for (const char *at = special; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar code_point = (guchar)*at < 0x7F ? 0 : g_utf8_get_char(at);
        if (code_point == 0 || (code_point_class(code_point) & CODE_POINT_DANGEROUS) == 0)
            continue;
        g_string_append_len(text, from, at - from);
        from = g_utf8_next_char(at);
        if (code_point <= 0xFFFF)
            g_string_append_printf(text, "\\u%04x", code_point);
        else
            g_string_append_printf(text, "\\u%04x\\u%04x", 0xD800 + ((code_point - 0x10000) >> 10),
                                   0xDC00 + ((code_point - 0x10000) & 0x3FF));
    }
    g_string_append(text, from);
    g_free(printed);
    return g_string_free(text, FALSE);
}

char *json_text(const json *value)
{
    return escape_dangerous(cJSON_PrintUnformatted(value));
}

char *json_text_indented(const json *value)
{
    return escape_dangerous(cJSON_Print(value));
}

static void append_slot(GString *text, char slot, va_list *arguments)
{
    g_autoptr(json) string = NULL;
    g_autofree char *printed = NULL;
    const json *value;
    switch (slot) {
    case 's':
        string = json_new_string(va_arg(*arguments, const char *));
        printed = json_text(string);
        g_string_append(text, printed);
        break;
    case 'b':
        g_string_append(text, va_arg(*arguments, gboolean) ? "true" : "false");
        break;
    case 'd':
        g_string_append_printf(text, "%" G_GINT64_FORMAT, va_arg(*arguments, gint64));
        break;
    case 'j':
        value = va_arg(*arguments, const json *);
        printed = value != NULL ? json_text(value) : g_strdup("null");
        g_string_append(text, printed);
        break;
    default:
        g_string_append_c(text, slot);
    }
}

json *json_from(const char *format, ...)
{
    g_autoptr(GString) text = g_string_new(NULL);
    va_list arguments;
    va_start(arguments, format);
    for (const char *at = format; *at != '\0'; at++) {
        if (*at == '%' && at[1] != '\0')
            append_slot(text, *++at, &arguments);
        else
            g_string_append_c(text, *at == '\'' ? '"' : *at);
    }
    va_end(arguments);
    g_autoptr(GError) error = NULL;
    json *value = json_parse(text->str, (gssize)text->len, &error);
    if (value == NULL)
        g_error("json_from(\"%s\"): %s", format, error->message);
    return value;
}

json *json_new_object(void)
{
    return cJSON_CreateObject();
}

json *json_new_array(void)
{
    return cJSON_CreateArray();
}

json *json_new_string(const char *text)
{
    return text != NULL ? cJSON_CreateString(text) : cJSON_CreateNull();
}

json *json_new_int(gint64 number)
{
    return cJSON_CreateNumber((double)number);
}

json *json_new_bool(gboolean truth)
{
    return cJSON_CreateBool(truth);
}

json *json_copy(const json *value)
{
    return value != NULL ? cJSON_Duplicate(value, TRUE) : NULL;
}

void json_set(json *object, const char *name, json *value)
{
    json *item = value != NULL ? value : cJSON_CreateNull();
    if (json_get(object, name) != NULL)
        cJSON_ReplaceItemInObjectCaseSensitive(object, name, item);
    else
        cJSON_AddItemToObject(object, name, item);
}

void json_set_string(json *object, const char *name, const char *text)
{
    json_set(object, name, json_new_string(text));
}

void json_set_time(json *object, const char *name, gint64 time)
{
    g_autofree char *text = time > 0 ? clock_format(time) : NULL;
    json_set_string(object, name, text);
}

void json_set_int(json *object, const char *name, gint64 number)
{
    json_set(object, name, json_new_int(number));
}

void json_set_bool(json *object, const char *name, gboolean truth)
{
    json_set(object, name, json_new_bool(truth));
}

json *json_detach(json *object, const char *name)
{
    return cJSON_DetachItemFromObjectCaseSensitive(object, name);
}

void json_remove(json *object, const char *name)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, name);
}

void json_append(json *array, json *value)
{
    cJSON_AddItemToArray(array, value != NULL ? value : cJSON_CreateNull());
}

void json_append_string(json *array, const char *text)
{
    json_append(array, json_new_string(text));
}

json *json_detach_at(json *array, int index)
{
    return index >= 0 && index < json_length(array) ? cJSON_DetachItemFromArray(array, index) : NULL;
}

json *json_get(const json *object, const char *name)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, name) : NULL;
}

json *json_get_path(const json *object, const char *dotted_path)
{
    g_auto(GStrv) names = g_strsplit(dotted_path, ".", -1);
    const json *at = object;
    for (char **name = names; *name != NULL && at != NULL; name++)
        at = json_get(at, *name);
    return (json *)at;
}

json *json_at(const json *array, int index)
{
    return cJSON_IsArray(array) ? cJSON_GetArrayItem(array, index) : NULL;
}

json *json_find(const json *list, const char *member, const char *text)
{
    json *found = text != NULL ? json_first(list) : NULL;
    while (found != NULL && g_strcmp0(json_get_string(found, member), text) != 0)
        found = json_next(found);
    return found;
}

gboolean json_has_text(const json *list, const char *text)
{
    const json *found = json_first(list);
    while (found != NULL && g_strcmp0(json_string(found), text) != 0)
        found = json_next(found);
    return found != NULL;
}

int json_length(const json *container)
{
    return cJSON_IsArray(container) || cJSON_IsObject(container) ? cJSON_GetArraySize(container) : 0;
}

json *json_first(const json *container)
{
    return cJSON_IsArray(container) || cJSON_IsObject(container) ? container->child : NULL;
}

json *json_next(const json *member)
{
    return member != NULL ? member->next : NULL;
}

const char *json_name(const json *member)
{
    return member != NULL ? member->string : NULL;
}

const char *json_get_string(const json *object, const char *name)
{
    return json_string(json_get(object, name));
}

const char *json_get_shown(const json *object, const char *name)
{
    const char *text = json_get_string(object, name);
    return text != NULL && text[0] != '\0' ? text : "(not given)";
}

gboolean json_get_bool(const json *object, const char *name, gboolean fallback)
{
    const json *value = json_get(object, name);
    return cJSON_IsBool(value) ? (gboolean)cJSON_IsTrue(value) : fallback;
}

gint64 json_get_int(const json *object, const char *name, gint64 fallback)
{
    const json *value = json_get(object, name);
    return cJSON_IsNumber(value) && fabs(value->valuedouble) < EXACT_INTEGER_LIMIT ? (gint64)value->valuedouble
                                                                                   : fallback;
}

void json_wipe(json *value)
{
    if (cJSON_IsString(value)) {
        volatile char *text = value->valuestring;
        while (*text != '\0')
            *text++ = '\0';
    }
    json_for_each (member, value) {
        json_wipe(member);
    }
}

const char *json_string(const json *value)
{
    return cJSON_IsString(value) ? value->valuestring : NULL;
}

gboolean json_is_true(const json *value)
{
    return (gboolean)cJSON_IsTrue(value);
}

gboolean json_is_object(const json *value)
{
    return (gboolean)cJSON_IsObject(value);
}

gboolean json_is_array(const json *value)
{
    return (gboolean)cJSON_IsArray(value);
}

gboolean json_is_string(const json *value)
{
    return (gboolean)cJSON_IsString(value);
}

gboolean json_is_number(const json *value)
{
    return (gboolean)cJSON_IsNumber(value);
}

gboolean json_is_bool(const json *value)
{
    return (gboolean)cJSON_IsBool(value);
}

gboolean json_is_null(const json *value)
{
    return (gboolean)cJSON_IsNull(value);
}

gboolean json_equal(const json *a, const json *b)
{
    return (a == NULL && b == NULL) || (a != NULL && b != NULL && cJSON_Compare(a, b, TRUE));
}
