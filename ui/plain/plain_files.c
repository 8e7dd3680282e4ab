/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_files.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "ui/plain/plain_work.h"
#include "ui/reporting.h"

static gboolean may_replace(struct plain *plain, const char *file)
{
    g_autofree char *safe = text_safe(file, -1);
    g_autofree char *said = g_strdup_printf("%s is there already.", safe);
    return !g_file_test(file, G_FILE_TEST_EXISTS) || plain_agree(plain, AGREE_REPLACE, said);
}

/* FALSE if the person was asked and there is no report yet: another name may do. */
static gboolean write_report(struct plain *plain, const char *typed)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *file = reporting_path_typed(typed);
    if (!may_replace(plain, file))
        return FALSE;
    session_history(plain->session);
    if (!plain_await(plain, COMMAND_HISTORY) || plain->history == NULL)
        return FALSE;
    if (plain->options->write_report(file, plain->board, plain->history, &error)) {
        g_autofree char *safe = text_safe(file, -1);
        plain_say(plain, "perch: the report, which only you can read, is in %s", safe);
        reporting_note(plain->session, plain->board, file);
        if (!plain->board->read_only)
            plain_await(plain, COMMAND_TELL);
        return TRUE;
    }
    g_autofree char *headline = error_headline(error);
    plain_say(plain, "%s", headline);
    plain_say(plain, "%s", error_hint(error));
    return FALSE;
}

void plain_report(struct plain *plain)
{
    g_autofree char *name = reporting_file_name(plain->board);
    plain_ask(plain);
    plain_say(plain, "Write the report to which file? The end of its name says the form: .html, .md, .txt, .csv, .json "
                     "or .oscal.json; - goes back. For example:");
    plain_say(plain, "%s", name);
    for (;;) {
        g_autofree char *line = plain_hear_line(plain);
        if (g_strcmp0(line, "?") == 0) {
            plain_explain(plain, "The report says what exists in the tenant, who did it and when. A name without a "
                                 "folder stands in the folder in which perch was started.");
            continue;
        }
        if (line == NULL || *line == '\0' || strcmp(line, "-") == 0 || write_report(plain, line))
            return;
        plain_say(plain, "The name of a file, - goes back.");
    }
}

gboolean plain_hand_over(struct plain *plain)
{
    plain_ask(plain);
    plain_say(plain, "The file to write for your colleague; no secret is in it. - goes back, Enter takes perch-%s.json",
              plain->board->tenant_domain);
    g_autofree char *typed = plain_hear_line(plain);
    while (typed != NULL && *typed != '\0' && strcmp(typed, "-") != 0 && !g_str_has_suffix(typed, ".json")) {
        plain_say(plain, "Let the name of the file end in .json; - goes back.");
        g_free(typed);
        typed = plain_hear_line(plain);
    }
    if (typed == NULL || strcmp(typed, "-") == 0)
        return FALSE;
    g_autofree char *file =
        *typed != '\0' ? g_strdup(typed) : g_strdup_printf("perch-%s.json", plain->board->tenant_domain);
    if (!may_replace(plain, file))
        return FALSE;
    session_hand_over(plain->session, file);
    if (plain_await(plain, COMMAND_HAND_OVER))
        plain_say(plain, "perch: written. Your colleague starts with perch --answers and that file.");
    return FALSE;
}
