#include "commands/report_file.h"

#include <string.h>

#include "base/error.h"
#include "base/nearest.h"
#include "commands/report_render.h"

#define OWNER_ONLY 0600

struct report_format {
    const char *name;
    const char *endings[3]; /* of files */
    char *(*render)(const struct report *report);
};

static const struct report_format formats[] = {
    {"text", {".txt", NULL}, report_as_text},
    {"json", {".json", NULL}, report_as_json},
    {"markdown", {".md", ".markdown", NULL}, report_as_markdown},
    {"html", {".html", ".htm", NULL}, report_as_html},
};

const struct report_format *report_format_named(const char *name, GError **error)
{
    const char *names[G_N_ELEMENTS(formats) + 1] = {NULL};
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        names[i] = formats[i].name;
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    }
    g_autofree char *question = nearest_question(name, names);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                "There is no report format “%s”.%s\nThere are text, json, markdown and html.", name, question);
    return NULL;
}

const struct report_format *report_format_of_file(const char *file)
{
    g_autofree char *name = g_ascii_strdown(file, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
        for (const char *const *ending = formats[i].endings; *ending != NULL; ending++)
            if (g_str_has_suffix(name, *ending))
                return &formats[i];
    return NULL;
}

char *report_text(const struct report_format *format, const struct board *board, const struct history *history)
{
    g_autoptr(Report) report = report_new(board, history);
    return format->render(report);
}

gboolean report_write_text(const char *file, const char *text, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents_full(file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 OWNER_ONLY, &cause))
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "The report cannot be written: %s.\nName another file, or mend what is said there.", cause->message);
    return FALSE;
}

gboolean report_write(const char *file, const struct board *board, const struct history *history, GError **error)
{
    const struct report_format *format = report_format_of_file(file);
    if (format == NULL) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                    "The end of the name “%s” does not say the form of the report.\nLet it end in .html, .md, .txt or "
                    ".json.",
                    file);
        return FALSE;
    }
    g_autofree char *text = report_text(format, board, history);
    return report_write_text(file, text, error);
}
