/* SPDX-License-Identifier: MIT */
#include "input/foreign_values.h"

#include <string.h>

#include "input/fields_tokens.h"
#include "input/hub_words.h"
#include "input/validator.h"

gboolean value_is_reference(const char *name)
{
    static const char *const prefixes[] = {
        "var.",     "local.",      "module.",  "data.",      "azurerm_",   "each.",       "self.",  "param.",
        "params.",  "parameters.", "outputs.", "variables.", "os.environ", "process.env", "env.",   "vars.",
        "secrets.", "inputs.",     "this.",    "props.",     "args.",      "steps.",      "needs.", "github."};
    for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
        if (g_str_has_prefix(name, prefixes[i]))
            return TRUE;
    return g_str_has_suffix(name, ".name") || g_str_has_suffix(name, ".id") || g_str_has_suffix(name, ".Name");
}

gboolean value_is_something_else(const char *name)
{
    static const char *const endings[] = {".com", ".net",  ".org",  ".io",  ".example", ".windows", ".eml", ".msg",
                                          ".pdf", ".docx", ".xlsx", ".png", ".txt",     ".json",    ".csv", ".de"};
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(name, endings[i]))
            return TRUE;
    g_autoptr(Verdict) guid = validate_by_rules(&guid_rules, name, -1);
    return strstr(name, ".servicebus.") != NULL || g_str_has_prefix(name, "Microsoft.") || guid->valid;
}

char *value_from_base64(const char *name)
{
    enum { LEAST = 8 };
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char small[] = "abcdefghijklmnopqrstuvwxyz";
    gsize length = 0;
    if (strlen(name) < LEAST || strpbrk(name, "-_.") != NULL || strpbrk(name, capitals) == NULL ||
        strpbrk(name, small) == NULL)
        return NULL;
    g_autofree guchar *bytes = g_base64_decode(name, &length);
    g_autofree char *text = g_strndup((const char *)bytes, length);
    gboolean is_whole = strlen(text) >= length && length >= strlen(name) / 4 * 3;
    for (const char *at = text; *at != '\0'; at++)
        is_whole &= g_ascii_isalnum(*at) || strchr("-_./:{}\",", *at) != NULL;
    return is_whole ? g_steal_pointer(&text) : NULL;
}

gboolean value_is_template(const GArray *text, int from, int end)
{
    static const char *const signs[] = {"${", "{{",          "{",       "%",          "$(", "@{",      "[[",
                                        "__", "[parameters", "[concat", "[variables", "#{", "[format", "<<"};
    gboolean is_marked_up = source_has(text, from, "{{") && is_ascii_alnum(source_at(text, from + 2));
    for (gsize i = 0; i < G_N_ELEMENTS(signs) && !is_marked_up; i++)
        if (source_has(text, from, signs[i]))
            return TRUE;
    if (!is_one_of(source_at(text, from), "<[") && !is_marked_up)
        return FALSE;
    int inner = from + (is_marked_up ? 2 : 1);
    int to = inner;
    while (to < end && !is_one_of(source_at(text, to), ">]}"))
        to++;
    g_autofree char *inside = source_utf8(text, inner, to);
    g_autofree char *lower = g_utf8_strdown(inside, -1);
    return strchr(lower, ' ') != NULL || strstr(lower, "name") != NULL || strstr(lower, "hub") != NULL ||
           (is_marked_up && strchr(lower, '-') == NULL) || word_read(lower, FALSE) != WORD_NAME;
}

gboolean value_is_added_to(const GArray *text, int at)
{
    static const char *const signs[] = {"+ ",
                                        "+<",
                                        "+{",
                                        "plus ",
                                        "followed by ",
                                        "suffixed ",
                                        "prefixed ",
                                        "with suffix",
                                        "with the suffix",
                                        "with prefix",
                                        "with the prefix",
                                        "with your ",
                                        "gefolgt von",
                                        "suivi d",
                                        "seguido d",
                                        "seguito d",
                                        "gevolgd door"};
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        if (source_has(text, at, signs[i]))
            return TRUE;
    return FALSE;
}

gboolean value_is_spelt(const char *name)
{
    for (gsize i = 0; name[i] != '\0'; i++)
        if (i % 2 == 0 ? !g_ascii_isalnum(name[i]) : name[i] != '-')
            return FALSE;
    return strlen(name) > 4;
}
