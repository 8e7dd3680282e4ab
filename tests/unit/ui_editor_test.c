/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <string.h>

#include "support/support.h"
#include "ui/form/editor.h"

static void press_all(struct editor *editor, const char *names)
{
    g_auto(GStrv) keys = g_strsplit(names, " ", -1);
    for (char **key = keys; *key != NULL; key++) {
        struct key_event pressed = key_named(*key);
        editor_key(editor, &pressed);
    }
}

static void it_edits_in_the_middle(void **state)
{
    (void)state;
    g_autoptr(Editor) editor = editor_new(FALSE);
    editor_set(editor, "telemetry");
    press_all(editor, "Home Right Right x Left Left Del End Backspace y");
    assert_string_equal(editor_text(editor), "txlemetry");
}

static void a_word_and_the_rest_are_cut(void **state)
{
    (void)state;
    g_autoptr(Editor) editor = editor_new(FALSE);
    editor_set(editor, "Red Canary Access");
    press_all(editor, "Ctrl-W");
    assert_string_equal(editor_text(editor), "Red Canary ");
    press_all(editor, "Home Right Right Right Ctrl-K");
    assert_string_equal(editor_text(editor), "Red");
    press_all(editor, "Ctrl-U");
    assert_true(editor_is_empty(editor));
}

static void a_combining_mark_goes_with_its_base(void **state)
{
    (void)state;
    g_autoptr(Editor) editor = editor_new(FALSE);
    editor_set(editor, "ae\xCC\x81");
    press_all(editor, "Left");
    press_all(editor, "x");
    assert_string_equal(editor_text(editor), "axe\xCC\x81");
}

static void a_paste_keeps_all_but_one_line_end(void **state)
{
    (void)state;
    g_autoptr(Editor) editor = editor_new(FALSE);
    assert_true(editor_paste(editor, "one\r\ntwo \r\n"));
    assert_string_equal(editor_text(editor), "one\r\ntwo ");
}

static void what_is_over_the_limit_is_not_taken(void **state)
{
    (void)state;
    g_autoptr(Editor) editor = editor_new(FALSE);
    g_autofree char *long_text = g_strnfill(EDITOR_LIMIT, 'a');
    assert_true(editor_paste(editor, long_text));
    assert_false(editor_paste(editor, "b"));
    press_all(editor, "b");
    assert_int_equal(strlen(editor_text(editor)), EDITOR_LIMIT);
}

static char *shown(const struct editor *editor, int columns, int mark, int length, int *place)
{
    g_autoptr(TextLayout) layout = layout_new(columns);
    g_autoptr(Grid) grid = grid_new(columns, 1, FALSE, TRUE);
    struct scroller view = {0};
    layout_row(layout, NULL);
    int column = editor_show(editor, layout, columns, mark, length);
    if (place != NULL)
        *place = column;
    layout_draw(layout, &view, grid, (struct area){0, 0, columns, 1}, FALSE, NULL, HIT_OVERLAY);
    return grid_row_text(grid, 0);
}

static void the_offending_place_can_be_seen(void **state)
{
    (void)state;
    int place = -1;
    g_autoptr(Editor) editor = editor_new(FALSE);
    editor_set(editor, "tele\xC2\xA0metry");
    g_autofree char *text = shown(editor, 30, 4, 1, &place);
    assert_string_equal(text, "tele␣metry");
    assert_int_equal(place, 4);
}

static void a_long_text_scrolls_with_the_cursor(void **state)
{
    (void)state;
    g_autoptr(Editor) editor = editor_new(FALSE);
    editor_set(editor, "abcdefghijklmnopqrstuvwxyz");
    g_autofree char *end = shown(editor, 10, -1, 0, NULL);
    assert_string_equal(end, "…stuvwxyz");
    press_all(editor, "Home");
    g_autofree char *start = shown(editor, 10, -1, 0, NULL);
    assert_string_equal(start, "abcdefghij");
}

static void a_secret_never_shows_not_even_its_length(void **state)
{
    (void)state;
    g_autoptr(Editor) editor = editor_new(TRUE);
    editor_set(editor, "hunter2");
    g_autofree char *one = shown(editor, 30, -1, 0, NULL);
    editor_set(editor, "correct horse battery staple");
    g_autofree char *other = shown(editor, 30, -1, 0, NULL);
    assert_string_equal(one, "●●●●●●●●");
    assert_string_equal(one, other);
    press_all(editor, "Tab");
    g_autofree char *hidden = shown(editor, 30, -1, 0, NULL);
    assert_string_equal(hidden, "(not shown)");
}

static void backspace_as_the_first_key_hides_the_mask(void **state)
{
    (void)state;
    g_autoptr(Editor) editor = editor_new(TRUE);
    press_all(editor, "Backspace a b c");
    assert_int_equal(editor_mask(editor), EDITOR_HIDDEN);
    assert_string_equal(editor_text(editor), "abc");
}

static int set_locale(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") != NULL ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_edits_in_the_middle),
        cmocka_unit_test(a_word_and_the_rest_are_cut),
        cmocka_unit_test(a_combining_mark_goes_with_its_base),
        cmocka_unit_test(a_paste_keeps_all_but_one_line_end),
        cmocka_unit_test(what_is_over_the_limit_is_not_taken),
        cmocka_unit_test(the_offending_place_can_be_seen),
        cmocka_unit_test(a_long_text_scrolls_with_the_cursor),
        cmocka_unit_test(a_secret_never_shows_not_even_its_length),
        cmocka_unit_test(backspace_as_the_first_key_hides_the_mask),
    };
    return cmocka_run_group_tests(tests, set_locale, NULL);
}
