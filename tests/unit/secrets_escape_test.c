/* SPDX-License-Identifier: MIT */
/*
 * What stands for a character in the ways in which texts are escaped, byte for byte: each reader against the beginnings
 * that it takes and those that only look so. A secret that is written so is found by what this tells.
 */
#include "secrets/redact_escape.h"

#include <string.h>

#include "support/support.h"

struct row {
    escape_reader reader;
    const char *input; /* without its end */
    gsize used;        /* 0: no escape stands there */
    const char *meant;
};

#define PERCENT escape_read_percent
#define BACKSLASH escape_read_backslash
#define HTML escape_read_html
#define QUOTED escape_read_quoted
#define WIDE escape_read_wide
#define CUT escape_read_cut

static const struct row rows[] = {
    /* Percent signs, and those of JavaScript's escape(). */
    {PERCENT, "%41b", 3, "A"},
    {PERCENT, "%c3", 3, "\xc3"},
    {PERCENT, "%4", 0, ""},
    {PERCENT, "%4g", 0, ""},
    {PERCENT, "41", 0, ""},
    {PERCENT, "a41", 0, ""},
    {PERCENT, "%u00e4b", 6, "ä"},
    {PERCENT, "%U00E4", 6, "ä"},
    {PERCENT, "%u0000", 6, ""},
    {PERCENT, "%u00e", 0, ""},
    {PERCENT, "%u00eg", 0, ""},
    {PERCENT, "%ud83d", 0, ""},
    {PERCENT, "au00e4", 0, ""},
    {PERCENT, "%x00e4", 0, ""},
    /* Backslashes of JSON, C, Python and shells. */
    {BACKSLASH, "\\u0041b", 6, "A"},
    {BACKSLASH, "\\u004", 0, ""},
    {BACKSLASH, "\\u004g", 0, ""},
    {BACKSLASH, "\\ud7ff", 6, "\xed\x9f\xbf"},
    {BACKSLASH, "\\ue000", 6, "\xee\x80\x80"},
    {BACKSLASH, "\\ud83d\\ude00b", 12, "😀"},
    {BACKSLASH, "\\ud800\\udc00", 12, "\xf0\x90\x80\x80"},
    {BACKSLASH, "\\udbff\\udfff", 12, "\xf4\x8f\xbf\xbf"},
    {BACKSLASH, "\\ud83d\\ude0", 0, ""},
    {BACKSLASH, "\\ud83d\\ue000", 0, ""},
    {BACKSLASH, "\\ud83d\\udbff", 0, ""},
    {BACKSLASH, "\\ud83d/ude00", 0, ""},
    {BACKSLASH, "\\ud83d\\xde00", 0, ""},
    {BACKSLASH, "\\udc00\\udc00", 0, ""},
    {BACKSLASH, "\\u{41}b", 6, "A"},
    {BACKSLASH, "\\u{1F600}", 9, "😀"},
    {BACKSLASH, "\\u{}", 0, ""},
    {BACKSLASH, "\\u{41", 0, ""},
    {BACKSLASH, "\\u{41)", 0, ""},
    {BACKSLASH, "\\u{d800}", 0, ""},
    {BACKSLASH, "\\u{", 0, ""},
    {BACKSLASH, "\\U0001F600b", 10, "😀"},
    {BACKSLASH, "\\U0001F60", 0, ""},
    {BACKSLASH, "\\U00110000", 0, ""},
    {BACKSLASH, "\\n", 2, "\n"},
    {BACKSLASH, "\\e", 2, "\033"},
    {BACKSLASH, "\\x41b", 4, "A"},
    {BACKSLASH, "\\x4", 3, "\x04"},
    {BACKSLASH, "\\xg", 0, ""},
    {BACKSLASH, "\\x00", 4, ""},
    {BACKSLASH, "\\101b", 4, "A"},
    {BACKSLASH, "\\0", 2, ""},
    {BACKSLASH, "\\8", 0, ""},
    {BACKSLASH, "\\", 0, ""},
    {BACKSLASH, "/n", 0, ""},
    /* Mails. */
    {QUOTED, "=41b", 3, "A"},
    {QUOTED, "=00", 3, ""},
    {QUOTED, "=\nb", 2, ""},
    {QUOTED, "=\r\nb", 3, ""},
    {QUOTED, "=\rb", 0, ""},
    {QUOTED, "=\r", 0, ""},
    {QUOTED, "=4", 0, ""},
    {QUOTED, "=4g", 0, ""},
    {QUOTED, "=", 0, ""},
    {QUOTED, "41", 0, ""},
    /* Web pages. */
    {HTML, "&#65;b", 5, "A"},
    {HTML, "&#65", 4, "A"},
    {HTML, "&#65b", 4, "A"},
    {HTML, "&#x41;", 6, "A"},
    {HTML, "&#X41;", 6, "A"},
    {HTML, "&#128512;", 9, "😀"},
    {HTML, "&#1114111;", 10, "\xf4\x8f\xbf\xbf"},
    {HTML, "&#1114112;", 0, ""},
    {HTML, "&#00000065;", 9, "\x06"},
    {HTML, "&#xd800;", 0, ""},
    {HTML, "&#x;", 0, ""},
    {HTML, "&#x", 0, ""},
    {HTML, "&#;a", 0, ""},
    {HTML, "&#a;", 0, ""},
    {HTML, "&amp;b", 5, "&"},
    {HTML, "&lt;b", 4, "<"},
    {HTML, "&no;", 0, ""},
    {HTML, "&lt", 0, ""},
    {HTML, "lt;;", 0, ""},
    /* Letters as wide as Chinese ones. */
    {WIDE, "\xef\xbc\x81", 3, "!"},
    {WIDE, "\xef\xbd\x9e", 3, "~"},
    {WIDE, "\xef\xbc\x80", 0, ""},
    {WIDE, "\xef\xbd\x9f", 0, ""},
    {WIDE, "\xef\xbc", 0, ""},
    {WIDE, "a", 0, ""},
    /* What cuts a text. */
    {CUT, "<b>x", 3, ""},
    {CUT, "</b>", 4, ""},
    {CUT, "<br/>", 5, ""},
    {CUT, "<SPAN class=x>", 14, ""},
    {CUT, "<blob>", 0, ""},
    {CUT, "<b", 0, ""},
    {CUT, "<", 0, ""},
    {CUT, "<b-c>", 0, ""},
    {CUT, " ", 1, ""},
    {CUT, "\n", 1, ""},
    {CUT, "\033[mx", 3, ""},
    {CUT, "\033[31mx", 5, ""},
    {CUT, "\033[31", 1, ""},
    {CUT, "\033[3\x7f", 1, ""},
    {CUT, "\033[3\x01", 1, ""},
    {CUT, "\033]x", 1, ""},
    {CUT, "\033", 1, ""},
    {CUT, "\xe2\x80\x8bx", 3, ""}, /* a space without width */
    {CUT, "\xc2\xad", 2, ""},      /* a soft hyphen */
    {CUT, "\xc2\xa0", 2, ""},      /* a space that does not break */
    {CUT, "\xc2\x85", 2, ""},      /* a control */
    {CUT, "\xf3\xa0\x80\x81", 4, ""},
    {CUT, "\xf3\xa1\x80\x80", 0, ""},
    {CUT, "\xc3\xa4", 0, ""},
    {CUT, "\xe2\x80", 0, ""},
    {CUT, "\xc3\x28", 0, ""},
    {CUT, "\x80", 0, ""},
    {CUT, "a", 0, ""},
};

static void test_each_way_to_write_a_character(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct row *row = &rows[i];
        /* Of its own length, so that whoever reads past it is caught by the sanitizer. */
        gsize length = strlen(row->input);
        g_autofree guchar *bytes = g_memdup2(row->input, length);
        const struct escape found = row->reader(bytes, length);
        if (found.used != row->used || found.length != strlen(row->meant) ||
            memcmp(found.text, row->meant, found.length) != 0)
            fail_msg("row %d, %s: %d bytes, %d long", (int)i, row->input, (int)found.used, (int)found.length);
    }
}

/* Where a buffer ends in the middle of one, what lies behind the end is somebody else's. */
static void test_nothing_behind_the_end_is_taken(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        for (gsize left = 1; left <= strlen(rows[i].input); left++)
            if (rows[i].reader((const guchar *)rows[i].input, left).used > left)
                fail_msg("row %d, %s: more than the %d bytes that there are", (int)i, rows[i].input, (int)left);
}

static void test_hexadecimal_digits(void **state)
{
    (void)state;
    assert_int_equal(escape_hex_number((const guchar *)"fF", 2), 255);
    assert_int_equal(escape_hex_number((const guchar *)"f:", 2), -1);
    assert_int_equal(escape_hex_number((const guchar *)"g0", 2), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_way_to_write_a_character),
        cmocka_unit_test(test_nothing_behind_the_end_is_taken),
        cmocka_unit_test(test_hexadecimal_digits),
    };
    return cmocka_run_group_tests_name("secrets_escape", tests, NULL, NULL);
}
