/* SPDX-License-Identifier: MIT */
#include "input/guest_list.h"

#include <string.h>

#include "base/text.h"
#include "input/address_remarks.h"
#include "input/address_scan.h"
#include "input/address_words.h"
#include "input/finding.h"
#include "input/guest_forms.h"
#include "input/guest_letter.h"
#include "input/guest_reader.h"
#include "input/html_text.h"
#include "input/hub_value.h"
#include "input/plain_words.h"
#include "input/status_words.h"
#include "input/text_encoding.h"

enum { FINDINGS_MAX = 100, HEADING_MAX = 200 };

static void free_guest(gpointer data)
{
    struct guest *guest = data;
    g_free(guest->email);
    g_free(guest->name);
    g_free(guest);
}

static int find_address(const GPtrArray *cells)
{
    for (guint i = 0; i < cells->len; i++)
        if (cell_has_at_sign(cells->pdata[i]))
            return (int)i;
    return -1;
}

static gboolean is_blank_line(const GPtrArray *cells)
{
    for (guint i = 0; i < cells->len; i++)
        for (int k = 0; k < source_length(cells->pdata[i]); k++)
            if (!is_edge(source_at(cells->pdata[i], k)))
                return FALSE;
    return TRUE;
}

struct finding *guest_reader_add_finding(struct reader *reader, enum problem problem, int offset, int length,
                                         gboolean remark, char *message)
{
    if (reader->list->findings->len >= FINDINGS_MAX) {
        reader->unshown++;
        reader->unshown_errors |= !remark;
        g_free(message);
        return NULL;
    }
    /* What stands for a byte that is no text is longer than the byte. */
    int from = MIN(offset, reader->size);
    struct finding *finding = finding_new(problem, from, MIN(length, reader->size - from), message, NULL, NULL);
    finding->remark = remark;
    g_ptr_array_add(reader->list->findings, finding);
    return finding;
}

/* They may go beyond the limit. */
static void add_last_findings(struct reader *reader)
{
    GPtrArray *findings = reader->list->findings;
    int stopped = MIN(source_offset(reader->text, MIN(reader->at, source_length(reader->text))), reader->size);
    if (reader->list->guests->len == 0 && findings->len == 0 && source_length(reader->text) > 0)
        guest_reader_add_finding(reader, PROBLEM_EMPTY, 0, 0, FALSE,
                                 g_strdup("There is no e-mail address that can be taken."));
    if (reader->at < source_length(reader->text) || reader->is_full)
        g_ptr_array_add(findings,
                        finding_new(PROBLEM_TOO_MANY, stopped, 0,
                                    g_strdup_printf("Only the first %d addresses were read.", GUEST_LIST_LIMIT), NULL,
                                    NULL));
    if (reader->unshown == 0)
        return;
    struct finding *more = finding_new(
        PROBLEM_TOO_MANY, stopped, 0,
        g_strdup_printf("%d more finding%s not shown.", reader->unshown, reader->unshown == 1 ? " is" : "s are"), NULL,
        NULL);
    more->remark = !reader->unshown_errors;
    g_ptr_array_add(findings, more);
}

/* The column of addresses, where several have them, is said once. */
static void tell_column(struct reader *reader, const GPtrArray *cells, int address)
{
    for (int i = 0; i < (int)cells->len && reader->has_titles && !reader->has_told_column; i++) {
        if (i == address || !cell_has_at_sign(cells->pdata[i]) || i >= (int)reader->titles->len ||
            address >= (int)reader->titles->len)
            continue;
        g_autofree char *chosen = text_safe(reader->titles->pdata[address], -1);
        g_autofree char *other = text_safe(reader->titles->pdata[i], -1);
        reader->has_told_column = TRUE;
        guest_reader_add_finding(reader, PROBLEM_AMBIGUOUS, source_offset(reader->text, reader->from), 0, TRUE,
                                 g_strdup_printf("The addresses are taken from the column “%s”, not from “%s”.",
                                                 g_strstrip(chosen), g_strstrip(other)));
    }
}

static gboolean is_ruler(const struct reader *reader)
{
    int dashes = 0;
    for (int i = reader->from; i < reader->to; i++) {
        if (!is_one_of(source_at(reader->text, i), "-=+|: \t"))
            return FALSE;
        dashes += is_one_of(source_at(reader->text, i), "-=") ? 1 : 0;
    }
    return dashes > 0;
}

/* A line before the first address titles columns; it is read once more with the separator that it shows. */
static void take_heading(struct reader *reader)
{
    static const char *const separators[] = {"|", "\t", ";", ","};
    static const char *const disguises[] = {"(at)", "[at]", "{at}", " at ", "=40"};
    for (gsize i = G_N_ELEMENTS(separators); i > 0; i--)
        if (source_has_between(reader->text, reader->from, reader->to, separators[i - 1]))
            reader->separators = separators[i - 1];
    if (line_says(reader->text, reader->from, MIN(reader->to, reader->from + HEADING_MAX), LINE_EXCEPTS))
        guest_reader_add_finding(
            reader, PROBLEM_UNUSUAL, source_offset(reader->text, reader->from), reader->to - reader->from, TRUE,
            g_strdup_printf("Line %d excepts somebody, by name it seems: see whether everybody below is meant.",
                            reader->line));
    reader->at = reader->from;
    g_autoptr(GPtrArray) titles = guest_reader_record(reader);
    guest_reader_titles(reader, titles);
    for (gsize i = 0; i < G_N_ELEMENTS(disguises); i++)
        if (source_has_between(reader->text, reader->from, reader->to, disguises[i]) ||
            (i == 0 && address_has_wide_at(reader->text, reader->from, reader->to)))
            guest_reader_add_finding(
                reader, PROBLEM_FORM, source_offset(reader->text, reader->from), reader->to - reader->from, FALSE,
                g_strdup_printf("Line %d has an address without its '@': it was left out.", reader->line));
}

/* A cell beside the address, or a heading above, says that its person is not to be invited: that is said. */
static gboolean is_passed_over(struct reader *reader, const GPtrArray *cells, int address)
{
    gboolean is_excluded = FALSE;
    for (int i = 0; i < (int)cells->len && !is_excluded; i++) {
        gboolean is_name = i == reader->name_column || i == reader->first_name_column || i == reader->last_name_column;
        const char *title = reader->titles != NULL && i < (int)reader->titles->len ? reader->titles->pdata[i] : NULL;
        is_excluded =
            i != address && !is_name && !cell_has_at_sign(cells->pdata[i]) && cell_excludes(cells->pdata[i], title);
    }
    if (is_excluded || reader->is_excluding)
        guest_reader_add_finding(
            reader, PROBLEM_AMBIGUOUS, source_offset(reader->text, reader->from), reader->to - reader->from, FALSE,
            g_strdup_printf(is_excluded
                                ? "Line %d says beside its address that the person is not meant: it was left out."
                                : "Line %d stands below words that say that it is not meant: it was left out.",
                            reader->line));
    return is_excluded || reader->is_excluding;
}

/* Who wrote to whom, and the closing words: said where they have an address, and passed over. */
static gboolean is_of_letter(struct reader *reader, int address)
{
    enum letter_part part = reader->parts[reader->from] & LETTER_PARTS;
    if (part == LETTER_LIST)
        return FALSE;
    if (address >= 0)
        guest_reader_add_finding(
            reader, PROBLEM_AMBIGUOUS, source_offset(reader->text, reader->from), reader->to - reader->from, FALSE,
            g_strdup_printf(part == LETTER_RECEIVER
                                ? "Line %d has the address of whoever got this, it seems: it was left out."
                                : "Line %d has the address of whoever wrote this, it seems: it was left out.",
                            reader->line));
    return TRUE;
}

/* A cross, "- ana@partner.example" among lines that begin with "+", "[ ] ana@partner.example" among ticked ones. */
static gboolean is_taken_out(const struct reader *reader)
{
    static const gunichar crosses[] = {0x274C, 0x2717, 0x2718, 0x2716, 0x274E, 0x26D4, 0x1F6AB, 0x2612};
    int from = reader->from;
    for (gsize i = 0; i < G_N_ELEMENTS(crosses); i++)
        if (source_find_character(reader->text, reader->from, reader->to, crosses[i]) >= 0)
            return TRUE;
    while (is_one_of(source_at(reader->text, from), "-* ") && reader->has_ticked)
        from++;
    return (reader->has_added && source_at(reader->text, reader->from) == '-') ||
           (reader->has_ticked && source_has(reader->text, from, "[ ]"));
}

static gboolean are_all_hashed(const GArray *text)
{
    gboolean is_hashed = FALSE;
    for (int i = 0; i < source_length(text); i++) {
        if (i == 0 || is_line_break(source_at(text, i - 1)))
            is_hashed = source_at(text, i) == '#';
        if (source_at(text, i) == '@' && !is_hashed)
            return FALSE;
    }
    return TRUE;
}

static gboolean has_added_lines(const GArray *text)
{
    for (int i = 0; i < source_length(text); i++)
        if (source_at(text, i) == '+' && (i == 0 || is_line_break(source_at(text, i - 1))) &&
            (is_edge(source_at(text, i + 1)) || is_ascii_letter(source_at(text, i + 1))))
            return TRUE;
    return FALSE;
}

/* The line of what was given that the place AT of the text comes from. */
static void count_lines(struct reader *reader, int at)
{
    int offset = source_offset(reader->text, at);
    if (offset < reader->counted) {
        reader->counted = 0;
        reader->line = 1;
    }
    for (; reader->counted < offset && reader->counted < source_length(reader->given); reader->counted++) {
        gunichar character = source_at(reader->given, reader->counted);
        gboolean has_two = character == '\r' && source_at(reader->given, reader->counted + 1) == '\n';
        reader->line += is_line_break(character) && !has_two ? 1 : 0;
    }
}

static void tell_words(struct reader *reader, const char *words, const char *message)
{
    g_autofree char *shown = text_safe(words, -1);
    g_autofree char *format = g_strdup_printf("Line %d has %s, from “%s” on: see whether everybody there is meant.",
                                              reader->line, message, g_strstrip(shown));
    guest_reader_add_finding(reader, PROBLEM_UNUSUAL, source_offset(reader->text, reader->from),
                             reader->to - reader->from, TRUE, g_steal_pointer(&format));
}

/* Words beside the addresses of a line that may say something of them: in a table those of a column of remarks. */
static void tell_remark(struct reader *reader, const GPtrArray *cells, gboolean is_column)
{
    g_autofree char *words = is_column ? NULL : address_remark(reader->text, reader->from, reader->to);
    for (int i = 0; is_column && words == NULL && i < (int)MIN(cells->len, reader->titles->len); i++)
        if (title_is_remark(reader->titles->pdata[i]))
            words = address_remark(cells->pdata[i], 0, source_length(cells->pdata[i]));
    if (words != NULL)
        tell_words(reader, words, "more words beside its addresses");
}

/* A column that says of each whether it was invited: who is meant by that is not clear. */
static void tell_invited(struct reader *reader, const GPtrArray *cells)
{
    for (int i = 0; reader->has_titles && !reader->has_told_invited && i < (int)MIN(cells->len, reader->titles->len);
         i++) {
        if (!title_is_invited(reader->titles->pdata[i]) || !cell_is_status(cells->pdata[i]))
            continue;
        g_autofree char *title = text_safe(reader->titles->pdata[i], -1);
        reader->has_told_invited = TRUE;
        guest_reader_add_finding(
            reader, PROBLEM_AMBIGUOUS, source_offset(reader->text, reader->from), reader->to - reader->from, TRUE,
            g_strdup_printf("The column “%s” does not say who is still to be invited: everybody was taken. Leave out "
                            "those that are not meant.",
                            g_strstrip(title)));
    }
}

/* "{ana,bo}@partner.example" stands for two; NULL if all of the line's addresses are whole, else why not. Static. */
static const char *address_fault(const struct reader *reader)
{
    static const char *const ids[] = {"message-id", "in-reply-to", "references", NULL};
    struct found found;
    for (int i = 0; ids[i] != NULL; i++)
        if (source_has(reader->text, reader->from, ids[i]))
            return "a message's own id, and no address";
    if (source_has_between(reader->text, reader->from, reader->to, "}@"))
        return "braces that stand for several addresses: write each out";
    if (source_has_between(reader->text, reader->from, reader->to, "\"@"))
        return "an address with quotation marks, which Microsoft does not take";
    for (int at = reader->from; address_find_next(reader->text, at, reader->to, &found); at = MAX(found.to, at + 1)) {
        int digits = found.from;
        while (is_ascii_digit(source_at(reader->text, digits)) || source_at(reader->text, digits) == '.')
            digits++;
        if (source_at(reader->text, digits) == '@' && digits > found.from + 8)
            return "a message's own id, and no address";
        if (address_is_torn_off(reader->text, reader->from, found.from))
            return "a space within its address, it seems";
    }
    return NULL;
}

/* "cc: bo@partner.example", the sender's small print, a template's address: it is said. */
static gboolean is_beside_list(struct reader *reader)
{
    static const char *const copies[] = {"cc:", "cc ", "bcc:", "kopie:", "copie:", "copia:", "kopia:", "kopi:", NULL};
    gboolean is_copy = FALSE;
    for (int i = 0; copies[i] != NULL && reader->list->guests->len > 0; i++)
        is_copy |= source_has(reader->text, reader->from, copies[i]);
    const char *why = is_copy ? "the address of whoever gets a copy, it seems"
                      : address_is_template(reader->text, reader->from, reader->to)
                          ? "an address that stands for one, as a template has it"
                      : words_are_small_print(reader->text, reader->from, reader->to)
                          ? "an address in a letter's small print, it seems"
                          : address_fault(reader);
    if (why == NULL)
        return FALSE;
    guest_reader_add_finding(reader, PROBLEM_AMBIGUOUS, source_offset(reader->text, reader->from),
                             reader->to - reader->from, FALSE,
                             g_strdup_printf("Line %d has %s: it was left out.", reader->line, why));
    return TRUE;
}

/* The guests of a line whose first cell with an address is ADDRESS. */
static void take_addresses(struct reader *reader, const GPtrArray *cells, int address)
{
    gboolean are_divided = TRUE;
    const GArray *cell = cells->pdata[address];
    gboolean is_column = reader->has_titles && cells->len > 1 && reader->titles->len > 1;
    const GArray *text = is_column ? cell : reader->text;
    int from = is_column ? 0 : reader->from;
    int to = is_column ? source_length(cell) : reader->to;
    int ats = 0;
    for (int i = from; i < to; i++)
        ats += source_at(text, i) == '@' ? 1 : 0;
    int n = address_count(text, from, to, &are_divided);
    gboolean is_bracketed = ats == 2 && n == 2 && source_find(cell, 0, "[mailto:") >= 0;
    gboolean is_link = source_find(cell, 0, "](mailto:") >= 0;
    gboolean are_apart = ats > 1 && !are_divided && address_are_apart(text, from, to);
    if (are_apart)
        guest_reader_add_finding(
            reader, PROBLEM_INNER_SPACE, source_offset(reader->text, reader->from), reader->to - reader->from, TRUE,
            g_strdup_printf("Line %d has only blanks between its addresses; each was taken.", reader->line));
    guint known = reader->list->guests->len;
    guint told = reader->list->findings->len;
    if ((ats > 1 && (are_divided || n == 1) && !is_bracketed) || are_apart || is_link)
        guest_reader_take_list(reader, text, from, to);
    else
        guest_reader_take_single(reader, cells, address);
    if (is_column && reader->list->guests->len == known + 1)
        guest_reader_name_last(reader, cells, address);
    if (reader->list->guests->len > known && reader->list->findings->len == told)
        tell_remark(reader, cells, is_column);
}

static void take_record(struct reader *reader, const GPtrArray *cells)
{
    int address = find_address(cells);
    int in_column = reader->address_column;
    if (is_blank_line(cells))
        g_clear_pointer(&reader->pending_name, g_free);
    if (is_blank_line(cells) || is_ruler(reader) || is_of_letter(reader, address) ||
        (address < 0 && guest_reader_name_line(reader)))
        return;
    if (address >= 0 &&
        (address_is_broken(reader->text, reader->from, reader->to, reader->at) || is_taken_out(reader))) {
        gboolean is_out = is_taken_out(reader);
        guest_reader_add_finding(
            reader, is_out ? PROBLEM_AMBIGUOUS : PROBLEM_LINE_BREAK, source_offset(reader->text, reader->from),
            reader->to - reader->from, FALSE,
            g_strdup_printf(
                is_out ? "Line %d is not marked as others are, with a plus or a tick, or has a cross: it was left out."
                       : "Line %d has an address that the end of a line breaks, it seems: it was "
                         "left out. Write it in one line.",
                reader->line));
        return;
    }
    if (address >= 0 && !reader->is_hashed && line_is_comment(reader->text, reader->from, reader->to)) {
        guest_reader_add_finding(
            reader, PROBLEM_AMBIGUOUS, source_offset(reader->text, reader->from), reader->to - reader->from, FALSE,
            g_strdup_printf("Line %d begins with a comment's mark: it was left out.", reader->line));
        return;
    }
    if (address < 0 && cells->len == 1 &&
        (line_excludes(reader->text, reader->from, reader->to) ||
         line_is_heading(reader->text, reader->from, reader->to))) {
        reader->is_excluding = line_excludes(reader->text, reader->from, reader->to);
        if (reader->is_excluding && line_is_heading(reader->text, reader->from, reader->to))
            return; /* who stands below is told */
    }
    g_autofree char *typed = source_utf8(reader->text, reader->from, MIN(reader->to, reader->from + HEADING_MAX));
    gboolean may_say = address < 0 && cells->len == 1 && !reader->is_excluding &&
                       strchr(g_strstrip(typed), ' ') != NULL &&
                       !address_has_wide_at(reader->text, reader->from, reader->to);
    g_autofree char *said = may_say ? address_remark(reader->text, reader->from, reader->to) : NULL;
    if (said != NULL)
        tell_words(reader, said, "words and no address");
    if (address < 0 && reader->list->guests->len == 0) {
        take_heading(reader);
        return;
    }
    if (address < 0 && said == NULL) {
        guest_reader_add_finding(reader, PROBLEM_FORM, source_offset(reader->text, reader->from),
                                 reader->to - reader->from, FALSE,
                                 g_strdup_printf("Line %d has no e-mail address.", reader->line));
        return;
    }
    if (in_column >= 0 && in_column < (int)cells->len && cell_has_at_sign(cells->pdata[in_column]))
        address = in_column;
    if (address < 0 || is_beside_list(reader) || is_passed_over(reader, cells, address))
        return;
    tell_invited(reader, cells);
    tell_column(reader, cells, address);
    take_addresses(reader, cells, address);
}

/* Columns that blanks align are divided by tabs: more than one line has an address, and two blanks or more beside it.
 */
static void divide_columns(GArray *text)
{
    int aligned = 0;
    for (int pass = 0; pass < 2 && (pass == 0 || aligned > 1); pass++)
        for (int from = 0, to = 0; from < source_length(text); from = to + 1) {
            to = line_end(text, from);
            gboolean has_gap = FALSE;
            gboolean has_other = FALSE;
            int start = skip_blanks(text, from, to);
            for (int i = start; i < to; i++) {
                has_other |= is_one_of(source_at(text, i), ",;\t|<");
                gboolean is_gap = source_at(text, i) == ' ' && source_at(text, i + 1) == ' ' && i + 2 < to;
                has_gap |= is_gap;
                if (is_gap && pass == 1)
                    g_array_index(text, struct unit, i).character = '\t';
                while (is_gap && source_at(text, i + 1) == ' ')
                    i++;
            }
            aligned += pass == 0 && has_gap && !has_other && source_find_character(text, from, to, '@') >= 0;
        }
}

/* The list as code points, without tags; NULL if it is no text: that is said. */
static GArray *read_bytes(struct reader *reader, const char *text, gssize length)
{
    gsize size = length < 0 ? strlen(text) : (gsize)length;
    enum text_encoding encoding = text_encoding_of(text, size);
    const char *sentence = text_encoding_sentence(encoding);
    gsize decoded_size = 0;
    g_autofree char *decoded = text_decode(encoding, text, size, &decoded_size);
    if (sentence != NULL)
        guest_reader_add_finding(reader, PROBLEM_ENCODING, 0, 0, text_encoding_is_text(encoding), g_strdup(sentence));
    reader->given = source_from_bytes(decoded != NULL ? decoded : "", (gssize)decoded_size);
    source_plain_returns(reader->given);
    int choice = -1;
    GArray *people = guest_forms_text(reader->given, &choice);
    if (choice >= 0)
        guest_reader_add_finding(reader, PROBLEM_AMBIGUOUS, choice, 0, TRUE,
                                 g_strdup("Where a person has several addresses the one of the mail was taken."));
    if (people != NULL)
        return people;
    g_autoptr(GArray) dropped = g_array_new(FALSE, FALSE, sizeof(struct html_dropped));
    GArray *shown = html_text(reader->given, LINKS_MAIL, dropped);
    for (guint i = 0; i < dropped->len; i++) {
        const struct html_dropped *part = &g_array_index(dropped, struct html_dropped, i);
        g_autofree char *typed = source_utf8(reader->given, part->from, part->to);
        if (strchr(typed, '@') != NULL && part->is_struck)
            guest_reader_add_finding(reader, PROBLEM_HIDDEN, part->from, part->to - part->from, TRUE,
                                     g_strdup("An address is struck out; it was left out."));
    }
    return shown;
}

struct guest_list *guest_list_read(const char *text, gssize length)
{
    struct reader reader = {.separators = ",;\t|", .list = g_new0(struct guest_list, 1)};
    reader.size = (int)MIN(length < 0 ? strlen(text) : (gsize)length, G_MAXINT);
    reader.address_column = reader.name_column = reader.first_name_column = reader.last_name_column = -1;
    reader.list->guests = g_ptr_array_new_with_free_func(free_guest);
    reader.list->findings = findings_new();
    reader.by_email = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reader.refused = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reader.corrections = g_hash_table_new(NULL, NULL);
    g_autoptr(SourceText) units = read_bytes(&reader, text, length);
    divide_columns(units);
    reader.text = units;
    g_autofree guint8 *parts = letter_read(units);
    reader.parts = parts;
    reader.line = 1;
    reader.is_hashed = are_all_hashed(units);
    reader.has_ticked = source_find(units, 0, "[x]") >= 0;
    reader.has_added = has_added_lines(units);
    guest_reader_separator(&reader);
    while (reader.at < source_length(units) && reader.list->guests->len < GUEST_LIST_LIMIT) {
        count_lines(&reader, reader.at);
        g_autoptr(GPtrArray) cells = guest_reader_record(&reader);
        take_record(&reader, cells);
    }
    guest_reader_refused(&reader);
    guest_reader_tell_named(&reader);
    guest_reader_take_back(&reader);
    add_last_findings(&reader);
    g_hash_table_unref(reader.corrections);
    g_hash_table_unref(reader.refused);
    g_hash_table_unref(reader.by_email);
    g_clear_pointer(&reader.titles, g_ptr_array_unref);
    g_free(reader.pending_name);
    g_array_unref(reader.given);
    return reader.list;
}

void guest_list_free(struct guest_list *list)
{
    g_ptr_array_unref(list->guests);
    g_ptr_array_unref(list->findings);
    g_free(list);
}
