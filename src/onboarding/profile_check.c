#include "onboarding/profile_check.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "onboarding/condition.h"
#include "onboarding/object.h"
#include "onboarding/profile_kinds.h"

#define PROFILE_FORMAT 1

static const struct member_rule choice_members[] = {
    {"value", MEMBER_TEXT, TRUE, NULL},
    {"label", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule field_members[] = {
    {"path", MEMBER_TEXT, TRUE, NULL},
    {"label", MEMBER_TEXT, TRUE, NULL},
    {"help", MEMBER_TEXT, FALSE, NULL},
    {"kind", MEMBER_TEXT, FALSE, NULL},
    {"validator", MEMBER_TEXT, FALSE, NULL},
    {"suggestion", MEMBER_TEXT, FALSE, NULL},
    {"required", MEMBER_YES_NO, FALSE, NULL},
    {"toldWithout", MEMBER_YES_NO, FALSE, NULL},
    {"notPast", MEMBER_YES_NO, FALSE, NULL},
    {"masked", MEMBER_YES_NO, FALSE, NULL},
    {"choices", MEMBER_LIST, FALSE, choice_members},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule condition_members[] = {
    {"value", MEMBER_TEXT, TRUE, NULL},
    {"is", MEMBER_TEXTS, TRUE, NULL},
    {"reason", MEMBER_TEXT, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule until_members[] = {
    {"object", MEMBER_TEXT, TRUE, NULL},
    {"label", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule object_members[] = {
    {"key", MEMBER_TEXT, TRUE, NULL},
    {"kind", MEMBER_TEXT, TRUE, NULL},
    {"title", MEMBER_TEXT, TRUE, NULL},
    {"risk", MEMBER_TEXT, FALSE, NULL},
    {"with", MEMBER_FREE, FALSE, NULL},
    {"forEach", MEMBER_TEXT, FALSE, NULL},
    {"when", MEMBER_OBJECT, FALSE, condition_members},
    {"until", MEMBER_OBJECT, FALSE, until_members},
    {"reviewers", MEMBER_TEXT, FALSE, NULL},
    {"approvers", MEMBER_TEXT, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule line_members[] = {
    {"text", MEMBER_TEXT, TRUE, NULL},
    {"copy", MEMBER_TEXT, FALSE, NULL},
    {"masked", MEMBER_YES_NO, FALSE, NULL},
    {"forEach", MEMBER_TEXT, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule expect_members[] = {
    {"from", MEMBER_NUMBER, TRUE, NULL},
    {"until", MEMBER_NUMBER, TRUE, NULL},
    {"text", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule practice_form_members[] = {
    {"path", MEMBER_TEXT, TRUE, NULL},
    {"fields", MEMBER_FREE, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule rung_members[] = {
    {"text", MEMBER_TEXT, TRUE, NULL},
    {"copy", MEMBER_TEXT, FALSE, NULL},
    {"masked", MEMBER_YES_NO, FALSE, NULL},
    {"said", MEMBER_TEXTS, FALSE, NULL},
    {"practiceForm", MEMBER_OBJECT, FALSE, practice_form_members},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule trouble_members[] = {
    {"title", MEMBER_TEXT, TRUE, NULL},
    {"rungs", MEMBER_LIST, TRUE, rung_members},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule tell_again_members[] = {
    {"value", MEMBER_TEXT, TRUE, NULL},
    {"reason", MEMBER_TEXT, TRUE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule guide_members[] = {
    {"link", MEMBER_TEXT, FALSE, NULL},
    {"lines", MEMBER_LIST, TRUE, line_members},
    {"when", MEMBER_OBJECT, FALSE, condition_members},
    {"tell", MEMBER_YES_NO, FALSE, NULL},
    {"tellAlways", MEMBER_YES_NO, FALSE, NULL},
    {"tellAgain", MEMBER_OBJECT, FALSE, tell_again_members},
    {"practiceForm", MEMBER_OBJECT, FALSE, practice_form_members},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule wait_members[] = {
    {"after", MEMBER_TEXT, TRUE, NULL},
    {"seconds", MEMBER_NUMBER, TRUE, NULL},
    {"reason", MEMBER_TEXT, TRUE, NULL},
    {"word", MEMBER_TEXT, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule step_members[] = {
    {"id", MEMBER_TEXT, TRUE, NULL},
    {"title", MEMBER_TEXT, TRUE, NULL},
    {"explanation", MEMBER_TEXT, TRUE, NULL},
    {"needs", MEMBER_TEXTS, FALSE, NULL},
    {"fields", MEMBER_LIST, FALSE, field_members},
    {"objects", MEMBER_LIST, FALSE, object_members},
    {"guide", MEMBER_OBJECT, FALSE, guide_members},
    {"guides", MEMBER_LIST, FALSE, guide_members},
    {"when", MEMBER_OBJECT, FALSE, condition_members},
    {"toldWhen", MEMBER_OBJECT, FALSE, condition_members},
    {"obstacle", MEMBER_TEXT, FALSE, NULL},
    {"trouble", MEMBER_OBJECT, FALSE, trouble_members},
    {"wait", MEMBER_OBJECT, FALSE, wait_members},
    {"expect", MEMBER_OBJECT, FALSE, expect_members},
    {"report", MEMBER_YES_NO, FALSE, NULL},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule hand_back_members[] = {
    {"lines", MEMBER_LIST, TRUE, line_members},
    {NULL, 0, FALSE, NULL},
};

static const struct member_rule profile_members[] = {
    {"format", MEMBER_NUMBER, TRUE, NULL},
    {"id", MEMBER_TEXT, TRUE, NULL},
    {"name", MEMBER_TEXT, TRUE, NULL},
    {"dated", MEMBER_TEXT, TRUE, NULL},
    {"clouds", MEMBER_TEXTS, TRUE, NULL},
    {"steps", MEMBER_LIST, TRUE, step_members},
    {"handBack", MEMBER_OBJECT, FALSE, hand_back_members},
    {NULL, 0, FALSE, NULL},
};

static gboolean refuse(GError **error, const char *path, const char *why)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "%s: %s", path, why);
    return FALSE;
}

static gboolean check_object(const json *value, const struct member_rule *rules, const char *path, GError **error);

/* A profile comes from a file, and its texts reach the screen as they are. */
static gboolean is_printable(const char *text, const char *path, GError **error)
{
    g_autofree char *safe = text_safe_lines(text, -1);
    return strcmp(safe, text) == 0 || refuse(error, path, "a control character stands in this text.");
}

static gboolean check_text(const json *value, const char *path, GError **error)
{
    const char *text = json_string(value);
    if (text == NULL || *text == '\0')
        return refuse(error, path, "a text is wanted here.");
    return is_printable(text, path, error);
}

static gboolean is_filled(const json *value, const char *path, GError **error)
{
    return json_length(value) > 0 || refuse(error, path, "at least one entry is wanted here.");
}

static gboolean check_texts(const json *value, const char *path, GError **error)
{
    if (!json_is_array(value))
        return refuse(error, path, "a list of texts is wanted here.");
    json_for_each (item, value) {
        if (json_string(item) == NULL)
            return refuse(error, path, "only texts may stand in this list.");
        if (!is_printable(json_string(item), path, error))
            return FALSE;
    }
    return TRUE;
}

/* What a placeholder may stand for, or the value itself. */
static gboolean check_value(const json *value, const char *path, GError **error)
{
    if (json_is_number(value) || json_is_bool(value))
        return TRUE;
    return json_is_array(value) ? check_texts(value, path, error) : check_text(value, path, error);
}

static gboolean check_list(const json *value, const struct member_rule *rules, const char *path, GError **error)
{
    int index = 0;
    if (!json_is_array(value))
        return refuse(error, path, "a list is wanted here.");
    json_for_each (item, value) {
        g_autofree char *item_path = g_strdup_printf("%s[%d]", path, index++);
        if (!check_object(item, rules, item_path, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_member(const json *value, const struct member_rule *rule, const char *path, GError **error)
{
    switch (rule->type) {
    case MEMBER_TEXT:
        return check_text(value, path, error);
    case MEMBER_NUMBER:
        return (json_is_number(value)) || refuse(error, path, "a number is wanted here.");
    case MEMBER_YES_NO:
        return json_is_bool(value) || refuse(error, path, "true or false is wanted here.");
    case MEMBER_TEXTS:
        return check_texts(value, path, error);
    case MEMBER_LIST:
        return check_list(value, rule->members, path, error);
    case MEMBER_OBJECT:
        return check_object(value, rule->members, path, error);
    case MEMBER_SOME_TEXTS:
        return check_texts(value, path, error) && is_filled(value, path, error);
    case MEMBER_SOME_LIST:
        return check_list(value, rule->members, path, error) && is_filled(value, path, error);
    case MEMBER_VALUE:
        return check_value(value, path, error);
    case MEMBER_FREE:
        return json_is_object(value) || refuse(error, path, "an object is wanted here.");
    }
    return FALSE;
}

static const struct member_rule *find_rule(const struct member_rule *rules, const char *name)
{
    for (const struct member_rule *rule = rules; rule->name != NULL; rule++)
        if (strcmp(rule->name, name) == 0)
            return rule;
    return NULL;
}

static gboolean check_object(const json *value, const struct member_rule *rules, const char *path, GError **error)
{
    if (!json_is_object(value))
        return refuse(error, path, "an object is wanted here.");
    json_for_each (member, value) {
        const struct member_rule *rule = find_rule(rules, json_name(member));
        g_autofree char *member_path = g_strdup_printf("%s.%s", path, json_name(member));
        if (rule == NULL)
            return refuse(error, member_path, "this name is not known.");
        if (!check_member(member, rule, member_path, error))
            return FALSE;
    }
    for (const struct member_rule *rule = rules; rule->name != NULL; rule++) {
        g_autofree char *member_path = g_strdup_printf("%s.%s", path, rule->name);
        if (rule->required && json_get(value, rule->name) == NULL)
            return refuse(error, member_path, "this is missing.");
    }
    return TRUE;
}

/* What an object of this kind is made with. */
static gboolean check_with(const json *object, const char *path, GError **error)
{
    const json *with = json_get(object, "with");
    g_autoptr(json) nothing = json_new_object();
    g_autofree char *with_path = g_strconcat(path, ".with", NULL);
    return check_object(with != NULL ? with : nothing, profile_kind_members(json_get_string(object, "kind")), with_path,
                        error);
}

static gboolean check_object_entry(const json *object, GHashTable *keys, const char *path, GError **error)
{
    const char *key = json_get_string(object, "key");
    if (object_kind_named(json_get_string(object, "kind")) == NULL) {
        g_autofree char *kind_path = g_strconcat(path, ".kind", NULL);
        return refuse(error, kind_path, "no such kind of object.");
    }
    if (!check_with(object, path, error))
        return FALSE;
    if (!g_hash_table_add(keys, (gpointer)key)) {
        g_autofree char *key_path = g_strconcat(path, ".key", NULL);
        return refuse(error, key_path, "this key stands twice.");
    }
    if (json_get(object, "when") != NULL && !condition_is_about_answers(json_get(object, "when"))) {
        g_autofree char *when_path = g_strconcat(path, ".when.value", NULL);
        return refuse(error, when_path, "whether an object is wanted depends on answers alone.");
    }
    return TRUE;
}

/* What makes a step fall away, or counts as told, has to say why. */
static gboolean check_conditions(const json *step, const char *path, GError **error)
{
    static const char *const names[] = {"when", "toldWhen"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const json *condition = json_get(step, names[i]);
        g_autofree char *reason_path = g_strdup_printf("%s.%s.reason", path, names[i]);
        if (condition != NULL && json_get_string(condition, "reason") == NULL)
            return refuse(error, reason_path, "this is missing.");
    }
    if (json_get(step, "guide") == NULL || json_get(step, "guides") == NULL)
        return TRUE;
    g_autofree char *guides_path = g_strconcat(path, ".guides", NULL);
    return refuse(error, guides_path, "a step has either one guide or several.");
}

static gboolean check_step(const json *step, GHashTable *steps, GHashTable *keys, const char *path, GError **error)
{
    int index = 0;
    json_for_each (need, json_get(step, "needs")) {
        g_autofree char *need_path = g_strdup_printf("%s.needs[%d]", path, index++);
        if (!g_hash_table_contains(steps, json_string(need)))
            return refuse(error, need_path, "no earlier step has this id.");
    }
    const char *after = json_get_string(json_get(step, "wait"), "after");
    if (after != NULL && !g_hash_table_contains(steps, after)) {
        g_autofree char *after_path = g_strconcat(path, ".wait.after", NULL);
        return refuse(error, after_path, "no earlier step has this id.");
    }
    index = 0;
    json_for_each (object, json_get(step, "objects")) {
        g_autofree char *object_path = g_strdup_printf("%s.objects[%d]", path, index++);
        if (!check_object_entry(object, keys, object_path, error))
            return FALSE;
    }
    if (!check_conditions(step, path, error))
        return FALSE;
    if (!g_hash_table_add(steps, (gpointer)json_get_string(step, "id"))) {
        g_autofree char *id_path = g_strconcat(path, ".id", NULL);
        return refuse(error, id_path, "this id stands twice.");
    }
    return TRUE;
}

static gboolean check_until(const json *step, GHashTable *keys, const char *path, GError **error)
{
    int index = 0;
    json_for_each (object, json_get(step, "objects")) {
        const char *key = json_get_string(json_get(object, "until"), "object");
        g_autofree char *until_path = g_strdup_printf("%s.objects[%d].until.object", path, index++);
        if (key != NULL && !g_hash_table_contains(keys, key))
            return refuse(error, until_path, "no object has this key.");
    }
    return TRUE;
}

static gboolean check_references(const json *document, GError **error)
{
    g_autoptr(GHashTable) steps = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    int index = 0;
    json_for_each (step, json_get(document, "steps")) {
        g_autofree char *path = g_strdup_printf("$.steps[%d]", index++);
        if (!check_step(step, steps, keys, path, error))
            return FALSE;
    }
    index = 0;
    json_for_each (step, json_get(document, "steps")) {
        g_autofree char *path = g_strdup_printf("$.steps[%d]", index++);
        if (!check_until(step, keys, path, error))
            return FALSE;
    }
    return index > 0 || refuse(error, "$.steps", "a profile has at least one step.");
}

gboolean profile_check(const json *document, GError **error)
{
    if (!check_object(document, profile_members, "$", error))
        return FALSE;
    if (json_get_int(document, "format", 0) != PROFILE_FORMAT)
        return refuse(error, "$.format", "this perch reads format 1.");
    return check_references(document, error);
}
