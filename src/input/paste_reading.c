/* SPDX-License-Identifier: MIT */
#include "input/paste_reading.h"

#include "input/byte_text.h"
#include "input/html_text.h"
#include "input/text_encoding.h"

enum { LONG_TEXT = 65536 };

void search_tell_reading(struct search *search, gsize size)
{
    const char *sentence = text_encoding_sentence(search->read.encoding);
    if (sentence != NULL)
        search_add_at(search, PROBLEM_ENCODING, 0, 0, text_encoding_is_text(search->read.encoding), g_strdup(sentence));
    if (size > LONG_TEXT)
        search_add_at(
            search, PROBLEM_LENGTH, 0, 0, TRUE,
            g_strdup_printf("The text is %" G_GSIZE_FORMAT " KiB long; all of it was read.", (size + 1023) / 1024));
    if (search->read.terminal_at >= 0) {
        g_autofree char *place = search_offset_words(search, search->read.terminal_at);
        search_add_at(
            search, PROBLEM_INVISIBLE, search->read.terminal_at, 1, TRUE,
            g_strdup_printf("There are a terminal's control sequences, first at %s; they were left out.", place));
    }
    if (search->read.break_at >= 0) {
        g_autofree char *place = search_offset_words(search, search->read.break_at);
        g_autofree char *words = character_words(source_at(search->read.input, search->read.break_at));
        search_add_at(search, PROBLEM_LINE_BREAK, search->read.break_at, 1, TRUE,
                      g_strdup_printf("There is %s at %s; it was read as the end of a line.", words, place));
    }
    if (search->read.quoted_at >= 0) {
        g_autofree char *place = search_offset_words(search, search->read.quoted_at);
        search_add_at(search, PROBLEM_ENCODING, search->read.quoted_at, 1, TRUE,
                      g_strdup_printf("The text is quoted-printable, as a mail's source is, first at %s; it was "
                                      "decoded, and the lines that it breaks were joined.",
                                      place));
    }
    int bad = 0;
    while (bad < source_length(search->text) && source_at(search->text, bad) < BAD_BYTE)
        bad++;
    if (bad < source_length(search->text))
        search_tell_place(search, PROBLEM_ENCODING, bad, bad + 1, TRUE,
                          "There are bytes that are no text in UTF-8, first at ", "; what they say was not read.");
    for (guint i = 0; i < search->read.dropped->len; i++) {
        const struct html_dropped *dropped = &g_array_index(search->read.dropped, struct html_dropped, i);
        g_autofree char *place = search_offset_words(search, dropped->from);
        if (dropped->is_attached)
            search_add_at(search, PROBLEM_ENCODING, dropped->from, 0, TRUE,
                          g_strdup_printf("What is attached at %s is no text; it was not read.", place));
        else if (dropped->has_value || dropped->is_struck)
            search_add_at(search, PROBLEM_HIDDEN, dropped->from, dropped->to - dropped->from, TRUE,
                          g_strdup_printf("The text at %s is %s; it was left out.", place,
                                          dropped->is_struck ? "struck out" : "not shown to a reader"));
    }
}
