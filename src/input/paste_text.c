/* SPDX-License-Identifier: MIT */
#include "input/paste_text.h"

#include "input/mail_text.h"
#include "input/transfer_text.h"

enum { ESCAPE = 0x1B, BELL = 0x07, BACKSPACE = 0x08, CSI = 0x9B };

/* The end of the control sequence at AT; AT if there is none. */
static int sequence_end(const GArray *text, int at)
{
    enum { SEQUENCE_MAX = 2000 };
    gunichar character = source_at(text, at);
    gunichar kind = character == CSI ? '[' : source_at(text, at + 1);
    int i = character == CSI ? at + 1 : at + 2;
    if (character != ESCAPE && character != CSI)
        return at;
    if (kind == '[') {
        while (source_at(text, i) >= 0x20 && source_at(text, i) < 0x40)
            i++;
        return source_at(text, i) >= 0x40 && source_at(text, i) < 0x7F ? i + 1 : i;
    }
    if (kind == ']' || kind == 'P') {
        for (; i < at + SEQUENCE_MAX && source_at(text, i) != NO_CHARACTER; i++) {
            if (source_at(text, i) == BELL)
                return i + 1;
            if (source_at(text, i) == ESCAPE && source_at(text, i + 1) == '\\')
                return i + 2;
        }
        return at + 2;
    }
    return kind == '(' || kind == ')' ? at + 3 : at + 2;
}

/* TEXT without colours, links and overstrikes of a terminal; TEXT itself if it has none. */
static GArray *terminal_text(GArray *text, int *first)
{
    int length = source_length(text);
    for (int i = 0; i < length && *first < 0; i++)
        if (sequence_end(text, i) > i || source_at(text, i) == BACKSPACE)
            *first = source_offset(text, i);
    if (*first < 0)
        return g_array_ref(text);
    GArray *out = source_new();
    for (int i = 0; i < length; i++) {
        int end = MIN(sequence_end(text, i), length);
        if (end > i)
            i = end - 1;
        else if (source_at(text, i) == BACKSPACE && out->len > 0)
            g_array_set_size(out, out->len - 1);
        else
            source_append(out, source_at(text, i), source_offset(text, i));
    }
    return out;
}

static gboolean is_odd_break(gunichar character)
{
    return character == 0x0B || character == 0x0C || character == 0x85 || character == 0x2028 || character == 0x2029;
}

/* TEXT with plain line breaks; TEXT itself if it has no others. */
static GArray *plain_breaks_text(GArray *text, int *first)
{
    for (int i = 0; i < source_length(text) && *first < 0; i++)
        if (is_odd_break(source_at(text, i)))
            *first = source_offset(text, i);
    if (*first < 0)
        return g_array_ref(text);
    GArray *out = source_new();
    for (int i = 0; i < source_length(text); i++)
        source_append(out, is_odd_break(source_at(text, i)) ? '\n' : source_at(text, i), source_offset(text, i));
    return out;
}

/* "^M" at a line's end, "$" at the end of every line, "[200~": what editors and terminals show of what is not seen. */
static GArray *shown_controls_text(GArray *text, int *first)
{
    int length = source_length(text);
    int lines = 0;
    int dollars = 0;
    gboolean has_marks = source_find(text, 0, "[200~") >= 0;
    for (int i = 0; i < length; i++)
        if (!is_line_break(source_at(text, i)) && (i + 1 == length || is_line_break(source_at(text, i + 1)))) {
            lines++;
            dollars += source_at(text, i) == '$' ? 1 : 0;
            has_marks |= source_at(text, i) == 'M' && source_at(text, i - 1) == '^';
        }
    gboolean has_dollars = lines > 1 && dollars == lines;
    if (!has_dollars && !has_marks)
        return g_array_ref(text);
    GArray *out = source_new();
    for (int i = 0; i < length; i++) {
        gunichar next = source_at(text, i + 1);
        gboolean ends_line = next == NO_CHARACTER || is_line_break(next);
        gboolean is_return = source_has(text, i, "^M") &&
                             (is_line_break(source_at(text, i + 2)) || source_at(text, i + 2) == NO_CHARACTER);
        gboolean is_mark = source_has(text, i, "[200~") || source_has(text, i, "[201~");
        if (*first < 0 && (is_return || is_mark || (has_dollars && ends_line && source_at(text, i) == '$')))
            *first = source_offset(text, i);
        if (is_return)
            i++;
        else if (is_mark)
            i += 4;
        else if (!has_dollars || !ends_line || source_at(text, i) != '$')
            source_append(out, source_at(text, i), source_offset(text, i));
    }
    return out;
}

struct paste_text paste_text_read(const char *bytes, gsize length, gboolean with_links)
{
    struct paste_text text = {
        .encoding = text_encoding_of(bytes, length), .terminal_at = -1, .break_at = -1, .quoted_at = -1};
    text.dropped = g_array_new(FALSE, FALSE, sizeof(struct html_dropped));
    g_autoptr(SourceText) raw = source_from_bytes(bytes, (gssize)length);
    source_plain_returns(raw);
    g_autoptr(SourceText) mail = text_encoding_is_text(text.encoding) && text.encoding <= ENCODING_WINDOWS_1252
                                     ? mail_text(raw, with_links, text.dropped)
                                     : NULL;
    if (mail != NULL) {
        text.encoding = ENCODING_UTF8; /* each part says its own */
        text.input = g_array_ref(raw);
        text.is_html = TRUE;
        g_autoptr(SourceText) broken = plain_breaks_text(mail, &text.break_at);
        text.shown = decoded_text(broken);
        return text;
    }
    gsize size = 0;
    g_autofree char *decoded = text_decode(text.encoding, bytes, length, &size);
    text.input = source_from_bytes(decoded != NULL ? decoded : "", (gssize)size);
    source_plain_returns(text.input);
    g_autoptr(SourceText) without = terminal_text(text.input, &text.terminal_at);
    g_autoptr(SourceText) plain = shown_controls_text(without, &text.terminal_at);
    g_autoptr(SourceText) broken = plain_breaks_text(plain, &text.break_at);
    g_autoptr(SourceText) source = quoted_printable_text(broken, &text.quoted_at);
    g_autoptr(SourceText) message = text.encoding == ENCODING_UTF16_LE || text.encoding == ENCODING_UTF16_BE
                                        ? mail_text(source, with_links, text.dropped)
                                        : NULL;
    g_autoptr(SourceText) shown = message != NULL
                                      ? g_array_ref(message)
                                      : html_text(source, with_links ? LINKS_BEFORE : LINKS_NONE, text.dropped);
    text.is_html = shown != source;
    text.shown = decoded_text(shown);
    return text;
}

void paste_text_clear(struct paste_text *text)
{
    g_array_unref(text->input);
    g_array_unref(text->shown);
    g_array_unref(text->dropped);
}
