/* SPDX-License-Identifier: MIT */
/* What the text takes back elsewhere. */
#include "input/guest_reader.h"

#include <string.h>

#include "input/address_remarks.h"
#include "input/address_scan.h"
#include "input/address_words.h"
#include "input/guest_letter.h"
#include "input/phrases.h"

/* WHY: what the text does to it. */
static void remove_guest(struct reader *reader, guint index, const char *why)
{
    const struct guest *guest = reader->list->guests->pdata[index];
    guest_reader_add_finding(reader, PROBLEM_AMBIGUOUS, 0, 0, FALSE,
                             g_strdup_printf("The address in line %d is %s: it was left out.", guest->line, why));
    g_ptr_array_remove_index(reader->list->guests, index);
}

void guest_reader_refused(struct reader *reader)
{
    struct found found;
    int length = source_length(reader->text);
    for (int at = 0; address_find_next(reader->text, at, length, &found); at = MAX(found.to, at + 1)) {
        if (!address_is_excluded(reader->text, found.from) && !address_is_taken_back(reader->text, found.to))
            continue;
        g_autofree char *address = source_utf8(reader->text, found.from, found.to);
        g_hash_table_add(reader->refused, g_ascii_strdown(address, -1));
    }
}

static void add_words(GHashTable *names, const char *text)
{
    enum { LEAST = 3 };
    g_autofree char *lower = g_utf8_strdown(text, -1);
    g_auto(GStrv) words = g_strsplit_set(lower, " .-_+,'", -1);
    for (char **word = words; *word != NULL; word++)
        if (g_utf8_strlen(*word, -1) >= LEAST)
            g_hash_table_add(names, g_strdup(*word));
}

void guest_reader_tell_named(struct reader *reader)
{
    enum { SENTENCE_MAX = 300 };
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < reader->list->guests->len; i++) {
        const struct guest *guest = reader->list->guests->pdata[i];
        g_autofree char *local = g_strndup(guest->email, strcspn(guest->email, "@"));
        add_words(names, local);
        add_words(names, guest->name);
    }
    for (int from = 0, to = 0; from < source_length(reader->text); from = to + 1) {
        to = line_end(reader->text, from);
        gboolean is_sentence = to - from <= SENTENCE_MAX && reader->parts[from] == LETTER_LIST &&
                               source_find_character(reader->text, from, to, '@') < 0;
        if (is_sentence && line_says(reader->text, from, to, LINE_LIMITS) && reader->list->guests->len > 1) {
            guest_reader_add_finding(
                reader, PROBLEM_UNUSUAL, source_offset(reader->text, from), to - from, TRUE,
                g_strdup("A line without an address may say that not everybody of the list is meant: see whether "
                         "everybody taken is."));
            return;
        }
        if (!is_sentence || !line_says(reader->text, from, to, LINE_DROPS))
            continue;
        g_autofree char *typed = words_between(reader->text, from, to);
        g_auto(GStrv) words = g_strsplit(typed, " ", -1);
        for (char **word = words; *word != NULL; word++)
            if (g_hash_table_contains(names, *word)) {
                guest_reader_add_finding(
                    reader, PROBLEM_UNUSUAL, source_offset(reader->text, from), to - from, TRUE,
                    g_strdup_printf("A line without an address leaves out somebody by name, it seems (“%s”): see "
                                    "whether everybody taken is meant.",
                                    *word));
                return;
            }
    }
}

void guest_reader_take_back(struct reader *reader)
{
    const GPtrArray *guests = reader->list->guests;
    for (guint i = 0; i < guests->len;) {
        const struct guest *guest = guests->pdata[i];
        g_autofree char *key = g_ascii_strdown(guest->email, -1);
        gboolean is_refused = g_hash_table_contains(reader->refused, key);
        if (is_refused)
            remove_guest(reader, i, "one that other words of the text leave out");
        i += is_refused ? 0 : 1;
    }
    for (guint i = 0; i < guests->len;) {
        const struct guest *guest = guests->pdata[i];
        const struct guest *twin = NULL;
        gboolean is_corrected = FALSE;
        for (guint k = i + 1; k < guests->len && !is_corrected; k++) {
            const struct guest *later = guests->pdata[k];
            gboolean is_twin = addresses_are_twins(guest->email, later->email);
            gboolean is_next = k == i + 1 && later->line <= guest->line + 1 &&
                               g_ascii_strcasecmp(strchr(guest->email, '@'), strchr(later->email, '@')) == 0;
            twin = is_twin ? later : twin;
            is_corrected = (is_twin || is_next) && g_hash_table_contains(reader->corrections, later);
        }
        if (is_corrected)
            remove_guest(reader, i, "corrected by a later one");
        else if (twin != NULL)
            guest_reader_add_finding(
                reader, PROBLEM_UNUSUAL, 0, 0, TRUE,
                g_strdup_printf("The addresses in line %d and line %d differ by a character or two; both were "
                                "taken. Compare them with the source.",
                                guest->line, twin->line));
        i += is_corrected ? 0 : 1;
    }
}
