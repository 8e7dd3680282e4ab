/* SPDX-License-Identifier: MIT */
/* What reaches a terminal: text_safe() over every row of the code point table, broken UTF-8, marks, widths. */
#include "base/code_points.h"
#include "base/text.h"
#include "support/support.h"

struct span {
    gunichar first;
    gunichar last;
};

/* Written down from the list of dangerous code points, one line a group, apart from the table under test. */
static const struct span dangerous[] = {
    {0x0000, 0x001F},     {0x007F, 0x009F},   {0x061C, 0x061C},   {0x200E, 0x200F},     {0x202A, 0x202E},
    {0x2066, 0x2069},     {0x200B, 0x200D},   {0x2060, 0x2064},   {0x206A, 0x206F},     {0xFEFF, 0xFEFF},
    {0x00AD, 0x00AD},     {0x034F, 0x034F},   {0x180B, 0x180F},   {0x17B4, 0x17B5},     {0x115F, 0x1160},
    {0x3164, 0x3164},     {0xFFA0, 0xFFA0},   {0x2800, 0x2800},   {0xFE00, 0xFE0F},     {0xE0100, 0xE01EF},
    {0xE0000, 0xE007F},   {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xFFF9, 0xFFFC},     {0x13430, 0x1345F},
    {0x2028, 0x2029},     {0xD800, 0xDFFF},   {0xFDD0, 0xFDEF},   {0xE000, 0xF8FF},     {0xF0000, 0xFFFFD},
    {0x100000, 0x10FFFD}, {0xFFFD, 0xFFFD},   {0xFFFE, 0xFFFF},   {0x1FFFE, 0x1FFFF},   {0x2FFFE, 0x2FFFF},
    {0x3FFFE, 0x3FFFF},   {0x4FFFE, 0x4FFFF}, {0x5FFFE, 0x5FFFF}, {0x6FFFE, 0x6FFFF},   {0x7FFFE, 0x7FFFF},
    {0x8FFFE, 0x8FFFF},   {0x9FFFE, 0x9FFFF}, {0xAFFFE, 0xAFFFF}, {0xBFFFE, 0xBFFFF},   {0xCFFFE, 0xCFFFF},
    {0xDFFFE, 0xDFFFF},   {0xEFFFE, 0xEFFFF}, {0xFFFFE, 0xFFFFF}, {0x10FFFE, 0x10FFFF},
};

static const struct span edges[] = {
    {0x0009, 0x000A}, {0x000D, 0x000D}, {0x0020, 0x0020}, {0x00A0, 0x00A0}, {0x1680, 0x1680}, {0x2000, 0x200A},
    {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}, {0x200B, 0x200B},
};

static const struct span lookalikes[] = {
    {0x2018, 0x201F}, {0x2032, 0x2036}, {0x00AB, 0x00AB}, {0x00BB, 0x00BB}, {0x2039, 0x203A}, {0x0060, 0x0060},
    {0x00B4, 0x00B4}, {0x2010, 0x2015}, {0x2212, 0x2212}, {0xFE58, 0xFE58}, {0xFE63, 0xFE63}, {0xFF0D, 0xFF0D},
    {0xFF01, 0xFF5E}, {0x2044, 0x2044}, {0x2215, 0x2215}, {0x29F8, 0x29F8}, {0x2024, 0x2024}, {0x3002, 0x3002},
    {0xFF0E, 0xFF0E}, {0xFF61, 0xFF61}, {0xFE52, 0xFE52},
};

static gboolean is_in(const struct span *spans, gsize n, gunichar code_point)
{
    for (gsize i = 0; i < n; i++)
        if (code_point >= spans[i].first && code_point <= spans[i].last)
            return TRUE;
    return FALSE;
}

#define IS_IN(spans, code_point) is_in((spans), G_N_ELEMENTS(spans), (code_point))

static unsigned wanted_class(gunichar code_point)
{
    unsigned classes = IS_IN(dangerous, code_point) ? CODE_POINT_DANGEROUS : 0;
    classes |= IS_IN(edges, code_point) ? CODE_POINT_EDGE : 0;
    classes |= IS_IN(lookalikes, code_point) ? CODE_POINT_LOOKALIKE : 0;
    return classes;
}

static void assert_safe(const char *bytes, gssize length, const char *wanted)
{
    g_autofree char *safe = text_safe(bytes, length);
    assert_string_equal(safe, wanted);
}

static void every_code_point_has_its_class(void **state)
{
    (void)state;
    for (gunichar c = 0; c <= 0x10FFFF; c++)
        if (code_point_class(c) != wanted_class(c))
            fail_msg("U+%04X: class %u, wanted %u", c, code_point_class(c), wanted_class(c));
    assert_int_equal(code_point_class(0x110000), CODE_POINT_DANGEROUS);
    assert_int_equal(code_point_class(G_MAXUINT32), CODE_POINT_DANGEROUS);
}

static void nothing_dangerous_gets_through(void **state)
{
    (void)state;
    for (gunichar c = 0; c <= 0x10FFFF; c++) {
        if (!IS_IN(dangerous, c) || (c >= 0xD800 && c <= 0xDFFF))
            continue;
        g_autoptr(GString) text = g_string_new("a");
        g_string_append_unichar(text, c);
        g_string_append_c(text, 'b');
        g_autofree char *wanted = g_strdup_printf("a<U+%04X>b", c);
        assert_safe(text->str, (gssize)text->len, wanted);
    }
}

static void ordinary_text_passes_unchanged(void **state)
{
    (void)state;
    assert_safe("Contoso – Größe “Naïve” 株式会社 Ελλάδα 🙂 a/b\\c", -1,
                "Contoso – Größe “Naïve” 株式会社 Ελλάδα 🙂 a/b\\c");
    assert_safe("no-break\xC2\xA0space", -1, "no-break\xC2\xA0space");
    assert_safe(NULL, -1, "");
    assert_safe("", 0, "");
    assert_safe("abc", 2, "ab");
}

static void terminal_sequences_lose_their_teeth(void **state)
{
    (void)state;
    assert_safe("\033]0;title\007", -1, "<U+001B>]0;title<U+0007>");
    assert_safe("\xC2\x9B"
                "31m",
                -1, "<U+009B>31m");
    assert_safe("a\r\nb\tc", -1, "a<U+000D><U+000A>b<U+0009>c");
    assert_safe("x\0y", 3, "x<U+0000>y");
}

static void bytes_that_are_no_utf8_are_shown_as_bytes(void **state)
{
    (void)state;
    assert_safe("a\xFF"
                "b",
                -1, "a\\xFFb");
    assert_safe("\xC0\xAF", -1, "\\xC0\\xAF");
    assert_safe("\xED\xA0\x80", -1, "\\xED\\xA0\\x80");
    assert_safe("\xF4\x90\x80\x80", -1, "\\xF4\\x90\\x80\\x80");
    assert_safe("\x9B", -1, "\\x9B");
    assert_safe("caf\xC3", -1, "caf\\xC3");
    assert_safe("\xE2\x82", 2, "\\xE2\\x82");
}

static void combining_marks_are_capped(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("e");
    for (int i = 0; i < 10000; i++)
        g_string_append(text, "\xCC\x81");
    g_string_append(text, "x");
    assert_safe(text->str, -1, "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81<+9996 marks>x");
    assert_safe("e\xCC\x81\xCC\x81\xCC\x81\xCC\x81", -1, "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81");
    assert_safe("e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81", -1, "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81<+1 marks>");
}

static void a_mark_cannot_climb_onto_what_stands_before_the_text(void **state)
{
    (void)state;
    assert_safe("\xCC\x81"
                "abc",
                -1, "<U+0301>abc");
    g_autofree char *lines = text_safe_lines("a\n\xCC\x81", -1);
    assert_string_equal(lines, "a\n<U+0301>");
}

static void lines_keep_breaks_and_tabs_and_nothing_else(void **state)
{
    (void)state;
    g_autofree char *lines = text_safe_lines("a\r\nb\tc\rd\n\033[2J", -1);
    assert_string_equal(lines, "a\nb\tc<U+000D>d\n<U+001B>[2J");
}

static void assert_name(gunichar code_point, const char *wanted)
{
    g_autofree char *name = code_point_name(code_point);
    assert_string_equal(name, wanted);
}

static void code_points_are_called_by_their_names(void **state)
{
    (void)state;
    assert_name(0x00A0, "no-break space");
    assert_name(0x200B, "zero-width space");
    assert_name(0x202E, "right-to-left override");
    assert_name(0x0430, "Cyrillic small letter a");
    assert_name(0x03BF, "Greek small letter omicron");
    assert_name(0x201C, "left double quotation mark");
    assert_name(0x2013, "en dash");
    assert_name(0xFF0F, "full-width '/'");
    assert_name(0x0000, "null character");
    assert_name('/', "'/'");
    assert_name(0x4E00, "U+4E00");
    for (gunichar c = 0; c <= 0x10FFFF; c++) {
        g_autofree char *name = code_point_name(c);
        if (wanted_class(c) != 0 && g_str_has_prefix(name, "U+"))
            fail_msg("U+%04X has no name", c);
    }
}

static void lookalikes_know_what_they_pass_for(void **state)
{
    (void)state;
    assert_int_equal(code_point_ascii_twin(0x2013), '-');
    assert_int_equal(code_point_ascii_twin(0x2019), '\'');
    assert_int_equal(code_point_ascii_twin(0xFF21), 'A');
    assert_int_equal(code_point_ascii_twin(0xFF5E), '~');
    assert_int_equal(code_point_ascii_twin(0x0430), 'a');
    assert_int_equal(code_point_ascii_twin('a'), 0);
    assert_int_equal(code_point_ascii_twin(0x4E00), 0);
}

static void width_is_counted_in_columns(void **state)
{
    (void)state;
    assert_int_equal(text_width(NULL), 0);
    assert_int_equal(text_width("abc"), 3);
    assert_int_equal(text_width("株式会社"), 8);
    assert_int_equal(text_width("e\xCC\x81"
                                "a"),
                     2);
}

static void one_thing_is_counted_as_one(void **state)
{
    static const char *const wanted[] = {"0 steps", "1 step", "2 steps", "3 steps"};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        g_autofree char *said = text_count((gint64)i, "step", "steps");
        assert_string_equal(said, wanted[i]);
    }
}

static void assert_ellipsized(const char *text, int columns, const char *wanted)
{
    g_autofree char *shown = text_ellipsize(text, columns);
    assert_string_equal(shown, wanted);
    assert_true(text_width(shown) <= MAX(columns, 0));
}

static void long_text_ends_in_an_ellipsis(void **state)
{
    (void)state;
    assert_ellipsized("Contoso", 7, "Contoso");
    assert_ellipsized("Contoso", 6, "Conto…");
    assert_ellipsized("株式会社", 6, "株式…");
    assert_ellipsized("株式会社", 2, "…");
    assert_ellipsized("e\xCC\x81"
                      "abc",
                      2, "e\xCC\x81…");
    assert_ellipsized("abc", 1, "…");
    assert_ellipsized("abc", 0, "");
    assert_ellipsized(NULL, 5, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_has_its_class),
        cmocka_unit_test(nothing_dangerous_gets_through),
        cmocka_unit_test(ordinary_text_passes_unchanged),
        cmocka_unit_test(terminal_sequences_lose_their_teeth),
        cmocka_unit_test(bytes_that_are_no_utf8_are_shown_as_bytes),
        cmocka_unit_test(combining_marks_are_capped),
        cmocka_unit_test(a_mark_cannot_climb_onto_what_stands_before_the_text),
        cmocka_unit_test(lines_keep_breaks_and_tabs_and_nothing_else),
        cmocka_unit_test(code_points_are_called_by_their_names),
        cmocka_unit_test(lookalikes_know_what_they_pass_for),
        cmocka_unit_test(width_is_counted_in_columns),
        cmocka_unit_test(one_thing_is_counted_as_one),
        cmocka_unit_test(long_text_ends_in_an_ellipsis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
