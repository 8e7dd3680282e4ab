#include "ui/press.h"

#include <string.h>

#define ESCAPE '\033'

struct named {
    const char *name;
    enum press_kind kind;
};

static const struct named names[] = {
    {"Enter", PRESS_ENTER}, {"Tab", PRESS_TAB},    {"Shift-Tab", PRESS_BACK_TAB},  {"Esc", PRESS_ESCAPE},
    {"Up", PRESS_UP},       {"Down", PRESS_DOWN},  {"Left", PRESS_LEFT},           {"Right", PRESS_RIGHT},
    {"Home", PRESS_HOME},   {"End", PRESS_END},    {"PgUp", PRESS_PAGE_UP},        {"PgDn", PRESS_PAGE_DOWN},
    {"Del", PRESS_DELETE},  {"Ins", PRESS_INSERT}, {"Backspace", PRESS_BACKSPACE},
};

/* The final characters of CSI and SS3 sequences. */
static const struct {
    char final;
    enum press_kind kind;
} finals[] = {
    {'A', PRESS_UP},  {'B', PRESS_DOWN},     {'C', PRESS_RIGHT}, {'D', PRESS_LEFT},  {'H', PRESS_HOME},
    {'F', PRESS_END}, {'Z', PRESS_BACK_TAB}, {'M', PRESS_ENTER}, {'E', PRESS_ENTER},
};

/* The numbers of sequences that end in a tilde. */
static const struct {
    int number;
    enum press_kind kind;
    int function;
} tildes[] = {
    {1, PRESS_HOME, 0},      {2, PRESS_INSERT, 0},     {3, PRESS_DELETE, 0},     {4, PRESS_END, 0},
    {5, PRESS_PAGE_UP, 0},   {6, PRESS_PAGE_DOWN, 0},  {7, PRESS_HOME, 0},       {8, PRESS_END, 0},
    {11, PRESS_FUNCTION, 1}, {12, PRESS_FUNCTION, 2},  {13, PRESS_FUNCTION, 3},  {14, PRESS_FUNCTION, 4},
    {15, PRESS_FUNCTION, 5}, {17, PRESS_FUNCTION, 6},  {18, PRESS_FUNCTION, 7},  {19, PRESS_FUNCTION, 8},
    {20, PRESS_FUNCTION, 9}, {21, PRESS_FUNCTION, 10}, {23, PRESS_FUNCTION, 11}, {24, PRESS_FUNCTION, 12},
};

/* The number that TEXT begins with; what is too large for a screen is -1. */
static int number_of(const char *text)
{
    guint64 number = g_ascii_strtoull(text, NULL, 10);
    return number < G_MAXINT ? (int)number : -1;
}

static struct press press_of(enum press_kind kind)
{
    return (struct press){.kind = kind};
}

struct press press_named(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(names[i].name, name) == 0)
            return press_of(names[i].kind);
    if (name[0] == 'F' && g_ascii_isdigit(name[1]))
        return (struct press){.kind = PRESS_FUNCTION, .number = number_of(name + 1)};
    if (g_str_has_prefix(name, "Ctrl-"))
        return (struct press){.kind = PRESS_CONTROL, .character = (gunichar)g_ascii_tolower(name[5])};
    if (g_utf8_strlen(name, -1) == 1)
        return (struct press){.kind = PRESS_CHARACTER, .character = g_utf8_get_char(name)};
    if (strcmp(name, "Space") == 0)
        return (struct press){.kind = PRESS_CHARACTER, .character = ' '};
    return press_of(PRESS_NONE);
}

gboolean press_equal(const struct press *a, const struct press *b)
{
    return a->kind == b->kind && a->character == b->character && a->number == b->number;
}

static struct press control_press(char byte)
{
    switch (byte) {
    case '\r':
    case '\n':
        return press_of(PRESS_ENTER);
    case '\t':
        return press_of(PRESS_TAB);
    case 0x7F:
    case 0x08:
        return press_of(PRESS_BACKSPACE);
    default:
        if (byte >= 1 && byte <= 26)
            return (struct press){.kind = PRESS_CONTROL, .character = (gunichar)('a' + byte - 1)};
        return press_of(PRESS_NONE);
    }
}

static struct press final_press(char final)
{
    for (gsize i = 0; i < G_N_ELEMENTS(finals); i++)
        if (finals[i].final == final)
            return press_of(finals[i].kind);
    if (final >= 'P' && final <= 'S')
        return (struct press){.kind = PRESS_FUNCTION, .number = final - 'P' + 1};
    return press_of(PRESS_NONE);
}

static struct press tilde_press(int number)
{
    for (gsize i = 0; i < G_N_ELEMENTS(tildes); i++)
        if (tildes[i].number == number)
            return (struct press){.kind = tildes[i].kind, .number = tildes[i].function};
    return press_of(PRESS_NONE);
}

/* ESC [ < button ; column ; row M or m, as SGR mouse mode reports. */
static struct press mouse_press(const char *parameters, char final)
{
    g_auto(GStrv) numbers = g_strsplit(parameters + 1, ";", 4);
    if (g_strv_length(numbers) != 3)
        return press_of(PRESS_NONE);
    int button = number_of(numbers[0]);
    struct press press = {.column = number_of(numbers[1]) - 1, .row = number_of(numbers[2]) - 1};
    if (button == 64 || button == 65) {
        press.kind = PRESS_WHEEL;
        press.number = button == 64 ? -1 : 1;
    } else if (button == 0 && final == 'M') {
        press.kind = PRESS_CLICK;
    }
    return press;
}

static struct press sequence_press(const struct press_decoder *decoder)
{
    char final = decoder->bytes[decoder->length - 1];
    g_autofree char *parameters = g_strndup(decoder->bytes + 2, decoder->length - 3);
    if (decoder->bytes[1] == '[' && parameters[0] == '<')
        return mouse_press(parameters, final);
    if (decoder->bytes[1] == '[' && parameters[0] == '[')
        return (struct press){.kind = PRESS_FUNCTION, .number = final - 'A' + 1};
    if (final == '~')
        return tilde_press(number_of(parameters));
    return final_press(final);
}

/* The linux console sends ESC [ [ A for F1. */
static gboolean sequence_ends(const struct press_decoder *decoder)
{
    char last = decoder->bytes[decoder->length - 1];
    if (decoder->bytes[1] == 'O')
        return decoder->length >= 3;
    if (decoder->length == 3 && last == '[')
        return FALSE;
    return decoder->length >= 3 && last >= 0x40 && last <= 0x7E;
}

static gboolean finish(struct press_decoder *decoder, struct press result, struct press *press)
{
    decoder->length = 0;
    *press = result;
    return result.kind != PRESS_NONE;
}

static gboolean decode_utf8(struct press_decoder *decoder, struct press *press)
{
    gunichar character = g_utf8_get_char_validated(decoder->bytes, (gssize)decoder->length);
    if (character == (gunichar)-2 && decoder->length < 4)
        return FALSE;
    if (character == (gunichar)-1 || character == (gunichar)-2)
        return finish(decoder, press_of(PRESS_NONE), press);
    return finish(decoder, (struct press){.kind = PRESS_CHARACTER, .character = character}, press);
}

static gboolean decode_escape(struct press_decoder *decoder, struct press *press)
{
    if (decoder->length == 1)
        return FALSE;
    if (decoder->length == 2) {
        if (decoder->bytes[1] == '[' || decoder->bytes[1] == 'O')
            return FALSE;
        if (decoder->bytes[1] == ESCAPE) {
            decoder->length = 1;
            *press = press_of(PRESS_ESCAPE);
            return TRUE;
        }
        return finish(decoder, press_of(PRESS_NONE), press);
    }
    return sequence_ends(decoder) && finish(decoder, sequence_press(decoder), press);
}

gboolean press_decode(struct press_decoder *decoder, char byte, struct press *press)
{
    if (decoder->length + 1 >= sizeof decoder->bytes)
        decoder->length = 0;
    decoder->bytes[decoder->length++] = byte;
    decoder->bytes[decoder->length] = '\0';
    if (decoder->bytes[0] == ESCAPE)
        return decode_escape(decoder, press);
    if ((unsigned char)decoder->bytes[0] < 0x20 || decoder->bytes[0] == 0x7F)
        return finish(decoder, control_press(byte), press);
    return decode_utf8(decoder, press);
}

gboolean press_pending(const struct press_decoder *decoder)
{
    return decoder->length > 0;
}

gboolean press_flush(struct press_decoder *decoder, struct press *press)
{
    gboolean lone = decoder->length == 1 && decoder->bytes[0] == ESCAPE;
    return finish(decoder, press_of(lone ? PRESS_ESCAPE : PRESS_NONE), press);
}
