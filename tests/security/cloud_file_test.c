/* SPDX-License-Identifier: MIT */
/*
 * A cloud that comes from a file sends the sign-in somewhere else: it is named wherever something is decided, and no
 * run without a person takes one that nobody has looked at.
 */
#include <glib.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/token_store.h"
#include "support/support.h"
#include "support/terminal.h"

/* Nothing listens there, so nothing is signed in to. */
#define CLOUD                                                                                                          \
    "{\"name\":\"own\",\"title\":\"Global\",\"login\":\"https://127.0.0.1:9\",\"graph\":\"https://127.0.0.2:9\","      \
    "\"graphClientId\":\"a\",\"defenderClientId\":\"b\"}"

struct place {
    char *folder;
    char *file;
    char *sum;
    char *state;
};

static int set_up(void **state)
{
    struct place *place = g_new0(struct place, 1);
    place->folder = scratch_new();
    place->file = g_build_filename(place->folder, "cloud.json", NULL);
    place->state = g_build_filename(place->folder, "state", NULL);
    place->sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, CLOUD, -1);
    assert_true(g_file_set_contents(place->file, CLOUD, -1, NULL));
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    scratch_remove(place->folder);
    g_free(place->folder);
    g_free(place->file);
    g_free(place->sum);
    g_free(place->state);
    g_free(place);
    return 0;
}

static struct run *apply(const struct place *place, const char *sum)
{
    const char *words[] = {PERCH_BINARY,
                           "apply",
                           "--yes",
                           "--tenant",
                           "contoso.com",
                           "--no-keyring",
                           "--state-dir",
                           place->state,
                           "--cloud-file",
                           place->file,
                           sum != NULL ? "--cloud-sha256" : NULL,
                           sum,
                           NULL};
    return run_program(words, NULL, "");
}

static void test_nobody_looked_at_it(void **state)
{
    g_autoptr(Run) run = apply(*state, NULL);
    assert_int_equal(run->status, 2);
    assert_non_null(strstr(run->errors, "--cloud-sha256"));
}

static void test_it_was_changed_since(void **state)
{
    const struct place *place = *state;
    g_autofree char *other = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "another file", -1);
    g_autoptr(Run) run = apply(place, other);
    assert_int_equal(run->status, 2);
    assert_non_null(strstr(run->errors, place->sum));
    assert_null(strstr(run->errors, "127.0.0.1"));
}

/* With its sum it is used, and said to be; that nobody answers there is all that fails then. */
static void test_somebody_looked_at_it(void **state)
{
    const struct place *place = *state;
    g_autoptr(Run) run = apply(place, place->sum);
    g_autofree char *named = g_strdup_printf("cloud file %.8s: Global", place->sum);
    assert_int_equal(run->status, 1);
    assert_non_null(strstr(run->errors, named));
    assert_non_null(strstr(run->errors, "signs in at https://127.0.0.1:9"));
}

static void test_its_name_stands_on_the_screen(void **state)
{
    const struct place *place = *state;
    const char *words[] = {PERCH_BINARY,   "--no-keyring", "--state-dir", place->state,
                           "--cloud-file", place->file,    NULL};
    g_autofree char *named = g_strdup_printf("perch cloud file %.8s", place->sum);
    g_autoptr(Terminal) terminal = terminal_start(words, NULL, 80, 24);
    terminal_wait(terminal, named);
}

/* The same tenant in the same keyring: what belongs to one cloud is not found from another. */
static void test_its_tokens_are_apart(void **state)
{
    const struct place *place = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Cloud) own = cloud_from_file(place->file, NULL, &error);
    g_autoptr(Cloud) global = cloud_named("global", &error);
    g_autoptr(Cloud) practice = cloud_practice("http://127.0.0.1:1", &error);
    assert_null(error);
    g_autoptr(Keyring) keyring = keyring_new(TRUE);
    struct token_store stores[3];
    const struct cloud *clouds[] = {own, global, practice};
    for (gsize i = 0; i < G_N_ELEMENTS(stores); i++)
        token_store_init(&stores[i], keyring, clouds[i]);
    assert_string_equal(stores[0].realm, place->sum);
    assert_string_equal(stores[1].realm, "");
    assert_string_equal(stores[2].realm, "practice");
    for (gsize i = 0; i < G_N_ELEMENTS(stores); i++)
        token_store_clear(&stores[i]);
}

#define WITH_FILE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        WITH_FILE(test_nobody_looked_at_it),   WITH_FILE(test_it_was_changed_since),
        WITH_FILE(test_somebody_looked_at_it), WITH_FILE(test_its_name_stands_on_the_screen),
        WITH_FILE(test_its_tokens_are_apart),
    };
    return cmocka_run_group_tests_name("cloud file", tests, NULL, NULL);
}
