/* SPDX-License-Identifier: MIT */
/*
 * Another Secret Service than gnome-keyring: KeePassXC, where it is installed. What perch stores there is found by the
 * next run, takes a new token in place, and is gone after the sign-out.
 */
#include <string.h>

#include "support/background.h"
#include "support/keyring_world.h"
#include "support/practice.h"
#include "support/practice_client.h"

#define SCRIPT PERCH_SOURCE_DIR "/tests/support/keepassxc.sh"
#define KEPT "The keyring keeps the sign-in for the next run."

struct scene {
    struct world *world;
    struct practice_tenant *tenant;
    char **environment;
};

static void start_keepassxc(struct scene *scene)
{
    g_autoptr(GSubprocessLauncher) launcher =
        g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
    g_autoptr(GError) error = NULL;
    const char *arguments[] = {SCRIPT, NULL};
    for (char **entry = scene->environment; *entry != NULL; entry++) {
        g_auto(GStrv) parts = g_strsplit(*entry, "=", 2);
        g_subprocess_launcher_setenv(launcher, parts[0], parts[1], TRUE);
    }
    scene->world->service = g_subprocess_launcher_spawnv(launcher, arguments, &error);
    if (scene->world->service == NULL)
        fail_msg("%s", error->message);
}

/* TRUE once the open group can be used; before that calls would wait for a question that nobody sees. */
static gboolean has_collection(gconstpointer data)
{
    const struct world *world = data;
    g_autoptr(GVariant) answer =
        g_dbus_connection_call_sync(world->connection, SERVICE, SERVICE_PATH, "org.freedesktop.DBus.Properties", "Get",
                                    g_variant_new("(ss)", "org.freedesktop.Secret.Service", "Collections"), NULL,
                                    G_DBUS_CALL_FLAGS_NO_AUTO_START, 1000, NULL, NULL);
    if (answer == NULL)
        return FALSE;
    g_autoptr(GVariant) value = NULL;
    g_variant_get(answer, "(v)", &value);
    return g_variant_n_children(value) > 0;
}

static int set_up(void **state)
{
    struct scene *scene = g_new0(struct scene, 1);
    scene->world = world_new();
    world_start_bus(scene->world, NULL);
    scene->environment = world_environment(scene->world);
    scene->tenant = practice_begin("fresh", NULL);
    start_keepassxc(scene);
    if (!wait_until(has_collection, scene->world))
        fail_msg("KeePassXC did not come up");
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    practice_end(scene->tenant);
    world_free(scene->world);
    g_strfreev(scene->environment);
    g_free(scene);
    return 0;
}

static struct run *run(const struct scene *scene, const char *command)
{
    const char *words[] = {"--practice-keyring", "--client-id", OWN_CLIENT, "--tenant", "contoso.com", command, NULL};
    g_auto(GStrv) line = perch_command_line(scene->tenant, words);
    struct run *ran = run_program((const char *const *)line, (const char *const *)scene->environment, "");
    assert_status(ran, 0);
    return ran;
}

static guint stored(const struct scene *scene)
{
    return world_count_items(scene->world, "xdg:schema", "org.perch.SignIn");
}

static gboolean asked(const struct run *ran)
{
    return strstr(ran->errors, "type the code ") != NULL;
}

static void test_a_sign_in_is_kept_renewed_and_removed(void **state)
{
    const struct scene *scene = *state;
    g_autoptr(Run) first = run(scene, "sign-in");
    assert_true(asked(first));
    assert_non_null(strstr(first->output, KEPT));
    assert_int_equal(stored(scene), 1);
    for (int i = 0; i < 2; i++) {
        g_autoptr(Run) next = run(scene, "whoami");
        assert_false(asked(next));
        assert_non_null(strstr(next->output, KEPT));
        assert_int_equal(stored(scene), 1);
    }
    g_autoptr(Run) out = run(scene, "sign-out");
    assert_non_null(strstr(out->output, "Signed out"));
    assert_int_equal(stored(scene), 0);
    g_autoptr(Run) after = run(scene, "check");
    assert_true(asked(after));
}

int main(void)
{
    json_init();
    static const char *const programs[] = {"dbus-daemon", "keepassxc", "keepassxc-cli", "python3"};
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *path = g_find_program_in_path(programs[i]);
        g_autofree char *reason = g_strdup_printf("%s is not installed", programs[i]);
        if (path == NULL)
            skip_program(reason);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_sign_in_is_kept_renewed_and_removed, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("KeePassXC", tests, NULL, NULL);
}
