/* SPDX-License-Identifier: MIT */
/*
 * What a sign-in asks for: every scope that the source names has its reason in assets/scopes.json, and nothing is asked
 * for that another scope covers.
 */
#include <string.h>

#include "base/assets.h"
#include "base/json.h"
#include "engine/scopes.h"
#include "support/support.h"

#define SCOPE_LITERAL                                                                                                  \
    "\"((?:[A-Z][A-Za-z-]+\\.(?:Read|ReadWrite|Invite|DeleteRestore|RevokeSessions)[A-Za-z.]*[ ]?)+)\""

static void check_file(const char *path, const json *known, int *count)
{
    g_autofree char *text = read_text(path);
    g_autoptr(GRegex) literal = g_regex_new(SCOPE_LITERAL, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(literal, text, 0, &match); g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *found = g_match_info_fetch(match, 1);
        g_auto(GStrv) scopes = g_strsplit(found, " ", -1);
        for (char **scope = scopes; *scope != NULL; scope++) {
            if (**scope != '\0' && json_get_string(json_get(known, *scope), "why") == NULL)
                fail_msg("%s asks for %s, which has no reason", path, *scope);
            *count += **scope != '\0';
        }
    }
}

static void check_folder(const char *folder, const json *known, int *count)
{
    GDir *entries = g_dir_open(folder, 0, NULL);
    assert_non_null(entries);
    for (const char *name = g_dir_read_name(entries); name != NULL; name = g_dir_read_name(entries)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR) && strcmp(name, "practice") != 0)
            check_folder(path, known, count);
        else if (g_str_has_suffix(name, ".c"))
            check_file(path, known, count);
    }
    g_dir_close(entries);
}

static void test_every_scope_in_the_source_has_its_reason(void **state)
{
    (void)state;
    int count = 0;
    g_autoptr(json) known = asset_json("scopes.json");
    check_folder(PERCH_SOURCE_DIR "/src", known, &count);
    assert_true(count > 20);
}

static void test_what_is_covered_is_not_asked_for(void **state)
{
    (void)state;
    static const struct {
        const char *wanted, *withheld, *asked;
    } rows[] = {
        {"User.Read Group.Read.All", "", "User.Read Group.Read.All"},
        {"Group.Read.All Directory.Read.All User.Read.All", "", "Directory.Read.All"},
        {"Group.Read.All Directory.Read.All", "Directory.Read.All", "Group.Read.All Directory.Read.All"},
        {"LicenseAssignment.Read.All Directory.Read.All", "", "LicenseAssignment.Read.All Directory.Read.All"},
        {"User.Invite.All User.ReadWrite.All User.DeleteRestore.All", "", "User.ReadWrite.All"},
        {"GroupMember.Read.All GroupMember.ReadWrite.All Group.ReadWrite.All", "", "Group.ReadWrite.All"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) withheld = g_strsplit(rows[i].withheld, " ", -1);
        g_autoptr(GPtrArray) scopes = g_ptr_array_new();
        scopes_add(scopes, rows[i].wanted);
        scopes_drop_covered(scopes, (const char *const *)withheld);
        g_ptr_array_add(scopes, NULL);
        g_autofree char *asked = g_strjoinv(" ", (char **)scopes->pdata);
        assert_string_equal(asked, rows[i].asked);
        g_strfreev((char **)g_ptr_array_steal(scopes, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_scope_in_the_source_has_its_reason),
        cmocka_unit_test(test_what_is_covered_is_not_asked_for),
    };
    json_init();
    return cmocka_run_group_tests_name("scopes", tests, NULL, NULL);
}
