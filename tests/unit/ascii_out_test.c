/* SPDX-License-Identifier: MIT */
/* Texts for places that know ASCII only. */
#include "base/ascii_out.h"

#include <stdio.h>
#include <unistd.h>

#include "support/support.h"

static void characters_become_what_is_nearest_or_their_number(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"plain", "plain"},
        {"“a” ‘b’ – c …", "\"a\" 'b' - c ..."},
        {"Red Canary · Contoso", "Red Canary - Contoso"},
        {"found → wanted ●●", "found -> wanted **"},
        {"Müller", "M\\u00fcller"},
        {"日本", "\\u65e5\\u672c"},
        {"😀", "\\ud83d\\ude00"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = ascii_text(rows[i][0], -1);
        assert_string_equal(text, rows[i][1]);
    }
    g_autofree char *part = ascii_text("abc", 2);
    assert_string_equal(part, "ab");
}

/* Characters come whole, however they are cut by whoever prints. */
static void what_is_printed_comes_out_as_ascii(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "out", NULL);
    FILE *real = stdout;
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    assert_non_null(freopen(file, "w", real));
    ascii_out_install(TRUE);
    setvbuf(stdout, NULL, _IONBF, 0);
    fputs("a\xe2", stdout);
    fputs("\x80", stdout);
    fputs("\x9c", stdout);
    fputs("b\xff z", stdout);
    assert_int_equal(fflush(stdout), 0);
    g_autofree char *text = read_text(file);
    fclose(stdout);
    stdout = real;
    dup2(saved, STDOUT_FILENO);
    assert_string_equal(text, "a\"b\\ufffd z");
    scratch_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_become_what_is_nearest_or_their_number),
        cmocka_unit_test(what_is_printed_comes_out_as_ascii),
    };
    return cmocka_run_group_tests_name("ascii_out", tests, NULL, NULL);
}
