#include "input/bracket.h"

#include <string.h>

enum {
    BURST_BYTES = 5,       /* more text than that within ... */
    BURST_TIME = 5000,     /* ... this many microseconds was not typed */
    MARK_TIME = 1000000,   /* nobody types the beginning of a start mark: its rest may be late */
    SEQUENCE_TIME = 25000, /* an Esc with nothing behind it for so long was the key */
    PASTE_TIME = 3000000,  /* an open paste that brings nothing for so long has lost its end mark */
    MARK_LENGTH = 6,       /* "\033[200~" */
    SEQUENCE_MAX = 256,    /* a longer control sequence is none */
};

static const char start_mark[] = "\033[200~";
static const char end_mark[] = "\033[201~";

enum state {
    STATE_KEYS,
    STATE_PASTE,
    STATE_BEHIND, /* an end mark was read; what comes without a pause is dropped */
};

struct bracket {
    enum state state;
    GByteArray *held; /* bytes whose meaning is not known yet: text that may be a burst, a sequence that is not whole */
    gint64 first_time; /* when the first of the held bytes came */
    gint64 last_time;  /* when anything came */
    GByteArray *paste;
    gsize paste_dropped;
    gboolean paste_had_nul;
    gboolean in_burst;
    gsize marks_matched; /* bytes of an end mark at the end of what came */
    gsize dropped;
    GQueue *events;
};

/* Byte arrays are wiped here, since g_byte_array_set_size() keeps what was in them. */
static void wipe(GByteArray *bytes)
{
    if (bytes->len > 0)
        explicit_bzero(bytes->data, bytes->len);
    g_byte_array_set_size(bytes, 0);
}

struct bracket *bracket_new(void)
{
    struct bracket *bracket = g_new0(struct bracket, 1);
    bracket->held = g_byte_array_new();
    /* All the room at once: growing would leave copies of a secret behind. */
    bracket->paste = g_byte_array_sized_new(BRACKET_LIMIT + MARK_LENGTH + 1);
    bracket->events = g_queue_new();
    return bracket;
}

static void free_event(gpointer event)
{
    bracket_event_free(event);
}

void bracket_free(struct bracket *bracket)
{
    wipe(bracket->held);
    wipe(bracket->paste);
    g_byte_array_unref(bracket->held);
    g_byte_array_unref(bracket->paste);
    g_queue_free_full(bracket->events, free_event);
    g_free(bracket);
}

void bracket_event_free(struct bracket_event *event)
{
    if (event->bytes != NULL)
        explicit_bzero(event->bytes, event->length);
    g_free(event->bytes);
    g_free(event);
}

struct bracket_event *bracket_next(struct bracket *bracket)
{
    return g_queue_pop_head(bracket->events);
}

static struct bracket_event *push_event(struct bracket *bracket, enum bracket_event_kind kind, const guint8 *bytes,
                                        gsize length)
{
    struct bracket_event *event = g_new0(struct bracket_event, 1);
    event->kind = kind;
    event->bytes = g_malloc(length + 1);
    if (length > 0)
        memcpy(event->bytes, bytes, length);
    event->bytes[length] = '\0';
    event->length = length;
    g_queue_push_tail(bracket->events, event);
    return event;
}

static void push_keys(struct bracket *bracket, gsize n)
{
    if (n == 0)
        return;
    push_event(bracket, BRACKET_KEYS, bracket->held->data, n);
    explicit_bzero(bracket->held->data, n);
    g_byte_array_remove_range(bracket->held, 0, (guint)n);
}

static void add_to_paste(struct bracket *bracket, const guint8 *bytes, gsize n)
{
    bracket->paste_had_nul |= n > 0 && memchr(bytes, 0, n) != NULL;
    gsize room = BRACKET_LIMIT - bracket->paste->len;
    gsize kept = MIN(n, room);
    g_byte_array_append(bracket->paste, bytes, (guint)kept);
    bracket->paste_dropped += n - kept;
}

/* A character that the limit would cut in two is left out as a whole. */
static void drop_cut_character(struct bracket *bracket)
{
    if (bracket->paste_dropped == 0)
        return;
    guint length = bracket->paste->len;
    guint tail = 0;
    while (tail < 3 && tail < length && (bracket->paste->data[length - 1 - tail] & 0xC0) == 0x80)
        tail++;
    if (tail == length || bracket->paste->data[length - 1 - tail] < 0xC0)
        return;
    const char *last = (const char *)bracket->paste->data + length - 1 - tail;
    if (g_utf8_get_char_validated(last, (gssize)tail + 1) <= 0x10FFFF)
        return;
    bracket->paste_dropped += tail + 1;
    g_byte_array_set_size(bracket->paste, length - 1 - tail);
}

static void push_paste(struct bracket *bracket, gboolean from_burst, gboolean never_ended)
{
    drop_cut_character(bracket);
    gsize length = bracket->paste_had_nul ? 0 : bracket->paste->len;
    struct bracket_event *event = push_event(bracket, BRACKET_PASTE, bracket->paste->data, length);
    event->dropped = bracket->paste_dropped;
    event->had_nul = bracket->paste_had_nul;
    event->from_burst = from_burst;
    event->never_ended = never_ended;
    wipe(bracket->paste);
    bracket->paste_dropped = 0;
    bracket->paste_had_nul = FALSE;
    bracket->in_burst = FALSE;
}

static void push_dropped(struct bracket *bracket)
{
    if (bracket->dropped == 0)
        return;
    struct bracket_event *event = g_new0(struct bracket_event, 1);
    event->kind = BRACKET_DROPPED;
    event->dropped = bracket->dropped;
    bracket->dropped = 0;
    g_queue_push_tail(bracket->events, event);
}

static gboolean begins_with(const guint8 *bytes, gsize n, const char *mark)
{
    return n >= MARK_LENGTH && memcmp(bytes, mark, MARK_LENGTH) == 0;
}

/* A terminal's answer: ends with BEL or ESC \. 0 if it is not whole yet. */
static gsize string_length(const guint8 *bytes, gsize n)
{
    for (gsize i = 2; i < n; i++) {
        if (i >= SEQUENCE_MAX)
            return 2;
        if (bytes[i] == 007)
            return i + 1;
        if (bytes[i] == 033 && i + 1 < n)
            return bytes[i + 1] == '\\' ? i + 2 : i;
    }
    return 0;
}

/* A control sequence: ends with a final byte. Anything that no such sequence has ends it before that. */
static gsize control_length(const guint8 *bytes, gsize n)
{
    for (gsize i = 2; i < n; i++) {
        if (bytes[i] >= 0x40 && bytes[i] <= 0x7E)
            return i + 1;
        if (bytes[i] < 0x20 || bytes[i] > 0x3F || i >= SEQUENCE_MAX)
            return i;
    }
    return 0;
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
        return n < 3 ? 0 : 3;
    case '[':
        return control_length(bytes, n);
    case ']':
    case 'P':
    case '_':
    case '^':
        return string_length(bytes, n);
    default:
        return 2;
    }
}

/* Bytes of text at the start of what is held, up to an Esc. */
static gsize text_length(const GByteArray *held)
{
    const guint8 *escape = held->len > 0 ? memchr(held->data, 033, held->len) : NULL;
    return escape != NULL ? (gsize)(escape - held->data) : held->len;
}

/* Backspace held down on a slow line comes in bursts too. */
static gboolean is_erasing(const guint8 *bytes, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (bytes[i] != 0x7F && bytes[i] != '\b')
            return FALSE;
    return TRUE;
}

static void take_text_as_paste(struct bracket *bracket, gsize n)
{
    add_to_paste(bracket, bracket->held->data, n);
    explicit_bzero(bracket->held->data, n);
    g_byte_array_remove_range(bracket->held, 0, (guint)n);
    bracket->in_burst = TRUE;
}

static void end_burst(struct bracket *bracket)
{
    if (bracket->in_burst)
        push_paste(bracket, TRUE, FALSE);
}

/* The sequence at the start of what is held. FALSE if more has to come first. */
static gboolean take_sequence(struct bracket *bracket)
{
    gsize length = sequence_length(bracket->held->data, bracket->held->len);
    if (length == 0)
        return FALSE;
    end_burst(bracket);
    if (begins_with(bracket->held->data, length, start_mark))
        bracket->state = STATE_PASTE;
    /* An end mark without a paste belongs to one that was given up: it is no key. */
    if (begins_with(bracket->held->data, length, start_mark) || begins_with(bracket->held->data, length, end_mark))
        g_byte_array_remove_range(bracket->held, 0, (guint)length);
    else
        push_keys(bracket, length);
    return TRUE;
}

/* Sort what is held into keys and bursts as far as that is certain now. Text of a few bytes waits, in case more of it
 * comes; unless a sequence stands behind it. */
static void sort_held(struct bracket *bracket)
{
    while (bracket->held->len > 0 && bracket->state == STATE_KEYS) {
        gsize text = text_length(bracket->held);
        gboolean is_typed = !bracket->in_burst && is_erasing(bracket->held->data, text);
        if (!is_typed && (text > BURST_BYTES || (text > 0 && bracket->in_burst)))
            take_text_as_paste(bracket, text);
        else if (text > 0 && (is_typed || text < bracket->held->len))
            push_keys(bracket, text);
        else if (text > 0 || !take_sequence(bracket))
            return;
    }
}

static void feed_keys(struct bracket *bracket, guint8 byte, gint64 now)
{
    if (bracket->held->len == 0)
        bracket->first_time = now;
    g_byte_array_append(bracket->held, &byte, 1);
}

static void feed_paste(struct bracket *bracket, guint8 byte)
{
    if (byte == (guint8)end_mark[bracket->marks_matched]) {
        if (++bracket->marks_matched < MARK_LENGTH)
            return;
        bracket->marks_matched = 0;
        push_paste(bracket, FALSE, FALSE);
        bracket->state = STATE_BEHIND;
        return;
    }
    add_to_paste(bracket, (const guint8 *)end_mark, bracket->marks_matched);
    bracket->marks_matched = byte == 033 ? 1 : 0;
    if (bracket->marks_matched == 0)
        add_to_paste(bracket, &byte, 1);
}

void bracket_feed(struct bracket *bracket, const char *bytes, gsize n, gint64 now)
{
    bracket_tick(bracket, now);
    for (gsize i = 0; i < n; i++) {
        guint8 byte = (guint8)bytes[i];
        if (bracket->state == STATE_PASTE)
            feed_paste(bracket, byte);
        else if (bracket->state == STATE_BEHIND)
            bracket->dropped++;
        else {
            feed_keys(bracket, byte, now);
            gboolean may_start_paste = byte == '~';
            if (may_start_paste || i + 1 == n)
                sort_held(bracket);
        }
    }
    if (n > 0)
        bracket->last_time = now;
}

/* "\033[2" and more of it: an Esc and a '[' could have been typed. */
static gboolean is_part_of_mark(const GByteArray *held)
{
    return held->len >= 3 && held->len < MARK_LENGTH && memcmp(held->data, start_mark, held->len) == 0;
}

gint64 bracket_deadline(const struct bracket *bracket)
{
    if (bracket->state == STATE_PASTE)
        return bracket->last_time + PASTE_TIME;
    if (bracket->held->len > 0 && bracket->held->data[0] == 033)
        return bracket->last_time + (is_part_of_mark(bracket->held) ? MARK_TIME : SEQUENCE_TIME);
    if (bracket->state == STATE_BEHIND || bracket->in_burst)
        return bracket->last_time + BURST_TIME;
    return bracket->held->len > 0 ? bracket->first_time + BURST_TIME : -1;
}

static void give_up_paste(struct bracket *bracket)
{
    add_to_paste(bracket, (const guint8 *)end_mark, bracket->marks_matched);
    bracket->marks_matched = 0;
    push_paste(bracket, FALSE, TRUE);
    bracket->state = STATE_KEYS;
}

void bracket_tick(struct bracket *bracket, gint64 now)
{
    gint64 deadline = bracket_deadline(bracket);
    if (deadline < 0 || now < deadline)
        return;
    if (bracket->state == STATE_PASTE)
        give_up_paste(bracket);
    else if (bracket->state == STATE_BEHIND) {
        push_dropped(bracket);
        bracket->state = STATE_KEYS;
    } else {
        end_burst(bracket);
        push_keys(bracket, bracket->held->len);
    }
}
