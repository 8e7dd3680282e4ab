#include "ui/views.h"

struct message {
    char *title;
    char *headline;
    char *hint;
};

static void message_free(gpointer data)
{
    struct message *message = data;
    g_free(message->title);
    g_free(message->headline);
    g_free(message->hint);
    g_free(message);
}

static char *message_title(const struct console *console, const struct view *view)
{
    (void)console;
    return g_strdup(((const struct message *)view->data)->title);
}

static void message_fill(const struct console *console, struct view *view, struct page *page)
{
    (void)console;
    const struct message *message = view->data;
    page_paragraph(page, NULL, 0, STYLE_BOLD, message->headline);
    if (*message->hint != '\0') {
        page_blank(page);
        page_paragraph(page, NULL, 0, STYLE_NORMAL, message->hint);
    }
    page_blank(page);
    page_paragraph(page, NULL, 0, STYLE_DIM, "Esc goes back. The log keeps the whole exchange.");
}

static char *message_copy(const struct console *console, const struct view *view)
{
    (void)console;
    const struct message *message = view->data;
    return g_strdup_printf("%s\n%s", message->headline, message->hint);
}

static void message_choose(struct console *console, struct view *view)
{
    (void)view;
    console_pop(console);
}

static const struct view_ops message_view = {
    .place = PLACE_READ,
    .title = message_title,
    .fill = message_fill,
    .choose = message_choose,
    .copy = message_copy,
    .free = message_free,
    .box = TRUE,
};

struct view *message_view_new(const char *title, const char *headline, const char *hint)
{
    struct message *message = g_new0(struct message, 1);
    message->title = g_strdup(title);
    message->headline = g_strdup(headline);
    message->hint = g_strdup(hint);
    return view_new(&message_view, message);
}
