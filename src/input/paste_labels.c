/* SPDX-License-Identifier: MIT */
#include "input/paste_labels.h"

#include <string.h>

#include "input/hub_labels.h"

static gboolean begins_with(const char *line, const char *label)
{
    static const char name[] = " name";
    const char *at = line + strspn(line, " \t>*-|");
    gsize length = strlen(label);
    if (g_ascii_strncasecmp(at, label, length) != 0)
        return FALSE;
    at += length;
    if (g_ascii_strncasecmp(at, name, strlen(name)) == 0)
        at += strlen(name);
    at += strspn(at, " \t*");
    return *at == ':' && strchr("\r\n", at[1 + strspn(at + 1, " \t*")]) == NULL; /* nor the text's end */
}

int paste_line_labelled(const char *text, const char *label)
{
    int number = 1;
    if (*label == '\0' || label_read(label).kind != LABEL_OTHER)
        return 0;
    for (const char *line = text; *line != '\0'; number++) {
        if (begins_with(line, label))
            return number;
        line += strcspn(line, "\r\n");
        line += strncmp(line, "\r\n", 2) == 0 ? 2 : *line != '\0'; /* terminals paste a carriage return alone */
    }
    return 0;
}
