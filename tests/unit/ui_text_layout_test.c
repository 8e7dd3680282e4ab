/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "support/fake_desk.h"
#include "ui/pane_layout.h"
#include "ui/text_layout.h"

static char *drawn(struct text_layout *layout, struct scroller *view, int columns, int rows)
{
    g_autoptr(Grid) grid = grid_new(columns, rows, FALSE, TRUE);
    layout_draw(layout, view, grid, (struct area){0, 0, columns, rows}, FALSE, NULL, HIT_OVERLAY);
    GString *text = g_string_new(NULL);
    for (int row = 0; row < rows; row++) {
        g_autofree char *line = grid_row_text(grid, row);
        g_string_append_printf(text, "%s%s", row > 0 ? "|" : "", line);
    }
    return g_string_free(text, FALSE);
}

static void assert_flows(const char *text, int columns, const char *expected)
{
    g_autoptr(TextLayout) layout = layout_new(columns);
    struct scroller scroller = {0};
    layout_paragraph(layout, NULL, 0, STYLE_NORMAL, text);
    g_autofree char *rows = drawn(layout, &scroller, columns, layout_rows(layout));
    assert_string_equal(rows, expected);
}

static void text_breaks_at_blanks_and_long_words_anywhere(void **state)
{
    (void)state;
    assert_flows("one two three", 8, "one two|three");
    assert_flows("https://a.example/long", 8, "https://|a.exampl|e/long");
    assert_flows("https://a.example/b/c", 19, "https://a.example/|b/c");
    assert_flows("69561a74-a59d-43f4-a113-8bc2da00f822", 28, "69561a74-a59d-43f4-a113-|8bc2da00f822");
    assert_flows("a\nb", 8, "a|b");
    assert_flows("日本語日本語", 8, "日本語日|本語");
    assert_flows("", 8, "");
}

/* What would be broken only for the indent stands further to the left. */
static void an_id_is_not_broken_for_its_indent(void **state)
{
    (void)state;
    static const struct {
        int columns;
        const char *rows;
    } widths[] = {
        {38, "    Nobody consented to|  69561a74-a59d-43f4-a113-8bc2da00f822|    yet."},
        {36, "    Nobody consented to|69561a74-a59d-43f4-a113-8bc2da00f822|    yet."},
        {58, "    Nobody consented to|    69561a74-a59d-43f4-a113-8bc2da00f822 yet."},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(widths); i++) {
        g_autoptr(TextLayout) layout = layout_new(widths[i].columns);
        struct scroller scroller = {0};
        layout_paragraph(layout, NULL, 4, STYLE_NORMAL,
                         "Nobody consented to 69561a74-a59d-43f4-a113-8bc2da00f822 yet.");
        g_autofree char *rows = drawn(layout, &scroller, widths[i].columns, layout_rows(layout));
        assert_string_equal(rows, widths[i].rows);
    }
}

static void every_character_of_a_text_is_drawn(void **state)
{
    (void)state;
    const char text[] =
        "perch reads the tenant, asks for what it needs, and proves every step: a_word_without_any_blank";
    for (int columns = 5; columns < 60; columns++) {
        g_autoptr(TextLayout) layout = layout_new(columns);
        struct scroller scroller = {0};
        layout_paragraph(layout, NULL, 0, STYLE_NORMAL, text);
        g_autofree char *rows = drawn(layout, &scroller, columns, layout_rows(layout));
        gsize letters = 0, expected = 0;
        for (const char *at = rows; *at != '\0'; at++)
            letters += *at != ' ' && *at != '|';
        for (const char *at = text; *at != '\0'; at++)
            expected += *at != ' ';
        assert_int_equal(letters, expected);
    }
}

/* The words at the right end have a row of their own where the left needs all of it. */
static void nothing_is_cut_for_the_words_at_the_right_end(void **state)
{
    (void)state;
    static const struct {
        const char *left;
        const char *drawn;
    } rows[] = {{"a value", "a value    copies"},
                {"a value 12", "a value 12 copies"},
                {"a value 123", "a value 123|           copies"}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(TextLayout) layout = layout_new(17);
        struct scroller scroller = {0};
        layout_row(layout, NULL);
        layout_text(layout, STYLE_NORMAL, rows[i].left);
        layout_right(layout, STYLE_DIM, "copies");
        g_autofree char *text = drawn(layout, &scroller, 17, layout_rows(layout));
        assert_string_equal(text, rows[i].drawn);
    }
}

/* Parts of one sentence follow each other at every width, and no word is cut that a row could hold. */
static void parts_of_a_sentence_flow_without_a_loss(void **state)
{
    (void)state;
    for (int columns = 12; columns < 60; columns++) {
        g_autoptr(TextLayout) layout = layout_new(columns);
        struct scroller scroller = {0};
        layout_paragraph(layout, NULL, 0, STYLE_DIM, "Score.Read.All: found ");
        layout_continue(layout, 2, STYLE_BAD, "not granted");
        layout_continue(layout, 2, STYLE_DIM, ", wanted ");
        layout_continue(layout, 2, STYLE_GOOD, "granted");
        g_autofree char *rows = drawn(layout, &scroller, columns, layout_rows(layout));
        g_autoptr(GRegex) gaps = g_regex_new("[ |]+", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
        g_autofree char *spaced = g_regex_replace_literal(gaps, rows, -1, 0, " ", G_REGEX_MATCH_DEFAULT, NULL);
        assert_non_null(strstr(spaced, "found not granted"));
        assert_non_null(strstr(spaced, "wanted granted"));
    }
}

/* An id is broken only where no row could hold it. */
static void a_value_that_does_not_fit_behind_its_label_has_rows_of_its_own(void **state)
{
    static const struct {
        const char *value, *rows;
        int columns;
    } rows[] = {
        {"12345678", "Id     12345678", 15},
        {"12345678", "Id|  12345678", 14},
        {"1234 5678", "Id     1234|       5678", 14},
        {"12345678", "Id| 12345678", 9},
        {"1234567890", "Id     12|       34|       56|       78|       90", 9},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(TextLayout) layout = layout_new(rows[i].columns);
        struct scroller scroller = {0};
        layout_row(layout, NULL);
        layout_text(layout, STYLE_DIM, "Id");
        layout_tab(layout, 7);
        layout_value(layout, 7, 2, STYLE_NORMAL, rows[i].value);
        g_autofree char *drawn_rows = drawn(layout, &scroller, rows[i].columns, layout_rows(layout));
        g_autoptr(GRegex) ends = g_regex_new(" +(?=\\||$)", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
        g_autofree char *trimmed = g_regex_replace_literal(ends, drawn_rows, -1, 0, "", G_REGEX_MATCH_DEFAULT, NULL);
        assert_string_equal(trimmed, rows[i].rows);
    }
}

static struct text_layout *items(int count)
{
    struct text_layout *layout = layout_new(20);
    for (int i = 0; i < count; i++) {
        g_autofree char *name = g_strdup_printf("item:%d", i);
        struct item item = item_named(ITEM_FIELD, name);
        layout_row(layout, &item);
        layout_text(layout, STYLE_NORMAL, name);
        layout_row(layout, NULL);
    }
    return layout;
}

static void the_focus_moves_over_items_and_stays_in_sight(void **state)
{
    (void)state;
    g_autoptr(TextLayout) layout = items(20);
    struct scroller scroller = {0};
    g_autofree char *first = drawn(layout, &scroller, 20, 5);
    assert_non_null(first);
    for (int i = 0; i < 20; i++) {
        g_autofree char *name = g_strdup_printf("item:%d", i);
        assert_true(scroller_move(&scroller, layout, 1));
        scroller_reveal(&scroller, layout);
        assert_string_equal(scroller.focus.name, name);
        g_autofree char *rows = drawn(layout, &scroller, 20, 5);
        assert_non_null(strstr(rows, name));
    }
    assert_false(scroller_move(&scroller, layout, 1));
    scroller_clear(&scroller);
}

static void the_focus_survives_a_page_made_anew(void **state)
{
    (void)state;
    struct scroller scroller = {0};
    struct item seventh = item_named(ITEM_FIELD, "item:7");
    scroller_set_focus(&scroller, &seventh);
    g_autoptr(TextLayout) layout = items(20);
    assert_true(scroller_move(&scroller, layout, 1));
    assert_string_equal(scroller.focus.name, "item:8");
    scroller_set_focus(&scroller, &scroller.focus);
    assert_string_equal(scroller.focus.name, "item:8");
    scroller_clear(&scroller);
}

/* Items of three rows each: no page begins within one, and every row is on some page, down and up. */
static void a_page_begins_with_a_whole_item(void **state)
{
    (void)state;
    g_autoptr(TextLayout) layout = layout_new(20);
    for (int i = 0; i < 20; i++) {
        g_autofree char *name = g_strdup_printf("item:%d", i);
        struct item item = item_named(ITEM_FIELD, name);
        for (int row = 0; row < 3; row++) {
            layout_row(layout, &item);
            layout_text(layout, STYLE_NORMAL, name);
        }
    }
    for (int step = 1; step >= -1; step -= 2) {
        struct scroller scroller = {.rows = 10};
        gboolean seen[60] = {FALSE};
        if (step > 0)
            scroller_first(&scroller, layout);
        else
            scroller_last(&scroller, layout);
        for (int page = 0; page < 12; page++) {
            gboolean last = scroller.top + scroller.rows >= layout_rows(layout);
            assert_true(scroller.top % 3 == 0 || last);
            for (int row = 0; row < scroller.rows; row++)
                seen[scroller.top + row] = TRUE;
            int marked = atoi(scroller.focus.name + strlen("item:")) * 3;
            assert_true(marked >= scroller.top && marked < scroller.top + scroller.rows);
            scroller_page(&scroller, layout, step * (scroller.rows - 1));
        }
        for (int row = 0; row < layout_rows(layout); row++)
            assert_true(seen[row]);
        scroller_clear(&scroller);
    }
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
            struct pane_layout layout = pane_layout_of(columns, rows, 1, FALSE);
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
    struct pane_layout layout = pane_layout_of(80, 24, 1, FALSE);
    assert_false(layout.single);
    assert_true(layout.checklist.rows >= 15);
    assert_true(layout.log.rows >= 4);
    assert_true(pane_layout_of(40, 10, 1, FALSE).single);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_breaks_at_blanks_and_long_words_anywhere),
        cmocka_unit_test(an_id_is_not_broken_for_its_indent),
        cmocka_unit_test(every_character_of_a_text_is_drawn),
        cmocka_unit_test(nothing_is_cut_for_the_words_at_the_right_end),
        cmocka_unit_test(parts_of_a_sentence_flow_without_a_loss),
        cmocka_unit_test(a_value_that_does_not_fit_behind_its_label_has_rows_of_its_own),
        cmocka_unit_test(the_focus_moves_over_items_and_stays_in_sight),
        cmocka_unit_test(the_focus_survives_a_page_made_anew),
        cmocka_unit_test(a_page_begins_with_a_whole_item),
        cmocka_unit_test(panes_never_overlap_nor_leave_the_screen),
        cmocka_unit_test(at_80x24_all_three_panes_and_every_step_are_seen),
    };
    return cmocka_run_group_tests(tests, desk_set_locale, NULL);
}
