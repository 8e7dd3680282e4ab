/* SPDX-License-Identifier: MIT */
/*
 * The ladder: each refusal of the Streaming API form is provoked in the practice tenant, and what the rung says is done
 * until the form is saved. The session is the one that the console has, without a screen.
 */
#include "engine/session.h"

#include <string.h>

#include "base/error.h"
#include "support/practice.h"

#define ADMINISTRATOR "admin@contoso.onmicrosoft.com"
#define NAMESPACES                                                                                                     \
    "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/Microsoft.EventHub/"          \
    "namespaces/"
#define FORM "application/x-www-form-urlencoded"
#define SAVE "action=save&name=MXDRPartner-Contoso&tables=all&resourceId=" NAMESPACES
#define LOOSE "Request Body is invalid or missing"
#define REQUEST "0f1e2d3c-4444-4555-8666-777788889999"

enum rung { RUNG_VALUES = 1, RUNG_HUB, RUNG_BOXES, RUNG_BROWSER, RUNG_INVITATION, RUNG_ROLE, RUNG_SUPPORT };

struct scene {
    struct practice_tenant *tenant;
    struct session *session;
    struct board *board; /* as told last */
    GString *log;
    char *error; /* of the last command; NULL: none */
};

static void await(struct scene *scene, enum command_kind command)
{
    for (;;) {
        g_autoptr(Event) event = session_wait_event(scene->session, PATIENCE);
        if (event == NULL)
            fail_msg("command %d did not end", command);
        if (event->kind == EVENT_BOARD) {
            board_unref(scene->board);
            scene->board = board_ref(event->board);
        } else if (event->kind == EVENT_LOG) {
            g_string_append_printf(scene->log, "%s: %s\n", event->log->subject, event->log->text);
        } else if (event->kind == EVENT_DONE && event->done->command == command) {
            g_clear_pointer(&scene->error, g_free);
            if (event->done->error != NULL)
                scene->error = g_strdup(event->done->error->message);
            return;
        }
    }
}

static void begin(struct scene *scene, const char *scenario, const char *write)
{
    *scene = (struct scene){.tenant = practice_begin(scenario, NULL), .log = g_string_new(NULL)};
    g_autofree char *text = g_strdup_printf(
        "{\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"" ADMINISTRATOR "\"},"
        "\"eventHub\":{\"resourceId\":\"" NAMESPACES "mdr-eh-ns01\",\"name\":\"telemetry\"},"
        "\"streamingWrite\":\"%s\",\"done\":{\"account\":{\"by\":\"test\"},\"invitation\":{\"by\":\"test\"}}}",
        write);
    g_autofree char *answers = practice_answers(scene->tenant, text);
    g_autofree char *state = g_build_filename(practice_folder(scene->tenant), "state", NULL);
    const struct session_options options = {.state_dir = state,
                                            .practice_url = practice_address(scene->tenant),
                                            .answers_files = (const char *const[]){answers, NULL},
                                            .device_code = TRUE,
                                            .headless = TRUE,
                                            .no_keyring = TRUE};
    g_autoptr(GError) error = NULL;
    scene->session = session_new(&options, &error);
    if (scene->session == NULL)
        fail_msg("%s", error->message);
    session_sign_in(scene->session, TRUE);
    await(scene, COMMAND_SIGN_IN);
}

static void end(struct scene *scene)
{
    session_free(scene->session);
    board_unref(scene->board);
    g_string_free(scene->log, TRUE);
    g_free(scene->error);
    practice_end(scene->tenant);
}

static const struct board_step *streaming(const struct scene *scene)
{
    return board_find_step(scene->board, "streaming");
}

static const struct board_line *line_of(const struct scene *scene, enum rung rung)
{
    return g_ptr_array_index(streaming(scene)->trouble, (guint)rung - 1);
}

static void accept_invitation(const struct scene *scene)
{
    practice_form(scene->tenant, "/portal/invitation", "action=accept");
}

static void press_save(struct scene *scene)
{
    session_practice_form(scene->session, "streaming");
    await(scene, COMMAND_PRACTICE_FORM);
}

/* Save: it is refused with what SAID, the ladder is to begin at RUNG, and the log says why. */
static void assert_refused(struct scene *scene, const char *said, enum rung rung)
{
    g_string_truncate(scene->log, 0);
    press_save(scene);
    assert_non_null(scene->error);
    if (strstr(scene->error, said) == NULL)
        fail_msg("%s", scene->error);
    assert_non_null(strstr(streaming(scene)->refusal, said));
    assert_int_equal(streaming(scene)->refusal_rung, rung);
    g_autofree char *logged =
        g_strdup_printf("of what to try, number %d comes first: %s", rung, line_of(scene, rung)->text);
    assert_non_null(strstr(scene->log->str, logged));
    assert_non_null(strstr(scene->log->str, said));
    assert_int_not_equal(streaming(scene)->state, STEP_DONE);
}

static void climb(struct scene *scene, enum rung rung)
{
    assert_true(line_of(scene, rung)->practice_form);
    session_practice_rung(scene->session, "streaming", (int)rung);
    await(scene, COMMAND_PRACTICE_FORM);
    assert_null(scene->error);
}

static void assert_saves(struct scene *scene)
{
    press_save(scene);
    assert_null(scene->error);
    assert_int_equal(streaming(scene)->state, STEP_DONE);
    assert_int_equal(streaming(scene)->refusal_rung, 0);
    assert_string_equal(streaming(scene)->refusal, "");
}

static void answer(struct scene *scene, const char *path, const char *value)
{
    session_answer(scene->session, path, value);
    await(scene, COMMAND_ANSWER);
    assert_null(scene->error);
}

static void test_a_hub_that_does_not_exist(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "portal");
    accept_invitation(&scene);
    answer(&scene, "eventHub.name", "telemetrie");
    assert_refused(&scene, LOOSE, RUNG_VALUES);
    assert_string_equal(line_of(&scene, RUNG_HUB)->copy, "telemetrie");
    answer(&scene, "eventHub.name", "telemetry");
    assert_string_equal(line_of(&scene, RUNG_HUB)->copy, "telemetry");
    assert_saves(&scene);
    end(&scene);
}

static void test_a_namespace_that_does_not_exist(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "portal");
    accept_invitation(&scene);
    answer(&scene, "eventHub.resourceId", NAMESPACES "mdr-eh-ns10");
    assert_refused(&scene, LOOSE, RUNG_VALUES);
    answer(&scene, "eventHub.resourceId", NAMESPACES "mdr-eh-ns01");
    assert_saves(&scene);
    end(&scene);
}

/* perch lets no such value through; whoever types into the portal himself can. */
static void test_values_as_they_come_out_of_an_e_mail(void **state)
{
    (void)state;
    static const char *const forms[] = {
        SAVE "mdr-eh-ns01+&hubName=telemetry",
        SAVE "mdr-eh-ns01%0A&hubName=telemetry",
        SAVE "%C2%A0mdr-eh-ns01&hubName=telemetry",
        SAVE "mdr-eh-ns01&hubName=telemetry+",
        SAVE "mdr-eh-ns01&hubName=tele%C2%A0metry",
        SAVE "mdr-eh-ns01&hubName=telemetry%E2%80%8B",
        SAVE "mdr-eh-ns01/eventhubs/telemetry&hubName=telemetry",
        "action=save&name=MXDRPartner-Contoso&tables=all&resourceId=telemetry&hubName=telemetry",
    };
    struct scene scene;
    begin(&scene, "fresh", "portal");
    accept_invitation(&scene);
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *page = practice_post(scene.tenant, "/portal/streaming", FORM, forms[i]);
        if (strstr(page, LOOSE) == NULL)
            fail_msg("%s\n%s", forms[i], page);
    }
    assert_saves(&scene);
    end(&scene);
}

static void test_an_invitation_that_was_not_accepted(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "portal");
    assert_refused(&scene, LOOSE, RUNG_VALUES);
    climb(&scene, RUNG_INVITATION);
    assert_saves(&scene);
    end(&scene);
}

/* The same cause, met by Defender's API: the write is refused, and works once the rung is climbed. */
static void test_an_invitation_that_was_not_accepted_over_the_api(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "api");
    session_apply(scene.session, NULL, "contoso.onmicrosoft.com");
    await(&scene, COMMAND_APPLY);
    assert_int_equal(streaming(&scene)->state, STEP_FAILED);
    assert_int_equal(streaming(&scene)->refusal_rung, RUNG_VALUES);
    assert_non_null(strstr(scene.log->str, "of what to try, number 1 comes first"));
    climb(&scene, RUNG_INVITATION);
    session_apply(scene.session, NULL, NULL);
    await(&scene, COMMAND_APPLY);
    assert_int_equal(streaming(&scene)->state, STEP_DONE);
    assert_int_equal(streaming(&scene)->refusal_rung, 0);
    end(&scene);
}

static void test_no_event_type_is_ticked(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "portal");
    accept_invitation(&scene);
    g_autofree char *page = practice_post(
        scene.tenant, "/portal/streaming", FORM,
        "action=save&name=MXDRPartner-Contoso&tables=&hubName=telemetry&resourceId=" NAMESPACES "mdr-eh-ns01");
    assert_non_null(strstr(page, LOOSE));
    assert_saves(&scene);
    end(&scene);
}

static void test_another_account_in_the_browser(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "portal");
    accept_invitation(&scene);
    answer(&scene, "account.userPrincipalName", "sponsor@contoso.com");
    press_save(&scene);
    assert_non_null(strstr(scene.error, "You do not have the role"));
    answer(&scene, "account.userPrincipalName", "admin@fabrikam.com");
    press_save(&scene);
    assert_non_null(strstr(scene.error, "AADSTS50020"));
    assert_int_equal(streaming(&scene)->refusal_rung, RUNG_BROWSER);
    answer(&scene, "account.userPrincipalName", ADMINISTRATOR);
    assert_saves(&scene);
    end(&scene);
}

static void test_a_role_that_is_only_eligible(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "eligible-admin", "portal");
    accept_invitation(&scene);
    assert_refused(&scene, "You do not have the role", RUNG_ROLE);
    climb(&scene, RUNG_ROLE);
    assert_saves(&scene);
    end(&scene);
}

static void test_a_refusal_that_nothing_explains(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "portal");
    accept_invitation(&scene);
    g_free(practice_post(scene.tenant, "/practice/fault", "application/json",
                         "{\"method\":\"POST\",\"path\":\"/portal/streaming\",\"status\":500,"
                         "\"body\":\"<h1>Something went wrong</h1><p>Request ID: " REQUEST "</p>\"}"));
    assert_refused(&scene, "Something went wrong", RUNG_SUPPORT);
    const char *copy = line_of(&scene, RUNG_SUPPORT)->copy;
    assert_non_null(strstr(copy, REQUEST));
    assert_non_null(strstr(copy, scene.board->tenant_id));
    assert_saves(&scene);
    end(&scene);
}

/* One cause behind another, as one meets them: each refusal is the one that Microsoft gives. */
static void test_the_whole_ladder_in_one_go(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "streaming-refused", "portal");
    assert_refused(&scene, "AADSTS50020", RUNG_BROWSER);
    climb(&scene, RUNG_BROWSER);
    assert_refused(&scene, "You do not have the role", RUNG_ROLE);
    climb(&scene, RUNG_ROLE);
    assert_refused(&scene, LOOSE, RUNG_VALUES);
    climb(&scene, RUNG_BOXES);
    assert_refused(&scene, LOOSE, RUNG_VALUES);
    climb(&scene, RUNG_INVITATION);
    assert_saves(&scene);
    end(&scene);
}

/* A refusal does not go away because the tenant is read; it does once the export is there, whoever saved it. */
static void test_a_refusal_is_kept_until_the_step_is_done(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, "fresh", "portal");
    assert_refused(&scene, LOOSE, RUNG_VALUES);
    session_check(scene.session);
    await(&scene, COMMAND_CHECK);
    assert_int_equal(streaming(&scene)->refusal_rung, RUNG_VALUES);
    accept_invitation(&scene);
    practice_form(scene.tenant, "/portal/streaming", SAVE "mdr-eh-ns01&hubName=telemetry");
    session_check(scene.session);
    await(&scene, COMMAND_CHECK);
    assert_int_equal(streaming(&scene)->state, STEP_DONE);
    assert_int_equal(streaming(&scene)->refusal_rung, 0);
    end(&scene);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_hub_that_does_not_exist),
        cmocka_unit_test(test_a_namespace_that_does_not_exist),
        cmocka_unit_test(test_values_as_they_come_out_of_an_e_mail),
        cmocka_unit_test(test_no_event_type_is_ticked),
        cmocka_unit_test(test_another_account_in_the_browser),
        cmocka_unit_test(test_an_invitation_that_was_not_accepted),
        cmocka_unit_test(test_an_invitation_that_was_not_accepted_over_the_api),
        cmocka_unit_test(test_a_role_that_is_only_eligible),
        cmocka_unit_test(test_a_refusal_that_nothing_explains),
        cmocka_unit_test(test_the_whole_ladder_in_one_go),
        cmocka_unit_test(test_a_refusal_is_kept_until_the_step_is_done),
    };
    json_init();
    return run_journeys("ladder", tests, argc, argv);
}
