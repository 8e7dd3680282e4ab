/* SPDX-License-Identifier: MIT */
/*
 * perch doctor: what on this machine stands in the way, and what to do about each. Signs nobody in, unless a tenant is
 * named: then it is read, and where Microsoft answered differently from what it documents is collected.
 */
#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/board_json.h"
#include "commands/commands.h"
#include "commands/headless.h"
#include "commands/output.h"

#define SUBJECT_COLUMNS 28

static const char *const state_words[] = {
    [DIAGNOSIS_GOOD] = "good", [DIAGNOSIS_WORTH_KNOWING] = "note", [DIAGNOSIS_BAD] = "bad"};

static void add(GPtrArray *diagnoses, enum diagnosis_state state, const char *subject, const char *text,
                const char *next)
{
    g_autofree char *safe = text_safe(text, -1);
    g_ptr_array_add(diagnoses, diagnosis_new(state, subject, safe, next));
}

static void examine_terminal(GPtrArray *diagnoses)
{
    struct winsize size = {0};
    const char *term = g_getenv("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
        add(diagnoses, DIAGNOSIS_WORTH_KNOWING, "terminal", "There is none: the console needs one, commands do not.",
            "For the console run it in a terminal; over ssh with -t.");
        return;
    }
    ioctl(STDERR_FILENO, TIOCGWINSZ, &size);
    gboolean dumb = term == NULL || term[0] == '\0' || strcmp(term, "dumb") == 0;
    gboolean small = size.ws_col < 40 || size.ws_row < 10;
    g_autofree char *text =
        g_strdup_printf("TERM is %s, %u by %u.", term != NULL ? term : "not set", size.ws_col, size.ws_row);
    add(diagnoses, dumb || small ? DIAGNOSIS_WORTH_KNOWING : DIAGNOSIS_GOOD, "terminal", text,
        dumb    ? "Use --plain here."
        : small ? "Make it at least 40 by 10, better 80 by 24; or use --plain."
                : "");
}

static void examine_browser(GPtrArray *diagnoses)
{
    g_autofree char *opener = g_find_program_in_path("xdg-open");
    gboolean display = g_getenv("DISPLAY") != NULL || g_getenv("WAYLAND_DISPLAY") != NULL;
    if (opener != NULL && display)
        add(diagnoses, DIAGNOSIS_GOOD, "browser", "xdg-open is there, and a display.", "");
    else
        add(diagnoses, DIAGNOSIS_WORTH_KNOWING, "browser",
            opener == NULL ? "xdg-open is not installed: links are shown to be copied."
                           : "There is no display: links are shown to be copied.",
            "Sign in with --device-code, in a browser on any machine.");
}

static void print_found(const GPtrArray *diagnoses, gboolean good, gboolean as_json)
{
    json *list = json_new_array();
    for (guint i = 0; i < diagnoses->len; i++) {
        const struct diagnosis *found = g_ptr_array_index(diagnoses, i);
        json_append(list, json_from("{'subject':%s,'state':%s,'message':%s,'hint':%s}", found->subject,
                                    state_words[found->state], found->text, found->next));
        if (as_json)
            continue;
        printf("%-5s %-*s %s\n", state_words[found->state], SUBJECT_COLUMNS, found->subject, found->text);
        /* What helps against several is said once, below the last of them. */
        gboolean is_said_below = FALSE;
        for (guint k = i + 1; k < diagnoses->len && !is_said_below; k++)
            is_said_below = strcmp(((const struct diagnosis *)g_ptr_array_index(diagnoses, k))->next, found->next) == 0;
        if (found->next[0] != '\0' && !is_said_below)
            printf("%-5s %-*s %s\n", "", SUBJECT_COLUMNS, "", found->next);
    }
    g_autoptr(json) document = json_from("{'good':%b,'version':%s}", good, PERCH_VERSION);
    json_set(document, "findings", list);
    if (as_json)
        print_json(document);
}

static int doctor(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    gboolean good = TRUE;
    session_doctor(session, options->tenant != NULL);
    headless_await(session, COMMAND_DOCTOR, TRUE, outcome);
    if (outcome->error != NULL)
        return outcome->exit_code;
    g_autoptr(GPtrArray) diagnoses = g_ptr_array_new_with_free_func(g_free);
    add(diagnoses, DIAGNOSIS_GOOD, "version", "perch " PERCH_VERSION ".", "");
    examine_terminal(diagnoses);
    gboolean is_utf8 = g_get_charset(NULL);
    g_autofree char *locale = g_strdup_printf("Its character set is %s%s.", nl_langinfo(CODESET),
                                              is_utf8 ? "" : ": everything but JSON is written in ASCII");
    add(diagnoses, is_utf8 ? DIAGNOSIS_GOOD : DIAGNOSIS_WORTH_KNOWING, "locale", locale,
        is_utf8 ? "" : "Set LC_ALL to a UTF-8 locale, as C.UTF-8.");
    examine_browser(diagnoses);
    g_ptr_array_extend_and_steal(diagnoses, g_steal_pointer(&outcome->diagnoses));
    for (guint i = 0; i < diagnoses->len; i++)
        good = good && ((const struct diagnosis *)g_ptr_array_index(diagnoses, i))->state != DIAGNOSIS_BAD;
    print_found(diagnoses, good, options->json);
    if (options->output != NULL &&
        !output_write(options->output, "What Microsoft answered differently", outcome->surprises, -1, error))
        return EXIT_FAILED;
    return good ? EXIT_DONE : EXIT_FAILED;
}

int command_doctor(const struct options *options, GError **error)
{
    static const char *const endings[] = {".json", NULL};
    if (options->output != NULL && options->tenant == NULL) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                            "What would be written comes from a tenant: name it with --tenant.");
        return EXIT_BAD_INPUT;
    }
    if (!output_may_write(options, options->output, endings, error))
        return EXIT_BAD_INPUT;
    return headless_run(options, doctor, error);
}
