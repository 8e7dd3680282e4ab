/* SPDX-License-Identifier: MIT */
/* vCard: RFC 6350 and 2426, with the quoted-printable of vCard 2.1. iCalendar: RFC 5545. Users: Microsoft Graph's. */
#include "input/guest_forms.h"

#include <string.h>

#include "base/json.h"
#include "input/status_words.h"

/* What is longer is no link and no line's parameters: a long line is not searched from each of its places. */
enum { LINK_MAX = 500, PARAMETERS_MAX = 500 };

static void put(GArray *out, const char *text, int offset)
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
        source_append(out, g_utf8_get_char(at), offset);
}

/* A person whose address stands at OFFSET. REMARK may be "". */
static void put_person(GArray *out, const char *name, const char *address, int offset, const char *remark)
{
    g_autofree char *plain = g_strdup(name != NULL ? name : "");
    g_strdelimit(plain, "<>\"\r\n\t", ' ');
    g_strstrip(plain);
    const char *quote = strpbrk(plain, ",;|") != NULL ? "\"" : "";
    g_autofree char *before = *plain != '\0' ? g_strconcat(quote, plain, quote, " <", NULL) : g_strdup("<");
    put(out, before, offset);
    int place = offset;
    for (const char *at = address; *at != '\0'; at = g_utf8_next_char(at), place++)
        source_append(out, is_line_break(g_utf8_get_char(at)) ? ' ' : g_utf8_get_char(at), place);
    put(out, ">", place);
    put(out, remark, place);
    source_append(out, '\n', place);
}

/* One logical line of a card, from *AT on, without its folds; *AT becomes the start of the next. Caller unrefs. */
static GArray *read_line(const GArray *text, int *at)
{
    GArray *line = source_new();
    for (;; (*at)++) {
        gunichar character = source_at(text, *at);
        if (character == NO_CHARACTER)
            return line;
        if (!is_line_break(character)) {
            source_append(line, character, source_offset(text, *at));
            continue;
        }
        gboolean has_two = character == '\r' && source_at(text, *at + 1) == '\n';
        int next = *at + (has_two ? 2 : 1);
        gboolean is_soft = source_at(line, source_length(line) - 1) == '=' &&
                           source_has_between(line, 0, MIN(source_length(line), PARAMETERS_MAX), "QUOTED-PRINTABLE");
        if (is_soft)
            g_array_set_size(line, line->len - 1);
        else if (!is_one_of(source_at(text, next), " \t")) {
            *at = next;
            return line;
        }
        *at = is_soft ? next - 1 : next;
    }
}

/* Where the value behind the key and its parameters begins; -1 if LINE has no colon. */
static int value_start(const GArray *line)
{
    gboolean is_quoted = FALSE;
    for (int i = 0; i < source_length(line); i++) {
        is_quoted ^= source_at(line, i) == '"';
        if (source_at(line, i) == ':' && !is_quoted)
            return i + 1;
    }
    return -1;
}

/* KEY, perhaps of a group ("item1.EMAIL"), begins LINE. */
static gboolean has_key(const GArray *line, const char *key)
{
    int from = 0;
    while (is_ascii_alnum(source_at(line, from)) || source_at(line, from) == '-')
        from++;
    from = source_at(line, from) == '.' ? from + 1 : 0;
    return source_has(line, from, key) && is_one_of(source_at(line, from + (int)strlen(key)), ":;");
}

static char *decode_quoted(const char *value)
{
    GString *bytes = g_string_new(NULL);
    for (const char *at = value; *at != '\0'; at++)
        if (*at == '=' && g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2])) {
            g_string_append_c(bytes, (char)(g_ascii_xdigit_value(at[1]) * 16 + g_ascii_xdigit_value(at[2])));
            at += 2;
        } else
            g_string_append_c(bytes, *at);
    char *text = g_utf8_make_valid(bytes->str, (gssize)bytes->len);
    g_string_free(bytes, TRUE);
    return text;
}

/* The value of LINE without escapes. Caller frees. */
static char *read_value(const GArray *line)
{
    int from = value_start(line);
    g_autofree char *typed = source_utf8(line, MAX(from, 0), source_length(line));
    gboolean is_quoted = source_has_between(line, 0, from, "QUOTED-PRINTABLE");
    g_autofree char *plain = is_quoted ? decode_quoted(typed) : g_strdup(typed);
    GString *value = g_string_new(NULL);
    for (const char *at = plain; *at != '\0'; at++) {
        gboolean is_escaped = *at == '\\' && at[1] != '\0';
        at += is_escaped;
        g_string_append_c(value, is_escaped && (*at == 'n' || *at == 'N') ? ' ' : *at);
    }
    g_strstrip(value->str);
    return g_string_free(value, FALSE);
}

/* "Roe;Ana;;;" as "Ana Roe". Caller frees. */
static char *name_of_parts(const GArray *line)
{
    int from = value_start(line);
    g_autofree char *typed = source_utf8(line, MAX(from, 0), source_length(line));
    gboolean is_quoted = source_has_between(line, 0, from, "QUOTED-PRINTABLE");
    g_autofree char *plain = is_quoted ? decode_quoted(typed) : g_strdup(typed);
    g_auto(GStrv) parts = g_strsplit(plain, ";", -1);
    const char *last = parts[0] != NULL ? parts[0] : "";
    const char *first = parts[0] != NULL && parts[1] != NULL ? parts[1] : "";
    g_autofree char *name = g_strconcat(first, " ", last, NULL);
    return g_strdup(g_strstrip(name));
}

/* One card, or what of it is there, up to its end; *AT becomes the place behind it. */
static void read_card(const GArray *text, int *at, GArray *out)
{
    g_autofree char *shown = NULL;
    g_autofree char *built = NULL;
    g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(int));
    int begin = *at;
    while (*at < source_length(text)) {
        int start = *at;
        g_autoptr(SourceText) line = read_line(text, at);
        if (start > begin && source_has(line, 0, "BEGIN:VCARD")) {
            *at = start;
            break;
        }
        int offset = source_offset(line, value_start(line));
        if (has_key(line, "EMAIL")) {
            g_ptr_array_add(addresses, read_value(line));
            g_array_append_val(places, offset);
        } else if (has_key(line, "FN") && shown == NULL)
            shown = read_value(line);
        else if (has_key(line, "N") && built == NULL)
            built = name_of_parts(line);
        if (source_has(line, 0, "END:VCARD"))
            break;
    }
    const char *name = shown != NULL && *shown != '\0' ? shown : built;
    for (guint i = 0; i < addresses->len; i++)
        put_person(out, name, addresses->pdata[i], g_array_index(places, int, i),
                   i == 0 ? "" : " (another address of the one before)");
    if (addresses->len == 0 && name != NULL) {
        put(out, name, source_offset(text, begin));
        source_append(out, '\n', source_offset(text, begin));
    }
}

/* "ATTENDEE;CN=Ana Roe;ROLE=REQ-PARTICIPANT:mailto:ana@partner.example" */
static void read_attendee(const GArray *line, GArray *out)
{
    static const char scheme[] = "mailto:";
    static const char key[] = ";CN=";
    int from = value_start(line);
    int name = source_find(line, 0, key);
    if (from < 0 || !source_has(line, from, scheme))
        return;
    from += (int)strlen(scheme);
    int begin = name + (int)strlen(key);
    gboolean is_quoted = source_at(line, begin) == '"';
    int end = begin + is_quoted;
    while (end < from && !is_one_of(source_at(line, end), is_quoted ? "\"" : ";:"))
        end++;
    g_autofree char *typed = name >= 0 ? source_utf8(line, begin + is_quoted, end) : NULL;
    g_autofree char *address = source_utf8(line, from, source_length(line));
    gboolean is_declined = source_has_between(line, 0, from, "PARTSTAT=DECLINED");
    put_person(out, typed, address, source_offset(line, from), is_declined ? " (declined)" : "");
}

static GArray *read_cards(const GArray *text, gboolean is_calendar)
{
    GArray *out = source_new();
    for (int at = 0; at < source_length(text);) {
        int start = at;
        g_autoptr(SourceText) line = read_line(text, &at);
        if (!is_calendar && source_has(line, 0, "BEGIN:VCARD")) {
            at = start;
            read_card(text, &at, out);
        } else if (is_calendar && has_key(line, "ATTENDEE"))
            read_attendee(line, out);
        else if (!is_calendar && source_find_character(line, 0, source_length(line), '@') >= 0) {
            g_array_append_vals(out, line->data, line->len); /* beside the cards */
            source_append(out, '\n', source_offset(text, start));
        }
    }
    return out;
}

/* What a list in JSON is read into. */
struct people {
    const GArray *text;
    GArray *out;
    int at;     /* behind the last address that was found in the text */
    int choice; /* the place of a person with several addresses; -1 if there is none */
};

/* Where ADDRESS stands; in the order of the document. */
static int place_of(struct people *people, const char *address)
{
    int found = source_find(people->text, people->at, address);
    /* One that is written with escapes is not looked for, nor are those behind it: each look would be a long one. */
    people->at = found >= 0 ? found + (int)strlen(address) : source_length(people->text);
    return MAX(found, 0);
}

static gboolean is_address(const json *value)
{
    return json_is_string(value) && strchr(json_string(value), '@') != NULL && strlen(json_string(value)) < 400;
}

static const char *joined_name(const json *object, char **joined)
{
    const char *name = NULL;
    const char *first = NULL;
    const char *last = NULL;
    json_for_each (member, object) {
        if (!json_is_string(member) || is_address(member) || *json_string(member) == '\0')
            continue;
        enum guest_title title = guest_title_read(json_name(member));
        if (title == TITLE_NAME && (name == NULL || g_str_has_prefix(json_name(member), "display")))
            name = json_string(member);
        else if (title == TITLE_FIRST_NAME)
            first = json_string(member);
        else if (title == TITLE_LAST_NAME)
            last = json_string(member);
    }
    if (name == NULL && first != NULL && last != NULL)
        name = *joined = g_strconcat(first, " ", last, NULL);
    return name;
}

/* What the object says of the person beside the address: nothing, or that the account is not to be used. */
static gboolean is_disabled(const json *object)
{
    json_for_each (member, object) {
        if (!json_is_string(member) && !json_is_bool(member))
            continue;
        const char *value = json_is_bool(member) ? (json_is_true(member) ? "true" : "false") : json_string(member);
        g_autoptr(SourceText) cell = source_from_bytes(value, -1);
        enum guest_title title = guest_title_read(json_name(member));
        if (title != TITLE_NAME && title != TITLE_MAIL && !is_address(member) && cell_excludes(cell, json_name(member)))
            return TRUE;
    }
    return FALSE;
}

static gboolean has_address(const json *value)
{
    gboolean has = FALSE;
    json_for_each (member, value)
        has |= is_address(member) || has_address(member);
    return has;
}

/* "otherMails", "proxyAddresses", "manager": addresses beside the one that PERSON is invited by, and no other people's
 * who are. */
static gboolean has_more_addresses(const json *person)
{
    gboolean has = FALSE;
    json_for_each (member, person) {
        has |= json_is_object(member) && has_address(member);
        if (json_is_array(member))
            json_for_each (item, member)
                has |= is_address(item);
    }
    return has;
}

/* IS_OF_PERSON: VALUE is a list that belongs to somebody with an address. */
static void read_people(struct people *people, const json *value, gboolean is_of_person)
{
    const json *best = NULL;
    gboolean has_several = FALSE;
    json_for_each (member, value) {
        if (!is_address(member))
            continue;
        if (json_name(member) == NULL && !is_of_person)
            put_person(people->out, NULL, json_string(member), place_of(people, json_string(member)), "");
        if (json_name(member) == NULL)
            continue;
        has_several |= best != NULL && g_ascii_strcasecmp(json_string(best), json_string(member)) != 0;
        if (best == NULL ||
            (guest_title_read(json_name(member)) == TITLE_MAIL && guest_title_read(json_name(best)) != TITLE_MAIL))
            best = member;
    }
    if (best != NULL) {
        g_autofree char *joined = NULL;
        const char *name = joined_name(value, &joined);
        int place = place_of(people, json_string(best));
        has_several |= has_more_addresses(value);
        people->choice = has_several && people->choice < 0 ? place : people->choice;
        put_person(people->out, name, json_string(best), place, is_disabled(value) ? " (disabled)" : "");
    }
    json_for_each (member, value)
        if (json_is_array(member) || (json_is_object(member) && best == NULL))
            read_people(people, member, best != NULL);
}

static GArray *read_json(const GArray *text, int *choice)
{
    int from = 0;
    while (is_edge(source_at(text, from)) || is_line_break(source_at(text, from)))
        from++;
    if (!is_one_of(source_at(text, from), "[{"))
        return NULL;
    g_autofree char *typed = source_utf8(text, from, source_length(text));
    g_autoptr(json) document = json_parse(typed, -1, NULL);
    if (document == NULL)
        return NULL;
    struct people people = {.text = text, .out = source_new(), .choice = -1};
    read_people(&people, document, FALSE);
    *choice = people.choice;
    return people.out;
}

static void put_units(GArray *out, const GArray *text, int from, int to)
{
    if (to > from)
        g_array_append_vals(out, &g_array_index(text, struct unit, from), (guint)(to - from));
}

/* "[Ana Roe|mailto:ana@partner.example]" or "[mailto:ana@partner.example Ana Roe]" at FROM as a name and an address in
 * brackets. Its end, or FROM if it is none. */
static int put_wiki_link(GArray *out, const GArray *text, int from, int to)
{
    static const char scheme[] = "mailto:";
    gboolean opens = source_at(text, from) == '[';
    int close = opens ? source_find_character(text, from, MIN(to, from + LINK_MAX), ']') : -1;
    if (close < 0 || !source_has_between(text, from, close, scheme))
        return from;
    int link = source_find(text, from, scheme);
    int address = link + (int)strlen(scheme);
    int end = address;
    while (end < close && !is_edge(source_at(text, end)))
        end++;
    int name = link > from + 1 ? from + 1 : end;
    int name_end = link > from + 1 ? link - 1 : close;
    gboolean has_name = g_unichar_isupper(source_at(text, name + (name == end))) &&
                        source_find_character(text, name, name_end, '@') < 0;
    if (has_name)
        put_units(out, text, name, name_end);
    put(out, has_name ? " <" : "", source_offset(text, link));
    put_units(out, text, address, end);
    put(out, has_name ? ">" : "", source_offset(text, close));
    return close + 1;
}

/* The cells of a wiki's line, divided by single bars. */
static void put_wiki_cells(GArray *out, const GArray *text, int from, int to)
{
    gboolean is_heading = source_at(text, from) == '!';
    while (from < to && is_one_of(source_at(text, from), "|!"))
        from++;
    while (to > from && (is_edge(source_at(text, to - 1)) || source_at(text, to - 1) == '|'))
        to--;
    for (int i = from; i < to;) {
        int behind = put_wiki_link(out, text, i, to);
        if (behind > i) {
            i = behind;
            continue;
        }
        gboolean is_double = source_has(text, i, "||") || (is_heading && source_has(text, i, "!!"));
        source_append(out, is_double ? '|' : source_at(text, i), source_offset(text, i));
        i += is_double ? 2 : 1;
    }
}

/* Tables of MediaWiki, in which a row may have a line for each cell, and of Jira and Confluence: a row is a line. */
static GArray *read_wiki(const GArray *text)
{
    static const char *const signs[] = {"\n||", "{|", "\n|-", "|mailto:", "[mailto:", NULL};
    gboolean is_wiki = source_has(text, 0, "||") || source_find_any(text, signs) >= 0;
    if (!is_wiki)
        return NULL;
    GArray *out = source_new();
    gboolean is_in_table = FALSE;
    gboolean has_cells = FALSE; /* the row that is being put */
    for (int start = 0, end = 0; start < source_length(text); start = end + 1) {
        for (end = start; end < source_length(text) && !is_line_break(source_at(text, end));)
            end++;
        gboolean is_ruler = is_in_table && (source_has(text, start, "|-") || source_has(text, start, "|}"));
        gboolean is_cell = is_one_of(source_at(text, start), "|!");
        if (has_cells && (is_ruler || !is_cell)) {
            source_append(out, '\n', source_offset(text, start));
            has_cells = FALSE;
        }
        if (source_has(text, start, "{|") || is_ruler)
            is_in_table = !source_has(text, start, "|}");
        else {
            if (has_cells)
                source_append(out, '|', source_offset(text, start));
            put_wiki_cells(out, text, start, end);
            has_cells = is_in_table && is_cell;
            if (!has_cells)
                source_append(out, '\n', source_offset(text, end));
        }
        end += source_at(text, end) == '\r' && source_at(text, end + 1) == '\n' ? 1 : 0;
    }
    return out;
}

GArray *guest_forms_text(const GArray *text, int *choice)
{
    *choice = -1;
    if (source_find(text, 0, "BEGIN:VCARD") >= 0)
        return read_cards(text, FALSE);
    if (source_find(text, 0, "BEGIN:VCALENDAR") >= 0)
        return read_cards(text, TRUE);
    GArray *people = read_json(text, choice);
    return people != NULL ? people : read_wiki(text);
}
