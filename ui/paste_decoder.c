/* SPDX-License-Identifier: MIT */
#include "ui/paste_decoder.h"

#include <string.h>

enum {
    BURST_BYTES = 5,       /* more text than that within ... */
    BURST_TIME = 5000,     /* ... this many microseconds was not typed */
    REST_TIME = 1000000,   /* nobody types the beginning of a sequence: its rest may be late on a slow line */
    ESCAPE_TIME = 100000,  /* an Esc with nothing behind it for so long was the key */
    STRING_TIME = 1000000, /* a string that brings nothing for so long has lost its end */
    PASTE_TIME = 3000000,  /* an open paste that brings nothing for so long has lost its end mark */
    MARK_LENGTH = 6,       /* "\033[200~" */
    SEQUENCE_MAX = 256,    /* a longer control sequence is none */
    REPORT_LENGTH = 3,     /* raw bytes behind the "CSI M" of a mouse report: button, column, row */
};

static const char start_mark[] = "\033[200~";
static const char end_mark[] = "\033[201~";

enum state {
    STATE_KEYS,
    STATE_PASTE,
    STATE_BEHIND, /* an end mark was read; what comes without a pause is dropped */
    STATE_STRING, /* a reply of the terminal, of no use here */
};

struct paste_decoder {
    enum state state;
    GByteArray *held; /* bytes whose meaning is not known yet: text that may be a burst, a sequence that is not whole */
    gint64 first_time; /* when the first of the held bytes came */
    gint64 last_time;  /* when anything came */
    GByteArray *paste;
    gsize paste_dropped;
    gboolean paste_had_nul;
    gboolean in_burst;
    const char *ending;  /* the end mark of the paste that is open or may open next: it begins as the start mark did */
    gsize marks_matched; /* bytes of it at the end of what came */
    gsize dropped;
    gboolean string_escape; /* the last byte of the string was an Esc */
    gboolean marks_pastes;  /* the terminal said so */
    int report;             /* raw bytes of a mouse report that are still to come */
    gint64 escape_given;    /* when an Esc was given out alone, because nothing came behind it; 0: not */
    guint8 lead;            /* the first byte of the UTF-8 character that is under way */
    int rest;               /* how many bytes of it are still to come */
    gint64 escape_time;
    GQueue *events;
};

/* Byte arrays are wiped here, since g_byte_array_set_size() keeps what was in them. */
static void wipe(GByteArray *bytes)
{
    if (bytes->len > 0)
        explicit_bzero(bytes->data, bytes->len);
    g_byte_array_set_size(bytes, 0);
}

struct paste_decoder *paste_decoder_new(void)
{
    struct paste_decoder *decoder = g_new0(struct paste_decoder, 1);
    decoder->held = g_byte_array_new();
    /* All the room at once: growing would leave copies of a secret behind. */
    decoder->paste = g_byte_array_sized_new(PASTE_LIMIT + MARK_LENGTH + 1);
    decoder->ending = end_mark;
    decoder->events = g_queue_new();
    decoder->escape_time = ESCAPE_TIME;
    return decoder;
}

void paste_decoder_set_escape_time(struct paste_decoder *decoder, gint64 time)
{
    decoder->escape_time = time;
}

void paste_decoder_free(struct paste_decoder *decoder)
{
    wipe(decoder->held);
    wipe(decoder->paste);
    g_byte_array_unref(decoder->held);
    g_byte_array_unref(decoder->paste);
    g_queue_free_full(decoder->events, paste_event_free);
    g_free(decoder);
}

void paste_event_free(gpointer data)
{
    struct paste_event *event = data;
    if (event->bytes != NULL)
        explicit_bzero(event->bytes, event->length);
    g_free(event->bytes);
    g_free(event);
}

struct paste_event *paste_decoder_next(struct paste_decoder *decoder)
{
    return g_queue_pop_head(decoder->events);
}

static struct paste_event *push_event(struct paste_decoder *decoder, enum paste_event_kind kind, const guint8 *bytes,
                                      gsize length)
{
    struct paste_event *event = g_new0(struct paste_event, 1);
    event->kind = kind;
    event->bytes = g_malloc(length + 1);
    if (length > 0)
        memcpy(event->bytes, bytes, length);
    event->bytes[length] = '\0';
    event->length = length;
    g_queue_push_tail(decoder->events, event);
    return event;
}

static void push_keys(struct paste_decoder *decoder, gsize n)
{
    if (n == 0)
        return;
    push_event(decoder, DECODED_KEYS, decoder->held->data, n);
    explicit_bzero(decoder->held->data, n);
    g_byte_array_remove_range(decoder->held, 0, (guint)n);
}

static void add_to_paste(struct paste_decoder *decoder, const guint8 *bytes, gsize n)
{
    decoder->paste_had_nul |= n > 0 && memchr(bytes, 0, n) != NULL;
    gsize room = PASTE_LIMIT - decoder->paste->len;
    gsize kept = MIN(n, room);
    g_byte_array_append(decoder->paste, bytes, (guint)kept);
    decoder->paste_dropped += n - kept;
}

static void push_paste(struct paste_decoder *decoder, gboolean from_burst, gboolean never_ended)
{
    gboolean is_refused = decoder->paste_had_nul || decoder->paste_dropped > 0;
    gsize length = is_refused ? 0 : decoder->paste->len;
    struct paste_event *event = push_event(decoder, DECODED_PASTE, decoder->paste->data, length);
    event->dropped = decoder->paste_dropped;
    event->had_nul = decoder->paste_had_nul;
    event->from_burst = from_burst;
    event->never_ended = never_ended;
    wipe(decoder->paste);
    decoder->paste_dropped = 0;
    decoder->paste_had_nul = FALSE;
    decoder->in_burst = FALSE;
}

/* The length of the escape sequence at BYTES; 0 if it is not whole yet. */
static gsize sequence_length(const guint8 *bytes, gsize n)
{
    if (n < 2)
        return 0;
    switch (bytes[1]) {
    case 033:
        return 1;
    case 'O':
        return n < 3 ? 0 : bytes[2] == 033 ? 2 : 3; /* 2: it was Alt-O */
    case '[': {
        /* A control sequence: ends with a final byte. Anything that no such sequence has ends it before that. */
        for (gsize i = 2; i < n; i++) {
            if (bytes[i] >= 0x40 && bytes[i] <= 0x7E)
                return i + 1;
            if (bytes[i] < 0x20 || bytes[i] > 0x3F || i >= SEQUENCE_MAX)
                return i;
        }
        return 0;
    }
    default:
        return 2;
    }
}

static void end_burst(struct paste_decoder *decoder)
{
    if (decoder->in_burst)
        push_paste(decoder, TRUE, FALSE);
}

static void feed_keys(struct paste_decoder *decoder, guint8 byte, gint64 now)
{
    if (decoder->held->len == 0)
        decoder->first_time = now;
    g_byte_array_append(decoder->held, &byte, 1);
}

/* A string ends with BEL or ESC \. Ctrl-C is the person's, who waits; any other sequence ends it too. */
static void feed_string(struct paste_decoder *decoder, guint8 byte, gint64 now)
{
    gboolean after_escape = decoder->string_escape;
    decoder->string_escape = byte == 033;
    if (byte != 007 && byte != 003 && (!after_escape || byte == 033))
        return;
    decoder->state = STATE_KEYS;
    decoder->string_escape = FALSE;
    if (after_escape && byte != '\\')
        feed_keys(decoder, 033, now);
    if (byte == 003 || (after_escape && byte != '\\'))
        feed_keys(decoder, byte, now);
}

/* The string at the start of what is held, with what of it came already. */
static void begin_string(struct paste_decoder *decoder, gint64 now)
{
    g_autoptr(GByteArray) held = g_byte_array_new();
    g_byte_array_append(held, decoder->held->data, decoder->held->len);
    wipe(decoder->held);
    decoder->state = STATE_STRING;
    for (guint i = 2; i < held->len; i++)
        if (decoder->state == STATE_STRING)
            feed_string(decoder, held->data[i], now);
        else
            feed_keys(decoder, held->data[i], now);
    explicit_bzero(held->data, held->len);
}

/* The sequence at the start of what is held. FALSE if more has to come first. */
static gboolean take_sequence(struct paste_decoder *decoder, gint64 now)
{
    const guint8 *bytes = decoder->held->data;
    if (decoder->held->len >= 2 && bytes[0] == 033 && bytes[1] != 0 && strchr("]PX^_", bytes[1]) != NULL) {
        end_burst(decoder);
        begin_string(decoder, now);
        return TRUE;
    }
    gsize length = sequence_length(bytes, decoder->held->len);
    if (length == 0)
        return FALSE;
    end_burst(decoder);
    gboolean is_mark = length >= MARK_LENGTH;
    gboolean starts = is_mark && memcmp(bytes, start_mark, MARK_LENGTH) == 0;
    if (starts)
        decoder->state = STATE_PASTE;
    /* CSI ? 2004 ; state $ y: 1 to 3 say that the mode is known, and pastes are marked. */
    gboolean reply = length == 11 && memcmp(bytes, "\033[?2004;", 8) == 0 && bytes[9] == '$' && bytes[10] == 'y';
    if (reply)
        decoder->marks_pastes = bytes[8] >= '1' && bytes[8] <= '3';
    /* CSI button ; column ; row M: of the mouse, in urxvt's form. The form that perch asks for has a "<" first. */
    gboolean is_report = length > 3 && bytes[1] == '[' && g_ascii_isdigit(bytes[2]) && bytes[length - 1] == 'M';
    /* An end mark without a paste belongs to one that was given up: it is no key. */
    if (starts || reply || is_report || (is_mark && memcmp(bytes, end_mark, MARK_LENGTH) == 0))
        g_byte_array_remove_range(decoder->held, 0, (guint)length);
    else
        push_keys(decoder, length);
    return TRUE;
}

/* Sort what is held into keys and bursts as far as that is certain now. Text of a few bytes waits, in case more of it
 * comes; unless a sequence stands behind it, or the terminal marks its pastes. */
static void sort_held(struct paste_decoder *decoder, gint64 now)
{
    while (decoder->held->len > 0 && decoder->state == STATE_KEYS) {
        const guint8 *bytes = decoder->held->data;
        const guint8 *escape = memchr(bytes, 033, decoder->held->len);
        gsize text = escape != NULL ? (gsize)(escape - bytes) : decoder->held->len;
        gboolean is_typed = !decoder->in_burst;
        for (gsize i = 0; i < text && is_typed; i++)
            is_typed =
                bytes[i] == 0x7F || bytes[i] == '\b'; /* Backspace held down on a slow line comes in bursts too */
        if (!is_typed && (text > BURST_BYTES || (text > 0 && decoder->in_burst))) {
            add_to_paste(decoder, bytes, text);
            explicit_bzero(decoder->held->data, text);
            g_byte_array_remove_range(decoder->held, 0, (guint)text);
            decoder->in_burst = TRUE;
        } else if (text > 0 && (is_typed || decoder->marks_pastes || text < decoder->held->len))
            push_keys(decoder, text);
        else if (text > 0 || !take_sequence(decoder, now))
            return;
    }
}

static void feed_paste(struct paste_decoder *decoder, guint8 byte)
{
    if (byte == (guint8)decoder->ending[decoder->marks_matched]) {
        if (decoder->ending[++decoder->marks_matched] != '\0')
            return;
        decoder->marks_matched = 0;
        push_paste(decoder, FALSE, FALSE);
        decoder->state = STATE_BEHIND;
        return;
    }
    add_to_paste(decoder, (const guint8 *)decoder->ending, decoder->marks_matched);
    decoder->marks_matched = byte == (guint8)decoder->ending[0] ? 1 : 0;
    if (decoder->marks_matched == 0)
        add_to_paste(decoder, &byte, 1);
}

static void give_up_paste(struct paste_decoder *decoder)
{
    add_to_paste(decoder, (const guint8 *)decoder->ending, decoder->marks_matched);
    decoder->marks_matched = 0;
    push_paste(decoder, FALSE, TRUE);
    decoder->state = STATE_KEYS;
}

/* A control of eight bits, by itself or in UTF-8, for which an Esc and another byte stand as well (ECMA-48, 5.3): what
 * begins a sequence or string, and what ends one. Within another character it is none. */
static gboolean is_control(struct paste_decoder *decoder, guint8 byte)
{
    static const guint8 controls[] = {0x8F, 0x90, 0x98, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F};
    gboolean is_within = (byte & 0xC0) == 0x80 && decoder->rest > 0;
    guint8 lead = decoder->lead;
    decoder->rest = is_within ? decoder->rest - 1 : byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC2 ? 1 : 0;
    decoder->lead = is_within ? lead : byte;
    return memchr(controls, byte, sizeof controls) != NULL && (!is_within || lead == 0xC2);
}

static void feed_byte(struct paste_decoder *decoder, guint8 byte, gint64 now)
{
    if (decoder->state == STATE_STRING)
        feed_string(decoder, byte, now);
    else
        feed_keys(decoder, byte, now);
}

/* Outside a paste. IS_LAST: nothing came with it behind it. A terminal writes a report at once, and where F1 sends the
 * same three bytes nothing follows them. */
static void feed_outside(struct paste_decoder *decoder, guint8 byte, gboolean is_last, gint64 now)
{
    GByteArray *held = decoder->held;
    if (decoder->report > 0) {
        decoder->report--;
        return;
    }
    if (!is_control(decoder, byte)) {
        decoder->ending = byte == 033 ? end_mark : decoder->ending;
        feed_byte(decoder, byte, now);
        /* The oldest form of a report begins with CSI M. */
        gboolean is_report = held->len >= 3 && memcmp(held->data + held->len - 3, "\033[M", 3) == 0;
        if (decoder->state == STATE_KEYS && !is_last && is_report) {
            g_byte_array_set_size(held, held->len - 3);
            decoder->report = REPORT_LENGTH;
        }
        return;
    }
    /* The end of a string without its beginning is no key: it stays what it is. */
    if (byte == 0x9C && held->len > 0 && memchr(held->data, 033, held->len) != NULL)
        sort_held(decoder, now);
    if (byte == 0x9C && decoder->state != STATE_STRING) {
        feed_keys(decoder, byte, now);
        return;
    }
    gboolean is_utf8 = decoder->lead == 0xC2;
    if (is_utf8 && held->len > 0 && held->data[held->len - 1] == 0xC2)
        g_byte_array_set_size(held, held->len - 1);
    decoder->ending = is_utf8 ? "\302\233201~" : "\233201~";
    feed_byte(decoder, 033, now);
    feed_byte(decoder, (guint8)(byte - 0x40), now);
}

void paste_decoder_feed(struct paste_decoder *decoder, const char *bytes, gsize n, gint64 now)
{
    paste_decoder_tick(decoder, now);
    /* The rest of a string whose Esc was given out for a key, since the line was slower than that waits: nobody types
     * so much at once. */
    gboolean is_awaited = decoder->escape_given != 0 && now < decoder->escape_given + REST_TIME;
    if (is_awaited && decoder->state == STATE_KEYS && decoder->held->len == 0 && n >= 2 && bytes[0] != '\0' &&
        strchr("]P_^X", bytes[0]) != NULL)
        feed_keys(decoder, 033, now);
    decoder->escape_given = n > 0 ? 0 : decoder->escape_given;
    /* Whoever waits for a paste to end whose end was lost; a paste is never read a byte at a time. */
    if (decoder->state == STATE_PASTE && n == 1 && bytes[0] == 003) {
        give_up_paste(decoder);
        return;
    }
    for (gsize i = 0; i < n; i++) {
        guint8 byte = (guint8)bytes[i];
        if (decoder->state == STATE_PASTE)
            feed_paste(decoder, byte);
        else if (decoder->state == STATE_BEHIND)
            decoder->dropped++;
        else {
            feed_outside(decoder, byte, i + 1 == n, now);
            gboolean may_start_paste = byte == '~';
            if (may_start_paste || i + 1 == n)
                sort_held(decoder, now);
        }
    }
    if (n > 0)
        decoder->last_time = now;
}

gint64 paste_decoder_deadline(const struct paste_decoder *decoder)
{
    if (decoder->state == STATE_PASTE)
        return decoder->last_time + PASTE_TIME;
    if (decoder->state == STATE_STRING)
        return decoder->last_time + STRING_TIME;
    if (decoder->report > 0)
        return decoder->last_time + REST_TIME;
    const GByteArray *held = decoder->held;
    /* A '[' or 'O' right behind an Esc could have been typed, but not as fast as a terminal sends them. */
    gboolean is_sequence = held->len >= 2 && (held->data[1] == '[' || held->data[1] == 'O');
    if (held->len > 0 && held->data[0] == 033)
        return decoder->last_time + (is_sequence ? REST_TIME : decoder->escape_time);
    if (decoder->state == STATE_BEHIND || decoder->in_burst)
        return decoder->last_time + BURST_TIME;
    return held->len > 0 ? decoder->first_time + BURST_TIME : -1;
}

void paste_decoder_tick(struct paste_decoder *decoder, gint64 now)
{
    gint64 deadline = paste_decoder_deadline(decoder);
    if (deadline < 0 || now < deadline)
        return;
    if (decoder->state == STATE_PASTE)
        give_up_paste(decoder);
    else if (decoder->state == STATE_BEHIND) {
        if (decoder->dropped > 0)
            push_event(decoder, DECODED_DROPPED, NULL, 0)->dropped = decoder->dropped;
        decoder->dropped = 0;
        decoder->state = STATE_KEYS;
    } else if (decoder->state == STATE_STRING) {
        decoder->state = STATE_KEYS;
        decoder->string_escape = FALSE;
    } else {
        gboolean is_escape = decoder->held->len == 1 && decoder->held->data[0] == 033;
        decoder->escape_given = is_escape ? now : decoder->escape_given;
        decoder->report = 0;
        end_burst(decoder);
        push_keys(decoder, decoder->held->len);
    }
}
