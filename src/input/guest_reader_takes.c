/* SPDX-License-Identifier: MIT */
/* What the addresses of a record come to: guests, or findings. */
#include "input/guest_reader.h"

#include <string.h>

#include "base/text.h"
#include "input/address_remarks.h"
#include "input/address_scan.h"
#include "input/address_words.h"
#include "input/finding.h"
#include "input/status_words.h"

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
static char *find_name(struct reader *reader, const GPtrArray *cells, int address)
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
    gboolean is_bare = start > 0 && source_at(cell, start) != '<';
    g_autofree char *last = is_bare && name != NULL && strchr(name, ' ') == NULL && address == 1 && !reader->has_titles
                                ? clean_name(cells->pdata[0], 0, source_length(cells->pdata[0]))
                                : NULL;
    if (last != NULL && strchr(last, ' ') == NULL && g_unichar_isupper(g_utf8_get_char(last))) {
        char *whole = g_strconcat(last, ", ", name, NULL); /* "Roe, Ana ana@partner.example" */
        g_free(name);
        name = whole;
    }
    if (name == NULL && reader->pending_name != NULL)
        return g_steal_pointer(&reader->pending_name);
    for (int i = 0; name == NULL && !reader->has_titles && i < n; i++)
        if (i != address && !cell_has_at_sign(cells->pdata[i]) && !cell_is_status(cells->pdata[i]))
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

/* "noreply@partner.example" */
static gboolean is_unattended(const char *email)
{
    static const char *const starts[] = {"noreply@",      "no-reply@",      "no_reply@",   "donotreply@",
                                         "do-not-reply@", "mailer-daemon@", "postmaster@", "unsubscribe@",
                                         "bounces@",      "bounce@"};
    for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
        if (g_ascii_strncasecmp(email, starts[i], strlen(starts[i])) == 0)
            return TRUE;
    return FALSE;
}

/* "smtp:" in small letters stands before it, and "SMTP:" elsewhere in its line, as far as is looked, as directories
 * write a further address and the first one of somebody. */
static gboolean is_alias(const struct reader *reader, const GArray *text, int from)
{
    enum { LOOK = 2000 };
    static const char mark[] = "smtp:";
    int at = from - (int)strlen(mark);
    if (at < 0 || !source_has(text, at, mark) || source_at(text, at) != 's')
        return FALSE;
    for (int i = reader->from; i < MIN(reader->to, reader->from + LOOK); i++)
        if (source_at(reader->text, i) == 'S' && source_has(reader->text, i, mark))
            return TRUE;
    return FALSE;
}

/* An address that is none to invite, or that the text leaves out: that is said. */
static gboolean is_left_out(struct reader *reader, const char *email, const GArray *text, int from, int to)
{
    gboolean is_user_name = strstr(email, "#EXT#@") != NULL || strstr(email, "#ext#@") != NULL;
    const char *other = is_unattended(email) ? "an address that nobody reads"
                        : is_alias(reader, text, from)
                            ? "a further address of somebody, behind “smtp:” in small letters"
                            : NULL;
    if (other != NULL) {
        guest_reader_add_finding(reader, PROBLEM_AMBIGUOUS, source_offset(text, from), to - from, FALSE,
                                 g_strdup_printf("Line %d has %s: it was left out.", reader->line, other));
        return TRUE;
    }
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

/* Up to two words, or words that begin as names do: "(on leave until May)" is none. */
static gboolean is_like_name(const char *words)
{
    const char *third = strchr(words, ' ');
    third = third != NULL ? strchr(third + 1, ' ') : NULL;
    return third == NULL || !g_unichar_islower(g_utf8_get_char(words));
}

/* The name in brackets at *AT, behind an address: "ana@partner.example (Ana Roe)"; *AT moves behind it. NULL if there
 * is none. Caller frees. */
static char *bracketed_name(const GArray *text, int *at, int to)
{
    enum { BRACKET_MAX = 100 };
    int open = *at;
    while (open < to && is_edge(source_at(text, open)))
        open++;
    int close = source_at(text, open) == '(' ? source_find_character(text, open, MIN(to, open + BRACKET_MAX), ')') : -1;
    if (close < 0 || source_find_character(text, open, close, '@') >= 0)
        return NULL;
    g_autofree char *name = clean_name(text, open + 1, close);
    if (name == NULL || !is_like_name(name) || !g_unichar_isupper(g_utf8_get_char(name)))
        return NULL;
    *at = close + 1;
    return g_steal_pointer(&name);
}

/* "Ana Roe, ana@partner.example, ana@home.example": of several guests behind KNOWN the first alone has a name. */
static void tell_one_name(struct reader *reader, const GArray *text, int from, guint known)
{
    const GPtrArray *guests = reader->list->guests;
    int names = 0;
    for (guint i = known; i < guests->len; i++)
        names += *((const struct guest *)guests->pdata[i])->name != '\0' ? 1 : 0;
    gboolean is_first = guests->len > known + 1 && *((const struct guest *)guests->pdata[known])->name != '\0';
    gboolean has_choice = source_has_between(text, from, reader->to, " or ") ||
                          source_has_between(text, from, reader->to, " oder ") ||
                          source_has_between(text, from, reader->to, " ou ");
    if (guests->len > known + 1 && ((is_first && names == 1) || has_choice))
        guest_reader_add_finding(reader, PROBLEM_AMBIGUOUS, source_offset(text, from), 0, TRUE,
                                 g_strdup_printf("Line %d has %u addresses, which may be one person's: all were taken. "
                                                 "Leave out those that are not to be invited.",
                                                 reader->line, guests->len - known));
}

static gboolean is_letter(gunichar character)
{
    return character < BAD_BYTE && g_unichar_isalpha(character);
}

/* From FROM up to TO, between two addresses, there are names with nothing but dividers between them: all but the one
 * that the next address belongs to have none, and that is said. Where the last one begins; TO if IS_END. */
static int tell_nameless(struct reader *reader, const GArray *text, int from, int to, gboolean is_end)
{
    gboolean has_semicolon = source_find_character(text, from, to, ';') >= 0;
    int start = from;
    for (int at = from; at <= to; at++) {
        if (at < to ? source_at(text, at) != (has_semicolon ? ';' : ',') : !is_end)
            continue;
        int first = start;
        int last = at;
        while (first < last && (is_edge(source_at(text, first)) || is_one_of(source_at(text, first), ">)],\"")))
            first++;
        while (last > first && is_edge(source_at(text, last - 1)))
            last--;
        gboolean is_own = at < to && !source_has_kind(text, at + 1, to, is_letter) && !is_end; /* "Ana Roe, ana@..." */
        g_autofree char *name =
            !is_own && address_is_bare_name(text, first, last) ? source_utf8(text, first, last) : NULL;
        g_autofree char *safe = text_safe(name, -1);
        if (name != NULL)
            guest_reader_add_finding(
                reader, PROBLEM_FORM, source_offset(text, first), last - first, FALSE,
                g_strdup_printf("Line %d names %s, and has no address beside it.", reader->line, safe));
        start = name != NULL || has_semicolon ? at + 1 : start;
    }
    return MIN(start, to);
}

void guest_reader_take_list(struct reader *reader, const GArray *text, int from, int to)
{
    struct found last = {from, from};
    struct found found;
    gboolean has_last = FALSE;
    guint known = reader->list->guests->len;
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
        int close = found.to;
        int name_from = tell_nameless(reader, text, last.to, found.from, FALSE);
        g_autofree char *behind = bracketed_name(text, &close, to);
        if (verdict->value != NULL && !is_left_out(reader, verdict->value, text, found.from, found.to))
            add_guest(reader, verdict->value,
                      behind != NULL ? g_steal_pointer(&behind) : address_name_between(text, name_from, found.from),
                      text, found.from, found.to);
        last = found;
        last.to = close;
        has_last = TRUE;
    }
    tell_nameless(reader, text, last.to, to, TRUE);
    tell_one_name(reader, text, from, known);
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

/* The name in "ola@partner.example - Ola Nordmann": a word of it is in the address. Caller frees. */
static char *name_behind(const GArray *cell, const struct found *found)
{
    int from = found->to;
    while (from < source_length(cell) && !g_unichar_isalpha(MIN(source_at(cell, from), 0x10FFFF)))
        from++;
    g_autofree char *typed = source_utf8(cell, from, source_length(cell));
    g_auto(GStrv) words = g_strsplit(typed, " ", -1);
    gboolean is_name = FALSE;
    for (char **word = words; *word != NULL; word++)
        is_name |= strlen(*word) > 2 && source_has_between(cell, found->from, found->to, *word);
    return is_name ? clean_name(cell, from, source_length(cell)) : NULL;
}

/* "ana@partner.example - analyst": *FOUND is the address that CELL begins with, before a dash or a colon and words. */
static gboolean begins_with_address(const GArray *cell, struct found *found)
{
    int from = 0;
    while (is_edge(source_at(cell, from)))
        from++;
    if (!address_find_next(cell, 0, source_length(cell), found) || found->from != from)
        return FALSE;
    int at = found->to;
    while (is_edge(source_at(cell, at)))
        at++;
    gunichar mark = source_at(cell, at);
    g_autofree char *name = name_behind(cell, found);
    return (at > found->to && (mark == '-' || mark == 0x2013 || mark == 0x2014) && is_edge(source_at(cell, at + 1))) ||
           (mark == ':' && is_edge(source_at(cell, at + 1))) ||
           (at > found->to && mark < BAD_BYTE && g_unichar_isupper(mark) && name != NULL);
}

/* "Please add lea@partner.example too": words that ask for it stand before it; *FOUND is the address. */
static gboolean is_asked_for(const GArray *cell, struct found *found)
{
    static const char *const words[] = {"please",  "add",     "invite",     "include",    "also",
                                        "and",     "bitte",   "ergänzen",   "hinzufügen", "einladen",
                                        "ajouter", "ajoutez", "inviter",    "invitez",    "añadir",
                                        "añada",   "invitar", "aggiungere", "toevoegen",  NULL};
    if (!address_find_next(cell, 0, source_length(cell), found) || found->from == 0)
        return FALSE;
    g_autofree char *typed = source_utf8(cell, 0, found->from);
    g_autofree char *lower = g_utf8_strdown(typed, -1);
    g_auto(GStrv) each = g_strsplit(g_strstrip(lower), " ", -1);
    gboolean is_it = each[0] != NULL && each[0][0] != '\0';
    for (char **word = each; *word != NULL; word++)
        is_it &= g_strv_contains(words, *word);
    return is_it;
}

/* "ana@partner.example - analyst", "ana@partner.example: no". FALSE if CELL is not that, or the words are not clear. */
static gboolean take_before_remark(struct reader *reader, const GArray *cell)
{
    struct found found = {0, 0};
    g_autofree char *remark = address_remark(cell, 0, source_length(cell));
    if (remark != NULL || (!begins_with_address(cell, &found) && !is_asked_for(cell, &found)))
        return FALSE;
    g_autofree char *typed = source_utf8(cell, found.from, found.to);
    g_autoptr(Verdict) verdict = validate("email", typed, -1);
    g_autoptr(SourceText) behind = source_copy(cell, found.to, source_length(cell));
    if (!verdict->valid)
        return FALSE;
    if (cell_excludes(behind, "invite"))
        guest_reader_add_finding(
            reader, PROBLEM_AMBIGUOUS, source_offset(cell, found.from), found.to - found.from, FALSE,
            g_strdup_printf("The words behind an address in line %d say that it is not meant: it was left out.",
                            reader->line));
    else if (!is_left_out(reader, verdict->value, cell, found.from, found.to))
        add_guest(reader, verdict->value, name_behind(cell, &found), cell, found.from, found.to);
    return TRUE;
}

void guest_reader_take_single(struct reader *reader, const GPtrArray *cells, int address)
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
    if (take_before_remark(reader, whole))
        return;
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

void guest_reader_name_last(struct reader *reader, const GPtrArray *cells, int address)
{
    struct guest *guest = reader->list->guests->pdata[reader->list->guests->len - 1];
    g_autofree char *name = *guest->name == '\0' ? find_name(reader, cells, address) : NULL;
    if (name != NULL) {
        g_free(guest->name);
        guest->name = g_steal_pointer(&name);
    }
}
