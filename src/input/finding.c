/* SPDX-License-Identifier: MIT */
#include "input/finding.h"

#include <string.h>

#include "base/code_points.h"
#include "input/source_text.h"

const char *problem_word(enum problem problem)
{
    static const char *const words[] = {
        [PROBLEM_EMPTY] = "empty",
        [PROBLEM_OUTER_SPACE] = "outer-space",
        [PROBLEM_INNER_SPACE] = "inner-space",
        [PROBLEM_LINE_BREAK] = "line-break",
        [PROBLEM_INVISIBLE] = "invisible",
        [PROBLEM_LOOKALIKE] = "lookalike",
        [PROBLEM_NOT_ALLOWED] = "not-allowed",
        [PROBLEM_NOT_UTF8] = "not-utf8",
        [PROBLEM_PUNCTUATION] = "punctuation",
        [PROBLEM_FORM] = "form",
        [PROBLEM_LENGTH] = "length",
        [PROBLEM_CASE] = "case",
        [PROBLEM_UNUSUAL] = "unusual",
        [PROBLEM_SWAPPED] = "swapped",
        [PROBLEM_HUB_ID] = "hub-id",
        [PROBLEM_PORTAL_URL] = "portal-url",
        [PROBLEM_CONNECTION_STRING] = "connection-string",
        [PROBLEM_HOST_NAME] = "host-name",
        [PROBLEM_EXTRA_TEXT] = "extra-text",
        [PROBLEM_AMBIGUOUS] = "ambiguous",
        [PROBLEM_TOO_MANY] = "too-many",
        [PROBLEM_NOT_GIVEN] = "not-given",
        [PROBLEM_PLACEHOLDER] = "placeholder",
        [PROBLEM_CUT] = "cut",
        [PROBLEM_HIDDEN] = "hidden",
        [PROBLEM_ENCODING] = "encoding",
    };
    return words[problem];
}

const char *finding_severity(const struct finding *finding)
{
    return !finding->remark ? "error" : finding->is_warning ? "warning" : "remark";
}

struct finding *finding_new(enum problem problem, int offset, int length, char *message, char *fix, char *label)
{
    struct finding *finding = g_new0(struct finding, 1);
    finding->problem = problem;
    finding->offset = offset;
    finding->length = length;
    finding->code_point = CODE_POINT_NONE;
    finding->message = message;
    finding->fix = fix;
    finding->fix_label = label;
    return finding;
}

void wipe_text(char *text)
{
    if (text == NULL)
        return;
    explicit_bzero(text, strlen(text));
    g_free(text);
}

void finding_free(gpointer data)
{
    struct finding *finding = data;
    g_free(finding->message);
    wipe_text(finding->fix);
    g_free(finding->fix_label);
    g_free(finding);
}

GPtrArray *findings_new(void)
{
    return g_ptr_array_new_with_free_func(finding_free);
}

char *place_words(int offset, int length)
{
    if (length <= 1)
        return g_strdup_printf("column %d", offset + 1);
    return g_strdup_printf("columns %d to %d", offset + 1, offset + length);
}

char *character_words(gunichar character)
{
    if (character >= BAD_BYTE)
        return g_strdup_printf("a byte that is no UTF-8 (%02X)", character & 0xFFu);
    g_autofree char *name = code_point_name(character);
    gboolean has_vowel = strchr("aeioAEIO", name[0]) != NULL && !g_str_has_prefix(name, "one");
    return g_strdup_printf("%s %s", has_vowel ? "an" : "a", name);
}
