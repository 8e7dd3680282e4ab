/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <string.h>

#include "base/code_points.h"

enum { MARKS_MAX = 4 };

/* What was written so far, and the combining run at its end. */
struct sink {
    GString *out;
    gboolean keep_lines;
    gboolean has_base; /* a mark now would stand on a character of this text */
    int marks;
    int marks_dropped;
};

static gboolean is_mark(gunichar code_point)
{
    return g_unichar_ismark(code_point) || g_unichar_iszerowidth(code_point);
}

static void end_combining_run(struct sink *sink)
{
    if (sink->marks_dropped > 0)
        g_string_append_printf(sink->out, "<+%d marks>", sink->marks_dropped);
    sink->marks = 0;
    sink->marks_dropped = 0;
}

static void put_escaped(struct sink *sink, gunichar code_point)
{
    end_combining_run(sink);
    g_string_append_printf(sink->out, "<U+%04X>", code_point);
    sink->has_base = TRUE;
}

static void put_code_point(struct sink *sink, gunichar code_point)
{
    gboolean is_layout = code_point == '\n' || code_point == '\t';
    gboolean is_dangerous = code_point_class(code_point) & CODE_POINT_DANGEROUS;
    if (is_dangerous && !(is_layout && sink->keep_lines)) {
        put_escaped(sink, code_point);
        return;
    }
    if (is_mark(code_point) && !sink->has_base) {
        put_escaped(sink, code_point);
        return;
    }
    if (is_mark(code_point)) {
        if (sink->marks < MARKS_MAX) {
            g_string_append_unichar(sink->out, code_point);
            sink->marks++;
        } else {
            sink->marks_dropped++;
        }
        return;
    }
    end_combining_run(sink);
    g_string_append_unichar(sink->out, code_point);
    sink->has_base = !is_layout;
}

static char *make_safe(const char *bytes, gssize length, gboolean keep_lines)
{
    if (bytes == NULL)
        return g_strdup("");
    gsize size = length < 0 ? strlen(bytes) : (gsize)length;
    struct sink sink = {.out = g_string_sized_new(size), .keep_lines = keep_lines};
    for (gsize done = 0; done < size;) {
        /* g_utf8_get_char_validated() takes a NUL within the length for the end of the text. */
        const char *at = bytes + done;
        gunichar code_point = *at == '\0' ? 0 : g_utf8_get_char_validated(at, (gssize)(size - done));
        if (keep_lines && size - done >= 2 && at[0] == '\r' && at[1] == '\n') {
            put_code_point(&sink, '\n');
            done += 2;
        } else if (g_ascii_isprint(*at)) {
            /* Nearly all of it; none of these is dangerous or a mark. */
            end_combining_run(&sink);
            g_string_append_c(sink.out, *at);
            sink.has_base = TRUE;
            done++;
        } else if (code_point > 0x10FFFF) {
            end_combining_run(&sink);
            g_string_append_printf(sink.out, "\\x%02X", (guchar)*at);
            sink.has_base = TRUE;
            done++;
        } else {
            put_code_point(&sink, code_point);
            done += (gsize)g_unichar_to_utf8(code_point, NULL);
        }
    }
    end_combining_run(&sink);
    return g_string_free(sink.out, FALSE);
}

char *text_safe(const char *bytes, gssize length)
{
    return make_safe(bytes, length, FALSE);
}

char *text_safe_lines(const char *bytes, gssize length)
{
    return make_safe(bytes, length, TRUE);
}

static int code_point_columns(gunichar code_point)
{
    if (is_mark(code_point))
        return 0;
    return g_unichar_iswide(code_point) ? 2 : 1;
}

int text_width(const char *text)
{
    int columns = 0;
    for (const char *at = text; at != NULL && *at != '\0'; at = g_utf8_next_char(at))
        columns += code_point_columns(g_utf8_get_char(at));
    return columns;
}

char *text_ellipsize(const char *text, int columns)
{
    if (columns < 1)
        return g_strdup("");
    if (text_width(text) <= columns)
        return g_strdup(text != NULL ? text : "");
    int used = 0;
    const char *end = text;
    while (used + code_point_columns(g_utf8_get_char(end)) <= columns - 1) {
        used += code_point_columns(g_utf8_get_char(end));
        end = g_utf8_next_char(end);
    }
    return g_strdup_printf("%.*s…", (int)(end - text), text);
}

char *text_count(gint64 count, const char *one, const char *many)
{
    return g_strdup_printf("%" G_GINT64_FORMAT " %s", count, count == 1 ? one : many);
}

void text_set(char **string, const char *text)
{
    g_free(*string);
    *string = g_strdup(text != NULL ? text : "");
}

gboolean text_same_name(gconstpointer a, gconstpointer b)
{
    g_autofree char *left = g_utf8_casefold(a, -1);
    g_autofree char *right = g_utf8_casefold(b, -1);
    return strcmp(left, right) == 0;
}

char *text_join(const GPtrArray *strings, const char *separator)
{
    GString *joined = g_string_new(NULL);
    for (guint i = 0; i < strings->len; i++)
        g_string_append_printf(joined, "%s%s", i > 0 ? separator : "", (const char *)g_ptr_array_index(strings, i));
    return g_string_free(joined, FALSE);
}
