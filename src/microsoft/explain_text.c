/* SPDX-License-Identifier: MIT */
#include "microsoft/explain_text.h"

#include <string.h>

#include "base/assets.h"
#include "base/json.h"

#define EXPLANATIONS_ASSET "explanations.json"
#define STATUS "status"
#define GENERAL "general"
#define SIGN_IN_PREFIX "AADSTS"
#define MOST_EXPLANATIONS 5

/* How surely a part of a row was found. */
enum {
    SURE = 20,
    BY_REQUEST = 15,
    BY_WORDS = 10,
    BY_GENERAL_CODE = 5,
    BY_STATUS = 1,
};

static gboolean is_word_byte(char byte)
{
    return g_ascii_isalnum(byte) || byte == '_';
}

/* The next place of WORD in TEXT, at AT or behind it, where it is no part of a longer word. */
static const char *find_word(const char *text, const char *at, const char *word)
{
    gsize length = strlen(word);
    for (at = strcasestr(at, word); at != NULL; at = strcasestr(at + 1, word))
        if ((at == text || !is_word_byte(at[-1])) && !is_word_byte(at[length]))
            return at;
    return NULL;
}

/* The end of what stands before AT, without blanks (of any script) and quotes. */
static const char *end_before(const char *text, const char *at)
{
    while (at > text) {
        const char *before = g_utf8_find_prev_char(text, at);
        gunichar character = g_utf8_get_char(before);
        if (!g_unichar_isspace(character) && character != '"' && character != '\'')
            return at;
        at = before;
    }
    return at;
}

/* TRUE if the word that ends at END of TEXT is one by which codes are named, in the languages of Microsoft's pages that
 * have it in Latin letters. */
static gboolean is_called_a_code(const char *text, const char *end)
{
    static const char *const names[] = {"code", "error", "aadsts", "fehler", "fout", "kod", "fejl", "fel", "feil"};
    const char *begin = end;
    while (begin > text && g_ascii_isalpha(begin[-1]))
        begin--;
    g_autofree char *word = g_ascii_strdown(begin, end - begin);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_has_suffix(word, names[i]))
            return TRUE;
    return FALSE;
}

/* TRUE if what ends at END of TEXT says that a value follows, and is not a host before its port. */
static gboolean is_label(const char *text, const char *end)
{
    if (end == text)
        return FALSE;
    const char *mark = g_utf8_find_prev_char(text, end);
    gunichar character = g_utf8_get_char(mark);
    if (character == '[' || character == '=' || character == '#')
        return TRUE;
    const char *name = end_before(text, mark);
    return (character == ':' || character == 0xFF1A) && name > text && !g_ascii_isdigit(name[-1]);
}

/* The pages and logs of the sign-in service write its codes without the letters in front: “Error Code: 53003”. */
static gboolean has_number(const char *text, const char *number)
{
    if (strcmp(text, number) == 0)
        return TRUE;
    for (const char *at = find_word(text, text, number); at != NULL; at = find_word(text, at + 1, number)) {
        const char *end = end_before(text, at);
        if (is_label(text, end) || is_called_a_code(text, end))
            return TRUE;
    }
    return FALSE;
}

/* A word that stands in many texts, a status line among them, means the code only where it is called one. */
static gboolean is_named_as_code(const char *text, const char *code)
{
    if (g_ascii_strcasecmp(text, code) == 0)
        return TRUE;
    for (const char *at = find_word(text, text, code); at != NULL; at = find_word(text, at + 1, code)) {
        const char *end = end_before(text, at);
        if (is_label(text, end) && is_called_a_code(text, end_before(text, g_utf8_find_prev_char(text, end))))
            return TRUE;
    }
    return FALSE;
}

static gboolean has_code(const char *text, const char *code)
{
    static const char *const reasons[] = {"Forbidden",       "Unauthorized",        "BadRequest", "NotFound",
                                          "TooManyRequests", "InternalServerError", NULL};
    const gboolean is_everyday_word =
        g_strv_contains(reasons, code) || strspn(code, "abcdefghijklmnopqrstuvwxyz-") == strlen(code);
    if (is_everyday_word)
        return is_named_as_code(text, code);
    if (find_word(text, text, code) != NULL)
        return TRUE;
    return g_str_has_prefix(code, SIGN_IN_PREFIX) && has_number(text, code + strlen(SIGN_IN_PREFIX));
}

/* How much ROW says about TEXT; 0 where a part of it speaks against it. */
static int weight_in_text(const json *row, const char *text)
{
    const json *match = json_get(row, "match");
    int weight = 0;
    json_for_each (wanted, match) {
        const char *name = json_name(wanted);
        const char *value = json_string(wanted);
        if (value == NULL || *value == '\0' || strcmp(name, "service") == 0)
            continue;
        gboolean is_code = strcmp(name, "code") == 0 || strcmp(name, "oauth") == 0;
        if (is_code ? !has_code(text, value) : strcasestr(text, value) == NULL)
            return 0;
        weight += is_code                     ? (json_get_bool(row, GENERAL, FALSE) ? BY_GENERAL_CODE : SURE)
                  : strcmp(name, "text") == 0 ? BY_WORDS
                                              : BY_REQUEST;
    }
    if (json_get(match, STATUS) == NULL)
        return weight;
    /* A status says something only if nothing else does and it was all that was given. */
    g_autofree char *status = g_strdup_printf("%d", (int)json_get_int(match, STATUS, 0));
    if (weight > 0)
        return weight + (find_word(text, text, status) != NULL ? BY_STATUS : 0);
    return strcmp(text, status) == 0 ? BY_STATUS : 0;
}

/* What a row is known by in a list. */
static const char *row_code(const json *match)
{
    static const char *const names[] = {"code", "oauth", "text", "asked"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (json_get_string(match, names[i]) != NULL && *json_get_string(match, names[i]) != '\0')
            return json_get_string(match, names[i]);
    return "";
}

static gint by_weight(gconstpointer a, gconstpointer b)
{
    return (*(struct explanation *const *)b)->weight - (*(struct explanation *const *)a)->weight;
}

GPtrArray *explain_text(const char *text)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *bare = g_strstrip(g_strdup(text));
    gboolean is_page = strcasestr(bare, "<html") != NULL || strcasestr(bare, "<!doctype html") != NULL;
    json_for_each (row, asset_table(EXPLANATIONS_ASSET)) {
        const char *service = json_get_string(json_get(row, "match"), "service");
        const char *code = row_code(json_get(row, "match"));
        int weight = weight_in_text(row, bare);
        /* A web page that names no code of Microsoft's is somebody else's. */
        if (weight == 0 && is_page && strcmp(code, "page") == 0)
            weight = BY_STATUS;
        struct explanation made = {code[0] != '\0' ? code : "HTTP status", service != NULL ? service : "",
                                   json_get_string(row, "cause"), json_get_string(row, "next"), weight};
        if (weight > 0)
            g_ptr_array_add(found, g_memdup2(&made, sizeof made));
    }
    g_ptr_array_sort(found, by_weight);
    for (guint i = 0; i < found->len; i++)
        for (guint k = found->len - 1; k > i; k--) {
            const struct explanation *kept = g_ptr_array_index(found, i);
            const struct explanation *other = g_ptr_array_index(found, k);
            if (strcmp(kept->code, other->code) == 0 && strcmp(kept->service, other->service) == 0)
                g_ptr_array_remove_index(found, k);
        }
    if (found->len > MOST_EXPLANATIONS)
        g_ptr_array_set_size(found, MOST_EXPLANATIONS);
    return found;
}

char *sign_in_code_in(const char *text)
{
    for (const char *at = strcasestr(text, SIGN_IN_PREFIX); at != NULL; at = strcasestr(at + 1, SIGN_IN_PREFIX)) {
        gsize digits = strspn(at + strlen(SIGN_IN_PREFIX), "0123456789");
        if (digits > 0 && (at == text || !is_word_byte(at[-1])))
            return g_strndup(at + strlen(SIGN_IN_PREFIX), digits);
    }
    return NULL;
}
