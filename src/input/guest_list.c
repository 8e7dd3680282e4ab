/* SPDX-License-Identifier: MIT */
#include "input/guest_list.h"

#include <string.h>

#include "base/text.h"
#include "input/address_scan.h"
#include "input/address_words.h"
#include "input/finding.h"
#include "input/guest_forms.h"
#include "input/guest_letter.h"
#include "input/guest_reader.h"
#include "input/html_text.h"
#include "input/status_words.h"
#include "input/text_encoding.h"

enum { FINDINGS_MAX = 100 };

static void free_guest(gpointer data)
{
    struct guest *guest = data;
    g_free(guest->email);
    g_free(guest->name);
    g_free(guest);
}

static gboolean has_at_sign(const GArray *cell)
{
    return source_find_character(cell, 0, source_length(cell), '@') >= 0;
}

static int find_address(const GPtrArray *cells)
{
    for (guint i = 0; i < cells->len; i++)
        if (has_at_sign(cells->pdata[i]))
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

/* Say what is wrong with an address. REMARK: it was mended. */
static void tell_address(struct reader *reader, const GArray *cell, const struct verdict *verdict, gboolean remark)
{
    for (guint i = 0; i < verdict->findings->len; i++) {
        const struct finding *finding = verdict->findings->pdata[i];
        int from = MIN(finding->offset, source_length(cell));
        int to = MIN(finding->offset + finding->length, source_length(cell));
        int offset = source_offset(cell, from);
        int end = offset;
        for (int k = from; k < to; k++) { /* a cell's units need not stand side by side in the text, nor in its order */
            offset = MIN(offset, source_offset(cell, k));
            end = MAX(end, source_offset(cell, k) + 1);
        }
        struct finding *told =
            guest_reader_add_finding(reader, finding->problem, offset, end - offset, remark,
                                     g_strdup_printf("Line %d, in the address: %s", reader->line, finding->message));
        if (told != NULL)
            told->is_warning = finding->is_warning;
    }
}

/* TEXT as a directory takes it for a name, without a list's mark or number; NULL if there is none. Caller frees. */
static char *clean_name(const GArray *text, int from, int to)
{
    g_autofree char *typed = source_utf8(text, from, to);
    const char *name = address_trim_name(g_strstrip(typed));
    g_autoptr(Verdict) verdict = validate("display-name", name, -1);
    gboolean has_letter = FALSE; /* a row's number is nobody's name */
    for (const char *at = name; *at != '\0'; at = g_utf8_next_char(at))
        has_letter |= g_unichar_isalpha(g_utf8_get_char(at));
    return has_letter ? g_strdup(verdict->value) : NULL;
}

/* Where the titles say, else before the address in its cell, else, without titles, the first other cell. Caller frees.
 */
static char *find_name(const struct reader *reader, const GPtrArray *cells, int address)
{
    int n = (int)cells->len;
    const GArray *cell = cells->pdata[address];
    if (reader->name_column >= 0 && reader->name_column < n && reader->name_column != address) {
        const GArray *named = cells->pdata[reader->name_column];
        return clean_name(named, 0, source_length(named));
    }
    if (reader->first_name_column >= 0 && reader->last_name_column >= 0 &&
        MAX(reader->first_name_column, reader->last_name_column) < n) {
        const GArray *one = cells->pdata[reader->first_name_column];
        const GArray *other = cells->pdata[reader->last_name_column];
        g_autofree char *first = clean_name(one, 0, source_length(one));
        g_autofree char *last = clean_name(other, 0, source_length(other));
        return first != NULL && last != NULL ? g_strconcat(first, " ", last, NULL) : g_strdup(first ? first : last);
    }
    int start = address_begin(cell);
    char *name = start > 0 ? clean_name(cell, 0, start) : NULL;
    for (int i = 0; name == NULL && !reader->has_titles && i < n; i++)
        if (i != address && !has_at_sign(cells->pdata[i]) && !cell_is_status(cells->pdata[i]))
            name = clean_name(cells->pdata[i], 0, source_length(cells->pdata[i]));
    return name;
}

/* The address from FROM up to TO in TEXT. NAME is taken; NULL: none. */
static void add_guest(struct reader *reader, const char *email, char *name, const GArray *text, int from, int to)
{
    int offset = source_offset(text, from);
    int length = to - from;
    if (reader->list->guests->len >= GUEST_LIST_LIMIT) {
        reader->is_full = TRUE;
        g_free(name);
        return;
    }
    g_autofree char *key = g_ascii_strdown(email, -1);
    const struct guest *known = g_hash_table_lookup(reader->by_email, key);
    if (known != NULL) {
        guest_reader_add_finding(
            reader, PROBLEM_AMBIGUOUS, offset, length, TRUE,
            g_strdup_printf("Line %d has the same address as line %d; it was taken once.", reader->line, known->line));
        g_free(name);
        return;
    }
    struct found found;
    gboolean is_whole = text == reader->text;
    gboolean corrects = is_whole ? address_corrects(text, from)
                                 : address_find_next(reader->text, reader->from, reader->to, &found) &&
                                       address_corrects(reader->text, found.from);
    if (corrects)
        g_clear_pointer(&name, g_free); /* words of a correction */
    struct guest *guest = g_new0(struct guest, 1);
    guest->email = g_strdup(email);
    guest->name = name != NULL ? name : g_strdup("");
    guest->line = reader->line;
    g_ptr_array_add(reader->list->guests, guest);
    g_hash_table_insert(reader->by_email, g_steal_pointer(&key), guest);
    if (corrects)
        g_hash_table_add(reader->corrections, guest);
}

/* An address that is none to invite, or that the text leaves out: that is said. */
static gboolean is_left_out(struct reader *reader, const char *email, const GArray *text, int from, int to)
{
    gboolean is_user_name = strstr(email, "#EXT#@") != NULL || strstr(email, "#ext#@") != NULL;
    gboolean is_excluded = !is_user_name && address_is_excluded(text, from);
    gboolean is_taken_back = !is_user_name && !is_excluded && address_is_taken_back(text, to);
    if (is_user_name)
        guest_reader_add_finding(
            reader, PROBLEM_FORM, source_offset(text, from), to - from, FALSE,
            g_strdup_printf("Line %d has the user name that a guest has in a tenant, which is no e-mail address: "
                            "it was left out.",
                            reader->line));
    else if (is_excluded)
        guest_reader_add_finding(
            reader, PROBLEM_AMBIGUOUS, source_offset(text, from), to - from, FALSE,
            g_strdup_printf("The words before an address in line %d say that it is not meant: it was left out.",
                            reader->line));
    else if (is_taken_back)
        guest_reader_add_finding(
            reader, PROBLEM_AMBIGUOUS, source_offset(text, from), to - from, FALSE,
            g_strdup_printf("The words behind an address in line %d say that it is not meant: it was left out.",
                            reader->line));
    return is_user_name || is_excluded || is_taken_back;
}

/* Several addresses in one line or cell: each is taken, or it is said why not. */
static void take_list(struct reader *reader, const GArray *text, int from, int to)
{
    struct found last = {from, from};
    struct found found;
    gboolean has_last = FALSE;
    for (int at = from; address_find_next(text, at, to, &found); at = MAX(found.to, at + 1)) {
        if (has_last && address_is_same(text, &last, &found)) {
            last = found;
            continue;
        }
        struct found next;
        gboolean is_shown_name = address_is_display_name(text, found.to) &&
                                 address_find_next(text, found.to, to, &next) && !address_is_same(text, &found, &next);
        if (is_shown_name) {
            guest_reader_add_finding(
                reader, PROBLEM_AMBIGUOUS, source_offset(text, found.from), found.to - found.from, FALSE,
                g_strdup_printf("Line %d has an address as the name of another one: it was left out.", reader->line));
            last = found;
            continue;
        }
        g_autofree char *typed = source_utf8(text, found.from, found.to);
        g_autoptr(SourceText) cell = source_copy(text, found.from, found.to);
        g_autoptr(Verdict) verdict = validate("email", typed, -1);
        tell_address(reader, cell, verdict, verdict->value != NULL);
        if (verdict->value != NULL && !is_left_out(reader, verdict->value, text, found.from, found.to))
            add_guest(reader, verdict->value, address_name_between(text, last.to, found.from), text, found.from,
                      found.to);
        last = found;
        has_last = TRUE;
    }
}

/* The column of addresses, where several have them, is said once. */
static void tell_column(struct reader *reader, const GPtrArray *cells, int address)
{
    for (int i = 0; i < (int)cells->len && reader->has_titles && !reader->has_told_column; i++) {
        if (i == address || !has_at_sign(cells->pdata[i]) || i >= (int)reader->titles->len ||
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

/* The name in "address (Name)"; NULL if the cell is not that. Caller frees. */
static char *name_in_brackets(const GArray *cell, struct found *found)
{
    if (!address_find_next(cell, 0, source_length(cell), found))
        return NULL;
    int open = found->to;
    while (is_edge(source_at(cell, open)))
        open++;
    int close = source_find(cell, open, ")");
    int end = close + 1;
    while (is_edge(source_at(cell, end)))
        end++;
    for (int i = 0; i < found->from; i++)
        if (!is_edge(source_at(cell, i)))
            return NULL;
    gboolean is_it = source_at(cell, open) == '(' && close > open && end >= source_length(cell);
    return is_it ? clean_name(cell, open + 1, close) : NULL;
}

/* What was mended in the address of "Name <address>"; the brackets themselves are no fault. */
static void tell_bracketed(struct reader *reader, const GArray *cell)
{
    int open = source_find(cell, 0, "<");
    int close = source_find(cell, open, ">");
    g_autoptr(SourceText) inner = source_copy(cell, open + 1, close > open ? close : source_length(cell));
    g_autofree char *typed = source_utf8(inner, 0, source_length(inner));
    g_autoptr(Verdict) verdict = validate("email", typed, -1);
    tell_address(reader, inner, verdict, TRUE);
}

/* Up to two words, or words that begin as names do: "(on leave until May)" is none. */
static gboolean is_like_name(const char *words)
{
    const char *third = strchr(words, ' ');
    third = third != NULL ? strchr(third + 1, ' ') : NULL;
    return third == NULL || !g_unichar_islower(g_utf8_get_char(words));
}

/* The one address of a record. */
static void take_single(struct reader *reader, const GPtrArray *cells, int address)
{
    const GArray *whole = cells->pdata[address];
    int start = address_begin(whole);
    if (source_has(whole, start, "smtp:"))
        start += (int)strlen("smtp:");
    while (is_one_of(source_at(whole, start), "*+") || source_at(whole, start) == 0x2022)
        start++;
    struct found found = {0, 0};
    g_autofree char *behind = name_in_brackets(whole, &found);
    if (behind != NULL && !is_like_name(behind)) {
        guest_reader_add_finding(
            reader, PROBLEM_AMBIGUOUS, source_offset(whole, found.from), found.to - found.from, FALSE,
            g_strdup_printf("The words in brackets behind the address in line %d are no name: it was left out. "
                            "Write the address alone.",
                            reader->line));
        return;
    }
    if (behind != NULL) {
        g_autofree char *plain = source_utf8(whole, found.from, found.to);
        g_autoptr(Verdict) verdict = validate("email", plain, -1);
        if (verdict->valid && is_left_out(reader, verdict->value, whole, found.from, found.to))
            return;
        if (verdict->valid) {
            if (g_unichar_islower(g_utf8_get_char(behind)))
                g_clear_pointer(&behind, g_free); /* "(team lead)" */
            add_guest(reader, verdict->value, g_steal_pointer(&behind), whole, found.from, found.to);
            return;
        }
    }
    if (address_is_torn(whole, start)) {
        guest_reader_add_finding(
            reader, PROBLEM_FORM, source_offset(reader->text, reader->from), reader->to - reader->from, FALSE,
            g_strdup_printf("Line %d has a space within or behind its address: it was left out. Write name, "
                            "comma, address.",
                            reader->line));
        return;
    }
    int end = source_length(whole);
    while (end > start && is_one_of(source_at(whole, end - 1), "*")) /* "*ana@partner.example*" is bold */
        end--;
    g_autoptr(SourceText) cell = source_copy(whole, start, end);
    g_autofree char *typed = source_utf8(cell, 0, source_length(cell));
    g_autoptr(Verdict) verdict = validate("email", typed, -1);
    if (source_find(cell, 0, "<") >= 0 && verdict->value != NULL)
        tell_bracketed(reader, cell);
    else
        tell_address(reader, cell, verdict, verdict->value != NULL);
    if (verdict->value != NULL && !is_left_out(reader, verdict->value, whole, start, source_length(whole)))
        add_guest(reader, verdict->value, find_name(reader, cells, address), whole, start, source_length(whole));
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
            i != address && !is_name && !has_at_sign(cells->pdata[i]) && cell_excludes(cells->pdata[i], title);
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

/* "- ana@partner.example" among lines that begin with "+", "[ ] ana@partner.example" among ticked ones. */
static gboolean is_taken_out(const struct reader *reader)
{
    int from = reader->from;
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

static void take_record(struct reader *reader, const GPtrArray *cells)
{
    int address = find_address(cells);
    int in_column = reader->address_column;
    if (is_blank_line(cells) || is_ruler(reader) || is_of_letter(reader, address))
        return;
    if (address >= 0 &&
        (address_is_broken(reader->text, reader->from, reader->to, reader->at) || is_taken_out(reader))) {
        gboolean is_out = is_taken_out(reader);
        guest_reader_add_finding(
            reader, is_out ? PROBLEM_AMBIGUOUS : PROBLEM_LINE_BREAK, source_offset(reader->text, reader->from),
            reader->to - reader->from, FALSE,
            g_strdup_printf(is_out ? "Line %d is not marked as others are, with a plus or a tick: it was left out."
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
         line_is_heading(reader->text, reader->from, reader->to)))
        reader->is_excluding = line_excludes(reader->text, reader->from, reader->to);
    if (address < 0 && reader->list->guests->len == 0) {
        take_heading(reader);
        return;
    }
    if (address < 0) {
        guest_reader_add_finding(reader, PROBLEM_FORM, source_offset(reader->text, reader->from),
                                 reader->to - reader->from, FALSE,
                                 g_strdup_printf("Line %d has no e-mail address.", reader->line));
        return;
    }
    if (in_column >= 0 && in_column < (int)cells->len && has_at_sign(cells->pdata[in_column]))
        address = in_column;
    if (is_passed_over(reader, cells, address))
        return;
    tell_column(reader, cells, address);
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
    if ((ats > 1 && (are_divided || n == 1) && !is_bracketed) || are_apart || is_link)
        take_list(reader, text, from, to);
    else
        take_single(reader, cells, address);
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
    guest_reader_take_back(&reader);
    add_last_findings(&reader);
    g_hash_table_unref(reader.corrections);
    g_hash_table_unref(reader.refused);
    g_hash_table_unref(reader.by_email);
    g_clear_pointer(&reader.titles, g_ptr_array_unref);
    g_array_unref(reader.given);
    return reader.list;
}

void guest_list_free(struct guest_list *list)
{
    g_ptr_array_unref(list->guests);
    g_ptr_array_unref(list->findings);
    g_free(list);
}
