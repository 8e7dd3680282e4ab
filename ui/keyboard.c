#include "ui/keyboard.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "input/bracket.h"

/* A lone Esc and the beginning of a longer sequence are told apart by what follows within this time. */
#define ESCAPE_TIME (25 * G_TIME_SPAN_MILLISECOND)

struct keyboard {
    int file;
    keyboard_handler handler;
    gpointer data;
    struct bracket *bracket;
    struct press_decoder decoder;
    gint64 decoder_since;
};

struct keyboard *keyboard_new(int file, keyboard_handler handler, gpointer data)
{
    struct keyboard *keyboard = g_new0(struct keyboard, 1);
    keyboard->file = file;
    keyboard->handler = handler;
    keyboard->data = data;
    keyboard->bracket = bracket_new();
    return keyboard;
}

void keyboard_free(struct keyboard *keyboard)
{
    if (keyboard == NULL)
        return;
    bracket_free(keyboard->bracket);
    g_free(keyboard);
}

static void hand_keys(struct keyboard *keyboard, const struct bracket_event *event)
{
    for (gsize i = 0; i < event->length; i++) {
        struct press press = {0};
        if (press_decode(&keyboard->decoder, event->bytes[i], &press))
            keyboard->handler(keyboard->data, &press, NULL);
    }
    keyboard->decoder_since = g_get_monotonic_time();
}

static const char *paste_note(const struct bracket_event *event)
{
    if (event->had_nul)
        return "The paste held a NUL byte; it was refused.";
    if (event->dropped > 0)
        return "The paste was longer than 16 KiB; the rest was dropped.";
    if (event->never_ended)
        return "The paste had no end; look whether all of it is there.";
    return NULL;
}

static void hand_paste(struct keyboard *keyboard, const struct bracket_event *event)
{
    char *text = g_utf8_make_valid(event->bytes, -1);
    struct press press = {.kind = PRESS_PASTE, .text = text};
    keyboard->handler(keyboard->data, &press, paste_note(event));
    explicit_bzero(text, strlen(text));
    g_free(text);
}

static void hand_dropped(struct keyboard *keyboard)
{
    struct press press = {.kind = PRESS_NONE};
    keyboard->handler(keyboard->data, &press, "The paste contained an end mark; what followed it was dropped.");
}

static void hand_out(struct keyboard *keyboard)
{
    for (struct bracket_event *event = bracket_next(keyboard->bracket); event != NULL;
         event = bracket_next(keyboard->bracket)) {
        if (event->kind == BRACKET_KEYS)
            hand_keys(keyboard, event);
        else if (event->kind == BRACKET_PASTE)
            hand_paste(keyboard, event);
        else
            hand_dropped(keyboard);
        bracket_event_free(event);
    }
}

gboolean keyboard_read(struct keyboard *keyboard)
{
    char bytes[4096];
    ssize_t count = read(keyboard->file, bytes, sizeof bytes);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return TRUE;
    if (count <= 0)
        return FALSE;
    bracket_feed(keyboard->bracket, bytes, (gsize)count, g_get_monotonic_time());
    explicit_bzero(bytes, sizeof bytes);
    hand_out(keyboard);
    return TRUE;
}

gint64 keyboard_deadline(const struct keyboard *keyboard)
{
    gint64 held = bracket_deadline(keyboard->bracket);
    gint64 deadline = held >= 0 ? held : G_MAXINT64;
    if (press_pending(&keyboard->decoder))
        deadline = MIN(deadline, keyboard->decoder_since + ESCAPE_TIME);
    return deadline;
}

void keyboard_tick(struct keyboard *keyboard)
{
    gint64 now = g_get_monotonic_time();
    gint64 held = bracket_deadline(keyboard->bracket);
    if (held >= 0 && now >= held) {
        bracket_tick(keyboard->bracket, now);
        hand_out(keyboard);
    }
    struct press press = {0};
    if (press_pending(&keyboard->decoder) && now >= keyboard->decoder_since + ESCAPE_TIME &&
        press_flush(&keyboard->decoder, &press))
        keyboard->handler(keyboard->data, &press, NULL);
}
