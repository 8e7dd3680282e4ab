/* SPDX-License-Identifier: MIT */
#include "ui/views/message_view.h"

#include <string.h>

#include "ui/navigation.h"

struct message {
    char *headline;
    char *hint;
    char *link; /* NULL: it is about none */
};

static void message_free(gpointer data)
{
    struct message *message = data;
    g_free(message->headline);
    g_free(message->hint);
    g_free(message->link);
    g_free(message);
}

static void message_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    (void)console;
    const struct message *message = overlay->data;
    if (*message->headline != '\0')
        layout_paragraph(layout, NULL, 0, STYLE_BOLD, message->headline);
    if (*message->hint != '\0') {
        layout_blank(layout);
        layout_paragraph(layout, NULL, 0, STYLE_NORMAL, message->hint);
    }
    layout_blank(layout);
    layout_paragraph(layout, NULL, 0, STYLE_DIM,
                     *message->headline != '\0'
                         ? "Esc goes back. The log keeps what was exchanged with Microsoft, if anything was."
                         : "Esc goes back.");
}

static char *message_copy(const struct console *console, const struct overlay *overlay)
{
    (void)console;
    const struct message *message = overlay->data;
    if (message->link != NULL)
        return g_strdup(message->link);
    gboolean both = *message->headline != '\0' && *message->hint != '\0';
    return g_strconcat(message->headline, both ? "\n" : "", message->hint, NULL);
}

static void message_choose(struct console *console, struct overlay *overlay)
{
    (void)overlay;
    console_pop(console);
}

static const struct overlay_ops message_view = {
    .place = PLACE_READ,
    .fill = message_fill,
    .choose = message_choose,
    .enter = "back",
    .copy = message_copy,
    .free = message_free,
    .box = TRUE,
};

struct overlay *message_view_new(const char *title, const char *headline, const char *hint)
{
    struct message *message = g_new0(struct message, 1);
    message->headline = g_strdup(headline);
    message->hint = g_strdup(hint);
    return overlay_new(&message_view, title, message);
}

struct overlay *message_view_new_about(const char *title, const char *headline, const char *hint, const char *link)
{
    struct overlay *overlay = message_view_new(title, headline, hint);
    ((struct message *)overlay->data)->link = g_strdup(link);
    return overlay;
}

const char *message_view_link(const struct overlay *overlay)
{
    return overlay != NULL && overlay->ops == &message_view ? ((const struct message *)overlay->data)->link : NULL;
}

gboolean message_view_is(const struct overlay *overlay, const char *title)
{
    return overlay != NULL && overlay->ops == &message_view && strcmp(overlay->title, title) == 0;
}
