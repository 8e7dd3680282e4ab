/* SPDX-License-Identifier: MIT */
/*
 * What a person answers, decides or says: all of what is given together counts or none does, and only what depends on
 * it is read from the tenant again.
 */
#include "engine/session.h"

#include <string.h>

#include "support/practice.h"

#define HUB_ID                                                                                                         \
    "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/Microsoft.EventHub/"          \
    "namespaces/mdr-eh-ns01"

struct scene {
    struct practice_tenant *tenant;
    char *state_dir;
    struct session *session;
    struct board *board;
    char *error; /* of the last command; NULL: none */
    int asked;   /* requests that were counted before */
    char *said;  /* the last log line about guests; NULL: none */
};

static void await(struct scene *scene, enum command_kind command)
{
    for (gboolean done = FALSE; !done;) {
        g_autoptr(Event) event = session_wait_event(scene->session, PATIENCE);
        if (event == NULL)
            fail_msg("command %d did not end", command);
        if (event->kind == EVENT_BOARD) {
            board_unref(scene->board);
            scene->board = board_ref(event->board);
        }
        if (event->kind == EVENT_LOG && strcmp(event->log->subject, "guests") == 0) {
            g_free(scene->said);
            scene->said = g_strdup(event->log->text);
        }
        if (event->kind != EVENT_DONE || event->done->command != command)
            continue;
        g_free(scene->error);
        scene->error = event->done->error != NULL ? g_strdup(event->done->error->message) : NULL;
        done = TRUE;
    }
}

static void begin(struct scene *scene)
{
    g_autoptr(GError) error = NULL;
    *scene = (struct scene){.tenant = practice_begin("fresh", NULL)};
    scene->state_dir = g_build_filename(practice_folder(scene->tenant), "state", NULL);
    struct session_options options = {
        .state_dir = scene->state_dir,
        .practice_url = practice_address(scene->tenant),
        .device_code = TRUE,
        .headless = TRUE,
    };
    scene->session = session_new(&options, &error);
    if (scene->session == NULL)
        fail_msg("%s", error->message);
    session_sign_in(scene->session, TRUE);
    await(scene, COMMAND_SIGN_IN);
    assert_null(scene->error);
    g_autoptr(json) record = practice_record(scene->tenant);
    scene->asked = json_length(record);
}

static void end(struct scene *scene)
{
    session_free(scene->session);
    board_unref(scene->board);
    assert_contract(scene->tenant);
    practice_end(scene->tenant);
    g_free(scene->state_dir);
    g_free(scene->error);
    g_free(scene->said);
}

/* Since the last count so many requests were sent, and so many of them to something below PATH. */
static void assert_asked(struct scene *scene, int all, const char *path, int below)
{
    g_autoptr(json) record = practice_record(scene->tenant);
    g_autoptr(GString) seen = g_string_new(NULL);
    int count = 0;
    for (int i = scene->asked; i < json_length(record); i++) {
        const char *asked = json_get_string(json_at(record, i), "path");
        g_string_append_printf(seen, " %s", asked);
        count += g_str_has_prefix(asked, path);
    }
    if (json_length(record) - scene->asked != all || count != below)
        fail_msg("%d requests, %d to %s:%s", json_length(record) - scene->asked, count, path, seen->str);
    scene->asked = json_length(record);
}

static const struct board_field *field(const struct scene *scene, const char *path)
{
    for (guint i = 0; i < scene->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(scene->board->steps, i);
        for (guint k = 0; k < step->fields->len; k++) {
            const struct board_field *found = g_ptr_array_index(step->fields, k);
            if (strcmp(found->path, path) == 0)
                return found;
        }
    }
    fail_msg("no field %s", path);
    return NULL;
}

static void test_both_hub_values_cost_what_depends_on_them(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    const struct answer both[] = {{"eventHub.resourceId", HUB_ID}, {"eventHub.name", "telemetry"}};
    session_answer(scene.session, "company", "Contoso");
    await(&scene, COMMAND_ANSWER);
    assert_asked(&scene, 0, "/", 0);
    session_answer_all(scene.session, both, G_N_ELEMENTS(both));
    await(&scene, COMMAND_ANSWER);
    assert_null(scene.error);
    assert_string_equal(field(&scene, "eventHub.resourceId")->value, HUB_ID);
    assert_string_equal(field(&scene, "eventHub.name")->value, "telemetry");
    assert_asked(&scene, 1, "/api/dataExportSettings", 1);
    end(&scene);
}

static void test_an_answer_that_nothing_depends_on_costs_nothing(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    session_answer(scene.session, "partnerContact.name", "Ann Example");
    await(&scene, COMMAND_ANSWER);
    assert_null(scene.error);
    assert_string_equal(field(&scene, "partnerContact.name")->value, "Ann Example");
    assert_asked(&scene, 0, "/", 0);
    end(&scene);
}

static void test_one_bad_answer_of_two_leaves_both_as_they_were(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    const struct answer both[] = {{"eventHub.name", "telemetry"}, {"eventHub.resourceId", "no id"}};
    session_answer_all(scene.session, both, G_N_ELEMENTS(both));
    await(&scene, COMMAND_ANSWER);
    assert_non_null(scene.error);
    assert_non_null(strstr(scene.error, "eventHub.resourceId"));
    assert_string_equal(field(&scene, "eventHub.name")->value, "");
    assert_asked(&scene, 0, "/", 0);
    end(&scene);
}

/* The sponsor is looked up, and what names the sponsor is compared with it. */
static void test_what_needs_the_one_that_changed_is_read_too(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    session_answer(scene.session, "sponsor", "sponsor@contoso.com");
    await(&scene, COMMAND_ANSWER);
    assert_null(scene.error);
    /* By the name that people sign in with, and by the mail address, which a guest's is. */
    assert_asked(&scene, 2, "/v1.0/users", 2);
    end(&scene);
}

static void test_skipping_costs_nothing(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    session_skip(scene.session, "device-groups", "none here");
    await(&scene, COMMAND_SKIP);
    assert_null(scene.error);
    assert_int_equal(board_find_step(scene.board, "device-groups")->state, STEP_SKIPPED);
    assert_asked(&scene, 0, "/", 0);
    end(&scene);
}

/* A table with two columns of addresses is taken, and which one was is said. */
static void test_a_choice_made_in_a_list_of_guests_is_said(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    session_answer(scene.session, "guests", "name,e-mail,manager e-mail\nAnn,ann@redcanary.com,boss@contoso.com\n");
    await(&scene, COMMAND_ANSWER);
    assert_null(scene.error);
    assert_non_null(scene.said);
    assert_non_null(strstr(scene.said, "column"));
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_hub_values_cost_what_depends_on_them),
        cmocka_unit_test(test_an_answer_that_nothing_depends_on_costs_nothing),
        cmocka_unit_test(test_one_bad_answer_of_two_leaves_both_as_they_were),
        cmocka_unit_test(test_what_needs_the_one_that_changed_is_read_too),
        cmocka_unit_test(test_skipping_costs_nothing),
        cmocka_unit_test(test_a_choice_made_in_a_list_of_guests_is_said),
    };
    json_init();
    return cmocka_run_group_tests_name("answers", tests, NULL, NULL);
}
