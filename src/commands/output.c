/* SPDX-License-Identifier: MIT */
#include "commands/output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "base/write_out.h"

#define LINE_SIZE 16

gboolean output_may_write(const struct options *options, const char *file, const char *const *endings, GError **error)
{
    gboolean replaces = FALSE;
    if (file == NULL)
        return TRUE;
    g_autofree char *safe = text_safe(file, -1);
    g_autofree char *base = g_path_get_basename(file);
    g_autofree char *name = g_ascii_strdown(base, -1);
    /* A name that says no form is as good as one that says the right one. */
    const char *dot = strrchr(name, '.');
    gboolean fits = dot == NULL || dot == name;
    for (const char *const *ending = endings; !fits && *ending != NULL; ending++)
        fits = g_str_has_suffix(name, *ending);
    if (!fits) {
        g_autofree char *list = g_strjoinv(", ", (char **)endings);
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                    "The end of the name “%s” is not one of %s, which is what would be written.\n"
                    "Name another file, or another --format.",
                    safe, list);
        return FALSE;
    }
    if (!write_out_look(file, &replaces, error))
        return FALSE;
    if (!replaces || options->force)
        return TRUE;
    char line[LINE_SIZE] = "";
    if (isatty(STDIN_FILENO)) {
        fprintf(stderr, "%s is there already. Replace it? [y/N] ", safe);
        if (fgets(line, sizeof line, stdin) != NULL && (line[0] == 'y' || line[0] == 'Y'))
            return TRUE;
    }
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "%s is there already, and stays as it is.\n--force replaces it.",
                safe);
    return FALSE;
}

gboolean output_write(const char *file, const char *what, const char *bytes, gssize length, GError **error)
{
    if (file == NULL) {
        /* main looks whether all of it arrived. */
        fputs(bytes, stdout);
        return TRUE;
    }
    if (!write_out(file, bytes, length, what, error))
        return FALSE;
    g_autofree char *safe = text_safe(file, -1);
    fprintf(stderr, "perch: %s was written to %s\n", what, safe);
    return TRUE;
}
