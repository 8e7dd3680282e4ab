/* SPDX-License-Identifier: MIT */
/* perch explain CODE, perch explain < error.txt: what an error of Microsoft's means, without asking anybody. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/board_json.h"
#include "commands/commands.h"
#include "commands/standard_input.h"
#include "input/paste.h"
#include "input/text_encoding.h"
#include "microsoft/explain_text.h"

static void print_found(const GPtrArray *found, gboolean as_json)
{
    json *list = json_new_array();
    for (guint i = 0; i < found->len; i++) {
        const struct explanation *row = g_ptr_array_index(found, i);
        json_append(list, json_from("{'code':%s,'service':%s,'cause':%s,'next':%s}", row->code, row->service,
                                    row->cause, row->next));
        if (!as_json)
            printf("%s%s%s%s\n  %s\n  %s\n", i > 0 ? "\n" : "", row->code, row->service[0] != '\0' ? ", " : "",
                   row->service, row->cause, row->next);
    }
    g_autoptr(json) document = json_new_object();
    json_set(document, "explanations", list);
    if (as_json)
        print_json(document);
}

/* What was given on standard input, in UTF-8: a file that PowerShell wrote is UTF-16. *IS_CUT: it went on. NULL and
 * error: it is no text. Caller frees. */
static char *read_text(gboolean *is_cut, GError **error)
{
    g_autoptr(GByteArray) input = standard_input_read("Paste the error", error);
    if (input == NULL)
        return NULL;
    *is_cut = input->len > PASTE_LIMIT;
    if (input->len == 0)
        return g_strdup("");
    const char *bytes = (const char *)input->data;
    enum text_encoding encoding = text_encoding_of(bytes, input->len);
    gsize size = 0;
    g_autofree char *decoded = text_decode(encoding, bytes, input->len, &size);
    if (decoded == NULL) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "What was given is no text that perch can read.\n%s",
                    text_encoding_sentence(encoding));
        return NULL;
    }
    return g_utf8_make_valid(decoded, (gssize)size);
}

static GError *nothing_known(const char *word, const char *text, gboolean is_cut)
{
    static const char where[] = "https://login.microsoftonline.com/error";
    g_autofree char *safe = text_safe(word != NULL ? word : "what was given", -1);
    g_autofree char *code = sign_in_code_in(text);
    if (code != NULL)
        return g_error_new(
            PERCH_ERROR, PERCH_ERROR_INPUT,
            "Nothing is known here about AADSTS%s.\nA request id lets Microsoft's support find more; what the code is "
            "stands at %s?code=%s",
            code, where, code);
    if (is_cut)
        return g_error_new(PERCH_ERROR, PERCH_ERROR_INPUT,
                           "Nothing is known here about the first %d KiB of what was given, and more was not read.\n"
                           "Give the lines around the error only.",
                           PASTE_LIMIT / 1024);
    return g_error_new(
        PERCH_ERROR, PERCH_ERROR_INPUT,
        "Nothing is known here about %s%s%s.\nA request id lets Microsoft's support find more; what an AADSTS "
        "code is stands at %s",
        word != NULL ? "“" : "", safe, word != NULL ? "”" : "", where);
}

int command_explain(const struct options *options, GError **error)
{
    const char *word = options_word(options);
    gboolean is_cut = FALSE;
    g_autofree char *text = word != NULL ? g_strdup(word) : read_text(&is_cut, error);
    if (text == NULL)
        return g_error_matches(*error, PERCH_ERROR, PERCH_ERROR_INPUT) ? EXIT_BAD_INPUT : EXIT_FAILED;
    if (strspn(text, " \t\r\n") == strlen(text)) {
        g_set_error_literal(
            error, PERCH_ERROR, PERCH_ERROR_INPUT,
            "Nothing was given to explain.\nName a code, as in perch explain AADSTS53003, or give the text "
            "on standard input.");
        return EXIT_BAD_INPUT;
    }
    g_autoptr(GPtrArray) found = explain_text(text);
    if (found->len > 0) {
        print_found(found, options->json);
        return EXIT_DONE;
    }
    g_propagate_error(error, nothing_known(word, text, is_cut));
    return EXIT_BAD_INPUT;
}
