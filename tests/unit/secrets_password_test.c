/* SPDX-License-Identifier: MIT */
/*
 * The first password of an account: of all four classes, of which Microsoft asks for three, and such as can be
 * read out without taking one letter for another.
 */
#include "secrets/password.h"

#include <string.h>

#include "support/support.h"

static const char *const classes[] = {"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789",
                                      "-_.+=!"};

static void test_a_password_is_of_every_class_and_no_two_are_alike(void **state)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gboolean is_first[4] = {FALSE};
    (void)state;
    for (int i = 0; i < 200; i++) {
        struct secret *password = password_new();
        assert_non_null(password);
        const char *text = secret_text(password);
        assert_int_equal(strlen(text), 24);
        for (gsize k = 0; k < G_N_ELEMENTS(classes); k++) {
            assert_non_null(strpbrk(text, classes[k]));
            is_first[k] = is_first[k] || strchr(classes[k], text[0]) != NULL;
        }
        assert_null(strpbrk(text, "0O1lI \"'\\"));
        assert_true(g_hash_table_add(seen, g_strdup(text)));
        secret_free(password);
    }
    /* Where which class stands, nobody knows. */
    for (gsize k = 0; k < G_N_ELEMENTS(classes); k++)
        assert_true(is_first[k]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_password_is_of_every_class_and_no_two_are_alike),
    };
    return cmocka_run_group_tests_name("secrets_password", tests, NULL, NULL);
}
