#include "ui/views.h"

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

static char *shown_title(const struct console *console, const struct view *view)
{
    (void)console;
    (void)view;
    return g_strdup("Shown once");
}

static void shown_fill(const struct console *console, struct view *view, struct page *page)
{
    (void)console;
    const struct shown *shown = view->data;
    page_paragraph(page, NULL, 0, STYLE_NORMAL, shown->title);
    page_blank(page);
    page_paragraph(page, NULL, 2, STYLE_BOLD, shown->text);
    page_blank(page);
    page_paragraph(
        page, NULL, 0, STYLE_DIM,
        "Write it down or copy it (y): it stands in no file, log or report. It has to be changed at the first "
        "sign-in. Esc closes it for good.");
}

static char *shown_copy(const struct console *console, const struct view *view)
{
    (void)console;
    return g_strdup(((const struct shown *)view->data)->text);
}

static const struct view_ops secret_view = {
    .place = PLACE_READ,
    .title = shown_title,
    .fill = shown_fill,
    .copy = shown_copy,
    .free = shown_free,
    .box = TRUE,
};

struct view *secret_view_new(const struct shown_secret *secret)
{
    struct shown *shown = g_new0(struct shown, 1);
    shown->title = g_strdup(secret->title);
    shown->text = g_strdup(secret->text);
    return view_new(&secret_view, shown);
}
