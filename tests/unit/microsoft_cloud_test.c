/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "microsoft/cloud.h"
#include "microsoft/url.h"

static void test_every_named_cloud_is_https(void **state)
{
    (void)state;
    static const char *const names[] = {"global", "gcc", "gcc-high", "dod", "china"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Cloud) cloud = cloud_named(names[i], &error);
        assert_non_null(cloud);
        assert_string_equal(cloud->name, names[i]);
        assert_true(g_str_has_prefix(cloud->login, "https://login."));
        assert_true(g_str_has_prefix(cloud->graph, "https://"));
        assert_true(cloud->defender == NULL || g_str_has_prefix(cloud->defender, "https://"));
        assert_int_equal(cloud->defender != NULL, cloud->defender_audiences[0] != NULL);
        assert_false(cloud->practice || cloud->from_file);
    }
}

static void test_addresses_that_matter(void **state)
{
    (void)state;
    g_autoptr(Cloud) global = cloud_named("global", NULL);
    g_autoptr(Cloud) dod = cloud_named("dod", NULL);
    g_autoptr(Cloud) china = cloud_named("china", NULL);
    assert_string_equal(global->graph, "https://graph.microsoft.com");
    assert_string_equal(global->defender, "https://api.security.microsoft.com");
    assert_string_equal(global->defender_audiences[0], "https://api.securitycenter.microsoft.com");
    assert_string_equal(dod->graph, "https://dod-graph.microsoft.us");
    assert_null(china->defender);
}

static void test_unknown_cloud_lists_the_known(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(cloud_named("moon", &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_USAGE));
    assert_non_null(strstr(error->message, "gcc-high"));
}

static void test_practice_addresses(void **state)
{
    (void)state;
    g_autoptr(Cloud) cloud = cloud_practice("http://127.0.0.1:8080", NULL);
    assert_true(cloud->practice);
    assert_string_equal(cloud->login, "http://127.0.0.1:8080");
    assert_string_equal(cloud->graph, "http://127.0.0.2:8080");
    assert_string_equal(cloud->defender, "http://127.0.0.3:8080");
    const char *const pages[] = {cloud->security_portal, cloud->entra_portal, cloud->azure_portal, cloud->my_access};
    for (gsize i = 0; i < G_N_ELEMENTS(pages); i++)
        assert_string_equal(pages[i], cloud->login);
    static const char *const others[] = {
        "http://10.0.0.1:80",    "https://127.0.0.1:8080", "http://127.0.0.1", "http://localhost:8080",
        "http://a@127.0.0.1:80", "http://127.0.0.2:80",    "127.0.0.1:8080",   ""};
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(cloud_practice(others[i], &error));
        assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_USAGE));
    }
}

static const char whole_file[] =
    "{\"name\":\"own\",\"title\":\"Own\",\"login\":\"https://login.test/\",\"graph\":\"https://graph.test\","
    "\"graphClientId\":\"a\",\"defenderClientId\":\"b\"}";

static struct cloud *cloud_of(const char *text, GError **error)
{
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "cloud.json", NULL);
    assert_true(g_file_set_contents(file, text, -1, NULL));
    struct cloud *cloud = cloud_from_file(file, NULL, error);
    scratch_remove(folder);
    return cloud;
}

static void test_cloud_file_is_read(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Cloud) cloud = cloud_of(whole_file, &error);
    assert_non_null(cloud);
    assert_true(cloud->from_file);
    assert_string_equal(cloud->file_sha256, "d758ee3a848dee622b58faf1be0c67a2291a1a0800f489cdd6905afc33815471");
    assert_true(g_str_has_prefix(cloud->title, "cloud file d758ee3a: Own"));
    assert_string_equal(cloud->login, "https://login.test");
    assert_null(cloud->defender);
}

static void test_a_changed_cloud_file_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *sum;
        gboolean taken;
    } rows[] = {
        {"d758ee3a848dee622b58faf1be0c67a2291a1a0800f489cdd6905afc33815471", TRUE},
        {"D758EE3A848DEE622B58FAF1BE0C67A2291A1A0800F489CDD6905AFC33815471", TRUE},
        {"d758ee3a", FALSE},
        {"", FALSE},
    };
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "cloud.json", NULL);
    assert_true(g_file_set_contents(file, whole_file, -1, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Cloud) cloud = cloud_from_file(file, rows[i].sum, &error);
        assert_int_equal(cloud != NULL, rows[i].taken);
        assert_true(cloud != NULL || g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    }
    scratch_remove(folder);
}

/* A tenant of GCC signs in as any other, and its Defender is at one of two places. */
static void test_the_other_defender_changes_places(void **state)
{
    (void)state;
    g_autoptr(Cloud) cloud = cloud_named("global", NULL);
    g_autoptr(Cloud) gcc = cloud_named("gcc", NULL);
    g_autoptr(Cloud) high = cloud_named("gcc-high", NULL);
    assert_null(high->other_defender);
    assert_string_equal(cloud->other_defender, gcc->defender);
    assert_string_equal(gcc->other_defender, cloud->defender);
    cloud_swap_defender(cloud);
    assert_string_equal(cloud->defender, gcc->defender);
    assert_string_equal(cloud->defender_audiences[0], gcc->defender_audiences[0]);
    cloud_swap_defender(cloud);
    assert_string_equal(cloud->defender, gcc->other_defender);
}

static void test_bad_cloud_files_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *named;
    } rows[] = {
        {"", "cloud.json"},
        {"[]", "object"},
        {"{\"name\":\"own\"}", "title"},
        {"{\"nam\":\"own\"}", "nam"},
        {"{\"name\":\"own\",\"title\":\"Own\",\"login\":\"https://a.test\",\"graph\":\"https://b.test\","
         "\"graphClientId\":\"a\",\"defenderClientId\":\"b\",\"defenderAPI\":\"https://c.test\"}",
         "no member named defenderAPI"},
        {"{\"name\":1}", "name"},
        {"{\"graph\":\"http://graph.test\"}", "graph"},
        {"{\"graph\":\"http://127.0.0.2:1\"}", "graph"},
        {"{\"login\":\"https://login.micros\u043eftonline.com\"}", "login has other letters"},
        {"{\"login\":\"https://user:pw@login.test\"}", "login"},
        {"{\"defenderAudiences\":[1]}", "defenderAudiences"},
        {"{\"name\":\"a\",\"title\":\"A\",\"login\":\"https://a.test\",\"graph\":\"https://"
         "b.test\",\"graphClientId\":\"c\","
         "\"defenderClientId\":\"d\",\"defenderElsewhere\":\"moon\"}",
         "no cloud named moon"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(cloud_of(rows[i].text, &error));
        assert_non_null(strstr(error->message, rows[i].named));
    }
    g_autoptr(GError) error = NULL;
    assert_null(cloud_from_file("/nonexistent/cloud.json", NULL, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
}

static void test_same_origin(void **state)
{
    (void)state;
    static const struct {
        const char *a;
        const char *b;
        gboolean same;
    } rows[] = {
        {"https://graph.microsoft.com/v1.0/x", "https://graph.microsoft.com", TRUE},
        {"https://GRAPH.microsoft.com:443/v1.0/x", "https://graph.microsoft.com", TRUE},
        {"https://graph.microsoft.com:444/", "https://graph.microsoft.com", FALSE},
        {"http://graph.microsoft.com/", "https://graph.microsoft.com", FALSE},
        {"https://graph.microsoft.com.evil.test/", "https://graph.microsoft.com", FALSE},
        {"https://graph.microsoft.com@evil.test/", "https://graph.microsoft.com", FALSE},
        {"https://evil.test/graph.microsoft.com", "https://graph.microsoft.com", FALSE},
        {"https://x@graph.microsoft.com/", "https://graph.microsoft.com", FALSE},
        {"//graph.microsoft.com/", "https://graph.microsoft.com", FALSE},
        {"", "https://graph.microsoft.com", FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_int_equal(url_same_origin(rows[i].a, rows[i].b), rows[i].same);
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_named_cloud_is_https),
        cmocka_unit_test(test_addresses_that_matter),
        cmocka_unit_test(test_unknown_cloud_lists_the_known),
        cmocka_unit_test(test_practice_addresses),
        cmocka_unit_test(test_cloud_file_is_read),
        cmocka_unit_test(test_a_changed_cloud_file_is_refused),
        cmocka_unit_test(test_the_other_defender_changes_places),
        cmocka_unit_test(test_bad_cloud_files_are_refused),
        cmocka_unit_test(test_same_origin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
