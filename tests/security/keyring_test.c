/* SPDX-License-Identifier: MIT */
/*
 * The keyring in every weather, against a real gnome-keyring on a private bus. Each run of perch is a process of its
 * own: this program started with --keyring, which takes one command a line and answers with one JSON line.
 */
#include "secrets/keyring.h"

#include <gio/gio.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "support/keyring_world.h"

#define SLOWEST_MS 3500
#define UNASKED_MS 1500 /* half of how long an answer would be waited for */
#define CLIENT "14d82eec-204b-4c2f-b7e8-296a70dab67e"
#define CANARY "canary-refresh-token-\xC3\xA9-0123456789"

/* ---- the run of perch ---- */

/* The person, who thinks for a fifth of a second: long enough that the call is under way. */
static gpointer press_escape(gpointer data)
{
    struct pollfd nothing = {.fd = -1};
    poll(&nothing, 1, 200);
    g_atomic_int_set((gint *)data, 1);
    return NULL;
}

static gboolean unlock_until_escape(struct keyring *keyring, GError **error)
{
    gint abandon = 0;
    GThread *person = g_thread_new("person", press_escape, &abandon);
    gboolean unlocked = keyring_unlock(keyring, &abandon, error);
    g_thread_join(person);
    return unlocked;
}

static const char *field(char **words, guint index)
{
    if (index >= g_strv_length(words) || g_str_equal(words[index], "-"))
        return NULL;
    return g_str_equal(words[index], "''") ? "" : words[index];
}

static gboolean carry_out(struct keyring *keyring, char **words, struct secret **loaded, GError **error)
{
    const struct keyring_key key = {field(words, 1), CLIENT, field(words, 2), field(words, 3), NULL};
    const char *verb = words[0];
    if (g_str_equal(verb, "probe"))
        return keyring_probe(keyring) == KEYRING_READY;
    if (g_str_equal(verb, "unlock"))
        return keyring_unlock(keyring, NULL, error);
    if (g_str_equal(verb, "unlock-escape"))
        return unlock_until_escape(keyring, error);
    if (g_str_equal(verb, "only")) {
        g_autofree char *tenant = keyring_only_tenant(keyring, &key);
        *loaded = tenant != NULL ? secret_new(tenant, -1) : NULL;
        return tenant != NULL;
    }
    if (g_str_equal(verb, "forget"))
        return keyring_forget(keyring, &key, error);
    if (g_str_equal(verb, "save")) {
        g_autoptr(Secret) value = secret_new(field(words, 4), -1);
        return keyring_save(keyring, &key, value, error);
    }
    *loaded = keyring_load(keyring, &key, error);
    return *loaded != NULL;
}

static void answer(struct keyring *keyring, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);
    g_autoptr(Secret) loaded = NULL;
    g_autoptr(GError) error = NULL;
    gint64 begin = g_get_monotonic_time();
    gboolean worked = carry_out(keyring, words, &loaded, &error);
    gint64 spent = (g_get_monotonic_time() - begin) / 1000;
    g_autofree char *sentence = keyring_sentence(keyring);
    g_autoptr(json) reply = json_from(
        "{'worked':%b,'state':%d,'ms':%d,'sentence':%s,'value':%s,'error':%s}", worked, (gint64)keyring_state(keyring),
        spent, sentence, loaded != NULL ? secret_text(loaded) : NULL, error != NULL ? error->message : NULL);
    g_autofree char *text = json_text(reply);
    printf("%s\n", text);
    fflush(stdout);
}

static int run_as_perch(gboolean disabled)
{
    char line[65536];
    g_autoptr(Keyring) keyring = keyring_new(disabled);
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        answer(keyring, line);
        /* Whatever waits for the main loop of a program, as the end of a bus connection does. */
        while (g_main_context_iteration(NULL, FALSE))
            continue;
    }
    return 0;
}

/* ---- the tests ---- */

/* Asked with LINE, perch answers in time that the keyring is in STATE, without its having worked. */
static gint64 expect(struct world *world, const char *line, enum keyring_state state)
{
    g_autoptr(json) said = world_ask(world, line);
    gint64 spent = json_get_int(said, "ms", G_MAXINT);
    print_message("%s: %s (%" G_GINT64_FORMAT " ms)\n", line, json_get_string(said, "sentence"), spent);
    assert_int_equal(json_get_int(said, "state", -1), state);
    assert_false(json_get_bool(said, "worked", TRUE));
    assert_true(spent <= SLOWEST_MS);
    if (!g_str_has_prefix(line, "probe"))
        assert_true(g_str_has_prefix(json_get_string(said, "error"), json_get_string(said, "sentence")));
    return spent;
}

/* The keyring is off for the rest of the run: no call goes out any more. */
static void expect_off(struct world *world, enum keyring_state state)
{
    assert_true(expect(world, "load t1 a1 refresh-token", state) < UNASKED_MS);
    assert_true(expect(world, "save t1 a1 refresh-token " CANARY, state) < UNASKED_MS);
    assert_true(expect(world, "forget t1 a1 refresh-token", state) < UNASKED_MS);
    assert_true(expect(world, "unlock", state) < UNASKED_MS);
}

static void expect_worked(struct world *world, const char *line)
{
    g_autoptr(json) said = world_ask(world, line);
    if (!json_get_bool(said, "worked", FALSE))
        fail_msg("%s: %s", line, json_get_string(said, "error"));
    assert_int_equal(json_get_int(said, "state", -1), KEYRING_READY);
}

static void expect_loaded(struct world *world, const char *line, const char *value)
{
    g_autoptr(json) said = world_ask(world, line);
    assert_null(json_get_string(said, "error"));
    if (value == NULL)
        assert_null(json_get_string(said, "value"));
    else
        assert_string_equal(json_get_string(said, "value"), value);
}

static void test_no_bus(void **state)
{
    (void)state;
    struct world *world = world_new();
    expect(world, "save t1 a1 refresh-token " CANARY, KEYRING_NO_BUS);
    expect_off(world, KEYRING_NO_BUS);
    world_free(world);
}

static void test_a_bus_address_that_leads_nowhere(void **state)
{
    (void)state;
    struct world *world = world_new();
    world->address = g_strdup("unix:path=/nonexistent/bus");
    expect(world, "load t1 a1 refresh-token", KEYRING_NO_BUS);
    expect_off(world, KEYRING_NO_BUS);
    world_free(world);
}

static void test_no_bus_is_ever_started(void **state)
{
    (void)state;
    struct world *world = world_new();
    g_autofree char *program = g_build_filename(world->runtime, "dbus-launch", NULL);
    g_autofree char *started = g_build_filename(world->runtime, "started", NULL);
    g_autofree char *script = g_strdup_printf("#!/bin/sh\ntouch %s\n", started);
    g_autofree char *former = g_strdup(g_getenv("PATH"));
    g_autofree char *path = g_strconcat(world->runtime, ":", former, NULL);
    assert_true(g_file_set_contents_full(program, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
    world->display = g_strdup(":99");
    world->address = g_strdup("autolaunch:");
    g_setenv("PATH", path, TRUE);
    expect(world, "probe", KEYRING_NO_BUS);
    g_setenv("PATH", former, TRUE);
    assert_false(g_file_test(started, G_FILE_TEST_EXISTS));
    world_free(world);
}

static void test_a_bus_without_a_keyring_service(void **state)
{
    (void)state;
    struct world *world = world_new();
    world_start_bus(world, NULL);
    expect(world, "load t1 a1 refresh-token", KEYRING_NO_SERVICE);
    expect_off(world, KEYRING_NO_SERVICE);
    world_free(world);
}

static void test_a_service_that_never_starts(void **state)
{
    (void)state;
    struct world *world = world_new();
    world_start_bus(world, "/bin/sleep 8");
    expect(world, "load t1 a1 refresh-token", KEYRING_TIMED_OUT);
    expect_off(world, KEYRING_TIMED_OUT);
    world_free(world);
}

static void test_a_service_that_fails_to_start(void **state)
{
    (void)state;
    struct world *world = world_new();
    world_start_bus(world, "/bin/false");
    expect(world, "load t1 a1 refresh-token", KEYRING_FAILED);
    expect_off(world, KEYRING_FAILED);
    world_free(world);
}

static void test_a_service_without_a_keyring(void **state)
{
    (void)state;
    struct world *world = world_new();
    world_start_bus(world, NULL);
    world_start_service(world, NULL);
    expect(world, "save t1 a1 refresh-token " CANARY, KEYRING_NO_COLLECTION);
    expect_off(world, KEYRING_NO_COLLECTION);
    world_free(world);
}

static void test_what_is_saved_is_there_in_the_next_run(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    g_autofree char *large = g_strnfill(20000, 'k');
    g_autofree char *save_large = g_strconcat("save t2 a1 refresh-token ", large, NULL);
    expect_loaded(world, "load t1 a1 refresh-token", NULL);
    expect_worked(world, "save t1 a1 refresh-token old");
    expect_worked(world, "save t1 a1 refresh-token " CANARY);
    expect_worked(world, save_large);
    world_start_perch(world, "--keyring");
    expect_loaded(world, "load t1 a1 refresh-token", CANARY);
    expect_loaded(world, "load t2 a1 refresh-token", large);
    expect_loaded(world, "load t1 a2 refresh-token", NULL);
    expect_loaded(world, "load t3 a1 refresh-token", NULL);
    world_free(world);
}

static void test_signing_out_removes_what_is_stored_and_nothing_else(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    expect_worked(world, "save t1 a1 refresh-token one");
    expect_worked(world, "save t1 a2 refresh-token two");
    expect_worked(world, "save t2 a1 refresh-token three");
    expect_worked(world, "forget t1 a1 refresh-token");
    expect_loaded(world, "load t1 a1 refresh-token", NULL);
    expect_loaded(world, "load t1 a2 refresh-token", "two");
    expect_worked(world, "forget t1 - -");
    expect_loaded(world, "load t1 a2 refresh-token", NULL);
    expect_loaded(world, "load t2 a1 refresh-token", "three");
    expect_worked(world, "forget t1 - -");
    expect_worked(world, "save t2 a1 index four");
    expect_worked(world, "forget - - refresh-token");
    expect_loaded(world, "load t2 a1 refresh-token", NULL);
    expect_loaded(world, "load t2 a1 index", "four");
    world_free(world);
}

static void expect_refused(struct world *world, const char *line)
{
    g_autoptr(json) said = world_ask(world, line);
    assert_false(json_get_bool(said, "worked", TRUE));
    assert_non_null(strstr(json_get_string(said, "error"), "has no place in the keyring"));
}

static void test_the_only_tenant_is_found_and_of_several_none(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    expect_worked(world, "save t1 a1 refresh-token one");
    expect_worked(world, "save t9 a1 password two");
    expect_loaded(world, "only - a1 refresh-token", "t1");
    expect_worked(world, "save t2 a1 refresh-token three");
    g_autoptr(json) several = world_ask(world, "only - a1 refresh-token");
    assert_false(json_get_bool(several, "worked", TRUE));
    g_autoptr(json) none = world_ask(world, "only - a2 refresh-token");
    assert_false(json_get_bool(none, "worked", TRUE));
    world_free(world);
}

static void test_a_blank_pattern_is_refused(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    expect_worked(world, "save t1 a1 refresh-token one");
    expect_refused(world, "forget - - -");
    expect_refused(world, "forget '' - -");
    expect_refused(world, "forget t1 '' -");
    expect_refused(world, "forget t1 a1 ''");
    expect_refused(world, "load t1 - refresh-token");
    expect_refused(world, "save t1 - refresh-token two");
    expect_loaded(world, "load t1 a1 refresh-token", "one");
    world_free(world);
}

/* The paths of all items. Caller frees. */
static char **all_items(const struct world *world)
{
    g_autoptr(GVariant) found = world_call(world, SERVICE_PATH, "org.freedesktop.Secret.Service", "SearchItems",
                                           g_variant_new("(a{ss})", NULL));
    char **paths = NULL;
    g_variant_get(found, "(^ao^ao)", &paths, NULL);
    return paths;
}

static void test_attributes_and_labels_hold_no_secret_and_no_person(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    expect_worked(world, "save t1 a1 refresh-token " CANARY);
    g_auto(GStrv) items = all_items(world);
    assert_int_equal(g_strv_length(items), 1);
    g_autoptr(GVariant) properties = world_call(world, items[0], "org.freedesktop.DBus.Properties", "GetAll",
                                                g_variant_new("(s)", "org.freedesktop.Secret.Item"));
    g_autofree char *text = g_variant_print(properties, FALSE);
    assert_non_null(strstr(text, "'tenant_id': 't1'"));
    assert_null(strstr(text, "canary"));
    assert_null(strchr(text, '@'));
    world_free(world);
}

static gboolean folder_shows(const char *folder, const char *needle)
{
    const char *arguments[] = {"/bin/grep", "-r", "-a", "-q", needle, folder, NULL};
    g_autoptr(Run) run = run_program(arguments, NULL, "");
    return run->status == 0;
}

static void test_nothing_is_written_in_plain_text(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    expect_worked(world, "save t1 a1 refresh-token " CANARY);
    world_lock_keyring(world);
    expect(world, "save t1 a1 refresh-token " CANARY, KEYRING_LOCKED);
    world_end(&world->service);
    expect(world, "save t1 a1 refresh-token " CANARY, KEYRING_NO_SERVICE);
    assert_true(folder_shows(world->home, "GnomeKeyring"));
    assert_false(folder_shows(world->home, "canary-refresh"));
    assert_false(folder_shows(world->runtime, "canary-refresh"));
    world_free(world);
}

static void test_a_locked_keyring_is_said_to_be_locked_and_not_empty(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    expect_worked(world, "save t1 a1 refresh-token " CANARY);
    world_lock_keyring(world);
    expect(world, "probe", KEYRING_LOCKED);
    expect(world, "load t1 a1 refresh-token", KEYRING_LOCKED);
    expect(world, "save t1 a1 refresh-token new", KEYRING_LOCKED);
    expect(world, "forget t1 a1 refresh-token", KEYRING_LOCKED);
    world_free(world);
}

static void test_an_unlocking_that_is_not_granted_ends_it(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    world_lock_keyring(world);
    expect(world, "probe", KEYRING_LOCKED);
    g_autoptr(json) said = world_ask(world, "unlock");
    assert_false(json_get_bool(said, "worked", TRUE));
    assert_int_equal(json_get_int(said, "state", -1), KEYRING_DISMISSED);
    expect_off(world, KEYRING_DISMISSED);
    world_free(world);
}

static void test_escape_ends_the_wait_for_an_unlocking(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    world_lock_keyring(world);
    expect(world, "probe", KEYRING_LOCKED);
    g_subprocess_send_signal(world->service, SIGSTOP);
    assert_true(expect(world, "unlock-escape", KEYRING_DISMISSED) < 1000);
    expect_off(world, KEYRING_DISMISSED);
    world_free(world);
}

static void test_a_service_that_hangs(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    expect_worked(world, "save t1 a1 refresh-token " CANARY);
    g_subprocess_send_signal(world->service, SIGSTOP);
    expect(world, "load t1 a1 refresh-token", KEYRING_TIMED_OUT);
    g_subprocess_send_signal(world->service, SIGCONT);
    expect_off(world, KEYRING_TIMED_OUT);
    world_start_perch(world, "--keyring");
    expect_loaded(world, "load t1 a1 refresh-token", CANARY);
    world_free(world);
}

/* A call in which something died ends soon, and the keyring is off from then on. */
static void expect_lost(struct world *world, enum keyring_state state)
{
    g_autoptr(json) said = world_reply(world);
    assert_false(json_get_bool(said, "worked", TRUE));
    assert_int_equal(json_get_int(said, "state", -1), state);
    assert_true(json_get_int(said, "ms", G_MAXINT) <= SLOWEST_MS);
    expect_off(world, state);
}

static void test_a_service_that_dies_in_mid_call(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    expect_worked(world, "save t1 a1 refresh-token " CANARY);
    g_subprocess_send_signal(world->service, SIGSTOP);
    world_command_in_flight(world, "load t1 a1 refresh-token");
    world_end(&world->service);
    expect_lost(world, KEYRING_FAILED);
    world_free(world);
}

static void test_a_bus_that_dies_in_mid_call_does_not_end_the_run(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    expect_worked(world, "save t1 a1 refresh-token " CANARY);
    g_subprocess_send_signal(world->service, SIGSTOP);
    world_command_in_flight(world, "load t1 a1 refresh-token");
    world_end(&world->bus);
    expect_lost(world, KEYRING_FAILED);
    world_free(world);
}

static void test_a_bus_that_goes_away_does_not_end_the_run(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    expect_worked(world, "save t1 a1 refresh-token " CANARY);
    world_end(&world->bus);
    expect(world, "load t1 a1 refresh-token", KEYRING_NO_BUS);
    expect_off(world, KEYRING_NO_BUS);
    world_free(world);
}

static void test_a_keyring_that_is_not_wanted_is_not_asked(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    world_start_perch(world, "--no-keyring");
    expect_off(world, KEYRING_DISABLED);
    g_auto(GStrv) items = all_items(world);
    assert_int_equal(g_strv_length(items), 0);
    world_free(world);
}

static void test_a_plain_file_is_never_used_instead(void **state)
{
    (void)state;
    struct world *world = world_new();
    g_autofree char *file = g_build_filename(world->home, "plain.keyring", NULL);
    g_setenv("SECRET_BACKEND", "file", TRUE);
    g_setenv("SECRET_FILE_TEST_PATH", file, TRUE);
    g_setenv("SECRET_FILE_TEST_PASSWORD", "pw", TRUE);
    expect(world, "save t1 a1 refresh-token " CANARY, KEYRING_NO_BUS);
    assert_false(g_file_test(file, G_FILE_TEST_EXISTS));
    g_unsetenv("SECRET_BACKEND");
    g_unsetenv("SECRET_FILE_TEST_PATH");
    g_unsetenv("SECRET_FILE_TEST_PASSWORD");
    world_free(world);
}

/* ---- with a display, where the desktop asks ---- */

/* A locked keyring, and the person at the display who is asked to unlock it. Caller takes the reply. */
static struct world *world_that_asks(GSubprocess **server)
{
    struct world *world = world_new();
    *server = world_start_display(world);
    world_start_bus(world, NULL);
    world_start_service(world, "pw");
    expect_worked(world, "save t1 a1 refresh-token " CANARY);
    world_lock_keyring(world);
    expect(world, "load t1 a1 refresh-token", KEYRING_LOCKED);
    world_command(world, "unlock");
    return world;
}

static void test_the_person_unlocks_the_keyring(void **state)
{
    (void)state;
    if (!world_can_ask())
        skip();
    GSubprocess *server = NULL;
    struct world *world = world_that_asks(&server);
    world_answer_prompt(world, "pw", "Return");
    g_autoptr(json) said = world_reply(world);
    assert_true(json_get_bool(said, "worked", FALSE));
    expect_loaded(world, "load t1 a1 refresh-token", CANARY);
    world_free(world);
    world_end(&server);
}

static void test_the_person_dismisses_the_question(void **state)
{
    (void)state;
    if (!world_can_ask())
        skip();
    GSubprocess *server = NULL;
    struct world *world = world_that_asks(&server);
    world_answer_prompt(world, "x", "Escape");
    g_autoptr(json) said = world_reply(world);
    assert_false(json_get_bool(said, "worked", TRUE));
    expect_off(world, KEYRING_DISMISSED);
    world_free(world);
    world_end(&server);
}

static void skip_where_missing(const char *program)
{
    g_autofree char *path = g_find_program_in_path(program);
    g_autofree char *reason = g_strdup_printf("%s is not installed", program);
    if (path == NULL)
        skip_program(reason);
}

int main(int count, char **arguments)
{
    json_init();
    if (count == 2)
        return run_as_perch(g_str_equal(arguments[1], "--no-keyring"));
    skip_where_missing("dbus-daemon");
    skip_where_missing("gnome-keyring-daemon");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_bus),
        cmocka_unit_test(test_a_bus_address_that_leads_nowhere),
        cmocka_unit_test(test_no_bus_is_ever_started),
        cmocka_unit_test(test_a_bus_without_a_keyring_service),
        cmocka_unit_test(test_a_service_that_never_starts),
        cmocka_unit_test(test_a_service_that_fails_to_start),
        cmocka_unit_test(test_a_service_without_a_keyring),
        cmocka_unit_test(test_what_is_saved_is_there_in_the_next_run),
        cmocka_unit_test(test_signing_out_removes_what_is_stored_and_nothing_else),
        cmocka_unit_test(test_the_only_tenant_is_found_and_of_several_none),
        cmocka_unit_test(test_a_blank_pattern_is_refused),
        cmocka_unit_test(test_attributes_and_labels_hold_no_secret_and_no_person),
        cmocka_unit_test(test_nothing_is_written_in_plain_text),
        cmocka_unit_test(test_a_locked_keyring_is_said_to_be_locked_and_not_empty),
        cmocka_unit_test(test_an_unlocking_that_is_not_granted_ends_it),
        cmocka_unit_test(test_escape_ends_the_wait_for_an_unlocking),
        cmocka_unit_test(test_a_service_that_hangs),
        cmocka_unit_test(test_a_service_that_dies_in_mid_call),
        cmocka_unit_test(test_a_bus_that_dies_in_mid_call_does_not_end_the_run),
        cmocka_unit_test(test_a_bus_that_goes_away_does_not_end_the_run),
        cmocka_unit_test(test_a_keyring_that_is_not_wanted_is_not_asked),
        cmocka_unit_test(test_a_plain_file_is_never_used_instead),
        cmocka_unit_test(test_the_person_unlocks_the_keyring),
        cmocka_unit_test(test_the_person_dismisses_the_question),
    };
    return cmocka_run_group_tests_name("keyring", tests, NULL, NULL);
}
