/* SPDX-License-Identifier: MIT */
#include "commands/man_text.h"

#include <string.h>

#include "base/text.h"

#define PAGE_COLUMNS 78
#define TEXT_INDENT 5
#define LIST_INDENT 6

struct printer {
    GString *out;
    GString *words; /* of the paragraph under way, with blanks between */
    int indent;
    const char *name; /* of what the page describes; NULL until it was said */
    gboolean is_synopsis;
    gboolean literal;      /* lines stay as they are */
    gboolean bullet;       /* of the innermost list */
    gboolean blank_wanted; /* before the next paragraph */
};

/* What a macro puts around each of its arguments. */
static const struct inline_macro {
    const char *name;
    const char *before;
    const char *after;
} inline_macros[] = {
    {"Fl", "-", ""}, {"Ar", "", ""}, {"Cm", "", ""},   {"Ql", "‘", "’"}, {"Sy", "", ""}, {"Em", "", ""},
    {"Pa", "", ""},  {"Ev", "", ""}, {"Dq", "“", "”"}, {"Nm", "", ""},   {"No", "", ""}, {"Lk", "", ""},
};

static const struct inline_macro *macro_named(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(inline_macros); i++)
        if (strcmp(inline_macros[i].name, name) == 0)
            return &inline_macros[i];
    return NULL;
}

/* The escapes of roff that the pages use: \& for nothing, \(dq for a quote, \e for itself, \- for a dash. */
static void append_plain(GString *out, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at != '\\' || at[1] == '\0') {
            g_string_append_c(out, *at);
            continue;
        }
        at++;
        if (g_str_has_prefix(at, "(dq")) {
            g_string_append_c(out, '"');
            at += strlen("dq");
        } else if (*at != '&')
            g_string_append_c(out, *at == 'e' ? '\\' : *at);
    }
}

/* Append WORDS, with blanks between, in lines from INDENT to COLUMNS. TRUE if there was any. */
static gboolean append_filled(GString *out, const char *text, int indent, int columns)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    int column = 0;
    for (char **word = words; *word != NULL; word++) {
        int width = text_width(*word);
        if (**word == '\0')
            continue;
        if (column > 0 && column + 1 + width > columns) {
            g_string_append_c(out, '\n');
            column = 0;
        }
        g_string_append_printf(out, "%*s%s", column == 0 ? indent : 1, "", *word);
        column += (column == 0 ? indent : 1) + width;
    }
    return column > 0;
}

static void end_paragraph(struct printer *printer)
{
    gsize start = printer->out->len;
    if (append_filled(printer->out, printer->words->str, printer->indent, PAGE_COLUMNS)) {
        if (printer->blank_wanted && start > 0)
            g_string_insert_c(printer->out, (gssize)start, '\n');
        g_string_append_c(printer->out, '\n');
        printer->blank_wanted = FALSE;
    }
    g_string_truncate(printer->words, 0);
}

static void next_paragraph(struct printer *printer)
{
    end_paragraph(printer);
    printer->blank_wanted = TRUE;
}

/* The words of a macro line, quotes taken off. Caller frees. */
static char **macro_words(const char *line)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (const char *at = line; *at != '\0';) {
        gboolean quoted = *at == '"';
        gsize length = strcspn(at + (quoted ? 1 : 0), quoted ? "\"" : " ");
        if (length > 0)
            g_ptr_array_add(words, g_strndup(at + (quoted ? 1 : 0), length));
        at += length + (quoted ? 2 : 0);
        at += strspn(at, " ");
    }
    g_ptr_array_add(words, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

/* Inline macros among WORDS, and what they say. A closing mark stands without a blank before it, as mdoc has it. */
static void append_inline(struct printer *printer, char **words)
{
    const struct inline_macro *macro = NULL;
    gboolean glued = FALSE;
    gboolean in_option = FALSE;
    for (char **word = words; *word != NULL; word++) {
        gboolean closes = strlen(*word) == 1 && strchr(".,;:?!)]", **word) != NULL;
        if (strcmp(*word, "Op") == 0) {
            g_string_append(printer->words, glued ? "[" : " [");
            macro = NULL;
            in_option = glued = TRUE;
        } else if (strcmp(*word, "Ns") == 0)
            glued = TRUE;
        else if (strcmp(*word, "Xr") == 0 && word[1] != NULL && word[2] != NULL) {
            g_string_append_printf(printer->words, " %s(%s)", word[1], word[2]);
            word += 2;
        } else if (macro_named(*word) != NULL)
            macro = macro_named(*word);
        else {
            gboolean opens = strcmp(*word, "(") == 0;
            g_string_append(printer->words, closes || glued ? "" : " ");
            g_string_append(printer->words, macro != NULL && !closes && !opens ? macro->before : "");
            append_plain(printer->words, *word);
            g_string_append(printer->words, macro != NULL && !closes && !opens ? macro->after : "");
            glued = opens;
        }
    }
    g_string_append(printer->words, in_option ? "]" : "");
}

static void print_heading(struct printer *printer, const char *text, int indent)
{
    next_paragraph(printer);
    printer->indent = indent;
    append_plain(printer->words, text);
    end_paragraph(printer);
    printer->indent = TEXT_INDENT;
}

static void end_item_head(struct printer *printer)
{
    end_paragraph(printer);
    printer->indent += LIST_INDENT;
}

/* Its head stands in WORDS; after Xo it is what comes up to Xc. */
static void print_item(struct printer *printer, char **words)
{
    end_paragraph(printer);
    printer->indent -= LIST_INDENT;
    if (printer->bullet) {
        end_paragraph(printer);
        printer->indent += LIST_INDENT;
        g_string_append(printer->words, "- ");
        return;
    }
    if (words[0] != NULL && strcmp(words[0], "Xo") == 0)
        return;
    append_inline(printer, words);
    end_item_head(printer);
}

static void print_literal(struct printer *printer, const char *line)
{
    g_string_append_printf(printer->out, "%s%*s", printer->blank_wanted ? "\n" : "", printer->indent + 2, "");
    append_plain(printer->out, line);
    g_string_append_c(printer->out, '\n');
    printer->blank_wanted = FALSE;
}

static void print_macro(struct printer *printer, const char *line)
{
    g_auto(GStrv) words = macro_words(line);
    const char *name = words[0] != NULL ? words[0] : "";
    const char *rest = line + strlen(name) + strspn(line + strlen(name), " ");
    static const char *const silent[] = {"Dd", "Dt", "Os", NULL};
    if (name[0] == '\\' || g_strv_contains(silent, name))
        return;
    if (strcmp(name, "Sh") == 0) {
        print_heading(printer, rest, 0);
        printer->is_synopsis = strcmp(rest, "SYNOPSIS") == 0;
    } else if (strcmp(name, "Nm") == 0) {
        if (printer->is_synopsis)
            end_paragraph(printer);
        printer->name = printer->name != NULL ? printer->name : rest;
        g_string_append_printf(printer->words, " %s", rest[0] != '\0' ? rest : printer->name);
    } else if (strcmp(name, "Ss") == 0)
        print_heading(printer, rest, TEXT_INDENT - 2);
    else if (strcmp(name, "Pp") == 0)
        next_paragraph(printer);
    else if (strcmp(name, "Nd") == 0) {
        g_string_append(printer->words, " – ");
        append_plain(printer->words, rest);
    } else if (strcmp(name, "Bl") == 0) {
        next_paragraph(printer);
        printer->bullet = strcmp(words[1], "-bullet") == 0;
        printer->indent += LIST_INDENT;
    } else if (strcmp(name, "It") == 0)
        print_item(printer, words + 1);
    else if (strcmp(name, "Xc") == 0)
        end_item_head(printer);
    else if (strcmp(name, "El") == 0) {
        next_paragraph(printer);
        printer->indent -= LIST_INDENT;
        printer->bullet = FALSE;
    } else if (strcmp(name, "Bd") == 0 || strcmp(name, "Ed") == 0) {
        next_paragraph(printer);
        printer->literal = name[0] == 'B';
    } else if (strcmp(name, "Dl") == 0) {
        end_paragraph(printer);
        print_literal(printer, rest);
    } else
        append_inline(printer, words);
}

char *man_text(const char *page)
{
    g_autoptr(GString) words = g_string_new(NULL);
    struct printer printer = {.out = g_string_new(NULL), .words = words, .indent = TEXT_INDENT};
    g_auto(GStrv) lines = g_strsplit(page, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if ((*line)[0] == '.')
            print_macro(&printer, *line + 1);
        else if (printer.literal)
            print_literal(&printer, *line);
        else if ((*line)[0] != '\0') {
            g_string_append_c(words, ' ');
            append_plain(words, *line);
        }
    }
    end_paragraph(&printer);
    return g_string_free(printer.out, FALSE);
}

char *man_fill(const char *text, int columns)
{
    GString *out = g_string_new(NULL);
    append_filled(out, text, 0, columns);
    return g_string_free(out, FALSE);
}
