#include <string.h>

#include "support/fake_desk.h"
#include "ui/layout.h"
#include "ui/page.h"

static char *drawn(struct page *page, struct page_view *view, int columns, int rows)
{
    g_autoptr(Grid) grid = grid_new(columns, rows, FALSE, TRUE);
    page_draw(page, view, grid, (struct area){0, 0, columns, rows}, FALSE, NULL, TARGET_VIEW);
    GString *text = g_string_new(NULL);
    for (int row = 0; row < rows; row++) {
        g_autofree char *line = grid_row_text(grid, row);
        g_string_append_printf(text, "%s%s", row > 0 ? "|" : "", line);
    }
    return g_string_free(text, FALSE);
}

static void assert_flows(const char *text, int columns, const char *expected)
{
    g_autoptr(Page) page = page_new(columns);
    struct page_view view = {0};
    page_paragraph(page, NULL, 0, STYLE_NORMAL, text);
    g_autofree char *rows = drawn(page, &view, columns, page_rows(page));
    assert_string_equal(rows, expected);
}

static void text_breaks_at_blanks_and_long_words_anywhere(void **state)
{
    (void)state;
    assert_flows("one two three", 8, "one two|three");
    assert_flows("https://a.example/long", 8, "https://|a.exampl|e/long");
    assert_flows("a\nb", 8, "a|b");
    assert_flows("日本語日本語", 8, "日本語日|本語");
    assert_flows("", 8, "");
}

static void every_character_of_a_text_is_drawn(void **state)
{
    (void)state;
    const char text[] =
        "perch reads the tenant, asks for what it needs, and proves every step: a_word_without_any_blank";
    for (int columns = 5; columns < 60; columns++) {
        g_autoptr(Page) page = page_new(columns);
        struct page_view view = {0};
        page_paragraph(page, NULL, 0, STYLE_NORMAL, text);
        g_autofree char *rows = drawn(page, &view, columns, page_rows(page));
        gsize letters = 0, expected = 0;
        for (const char *at = rows; *at != '\0'; at++)
            letters += *at != ' ' && *at != '|';
        for (const char *at = text; *at != '\0'; at++)
            expected += *at != ' ';
        assert_int_equal(letters, expected);
    }
}

/* Parts of one sentence follow each other at every width, and no word is cut that a row could hold. */
static void parts_of_a_sentence_flow_without_a_loss(void **state)
{
    (void)state;
    for (int columns = 12; columns < 60; columns++) {
        g_autoptr(Page) page = page_new(columns);
        struct page_view view = {0};
        page_paragraph(page, NULL, 0, STYLE_DIM, "Score.Read.All: found ");
        page_continue(page, 2, STYLE_BAD, "not granted");
        page_continue(page, 2, STYLE_DIM, ", wanted ");
        page_continue(page, 2, STYLE_GOOD, "granted");
        g_autofree char *rows = drawn(page, &view, columns, page_rows(page));
        g_autoptr(GRegex) gaps = g_regex_new("[ |]+", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
        g_autofree char *spaced = g_regex_replace_literal(gaps, rows, -1, 0, " ", G_REGEX_MATCH_DEFAULT, NULL);
        assert_non_null(strstr(spaced, "found not granted"));
        assert_non_null(strstr(spaced, "wanted granted"));
    }
}

static struct page *items(int count)
{
    struct page *page = page_new(20);
    for (int i = 0; i < count; i++) {
        g_autofree char *name = g_strdup_printf("item:%d", i);
        page_row(page, name);
        page_text(page, STYLE_NORMAL, name);
        page_row(page, NULL);
    }
    return page;
}

static void the_focus_moves_over_items_and_stays_in_sight(void **state)
{
    (void)state;
    g_autoptr(Page) page = items(20);
    struct page_view view = {0};
    g_autofree char *first = drawn(page, &view, 20, 5);
    assert_non_null(first);
    for (int i = 0; i < 20; i++) {
        g_autofree char *name = g_strdup_printf("item:%d", i);
        assert_true(page_view_move(&view, page, 1));
        page_view_reveal(&view, page);
        assert_string_equal(view.focus, name);
        g_autofree char *rows = drawn(page, &view, 20, 5);
        assert_non_null(strstr(rows, name));
    }
    assert_false(page_view_move(&view, page, 1));
    page_view_clear(&view);
}

static void the_focus_survives_a_page_made_anew(void **state)
{
    (void)state;
    struct page_view view = {0};
    page_view_set_focus(&view, "item:7");
    g_autoptr(Page) page = items(20);
    assert_true(page_view_move(&view, page, 1));
    assert_string_equal(view.focus, "item:8");
    page_view_set_focus(&view, view.focus);
    assert_string_equal(view.focus, "item:8");
    page_view_clear(&view);
}

static gboolean overlap(struct area a, struct area b)
{
    return a.column < b.column + b.columns && b.column < a.column + a.columns && a.row < b.row + b.rows &&
           b.row < a.row + a.rows;
}

static gboolean fits(struct area area, int columns, int rows)
{
    return area.column >= 0 && area.row >= 0 && area.column + area.columns <= columns && area.row + area.rows <= rows;
}

static void panes_never_overlap_nor_leave_the_screen(void **state)
{
    (void)state;
    for (int columns = 40; columns <= 200; columns++)
        for (int rows = 10; rows <= 60; rows++) {
            struct layout layout = layout_of(columns, rows, 1);
            assert_true(fits(layout.checklist, columns, rows) && fits(layout.step, columns, rows));
            assert_true(fits(layout.log, columns, rows) && fits(layout.bottom, columns, rows));
            assert_false(overlap(layout.body, layout.bottom) || overlap(layout.body, layout.title));
            if (layout.single)
                continue;
            assert_false(overlap(layout.checklist, layout.step) || overlap(layout.checklist, layout.log));
            assert_false(overlap(layout.step, layout.log) || overlap(layout.log, layout.bottom));
        }
}

static void at_80x24_all_three_panes_and_every_step_are_seen(void **state)
{
    (void)state;
    struct layout layout = layout_of(80, 24, 1);
    assert_false(layout.single);
    assert_true(layout.checklist.rows >= 15);
    assert_true(layout.log.rows >= 4);
    assert_true(layout_of(40, 10, 1).single);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_breaks_at_blanks_and_long_words_anywhere),
        cmocka_unit_test(every_character_of_a_text_is_drawn),
        cmocka_unit_test(parts_of_a_sentence_flow_without_a_loss),
        cmocka_unit_test(the_focus_moves_over_items_and_stays_in_sight),
        cmocka_unit_test(the_focus_survives_a_page_made_anew),
        cmocka_unit_test(panes_never_overlap_nor_leave_the_screen),
        cmocka_unit_test(at_80x24_all_three_panes_and_every_step_are_seen),
    };
    return cmocka_run_group_tests(tests, desk_set_locale, NULL);
}
