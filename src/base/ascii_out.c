/* SPDX-License-Identifier: MIT */
#include "base/ascii_out.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/write_out.h"

/* The bytes of a character whose rest comes with the next write. */
struct target {
    int fd;
    char rest[4];
    gsize rest_length;
};

static const struct {
    gunichar character;
    const char *twin;
} twins[] = {
    {0x00A0, " "},  {0x00B7, "-"},  {0x2010, "-"},  {0x2011, "-"},  {0x2013, "-"},   {0x2014, "-"},
    {0x2018, "'"},  {0x2019, "'"},  {0x201C, "\""}, {0x201D, "\""}, {0x2026, "..."}, {0x202F, " "},
    {0x2190, "<-"}, {0x2192, "->"}, {0x25CF, "*"},  {0x2713, "+"},  {0x2717, "X"},
};

char *ascii_text(const char *text, gssize length)
{
    GString *out = g_string_new(NULL);
    const char *end = text + (length < 0 ? strlen(text) : (gsize)length);
    for (const char *at = text; at < end; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        gsize twin = 0;
        while (twin < G_N_ELEMENTS(twins) && twins[twin].character != character)
            twin++;
        if (character < 0x80)
            g_string_append_c(out, (char)character);
        else if (twin < G_N_ELEMENTS(twins))
            g_string_append(out, twins[twin].twin);
        else if (character < 0x10000)
            g_string_append_printf(out, "\\u%04x", character);
        else
            g_string_append_printf(out, "\\u%04x\\u%04x", 0xD800 + ((character - 0x10000) >> 10),
                                   0xDC00 + ((character - 0x10000) & 0x3FF));
    }
    return g_string_free(out, FALSE);
}

static ssize_t take(void *cookie, const char *bytes, size_t length)
{
    struct target *target = cookie;
    const char *end;
    g_autoptr(GString) text = g_string_new_len(target->rest, (gssize)target->rest_length);
    g_string_append_len(text, bytes, (gssize)length);
    target->rest_length = 0;
    if (!g_utf8_validate_len(text->str, text->len, &end) && text->str + text->len - end < 4 &&
        g_utf8_get_char_validated(end, text->str + text->len - end) == (gunichar)-2) {
        target->rest_length = (gsize)(text->str + text->len - end);
        memcpy(target->rest, end, target->rest_length);
        g_string_truncate(text, (gsize)(end - text->str));
    }
    g_autofree char *valid = g_utf8_make_valid(text->str, (gssize)text->len);
    g_autofree char *ascii = ascii_text(valid, -1);
    return write_out_bytes(target->fd, ascii, strlen(ascii)) ? (ssize_t)length : 0;
}

static FILE *wrap(struct target *target, int buffering)
{
    const cookie_io_functions_t functions = {.write = take};
    FILE *wrapped = fopencookie(target, "w", functions);
    setvbuf(wrapped, NULL, buffering, BUFSIZ);
    return wrapped;
}

void ascii_out_install(gboolean with_output)
{
    static struct target output = {.fd = STDOUT_FILENO};
    static struct target errors = {.fd = STDERR_FILENO};
    fflush(stdout);
    if (with_output)
        stdout = wrap(&output, _IOFBF);
    stderr = wrap(&errors, _IOLBF);
}
