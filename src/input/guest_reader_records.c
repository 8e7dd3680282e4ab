/* SPDX-License-Identifier: MIT */
/* Records, cells and titles. */
#include "input/guest_reader.h"

#include <string.h>

#include "input/guest_letter.h"
#include "input/status_words.h"

enum { CELLS_MAX = 64, QUOTED_MAX = 2000 };

static void unref_text(gpointer text)
{
    g_array_unref(text);
}

/* The quote at AT is closed before a cell's end, perhaps some lines on. */
static gboolean is_closed_later(const struct reader *reader, int at)
{
    for (int i = at + 1; i < at + QUOTED_MAX && source_at(reader->text, i) != NO_CHARACTER; i++) {
        if (source_at(reader->text, i) != '"')
            continue;
        if (source_at(reader->text, i + 1) == '"') {
            i++;
            continue;
        }
        gunichar next = source_at(reader->text, i + 1);
        return is_line_end(next) || is_one_of(next, reader->separators);
    }
    return FALSE;
}

/* One cell; a quote in a quoted one is doubled, and a line end may stand in it. The place moves behind it, onto what
 * divides it from the next. */
static GArray *read_cell(struct reader *reader)
{
    GArray *cell = source_new();
    gboolean is_quoted = FALSE;
    gboolean is_whole = source_at(reader->text, reader->at) == '"' && is_closed_later(reader, reader->at);
    for (;; reader->at++) {
        gunichar character = source_at(reader->text, reader->at);
        gboolean is_inner_break =
            is_line_break(character) && ((is_quoted && is_whole) || (reader->parts[reader->at] & LETTER_FOLDED) != 0);
        if ((is_line_end(character) && !is_inner_break) || (!is_quoted && is_one_of(character, reader->separators)))
            return cell;
        if (is_inner_break && (reader->parts[reader->at] & LETTER_FOLDED) != 0)
            continue; /* the next line begins with a blank */
        if (character == '"' && is_quoted && source_at(reader->text, reader->at + 1) == '"')
            reader->at++;
        else if (character == '"') {
            is_quoted = !is_quoted;
            continue;
        }
        source_append(cell, is_inner_break ? ' ' : character, source_offset(reader->text, reader->at));
    }
}

GPtrArray *guest_reader_record(struct reader *reader)
{
    GPtrArray *cells = g_ptr_array_new_with_free_func(unref_text);
    reader->from = reader->at;
    do {
        g_autoptr(SourceText) cell = read_cell(reader);
        if (cells->len < CELLS_MAX)
            g_ptr_array_add(cells, g_array_ref(cell));
    } while (!is_line_end(source_at(reader->text, reader->at)) && ++reader->at > 0);
    reader->to = reader->at;
    if (source_at(reader->text, reader->at) == '\r' && source_at(reader->text, reader->at + 1) == '\n')
        reader->at++;
    reader->at++;
    return cells;
}

void guest_reader_titles(struct reader *reader, const GPtrArray *cells)
{
    reader->has_titles = cells->len > 1;
    g_clear_pointer(&reader->titles, g_ptr_array_unref);
    reader->titles = g_ptr_array_new_with_free_func(g_free);
    reader->address_column = reader->name_column = reader->first_name_column = reader->last_name_column = -1;
    for (int i = 0; i < (int)cells->len; i++) {
        char *title = source_utf8(cells->pdata[i], 0, source_length(cells->pdata[i]));
        g_ptr_array_add(reader->titles, title);
        enum guest_title kind = guest_title_read(title);
        if (kind == TITLE_MAIL)
            reader->address_column = reader->address_column < 0 ? i : reader->address_column;
        else if (kind == TITLE_FIRST_NAME)
            reader->first_name_column = i;
        else if (kind == TITLE_LAST_NAME)
            reader->last_name_column = i;
        else if (kind == TITLE_NAME)
            reader->name_column = i;
    }
    int *missing = reader->first_name_column < 0 ? &reader->first_name_column : &reader->last_name_column;
    gboolean has_one = (reader->first_name_column < 0) != (reader->last_name_column < 0);
    if (has_one && reader->name_column >= 0) { /* "Prénom;Nom", "Nombre;Apellidos" */
        *missing = reader->name_column;
        reader->name_column = -1;
    }
}

gboolean guest_reader_name_line(struct reader *reader)
{
    static const char *const whole[] = {"name",
                                        "displayname",
                                        "display name",
                                        "full name",
                                        "fullname",
                                        "nom",
                                        "nom complet",
                                        "nombre",
                                        "nombre completo",
                                        "nome",
                                        "nome completo",
                                        "naam",
                                        "namn",
                                        "navn",
                                        "anzeigename",
                                        "vollständiger name",
                                        NULL};
    int colon = reader->from;
    while (colon < reader->to && !is_one_of(source_at(reader->text, colon), ":="))
        colon++;
    g_autofree char *typed = source_utf8(reader->text, reader->from, colon);
    g_autofree char *key = g_utf8_strdown(typed, -1);
    const char *title = g_strstrip(key);
    title += strspn(title, "-* ");
    if (colon == reader->to || !g_strv_contains(whole, title))
        return FALSE;
    g_autofree char *value = source_utf8(reader->text, colon + 1, reader->to);
    g_autoptr(Verdict) verdict = validate("display-name", g_strstrip(value), -1);
    g_free(reader->pending_name);
    reader->pending_name = g_strdup(verdict->value);
    return verdict->value != NULL;
}

void guest_reader_separator(struct reader *reader)
{
    static const char key[] = "sep=";
    gunichar separator = source_at(reader->text, (int)strlen(key));
    if (!source_has(reader->text, 0, key) || !is_one_of(separator, ",;\t|"))
        return;
    reader->separators = separator == ';' ? ";" : separator == ',' ? "," : separator == '\t' ? "\t" : "|";
    reader->at = line_end(reader->text, reader->at);
    reader->at +=
        source_at(reader->text, reader->at) == '\r' && source_at(reader->text, reader->at + 1) == '\n' ? 2 : 1;
}
