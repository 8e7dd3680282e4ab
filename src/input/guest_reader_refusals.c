/* SPDX-License-Identifier: MIT */
/* What the text takes back elsewhere. */
#include "input/guest_reader.h"

#include <string.h>

#include "input/address_scan.h"
#include "input/address_words.h"

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
