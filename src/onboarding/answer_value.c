/* SPDX-License-Identifier: MIT */
#include "onboarding/answer_value.h"

#include "base/json.h"
#include "input/validate.h"
#include "onboarding/fill.h"

/* The first finding that makes the value invalid says it; a remark does not. */
char *answer_value_problem(const char *validator, const char *text)
{
    /* It would come to be another's id, or what else perch fills in, on its way into a request. */
    g_autofree char *placeholder = fill_first_left(text);
    if (placeholder != NULL)
        return g_strdup_printf("{%s} in braces stands for what perch fills in: write the value itself.", placeholder);
    if (validator == NULL)
        return NULL;
    g_autoptr(Verdict) verdict = validate(validator, text, -1);
    for (guint i = 0; !verdict->valid && i < verdict->findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(verdict->findings, i);
        if (!finding->remark)
            return g_strdup(finding->message);
    }
    return verdict->valid ? NULL : g_strdup("This value is not valid.");
}

char *answer_value_remark(const char *validator, const char *text)
{
    g_autoptr(Verdict) verdict = validator != NULL ? validate(validator, text, -1) : NULL;
    const struct finding *finding = verdict != NULL && verdict->valid && verdict->findings->len > 0
                                        ? g_ptr_array_index(verdict->findings, 0)
                                        : NULL;
    return finding != NULL ? g_strdup(finding->message) : NULL;
}

char *answer_tenant_remark(const char *validator, const char *text, const char *tenant)
{
    gboolean is_it = g_strcmp0(validator, "guid") == 0 && tenant != NULL && g_ascii_strcasecmp(text, tenant) == 0;
    return is_it ? g_strdup("This is the tenant's own id, not that of an application: compare it with its source.")
                 : NULL;
}

json *answer_list_from_text(const char *typed)
{
    g_auto(GStrv) parts = g_strsplit_set(typed, ",; \t\r\n", -1);
    json *list = json_new_array();
    for (char **part = parts; *part != NULL; part++)
        if (**part != '\0')
            json_append_string(list, *part);
    return list;
}

json *answer_names_from_text(const char *typed)
{
    g_auto(GStrv) parts = g_strsplit_set(typed, ";\r\n", -1);
    json *list = json_new_array();
    for (char **part = parts; *part != NULL; part++)
        if (*g_strstrip(*part) != '\0')
            json_append_string(list, *part);
    return list;
}

json *answer_yes_no_from_text(const char *typed)
{
    static const char *const yes[] = {"yes", "y", "true", NULL};
    static const char *const no[] = {"no", "n", "false", NULL};
    g_autofree char *word = g_ascii_strdown(typed, -1);
    if (g_strv_contains(yes, word))
        return json_new_bool(TRUE);
    return g_strv_contains(no, word) ? json_new_bool(FALSE) : NULL;
}

json *answer_number_from_text(const char *typed)
{
    gint64 number = 0;
    return g_ascii_string_to_signed(typed, 10, 0, G_MAXINT, &number, NULL) ? json_new_int(number) : NULL;
}

char *answer_list_problem(const json *list)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    json_for_each (entry, list)
        if (!g_hash_table_add(seen, g_utf8_casefold(json_string(entry), -1)))
            return g_strdup_printf("“%s” stands here twice; once is enough.", json_string(entry));
    return NULL;
}

char *answer_to_text(const json *value, const char *separator)
{
    if (json_is_string(value))
        return g_strdup(json_string(value));
    if (json_is_bool(value))
        return g_strdup(json_is_true(value) ? "yes" : "no");
    if (json_is_number(value))
        return json_text(value);
    GString *text = g_string_new(NULL);
    json_for_each (item, json_is_array(value) ? value : NULL) {
        if (text->len > 0)
            g_string_append(text, separator);
        g_string_append(text, json_string(item) != NULL ? json_string(item) : "");
    }
    return g_string_free(text, FALSE);
}
