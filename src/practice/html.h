/* SPDX-License-Identifier: MIT */
/*
 * The plain pages of the practice tenant: no script, no style from elsewhere.
 */
#ifndef PERCH_PRACTICE_HTML_H
#define PERCH_PRACTICE_HTML_H

#include "practice/call.h"

/* Answer a page with TITLE (plain text) and BODY (HTML). */
void html_page(struct call *call, int status, const char *title, const char *body);

/* A page that says TEXT (plain text). */
void html_message(struct call *call, int status, const char *title, const char *text);

/* Append an input field NAME with VALUE and a LABEL, all plain text; TYPE as in HTML ("text", "hidden", "checkbox").
 * Hidden fields have no label. */
void html_field(GString *form, const char *type, const char *name, const char *label, const char *value);

/* Append a button that sends NAME=VALUE. */
void html_button(GString *form, const char *name, const char *value, const char *label);

#endif
