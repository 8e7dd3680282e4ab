#include "onboarding/fill.h"

#include <string.h>

#include "microsoft/request.h"

#define ANSWERS_PREFIX "answers."
#define OPTIONAL_SUFFIX "?"

struct filling {
    const json *answers;
    const json *members;
    GHashTable *values;
    const char *item;
};

static GRegex *placeholder_pattern(void)
{
    return g_regex_new("\\{([a-z][A-Za-z0-9-]*)((?:\\.[A-Za-z0-9-]+)*)\\??\\}", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT,
                       NULL);
}

/* What stands for NAME; NULL if that is not known. Borrowed. */
static const json *answer_for(const struct filling *filling, const char *name)
{
    if (!g_str_has_prefix(name, ANSWERS_PREFIX))
        return NULL;
    const json *answer = json_get_path(filling->answers, name + strlen(ANSWERS_PREFIX));
    return json_is_string(answer) && json_string(answer)[0] == '\0' ? NULL : answer;
}

static const char *text_for(const struct filling *filling, const char *name)
{
    if (strcmp(name, "item") == 0)
        return filling->item;
    const char *answer = json_string(answer_for(filling, name));
    if (answer != NULL)
        return answer;
    const char *member = json_get_string(filling->members, name);
    if (member != NULL)
        return member;
    return filling->values != NULL ? g_hash_table_lookup(filling->values, name) : NULL;
}

static gboolean append_filled(const GMatchInfo *match, GString *result, gpointer data)
{
    g_autofree char *whole = g_match_info_fetch(match, 0);
    g_autofree char *name = g_strndup(whole + 1, strlen(whole) - 2);
    gboolean optional = g_str_has_suffix(name, OPTIONAL_SUFFIX);
    if (optional)
        name[strlen(name) - 1] = '\0';
    const char *text = text_for(data, name);
    const char *otherwise = optional ? "" : whole;
    g_string_append(result, text != NULL ? text : otherwise);
    return FALSE;
}

static char *fill_string(const char *text, const struct filling *filling)
{
    g_autoptr(GRegex) pattern = placeholder_pattern();
    return g_regex_replace_eval(pattern, text, -1, 0, G_REGEX_MATCH_DEFAULT, append_filled, (gpointer)filling, NULL);
}

static json *fill_value(const json *value, const struct filling *filling);

static json *fill_members(const json *value, const struct filling *filling)
{
    json *filled = json_is_object(value) ? json_new_object() : json_new_array();
    json_for_each (member, value) {
        if (json_name(member) != NULL)
            json_set(filled, json_name(member), fill_value(member, filling));
        else
            json_append(filled, fill_value(member, filling));
    }
    return filled;
}

static json *fill_value(const json *value, const struct filling *filling)
{
    if (json_is_object(value) || json_is_array(value))
        return fill_members(value, filling);
    const char *text = json_string(value);
    if (text == NULL)
        return json_copy(value);
    gsize length = strlen(text);
    if (length > 2 && text[0] == '{' && strchr(text, '}') == text + length - 1) {
        g_autofree char *name = g_strndup(text + 1, length - 2);
        gboolean optional = g_str_has_suffix(name, OPTIONAL_SUFFIX);
        if (optional)
            name[strlen(name) - 1] = '\0';
        const json *answer = answer_for(filling, name);
        if (answer != NULL)
            return json_copy(answer);
        if (optional && text_for(filling, name) == NULL)
            return json_new_string(NULL);
    }
    g_autofree char *filled = fill_string(text, filling);
    return json_new_string(filled);
}

json *fill_with(const json *with, const json *answers, GHashTable *values, const char *item)
{
    const struct filling filling = {.answers = answers, .values = values, .item = item};
    return with != NULL ? fill_value(with, &filling) : json_new_object();
}

char *fill_from_members(const char *text, const json *with, const char *item)
{
    const struct filling filling = {.members = with, .item = item};
    return fill_string(text, &filling);
}

void fill_references(const char *text, GPtrArray *keys)
{
    g_autoptr(GRegex) pattern = placeholder_pattern();
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(pattern, text, G_REGEX_MATCH_DEFAULT, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL)) {
        g_autofree char *key = g_match_info_fetch(match, 1);
        if (!g_ptr_array_find_with_equal_func(keys, key, g_str_equal, NULL))
            g_ptr_array_add(keys, g_steal_pointer(&key));
    }
}

char *fill_ellipsis(const char *text)
{
    g_autoptr(GRegex) pattern = placeholder_pattern();
    return g_regex_replace_literal(pattern, text, -1, 0, "…", G_REGEX_MATCH_DEFAULT, NULL);
}

char *fill_first_left(const char *text)
{
    g_autoptr(GRegex) pattern = placeholder_pattern();
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(pattern, text, G_REGEX_MATCH_DEFAULT, &match))
        return NULL;
    g_autofree char *whole = g_match_info_fetch(match, 0);
    return g_strndup(whole + 1, strlen(whole) - 2);
}
