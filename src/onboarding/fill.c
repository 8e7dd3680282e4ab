/* SPDX-License-Identifier: MIT */
#include "onboarding/fill.h"

#include <string.h>

#include "base/json.h"
#include "microsoft/request.h"
#include "onboarding/answer_value.h"
#include "onboarding/answers.h"

#define OPTIONAL_SUFFIX "?"

struct filling {
    const json *answers;
    const json *members;
    GHashTable *values;
    const char *item;
};

/* Compiled once: a check fills hundreds of texts. */
static const GRegex *placeholder_pattern(void)
{
    static GRegex *pattern;
    static gsize ready = 0;
    if (g_once_init_enter(&ready)) {
        pattern = g_regex_new("\\{([a-z][A-Za-z0-9-]*)((?:\\.[A-Za-z0-9-]+)*)\\??\\}", G_REGEX_OPTIMIZE,
                              G_REGEX_MATCH_DEFAULT, NULL);
        g_once_init_leave(&ready, 1);
    }
    return pattern;
}

/* What stands for NAME; NULL if that is not known. Borrowed. */
static const json *answer_for(const struct filling *filling, const char *name)
{
    const char *path = answer_path(name);
    const json *answer = path != NULL ? json_get_path(filling->answers, path) : NULL;
    return json_is_string(answer) && json_string(answer)[0] == '\0' ? NULL : answer;
}

/* NULL if nothing is known. Names may have commas in them. Caller frees. */
static char *text_for(const struct filling *filling, const char *name)
{
    if (strcmp(name, "item") == 0)
        return g_strdup(filling->item);
    const json *answer = answer_for(filling, name);
    if (answer != NULL)
        return answer_to_text(answer, "; ");
    const char *member = json_get_string(filling->members, name);
    if (member != NULL)
        return g_strdup(member);
    return filling->values != NULL ? g_strdup(g_hash_table_lookup(filling->values, name)) : NULL;
}

static gboolean append_filled(const GMatchInfo *match, GString *result, gpointer data)
{
    g_autofree char *whole = g_match_info_fetch(match, 0);
    g_autofree char *name = g_strndup(whole + 1, strlen(whole) - 2);
    gboolean optional = g_str_has_suffix(name, OPTIONAL_SUFFIX);
    if (optional)
        name[strlen(name) - 1] = '\0';
    g_autofree char *text = text_for(data, name);
    const char *otherwise = optional ? "" : whole;
    g_string_append(result, text != NULL ? text : otherwise);
    return FALSE;
}

static char *fill_string(const char *text, const struct filling *filling)
{
    if (strchr(text, '{') == NULL)
        return g_strdup(text);
    return g_regex_replace_eval(placeholder_pattern(), text, -1, 0, G_REGEX_MATCH_DEFAULT, append_filled,
                                (gpointer)filling, NULL);
}

static json *fill_value(const json *value, const struct filling *filling)
{
    const char *text = json_string(value);
    json *whole = json_is_object(value) ? json_new_object() : json_is_array(value) ? json_new_array() : NULL;
    json_for_each (member, whole != NULL ? value : NULL) {
        if (json_name(member) != NULL)
            json_set(whole, json_name(member), fill_value(member, filling));
        else
            json_append(whole, fill_value(member, filling));
    }
    if (text == NULL)
        return whole != NULL ? whole : json_copy(value);
    gsize length = strlen(text);
    if (length > 2 && text[0] == '{' && strchr(text, '}') == text + length - 1) {
        g_autofree char *name = g_strndup(text + 1, length - 2);
        gboolean optional = g_str_has_suffix(name, OPTIONAL_SUFFIX);
        if (optional)
            name[strlen(name) - 1] = '\0';
        const json *answer = answer_for(filling, name);
        if (answer != NULL)
            return json_copy(answer);
        g_autofree char *known = text_for(filling, name);
        if (optional && known == NULL)
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

char *fill_text(const char *text, const json *answers, GHashTable *values)
{
    const struct filling filling = {.answers = answers, .values = values};
    return fill_string(text != NULL ? text : "", &filling);
}

char *fill_from_members(const char *text, const json *with, const char *item)
{
    const struct filling filling = {.members = with, .item = item};
    return fill_string(text, &filling);
}

void fill_references(const char *text, GPtrArray *keys)
{
    const GRegex *pattern = placeholder_pattern();
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
    const GRegex *pattern = placeholder_pattern();
    if (strchr(text, '{') == NULL)
        return g_strdup(text);
    return g_regex_replace_literal(pattern, text, -1, 0, "…", G_REGEX_MATCH_DEFAULT, NULL);
}

char *fill_first_left(const char *text)
{
    const GRegex *pattern = placeholder_pattern();
    g_autoptr(GMatchInfo) match = NULL;
    if (strchr(text, '{') == NULL || !g_regex_match(pattern, text, G_REGEX_MATCH_DEFAULT, &match))
        return NULL;
    g_autofree char *whole = g_match_info_fetch(match, 0);
    return g_strndup(whole + 1, strlen(whole) - 2);
}

char *fill_first_left_in(const json *value)
{
    const char *text = json_string(value);
    char *left = text != NULL ? fill_first_left(text) : NULL;
    json_for_each (member, json_is_object(value) || json_is_array(value) ? value : NULL) {
        if (left == NULL)
            left = fill_first_left_in(member);
    }
    return left;
}
