/* SPDX-License-Identifier: MIT */
#include "ui/views/secret_view.h"

#include <string.h>

struct shown {
    char *title;
    char *text;
};

static void shown_free(gpointer data)
{
    struct shown *shown = data;
    explicit_bzero(shown->text, strlen(shown->text));
    g_free(shown->title);
    g_free(shown->text);
    g_free(shown);
}

static void shown_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    (void)console;
    const struct shown *shown = overlay->data;
    layout_paragraph(layout, NULL, 0, STYLE_NORMAL, shown->title);
    layout_blank(layout);
    layout_paragraph(layout, NULL, 2, STYLE_BOLD, shown->text);
    layout_blank(layout);
    layout_paragraph(
        layout, NULL, 0, STYLE_DIM,
        "Write it down or copy it (y): it stands in no file, log or report. Half a minute after copying it is taken "
        "off the clipboard. It has to be changed at the first sign-in. Esc closes it for good.");
}

static char *shown_copy(const struct console *console, const struct overlay *overlay)
{
    (void)console;
    return g_strdup(((const struct shown *)overlay->data)->text);
}

static const struct overlay_ops secret_view = {
    .place = PLACE_READ,
    .fill = shown_fill,
    .copy = shown_copy,
    .free = shown_free,
    .box = TRUE,
};

gboolean secret_view_is(const struct overlay *view)
{
    return view != NULL && view->ops == &secret_view;
}

struct overlay *secret_view_new(const struct shown_secret *secret)
{
    struct shown *shown = g_new0(struct shown, 1);
    shown->title = g_strdup(secret->title);
    shown->text = g_strdup(secret->text);
    return overlay_new(&secret_view, "Shown once", shown);
}
