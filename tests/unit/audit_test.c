/* SPDX-License-Identifier: MIT */
/*
 * The chain of the audit: what was written follows one another, over several openings too, and a line that was changed,
 * put in or taken out shows.
 */
#include "store/audit.h"

#include <string.h>
#include <unistd.h>

#include "support/support.h"

#define TENANT "11111111-2222-4333-8444-555555555555"
#define OLD "{\"at\":\"2020\",\"what\":\"write\"}\n"

static void write_two(const struct state_dir *dir)
{
    struct audit *audit = audit_open(dir, NULL);
    assert_non_null(audit);
    audit_append(audit, "{\"what\":\"one\"}");
    audit_append(audit, "{\"what\":\"two\"}");
    audit_close(audit);
}

static void assert_bytes_verdict(const char *text, gsize length, int lines, int unchained)
{
    int found = 0;
    g_autoptr(GError) error = NULL;
    int count = audit_verify(text, length, &found, &error);
    if (count != lines || (count >= 0 && found != unchained))
        fail_msg("%d lines, %d unchained, of:\n%s\n%s", count, found, text, error != NULL ? error->message : "");
}

static void assert_verdict(const char *text, int lines, int unchained)
{
    assert_bytes_verdict(text, strlen(text), lines, unchained);
}

static void test_what_was_changed_shows(void **state)
{
    (void)state;
    g_autofree char *base = scratch_new();
    struct state_dir *dir = state_dir_open(base, TENANT, NULL);
    g_autofree char *file = state_dir_file(dir, AUDIT_FILE);
    write_two(dir);
    write_two(dir);
    g_autofree char *text = read_text(file);
    assert_verdict(text, 4, 0);
    assert_non_null(g_strrstr(text, "\"what\":\"two\",\"chain\":\""));
    g_autoptr(GString) changed = g_string_new(text);
    g_string_replace(changed, "one", "few", 1);
    assert_verdict(changed->str, -1, 0);
    const char *second = strchr(text, '\n') + 1;
    assert_verdict(second, -1, 0);
    g_autofree char *inserted = g_strconcat(text, "{\"what\":\"three\"}\n", NULL);
    assert_verdict(inserted, -1, 0);
    /* Behind what ends a text nothing is passed over. */
    g_autofree char *hidden = g_strdup_printf("%.*s\n{\"what\":\"three\"}\n", (int)(second - text), text);
    assert_verdict(hidden, -1, 0);
    hidden[second - text] = '\0';
    assert_bytes_verdict(hidden, (gsize)(second - text) + strlen("\n{\"what\":\"three\"}\n"), -1, 0);
    /* Only the seal shows that the end is missing. */
    g_autofree char *cut = g_strndup(text, (gsize)(second - text));
    assert_verdict(cut, 1, 0);
    state_dir_close(dir);
    scratch_remove(base);
}

static void test_an_older_audit_goes_on(void **state)
{
    (void)state;
    g_autofree char *base = scratch_new();
    struct state_dir *dir = state_dir_open(base, TENANT, NULL);
    g_autofree char *file = state_dir_file(dir, AUDIT_FILE);
    assert_true(g_file_set_contents(file, OLD OLD "{\"torn", -1, NULL));
    write_two(dir);
    g_autofree char *text = read_text(file);
    assert_verdict(text, 4, 2);
    assert_null(strstr(text, "torn"));
    assert_verdict("", 0, 0);
    state_dir_close(dir);
    scratch_remove(base);
}

static void test_what_cannot_be_read_is_not_dropped(void **state)
{
    (void)state;
    static const char damaged[] = "{\"what\":\"one\"\0}\n{\"what\":\"two\"}\n{\"to\0rn";
    g_autofree char *base = scratch_new();
    struct state_dir *dir = state_dir_open(base, TENANT, NULL);
    g_autofree char *file = state_dir_file(dir, AUDIT_FILE);
    g_autofree char *text = NULL;
    gsize length = 0;
    const gsize whole = sizeof damaged - 1 - strlen("{\"to") - strlen("rn") - 1;
    assert_true(g_file_set_contents(file, damaged, sizeof damaged - 1, NULL));
    write_two(dir);
    assert_true(g_file_get_contents(file, &text, &length, NULL));
    assert_true(length > whole);
    assert_memory_equal(text, damaged, whole);
    assert_bytes_verdict(text, length, -1, 0);
    state_dir_close(dir);
    scratch_remove(base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_changed_shows),
        cmocka_unit_test(test_an_older_audit_goes_on),
        cmocka_unit_test(test_what_cannot_be_read_is_not_dropped),
    };
    return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}
