/* SPDX-License-Identifier: MIT */
/* A manual page as text: each macro that the pages use, and what a terminal shows of it. */
#include <string.h>

#include "commands/man_text.h"
#include "support/support.h"

static void test_each_macro(void **state)
{
    (void)state;
    static const struct {
        const char *page;
        const char *text;
    } cases[] = {
        {".Dd today\n.Dt PERCH 1\n.Os\n.Sh NAME\n.Nm perch\n.Nd a console\n", "NAME\n     perch – a console\n"},
        {".Sh ONE\nText.\n.Sh TWO\nMore.\n", "ONE\n     Text.\n\nTWO\n     More.\n"},
        {".Nm perch\n.Sh SYNOPSIS\n.Nm\n.Op Ar OPTION ...\n.Nm\n.Cm validate Ar FIELD\n",
         "     perch\n\nSYNOPSIS\n     perch [OPTION ...]\n     perch validate FIELD\n"},
        {"See\n.Ql \"perch check\" ,\n.Ql ( plan )\nand\n.Xr perch 1 .\n",
         "     See ‘perch check’, (‘plan’) and perch(1).\n"},
        {".Bl -tag -width Ds\n.It Fl y , Fl -yes\nAsk nothing.\n.It Fl -practice Ns Op = Ns Ar NAME\nBy\n.Ev HOME "
         ".\n.El\n",
         "     -y, --yes\n           Ask nothing.\n     --practice[=NAME]\n           By HOME.\n"},
        {".Bl -tag -width Ds\n.It Xo\n.Ql id ,\n.Ql name\n.Xc\nBoth.\n.El\nAfter.\n",
         "     ‘id’, ‘name’\n           Both.\n\n     After.\n"},
        {".Bl -bullet\n.It\nOne.\n.It\nTwo.\n.El\nAfter.\n", "           - One.\n           - Two.\n\n     After.\n"},
        {"Before.\n.Bd -literal -offset indent\n\\&.dot\n  two  blanks \\e n\n.Ed\nAfter.\n",
         "     Before.\n\n       .dot\n         two  blanks \\ n\n\n     After.\n"},
        {".\\\" nobody reads this\nOne.\n.Pp\nTwo.\n", "     One.\n\n     Two.\n"},
        {".Zz what\n", "     Zz what\n"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = man_text(cases[i].page);
        assert_string_equal(text, cases[i].text);
    }
}

static void test_lines_are_filled_to_the_page(void **state)
{
    (void)state;
    g_autoptr(GString) page = g_string_new(".Sh LONG\n");
    for (int i = 0; i < 40; i++)
        g_string_append(page, "wördchen “x”\n");
    g_autofree char *text = man_text(page->str);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    assert_int_equal(g_strv_length(lines), 10);
    for (char **line = lines; *line != NULL; line++)
        assert_true(g_utf8_strlen(*line, -1) <= 78);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_macro),
        cmocka_unit_test(test_lines_are_filled_to_the_page),
    };
    return cmocka_run_group_tests_name("man_text", tests, NULL, NULL);
}
