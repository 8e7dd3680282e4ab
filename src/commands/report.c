/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "commands/headless.h"
#include "commands/output.h"
#include "commands/report/bundle.h"
#include "commands/report/forms.h"
#include "ui/reporting.h"

/* With the seal of this installation, where a keyring keeps its key. */
static gboolean write_bundle(const struct options *options, struct session *session, struct outcome *outcome,
                             GError **error)
{
    struct bundle *bundle = bundle_begin(outcome->board, outcome->plan, outcome->history);
    session_seal(session, bundle_sums(bundle));
    headless_await(session, COMMAND_SEAL, TRUE, outcome);
    struct seal *none = outcome->seal == NULL ? seal_new("", "", "") : NULL;
    const struct seal *seal = outcome->seal != NULL ? outcome->seal : none;
    g_autoptr(GByteArray) archive = bundle_end(bundle, seal);
    gboolean written = outcome->error == NULL && output_write(options->bundle, "The bundle",
                                                              (const char *)archive->data, (gssize)archive->len, error);
    if (written && seal->key[0] != '\0')
        fprintf(stderr, "perch: it is sealed with the key %s\n", seal->key);
    else if (written)
        fprintf(stderr, "perch: it has no seal: %s\n", seal->reason);
    g_free(none);
    return written;
}

/* The report TEXT in JSON with the seal of this installation, where a keyring keeps its key. Caller frees. */
static char *with_seal(struct session *session, struct outcome *outcome, const char *text)
{
    g_autoptr(json) document = json_parse(text, -1, NULL);
    g_autofree char *bare = json_text(document);
    session_seal(session, bare);
    headless_await(session, COMMAND_SEAL, TRUE, outcome);
    g_clear_error(&outcome->error);
    if (outcome->seal == NULL || outcome->seal->key[0] == '\0')
        return g_strdup(text);
    json_set(document, "seal", json_from("{'key':%s,'signature':%s}", outcome->seal->key, outcome->seal->signature));
    g_autofree char *sealed = json_text_indented(document);
    return g_strconcat(sealed, "\n", NULL);
}

static int report(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    session_check(session);
    headless_await(session, COMMAND_CHECK, TRUE, outcome);
    int status = outcome->exit_code;
    if (outcome->error == NULL) {
        status = outcome_tell_drift(outcome, options);
        session_history(session);
        headless_await(session, COMMAND_HISTORY, TRUE, outcome);
    }
    if (outcome->error != NULL)
        return outcome->exit_code;
    if (options->bundle != NULL) {
        session_plan(session, FALSE);
        headless_await(session, COMMAND_PLAN, TRUE, outcome);
        if (outcome->error != NULL)
            return outcome->exit_code;
        return write_bundle(options, session, outcome, error) ? status : EXIT_FAILED;
    }
    const struct report_form *form = report_form_chosen(options->format, options->output, options->json, NULL);
    g_autofree char *text = report_text(form, outcome->board, outcome->history, clock_now(&outcome->board->clock));
    if (options->output != NULL && strcmp(form->name, "json") == 0) {
        char *bare = g_steal_pointer(&text);
        text = with_seal(session, outcome, bare);
        g_free(bare);
    }
    if (!output_write(options->output, "The report", text, -1, error))
        return EXIT_FAILED;
    /* Only a file can be handed on; a bundle holds the journal as it stands, so that nothing is added behind it. That
     * it could not be noted changes nothing about the report. */
    if (options->output != NULL && !outcome->board->read_only) {
        reporting_note(session, outcome->board, options->output);
        headless_await(session, COMMAND_TELL, TRUE, outcome);
        g_clear_error(&outcome->error);
    }
    return status;
}

int command_report(const struct options *options, GError **error)
{
    static const char *const archives[] = {".tar", NULL};
    const struct report_form *form = report_form_chosen(options->format, options->output, options->json, error);
    if (form == NULL || !output_may_write(options, options->bundle, archives, error) ||
        !output_may_write(options, options->output, form->endings, error))
        return EXIT_BAD_INPUT;
    return headless_run(options, report, error);
}
