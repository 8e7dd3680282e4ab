/* SPDX-License-Identifier: MIT */
/* The terminal's bytes in reads of any size at any time. The first byte chooses: anything at all, or a paste between
 * its marks, of which nothing may become a key. */
#include "tests/fuzz/fuzz.h"
#include "ui/paste_decoder.h"

#define START "\033[200~"
#define END "\033[201~"

struct counts {
    gsize keys;
    gsize pasted;
    gsize pastes;
    gsize dropped;
    gboolean refused;
};

static void count_event(const struct paste_event *event, struct counts *counts)
{
    counts->dropped += event->dropped;
    if (event->kind == DECODED_KEYS) {
        must(event->length > 0);
        counts->keys += event->length;
    }
    if (event->kind != DECODED_PASTE)
        return;
    must(event->length <= PASTE_LIMIT);
    must(event->had_nul || memchr(event->bytes, 0, event->length) == NULL);
    must(event->bytes[event->length] == '\0');
    counts->pastes++;
    counts->pasted += event->length;
    counts->refused |= event->had_nul;
}

static void take_events(struct paste_decoder *decoder, struct counts *counts)
{
    struct paste_event *event;
    while ((event = paste_decoder_next(decoder)) != NULL) {
        count_event(event, counts);
        paste_event_free(event);
    }
}

static void finish(struct paste_decoder *decoder, struct counts *counts)
{
    for (int i = 0; paste_decoder_deadline(decoder) >= 0; i++) {
        must(i < 8);
        paste_decoder_tick(decoder, paste_decoder_deadline(decoder));
    }
    take_events(decoder, counts);
}

/* Reads as the low bits of each byte say, with pauses as the high bits say. */
static void feed_in_pieces(struct paste_decoder *decoder, const char *bytes, size_t size, gint64 pause)
{
    gint64 now = 0;
    for (size_t done = 0; done < size;) {
        guint8 seed = (guint8)bytes[done];
        size_t n = MIN((size_t)(seed & 15) + 1, size - done);
        paste_decoder_feed(decoder, bytes + done, n, now);
        now += (seed >> 4) * pause;
        done += n;
    }
}

static void fuzz_anything(const char *bytes, size_t size)
{
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    struct counts counts = {0};
    feed_in_pieces(decoder, bytes, size, 1000);
    finish(decoder, &counts);
    /* SS3 and CSI of eight bits are given out as the two bytes they stand for. */
    size_t most = size;
    for (size_t i = 0; i < size; i++)
        most += (guint8)bytes[i] == 0x8F || (guint8)bytes[i] == 0x9B ? 1 : 0;
    must(counts.keys + counts.pasted + counts.dropped <= most);
}

static void fuzz_paste(const char *bytes, size_t size)
{
    g_autoptr(GString) text = g_string_new_len(bytes, (gssize)size);
    if (size >= strlen(END) && memmem(bytes, size, END, strlen(END)) != NULL)
        return;
    g_string_prepend(text, START);
    g_string_append(text, END);
    /* The end mark may begin early, with the last bytes of the text. */
    if ((const char *)memmem(text->str + strlen(START), text->len - strlen(START), END, strlen(END)) !=
        text->str + text->len - strlen(END))
        return;
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    struct counts counts = {0};
    feed_in_pieces(decoder, text->str, text->len, 100);
    finish(decoder, &counts);
    must(counts.keys == 0 && counts.pastes == 1);
    must(counts.refused || counts.pasted + counts.dropped == size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    if (data[0] % 2 == 0)
        fuzz_anything((const char *)data + 1, size - 1);
    else
        fuzz_paste((const char *)data + 1, size - 1);
    return 0;
}
