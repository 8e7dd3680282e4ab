#include "input/guest_list.h"

#include "input/finding.h"
#include "input/mapped.h"

enum { FINDINGS_MAX = 100, CELLS_MAX = 64 };

/* A list while it is being read. */
struct reader {
    GArray *text;
    int at;
    int line;
    gboolean has_titles;
    int name_column;      /* as the titles say; -1 if they do not */
    GHashTable *by_email; /* of struct guest, by the address in small letters */
    struct guest_list *list;
    int unshown;             /* findings beyond the limit */
    gboolean unshown_errors; /* one of these is no remark */
};

static void free_guest(gpointer data)
{
    struct guest *guest = data;
    g_free(guest->email);
    g_free(guest->name);
    g_free(guest);
}

static void unref_text(gpointer text)
{
    g_array_unref(text);
}

static gboolean is_line_end(gunichar character)
{
    return is_line_break(character) || character == NO_CHARACTER;
}

/* One cell; a quote in a quoted one is doubled. The place moves behind it, onto what divides it from the next. */
static GArray *read_cell(struct reader *reader)
{
    GArray *cell = mapped_new();
    gboolean is_quoted = FALSE;
    for (;; reader->at++) {
        gunichar character = mapped_at(reader->text, reader->at);
        if (is_line_end(character) || (!is_quoted && is_one_of(character, ",;\t")))
            return cell;
        if (character == '"' && is_quoted && mapped_at(reader->text, reader->at + 1) == '"')
            reader->at++;
        else if (character == '"') {
            is_quoted = !is_quoted;
            continue;
        }
        mapped_append(cell, character, mapped_offset(reader->text, reader->at));
    }
}

/* The cells of one line. Caller unrefs. */
static GPtrArray *read_line(struct reader *reader)
{
    GPtrArray *cells = g_ptr_array_new_with_free_func(unref_text);
    do {
        g_autoptr(MappedText) cell = read_cell(reader);
        if (cells->len < CELLS_MAX)
            g_ptr_array_add(cells, g_array_ref(cell));
    } while (!is_line_end(mapped_at(reader->text, reader->at)) && ++reader->at > 0);
    if (mapped_at(reader->text, reader->at) == '\r' && mapped_at(reader->text, reader->at + 1) == '\n')
        reader->at++;
    reader->at++;
    return cells;
}

static gboolean has_at_sign(const GArray *cell)
{
    for (int i = 0; i < mapped_length(cell); i++)
        if (mapped_at(cell, i) == '@')
            return TRUE;
    return FALSE;
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
        for (int k = 0; k < mapped_length(cells->pdata[i]); k++)
            if (!is_edge(mapped_at(cells->pdata[i], k)))
                return FALSE;
    return TRUE;
}

/* MESSAGE is taken. */
static void add_finding(struct reader *reader, enum problem problem, int offset, int length, gboolean remark,
                        char *message)
{
    if (reader->list->findings->len >= FINDINGS_MAX) {
        reader->unshown++;
        reader->unshown_errors |= !remark;
        g_free(message);
        return;
    }
    struct finding *finding = finding_new(problem, offset, length, message, NULL, NULL);
    finding->remark = remark;
    g_ptr_array_add(reader->list->findings, finding);
}

/* They may go beyond the limit. */
static void add_last_findings(struct reader *reader)
{
    GPtrArray *findings = reader->list->findings;
    if (reader->at < mapped_length(reader->text))
        g_ptr_array_add(findings,
                        finding_new(PROBLEM_TOO_MANY, reader->at, 0,
                                    g_strdup_printf("Only the first %d addresses were read.", GUEST_LIST_LIMIT), NULL,
                                    NULL));
    if (reader->unshown == 0)
        return;
    struct finding *more = finding_new(
        PROBLEM_TOO_MANY, reader->at, 0,
        g_strdup_printf("%d more finding%s not shown.", reader->unshown, reader->unshown == 1 ? " is" : "s are"), NULL,
        NULL);
    more->remark = !reader->unshown_errors;
    g_ptr_array_add(findings, more);
}

static void read_titles(struct reader *reader, const GPtrArray *cells)
{
    reader->has_titles = TRUE;
    for (guint i = 0; i < cells->len; i++)
        if (mapped_find(cells->pdata[i], 0, "name") >= 0)
            reader->name_column = (int)i;
}

/* Say what is wrong with an address. REMARK: it was mended. */
static void tell_address(struct reader *reader, const GArray *cell, const struct verdict *verdict, gboolean remark)
{
    for (guint i = 0; i < verdict->findings->len; i++) {
        const struct finding *finding = verdict->findings->pdata[i];
        int offset = mapped_offset(cell, MIN(finding->offset, mapped_length(cell)));
        add_finding(reader, finding->problem, offset, finding->length, remark,
                    g_strdup_printf("Line %d, in the address: %s", reader->line, finding->message));
    }
}

/* The name in CELL as a directory takes it; NULL if there is none. Caller frees. */
static char *clean_name(const GArray *cell)
{
    g_autofree char *typed = mapped_text(cell, 0, mapped_length(cell));
    g_autoptr(Verdict) verdict = validate("display-name", typed, -1);
    return g_strdup(verdict->value);
}

/* Where the address begins in "Name <address>" or "Name address"; 0 where nothing stands before it. */
static int address_start(const GArray *cell)
{
    int open = mapped_find(cell, 0, "<");
    int end = mapped_length(cell);
    while (end > 0 && is_edge(mapped_at(cell, end - 1)))
        end--;
    while (open < 0 && end > 0 && !is_visible_space(mapped_at(cell, end - 1)))
        end--;
    return open >= 0 ? open : end;
}

/* TRUE if there is a space that does not stand at the edge of what is the address, or a second address before it: to
 * take the space out would make an address that nobody wrote. */
static gboolean is_torn(const GArray *cell, int start)
{
    int close = mapped_find(cell, start, ">");
    int end = close >= 0 ? close : mapped_length(cell);
    int from = mapped_at(cell, start) == '<' ? start + 1 : start;
    g_autoptr(MappedText) before = mapped_copy(cell, 0, start);
    while (from < end && is_edge(mapped_at(cell, from)))
        from++;
    while (end > from && is_edge(mapped_at(cell, end - 1)))
        end--;
    for (int i = from; i < end; i++)
        if (is_visible_space(mapped_at(cell, i)))
            return TRUE;
    return mapped_at(cell, from) == '@' || has_at_sign(before);
}

static char *name_before_address(const GArray *cell)
{
    int start = address_start(cell);
    if (start <= 0)
        return NULL;
    g_autoptr(MappedText) before = mapped_copy(cell, 0, start);
    return clean_name(before);
}

/* Where the titles say, else before the address in its cell, else, without titles, the first other cell. Caller frees.
 */
static char *find_name(const struct reader *reader, const GPtrArray *cells, int address)
{
    if (reader->name_column >= 0 && reader->name_column < (int)cells->len && reader->name_column != address)
        return clean_name(cells->pdata[reader->name_column]);
    char *name = name_before_address(cells->pdata[address]);
    for (int i = 0; name == NULL && !reader->has_titles && i < (int)cells->len; i++)
        if (i != address && !has_at_sign(cells->pdata[i]))
            name = clean_name(cells->pdata[i]);
    return name;
}

static void add_guest(struct reader *reader, const GPtrArray *cells, int address, const char *email)
{
    g_autofree char *key = g_ascii_strdown(email, -1);
    const struct guest *known = g_hash_table_lookup(reader->by_email, key);
    const GArray *cell = cells->pdata[address];
    if (known != NULL) {
        add_finding(
            reader, PROBLEM_AMBIGUOUS, mapped_offset(cell, 0), mapped_length(cell), TRUE,
            g_strdup_printf("Line %d has the same address as line %d; it was taken once.", reader->line, known->line));
        return;
    }
    struct guest *guest = g_new0(struct guest, 1);
    guest->email = g_strdup(email);
    guest->name = find_name(reader, cells, address);
    if (guest->name == NULL)
        guest->name = g_strdup("");
    guest->line = reader->line;
    g_ptr_array_add(reader->list->guests, guest);
    g_hash_table_insert(reader->by_email, g_steal_pointer(&key), guest);
}

static void take_line(struct reader *reader, const GPtrArray *cells, int offset)
{
    int address = find_address(cells);
    if (is_blank_line(cells))
        return;
    if (address < 0 && reader->list->guests->len == 0) {
        read_titles(reader, cells);
        return;
    }
    if (address < 0) {
        add_finding(reader, PROBLEM_FORM, offset, MAX(reader->at - 1 - offset, 0), FALSE,
                    g_strdup_printf("Line %d has no e-mail address.", reader->line));
        return;
    }
    const GArray *whole = cells->pdata[address];
    int start = address_start(whole);
    if (is_torn(whole, start)) {
        add_finding(reader, PROBLEM_FORM, offset, MAX(reader->at - 1 - offset, 0), FALSE,
                    g_strdup_printf("Line %d has a space within or behind its address: it was left out. Write name, "
                                    "comma, address.",
                                    reader->line));
        return;
    }
    g_autoptr(MappedText) cell = mapped_copy(whole, start, mapped_length(whole));
    g_autofree char *typed = mapped_text(cell, 0, mapped_length(cell));
    g_autoptr(Verdict) verdict = validate("email", typed, -1);
    gboolean is_display_form = mapped_find(cell, 0, "<") >= 0 && verdict->value != NULL;
    if (!is_display_form)
        tell_address(reader, cell, verdict, verdict->value != NULL);
    if (verdict->value != NULL)
        add_guest(reader, cells, address, verdict->value);
}

struct guest_list *guest_list_read(const char *text, gssize length)
{
    g_autoptr(MappedText) units = mapped_from_bytes(text, length);
    struct reader reader = {.text = units, .name_column = -1, .list = g_new0(struct guest_list, 1)};
    reader.list->guests = g_ptr_array_new_with_free_func(free_guest);
    reader.list->findings = findings_new();
    reader.by_email = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    while (reader.at < mapped_length(units) && reader.list->guests->len < GUEST_LIST_LIMIT) {
        int start = reader.at;
        reader.line++;
        g_autoptr(GPtrArray) cells = read_line(&reader);
        take_line(&reader, cells, start);
    }
    add_last_findings(&reader);
    g_hash_table_unref(reader.by_email);
    return reader.list;
}

void guest_list_free(struct guest_list *list)
{
    g_ptr_array_unref(list->guests);
    g_ptr_array_unref(list->findings);
    g_free(list);
}
