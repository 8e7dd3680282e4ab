/* SPDX-License-Identifier: MIT */
/* Rows and columns: Markdown, tabs, CSV, and the tables that az and PowerShell print with dashes below the titles. */
#include <string.h>

#include "input/name_search.h"
#include "input/status_words.h"

enum { CELLS_MAX = 40, ROWS_MAX = 60, STATUS_MAX = 40 };

struct cell {
    int from;
    int to;
};

struct row {
    struct cell cells[CELLS_MAX];
    int n;
    int to;              /* the line's end */
    gboolean is_shifted; /* a column's edge runs through a word: the columns are not where the ruler has them */
};

/* The cells of the line at FROM, divided by SEPARATOR; a quoted cell may hold one. */
static struct row split_row(const GArray *text, int from, gunichar separator)
{
    struct row row = {.to = line_end(text, from)};
    int at = from;
    while (at < row.to &&
           (is_blank(source_at(text, at)) || source_at(text, at) == '>' ||
            (separator == '|' && source_at(text, at) == '|')) &&
           !(separator == '\t' && source_at(text, at) == '\t'))
        at++;
    gboolean is_doubled = separator == '|' && source_has(text, from, "||");
    while (at < row.to && row.n < CELLS_MAX) {
        struct cell *cell = &row.cells[row.n++];
        gboolean is_quoted = source_at(text, at) == '"' && separator != '|';
        cell->from = at;
        for (at += is_quoted; at < row.to; at++) {
            gunichar character = source_at(text, at);
            if (is_quoted && character == '"')
                is_quoted = FALSE;
            else if (!is_quoted && (character == separator || (separator == '|' && character == 0x2502)))
                break;
        }
        cell->to = at++;
        if (is_doubled && source_at(text, at) == '|')
            at++;
    }
    if (separator == '|' && row.n > 1 && skip_blanks(text, row.cells[row.n - 1].from, row.to) >= row.to)
        row.n--;
    return row;
}

static gboolean is_ruler(const GArray *text, int from, int to)
{
    int dashes = 0;
    for (int i = from; i < to; i++) {
        if (!is_one_of(source_at(text, i), "-=|+: \t>") && source_at(text, i) != 0x2500)
            return FALSE;
        dashes += is_one_of(source_at(text, i), "-=") || source_at(text, i) == 0x2500;
    }
    return dashes > 2;
}

/* The columns that the runs of dashes from FROM on make, as cells of that line. */
static struct row ruler_columns(const GArray *text, int from)
{
    struct row row = {.to = line_end(text, from)};
    for (int at = from; at < row.to && row.n < CELLS_MAX;) {
        if (!is_one_of(source_at(text, at), "-=")) {
            at++;
            continue;
        }
        struct cell *cell = &row.cells[row.n++];
        cell->from = at;
        while (is_one_of(source_at(text, at), "-="))
            at++;
        cell->to = at;
    }
    return row;
}

/* The cells of the line at FROM, in the columns of a ruler that begins at RULER_FROM. */
static struct row cut_row(const GArray *text, int from, const struct row *ruler, int ruler_from)
{
    struct row row = {.n = ruler->n, .to = line_end(text, from)};
    for (int i = 0; i < ruler->n; i++) {
        int start = from + ruler->cells[i].from - ruler_from;
        int end = i + 1 < ruler->n ? from + ruler->cells[i + 1].from - ruler_from : row.to;
        row.cells[i].from = MIN(start, row.to);
        row.cells[i].to = MIN(end, row.to);
        gboolean is_cut =
            i > 0 && start < row.to && !is_blank(source_at(text, start - 1)) && !is_blank(source_at(text, start));
        while (is_cut && row.cells[i - 1].to < row.to && !is_blank(source_at(text, row.cells[i - 1].to)))
            row.cells[i - 1].to++;
        row.is_shifted |= is_cut;
        while (row.cells[i].to > row.cells[i].from && is_blank(source_at(text, row.cells[i].to - 1)))
            row.cells[i].to--;
    }
    return row;
}

static int next_start(const GArray *text, int to)
{
    if (source_at(text, to) == NO_CHARACTER)
        return -1;
    return to + (source_at(text, to) == '\r' && source_at(text, to + 1) == '\n' ? 2 : 1);
}

static struct label cell_label(const GArray *text, struct cell cell)
{
    enum { TITLE_MAX = 80 };
    if (cell.to - cell.from > TITLE_MAX)
        return (struct label){.kind = LABEL_OTHER};
    g_autofree char *title = source_utf8(text, cell.from, cell.to);
    return label_read(title);
}

/* The column that titles an Event Hub's name; -1 if there is none. */
static int find_column(const GArray *text, const struct row *titles, struct label *label)
{
    enum resource_kind kind = RESOURCE_UNKNOWN; /* that the titles tell */
    for (int i = 0; i < titles->n && kind == RESOURCE_UNKNOWN; i++) {
        g_autofree char *title = source_utf8(text, titles->cells[i].from, titles->cells[i].to);
        kind = resource_property_kind(g_strstrip(title));
    }
    int best = -1;
    for (int i = 0; i < titles->n; i++) {
        struct label found = cell_label(text, titles->cells[i]);
        gboolean is_better = found.kind == LABEL_HUB_NAME || (best < 0 && found.kind == LABEL_HUB) ||
                             (best < 0 && found.kind == LABEL_NAME && kind == RESOURCE_HUB);
        if (!is_better)
            continue;
        best = i;
        *label = found;
        if (found.kind == LABEL_HUB_NAME)
            break;
    }
    if (best >= 0 && label->kind == LABEL_NAME)
        label->kind = LABEL_HUB_NAME;
    return best;
}

static void mark_taken(struct name_search *search, int from, int to)
{
    for (int i = from; i < to; i++)
        search->is_taken[i] = READ_AS_FORM;
}

/* Another cell of the row says that its hub is not to be used: "disabled", "deleted". */
static gboolean is_row_excluded(const GArray *text, const struct row *row, int column)
{
    gboolean is_excluded = FALSE;
    for (int i = 0; i < row->n && !is_excluded; i++) {
        if (i == column || row->cells[i].to - row->cells[i].from > STATUS_MAX)
            continue;
        g_autoptr(SourceText) cell = source_copy(text, row->cells[i].from, row->cells[i].to);
        is_excluded = cell_excludes(cell, NULL);
    }
    return is_excluded;
}

static void take_cell(struct name_search *search, struct label label, struct cell cell)
{
    if (skip_blanks(search->text, cell.from, cell.to) < cell.to)
        name_search_take(search, label, FORM_CELL, cell.from, cell.to);
}

/* The names that a column gave, which are the candidates from FIRST on: of several none is clear, unless the text says
 * of all but one that it is not to be used. */
static void weigh_column(struct name_search *search, guint first)
{
    const char *name = NULL;
    gboolean has_several = FALSE;
    for (guint i = first; i < search->candidates->len; i++) {
        const struct name_candidate *candidate = search->candidates->pdata[i];
        if (candidate->is_disowned || candidate->is_joined)
            continue;
        has_several |= name != NULL && g_ascii_strcasecmp(name, candidate->name) != 0;
        name = candidate->name;
    }
    for (guint i = first; i < search->candidates->len && has_several; i++)
        ((struct name_candidate *)search->candidates->pdata[i])->weight = WEIGHT_OFFERED;
}

/* The line at FROM titles columns that a ruler below divides. Returns the end of the table; -1 if it is none. */
static int read_ruled(struct name_search *search, int from)
{
    const GArray *text = search->text;
    int ruler_from = next_start(text, line_end(text, from));
    if (ruler_from < 0 || !is_ruler(text, ruler_from, line_end(text, ruler_from)) ||
        source_has_between(text, ruler_from, line_end(text, ruler_from), "|") ||
        source_has_between(text, ruler_from, line_end(text, ruler_from), "+"))
        return -1;
    struct row ruler = ruler_columns(text, ruler_from);
    if (ruler.n < 2)
        return -1;
    struct row titles = cut_row(text, from, &ruler, ruler_from);
    struct label label = {.kind = LABEL_OTHER};
    int column = find_column(text, &titles, &label);
    if (column < 0)
        return -1; /* its rows may be pairs */
    int at = next_start(text, ruler.to);
    int end = ruler.to;
    guint first = search->candidates->len;
    for (int n = 0; at >= 0 && n < ROWS_MAX; n++) {
        struct row row = cut_row(text, at, &ruler, ruler_from);
        if (skip_blanks(text, at, row.to) >= row.to)
            break;
        struct label of_row = row.is_shifted ? (struct label){.kind = LABEL_HUB_LOOSE} : label;
        of_row.is_old |= is_row_excluded(text, &row, column);
        take_cell(search, of_row, row.cells[column]);
        end = row.to;
        at = next_start(text, row.to);
    }
    weigh_column(search, first);
    mark_taken(search, from, end);
    return end;
}

/* "Event Hub name | telemetry": the next cell is the value, and no title. */
static gboolean is_pair_row(const GArray *text, const struct row *row, int column, const struct row *below)
{
    if (column + 1 >= row->n)
        return FALSE;
    struct label next = cell_label(text, row->cells[column + 1]);
    struct hub_value value = hub_value_read(text, row->cells[column + 1].from, row->cells[column + 1].to);
    gboolean is_value = next.kind == LABEL_OTHER && value.state != VALUE_NONE;
    hub_value_clear(&value);
    if (!is_value || row->n > column + 3)
        return FALSE;
    if (below->n != row->n)
        return TRUE;
    return !source_has_between(text, below->cells[0].from, below->to, "/subscriptions/") ||
           cell_label(text, below->cells[column]).kind != LABEL_OTHER;
}

/* The cells behind a row's label; with several names none is clear. */
static void take_values(struct name_search *search, struct label label, const struct row *row)
{
    for (int i = 2; i < row->n; i++) {
        struct hub_value value = hub_value_read(search->text, row->cells[i].from, row->cells[i].to);
        if (value.state == VALUE_GOOD && value.tail == TAIL_END && word_read(value.name, TRUE) == WORD_NAME)
            label.kind = LABEL_PAIR;
        hub_value_clear(&value);
    }
    for (int i = 1; i < row->n && (i == 1 || label.kind == LABEL_PAIR); i++)
        take_cell(search, label, row->cells[i]);
}

/* A row of titles with a name's column; the rows below have the values. Returns the end; -1 if it is none. */
static int read_divided(struct name_search *search, int from, gunichar separator)
{
    const GArray *text = search->text;
    struct row titles = split_row(text, from, separator);
    struct label label = {.kind = LABEL_OTHER};
    gboolean may_title = titles.n > 1 && !source_has_between(text, from, titles.to, "/subscriptions/");
    int column = may_title ? find_column(text, &titles, &label) : -1;
    int at = next_start(text, titles.to);
    if (at >= 0 && is_ruler(text, at, line_end(text, at)))
        at = next_start(text, line_end(text, at));
    if (column < 0 || at < 0)
        return -1;
    struct row below = split_row(text, at, separator);
    /* "Event Hub name;telemetry": a row that begins with the label and has one or two cells behind it. */
    gboolean is_key_row = is_one_of(separator, ";,") && column == 0 && titles.n < 4 && label.kind == LABEL_HUB_NAME &&
                          !source_has_between(text, titles.cells[0].from, titles.cells[0].to, ":");
    if (is_key_row && is_pair_row(text, &titles, column, &below))
        take_values(search, label, &titles);
    if (below.n != titles.n || is_pair_row(text, &titles, column, &below) ||
        cell_label(text, below.cells[column]).kind != LABEL_OTHER)
        return -1;
    int end = titles.to;
    guint first = search->candidates->len;
    for (int n = 0; at >= 0 && n < ROWS_MAX; n++) {
        struct row row = split_row(text, at, separator);
        if (row.n != titles.n)
            break;
        struct label of_row = label;
        of_row.is_old |= is_row_excluded(text, &row, column);
        take_cell(search, of_row, row.cells[column]);
        end = row.to;
        at = next_start(text, row.to);
    }
    weigh_column(search, first);
    mark_taken(search, from, end);
    return end;
}

void read_tables(struct name_search *search)
{
    static const gunichar separators[] = {'|', '\t', ';', ','};
    for (int at = 0; at >= 0 && at < source_length(search->text);) {
        int end = line_end(search->text, at);
        int table = search->is_taken[at] == READ_AS_FORM || at == end ? end : read_ruled(search, at);
        for (gsize i = 0; table < 0 && i < G_N_ELEMENTS(separators); i++)
            if (source_has_between(search->text, at, end, (char[]){(char)separators[i], '\0'}))
                table = read_divided(search, at, separators[i]);
        at = next_start(search->text, MAX(table, end));
    }
}
