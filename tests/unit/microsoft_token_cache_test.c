/* SPDX-License-Identifier: MIT */
/*
 * Which token is held, for how long it counts as fresh, and what the store is asked and given.
 */
#include <string.h>

#include "microsoft/token_cache.h"
#include "support/support.h"

#define KEY "tenant/client/graph"

struct fixture {
    struct token_cache *cache;
    GString *calls; /* "save KEY TEXT;" or "load KEY;" each */
    const char *stored;
};

static struct secret *load(const char *key, gpointer data)
{
    struct fixture *fixture = data;
    g_string_append_printf(fixture->calls, "load %s;", key);
    return fixture->stored != NULL ? secret_new(fixture->stored, -1) : NULL;
}

static void save(const char *key, const struct secret *secret, gpointer data)
{
    struct fixture *fixture = data;
    g_string_append_printf(fixture->calls, "save %s %s;", key, secret != NULL ? secret_text(secret) : "nothing");
}

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    const struct token_backend store = {.load = load, .save = save, .data = fixture};
    fixture->calls = g_string_new(NULL);
    fixture->cache = token_cache_new(&store);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    token_cache_free(fixture->cache);
    g_string_free(fixture->calls, TRUE);
    g_free(fixture);
    return 0;
}

/* A minute ahead of its end a token is no longer fresh; one that lives shorter than two, half of its life ahead. */
static void test_how_long_a_token_is_fresh(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        gint64 seconds;
        gboolean fresh;
    } lives[] = {{3600, TRUE}, {121, TRUE}, {60, TRUE}, {2, TRUE}, {0, FALSE}, {-5, FALSE}};
    assert_false(token_cache_is_fresh(fixture->cache, SERVICE_GRAPH));
    for (gsize i = 0; i < G_N_ELEMENTS(lives); i++) {
        token_cache_take_access(fixture->cache, SERVICE_GRAPH, secret_new("token", -1),
                                lives[i].seconds * G_USEC_PER_SEC);
        if (token_cache_is_fresh(fixture->cache, SERVICE_GRAPH) != lives[i].fresh)
            fail_msg("a token of %d s", (int)lives[i].seconds);
    }
    assert_false(token_cache_is_fresh(fixture->cache, SERVICE_DEFENDER));
}

static void test_each_service_has_its_own(void **state)
{
    struct fixture *fixture = *state;
    token_cache_take_access(fixture->cache, SERVICE_GRAPH, secret_new("for-graph", -1), G_USEC_PER_SEC);
    assert_null(token_cache_access(fixture->cache, SERVICE_DEFENDER));
    token_cache_take_access(fixture->cache, SERVICE_DEFENDER, secret_new("for-defender", -1), G_USEC_PER_SEC);
    assert_string_equal(token_cache_access(fixture->cache, SERVICE_GRAPH), "for-graph");
    token_cache_clear(fixture->cache);
    assert_null(token_cache_access(fixture->cache, SERVICE_GRAPH));
    assert_null(token_cache_access(fixture->cache, SERVICE_DEFENDER));
    assert_string_equal(fixture->calls->str, "");
}

static void test_the_store_is_asked_once_and_only_where_nothing_is_held(void **state)
{
    struct fixture *fixture = *state;
    assert_null(token_cache_refresh(fixture->cache, SERVICE_GRAPH, NULL));
    assert_string_equal(fixture->calls->str, "");
    assert_null(token_cache_refresh(fixture->cache, SERVICE_GRAPH, KEY));
    fixture->stored = "kept";
    assert_string_equal(secret_text(token_cache_refresh(fixture->cache, SERVICE_GRAPH, KEY)), "kept");
    assert_string_equal(secret_text(token_cache_refresh(fixture->cache, SERVICE_GRAPH, KEY)), "kept");
    assert_string_equal(fixture->calls->str, "load " KEY ";load " KEY ";");
}

static void test_what_is_stored_and_dropped(void **state)
{
    struct fixture *fixture = *state;
    token_cache_store(fixture->cache, SERVICE_GRAPH, KEY);
    token_cache_take_refresh(fixture->cache, SERVICE_GRAPH, NULL, secret_new("first", -1));
    assert_string_equal(fixture->calls->str, "");
    token_cache_store(fixture->cache, SERVICE_GRAPH, KEY);
    token_cache_take_refresh(fixture->cache, SERVICE_GRAPH, KEY, secret_new("second", -1));
    token_cache_drop_stored(fixture->cache, KEY);
    assert_string_equal(fixture->calls->str, "save " KEY " first;save " KEY " second;save " KEY " nothing;");
    assert_string_equal(secret_text(token_cache_refresh(fixture->cache, SERVICE_GRAPH, KEY)), "second");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_how_long_a_token_is_fresh),
        TEST(test_each_service_has_its_own),
        TEST(test_the_store_is_asked_once_and_only_where_nothing_is_held),
        TEST(test_what_is_stored_and_dropped),
    };
    return cmocka_run_group_tests_name("token cache", tests, NULL, NULL);
}
