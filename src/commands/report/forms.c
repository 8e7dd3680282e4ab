/* SPDX-License-Identifier: MIT */
#include "commands/report/forms.h"

#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "base/write_out.h"
#include "commands/report/document.h"
#include "commands/report/print.h"

static const struct report_form forms[] = {
    {"text", {".txt", ".text", NULL}, .print = print_text},
    {"oscal", {".oscal.json", NULL}, .tell = report_as_oscal, .report_only = TRUE},
    {"json", {".json", NULL}, .tell = report_as_json},
    {"markdown", {".md", ".markdown", NULL}, .print = print_markdown},
    {"html", {".html", ".htm", NULL}, .print = print_html},
    {"csv", {".csv", NULL}, .tell = report_as_csv, .report_only = TRUE},
};

const struct report_form *report_form_named(const char *name, GError **error)
{
    const char *names[G_N_ELEMENTS(forms) + 1] = {NULL};
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        names[i] = forms[i].name;
        if (strcmp(forms[i].name, name) == 0)
            return &forms[i];
    }
    g_autofree char *question = suggest_question(name, names);
    g_autofree char *all = g_strjoinv(", ", (char **)names);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "There is no report format “%s”.%s\nThere are %s.", name,
                question, all);
    return NULL;
}

/* The form that FILE's name ends in; NULL if it ends in none. */
static const struct report_form *report_form_of_file(const char *file)
{
    g_autofree char *name = g_ascii_strdown(file, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++)
        for (const char *const *ending = forms[i].endings; *ending != NULL; ending++)
            if (g_str_has_suffix(name, *ending))
                return &forms[i];
    return NULL;
}

char *report_text(const struct report_form *form, const struct board *board, const struct history *history, gint64 made)
{
    g_autoptr(Report) report = report_new(board, history, made);
    if (form->tell != NULL)
        return form->tell(report);
    g_autoptr(GPtrArray) document = report_document(report);
    return form->print(document);
}

const struct report_form *report_form_chosen(const char *format, const char *file, gboolean as_json, GError **error)
{
    const struct report_form *of_file = file != NULL ? report_form_of_file(file) : NULL;
    if (format != NULL)
        return report_form_named(format, error);
    if (of_file != NULL && !as_json)
        return of_file;
    return report_form_named(as_json ? "json" : "text", error);
}

const struct report_form *report_form_at(guint i)
{
    return i < G_N_ELEMENTS(forms) ? &forms[i] : NULL;
}

gboolean report_write(const char *file, const struct board *board, const struct history *history, GError **error)
{
    const struct report_form *form = report_form_of_file(file);
    if (form == NULL) {
        g_set_error(
            error, PERCH_ERROR, PERCH_ERROR_USAGE,
            "The end of the name “%s” does not say the form of the report.\nLet it end in .html, .md, .txt, .csv, "
            ".json or .oscal.json.",
            file);
        return FALSE;
    }
    g_autofree char *text = report_text(form, board, history, clock_now(&board->clock));
    return write_out(file, text, -1, "The report", error);
}
