/* SPDX-License-Identifier: MIT */
/* perch explain CODE, perch explain < error.txt: what an error of Microsoft's means, without asking anybody. */
#include <stdio.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/board_json.h"
#include "commands/commands.h"
#include "commands/standard_input.h"
#include "microsoft/explain.h"

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

int command_explain(const struct options *options, GError **error)
{
    const char *word = options_word(options);
    g_autofree char *text = g_strdup(word);
    if (word == NULL) {
        g_autoptr(GByteArray) input = standard_input_read("Paste the error", error);
        if (input == NULL)
            return EXIT_FAILED;
        text = g_utf8_make_valid(input->data != NULL ? (const char *)input->data : "", (gssize)input->len);
    }
    g_autoptr(GPtrArray) found = explain_text(text);
    if (found->len > 0) {
        print_found(found, options->json);
        return EXIT_DONE;
    }
    g_autofree char *safe = text_safe(word != NULL ? word : "what was given", -1);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "Nothing is known here about %s%s%s.\nMicrosoft explains AADSTS codes at "
                "https://login.microsoftonline.com/error; a request id lets its support find the rest.",
                word != NULL ? "“" : "", safe, word != NULL ? "”" : "");
    return EXIT_BAD_INPUT;
}
