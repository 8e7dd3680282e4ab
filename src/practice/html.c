/* SPDX-License-Identifier: MIT */
#include "practice/html.h"

#include <string.h>

void html_page(struct call *call, int status, const char *title, const char *body)
{
    g_autofree char *safe = g_markup_escape_text(title, -1);
    answer_html(call, status,
                g_strdup_printf("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title>"
                                "<style>body{font:1rem sans-serif;max-width:40rem;margin:2rem auto}"
                                "label{display:block;margin:.5rem 0}</style></head><body>"
                                "<p><strong>Practice tenant on this machine. Nothing here is real.</strong></p>"
                                "<h1>%s</h1>%s</body></html>",
                                safe, safe, body));
}

void html_message(struct call *call, int status, const char *title, const char *text)
{
    g_autofree char *body = g_markup_printf_escaped("<p>%s</p>", text);
    html_page(call, status, title, body);
}

void html_field(GString *form, const char *type, const char *name, const char *label, const char *value)
{
    g_autofree char *field =
        g_markup_printf_escaped("<input type=\"%s\" name=\"%s\" value=\"%s\">", type, name, value != NULL ? value : "");
    if (strcmp(type, "hidden") == 0) {
        g_string_append(form, field);
        return;
    }
    g_autofree char *safe = g_markup_escape_text(label, -1);
    g_string_append_printf(form, "<label>%s %s</label>", safe, field);
}

void html_button(GString *form, const char *name, const char *value, const char *label)
{
    g_autofree char *button =
        g_markup_printf_escaped("<button name=\"%s\" value=\"%s\">%s</button> ", name, value, label);
    g_string_append(form, button);
}
