/* SPDX-License-Identifier: MIT */
/*
 * Sign-ins of several clouds in one real keyring: the same tenant and application, and yet nothing of one cloud is
 * found, replaced or removed from another.
 */
#include <string.h>

#include "base/json.h"
#include "engine/token_store.h"
#include "support/keyring_world.h"

#define TENANT "11111111-2222-4333-8444-555555555555"
#define KEY TENANT "/an-application/graph"

#define FILE_A                                                                                                         \
    "{\"name\":\"a\",\"title\":\"A\",\"login\":\"https://127.0.0.1:9\",\"graph\":\"https://127.0.0.2:9\","             \
    "\"graphClientId\":\"a\",\"defenderClientId\":\"b\"}"
#define FILE_B                                                                                                         \
    "{\"name\":\"b\",\"title\":\"B\",\"login\":\"https://127.0.0.3:9\",\"graph\":\"https://127.0.0.2:9\","             \
    "\"graphClientId\":\"a\",\"defenderClientId\":\"b\"}"

enum { CLOUD_A, CLOUD_B, CLOUD_GLOBAL, CLOUDS };

struct scene {
    struct world *world;
    char *folder;
    struct keyring *keyring;
    struct cloud *clouds[CLOUDS];
    struct token_store stores[CLOUDS];
};

static struct cloud *cloud_of(const struct scene *scene, const char *text)
{
    g_autofree char *file = g_build_filename(scene->folder, "cloud.json", NULL);
    assert_true(g_file_set_contents(file, text, -1, NULL));
    struct cloud *cloud = cloud_from_file(file, NULL, NULL);
    assert_non_null(cloud);
    return cloud;
}

/* Opens the keyring anew, as another run would. */
static void open_keyring(struct scene *scene)
{
    scene->keyring = keyring_new(FALSE);
    for (int i = 0; i < CLOUDS; i++)
        token_store_init(&scene->stores[i], scene->keyring, scene->clouds[i]);
}

static void close_keyring(struct scene *scene)
{
    for (int i = 0; i < CLOUDS; i++)
        token_store_clear(&scene->stores[i]);
    keyring_free(scene->keyring);
}

static int set_up(void **state)
{
    struct scene *scene = g_new0(struct scene, 1);
    scene->world = world_with_keyring();
    scene->folder = scratch_new();
    g_setenv("DBUS_SESSION_BUS_ADDRESS", scene->world->address, TRUE);
    scene->clouds[CLOUD_A] = cloud_of(scene, FILE_A);
    scene->clouds[CLOUD_B] = cloud_of(scene, FILE_B);
    scene->clouds[CLOUD_GLOBAL] = cloud_named("global", NULL);
    open_keyring(scene);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    close_keyring(scene);
    for (int i = 0; i < CLOUDS; i++)
        cloud_free(scene->clouds[i]);
    scratch_remove(scene->folder);
    g_free(scene->folder);
    world_free(scene->world);
    g_free(scene);
    return 0;
}

static void keep(struct scene *scene, int cloud, const char *token)
{
    struct token_backend backend = token_store_backend(&scene->stores[cloud]);
    g_autoptr(Secret) secret = secret_new(token, -1);
    backend.save(KEY, secret, backend.data);
}

static void assert_kept(struct scene *scene, int cloud, const char *token)
{
    struct token_backend backend = token_store_backend(&scene->stores[cloud]);
    g_autoptr(Secret) secret = backend.load(KEY, backend.data);
    assert_true((secret == NULL) == (token == NULL));
    if (token != NULL)
        assert_string_equal(secret_text(secret), token);
}

static void test_two_files_and_a_cloud_of_microsoft(void **state)
{
    struct scene *scene = *state;
    keep(scene, CLOUD_A, "token of A");
    assert_kept(scene, CLOUD_B, NULL);
    assert_kept(scene, CLOUD_GLOBAL, NULL);
    keep(scene, CLOUD_B, "token of B");
    keep(scene, CLOUD_GLOBAL, "token of Microsoft");
    close_keyring(scene);
    open_keyring(scene);
    assert_int_equal(keyring_probe(scene->keyring), KEYRING_READY);
    assert_kept(scene, CLOUD_A, "token of A");
    assert_kept(scene, CLOUD_B, "token of B");
    assert_kept(scene, CLOUD_GLOBAL, "token of Microsoft");
    assert_int_equal(world_count_items(scene->world, "xdg:schema", "org.perch.SignIn"), 3);
}

static void test_signing_out_of_one_leaves_the_others(void **state)
{
    struct scene *scene = *state;
    for (int i = 0; i < CLOUDS; i++)
        keep(scene, i, "token");
    assert_true(token_store_forget(&scene->stores[CLOUD_A], NULL, NULL));
    assert_kept(scene, CLOUD_A, NULL);
    assert_kept(scene, CLOUD_B, "token");
    assert_kept(scene, CLOUD_GLOBAL, "token");
    assert_true(token_store_forget(&scene->stores[CLOUD_GLOBAL], TENANT, NULL));
    assert_kept(scene, CLOUD_B, "token");
    assert_int_equal(world_count_items(scene->world, "xdg:schema", "org.perch.SignIn"), 1);
}

#define WITH_KEYRING(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        WITH_KEYRING(test_two_files_and_a_cloud_of_microsoft),
        WITH_KEYRING(test_signing_out_of_one_leaves_the_others),
    };
    return cmocka_run_group_tests_name("clouds in one keyring", tests, NULL, NULL);
}
