/* SPDX-License-Identifier: MIT */
#include "ui/key_event.h"

#include <string.h>

#define ESCAPE '\033'

struct named {
    const char *name;
    enum key_kind kind;
};

static const struct named names[] = {
    {"Enter", KEY_ENTER}, {"Tab", KEY_TAB},    {"Shift-Tab", KEY_BACK_TAB},  {"Esc", KEY_ESCAPE},
    {"Up", KEY_UP},       {"Down", KEY_DOWN},  {"Left", KEY_LEFT},           {"Right", KEY_RIGHT},
    {"Home", KEY_HOME},   {"End", KEY_END},    {"PgUp", KEY_PAGE_UP},        {"PgDn", KEY_PAGE_DOWN},
    {"Del", KEY_DELETE},  {"Ins", KEY_INSERT}, {"Backspace", KEY_BACKSPACE},
};

/* The final characters of CSI and SS3 sequences. */
static const struct {
    char final;
    enum key_kind kind;
} finals[] = {
    {'A', KEY_UP},  {'B', KEY_DOWN},     {'C', KEY_RIGHT}, {'D', KEY_LEFT},  {'H', KEY_HOME},
    {'F', KEY_END}, {'Z', KEY_BACK_TAB}, {'M', KEY_ENTER}, {'E', KEY_ENTER},
};

/* The numbers of sequences that end in a tilde. */
static const struct {
    int number;
    enum key_kind kind;
    int function;
} tildes[] = {
    {1, KEY_HOME, 0},      {2, KEY_INSERT, 0},     {3, KEY_DELETE, 0},     {4, KEY_END, 0},
    {5, KEY_PAGE_UP, 0},   {6, KEY_PAGE_DOWN, 0},  {7, KEY_HOME, 0},       {8, KEY_END, 0},
    {11, KEY_FUNCTION, 1}, {12, KEY_FUNCTION, 2},  {13, KEY_FUNCTION, 3},  {14, KEY_FUNCTION, 4},
    {15, KEY_FUNCTION, 5}, {17, KEY_FUNCTION, 6},  {18, KEY_FUNCTION, 7},  {19, KEY_FUNCTION, 8},
    {20, KEY_FUNCTION, 9}, {21, KEY_FUNCTION, 10}, {23, KEY_FUNCTION, 11}, {24, KEY_FUNCTION, 12},
};

/* The number that TEXT begins with; what is too large for a screen is -1. */
static int number_of(const char *text)
{
    guint64 number = g_ascii_strtoull(text, NULL, 10);
    return number < G_MAXINT ? (int)number : -1;
}

static struct key_event key_of(enum key_kind kind)
{
    return (struct key_event){.kind = kind};
}

struct key_event key_named(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(names[i].name, name) == 0)
            return key_of(names[i].kind);
    if (name[0] == 'F' && g_ascii_isdigit(name[1]))
        return (struct key_event){.kind = KEY_FUNCTION, .number = number_of(name + 1)};
    if (g_str_has_prefix(name, "Ctrl-"))
        return (struct key_event){.kind = KEY_CONTROL, .character = (gunichar)g_ascii_tolower(name[5])};
    if (g_utf8_strlen(name, -1) == 1)
        return (struct key_event){.kind = KEY_CHARACTER, .character = g_utf8_get_char(name)};
    if (strcmp(name, "Space") == 0)
        return (struct key_event){.kind = KEY_CHARACTER, .character = ' '};
    return key_of(KEY_NONE);
}

gboolean key_equal(const struct key_event *a, const struct key_event *b)
{
    return a->kind == b->kind && a->character == b->character && a->number == b->number;
}

static struct key_event control_key(char byte)
{
    switch (byte) {
    case '\r':
    case '\n':
        return key_of(KEY_ENTER);
    case '\t':
        return key_of(KEY_TAB);
    case 0x7F:
    case 0x08:
        return key_of(KEY_BACKSPACE);
    default:
        if (byte >= 1 && byte <= 26)
            return (struct key_event){.kind = KEY_CONTROL, .character = (gunichar)('a' + byte - 1)};
        return key_of(KEY_NONE);
    }
}

/* ESC [ < button ; column ; row M or m, as SGR mouse mode reports. */
static struct key_event mouse_key(const char *parameters, char final)
{
    g_auto(GStrv) numbers = g_strsplit(parameters + 1, ";", 4);
    if (g_strv_length(numbers) != 3)
        return key_of(KEY_NONE);
    int button = number_of(numbers[0]);
    struct key_event key = {.column = number_of(numbers[1]) - 1, .row = number_of(numbers[2]) - 1};
    if (button == 64 || button == 65) {
        key.kind = KEY_WHEEL;
        key.number = button == 64 ? -1 : 1;
    } else if (button == 0 && final == 'M') {
        key.kind = KEY_CLICK;
    }
    return key;
}

static struct key_event sequence_key(const struct key_decoder *decoder)
{
    char final = decoder->bytes[decoder->length - 1];
    g_autofree char *parameters = g_strndup(decoder->bytes + 2, decoder->length - 3);
    if (decoder->bytes[1] == '[' && parameters[0] == '<')
        return mouse_key(parameters, final);
    if (decoder->bytes[1] == '[' && parameters[0] == '[')
        return (struct key_event){.kind = KEY_FUNCTION, .number = final - 'A' + 1};
    if (final == '~') {
        for (gsize i = 0; i < G_N_ELEMENTS(tildes); i++)
            if (tildes[i].number == number_of(parameters))
                return (struct key_event){.kind = tildes[i].kind, .number = tildes[i].function};
        return key_of(KEY_NONE);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(finals); i++)
        if (finals[i].final == final)
            return key_of(finals[i].kind);
    if (final >= 'P' && final <= 'S')
        return (struct key_event){.kind = KEY_FUNCTION, .number = final - 'P' + 1};
    return key_of(KEY_NONE);
}

static gboolean finish(struct key_decoder *decoder, struct key_event result, struct key_event *key)
{
    decoder->length = 0;
    *key = result;
    return result.kind != KEY_NONE;
}

static gboolean decode_escape(struct key_decoder *decoder, struct key_event *key)
{
    if (decoder->length == 1)
        return FALSE;
    if (decoder->length == 2) {
        if (decoder->bytes[1] == '[' || decoder->bytes[1] == 'O')
            return FALSE;
        if (decoder->bytes[1] == ESCAPE) {
            decoder->length = 1;
            *key = key_of(KEY_ESCAPE);
            return TRUE;
        }
        return finish(decoder, key_of(KEY_NONE), key);
    }
    /* The linux console sends ESC [ [ A for F1. */
    char last = decoder->bytes[decoder->length - 1];
    gboolean is_whole =
        decoder->bytes[1] == 'O' || ((decoder->length > 3 || last != '[') && last >= 0x40 && last <= 0x7E);
    return is_whole && finish(decoder, sequence_key(decoder), key);
}

gboolean key_decode(struct key_decoder *decoder, char byte, struct key_event *key)
{
    if (decoder->length + 1 >= sizeof decoder->bytes)
        decoder->length = 0;
    decoder->bytes[decoder->length++] = byte;
    decoder->bytes[decoder->length] = '\0';
    if (decoder->bytes[0] == ESCAPE)
        return decode_escape(decoder, key);
    if ((unsigned char)decoder->bytes[0] < 0x20 || decoder->bytes[0] == 0x7F)
        return finish(decoder, control_key(byte), key);
    gunichar character = g_utf8_get_char_validated(decoder->bytes, (gssize)decoder->length);
    if (character == (gunichar)-2 && decoder->length < 4)
        return FALSE;
    if (character == (gunichar)-1 || character == (gunichar)-2 || g_unichar_iscntrl(character))
        return finish(decoder, key_of(KEY_NONE), key);
    return finish(decoder, (struct key_event){.kind = KEY_CHARACTER, .character = character}, key);
}

gboolean key_pending(const struct key_decoder *decoder)
{
    return decoder->length > 0;
}

gboolean key_flush(struct key_decoder *decoder, struct key_event *key)
{
    gboolean lone = decoder->length == 1 && decoder->bytes[0] == ESCAPE;
    return finish(decoder, key_of(lone ? KEY_ESCAPE : KEY_NONE), key);
}
