/* SPDX-License-Identifier: MIT */
/*
 * A wait that is ended early: by the word that the profile names, typed by a person at the line mode of the real
 * program. Who did it stays on record.
 */
#include <string.h>

#include "support/background.h"
#include "support/terminal.h"

#define ENTER "\r"
#define FORM "application/x-www-form-urlencoded"
#define MOST_QUESTIONS 40
#define ACCOUNT "admin@contoso.onmicrosoft.com"
#define NAMESPACE                                                                                                      \
    "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/Microsoft.EventHub/"          \
    "namespaces/mdr-eh-ns01"
#define ANSWERS                                                                                                        \
    "{\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"" ACCOUNT "\"},"                                    \
    "\"eventHub\":{\"resourceId\":\"" NAMESPACE "\",\"name\":\"telemetry\"},"                                          \
    "\"done\":{\"invitation\":{\"by\":\"test\"}}}"

static void stream(const struct practice_tenant *tenant)
{
    g_autofree char *accepted = practice_post(tenant, "/portal/invitation", FORM, "action=accept");
    g_autofree char *saved =
        practice_post(tenant, "/portal/streaming", FORM,
                      "name=MXDRPartner-Contoso&resourceId=" NAMESPACE "&hubName=telemetry&tables=all&action=save");
    assert_non_null(strstr(saved, "saved"));
}

static gboolean consent_is(const struct practice_tenant *tenant, const char *answers, const char *state)
{
    g_autoptr(Run) run = perch(tenant, "check", "--json", "--answers", answers, NULL);
    g_autoptr(json) document = run_document(run);
    return strcmp(json_get_string(find_step(document, "consent"), "state"), state) == 0;
}

/* What was saved on the portal's page is listed a moment later. */
static void await_the_wait(const struct practice_tenant *tenant, const char *answers)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (!consent_is(tenant, answers, "waiting"))
        assert_true(g_get_monotonic_time() < deadline);
}

static struct terminal *come_to_the_wait(const struct practice_tenant *tenant, const char *answers)
{
    const char *const options[] = {"--plain", "--answers", answers, NULL};
    g_auto(GStrv) line = perch_command_line(tenant, options);
    struct terminal *terminal = terminal_start((const char *const *)line, NULL, 120, 80);
    terminal_wait(terminal, "d signs in with a code instead");
    terminal_type(terminal, "d" ENTER);
    terminal_wait(terminal, "perch: step ");
    terminal_wait_question(terminal);
    for (int i = 0; i < MOST_QUESTIONS && !terminal_shows(terminal, "to wait here"); i++) {
        terminal_type(terminal, "-" ENTER);
        terminal_wait_question(terminal);
    }
    terminal_wait(terminal, "to wait here");
    return terminal;
}

static void end_the_wait_early(const struct practice_tenant *tenant, const char *answers)
{
    g_autoptr(Terminal) terminal = come_to_the_wait(tenant, answers);
    terminal_type(terminal, "wait" ENTER);
    terminal_wait(terminal, "goes on now and is recorded");
    terminal_type(terminal, "soon" ENTER);
    terminal_wait(terminal, "q leaves; the time goes on");
    assert_null(strstr(terminal_output(terminal)->str, "wait overridden by"));
    terminal_type(terminal, "now" ENTER);
    terminal_wait(terminal, "wait overridden by " ACCOUNT);
    terminal_type(terminal, "q" ENTER);
    terminal_exit_status(terminal);
}

static void assert_reported(const struct practice_tenant *tenant)
{
    g_autofree char *journal = journal_text(tenant);
    assert_non_null(strstr(journal, "\"overridden\""));
    g_autoptr(Run) text = perch(tenant, "report", NULL);
    g_autofree char *reported = text_unbroken(text->output);
    assert_non_null(strstr(reported, ACCOUNT " went on with “Consent” before its wait was over."));
    g_autoptr(Run) run = perch(tenant, "report", "--format", "json", NULL);
    g_autoptr(json) report = run_document(run);
    assert_string_equal(json_string(json_get_path(find_step(report, "consent"), "wait.cutBy")), ACCOUNT);
}

static void the_typed_word_ends_the_wait_and_is_recorded(void **state)
{
    (void)state;
    static const char *const as_slow_as_life[] = {"--clock-rate", "1", NULL};
    struct practice_tenant *tenant = practice_begin("fresh", as_slow_as_life);
    g_autofree char *answers = practice_answers(tenant, ANSWERS);
    stream(tenant);
    await_the_wait(tenant, answers);
    end_the_wait_early(tenant, answers);
    assert_true(consent_is(tenant, answers, "needs-you"));
    assert_reported(tenant);
    practice_end(tenant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_typed_word_ends_the_wait_and_is_recorded)};
    json_init();
    return cmocka_run_group_tests_name("wait", tests, NULL, NULL);
}
