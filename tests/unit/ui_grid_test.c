/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <string.h>

#include "support/support.h"
#include "ui/glyph.h"
#include "ui/grid.h"

static void assert_row(const struct grid *grid, int row, const char *expected)
{
    g_autofree char *text = grid_row_text(grid, row);
    assert_string_equal(text, expected);
}

static void what_does_not_fit_ends_in_an_ellipsis(void **state)
{
    (void)state;
    g_autoptr(Grid) grid = grid_new(20, 1, FALSE, TRUE);
    assert_int_equal(grid_put(grid, 0, 0, 8, STYLE_NORMAL, "Connected organization"), 8);
    assert_row(grid, 0, "Connect…");
}

static void a_wide_character_is_never_cut_in_half(void **state)
{
    (void)state;
    g_autoptr(Grid) grid = grid_new(6, 1, FALSE, TRUE);
    grid_put(grid, 0, 0, 4, STYLE_NORMAL, "日本語");
    assert_row(grid, 0, "日…");
    grid_put(grid, 1, 0, 1, STYLE_NORMAL, "x");
    assert_row(grid, 0, " x…");
    g_autoptr(Grid) narrow = grid_new(4, 1, FALSE, TRUE);
    grid_put(narrow, 0, 0, 4, STYLE_NORMAL, "日本");
    grid_put(narrow, 0, 0, 1, STYLE_NORMAL, "x");
    assert_row(narrow, 0, "x 本");
    /* Its other half is gone at the edge too, so that what comes there takes nothing with it. */
    grid_put(narrow, 2, 0, 1, STYLE_NORMAL, "y");
    grid_put(narrow, 3, 0, 1, STYLE_NORMAL, "z");
    assert_row(narrow, 0, "x yz");
}

static void a_frame_has_four_corners(void **state)
{
    (void)state;
    g_autoptr(Grid) grid = grid_new(6, 3, FALSE, TRUE);
    grid_frame(grid, (struct area){0, 0, 6, 3}, NULL, NULL);
    assert_row(grid, 0, "┌────┐");
    assert_row(grid, 1, "│    │");
    assert_row(grid, 2, "└────┘");
}

static void drawing_outside_is_cut_off(void **state)
{
    (void)state;
    g_autoptr(Grid) grid = grid_new(4, 2, FALSE, TRUE);
    grid_put(grid, 2, 0, 10, STYLE_NORMAL, "abcdef");
    grid_put(grid, -1, 1, 10, STYLE_NORMAL, "abc");
    grid_put(grid, 0, 7, 10, STYLE_NORMAL, "abc");
    grid_reverse(grid, (struct area){-3, -3, 100, 100});
    grid_frame(grid, (struct area){-2, -2, 40, 40}, "title", "right");
    grid_put(grid, 2, 0, 10, STYLE_NORMAL, "ab");
    g_autofree char *text = grid_row_text(grid, 0);
    assert_non_null(strstr(text, "ab"));
}

static void combining_marks_join_their_base(void **state)
{
    (void)state;
    g_autoptr(Grid) grid = grid_new(10, 1, FALSE, TRUE);
    assert_int_equal(grid_put(grid, 0, 0, 10, STYLE_NORMAL, "e\xCC\x81x"), 2);
    assert_row(grid, 0, "e\xCC\x81x");
}

static void nothing_that_steers_a_terminal_gets_into_a_cell(void **state)
{
    (void)state;
    static const char *const dangers[] = {"\033",         "\302\233",         "\xE2\x80\xAE",
                                          "\xE2\x80\x8B", "\xF3\xA0\x81\x81", "\xEF\xBB\xBF",
                                          "\x07",         "\xE2\x81\xA6",     "\x7F"};
    g_autoptr(Grid) grid = grid_new(10, 1, FALSE, TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(dangers); i++) {
        grid_clear(grid);
        grid_put(grid, 0, 0, 10, STYLE_NORMAL, dangers[i]);
        assert_row(grid, 0, "▯");
    }
}

static void ascii_has_a_twin_for_each_glyph(void **state)
{
    (void)state;
    g_autoptr(Grid) grid = grid_new(30, 3, TRUE, FALSE);
    grid_frame(grid, (struct area){0, 0, 30, 3}, "“Red Canary” · …", NULL);
    grid_put(grid, 1, 1, 20, STYLE_NORMAL, "✓○✗◐◔·≈↻⊘◌▸▲→● Ü");
    for (int row = 0; row < 3; row++) {
        g_autofree char *text = grid_row_text(grid, row);
        assert_true(g_str_is_ascii(text));
    }
    assert_row(grid, 1, "|+oX%@-~=/.>^>* ?            |");
}

static void ascii_glyphs_leave_names_readable_where_the_terminal_can(void **state)
{
    (void)state;
    g_autoptr(Grid) grid = grid_new(20, 1, TRUE, TRUE);
    grid_put(grid, 0, 0, 20, STYLE_NORMAL, "✓ Müller");
    assert_row(grid, 0, "+ Müller");
}

static int set_locale(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") != NULL ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_fit_ends_in_an_ellipsis),
        cmocka_unit_test(a_wide_character_is_never_cut_in_half),
        cmocka_unit_test(a_frame_has_four_corners),
        cmocka_unit_test(drawing_outside_is_cut_off),
        cmocka_unit_test(combining_marks_join_their_base),
        cmocka_unit_test(nothing_that_steers_a_terminal_gets_into_a_cell),
        cmocka_unit_test(ascii_has_a_twin_for_each_glyph),
        cmocka_unit_test(ascii_glyphs_leave_names_readable_where_the_terminal_can),
    };
    return cmocka_run_group_tests(tests, set_locale, NULL);
}
