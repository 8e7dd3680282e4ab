/* SPDX-License-Identifier: MIT */
/* json_parse(): any bytes. What is taken is written as text that means the same, and that may be shown. */
#include "base/json.h"
#include "tests/fuzz/fuzz.h"

/* What takes no cell may pile up on a character of a document, which is no line of a screen. Caller frees. */
static char *without_marks(const char *text)
{
    GString *rest = g_string_new(NULL);
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        gunichar character = g_utf8_get_char(text);
        if (!g_unichar_ismark(character) && !g_unichar_iszerowidth(character))
            g_string_append_unichar(rest, character);
    }
    return g_string_free(rest, FALSE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json) value = json_parse((const char *)data, (gssize)size, &error);
    if (value == NULL) {
        must_be_said(error);
        return 0;
    }
    g_autofree char *text = json_text(value);
    g_autofree char *indented = json_text_indented(value);
    g_autofree char *plain = without_marks(text);
    must_be_safe(plain);
    g_autoptr(json) again = json_parse(text, -1, NULL);
    g_autoptr(json) from_lines = json_parse(indented, -1, NULL);
    must(json_equal(value, again) && json_equal(value, from_lines));
    return 0;
}
