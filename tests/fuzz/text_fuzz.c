/* SPDX-License-Identifier: MIT */
/* text_safe(): any bytes become text that no terminal obeys. */
#include "base/code_points.h"
#include "tests/fuzz/fuzz.h"

static void check(const char *safe, gboolean keeps_lines)
{
    must(g_utf8_validate(safe, -1, NULL));
    for (const char *at = safe; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        gboolean is_layout = keeps_lines && (character == '\n' || character == '\t');
        must(is_layout || (code_point_class(character) & CODE_POINT_DANGEROUS) == 0);
    }
}

static void check_width(const char *safe)
{
    for (int columns = -1; columns < 12; columns++) {
        g_autofree char *shown = text_ellipsize(safe, columns);
        must(text_width(shown) <= MAX(columns, 0));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *line = text_safe((const char *)data, (gssize)size);
    g_autofree char *lines = text_safe_lines((const char *)data, (gssize)size);
    check(line, FALSE);
    check(lines, TRUE);
    must_be_safe(line);
    check_width(line);
    return 0;
}
