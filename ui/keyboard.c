/* SPDX-License-Identifier: MIT */
#include "ui/keyboard.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "ui/paste_decoder.h"

struct keyboard {
    int file;
    keyboard_handler handler;
    gpointer data;
    struct paste_decoder *pastes;
    struct key_decoder keys;
};

struct keyboard *keyboard_new(int file, keyboard_handler handler, gpointer data)
{
    struct keyboard *keyboard = g_new0(struct keyboard, 1);
    keyboard->file = file;
    keyboard->handler = handler;
    keyboard->data = data;
    keyboard->pastes = paste_decoder_new();
    /* ESCDELAY is what curses programs take: milliseconds that an Esc waits for the rest of a sequence. */
    const char *wanted = g_getenv("ESCDELAY");
    guint64 milliseconds = 0;
    if (wanted != NULL && g_ascii_string_to_unsigned(wanted, 10, 1, 10000, &milliseconds, NULL))
        paste_decoder_set_escape_time(keyboard->pastes, (gint64)milliseconds * G_TIME_SPAN_MILLISECOND);
    return keyboard;
}

void keyboard_free(struct keyboard *keyboard)
{
    if (keyboard == NULL)
        return;
    paste_decoder_free(keyboard->pastes);
    g_free(keyboard);
}

/* A paste that is not whole is not looked at: half of a value may pass for one. */
static void hand_paste(struct keyboard *keyboard, const struct paste_event *event)
{
    g_autofree char *too_long = NULL;
    char *text = g_utf8_make_valid(event->bytes, -1);
    struct key_event key = {.kind = KEY_PASTE, .text = text};
    if (event->had_nul || event->dropped > 0)
        key.kind = KEY_NONE;
    if (event->never_ended)
        key.note = "The paste had no end; look whether all of it is there.";
    if (event->had_nul)
        key.note = "The paste held a NUL byte; it was refused.";
    if (event->dropped > 0)
        key.note = too_long =
            g_strdup_printf("The paste is longer than %d KiB: nothing of it was taken. Paste the part "
                            "with the values only.",
                            PASTE_LIMIT / 1024);
    keyboard->handler(keyboard->data, &key);
    explicit_bzero(text, strlen(text));
    g_free(text);
}

static void hand_out(struct keyboard *keyboard)
{
    static const struct key_event behind = {.kind = KEY_NONE,
                                            .note = "The paste contained an end mark; what followed it was dropped."};
    for (struct paste_event *event = paste_decoder_next(keyboard->pastes); event != NULL;
         event = paste_decoder_next(keyboard->pastes)) {
        if (event->kind == DECODED_KEYS) {
            for (gsize i = 0; i < event->length; i++) {
                struct key_event key = {0};
                if (key_decode(&keyboard->keys, event->bytes[i], &key))
                    keyboard->handler(keyboard->data, &key);
            }
            /* The paste decoder hands sequences out whole, so an Esc that is left was the key. */
            struct key_event key = {0};
            if (keyboard->keys.bytes[0] == '\033' && key_pending(&keyboard->keys) && key_flush(&keyboard->keys, &key))
                keyboard->handler(keyboard->data, &key);
        } else if (event->kind == DECODED_PASTE) {
            hand_paste(keyboard, event);
        } else {
            keyboard->handler(keyboard->data, &behind);
        }
        paste_event_free(event);
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
    paste_decoder_feed(keyboard->pastes, bytes, (gsize)count, g_get_monotonic_time());
    explicit_bzero(bytes, sizeof bytes);
    hand_out(keyboard);
    return TRUE;
}

gint64 keyboard_deadline(const struct keyboard *keyboard)
{
    gint64 held = paste_decoder_deadline(keyboard->pastes);
    return held >= 0 ? held : G_MAXINT64;
}

void keyboard_tick(struct keyboard *keyboard)
{
    gint64 now = g_get_monotonic_time();
    gint64 held = paste_decoder_deadline(keyboard->pastes);
    if (held >= 0 && now >= held) {
        paste_decoder_tick(keyboard->pastes, now);
        hand_out(keyboard);
    }
}
