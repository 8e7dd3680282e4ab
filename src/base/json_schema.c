/* SPDX-License-Identifier: MIT */
#include "base/json_schema.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/suggest.h"

#define LARGEST_WHOLE 9007199254740991LL
#define TYPES(schema) ((schema)->is & (JSON_REQUIRED - 1))

struct walk {
    GString *path;
    gconstpointer context;
    GError **error;
};

gboolean json_schema_refuse(GError **error, const char *path, const char *why)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "%s: %s", path, why);
    return FALSE;
}

static gboolean refuse(struct walk *walk, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean refuse(struct walk *walk, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *why = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return json_schema_refuse(walk->error, walk->path->str, why);
}

/* VALUE NULL: 0, and no whole number. */
static gboolean read_whole(const json *value, gint64 *number)
{
    g_autofree char *text = value != NULL ? json_text(value) : g_strdup("");
    *number = 0;
    return g_ascii_string_to_signed(text, 10, -LARGEST_WHOLE, LARGEST_WHOLE, number, NULL);
}

/* Every type that VALUE is of. */
static unsigned types_of(const json *value)
{
    gint64 number;
    if (json_is_string(value))
        return JSON_TEXT | JSON_WORD;
    if (json_is_number(value))
        return read_whole(value, &number) ? JSON_NUMBER | JSON_WHOLE : JSON_NUMBER;
    if (json_is_bool(value))
        return JSON_YES_NO;
    if (json_is_array(value))
        return JSON_LIST;
    return json_is_object(value) ? JSON_OBJECT | JSON_MAP : JSON_NULL;
}

static gboolean refuse_type(struct walk *walk, unsigned wanted)
{
    static const struct {
        unsigned type;
        const char *words;
    } types[] = {
        {JSON_TEXT | JSON_WORD, "a text in quotes"},
        {JSON_NUMBER, "a number"},
        {JSON_WHOLE, "a whole number"},
        {JSON_YES_NO, "true or false"},
        {JSON_LIST, "a list in square brackets"},
        {JSON_OBJECT | JSON_MAP, "an object in braces"},
    };
    g_autoptr(GString) words = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if ((wanted & types[i].type) != 0)
            g_string_append_printf(words, "%s%s", words->len > 0 ? " or " : "", types[i].words);
    return refuse(walk, "%s is wanted here.", words->str);
}

static gboolean check_value(struct walk *walk, const struct json_schema *schema, const json *value);

/* VALUE stands in the value that the path names, behind SUFFIX. */
static gboolean check_below(struct walk *walk, const struct json_schema *schema, const json *value, const char *suffix)
{
    gsize length = walk->path->len;
    g_string_append(walk->path, suffix);
    gboolean ok = check_value(walk, schema, value);
    if (ok)
        g_string_truncate(walk->path, length);
    return ok;
}

static gboolean check_entries(struct walk *walk, const struct json_schema *schema, const json *value)
{
    int index = 0;
    gint64 length = json_length(value);
    if (schema->most > 0 && (length < schema->least || length > schema->most))
        return refuse(walk, "from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " entries are wanted here.", schema->least,
                      schema->most);
    json_for_each (entry, schema->inner != NULL ? value : NULL) {
        g_autofree char *suffix =
            json_name(entry) != NULL ? g_strconcat(".", json_name(entry), NULL) : g_strdup_printf("[%d]", index++);
        if (!check_below(walk, schema->inner, entry, suffix))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_members(struct walk *walk, const struct json_schema *members, const json *value)
{
    json_for_each (member, value) {
        const struct json_schema *schema = members;
        while (schema->name != NULL && strcmp(schema->name, json_name(member)) != 0)
            schema++;
        g_autofree char *suffix = g_strconcat(".", json_name(member), NULL);
        if (schema->name == NULL) {
            g_autoptr(GPtrArray) names = g_ptr_array_new();
            for (const struct json_schema *known = members; known == members || known[-1].name != NULL; known++)
                g_ptr_array_add(names, (gpointer)known->name);
            g_autofree char *question = suggest_question(json_name(member), (const char *const *)names->pdata);
            g_string_append(walk->path, suffix);
            return refuse(walk, "this name is not known.%s", question);
        }
        if (!check_below(walk, schema, member, suffix))
            return FALSE;
    }
    for (const struct json_schema *member = members; member->name != NULL; member++) {
        if ((member->is & JSON_REQUIRED) == 0 || json_get(value, member->name) != NULL)
            continue;
        g_string_append_printf(walk->path, ".%s", member->name);
        return refuse(walk, "this is missing.");
    }
    return TRUE;
}

static gboolean check_value(struct walk *walk, const struct json_schema *schema, const json *value)
{
    unsigned types = types_of(value) & schema->is;
    const char *text = json_string(value);
    gboolean ok = TRUE;
    gint64 number;
    if (types == 0)
        return refuse_type(walk, schema->is);
    if ((schema->is & JSON_FILLED) != 0 && text != NULL && text[0] == '\0')
        return refuse(walk, "this is empty.");
    if ((schema->is & JSON_FILLED) != 0 && (json_is_array(value) || json_is_object(value)) && json_length(value) == 0)
        return refuse(walk, "at least one entry is wanted here.");
    if ((types & JSON_WORD) != 0 && text != NULL && text[0] != '\0' && !g_strv_contains(schema->words, text)) {
        g_autofree char *words = g_strjoinv(", ", (char **)schema->words);
        g_autofree char *question = suggest_question(text, schema->words);
        return refuse(walk, "only one of these is known: %s.%s", words, question);
    }
    if ((types & JSON_WHOLE) != 0 && read_whole(value, &number) && schema->most != 0 &&
        (number < schema->least || number > schema->most))
        return refuse(walk, "a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " is wanted here.",
                      schema->least, schema->most);
    if ((types & (JSON_LIST | JSON_MAP)) != 0)
        ok = check_entries(walk, schema, value);
    if (ok && (types & JSON_OBJECT) != 0 && schema->inner != NULL)
        ok = check_members(walk, schema->inner, value);
    if (!ok || schema->problem == NULL)
        return ok;
    g_autofree char *problem = schema->problem(value, schema->data, walk->context);
    return problem == NULL || refuse(walk, "%s", problem);
}

gboolean json_schema_check(const struct json_schema *schema, const json *value, const char *root, gconstpointer context,
                           GError **error)
{
    g_autoptr(GString) path = g_string_new(root);
    struct walk walk = {path, context, error};
    return check_value(&walk, schema, value);
}

/* What a member of the name NAME has to be; NULL if there can be none. */
static const struct json_schema *member_schema(const struct json_schema *schema, const char *name)
{
    if ((schema->is & JSON_MAP) != 0)
        return schema->inner;
    const struct json_schema *member = schema->inner;
    while (member->name != NULL && strcmp(member->name, name) != 0)
        member++;
    return member->name != NULL ? member : NULL;
}

void json_schema_prune(const struct json_schema *schema, json *value, const char *root, gconstpointer context,
                       GPtrArray *faults)
{
    /* Of the object as a whole whoever calls judges. */
    struct json_schema members = *schema;
    members.problem = NULL;
    json *next = NULL;
    for (json *member = json_first(value); member != NULL; member = next) {
        const struct json_schema *inner = member_schema(schema, json_name(member));
        g_autofree char *path = g_strconcat(root, ".", json_name(member), NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(json) alone = json_new_object();
        json_set(alone, json_name(member), json_copy(member));
        next = json_next(member);
        if (json_schema_check(&members, alone, root, context, &error))
            continue;
        if (inner != NULL && inner->inner != NULL && json_is_object(member)) {
            json_schema_prune(inner, member, path, context, faults);
            if (json_schema_check(inner, member, path, context, NULL))
                continue;
        }
        g_ptr_array_add(faults, g_strdup(error->message));
        json_remove(value, json_name(member));
    }
}

struct json_arena {
    GPtrArray *blocks;
    GPtrArray *lists;
};

struct json_arena *json_arena_new(void)
{
    struct json_arena *arena = g_new0(struct json_arena, 1);
    arena->blocks = g_ptr_array_new_with_free_func(g_free);
    arena->lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    return arena;
}

void json_arena_free(struct json_arena *arena)
{
    if (arena == NULL)
        return;
    g_ptr_array_unref(arena->blocks);
    g_ptr_array_unref(arena->lists);
    g_free(arena);
}

static void *arena_block(struct json_arena *arena, gsize size)
{
    void *block = g_malloc0(size);
    g_ptr_array_add(arena->blocks, block);
    return block;
}

static GPtrArray *arena_list(struct json_arena *arena)
{
    GPtrArray *list = g_ptr_array_new();
    g_ptr_array_add(arena->lists, list);
    return list;
}

static const void *read_struct(const struct json_schema *schema, const json *value, struct json_arena *arena)
{
    void *made = arena_block(arena, schema->size);
    json_schema_read(schema, value, made, arena);
    return made;
}

static GPtrArray *read_pairs(const json *value, struct json_arena *arena)
{
    GPtrArray *list = arena_list(arena);
    json_for_each (member, value) {
        struct json_pair *pair = arena_block(arena, sizeof *pair);
        pair->name = json_name(member);
        pair->text = json_string(member);
        g_ptr_array_add(list, pair);
    }
    return list;
}

static void read_member(const struct json_schema *schema, const json *value, void *place, struct json_arena *arena)
{
    unsigned is = TYPES(schema);
    const char *text = json_string(value);
    if (is == JSON_TEXT) {
        *(const char **)place = text;
    } else if (is == JSON_WORD) {
        int index = 0;
        while (text != NULL && text[0] != '\0' && strcmp(schema->words[index], text) != 0)
            index++;
        *(int *)place = index;
    } else if (is == JSON_WHOLE) {
        read_whole(value, place);
    } else if (is == JSON_YES_NO) {
        *(gboolean *)place = json_is_true(value);
    } else if (is == JSON_LIST && TYPES(schema->inner) == JSON_OBJECT) {
        GPtrArray *list = arena_list(arena);
        json_for_each (entry, value)
            g_ptr_array_add(list, (gpointer)read_struct(schema->inner, entry, arena));
        *(GPtrArray **)place = list;
    } else if (is == JSON_LIST) {
        const char **texts = arena_block(arena, ((gsize)json_length(value) + 1) * sizeof *texts);
        *(const char *const **)place = texts;
        json_for_each (entry, value)
            *texts++ = json_string(entry);
    } else if (is == JSON_MAP) {
        *(GPtrArray **)place = read_pairs(value, arena);
    } else if (is == JSON_OBJECT && schema->inner != NULL) {
        *(const void **)place = value != NULL ? read_struct(schema, value, arena) : NULL;
    } else {
        *(const json **)place = value;
    }
}

void json_schema_read(const struct json_schema *schema, const json *value, void *target, struct json_arena *arena)
{
    for (const struct json_schema *member = schema->inner; member->name != NULL; member++)
        if (member->place > 0)
            read_member(member, json_get(value, member->name), (char *)target + member->place - 1, arena);
}
